"""The git repository around the backlog. The only importer of GitPython.

Commits exactly the files it is given, and never pushes, configures, hooks, or stages behind anyone's back.
Refuses to commit in the middle of a merge, rebase, cherry-pick or revert.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mbl.errors import MblError
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS, kind_of
from mbl.storage.where import git_dir

_OURS = (SETTINGS, PEOPLE, *FOLDERS, "replies", "schemas")
_UNFINISHED = {
    "MERGE_HEAD": ("a merge", "git commit (or git merge --abort)"),
    "rebase-merge": ("a rebase", "git rebase --continue (or git rebase --abort)"),
    "rebase-apply/applying": ("a series of patches", "git am --continue (or git am --abort)"),
    "rebase-apply": ("a rebase", "git rebase --continue (or git rebase --abort)"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue (or git cherry-pick --abort)"),
    "REVERT_HEAD": ("a revert", "git revert --continue (or git revert --abort)"),
    "sequencer": ("a cherry-pick or revert", "git cherry-pick --continue (or git cherry-pick --quit)"),
}
# A hook is told of the repository and of the index of the commit under way; ours is the one around the folder.
_POINTERS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
)
_FROM_STDIN = ("--pathspec-from-file=-", "--pathspec-file-nul")
_MOST_LINES = 40
_VERSION = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0")


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that differs from the last commit. `is_new`: git does not track it yet."""

    path: str
    is_new: bool


def create(folder: Path) -> None:
    """A new repository here. Raises MblError if git is not installed or refuses."""
    run(folder, "init", "--quiet")


def changed(root: Path) -> tuple[Changed, ...]:
    """The backlog's files that differ from the last commit; paths from `root`. Raises MblError without a repository."""
    prefix = run(root, "rev-parse", "--show-prefix").removesuffix("\n")
    said = run(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *_OURS)
    states: dict[str, str] = {}
    for entry in filter(None, said.split("\0")):
        path = entry[3:].removeprefix(prefix)
        states[path] = states.get(path, "") + entry[:2]
    return tuple(
        Changed(path, is_new=state == "??")
        for path, state in sorted(states.items())
        # AD: staged, and deleted again: the last commit knows nothing of it.
        if _is_ours(path) and state != "AD"
    )


def at_head(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """The content of these files in the last commit; files it does not have are left out."""
    try:
        listed = run(root, "ls-tree", "-r", "-z", "HEAD", "--", *_OURS)
    except MblError:
        return {}  # no commit yet
    rows = (row.partition("\t") for row in filter(None, listed.split("\0")))
    names = {path: what.rpartition(" ")[2] for what, _, path in rows}
    wanted = [path for path in paths if path in names]
    return dict(zip(wanted, contents(root, [names[path] for path in wanted]), strict=True))


def versions(root: Path, paths: Iterable[str]) -> dict[str, list[bytes]]:
    """Every content that each of these files had in a commit up to now, the oldest first. Raises MblError."""
    own = ("-c", "log.follow=false", "-c", "log.showSignature=false")
    order = ("--reverse", "--topo-order", "-m", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z")
    said = run(root, *own, "log", *order, "--format=", "--", *exactly(paths))
    rows = [row for row in _VERSION.findall(said) if row[0].strip("0")]
    found: dict[str, list[bytes]] = {}
    for (_, path), content in zip(rows, contents(root, [name for name, _ in rows]), strict=True):
        found.setdefault(path, []).append(content)
    return found


def refuse_unfinished(root: Path) -> None:
    """Raise MblError in the middle of a merge, rebase, cherry-pick or revert, with the way out."""
    folder = git_dir(root)
    for marker, (what, way_out) in _UNFINISHED.items():
        if folder is not None and (folder / marker).exists():
            raise MblError(
                f"{what.capitalize()} is not finished here: mbl commits nothing in the middle of it.",
                hint=f"First: {way_out}",
            )


def refuse_unusable(root: Path) -> None:
    """Raise MblError, in git's own words, where git cannot work."""
    run(root, "rev-parse", "--is-inside-work-tree")


def commit(root: Path, files: Sequence[Changed], message: str) -> str:
    """Commit these files as they are in the folder, and nothing else; returns the commit's id.

    What was staged before stays staged, hooks run, signing is honoured. Raises MblError with git's own words.
    """
    refuse_unfinished(root)
    with (
        _announced(root, [file.path for file in files if file.is_new]),
        tempfile.TemporaryDirectory() as folder,
    ):
        text = Path(folder) / "message"
        text.write_bytes(message.encode("utf-8", "surrogateescape"))
        run(
            root,
            *("-c", "i18n.commitEncoding=UTF-8", "commit", "--quiet", "--only", "--cleanup=whitespace"),
            *(f"--file={text}", *_FROM_STDIN),
            lines=exactly(file.path for file in files),
            # GitPython asks git for English; hooks shall speak the user's language.
            surroundings={name: os.environ.get(name, "") for name in ("LC_ALL", "LANGUAGE")},
        )
    return run(root, "rev-parse", "HEAD").strip()


def is_detached(root: Path) -> bool:
    """Whether commits here belong to no branch."""
    return not run(root, "branch", "--show-current").strip()


def who(root: Path) -> str | None:
    """The name that git would sign with; None without git or without a name."""
    try:
        return run(root, "config", "user.name").strip() or None
    except MblError:
        return None


def contents(root: Path, names: Sequence[str]) -> list[bytes]:
    """What git keeps under these names."""
    git = _git_module().Git(str(root))
    with _around_the_folder():
        try:
            return [git.get_object_data(name)[3] for name in names]
        finally:
            git.clear_cache()


def _is_ours(path: str) -> bool:
    folder, _, name = path.partition("/")
    others = {"replies": ".md", "schemas": ".json"}
    is_other = folder in others and name.endswith(others[folder]) and "/" not in name
    return kind_of(path) is not None or is_other


@contextmanager
def _announced(root: Path, new: Sequence[str]) -> Iterator[None]:
    """Git commits only what it knows: announce the new files, and take that back if the commit fails."""
    if not new:
        yield
        return
    run(root, "add", "--intent-to-add", *_FROM_STDIN, lines=exactly(new))
    try:
        yield
    except BaseException:
        with suppress(MblError):
            run(root, "update-index", "--force-remove", "-z", "--stdin", lines=new)
        raise


def exactly(paths: Iterable[str]) -> list[str]:
    """Pathspecs that mean these files whatever is in their names: --literal-pathspecs would bind the hooks, too."""
    return [f":(literal){path}" for path in paths]


def _git_module() -> Any:
    try:
        import git
    except ImportError:
        raise _not_installed() from None
    return git


def run(
    root: Path, *arguments: str, lines: Sequence[str] = (), surroundings: Mapping[str, str] | None = None
) -> str:
    """What git prints. `lines` go to its standard input, each ended by a zero byte."""
    git = _git_module()
    command = [git.Git.GIT_PYTHON_GIT_EXECUTABLE, "--no-optional-locks", "-C", str(root), *arguments]
    with _input(lines) as stdin, _around_the_folder():
        try:
            said = git.Git(str(root)).execute(
                command, istream=stdin, strip_newline_in_stdout=False, env=surroundings
            )
        except git.exc.GitCommandNotFound:
            raise _not_installed() from None
        except git.exc.GitError as error:
            raise _refused(error) from None
    return str(said)


def _input(lines: Sequence[str]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(b"".join(os.fsencode(line) + b"\0" for line in lines))
    file.seek(0)
    return file


@contextmanager
def _around_the_folder() -> Iterator[None]:
    hidden = {name: os.environ.pop(name) for name in _POINTERS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _not_installed() -> MblError:
    return MblError("git is not installed.", hint="Install it from https://git-scm.com, then try again.")


def _refused(error: Any) -> MblError:
    said = "\n".join(_said(getattr(error, stream, ""), stream) for stream in ("stderr", "stdout"))
    if "not a git repository" in said:
        return MblError(
            "This backlog is not in a git repository.",
            hint="`git init` makes one; commits work from then on.",
        )
    lines = [line for line in said.splitlines() if line.strip()] or [f"it says nothing ({error.status})"]
    return MblError(f"git refused: {lines[0]}", hint="\n".join(lines[1:_MOST_LINES]))


def _said(quoted: str, stream: str) -> str:
    """What git wrote, taken out of the quotes that GitPython puts around it."""
    return quoted.removeprefix(f"\n  {stream}: '").removesuffix("'")
