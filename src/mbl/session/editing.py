"""Change a file in the user's own editor. Refuses what cannot be read, and what somebody else changed meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from mbl.core.select import resolved
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.session.change import Saved, Writes, saved, silent
from mbl.session.place import Place, Tell, opened
from mbl.storage import disk, editor, index, journal

T = TypeVar("T")
Accepted = Callable[[Backlog, Any], Backlog]


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

    def kept(backlog: Backlog, item: Item) -> Backlog:
        if item.id != ids[0]:
            raise MblError(f"The id must stay {ids[0]}: other files refer to it.")
        return backlog.with_items({path: item})

    return edited_noun(at, path, kept, dry_run=dry_run, commit=commit, tell=tell)


def edited_noun(
    at: Place,
    path: str,
    accepted: Accepted,
    *,
    dry_run: bool = False,
    commit: bool = False,
    tell: Tell = silent,
) -> Saved:
    """This file after the user's own editor; what `accepted` makes of it beyond is written into the text. Raises MblError.

    `accepted` goes from the backlog and the noun as edited to the backlog with it; it raises MblError to refuse.
    """
    backlog = opened(at, tell=tell).backlog
    old = disk.read(at.root, path)

    def read(text: str) -> tuple[bytes, Any]:
        noun = _parsed(path, text)
        accepted(backlog, noun)
        return text.encode(), noun

    edited = in_editor(old.decode(), path.rpartition("/")[2], read)
    if edited is None:
        return Saved(changes=(), paths=(), commit=None, before=backlog, after=backlog)
    new, noun = edited

    def plan(now: index.Reading) -> tuple[Backlog, Writes]:
        if now.seen.get(path) != journal.fingerprint(old):
            raise _overtaken(at, path, new)
        after = accepted(now.backlog, noun)
        return after, {path: new, **_beyond(now.backlog, after, path, noun, new)}

    return saved(at, plan, dry_run=dry_run, commit=commit, tell=tell)


def _parsed(path: str, text: str) -> Any:
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        return codec.parse(path, text.encode())
    except Malformed as error:
        raise MblError("The file cannot be read like this:", problems=error.problems) from None


def _beyond(before: Backlog, after: Backlog, path: str, noun: Any, text: bytes) -> Writes:
    """What to write because the backlog became more than the text says: a reason, say."""
    from mbl.storage import codec

    shelf = path.partition("/")[0]
    edited: Any = {shelf: {**getattr(before, shelf), path: noun}}
    return codec.plan(replace(before, **edited), after, lambda _: text)


def _overtaken(at: Place, path: str, text: bytes) -> MblError:
    """The refusal, once the user's text is in a safe place."""
    hint = "Look at the file, then run the command again."
    if at.state is not None:
        disk.replace(at.state, f"edited/{path}", text)
        hint = f"Your text lies in {at.state / 'edited' / path}: bring it in by hand."
    return MblError(f"{path} changed while you were editing: nothing was saved.", hint=hint)
