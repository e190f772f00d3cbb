"""States of the backlog in git's history: which files differ from the folder's, and what they held.

A state is told by its difference from the folder, so that ten thousand files that did not change are never
read again. Refuses a name that could be an option, and says how to fetch what a shallow clone does not have.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mbl.errors import MblError
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS, kind_of
from mbl.storage import repo
from mbl.storage.where import git_dir

Blobs = dict[str, str | None]
"""The name git keeps each differing file under, by path; None: the state has no such file."""
_OURS = (SETTINGS, PEOPLE, *FOLDERS)
_LOG = ("-c", "log.showSignature=false", "log")
_FORMAT = "%H%x00%an%x00%cs%x00%s"
_MOST_PATHS = 1000


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its id, who made it and when (ISO date), and its subject."""

    id: str
    by: str
    on: str
    subject: str


def commit_of(root: Path, name: str) -> str:
    """The id of the commit with this name: a branch, a tag, an id. Raises MblError if there is none."""
    if not name.strip() or name.startswith("-") or ":" in name:
        raise MblError(
            f"{name!r} is not the name of a commit.", hint="Name a branch, a tag or a commit, like main."
        )
    try:
        return repo.run(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        ).strip()
    except MblError as error:
        raise _unknown(root, name, error) from None


def fork_point(root: Path, one: str, other: str) -> str:
    """The last commit that both have (their merge base). Raises MblError where they share none, or it was cut off."""
    try:
        found = repo.run(root, "merge-base", one, other).strip()
    except MblError:
        found = ""
    if found:
        return found
    if is_shallow(root):
        raise MblError(
            "The commit where the two parted is not in this clone: its history was cut off (a shallow clone).",
            hint="Fetch it: git fetch --unshallow. In a workflow: actions/checkout with `fetch-depth: 0`.",
        )
    raise MblError(
        "The two states have no commit in common: their histories are unrelated.",
        hint="To compare them as they are, name both with two dots: mbl diff ONE..OTHER",
    )


def is_shallow(root: Path) -> bool:
    """Whether the repository's history was cut off when it was cloned."""
    return repo.run(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def differing(root: Path, commit: str) -> Blobs:
    """Every file of the backlog that differs between the folder and this commit, with what the commit has."""
    own = ("--no-abbrev", "--no-renames", "--no-ext-diff", "--ignore-submodules", "--relative", "-z")
    said = repo.run(root, "diff", "--raw", *own, commit, "--", *_OURS).split("\0")
    blobs: Blobs = {}
    for row, path in zip(said[::2], said[1::2], strict=False):
        name = row.split(" ")[2]
        blobs[path] = None if set(name) == {"0"} else name
    for path in repo.run(root, "ls-files", "--others", "-z", "--", *_OURS).split("\0"):
        blobs.setdefault(path, None)
    return {path: name for path, name in blobs.items() if kind_of(path) is not None}


def tree(root: Path, commit: str) -> Mapping[str, str]:
    """The name git keeps each of the backlog's files under in this commit, by path. Raises MblError."""
    said = repo.run(root, "ls-tree", "-r", "-z", commit, "--", *_OURS)
    rows = (row.partition("\t") for row in filter(None, said.split("\0")))
    return {path: what.rpartition(" ")[2] for what, _, path in rows}


def last_commit(root: Path, paths: Sequence[str]) -> Commit:
    """The last commit that touched any of these files. Raises MblError."""
    said = repo.run(root, *_LOG, "-1", f"--format={_FORMAT}", "--", *repo.exactly(paths[:_MOST_PATHS]))
    return Commit(*said.rstrip("\n").split("\0"))


def contents(root: Path, names: Sequence[str]) -> Mapping[str, bytes]:
    """What git keeps under these names."""
    return dict(zip(names, repo.contents(root, names), strict=True))


def commits_between(root: Path, old: str, new: str) -> int:
    """How many commits lead from the one to the other."""
    return int(repo.run(root, "rev-list", "--count", f"{old}..{new}").strip() or 0)


@contextmanager
def on_branch(root: Path, name: str) -> Iterator[None]:
    """Work on a new branch from here; if that fails, back to where we were, and the branch is gone. Raises MblError."""
    if name.startswith("-") or not _is_name(root, name):
        raise MblError(f"{name!r} cannot be the name of a branch.", hint="Take a name like november-review.")
    if name in repo.run(root, "for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines():
        raise MblError(
            f"There is a branch {name} already.",
            hint=f"Take another name; or `git switch {name}`, then `mbl commit`.",
        )
    former = repo.run(root, "symbolic-ref", "--quiet", "HEAD").strip() if not repo.is_detached(root) else ""
    try:
        commit = commit_of(root, "HEAD")
    except MblError:
        raise MblError(
            "There is no commit yet that a branch could begin at.",
            hint="mbl commit makes the first one; then mbl commit --branch NAME.",
        ) from None
    repo.run(root, "branch", "--no-track", name, commit)
    repo.run(root, "symbolic-ref", "HEAD", f"refs/heads/{name}")
    try:
        yield
    except BaseException:
        if former:
            repo.run(root, "symbolic-ref", "HEAD", former)
        else:
            repo.run(root, "update-ref", "--no-deref", "HEAD", commit)
        repo.run(root, "branch", "-D", name)
        raise


def _is_name(root: Path, name: str) -> bool:
    try:
        repo.run(root, "check-ref-format", f"refs/heads/{name}")
    except MblError:
        return False
    return True


def names(root: Path) -> tuple[str, ...]:
    """The branches and tags there are, those of remotes too."""
    said = repo.run(
        root, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"
    )
    return tuple(said.split())


def _unknown(root: Path, name: str, error: MblError) -> MblError:
    if "git refused" not in error.message:
        return error
    if git_dir(root) is None:
        return MblError("This backlog is not in a git repository: it has no former state.", hint="git init")
    if name == "HEAD":
        return MblError(
            "There is no commit yet: nothing to compare with.", hint="mbl commit makes the first."
        )
    if is_shallow(root):
        hint = (
            f"This clone was cut short. Fetch what is missing: git fetch --unshallow{_fetchable(root, name)}"
        )
    else:
        hint = _nearest(root, name)
    return MblError(f"There is no commit or branch {name}.", hint=hint)


def _fetchable(root: Path, name: str) -> str:
    """What brings the branch, too: such a clone fetches only the one it was made of."""
    remote, slash, branch = name.partition("/")
    if slash and remote in repo.run(root, "remote").split() and _is_name(root, branch):
        return f" {remote} {branch}:refs/remotes/{name}"
    return f" origin {name}:{name}" if _is_name(root, name) else ""


def _nearest(root: Path, name: str) -> str:
    from mbl.core.rules.finding import nearest

    said = repo.run(
        root, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"
    )
    known = said.split()
    remote = next((each for each in known if each.partition("/")[2] == name), None)
    if remote:
        return f"There is {remote}: name that, or git switch {name} first."
    return nearest(name, known) or "git branch --all lists what there is."
