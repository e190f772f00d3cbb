"""The rows behind the sentence of `mbl capacity`: committed work by team, bucket …, and where the guesses are.

Refuses nothing: what is unknown is None, never 0.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from mbl.core.capacity import breakdown, supply
from mbl.core.capacity.breakdown import By, Piece
from mbl.core.capacity.effort import Sized
from mbl.core.capacity.figures import Figures, Method
from mbl.core.capacity.lanes import ByThroughput
from mbl.core.capacity.supply import Supply
from mbl.model.item import MOSCOW, Item

OWN_CAPACITY: Mapping[By, Callable[[Figures], Mapping[str, Supply]]] = {
    "team": lambda of: of.teams,
    "person": lambda of: {
        who: supply.times(own, of.stretch)
        for who, own in supply.person_supplies(of.backlog, of.today).items()
    },
}
"""The breakdowns whose rows have a capacity of their own: their months do not add up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a breakdown. `months`: infinity if never, None while unknown; the key None: what belongs to nobody.

    `method` is how the months were found.
    """

    key: str | None
    items: int
    days: float
    share: float
    months: float | None
    net_days_per_month: float | None
    method: Method = "effort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """Committed items of one type: `guessed` of `items` have no estimate; `mean` days each, None if unknown."""

    type: str | None
    guessed: int
    items: int
    mean: float | None


def rows(of: Figures, by: By) -> tuple[Row, ...]:
    """The committed work by team, person, moscow, outcome or requester: the largest first, what is nobody's last.

    A team takes as long as its finished items say, if there are enough of them; else it, and every person, own
    effort ÷ own capacity. What has no capacity of its own shares the pool's months, and every other breakdown
    the months of the whole, in proportion to effort.
    """
    groups = breakdown.pieces(of.committed, by, read=of.read)
    supplies = OWN_CAPACITY[by](of) if by in OWN_CAPACITY else {}
    paced = _paced(of) if by == "team" else {}
    rest = fsum(breakdown.days(group) for key, group in groups.items() if key not in supplies)
    pool = of.pool if by in OWN_CAPACITY else None
    rest_months = supply.months(rest, pool) if pool else of.months
    found = []
    for key, group in groups.items():
        own = supplies.get(key or "")
        days = breakdown.days(group)
        takes = supply.months(days, own) if own else _part(rest_months, days, rest)
        row = _row(key, group, of, paced.get(key, takes), own or pool)
        found.append(replace(row, method="throughput") if key in paced else row)
    return tuple(sorted(found, key=_order))


def guesses(of: Figures) -> tuple[Guessed, ...]:
    """The committed items without an estimate, by type: the most guessed days first."""
    groups: defaultdict[str, list[tuple[Item, Sized]]] = defaultdict(list)
    for item, sized in of.committed:
        groups[(item.type or "").casefold()].append((item, sized))
    found = (_guessed(group) for group in groups.values())
    return tuple(
        sorted((row for row in found if row.guessed), key=lambda row: -row.guessed * (row.mean or 1.0))
    )


def _paced(of: Figures) -> Mapping[str | None, float]:
    """The months of the teams that finished enough items of their own."""
    return {
        lane.key: of.months_of(lane)
        for lane in of.lanes
        if isinstance(lane, ByThroughput) and lane.key is not None
    }


def _part(whole: float | None, days: float, of_days: float) -> float | None:
    if whole is None or not days:
        return None if whole is None else 0.0
    return whole * days / of_days


def _row(
    key: str | None, group: tuple[Piece, ...], of: Figures, takes: float | None, capacity: Supply | None
) -> Row:
    days = breakdown.days(group)
    nothing_known = all(piece.sized.days is None for piece in group)
    return Row(
        key=key,
        items=len(group),
        days=days,
        share=days / of.days if of.days else 0.0,
        months=None if of.months is None or (nothing_known and of.method == "effort") else takes,
        net_days_per_month=capacity.later if capacity else None,
        method="effort" if capacity else of.method,
    )


def _order(row: Row) -> tuple[bool, int, float, str]:
    bucket = MOSCOW.index(row.key) if row.key in MOSCOW else len(MOSCOW)
    return row.key is None, bucket, -row.days, row.key or ""


def _guessed(group: Sequence[tuple[Item, Sized]]) -> Guessed:
    without = [sized for _, sized in group if sized.estimate is None]
    mean = without[0].days if without else None
    return Guessed(type=group[0][0].type, guessed=len(without), items=len(group), mean=mean)
