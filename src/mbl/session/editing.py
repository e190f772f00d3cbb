"""Change a file in the user's own editor. Refuses what cannot be read, and what somebody else changed meanwhile."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from mbl.core.select import resolved
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.session.change import Saved, Writes, saved, silent
from mbl.session.place import Place, Tell, opened
from mbl.storage import disk, editor, index, journal

T = TypeVar("T")


def in_editor(text: str, name: str, read: Callable[[str], T]) -> T | None:
    """What `read` makes of the text after the user's editor; None if it was left as it was. Raises MblError."""
    return editor.edited(text, name=name, read=read)


def edited_file(
    at: Place, refs: Sequence[str], *, dry_run: bool = False, commit: bool = False, tell: Tell = silent
) -> Saved:
    """One item's file after the user's own editor, accepted only if it can be read. Raises MblError."""
    backlog = opened(at, tell=tell).backlog
    ids = resolved(backlog, refs)
    if len(ids) != 1:
        raise MblError(
            "One file at a time: name one request, or say what to change (--estimate 5d).", exit_code=2
        )
    path = backlog.path_of[ids[0]]
    old = disk.read(at.root, path)
    edited = in_editor(old.decode(), path.rpartition("/")[2], lambda text: _readable(path, text, ids[0]))
    if edited is None:
        return Saved(changes=(), paths=(), commit=None, before=backlog, after=backlog)
    new, item = edited

    def plan(now: index.Reading) -> tuple[Backlog, Writes]:
        if now.seen.get(path) != journal.fingerprint(old):
            raise _overtaken(at, path, new)
        return now.backlog.with_items({path: item}), {path: new}

    return saved(at, plan, dry_run=dry_run, commit=commit, tell=tell)


def _readable(path: str, text: str, id_: str) -> tuple[bytes, Item]:
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        item: Item = codec.parse(path, text.encode())
    except Malformed as error:
        raise MblError("The file cannot be read like this:", problems=error.problems) from None
    if item.id != id_:
        raise MblError(f"The id must stay {id_}: other files refer to it.")
    return text.encode(), item


def _overtaken(at: Place, path: str, text: bytes) -> MblError:
    """The refusal, once the user's text is in a safe place."""
    hint = "Look at the file, then run the command again."
    if at.state is not None:
        disk.replace(at.state, f"edited/{path}", text)
        hint = f"Your text lies in {at.state / 'edited' / path}: bring it in by hand."
    return MblError(f"{path} changed while you were editing: nothing was saved.", hint=hint)
