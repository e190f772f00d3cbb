"""Commit the backlog's changed files, and nothing else, with a message in words.

Refuses to commit a changed file that cannot be read.
"""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from mbl.core.changes.diff import diff
from mbl.core.changes.files import unsaid
from mbl.core.changes.message import message
from mbl.errors import MblError
from mbl.model.backlog import SETTINGS, Backlog, assembled
from mbl.session.change import Saved, silent
from mbl.session.place import Place, Tell, opened
from mbl.storage import past, repo
from mbl.storage.lock import lock

_DETACHED = "You are on no branch (a detached HEAD): `git switch -c NAME` makes one that keeps this commit."


def uncommitted(at: Place, *, tell: Tell = silent) -> Saved:
    """What the folder holds beyond the last commit, as a change that is saved and not yet committed. Raises MblError."""
    repo.refuse_unfinished(at.root)
    now = opened(at, tell=tell).backlog
    paths = tuple(file.path for file in repo.changed(at.root))
    _refuse_broken(now, paths)
    former = repo.at_head(at.root, paths)
    before = _before(now, paths, former)
    changes = diff(before, now)
    others = unsaid(changes, {path: _fate(at, path, former) for path in paths}, before, now)
    return Saved(changes=(*changes, *others), paths=paths, commit=None, before=before, after=now)


def committed(
    at: Place, change: Saved, *, text: str | None = None, branch: str | None = None, tell: Tell = silent
) -> Saved:
    """The change with its commit: exactly its files, as far as they differ from the last commit. Raises MblError.

    On a new `branch`, if one is named; it is gone again if the commit fails.
    """
    if not change.paths:
        return change
    wanted = frozenset(change.paths)
    with _turn(at):
        files = [file for file in repo.changed(at.root) if file.path in wanted]
        if not files:
            return change
        if repo.is_detached(at.root) and not branch:
            tell(_DETACHED)
        with past.on_branch(at.root, branch) if branch else nullcontext():
            return replace(change, commit=repo.commit(at.root, files, text or message(change.changes)))


def _refuse_broken(now: Backlog, paths: tuple[str, ...]) -> None:
    broken = tuple(problem for problem in now.broken if problem.path in paths)
    if broken:
        lines = [f"{problem.where}: {problem.message}. {problem.fix}".strip() for problem in broken]
        raise MblError("\n".join((*lines, "Nothing was committed.")), problems=broken)


def _before(now: Backlog, paths: tuple[str, ...], former: Mapping[str, bytes]) -> Backlog:
    """The backlog of the last commit: only what changed since is parsed."""
    from mbl.storage import codec

    old = codec.parse_tree(former)
    nouns = {path: noun for path, noun in now.nouns() if path not in paths}
    nouns.update((path, noun) for path, noun in old.nouns() if path in former)
    # Where the last commit has no settings, they did not change key by key: the file came as a whole.
    return assembled({SETTINGS: now.settings, **nouns})


def _fate(at: Place, path: str, former: Mapping[str, bytes]) -> bool | None:
    """Whether the file came (True) or went (False) since the last commit; None if it was there before and still is."""
    is_here = os.path.lexists(at.root / path)
    return None if is_here and path in former else is_here


def _turn(at: Place) -> AbstractContextManager[None]:
    """One commit at a time, by a lock of its own: a hook that runs mbl must not wait for the commit it is part of."""
    folder = at.state / "commit" if at.state else None
    if folder:
        folder.mkdir(exist_ok=True)
    return lock(folder)
