"""The coming quarter: three whole months of capacity, and the committed work that fits into them by rank alone.

Refuses nothing: where nobody stated a capacity there is no line to draw (None).
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from math import fsum
from typing import NamedTuple

from mbl.core.capacity.breakdown import BREAKDOWNS, Load
from mbl.core.capacity.figures import Figures
from mbl.core.capacity.supply import Supply
from mbl.core.capacity.workdays import coming_month, months_from
from mbl.core.ranking import ranked

MONTHS = 3


class Quarter(NamedTuple):
    """Its months, and the net person-days of everybody together (None while nobody stated a capacity)."""

    months: tuple[str, ...]
    capacity: float | None


def quarter(of: Figures) -> Quarter:
    """The three months that begin with the coming one (today the first of a month: this one)."""
    months = tuple(islice(months_from(coming_month(of.today)), MONTHS))
    return Quarter(months, None if of.pool is None else _days(of.pool))


def above_cut(of: Figures) -> Load | None:
    """The committed work above the simple cut line: what is in progress first, then by rank, each team by itself.

    The line is where the running sum passes the team's days of the quarter; nothing below it is moved up.
    An item of several teams must fit into each. Unknown effort adds nothing to the sum.
    """
    if of.pool is None:
        return None
    rooms: Mapping[str | None, float] = {
        None: _days(of.pool),
        **{key: _days(own) for key, own in of.teams.items()},
    }
    sums: defaultdict[str | None, float] = defaultdict(float)
    found = []
    for item, sized in _in_line(of):
        shares = BREAKDOWNS["team"].shares(item, sized, of.read)
        lanes = {team if team in rooms else None for team in shares}
        for team, share in shares.items():
            sums[team if team in rooms else None] += (sized.days or 0.0) * share
        if all(sums[lane] <= rooms[lane] + _NOTHING for lane in lanes):
            found.append((item, sized))
    return tuple(found)


_NOTHING = 1e-9


def _in_line(of: Figures) -> Load:
    places = {row.item.id: row.position or 0 for row in ranked(of.backlog)}
    return tuple(sorted(of.committed, key=lambda pair: (pair[0].status != "doing", places[pair[0].id])))


def _days(supply: Supply) -> float:
    return fsum((*supply.known, *[supply.later] * MONTHS)[:MONTHS])
