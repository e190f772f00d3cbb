"""When an audience meets a piece of work: single days, or a steady pace from a first to a last day.

A message with several contents is one touch. What has no days, no audience, or ends before it begins is left out here;
`mbl check` says so.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from mbl.model.item import COMMITTED, OPEN, Item, Run

HORIZON = timedelta(days=90)
"""So far ahead a run without an end is followed."""
_WEEK = 7
_DAILY = 7.0
DELIVERED = "done"
"""What is delivered is still met by its audience on the days of its runs."""


class Stretch(NamedTuple):
    """From one day to another (ordinals, both included), met so often a week."""

    first: int
    last: int
    per_week: float


class Activity(NamedTuple):
    """An item as its audience meets it. `endless`: it has no last day, and is followed to the horizon."""

    item: Item
    audience: str
    stretches: tuple[Stretch, ...]
    endless: bool


def activities(items: Iterable[Item], *, until: date) -> tuple[Activity, ...]:
    """These items' runs, those without an end until this day."""
    found = ((item, stretches(item.runs, until)) for item in items if item.audience and item.runs)
    return tuple(Activity(item, item.audience or "", days, is_endless(item)) for item, days in found if days)


def stretches(runs: Run | tuple[date, ...] | None, until: date) -> tuple[Stretch, ...]:
    """The runs as stretches; none where they end before they begin, or never happen."""
    if not isinstance(runs, Run):
        return tuple(Stretch(day, day, _DAILY) for day in sorted({day.toordinal() for day in runs or ()}))
    last = runs.to or max(until, runs.from_)
    if last < runs.from_ or runs.touches_per_week <= 0:
        return ()
    return (Stretch(runs.from_.toordinal(), last.toordinal(), runs.touches_per_week),)


@lru_cache(maxsize=4096)
def times_in(per_week: float, days: int) -> int:
    """So often a pace is met in so many days, evenly spread and rounded up."""
    return -(-Fraction(str(per_week)) * days // _WEEK)


def is_endless(item: Item) -> bool:
    """Whether it runs without a last day."""
    return isinstance(item.runs, Run) and item.runs.to is None


def is_firm(item: Item) -> bool:
    """Whether it happens as things stand: promised, in progress, or delivered."""
    return item.status == DELIVERED or item.status in COMMITTED


def may_happen(item: Item) -> bool:
    """The same, or it is asked for."""
    return item.status == DELIVERED or item.status in OPEN


def teams_of(items: Iterable[Item]) -> tuple[str, ...]:
    """The teams behind these items, each once: an item's own, else those of its parts."""
    named = (
        team for item in items for team in ((item.team,) if item.team else [part.team for part in item.parts])
    )
    return tuple(dict.fromkeys(filter(None, named)))
