"""The working folder: find it, list it, read it, replace one file at a time.

The only file I/O. Refuses links that lead out of the folder, and never leaves half a file behind.
"""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mbl.errors import MblError, Problem
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS
from mbl.storage.codec import LARGEST

TEMPORARY = ".mbl-"
_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the backlog, as its folder lists it: no content yet. `mark` is (mtime_ns, size, inode)."""

    path: str
    mark: tuple[int, int, int]


def find_root(start: Path) -> Path | None:
    """The nearest folder upwards that holds an mbl.yaml."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).exists():
            return folder
    return None


def git_dir(root: Path) -> Path | None:
    """The git directory of the work tree around `root`, found without git; links of worktrees are followed."""
    for folder in (root, *root.parents):
        marker = folder / ".git"
        if marker.is_dir():
            return marker
        if marker.is_file():
            target = marker.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
            linked = (folder / target).resolve()
            return linked if linked.is_dir() else None
    return None


def is_bare(root: Path) -> bool:
    """Whether the folder is, or lies in, a bare git repository: one without a work tree."""
    return any(
        (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
        for folder in (root, *root.parents)
    )


def state_dir(root: Path) -> Path | None:
    """Where mbl keeps its own things: `<git-dir>/mbl`, without git `.mbl`; None if neither can be written.

    A backlog below the top of its work tree has a folder of its own in there: a repository may hold several.
    """
    git = git_dir(root)
    for folder in ([git / "mbl" / _below_top(root)] if git else []) + [root / ".mbl"]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    return None


def _below_top(root: Path) -> str:
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    return "+".join(root.relative_to(top).parts)


def found(root: Path) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Every file in its place, by path, and what cannot be read."""
    files: list[Found] = []
    problems: list[Problem] = []
    for folder in ("", *FOLDERS):
        try:
            files.extend(_listed(root, folder, problems))
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(unreadable(folder or ".", error))
    files.sort(key=lambda file: file.path)
    return tuple(files), tuple(problems)


def strays(root: Path) -> Iterator[str]:
    """YAML files below the backlog's folders that are too deep, and those beside the folders."""
    for folder in FOLDERS:
        for parent, folders, names in os.walk(root / folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if Path(parent) != root / folder:
                yield from (_relative(root, parent, name) for name in sorted(names) if _is_yaml(name))
    for name in sorted(os.listdir(root)):
        if name not in (SETTINGS, PEOPLE) and _is_yaml(name) and (root / name).is_file():
            yield name


def read(root: Path, path: str) -> bytes:
    """A file's content; at most a little more than the largest that is accepted."""
    with open(root / path, "rb") as file:
        return file.read(LARGEST + 1)


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

    Raises OSError.
    """
    target = Path(os.path.realpath(root / path))
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


def remove_leftovers(root: Path) -> None:
    """Delete the temporary files of a program that was killed; only who holds the lock may call this."""
    for folder in ("", *FOLDERS, "schemas"):
        try:
            names = [entry.name for entry in os.scandir(root / folder) if entry.name.startswith(TEMPORARY)]
        except OSError:
            continue
        for name in names:
            (root / folder / name).unlink(missing_ok=True)


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


def _listed(root: Path, folder: str, problems: list[Problem]) -> Iterator[Found]:
    inside = os.path.realpath(root) + os.sep
    if folder and not os.path.realpath(root / folder).startswith(inside):
        problems.append(_leads_out(folder))
        return
    prefix = f"{folder}/" if folder else ""
    with os.scandir(root / folder) as entries:
        for entry in entries:
            name = entry.name
            wanted = _is_yaml(name) if folder else name in (SETTINGS, PEOPLE)
            if not wanted or entry.is_dir():
                continue
            path = prefix + name
            if entry.is_symlink() and not os.path.realpath(entry.path).startswith(inside):
                problems.append(_leads_out(path))
                continue
            try:
                status = entry.stat()
            except OSError as error:
                problems.append(unreadable(path, error))
                continue
            if not stat.S_ISREG(status.st_mode):
                problems.append(
                    Problem(path=path, code="unreadable", message="not a file", fix="Move it away.")
                )
                continue
            yield Found(path, (status.st_mtime_ns, status.st_size, status.st_ino))


def _leads_out(path: str) -> Problem:
    return Problem(
        path=path, code="leads-out", message="a link that leads out of the backlog's folder",
        fix="Put the file itself here.",
    )  # fmt: skip


def _is_yaml(name: str) -> bool:
    return name.endswith(_ENDINGS) and not name.startswith(".")


def _relative(root: Path, parent: str, name: str) -> str:
    return (Path(parent) / name).relative_to(root).as_posix()


def _mode(target: Path) -> int | None:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        return None


def _write(path: Path, content: bytes, *, mode: int | None, durable: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        if mode is not None:
            os.chmod(path, mode)
        if durable:
            os.fsync(file.fileno())
