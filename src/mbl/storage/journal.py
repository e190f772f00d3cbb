"""Several files change together or not at all, one writer at a time.

A change of several files is written down first; whoever comes after a kill finishes it. Refuses to
overwrite a file that changed since it was read.
"""

import marshal
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mbl.errors import MblError
from mbl.storage import disk

PATIENCE = 60.0
"""Seconds to wait for another writer."""

Advance = Callable[[int, int], None]


@contextmanager
def lock(state: Path | None) -> Iterator[None]:
    """Hold the backlog for writing. The system frees the lock when a program ends, however it ends.

    Raises MblError after a minute of waiting, or if there is nowhere to put the lock.
    """
    if state is None:
        raise MblError(
            "This folder is read-only for you: nothing can be changed here.",
            hint="Check the permissions of the backlog's folder.",
        )
    with open(state / "lock", "ab+") as file:
        _wait_for(file)
        try:
            yield
        finally:
            _release(file)


def interrupted(state: Path | None) -> bool:
    """Whether a change of several files was begun and not finished."""
    return state is not None and (state / "journal").exists()


def write(
    root: Path,
    state: Path,
    writes: Mapping[str, bytes | None],
    *,
    seen: Mapping[str, str],
    advance: Advance = lambda done, total: None,
) -> None:
    """Bring the files to this content; the caller holds the lock. `seen` has the fingerprint of what was read.

    Raises MblError if a file changed meanwhile (then nothing is written), or if the disk refuses.
    """
    for path in writes:
        _refuse_if_changed(root, path, seen.get(path))
    if len(writes) > 1:
        entry = {path: (seen.get(path), content) for path, content in writes.items()}
        try:
            _write_journal(state, entry)
        except OSError as error:
            raise disk.failure(error, "the change") from None
    for done, (path, content) in enumerate(writes.items(), start=1):
        try:
            disk.replace(root, path, content)
        except OSError as error:
            raise _stopped(error, path, done - 1, len(writes)) from None
        advance(done, len(writes))
    (state / "journal").unlink(missing_ok=True)


def finish(root: Path, state: Path) -> str:
    """Finish what a killed program began; the caller holds the lock. Returns a sentence for the user, or ""."""
    journal = state / "journal"
    entries = _read_journal(journal)
    if not entries:
        journal.unlink(missing_ok=True)
        return ""
    kept: list[str] = []
    for path, (before, content) in entries.items():
        now = _fingerprint_at(root, path)
        if now == (fingerprint(content) if content is not None else None):
            continue
        if now != before:
            kept.append(path)
            _set_aside(state, path, content)
            continue
        try:
            disk.replace(root, path, content)
        except OSError as error:
            raise _stopped(error, path, 0, len(entries)) from None
    journal.unlink(missing_ok=True)
    if not kept:
        return f"An interrupted change of {len(entries)} files was finished."
    return (
        f"An interrupted change was finished, except for files edited since: {', '.join(sorted(kept))}. "
        f"What it meant to write there lies in {state / 'interrupted'}."
    )


def fingerprint(content: bytes) -> str:
    """The name git gives this content as a blob: the same content has the same name in a folder and in a commit."""
    from hashlib import sha1

    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _wait_for(file: Any) -> None:
    deadline, told = time.monotonic() + PATIENCE, False
    while not _try_lock(file):
        if time.monotonic() > deadline:
            raise MblError(
                "Another mbl has been changing this backlog for a minute.",
                hint="Wait for it, or stop it, then try again.",
            )
        if not told and time.monotonic() > deadline - PATIENCE + 2:
            told = True
            sys.stderr.write("Waiting for another mbl to finish …\n")
        time.sleep(0.02)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(file: Any) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: Any) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: Any) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: Any) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


def _fingerprint_at(root: Path, path: str) -> str | None:
    try:
        return fingerprint(disk.read(root, path))
    except FileNotFoundError:
        return None


def _refuse_if_changed(root: Path, path: str, seen: str | None) -> None:
    try:
        now = _fingerprint_at(root, path)
    except OSError as error:
        raise MblError(f"{path}: {error.strerror}.", hint="Nothing was changed.") from None
    if now != seen:
        raise MblError(
            f"{path} changed while mbl was at work: nothing was saved.",
            hint="Look at the file, then run the command again.",
        )


def _stopped(error: OSError, path: str, done: int, total: int) -> MblError:
    if total == 1:
        return disk.failure(error, path)
    failure = disk.failure(error, f"{path} ({done} of {total} files done)")
    return MblError(failure.message, hint="Then run any mbl command: it finishes the change.")


def _write_journal(state: Path, entries: Mapping[str, tuple[str | None, bytes | None]]) -> None:
    body = marshal.dumps(dict(entries))
    disk.replace(state, "journal", zlib.crc32(body).to_bytes(4, "big") + body)


def _read_journal(journal: Path) -> dict[str, tuple[str | None, bytes | None]]:
    """The entries; none if the journal is gone or damaged (then nothing of the change was begun)."""
    try:
        content = journal.read_bytes()
    except FileNotFoundError:
        return {}
    if zlib.crc32(content[4:]).to_bytes(4, "big") != content[:4]:
        return {}
    entries: dict[str, tuple[str | None, bytes | None]] = marshal.loads(content[4:])
    return entries


def _set_aside(state: Path, path: str, content: bytes | None) -> None:
    if content is None:
        return
    disk.replace(state, os.path.join("interrupted", path), content)
