"""What happened in each complete week: what was promised, finished, dropped. Read from the dates in the files.

No time sheets, no walk through git: the answer is the same in a shallow clone. Refuses to guess: a date in
the future, and every date of an item whose dates contradict each other, is not counted (`mbl check` names
them); what ended without a date is not counted either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from mbl.model.backlog import Backlog
from mbl.model.item import Item

RECENT = 26
"""Weeks before these say little about the team of today."""

_WEEK = timedelta(days=7)


class Week(NamedTuple):
    """One ISO week by its Monday: items finished, items newly promised, promises dropped."""

    monday: date
    finished: int
    arrived: int
    dropped: int

    @property
    def growth(self) -> int:
        """By how many items the committed work grew."""
        return self.arrived - self.finished - self.dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every complete week in order, none left out; `by_team` the same weeks for each team (None: no team).

    An item of several teams counts for each of them. `accepting_from` is the first week of which all
    promises are known: the one after the first recorded one; None while none is recorded.
    """

    weeks: tuple[Week, ...]
    by_team: Mapping[str | None, tuple[Week, ...]]
    accepting_from: date | None

    @property
    def recent(self) -> tuple[Week, ...]:
        """The last 26 weeks at most: what forecasts are made from."""
        return self.weeks[-RECENT:]


def weekly(backlog: Backlog, today: date, *, only: frozenset[str] | None = None) -> History:
    """The weeks from the one after the first in which any item existed (or `history_from`) to the last complete one.

    `only` counts these items alone; the weeks stay those of the whole backlog.
    """
    items = [item for item in backlog.items.values() if dates_agree(item)]
    mondays = _mondays(items, today, start=backlog.settings.history_from)
    counts: defaultdict[str | None, Counter[_Event]] = defaultdict(Counter)
    whole: Counter[_Event] = Counter()
    for item in items:
        if only is None or item.id in only:
            events = [(what, monday_of(day)) for what, day in _events(item)]
            for count in (whole, *(counts[team] for team in teams_of(item))):
                for event in events:
                    count[event] += 1
    return History(
        weeks=_weeks(mondays, whole),
        by_team={team: _weeks(mondays, counts[team]) for team in sorted(counts, key=lambda key: key or "")},
        accepting_from=_accepting_from(items),
    )


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def dates_agree(item: Item) -> bool:
    """Whether asked for, promised, started and ended follow each other."""
    ended = item.ended.date if item.ended else None
    known = [day for day in (item.requested, item.accepted, item.started, ended) if day is not None]
    return known == sorted(known)


def teams_of(item: Item) -> frozenset[str | None]:
    """The teams that work on it: of its parts, and its own; None alone if nobody is named."""
    if not item.parts:
        return frozenset({item.team})
    named = {part.team or item.team for part in item.parts} - {None}
    return frozenset(named or {item.team})


_What = Literal["finished", "arrived", "dropped"]
_Event = tuple[_What, date]


def _events(item: Item) -> Iterator[_Event]:
    """What happened to the committed work through this item.

    A request of this backlog that is done without ever having been promised comes and goes on one day. An
    imported promise may have no date: nobody knows when it came.
    """
    ended = item.ended.date if item.ended else None
    is_done = item.status == "done"
    came = item.accepted or (ended if is_done and item.source is None else None)
    if came and item.status != "request":
        yield "arrived", came
    if ended and is_done:
        yield "finished", ended
    if ended and (item.status == "dropped" or (item.status == "declined" and item.accepted)):
        yield "dropped", ended


def _mondays(items: Iterable[Item], today: date, *, start: date | None) -> tuple[date, ...]:
    first, last = _first(items, today, start), monday_of(today)
    weeks = (last - first).days // 7 if first else 0
    return tuple(first + number * _WEEK for number in range(weeks)) if first else ()


def _first(items: Iterable[Item], today: date, start: date | None) -> date | None:
    """The first Monday that counts; a week that `history_from` cuts is not whole."""
    if start is not None:
        return start if start == monday_of(start) else _next_monday(start)
    days = [day for item in items if (day := _since(item)) is not None]
    first = min((day for day in days if day <= today), default=None)
    return None if first is None else _next_monday(first)


def _since(item: Item) -> date | None:
    return item.requested or item.accepted or item.started or (item.ended.date if item.ended else None)


def _accepting_from(items: Iterable[Item]) -> date | None:
    first = min((item.accepted for item in items if item.accepted), default=None)
    return None if first is None else _next_monday(first)


def _next_monday(day: date) -> date:
    try:
        return monday_of(day) + _WEEK
    except OverflowError:
        return date.max


def _weeks(mondays: Iterable[date], counts: Mapping[_Event, int]) -> tuple[Week, ...]:
    return tuple(
        Week(
            monday,
            *(counts.get((what, monday), 0) for what in ("finished", "arrived", "dropped")),
        )
        for monday in mondays
    )
