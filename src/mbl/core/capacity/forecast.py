"""When the committed work is done, read from the simulated futures, and what speaks for and against the answer.

Refuses nothing: what cannot be said is None.
"""

from datetime import date, timedelta
from math import ceil, isfinite
from typing import NamedTuple

from mbl.core.capacity import supply, throughput
from mbl.core.capacity.figures import Figures, by_effort
from mbl.core.capacity.growth import Growth, weeks_left
from mbl.core.capacity.history import dates_agree, monday_of
from mbl.core.capacity.lanes import WEEKS_PER_MONTH
from mbl.core.capacity.simulation import percentile

LATELY = 13
"""Weeks: "the last three months", and the coming quarter."""

APART = 1.5
"""From this factor on the two methods contradict each other."""

_DAY = timedelta(days=1)


class Finish(NamedTuple):
    """The days on which the work is done, at three percentiles of the futures; None: never, or beyond the calendar."""

    p50: date | None
    p85: date | None
    p95: date | None


class Span(NamedTuple):
    """Low, middle and high: of 100 futures 15 lie below, 50, and 85."""

    low: float
    middle: float
    high: float


def finish(of: Figures) -> Finish | None:
    """When it is done; None while the months are unknown, or where unknown effort would be left out."""
    if of.futures is None or is_least(of):
        return None
    _, p50, p85, p95 = of.futures.range
    return Finish(*(finish_day(of, months) for months in (p50, p85, p95)))


def finish_day(of: Figures, months: float) -> date | None:
    """The day so many months from today; by throughput the Monday on or after it, since weeks are counted."""
    if of.method == "effort" or not isfinite(months):
        return supply.finish(of.today, months)
    try:
        day = of.today + ceil(months * WEEKS_PER_MONTH * 7 - 1e-6) * _DAY
        return day if day == monday_of(day) else monday_of(day) + 7 * _DAY
    except OverflowError:
        return None


def is_least(of: Figures) -> bool:
    """Whether the months are "at least": effort that nobody knows is left out of them."""
    return of.unknown > 0 and of.method == "effort"


def finished_lately(of: Figures) -> int:
    """The items finished in the last 13 weeks, up to today."""
    ends = [
        item.ended.date
        for item in of.backlog.items.values()
        if item.status == "done" and item.ended is not None and dates_agree(item)
    ]
    return sum(of.today - LATELY * 7 * _DAY < day <= of.today for day in ends)


def next_quarter(of: Figures) -> Span | None:
    """How many items are finished in the next 13 weeks; None while too few were finished to say."""
    return _finished_within(of, LATELY)


def finished_until(of: Figures, day: date) -> Span | None:
    """How many items are finished until this day, in whole weeks; None under one, or while nobody can say."""
    weeks = round((day - of.today).days / 7)
    return _finished_within(of, weeks) if weeks > 0 else None


def cross_check(of: Figures) -> Figures | None:
    """The months by effort beside those by throughput; None if there is no second answer."""
    other = by_effort(of) if of.method == "throughput" else None
    return other if other is not None and other.expected is not None else None


def apart(of: Figures, other: Figures) -> float | None:
    """How many times longer the first says it takes, where they contradict each other."""
    if not of.expected or not other.expected:
        return None
    ratio = of.expected / other.expected if isfinite(other.expected) else 0.0
    return None if 1 / APART <= ratio <= APART else ratio


def present_rate(of: Figures, growth: Growth) -> Span:
    """The months until nothing is committed if work goes on to come as in the past weeks; infinity: never."""
    items = len(of.committed)
    changes = (growth.p15, growth.p50, growth.p85)
    return Span(*(weeks_left(items, change) / WEEKS_PER_MONTH for change in changes))


def _finished_within(of: Figures, weeks: int) -> Span | None:
    if of.method == "effort":
        return None
    finished = tuple(week.finished for week in of.history.recent)
    counts = throughput.how_many(finished, weeks, seed=of.backlog.settings.seed)
    pace = of.paces.get(None, 1.0)
    return Span(*(pace * percentile(counts, p) for p in (0.15, 0.50, 0.85)))
