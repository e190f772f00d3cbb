"""What changed between two backlogs, in words: it previews and confirms, and commit messages are made of it.

Refuses nothing; knows no files but those that hold something.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from mbl.core.changes.change import Change, plain
from mbl.core.changes.files import file_changes
from mbl.core.ranking import fewest_moves, ranked
from mbl.core.wording import LONGEST_TEXT, LONGEST_TITLE, from_to, quoted, short
from mbl.model.backlog import Backlog
from mbl.model.item import Item

_FOLLOWS_STATUS = frozenset({"accepted", "started", "ended"})
_STEPS = {"committed": "accept", "doing": "start", "done": "done", "declined": "decline", "dropped": "drop"}
_REVIEWED = {"keep": "keep", "later": "put off"}


def diff(before: Backlog, after: Backlog) -> tuple[Change, ...]:
    """Every change: moves first, then item by item from the top of the list, then the other files."""
    old, new = _by_id(before), _by_id(after)
    touched = [id_ for id_ in {**old, **new} if _differ(old.get(id_), new.get(id_))]
    touched.sort(key=lambda id_: _place(new.get(id_) or old[id_]))
    moves = tuple(_moves(before, after, touched))
    moved = frozenset(change.id for change in moves)
    others = (change for id_ in touched for change in _item_changes(old.get(id_), new.get(id_), moved))
    renames = tuple(_renames(before, after))
    renamed = {change.before: change.after for change in renames}
    return (*moves, *others, *renames, *file_changes(before, after, renamed))


def _by_id(backlog: Backlog) -> dict[str, Item]:
    return {id_: backlog.items[path] for id_, path in backlog.path_of.items()}


def _differ(was: Item | None, now: Item | None) -> bool:
    return was is not now and was != now  # most are the same object, and comparing 30 fields takes long


def _place(item: Item) -> tuple[bool, bool, str, str]:
    return (not item.is_open, item.rank is None, item.rank or "", item.id)


def _moves(before: Backlog, after: Backlog, touched: Sequence[str]) -> Iterator[Change]:
    """The fewest moves that explain the new order; where either of two could have moved, whose key changed."""
    old, new = before.path_of, after.path_of
    rekeyed = frozenset(
        id_ for id_ in touched if id_ in old and id_ in new and before.item(id_).rank != after.item(id_).rank
    )
    if not rekeyed:
        return
    was = {row.item.id: row.position for row in ranked(before)}
    now = {row.item.id: row.position for row in ranked(after)}
    order_before = [id_ for id_ in was if id_ in now]
    order_after = [id_ for id_ in now if id_ in was]
    if order_before == order_after:
        return
    settled = was.keys() - rekeyed
    movers = rekeyed if len(rekeyed) == 1 else fewest_moves(order_before, order_after, settled=settled)
    for id_ in order_after:
        if id_ in movers:
            yield Change(
                id=id_, what="moved", field="rank", before=was[id_], after=now[id_], verb="rank",
                words=f"rank {quoted(after.item(id_).title)} {was[id_]} → {now[id_]}",
            )  # fmt: skip


def _item_changes(old: Item | None, new: Item | None, moved: frozenset[str]) -> Iterator[Change]:
    if old is None and new is not None:
        yield _added(new)
    elif new is None and old is not None:
        yield Change(
            id=old.id, what="removed", before=old.title, words=f"remove {quoted(old.title)}", verb="remove"
        )
    elif old is not None and new is not None:
        if old.status != new.status:
            yield _step(old, new)
        silent = _FOLLOWS_STATUS if old.status != new.status else frozenset()
        for name in (field.name for field in fields(Item)):
            if name == "status" or name in silent or (name == "rank" and old.id in moved):
                continue
            if (was := getattr(old, name)) != (now := getattr(new, name)):
                yield _field_change(new, name, plain(was), plain(now))


def _added(item: Item) -> Change:
    asked = f" (asked by {short(item.requester, 40)})" if item.requester else ""
    kind = "request " if item.status == "request" else ""
    return Change(
        id=item.id, what="added", after=item.title, words=f"add {kind}{quoted(item.title)}{asked}", verb="add"
    )


def _step(old: Item, new: Item) -> Change:
    verb = _STEPS.get(new.status, "take back")
    if old.status == "doing" and new.status == "committed":
        verb = "take back"
    if not old.is_open and new.is_open:
        verb = "reopen"
    reason = _because(new.ended.reason if new.ended else None)
    return Change(
        id=new.id, what="changed" if new.is_open else "ended", field="status", before=old.status,
        after=new.status, words=f"{verb} {quoted(new.title)}{reason}", verb=verb,
    )  # fmt: skip


def _because(reason: str | None) -> str:
    return f": {short(reason, LONGEST_TEXT)}" if reason else ""


def _field_change(item: Item, name: str, was: Any, now: Any) -> Change:
    verb, words = "edit", f"edit {quoted(item.title)}: {name} {from_to(was, now)}"
    if name == "rank":
        verb, words = "new rank key", f"new rank key for {quoted(item.title)}"
    if name == "reviewed" and now:
        verb = _REVIEWED[now["decision"]]
        words = f"{verb} {quoted(item.title)}{_because(now.get('reason'))}"
    if name == "title":
        words = f'edit "{short(was, LONGEST_TITLE)}": now called {quoted(item.title)}'
    return Change(id=item.id, what="changed", field=name, before=was, after=now, words=words, verb=verb)


def _renames(before: Backlog, after: Backlog) -> Iterator[Change]:
    """Files that hold the same item or campaign under another name."""
    old, new = _paths(before), _paths(after)
    for id_, was in old.items():
        now = new.get(id_, was)
        if now != was:
            words = f"rename {short(was, LONGEST_TEXT)} → {short(now, LONGEST_TEXT)}"
            yield Change(
                id=id_, what="changed", field="path", before=was, after=now, words=words, verb="rename"
            )


def _paths(backlog: Backlog) -> dict[str, str]:
    return {**{campaign.id: path for path, campaign in backlog.campaigns.items()}, **backlog.path_of}
