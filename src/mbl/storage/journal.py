"""Several files change together or not at all.

A change of several files is written down first; whoever comes after a kill finishes it. Refuses to
overwrite a file that changed since it was read.
"""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from mbl.errors import MblError
from mbl.model.backlog import kind_of
from mbl.storage import disk

Advance = Callable[[int, int], None]
Entries = Mapping[str, tuple[str | None, bytes | None]]
"""By path: the fingerprint of what was read (None: no file), and the content to write (None: no file)."""


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

    Raises MblError if a file changed before the first was written (then nothing is written) or later (then it
    stays, and what was meant is put aside), or if the disk refuses.
    """
    entries = {path: (seen.get(path), content) for path, content in writes.items()}
    disk.remove_leftovers(state)
    try:
        _refuse_overtaken(root, entries)
        if len(entries) > 1:
            _begin(state, entries)
        overtaken = _carried_out(root, state, entries, advance)
    except OSError as error:
        raise _stopped(root, state, entries, error) from None
    if overtaken:
        rest = "everything else is saved" if len(entries) > 1 else "nothing was saved"
        raise MblError(
            f"{', '.join(overtaken)} changed while mbl was at work, and stayed so: {rest}.",
            hint=f"What mbl meant to write there lies in {state / 'interrupted'}.",
        )


def finish(root: Path, state: Path) -> str:
    """Finish what a killed program began; the caller holds the lock. Returns a sentence for the user, or ""."""
    disk.remove_leftovers(root)
    entries = _begun(state)
    if entries is None:
        return ""
    if not entries:
        os.replace(state / "journal", state / "journal.damaged")
        return (
            "A change was interrupted, and mbl's notes about it are damaged: look at the files "
            f"(`mbl check`, `git diff`). The notes lie in {state / 'journal.damaged'}."
        )
    try:
        overtaken = _carried_out(root, state, entries, lambda done, total: None)
    except OSError as error:
        raise _stopped(root, state, entries, error) from None
    if not overtaken:
        return f"An interrupted change of {len(entries)} files was finished."
    return (
        f"An interrupted change was finished, except for files edited since: {', '.join(overtaken)}. "
        f"What it meant to write there lies in {state / 'interrupted'}."
    )


def fingerprint(content: bytes) -> str:
    """The name git gives this content as a blob: the same content has the same name in a folder and in a commit."""
    from hashlib import sha1

    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _fingerprint_at(root: Path, path: str) -> str | None:
    try:
        return fingerprint(disk.read(root, path))
    except FileNotFoundError:
        return None


def _refuse_overtaken(root: Path, entries: Entries) -> None:
    for path, (before, _) in entries.items():
        if _fingerprint_at(root, path) != before:
            raise MblError(
                f"{path} changed while mbl was at work: nothing was saved.",
                hint="Look at the file, then run the command again.",
            )


def _carried_out(root: Path, state: Path, entries: Entries, advance: Advance) -> tuple[str, ...]:
    """Bring each file to its content; those that somebody changed since stay as they are, and are returned."""
    overtaken: list[str] = []
    for done, (path, (before, content)) in enumerate(entries.items(), start=1):
        now = _state_of(root, path, before, content)
        if now == "before":
            disk.replace(root, path, content)
        elif now == "overtaken":
            overtaken.append(path)
            _set_aside(state, path, content)
        advance(done, len(entries))
    for folder in {(root / path).parent for path in entries}:
        disk.settle(folder)
    if len(entries) > 1:
        (state / "journal").unlink(missing_ok=True)
    return tuple(overtaken)


def _state_of(
    root: Path, path: str, before: str | None, content: bytes | None
) -> Literal["before", "after", "overtaken"]:
    try:
        now = _fingerprint_at(root, path)
    except OSError:
        return "overtaken"
    if now == (None if content is None else fingerprint(content)):
        return "after"
    return "before" if now == before else "overtaken"


def _set_aside(state: Path, path: str, content: bytes | None) -> None:
    if content is not None:
        disk.replace(state, f"interrupted/{path}", content)


def _begin(state: Path, entries: Entries) -> None:
    noted = {
        path: (before, None if content is None else content.decode())
        for path, (before, content) in entries.items()
    }
    disk.replace(state, "journal", json.dumps(noted).encode())
    disk.settle(state)


def _begun(state: Path) -> Entries | None:
    """What the journal says: None if there is none, nothing if it is damaged."""
    try:
        noted = json.loads((state / "journal").read_bytes())
        entries = {
            path: (before, None if text is None else text.encode()) for path, (before, text) in noted.items()
        }
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return entries if all(kind_of(path) for path in entries) else {}


def _stopped(root: Path, state: Path, entries: Entries, error: OSError) -> MblError:
    """What the user hears when the disk refuses; where nothing was written yet, there is nothing to finish."""
    if len(entries) == 1:
        return disk.failure(error, next(iter(entries)))
    failure = disk.failure(error, "the change")
    if _is_untouched(root, entries):
        (state / "journal").unlink(missing_ok=True)
        return failure
    return MblError(
        f"{failure.message} Some of its {len(entries)} files are written already.",
        hint=f"{failure.hint} The next mbl command finishes the change.",
    )


def _is_untouched(root: Path, entries: Entries) -> bool:
    try:
        return all(_fingerprint_at(root, path) == before for path, (before, _) in entries.items())
    except OSError:
        return False
