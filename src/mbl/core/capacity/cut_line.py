"""The cut line: what of the promised work will, might and will not fit into the rest of this calendar quarter.

Each team works down the list by itself, what is in progress first; nobody skips ahead, and nothing is moved
up to fill a gap (that is the Blueprint's job). An item of several teams stands in the worst of its zones; one
that cannot begin before the quarter ends does not fit. Unknown effort is not counted, and such an item stands in
no zone. Refuses nothing: while nobody stated a capacity there is no line, and `why` says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from math import fsum, isfinite
from typing import Any, NamedTuple

from mbl.core.blueprint.horizon import Months, month_capacity
from mbl.core.capacity.cut_zones import Days, Zone, Zones, zones
from mbl.core.capacity.effort import Sized, effort_of, parse, reference_classes
from mbl.core.ranking import Ranked, ranked
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item

_QUARTER = 3
_YEAR = 12


class CutLine(NamedTuple):
    """Where the line is: `rows` is the ranked list, `zones` what was found out about it.

    `quarter` is the calendar quarter of today, first and last day; `rooms` are the days left of it from today on, of
    each team and under None of all together. `why` says why there is no line, if there is none.
    """

    quarter: tuple[date, date]
    rooms: Days = {}  # noqa: RUF012
    rows: Sequence[Ranked] = ()
    zones: Zones = Zones({})
    why: str = ""

    @property
    def capacity_days(self) -> float | None:
        """The days of everybody together; None while there is no line."""
        return None if self.why else self.rooms[None]

    @property
    def will(self) -> tuple[str, ...]:
        """The ids of the items that will fit, in rank order."""
        return self._ids("will")

    @property
    def might(self) -> tuple[str, ...]:
        """The ids of those that might."""
        return self._ids("might")

    @property
    def wont(self) -> tuple[str, ...]:
        """The ids of those that will not."""
        return self._ids("wont")

    @property
    def unknown(self) -> tuple[str, ...]:
        """The ids of those of unknown effort that stand where there is room."""
        return self._ids(None) if not self.why else ()

    @property
    def below(self) -> tuple[str, ...]:
        """The ids of items in progress that stand below the line of a team: they are done first all the same."""
        return self.zones.below

    def fit(self, item: Item) -> Zone | None:
        """The zone of an item; None of one that is not promised, of unknown effort, or while there is no line."""
        return None if self.why or not item.is_committed else self.zones.found.get(item.id, "wont")

    def record(self) -> Mapping[str, Any] | None:
        """The line as a JSON object; None while there is none."""
        if self.capacity_days is None:
            return None
        return {
            "quarter": self.quarter,
            "capacity_days": round(self.capacity_days, 2),
            "will": self.will,
            "might": self.might,
            "wont": self.wont,
            "unknown": self.unknown,
        }

    def _ids(self, zone: Zone | None) -> tuple[str, ...]:
        return tuple(row.item.id for row in self.rows if row.item.is_committed and self.fit(row.item) == zone)


def cut_line(
    backlog: Backlog,
    today: date,
    *,
    rows: Sequence[Ranked] | None = None,
    sized: Callable[[Ranked], Sized] | None = None,
) -> CutLine:
    """The line on this day; `rows` (the open items in rank order) and `sized` (what a row takes) save time."""
    months = quarter_months(today)
    quarter = _span(months)
    try:
        capacity = month_capacity(backlog, today, months=months)
    except MblError:
        return CutLine(quarter, why="There is no cut line, because no capacity is stated.")
    rooms = {team: fsum(days) for team, days in capacity.items()}
    if not isfinite(rooms[None]):
        return CutLine(quarter, why="There is no cut line, because the capacity is without end.")
    rows = ranked(backlog) if rows is None else rows
    found = zones(
        _in_order(rows, last=months[-1]),
        rooms,
        sized=sized or _sizing(backlog),
        read=lambda effort: parse(effort, backlog.settings),
        seed=backlog.settings.seed,
    )
    return CutLine(quarter, rooms, rows, found)


def quarter_months(today: date) -> Months:
    """The three months of the calendar quarter of this day."""
    first = (today.month - 1) // _QUARTER * _QUARTER + 1
    return tuple(f"{today.year:04}-{month:02}" for month in range(first, first + _QUARTER))


def _span(months: Months) -> tuple[date, date]:
    first, last = (date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    return first, last.replace(day=30 if last.month in (6, 9) else 31)


def _sizing(backlog: Backlog) -> Callable[[Ranked], Sized]:
    classes = reference_classes(backlog.items.values(), backlog.settings)
    return lambda row: effort_of(row.item, classes)


def _in_order(rows: Sequence[Ranked], *, last: str) -> Iterator[Ranked]:
    """What is promised and can begin by the last month, in the order in which it is done."""
    for is_doing in (True, False):
        for row in rows:
            item = row.item
            if (item.status == "doing") == is_doing and item.is_committed and (item.earliest or "") <= last:
                yield row
