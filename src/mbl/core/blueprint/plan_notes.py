"""What is worth saying about a planned item, in a few words each: who pulled it in, what it waits for, its due date.

Refuses nothing.
"""

from collections.abc import Iterator
from datetime import date

from mbl.core.blueprint.horizon import Months
from mbl.core.blueprint.scheduling import Schedule
from mbl.core.capacity.workdays import month_of
from mbl.model.backlog import Backlog
from mbl.model.item import Item


def notes(
    item: Item, backlog: Backlog, schedule: Schedule, *, today: date, months: Months
) -> tuple[str, ...]:
    """The notes on one item of a schedule."""
    return (
        *_due(item, today, months),
        *_pulled_in(item, backlog, schedule),
        *_waiting(item, backlog, schedule),
    )


def _due(item: Item, today: date, months: Months) -> Iterator[str]:
    if item.due and item.due < today:
        yield f"overdue since {item.due}"
    elif item.due and month_of(item.due) < months[0]:
        yield f"due before these months, {item.due}"


def _pulled_in(item: Item, backlog: Backlog, schedule: Schedule) -> Iterator[str]:
    if (by := schedule.pulled_in_by.get(item.id)) is not None:
        yield f"pulled in by {backlog.item(by).title}"
    if not item.is_committed:
        yield "only asked for, not promised"


def _waiting(item: Item, backlog: Backlog, schedule: Schedule) -> Iterator[str]:
    start = schedule.placed[item.id].start
    for id_ in dict.fromkeys(item.depends_on):
        if id_ not in backlog.path_of:
            yield f"waits for {id_}, which is not there"
        elif (before := schedule.placed.get(id_)) and before.finish == start:
            yield f"same month as {backlog.item(id_).title}, which comes first"
        elif backlog.item(id_).status in ("declined", "dropped"):
            yield f"waits for {backlog.item(id_).title}, which was {backlog.item(id_).status}"
