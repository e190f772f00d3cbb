"""Change a backlog: every change goes one way, whether a verb, an editor or a repair wants it.

Read under the lock, plan, write all of it or nothing, then commit exactly what was written. Refuses, before
anything is written, what could not be committed afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mbl.core.changes.change import Change
from mbl.core.changes.diff import diff
from mbl.core.changes.message import summary
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session.place import Advance, Place, Tell, opened, present
from mbl.storage import actions, disk, index, journal
from mbl.storage.lock import lock

Verb = Callable[[Backlog], Backlog]
Writes = dict[str, bytes | None]
Plan = Callable[[index.Reading], tuple[Backlog, Writes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a change came to. `commit` is the commit's id, if one was made; `after` the backlog as it is now."""

    changes: tuple[Change, ...]
    paths: tuple[str, ...]
    commit: str | None
    before: Backlog
    after: Backlog


def silent(text: str) -> None:
    """Nobody listens."""
    del text


def unseen(done: int, total: int) -> None:
    """Nobody watches."""
    del done, total


def changed(
    at: Place,
    verb: Verb,
    *,
    dry_run: bool = False,
    commit: bool = False,
    advance: Advance = unseen,
    tell: Tell = silent,
) -> Saved:
    """Apply the verb to the backlog and save what it changed."""
    return saved(
        at, lambda now: applied(at, now, verb), dry_run=dry_run, commit=commit, advance=advance, tell=tell
    )


def saved(
    at: Place,
    plan: Plan,
    *,
    dry_run: bool = False,
    commit: bool = False,
    advance: Advance = unseen,
    tell: Tell = silent,
    undoes: str | None = None,
) -> Saved:
    """Carry out the plan, all of it or nothing, one writer at a time; a dry run only says what would change.

    `undoes` names the action that this one takes back. Raises MblError, and then nothing was written, unless it
    says that the files are saved.
    """
    if dry_run:
        now = opened(at, tell=tell)
        return replace(_difference(now.backlog, *plan(now)), paths=())
    with lock(at.state):
        now = present(at, tell=tell)
        after, writes = plan(now)
        change = _difference(now.backlog, after, writes)
        commit = bool(writes) and (commit or now.backlog.settings.commit)
        if commit:
            _refuse_uncommittable(at)
        if writes and at.state is not None:
            _note(at, now, writes, words=summary(change.changes) or "Edit", undoes=undoes)
        _write(at, now, after, writes, advance)
    return _committed(at, change, tell) if commit else change


def applied(at: Place, now: index.Reading, verb: Verb) -> tuple[Backlog, Writes]:
    """The backlog after the verb, and what to write for it: only the changed keys of changed files. Raises MblError."""
    after = verb(now.backlog)
    if after is now.backlog:
        return after, {}
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        return after, codec.plan(now.backlog, after, lambda path: disk.read(at.root, path))
    except Malformed as error:
        first = error.problems[0]
        raise MblError(f"{first.where}: {first.message}.", hint=first.fix, problems=error.problems) from None
    except OSError as error:
        raise MblError(
            f"{error.filename}: {error.strerror}. Nothing was saved.", hint="Run the command again."
        ) from None


def _difference(before: Backlog, after: Backlog, writes: Writes) -> Saved:
    return Saved(changes=diff(before, after), paths=tuple(writes), commit=None, before=before, after=after)


def _note(at: Place, now: index.Reading, writes: Writes, *, words: str, undoes: str | None) -> None:
    """Remember what the files hold, for `mbl undo`; whoever changes them meanwhile is noticed when they are written."""
    if at.state is None:
        return
    files = {
        path: (
            disk.read(at.root, path) if path in now.seen else None,
            None if content is None else journal.fingerprint(content),
        )
        for path, content in writes.items()
    }
    actions.note(at.state, words, files, undoes=undoes)


def _write(at: Place, now: index.Reading, after: Backlog, writes: Writes, advance: Advance) -> None:
    if not writes or at.state is None:
        return
    disk.remove_leftovers(at.root)
    journal.write(at.root, at.state, writes, seen=now.seen, advance=advance)
    index.remember(at.root, at.state, now, after, writes)


def _refuse_uncommittable(at: Place) -> None:
    from mbl.storage import repo

    try:
        repo.refuse_unfinished(at.root)
        repo.refuse_unusable(at.root)
    except MblError as error:
        raise MblError(f"{error.message} Nothing was saved.", hint=error.hint) from None


def _committed(at: Place, change: Saved, tell: Tell) -> Saved:
    from mbl.session.commit import committed

    try:
        return committed(at, change, tell=tell)
    except MblError as error:
        raise MblError(
            f"The files are saved, but not committed. {error.message}",
            hint=f"{error.hint}\nThen: mbl commit".lstrip(),
        ) from None
