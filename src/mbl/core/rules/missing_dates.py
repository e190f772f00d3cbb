"""The dates that a status needs and a hand that changed it forgot: which are missing, and filled in from elsewhere.

Refuses to fill in a date that contradicts the others of its item.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from mbl.core.capacity.history import dates_agree
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item

Field = Literal["accepted", "started", "ended"]


def missing_date(item: Item) -> Field | None:
    """The date that should stand beside the item's status, and does not."""
    # An imported promise has no such date: forecasts leave it out of their counts.
    if item.status == "committed" and item.accepted is None and item.source is None:
        return "accepted"
    if item.status == "doing" and item.started is None:
        return "started"
    return "ended" if not item.is_open and item.ended is None else None


def dated(backlog: Backlog, days: Mapping[str, date]) -> Backlog:
    """The backlog with the missing date of these files filled in: the day on which the status was changed."""
    filled = {path: _filled(backlog.items[path], day) for path, day in days.items()}
    changed = {
        path: item for path, item in filled.items() if item != backlog.items[path] and dates_agree(item)
    }
    return backlog.with_items(changed) if changed else backlog


def _filled(item: Item, day: date) -> Item:
    field = missing_date(item)
    if field == "accepted":
        return replace(item, accepted=day)
    if field == "started":
        return replace(item, started=day)
    return replace(item, ended=Ended(date=day)) if field == "ended" else item
