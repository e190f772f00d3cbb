"""What to ask about first, and what was decided: the queue of the relevance review, and its pure decisions.

Nothing is ever dropped by itself: a reason only puts an item into the queue. Refuses to keep what has ended.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.edit import declined
from mbl.core.ranking import ranked
from mbl.core.review.reasons import reasons, view
from mbl.core.select import Query, matching
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item, Reviewed

KEPT = timedelta(days=90)
"""A decision to keep something holds so long."""
PUT_OFF = timedelta(days=30)
"""What was put off is asked last for so long."""

Decision = Literal["keep", "later", "decline"]
DECISIONS: tuple[Decision, ...] = ("keep", "decline", "later")


class Asked(NamedTuple):
    """An item in the queue: why, its effort in days (None: unknown), and the promised days it would probably relieve."""

    item: Item
    position: int
    reasons: tuple[str, ...]
    days: float | None
    relief: float | None


def queue(backlog: Backlog, today: date, *, gone: Collection[str] = ()) -> tuple[Asked, ...]:
    """Every open item with a reason to ask, unless kept within 90 days: the largest expected relief first.

    The relief is effort x the largest drop rate of its reasons; of a request 0: nobody promised it.
    What was put off lately comes last.
    """
    rows = (row for row in asked(backlog, today, gone=gone) if row.reasons and not is_kept(row.item, today))
    return tuple(
        sorted(rows, key=lambda row: (_put_off(row.item, today), -(row.relief or 0.0), row.position))
    )


def asked(backlog: Backlog, today: date, *, gone: Collection[str] = ()) -> tuple[Asked, ...]:
    """Every open item as the queue would ask about it, in the order of the list; without a reason, too."""
    on = view(backlog, today, gone=gone)
    rates = drop_rates(backlog, today, gone=gone)
    classes = reference_classes(backlog.items.values(), backlog.settings)
    rows = ((row, reasons(row.item, on), effort_of(row.item, classes).days) for row in ranked(backlog))
    return tuple(
        Asked(row.item, row.position or 0, codes, days, _relief(row.item, days, codes, rates))
        for row, codes, days in rows
    )


def chosen(
    backlog: Backlog, rows: Sequence[Asked], *, query: Query, why: Collection[str] = ()
) -> tuple[Asked, ...]:
    """Those of the queue that fit the filters and carry one of these reasons (none given: any)."""
    fitting = {row.item.id for row in matching(ranked(backlog), query)}
    return tuple(
        row for row in rows if row.item.id in fitting and (not why or not set(why).isdisjoint(row.reasons))
    )


def drop_rates(backlog: Backlog, today: date, *, gone: Collection[str] = ()) -> Mapping[str, float]:
    """How often a reason led to a drop, from earlier decisions: (1 + dropped) / (2 + decided), by code."""
    seen_on = cache(lambda day: view(backlog, day, gone=gone))
    decided: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    for item, day, is_drop in _decisions(backlog, today):
        codes = reasons(item, seen_on(day))
        decided.update(codes)
        dropped.update(codes if is_drop else ())
    return {code: (1 + dropped[code]) / (2 + times) for code, times in decided.items()}


def is_kept(item: Item, today: date) -> bool:
    """Whether somebody decided to keep it, within 90 days."""
    return _decided_within(item, "keep", KEPT, today)


def decided(
    backlog: Backlog, ids: Sequence[str], decision: Decision, *, today: date, by: str | None, reason: str | None,
    revisit: date | None = None,
) -> Backlog:  # fmt: skip
    """The backlog after this decision about these items: keep, later (ask again), or decline. Raises MblError."""
    if decision == "decline":
        return declined(
            backlog, ids, today=today, ended=Ended(date=today, by=by, reason=reason, revisit=revisit)
        )
    refused = [backlog.item(id_) for id_ in ids if not backlog.item(id_).is_open]
    if refused:
        raise MblError(
            "\n".join(
                f"“{item.title}” ({item.id}) is {item.status}: there is nothing to review."
                for item in refused
            ),
            hint=f"To look at it again: mbl reopen {refused[0].id}",
        )
    mark = Reviewed(date=today, by=by, decision=decision, reason=reason)
    paths = [backlog.path_of[id_] for id_ in ids]
    changed = {
        path: replace(item, reviewed=mark) for path in paths if (item := backlog.items[path]).reviewed != mark
    }
    return backlog.with_items(changed) if changed else backlog


def dropped_since(backlog: Backlog, since: date, today: date) -> tuple[Item, ...]:
    """The promises that were dropped from this day on."""
    return tuple(
        item
        for item in backlog.items.values()
        if item.status == "dropped" and item.ended is not None and since <= item.ended.date <= today
    )


def as_promised(item: Item) -> Item:
    """A dropped item as it was before."""
    moscow = None if item.moscow == "wont" else item.moscow
    return replace(item, status="doing" if item.started else "committed", ended=None, moscow=moscow)


_UNTRIED = 1 / 2


def _relief(item: Item, days: float | None, codes: Sequence[str], rates: Mapping[str, float]) -> float | None:
    if not item.is_committed or not codes:
        return 0.0
    return None if days is None else days * max(rates.get(code, _UNTRIED) for code in codes)


def _decisions(backlog: Backlog, today: date) -> Iterator[tuple[Item, date, bool]]:
    """Every drop, and every decision to keep, with the item as it was asked about, and the day."""
    for item in backlog.items.values():
        if item.status == "dropped" and item.ended is not None and item.ended.date <= today:
            yield as_promised(item), item.ended.date, True
        elif item.reviewed and item.reviewed.decision == "keep" and item.reviewed.date <= today:
            yield replace(item, reviewed=None), item.reviewed.date, False


def _put_off(item: Item, today: date) -> bool:
    return _decided_within(item, "later", PUT_OFF, today)


def _decided_within(item: Item, decision: str, span: timedelta, today: date) -> bool:
    mark = item.reviewed
    return mark is not None and mark.decision == decision and timedelta(0) <= today - mark.date <= span
