"""Two states of the backlog side by side: the folder, a commit, a branch.

A state is the folder's backlog with what differs from it exchanged: no state is ever read as a whole.
Refuses nothing of its own; a file that cannot be read is left out and told.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from mbl.model.backlog import SETTINGS, Backlog, assembled
from mbl.session.place import Advance, Place
from mbl.storage import blobs, past
from mbl.storage.journal import interrupted
from mbl.storage.past import commit_of, commits_between, fork_point

FOLDER = "the folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The backlog in one state. `name` is what people call it; `commit` its id, None for the folder."""

    name: str
    commit: str | None
    backlog: Backlog


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one state to another. `commits` lie between them (those of the folder's branch, for the folder)."""

    base: State
    head: State
    commits: int


def span(
    at: Place, read: Callable[[], Backlog], between: str | None, *, advance: Advance | None = None
) -> Span:
    """The two states that are named; `read` opens the folder, while git looks for what differs.

    Nothing: the last commit and the folder. `BASE`: the commit where this branch left BASE, and the folder.
    `A..B`: the two as they are. `A...B`: where B left A, and B. An empty side is HEAD. Raises MblError.
    """
    if interrupted(at.state):
        read()  # it is finished first: git must see what that leaves
    with ThreadPoolExecutor(max_workers=1) as other:
        asked = other.submit(_told, at, between)
        folder = read()
        (one, old, differs), head, commits = asked.result()
    former = State(name=one, commit=old, backlog=_at(at, folder, differs, advance))
    if head is None:
        return Span(base=former, head=State(name=FOLDER, commit=None, backlog=folder), commits=commits)
    other_name, new, differs = head
    later = State(name=other_name, commit=new, backlog=_at(at, folder, differs, advance))
    return Span(base=former, head=later, commits=commits)


_Named = tuple[str, str]
_Differing = tuple[str, str, past.Blobs]


def _told(at: Place, between: str | None) -> tuple[_Differing, _Differing | None, int]:
    """All that git has to say: names, ids and what differs from the folder, of both commits; how many lie between."""
    base, head = _commits(at, between)
    former = (*base, past.differing(at.root, base[1]))
    later = (*head, past.differing(at.root, head[1])) if head else None
    return former, later, commits_between(at.root, base[1], head[1] if head else "HEAD")


def _commits(at: Place, between: str | None) -> tuple[_Named, _Named | None]:
    """Names and ids of the two commits; None for the folder."""
    root = at.root
    if between is None:
        return ("the last commit", commit_of(root, "HEAD")), None
    if ".." not in between:
        return (between, fork_point(root, commit_of(root, between), commit_of(root, "HEAD"))), None
    dots = "..." if "..." in between else ".."
    one, _, other = between.partition(dots)
    one, other = one or "HEAD", other or "HEAD"
    old, new = commit_of(root, one), commit_of(root, other)
    return (one, fork_point(root, old, new) if dots == "..." else old), (other, new)


def _at(at: Place, folder: Backlog, differs: past.Blobs, advance: Advance | None) -> Backlog:
    if not differs:
        return folder
    wanted = [(path, name) for path, name in differs.items() if name is not None]
    held, broken = blobs.nouns(at.state, wanted, lambda names: past.contents(at.root, names), advance)
    same = {path: noun for path, noun in folder.nouns() if path not in differs}
    former = {path: noun for (path, _), noun in held.items()}
    still = tuple(problem for problem in folder.broken if problem.path not in differs)
    return assembled({SETTINGS: folder.settings, **same, **former}, (*still, *broken))
