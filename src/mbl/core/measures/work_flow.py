"""How work flows through the teams: what is finished a week, how long it takes, what is in progress, what was wasted.

Read from the dates in the files alone. Refuses to guess: a date in the future, and every date of an item whose
dates contradict each other, is not counted (`mbl check` names them); what was done without a known start has no
cycle time. Calling work old takes at least ten finished items.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mbl.core.capacity.history import RECENT, History, Week, dates_agree, weekly
from mbl.core.capacity.simulation import percentile
from mbl.model.backlog import Backlog
from mbl.model.item import Item

LEAST_FINISHED = 10
"""Fewer finished items say too little about how long work takes to call any of it old."""


class Cycle(NamedTuple):
    """Calendar days from start to end: half take p50 or less, 85 in 100 p85 or less (nearest rank)."""

    p50: int
    p85: int
    p95: int


class InWork(NamedTuple):
    """An item in progress; its age in calendar days, today included (None: nobody knows when it was started)."""

    item: Item
    age: int | None
    is_old: bool


class Wasted(NamedTuple):
    """An item dropped after work on it had begun, and the calendar days from start to end."""

    item: Item
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """`weeks`: complete ones, 26 at most. The rest counts from `since` (None: from the beginning) to today.

    `took` holds the cycle times in calendar days, rising; `unknown` items were done without a known start;
    `odd` ones have dates that contradict each other. What is in progress stands with the oldest first.
    """

    since: date | None
    weeks: tuple[Week, ...]
    took: tuple[int, ...]
    unknown: int
    in_work: tuple[InWork, ...]
    wasted: tuple[Wasted, ...]
    odd: int

    @property
    def finished(self) -> int:
        """Items finished in the complete weeks."""
        return sum(week.finished for week in self.weeks)

    @property
    def a_week(self) -> float | None:
        """Items finished a week, weeks without any included; None before the first complete week."""
        return self.finished / len(self.weeks) if self.weeks else None

    @property
    def cycle(self) -> Cycle | None:
        """The percentiles of the cycle time; None while no finished item has a start."""
        if not self.took:
            return None
        return Cycle(*(int(percentile(self.took, p)) for p in (0.50, 0.85, 0.95)))

    @property
    def limit(self) -> int | None:
        """The age above which work in progress is old; None before ten finished items."""
        return limit_of(self.took)

    @property
    def old(self) -> tuple[InWork, ...]:
        """What is in progress for longer than 85 in 100 finished items took."""
        return tuple(each for each in self.in_work if each.is_old)


def work_flow(backlog: Backlog, today: date, *, only: frozenset[str] | None = None) -> Flow:
    """The flow of the backlog on this day; `only` counts the items with these ids alone."""
    history = weekly(backlog, today, only=only)
    since = _since(history, backlog.settings.history_from)
    items = [item for item in backlog.items.values() if only is None or item.id in only]
    right = [item for item in items if dates_agree(item) and not _lies_ahead(item, today)]
    ended = [item for item in right if item.ended and (since is None or item.ended.date >= since)]
    done = [item for item in ended if item.status == "done"]
    took = tuple(sorted(days for item in done if (days := cycle_days(item)) is not None))
    odd = {item.id for item in items} - {item.id for item in right}
    ages = [(item, None if item.id in odd else _age(item, today)) for item in items if is_in_work(item)]
    return Flow(
        since=since,
        weeks=history.recent,
        took=took,
        unknown=len(done) - len(took),
        in_work=_in_work(ages, limit_of(took)),
        wasted=_wasted(item for item in ended if item.status in ("dropped", "declined")),
        odd=len(odd),
    )


def limit_of(took: Sequence[int]) -> int | None:
    """The age above which work is old: the 85th percentile of rising cycle times; None before ten of them."""
    return int(percentile(took, 0.85)) if len(took) >= LEAST_FINISHED else None


def cycle_days(item: Item) -> int | None:
    """Calendar days from start to end, both included; None while one of them is unknown."""
    if item.started is None or item.ended is None:
        return None
    return (item.ended.date - item.started).days + 1


def is_in_work(item: Item) -> bool:
    """Whether work on it has begun and not ended."""
    return item.is_open and (item.status == "doing" or item.started is not None)


def _since(history: History, history_from: date | None) -> date | None:
    """The beginning of the same half-year for everything that is counted."""
    return history.recent[0].monday if len(history.weeks) > RECENT else history_from


def _lies_ahead(item: Item, today: date) -> bool:
    ended = item.ended.date if item.ended else None
    return any(day is not None and day > today for day in (item.accepted, item.started, ended))


def _age(item: Item, today: date) -> int | None:
    return None if item.started is None else (today - item.started).days + 1


def _in_work(ages: Iterable[tuple[Item, int | None]], limit: int | None) -> tuple[InWork, ...]:
    rows = [InWork(item, age, limit is not None and age is not None and age > limit) for item, age in ages]
    return tuple(sorted(rows, key=lambda row: (-(row.age or 0), row.item.id)))


def _wasted(items: Iterable[Item]) -> tuple[Wasted, ...]:
    found = [Wasted(item, days) for item in items if (days := cycle_days(item)) is not None]
    return tuple(sorted(found, key=lambda each: (-each.days, each.item.id)))
