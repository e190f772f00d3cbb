"""The pictures beside the figures of capacity: when it is done, what comes and goes, how the backlog grew.

Everything is read from the dates in the files. Refuses to draw what a picture cannot show: None then.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice
from math import fsum, isfinite
from typing import NamedTuple

from mbl.core.capacity import supply
from mbl.core.capacity.breakdown import BREAKDOWNS
from mbl.core.capacity.effort import effort_of
from mbl.core.capacity.figures import Figures
from mbl.core.capacity.history import History
from mbl.core.capacity.pictures_bins import binned
from mbl.core.capacity.supply import Supply
from mbl.core.capacity.workdays import month_of, months_from
from mbl.core.report import Bar, Bars, Plot, Series, Strip, Strips
from mbl.model.item import Item

YEAR = 12
"""Months that the picture of the backlog looks back."""

_LEAST = 2
_DAY = timedelta(days=1)


def finish_histogram(weeks: Sequence[float], today: date, *, marks: Mapping[str, date | None]) -> Bars | None:
    """In which share of the simulated futures everything is done when; None without futures.

    `weeks` holds one number a future, infinity for never; `marks` are days to be named beside their bars:
    {"P50": …, "P85": …}.
    """
    if not weeks:
        return None
    named = [(day, f"{name} {day.isoformat()}") for name, day in marks.items() if day is not None]
    never = [name for name, day in marks.items() if day is None]
    bars = [
        Bar(
            label=each.label,
            value=each.futures,
            text=_told(each.futures / len(weeks), [text for day, text in named if each.holds(day)]),
        )
        for each in binned(weeks, today, days=[day for day, _ in named])
    ]
    if lost := sum(not isfinite(each) for each in weeks):
        bars.append(Bar(label="never", value=lost, text=_told(lost / len(weeks), never)))
    return Bars(title=f"When it is done, in {len(weeks):,} simulated futures", bars=tuple(bars))


def arrivals(history: History) -> Strips | None:
    """What was newly promised and what was finished, week by week, on one scale. None below two weeks."""
    weeks, known = history.recent, history.accepting_from
    if len(weeks) < _LEAST:
        return None
    came = tuple(week.arrived if known and week.monday >= known else None for week in weeks)
    went = tuple(week.finished for week in weeks)
    rows = [_strip("finished", went)]
    if any(number is not None for number in came):
        rows.insert(0, _strip("accepted", came))
    return Strips(
        title="Accepted and finished, week by week" if len(rows) > 1 else "Finished, week by week",
        what="Week of",
        periods=tuple(week.monday.isoformat() for week in weeks),
        rows=tuple(rows),
    )


def backlog_over_time(of: Figures) -> Plot | None:
    """The months of committed work at the end of each of the last twelve months, and today.

    What was promised and had not ended on that day, by the method of today's answer: at today's months for an
    item, or at today's estimates and days. None while these are unknown or without end, for a part of the
    work, and without committed work before today.
    """
    months = _measure(of)
    if months is None or of.part:
        return None
    promises = tuple(_promises(of))
    first = min((promise.since for promise in promises), default=of.today)
    days = [day for day in (*_month_ends(of.today), of.today) if day >= first]
    if len(days) < _LEAST:
        return None
    points = tuple((day, months(_promised(promises, day))) for day in days)
    how = "pace" if of.method == "throughput" else "estimates and capacity"
    return Plot(
        title=f"Months of committed work, at today's {how}",
        series=(Series(name="committed work", points=points),),
        height=6,
    )


class _Promise(NamedTuple):
    """The days that an item takes from each lane of work, and from when until when it was promised."""

    since: date
    until: date
    days: Mapping[str | None, float]


def _told(share: float, marks: Sequence[str]) -> str:
    percent = "<1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")  # noqa: PLR2004
    return f"{percent} ← {', '.join(marks)}" if marks else percent


def _strip(label: str, values: tuple[int | None, ...]) -> Strip:
    known = [value for value in values if value is not None]
    return Strip(label=label, values=values, text=f"{sum(known) / len(known):.1f} a week")


def _promises(of: Figures) -> Iterator[_Promise]:
    """Every promise, open or ended; by effort, those of known effort. Of one without a date nobody knows when it came."""
    ended = (item for item in of.backlog.items.values() if item.status in ("done", "dropped", "declined"))
    past = ((item, effort_of(item, of.classes)) for item in ended if item.ended and _since(item))
    for item, sized in (*of.committed, *past):
        if sized.days is not None or of.method == "throughput":
            shares = BREAKDOWNS["team"].shares(item, sized, of.read)
            lanes: defaultdict[str | None, float] = defaultdict(float)
            for team, share in shares.items():
                lanes[team if team in of.teams else None] += (sized.days or 0.0) * share
            yield _Promise(_since(item) or date.min, item.ended.date if item.ended else date.max, lanes)


def _since(item: Item) -> date | None:
    """From when on it was promised; a declined request was not, unless somebody had accepted it."""
    if item.status == "declined":
        return item.accepted
    return item.accepted or item.started or item.requested


def _month_ends(today: date) -> Iterator[date]:
    """The last days of the twelve months before this one, the oldest first."""
    for month in islice(months_from(month_of(today), skip=1 - YEAR), YEAR):
        yield date.fromisoformat(f"{month}-01") - _DAY


def _promised(promises: Sequence[_Promise], day: date) -> tuple[_Promise, ...]:
    return tuple(promise for promise in promises if promise.since <= day < promise.until)


_Measure = Callable[[Sequence[_Promise]], float]


def _measure(of: Figures) -> _Measure | None:
    """What turns promises into months; None while that is unknown, or without end."""
    now = of.expected if of.months is None else of.months
    if now is None or not isfinite(now) or not of.committed:
        return None
    if of.method == "throughput":
        return lambda promises: len(promises) * now / len(of.committed)
    return None if of.pool is None else partial(_by_effort, teams=of.teams, pool=of.pool)


def _by_effort(promises: Sequence[_Promise], *, teams: Mapping[str, Supply], pool: Supply) -> float:
    """The months of the team that takes longest."""
    lanes: defaultdict[str, list[float]] = defaultdict(list)
    for promise in promises:
        for lane, days in promise.days.items():
            lanes[lane or ""].append(days)
    return max(
        (supply.months(fsum(days), teams.get(lane, pool)) for lane, days in lanes.items()), default=0.0
    )
