"""Take back the last action: only while its files still are as it left them, and are not committed.

Refuses to overwrite what anybody did since, and says which commit to revert where there is one.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from mbl.errors import MblError
from mbl.model.backlog import SETTINGS, Backlog, assembled
from mbl.session.change import Saved, Writes, saved, silent
from mbl.session.place import Place, Tell, opened
from mbl.storage import actions, disk, index, journal
from mbl.storage.actions import Action
from mbl.storage.where import git_dir

Standing = Literal["can be undone", "committed", "changed since", "not before those above"]
_MOST = 5


class Undoable(NamedTuple):
    """An action, and whether it can be taken back once the ones after it are."""

    action: Action
    standing: Standing


def undoable(at: Place) -> tuple[Undoable, ...]:
    """The actions that were not taken back, the last one first. Only from the first one on, one after the other."""
    held = actions.undoable(at.state)
    head = _head(at) if held else {}
    now: dict[str, str | None] = {}
    found: list[Undoable] = []
    for action in held:
        standing = _standing(action, {path: now.get(path, _held(at, path)) for path in action.files}, head)
        if standing == "can be undone" and found and found[-1].standing != standing:
            standing = "not before those above"
        now |= {
            path: None if before is None else journal.fingerprint(before)
            for path, (before, _) in action.files.items()
        }
        found.append(Undoable(action, standing))
    return tuple(found)


def undone(at: Place, *, dry_run: bool = False, commit: bool = False, tell: Tell = silent) -> Saved:
    """The backlog as it was before the last action; nothing changes if there is none. Raises MblError."""
    opened(at, tell=tell)  # what was interrupted is finished first
    held = undoable(at)
    if not held:
        backlog = opened(at).backlog
        return Saved(changes=(), paths=(), commit=None, before=backlog, after=backlog)
    action, standing = held[0]
    if standing == "committed":
        raise _committed(at, action)
    _refuse_changed(at, action)

    def plan(now: index.Reading) -> tuple[Backlog, Writes]:
        _refuse_changed(at, action)
        contents = {path: before for path, (before, _) in action.files.items()}
        return _restored(now.backlog, contents), contents

    return saved(at, plan, dry_run=dry_run, commit=commit, tell=tell, undoes=action.name)


def _standing(action: Action, now: Mapping[str, str | None], head: Mapping[str, str]) -> Standing:
    if any(now[path] != after for path, (_, after) in action.files.items()):
        return "changed since"
    kept = any(after is not None and head.get(path) == after for path, (_, after) in action.files.items())
    return "committed" if kept else "can be undone"


def _held(at: Place, path: str) -> str | None:
    """The fingerprint of what the file holds; None if there is none."""
    try:
        return journal.fingerprint(disk.read(at.root, path))
    except OSError:
        return None


def _head(at: Place) -> Mapping[str, str]:
    """The files of the last commit by path; none without git, or before the first commit."""
    if git_dir(at.root) is None:
        return {}
    from mbl.storage import past

    try:
        return past.tree(at.root, "HEAD")
    except MblError:
        return {}


def _committed(at: Place, action: Action) -> MblError:
    from mbl.storage import past

    last = past.last_commit(at.root, tuple(action.files))
    return MblError(
        f"The last action is committed already: {action.words} (in {last.id[:10]}, {last.subject!r}).",
        hint=f"To undo that commit with another one: git revert {last.id[:10]}",
    )


def _refuse_changed(at: Place, action: Action) -> None:
    changed = [path for path, (_, after) in action.files.items() if _held(at, path) != after]
    if not changed:
        return
    more = f" and {len(changed) - _MOST} more" if len(changed) > _MOST else ""
    raise MblError(
        f"The last action cannot be undone ({action.words}): changed since: {', '.join(changed[:_MOST])}{more}.",
        hint="mbl diff shows what is different from the last commit; mbl undo --list what was done.",
    )


def _restored(backlog: Backlog, contents: Mapping[str, bytes | None]) -> Backlog:
    """The backlog with these files as they were; one that could not be read then is left out again."""
    from mbl.storage import codec

    former = codec.parse_tree({path: content for path, content in contents.items() if content is not None})
    nouns: dict[str, Any] = {path: noun for path, noun in backlog.nouns() if path not in contents}
    nouns |= {path: noun for path, noun in former.nouns() if path in contents}
    broken = (*(each for each in backlog.broken if each.path not in contents), *former.broken)
    return assembled({SETTINGS: backlog.settings, **nouns} if SETTINGS not in contents else nouns, broken)
