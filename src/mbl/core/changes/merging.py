"""Rows of another list meet the backlog: matched by id or by source, else new.

An empty cell changes nothing, and only a status the list itself names is applied to an item that exists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mbl.core.edit import added, bucketed, edited, with_status
from mbl.model.backlog import Backlog
from mbl.model.item import OPEN, Ended, Item

_STEPS = frozenset({"status", "moscow", "source", "accepted", "started", "ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One row: the id of the item it names (or None), its validated values, and why it ended, if it says so."""

    id: str | None
    values: Mapping[str, Any]
    reason: str | None = None


def merged(
    backlog: Backlog, rows: Sequence[Incoming], *, ids: Sequence[str], status: str, today: date
) -> Backlog:
    """The backlog with every row: `ids` are for new items, which get `status` unless the row names one."""
    known = _known(backlog)
    fresh = iter(ids)
    new: list[Item] = []
    files: dict[str, Item] = {}
    for row in rows:
        id_ = _matched(row, known)
        if id_ is None:
            new.append(_new_item(next(fresh), row, status, backlog, today))
            continue
        path = backlog.path_of[id_]
        alone = replace(backlog, items={path: files.get(path, backlog.items[path])})
        files[path] = _updated(alone, id_, row, today).items[path]
    after = backlog.with_items(files) if files else backlog
    return added(after, new) if new else after


def unchanged(before: Backlog, after: Backlog, rows: Sequence[Incoming]) -> int:
    """How many rows found their item as it was."""
    known = _known(before)
    ids = [id_ for row in rows if (id_ := _matched(row, known)) is not None]
    return sum(before.item(id_) == after.item(id_) for id_ in ids)


def _known(backlog: Backlog) -> dict[tuple[str, str], str]:
    return {(item.source.system, item.source.key): item.id for item in backlog.items.values() if item.source}


def _matched(row: Incoming, known: Mapping[tuple[str, str], str]) -> str | None:
    source = row.values["source"]
    return row.id or known.get((source.system, source.key))


def _new_item(id_: str, row: Incoming, status: str, backlog: Backlog, today: date) -> Item:
    """A promise without a date of its own was made when it was asked for; without that too, nobody knows when."""
    given = {"status": status, "title": "?", **row.values}
    item = Item(**{**given, "id": id_})
    if item.moscow == "wont" and item.status in OPEN:
        ended = Ended(date=today, reason=row.reason)
        alone = added(replace(backlog, items={}), [item])
        item = bucketed(alone, [id_], "wont", today=today, ended=ended).item(id_)
    if item.status in ("request", "declined"):
        return item
    return replace(item, accepted=item.accepted or item.requested)


def _updated(backlog: Backlog, id_: str, row: Incoming, today: date) -> Backlog:
    item = backlog.item(id_)
    fields = {
        name: value for name, value in row.values.items() if name not in _STEPS and value not in (None, ())
    }
    backlog = edited(backlog, [id_], fields)
    ended: Ended | None = row.values.get("ended")
    end = replace(ended or Ended(date=today), reason=row.reason)
    if (bucket := row.values.get("moscow")) and bucket != item.moscow:
        backlog = bucketed(backlog, [id_], bucket, today=today, ended=end)
    status = row.values.get("status")
    if status and status != backlog.item(id_).status and backlog.item(id_).moscow != "wont":
        backlog = with_status(backlog, [id_], status, today=today, ended=end)
    return backlog
