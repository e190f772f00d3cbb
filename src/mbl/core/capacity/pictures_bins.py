"""Simulated finish dates, counted in weeks, months or years: a dozen bars at most. Refuses nothing."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, date, timedelta
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

from mbl.core.capacity.history import monday_of
from mbl.core.capacity.simulation import percentile

MOST = 12
"""So many bars are read at a glance."""

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_WEEK = timedelta(days=7)
_YEAR = 12
_RARE = 0.01
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Bin(NamedTuple):
    """The futures that end from `first` on, and before `end`."""

    label: str
    first: date
    end: date
    futures: int

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day < self.end


def binned(weeks: Sequence[float], today: date, *, days: Iterable[date] = ()) -> tuple[Bin, ...]:
    """The futures that end, by when: on the Monday on or after so many weeks from today.

    The bins reach from the first to the last per cent of these futures, and over `days`; what lies outside
    is counted in the outermost ones.
    """
    ends = sorted(each for each in weeks if isfinite(each))
    if not ends:
        return ()
    edges = (_monday(today, percentile(ends, _RARE)), _monday(today, percentile(ends, 1 - _RARE)), *days)
    starts = _starts(min(edges), max(edges))
    futures: Counter[int] = Counter()
    for each, count in Counter(ends).items():
        place = bisect(starts, _monday(today, each)) - 1
        futures[min(max(place, 0), len(starts) - 2)] += count
    return tuple(
        Bin(_label(first, end), first, end, futures[place])
        for place, (first, end) in enumerate(pairwise(starts))
    )


def _monday(today: date, weeks: float) -> date:
    try:
        day = today + weeks * _WEEK
        return day if day == monday_of(day) else monday_of(day) + _WEEK
    except OverflowError:
        return date.max


def _starts(first: date, last: date) -> list[date]:
    """Where each bin begins, and where the last one ends."""
    weeks = (last - monday_of(first)) // _WEEK + 1
    if weeks <= MOST:
        return [monday_of(first) + number * _WEEK for number in range(weeks + 1)]
    low, high = _number(first), _number(last)
    step = next((step for step in _STEPS if high // step - low // step < MOST), _STEPS[-1])
    return [_first_day(at * step) for at in range(low // step, high // step + 2)]


def _number(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _first_day(month: int) -> date:
    year, index = divmod(month, _YEAR)
    return date(year, index + 1, 1) if year <= MAXYEAR else date.max


def _label(first: date, end: date) -> str:
    """`week of 2026-12-07`, `Dec 2026`, `Oct-Dec 2026`, `2027`, `2027-2028`."""
    if end - first == _WEEK:
        return f"week of {first.isoformat()}"
    last = end - timedelta(days=1)
    if (first.month, last.month) == (1, _YEAR):
        return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
    months = dict.fromkeys((_MONTHS[first.month - 1], _MONTHS[last.month - 1]))
    return f"{'-'.join(months)} {last.year}"
