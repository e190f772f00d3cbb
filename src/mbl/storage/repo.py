"""The git repository around the backlog. The only importer of GitPython.

Commits exactly the files it is given, and never pushes, configures, hooks, or stages behind anyone's back.
Refuses to commit in the middle of a merge, rebase, cherry-pick or revert.
"""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mbl.errors import MblError
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS
from mbl.storage.disk import git_dir

OURS = (SETTINGS, PEOPLE, *FOLDERS, "replies", "schemas")
"""What belongs to the backlog, from its root."""
_UNFINISHED = {
    "MERGE_HEAD": ("a merge", "git commit (or git merge --abort)"),
    "rebase-merge": ("a rebase", "git rebase --continue (or git rebase --abort)"),
    "rebase-apply": ("a rebase", "git rebase --continue (or git rebase --abort)"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue (or --abort)"),
    "REVERT_HEAD": ("a revert", "git revert --continue (or --abort)"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that differs from the last commit. `is_new`: git does not track it yet; `is_gone`: it was deleted."""

    path: str
    is_new: bool
    is_gone: bool


def create(folder: Path) -> None:
    """A new repository here. Raises MblError if git is not installed or refuses."""
    git = _git_module()
    try:
        git.Repo.init(folder)
    except git.exc.GitError as error:
        raise _refused(error) from None


def changed(root: Path) -> tuple[Changed, ...]:
    """The backlog's files that differ from the last commit; paths from `root`. Raises MblError without a repository."""
    status = _run(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", *OURS)
    prefix = _run(root, "rev-parse", "--show-prefix").strip("\n")
    entries = (entry for entry in status.split("\0") if entry)
    return tuple(
        Changed(entry[3:].removeprefix(prefix), is_new=entry[:2] == "??", is_gone="D" in entry[:2])
        for entry in entries
        if not Path(entry).name.startswith(".")
    )


def at_head(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """The content of these files in the last commit; files it does not have are left out."""
    repo = _repo(root)
    if not repo.head.is_valid():
        return {}
    prefix = _run(root, "rev-parse", "--show-prefix").strip("\n")
    tree = repo.head.commit.tree
    contents: dict[str, bytes] = {}
    for path in paths:
        try:
            contents[path] = tree.join(prefix + path).data_stream.read()
        except KeyError:
            continue
    return contents


def refuse_unfinished(root: Path) -> None:
    """Raise MblError in the middle of a merge, rebase, cherry-pick or revert, with the way out."""
    folder = git_dir(root)
    for marker, (what, way_out) in _UNFINISHED.items():
        if folder is not None and (folder / marker).exists():
            raise MblError(
                f"{what.capitalize()} is not finished here: nothing was committed.", hint=f"First: {way_out}"
            )


def commit(root: Path, files: Sequence[Changed], message: str) -> str:
    """Commit these files as they are in the folder, and nothing else; returns the commit's id.

    What was staged before stays staged, hooks run, signing is honoured. Raises MblError with git's own words.
    """
    refuse_unfinished(root)
    new = [file.path for file in files if file.is_new]
    paths = [file.path for file in files]
    if new:
        _run(root, "add", "--intent-to-add", *_FROM_STDIN, lines=new)
    try:
        _run(
            root,
            "commit",
            "--quiet",
            "--only",
            "--cleanup=whitespace",
            f"--message={message}",
            *_FROM_STDIN,
            lines=paths,
        )
    except MblError:
        if new:
            _run(root, "update-index", "--force-remove", "-z", "--stdin", lines=new)
        raise
    return _run(root, "rev-parse", "HEAD").strip()


def is_detached(root: Path) -> bool:
    """Whether commits here belong to no branch."""
    return bool(_repo(root).head.is_detached)


def who(root: Path) -> str | None:
    """The name that git would sign with; None without git or without a name."""
    try:
        return _run(root, "config", "user.name").strip() or None
    except MblError:
        return None


_FROM_STDIN = ("--pathspec-from-file=-", "--pathspec-file-nul")


def _git_module() -> Any:
    try:
        import git
    except ImportError:
        raise MblError(
            "git is not installed.", hint="Install it from https://git-scm.com, then try again."
        ) from None
    return git


def _repo(root: Path) -> Any:
    git = _git_module()
    try:
        return git.Repo(root, search_parent_directories=True)
    except git.exc.InvalidGitRepositoryError:
        raise MblError(
            "This backlog is not in a git repository.",
            hint="`git init` makes one; commits work from then on.",
        ) from None
    except (git.exc.GitError, OSError, ValueError) as error:
        raise _refused(error) from None


def _run(root: Path, *arguments: str, lines: Sequence[str] = ()) -> str:
    """What git prints. `lines` go to its standard input, each ended by a zero byte."""
    git = _git_module()
    repo = _repo(root)
    command = ["git", "--literal-pathspecs", "-C", str(root), *arguments]
    with _input(lines) as stdin:
        try:
            return str(repo.git.execute(command, istream=stdin, strip_newline_in_stdout=False))
        except git.exc.GitError as error:
            raise _refused(error) from None


def _input(lines: Sequence[str]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(b"".join(line.encode() + b"\0" for line in lines))
    file.seek(0)
    return file


def _refused(error: Any) -> MblError:
    said = str(getattr(error, "stderr", "") or error).strip()
    said = said.removeprefix("stderr: ").strip().strip("'").strip()
    lines = [line for line in said.splitlines() if line.strip()] or ["git failed without a word"]
    return MblError("git refused: " + lines[0], hint="\n".join(lines[1:12]))
