"""The working folder: list it, read it, replace one file at a time.

The only file I/O. Refuses links that lead out of the folder, and never leaves half a file behind.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from mbl.errors import MblError, Problem
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS

LARGEST = 1_000_000
"""Bytes. A file holds one noun; what is larger was not written by hand."""
TEMPORARY = ".mbl-"
_ENDINGS = (".yaml", ".yml")


Mark = tuple[int, int, int]
"""By what a file shows that it changed: (mtime_ns, size, inode)."""


def found(root: Path) -> tuple[dict[str, Mark], tuple[Problem, ...]]:
    """The mark of every file in its place, by path (in no order), and what cannot be read."""
    files: dict[str, Mark] = {}
    problems: list[Problem] = []
    for folder in ("", *FOLDERS):
        try:
            _list(root, folder, files, problems)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(unreadable(folder or ".", error))
    return files, tuple(problems)


def marks(root: Path, folders: Iterable[str]) -> dict[str, Mark]:
    """The marks of the files in these folders alone ("": beside them); what cannot be listed has none."""
    files: dict[str, Mark] = {}
    for folder in folders:
        with suppress(OSError):
            _list(root, folder, files, [])
    return files


def pages(root: Path, folder: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The Markdown files of a folder, by path, and what cannot be read."""
    files: dict[str, Mark] = {}
    problems: list[Problem] = []
    try:
        _list(root, folder, files, problems, endings=(".md",))
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        problems.append(unreadable(folder, error))
    return tuple(sorted(files)), tuple(problems)


def strays(root: Path) -> Iterator[str]:
    """YAML files that nobody reads: too deep in the backlog's folders, beside them, or named like X.YAML."""
    for folder in FOLDERS:
        for parent, folders, names in os.walk(root / folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            is_read = _ENDINGS if Path(parent) == root / folder else ()
            stray = (name for name in sorted(names) if _is_yaml(name) and not name.endswith(is_read))
            yield from (_relative(root, parent, name) for name in stray)
    for name in sorted(os.listdir(root)):
        if name not in (SETTINGS, PEOPLE) and _is_yaml(name) and os.path.isfile(root / name):
            yield name


def read(root: Path, path: str) -> bytes:
    """A file's content; at most a little more than the largest that is accepted."""
    with open(root / path, "rb") as file:
        return file.read(LARGEST + 1)


def mark(root: Path, path: str) -> Mark:
    """The file's mark as it is now; one that fits no file if there is none."""
    try:
        status = os.stat(root / path)
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def unreadable(path: str, error: OSError) -> Problem:
    """The problem behind an OSError, in words."""
    reason = {
        errno.EACCES: ("no permission to read it", "Ask who owns it, or change its permissions."),
        errno.EISDIR: ("a folder where a file should be", "Move the folder away."),
        errno.ELOOP: ("a link that leads to itself", "Remove the link."),
        errno.ENOENT: ("a link that leads nowhere", "Remove the link, or restore its target."),
    }.get(error.errno or 0, (f"cannot be read: {error.strerror}", "Check the disk and the permissions."))
    return Problem(path=path, code="unreadable", message=reason[0], fix=reason[1])


def replace(root: Path, path: str, content: bytes | None, *, durable: bool = True) -> None:
    """The file with this content (None: no file), from one moment to the next; `durable` waits for the disk.

    Raises OSError, also where a link leads out of the folder.
    """
    target = Path(os.path.realpath(root / path))
    if not target.is_relative_to(os.path.realpath(root)):
        raise OSError(errno.EXDEV, "a link leads out of the backlog's folder", path)
    if content is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}")
    try:
        _write(temporary, content, mode=_mode(target), durable=durable)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def settle(folder: Path) -> None:
    """Wait until the folder's own list of names is on the disk, where the system can say so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_leftovers(root: Path) -> None:
    """Delete the temporary files of a program that was killed; only who holds the lock may call this."""
    for folder in ("", *FOLDERS, "replies", "schemas"):
        with suppress(OSError), os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.name.startswith(TEMPORARY) and entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)


def failure(error: OSError, what: str) -> MblError:
    """What the user hears when the disk refuses."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if full:
        return MblError(f"The disk is full: {what} was not saved.", hint="Free some space, then try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return MblError(
            f"No permission to write: {what} was not saved.",
            hint="The folder is read-only for you: check its permissions.",
        )
    return MblError(
        f"Could not save {what}: {error.strerror or error}.", hint="Check the disk, then try again."
    )


def _list(
    root: Path, folder: str, files: dict[str, Mark], problems: list[Problem],
    *, endings: tuple[str, ...] = _ENDINGS,
) -> None:  # fmt: skip
    """Add the folder's files and problems."""
    inside = os.path.join(os.path.realpath(root), "")
    if folder and not os.path.realpath(root / folder).startswith(inside):
        problems.append(_leads_out(folder))
        return
    prefix = f"{folder}/" if folder else ""
    with os.scandir(root / folder) as entries:
        for entry in entries:
            name = entry.name
            if not name.endswith(endings) or name[0] == "." or not (folder or name in (SETTINGS, PEOPLE)):
                continue
            path = prefix + name
            if not entry.is_file(follow_symlinks=False) and (odd := _oddity(path, entry, inside)):
                problems.append(odd)
                continue
            try:
                status = entry.stat()
                files[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
            except FileNotFoundError:
                continue  # gone since the folder was listed
            except OSError as error:
                problems.append(unreadable(path, error))


def _oddity(path: str, entry: os.DirEntry[str], inside: str) -> Problem | None:
    """What is wrong with an entry that is not a plain file; None for a link to a file inside."""
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(inside):
        return _leads_out(path)
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return unreadable(path, error)
    if stat.S_ISDIR(mode):
        return unreadable(path, IsADirectoryError(errno.EISDIR, ""))
    if stat.S_ISREG(mode):
        return None
    return Problem(path=path, code="unreadable", message="not a file", fix="Move it away.")


def _leads_out(path: str) -> Problem:
    return Problem(
        path=path, code="leads-out", message="a link that leads out of the backlog's folder",
        fix="Put the file itself here.",
    )  # fmt: skip


def _is_yaml(name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and not name.startswith(".")


def _relative(root: Path, parent: str, name: str) -> str:
    return (Path(parent) / name).relative_to(root).as_posix()


def _mode(target: Path) -> int | None:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        return None


def _write(path: Path, content: bytes, *, mode: int | None, durable: bool) -> None:
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        if mode is not None:
            os.chmod(path, mode)
        if durable:
            os.fsync(file.fileno())
