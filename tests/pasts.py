"""Builders for tests: a past in which so many items were finished each week."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from build import item
from mbl.core.capacity.history import monday_of
from mbl.model.item import Ended, Item

MONDAY = date(2026, 11, 23)
PACE = (3, 5, 2, 4, 0, 6, 3, 4, 2, 5, 1, 4)
"""Items finished in each of twelve weeks: the last one ends before MONDAY."""

WEEK = timedelta(days=7)


def before(counts: Sequence[object], today: date = MONDAY) -> date:
    """A Friday in the week before the first of so many weeks."""
    return monday_of(today) - len(counts) * WEEK - timedelta(days=3)


def finished(counts: Sequence[int], today: date = MONDAY, **fields: Any) -> list[Item]:
    """Items done in the weeks before today, so many in each, on one of its seven days; promised before all of them."""
    first, since = monday_of(today) - len(counts) * WEEK, before(counts, today)
    known = {"status": "done", "requested": since, "accepted": since, "estimate": "2d", **fields}
    return [
        item(**known, ended=Ended(date=first + week * WEEK + timedelta(days=(week + each) % 7)))
        for week, count in enumerate(counts)
        for each in range(count)
    ]


def waiting(number: int, counts: Sequence[object] = PACE, today: date = MONDAY, **fields: Any) -> list[Item]:
    """Items that were promised before all of these weeks."""
    since = before(counts, today)
    known = {"status": "committed", "requested": since, "accepted": since, "estimate": "2d", **fields}
    return [item(**known) for _ in range(number)]
