"""Which promised items will, might and will not fit into the days that each team has.

Everybody's days (the team None) hold the items of no team, and what the teams are expected to get done of
theirs: those are the same people. Refuses nothing.

Source of the zones: "will have, might have, will not have" of release plans (M. Cohn, H. Kniberg).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from mbl.core.capacity.breakdown import BREAKDOWNS, Read, Shares
from mbl.core.capacity.cut_odds import Queue, Step, odds
from mbl.core.capacity.effort import Sized
from mbl.core.ranking import Ranked

Zone = Literal["will", "might", "wont"]
Days = Mapping[str | None, float]
SURE, UNLIKELY = 0.85, 0.15
"""From the one probability on an item will fit, below the other it will not; between them it might."""


class Zones(NamedTuple):
    """The items that were looked at, by id, None for those of unknown effort; no other fits.

    `used` are the teams that have any of this work (None: everybody), `below` the ids of items in progress that
    stand below the line of a team.
    """

    found: Mapping[str, Zone | None]
    used: tuple[str | None, ...] = ()
    below: tuple[str, ...] = ()


def zone_of(chance: float) -> Zone:
    """The zone of an item that fits with this probability."""
    return "will" if chance >= SURE else "might" if chance >= UNLIKELY else "wont"


def zones(
    queue: Iterable[Ranked], rooms: Days, *, sized: Callable[[Ranked], Sized], read: Read, seed: int
) -> Zones:
    """The zones of items given in the order in which they are done; each team is followed until it is full."""
    queues = {team: Queue(room) for team, room in rooms.items()}
    placed, unknown = _placed(queue, queues, sized=sized, read=read)
    used = dict.fromkeys(team for _, places in placed for team, _ in places)
    chances = {team: odds(queues[team], seed=seed) for team in used}
    found: dict[str, Zone | None] = dict.fromkeys(unknown)
    for row, places in placed:
        found[row.item.id] = zone_of(min(chances[team][place] for team, place in places))
    return Zones(found, tuple(used), _below(placed, found))


_Placed = tuple[Ranked, tuple[tuple[str | None, int], ...]]
"""An item, and its places in the queues of the teams that work on it."""

_Queues = Mapping[str | None, Queue]


def _placed(
    queue: Iterable[Ranked], queues: _Queues, *, sized: Callable[[Ranked], Sized], read: Read
) -> tuple[list[_Placed], list[str]]:
    """The items up to where everybody is full, and the ids of those of unknown effort."""
    placed: list[_Placed] = []
    unknown: list[str] = []
    full: frozenset[str | None] = frozenset()
    for row in queue:
        item = row.item
        if not item.parts and (item.team if item.team in queues else None) in full:
            continue
        took = sized(row)
        if took.days is None:
            unknown.append(item.id)
            continue
        placed.append((row, _places(took, BREAKDOWNS["team"].shares(item, took, read), queues)))
        full = frozenset(team for team, each in queues.items() if each.is_full)
        if len(full) == len(queues):
            break
    return placed, unknown


def _places(took: Sized, shares: Shares, queues: _Queues) -> tuple[tuple[str | None, int], ...]:
    """Put the shares of an item behind what is in the queues already."""
    places = []
    for name, share in shares.items():
        team, step = name if name in queues else None, _step(took, share)
        places.append((team, queues[team].add(step)))
        if team is not None and queues[team].mean <= queues[team].room:
            queues[None].add(step)
    return tuple(places)


def _step(took: Sized, share: float) -> Step:
    if took.estimate is None:
        return Step(0.0, reference=took.reference)
    if took.estimate.sd:
        return Step(0.0, took.estimate.times(share))
    return Step(took.estimate.mean * share)


def _below(placed: Sequence[_Placed], found: Mapping[str, Zone | None]) -> tuple[str, ...]:
    """The items in progress that stand below the first one that waits and does not surely fit."""
    lines: dict[str | None, int] = {}
    for row, places in placed:
        if row.item.status != "doing" and found[row.item.id] != "will":
            for team, _ in places:
                lines[team] = min(row.position or 0, lines.get(team, row.position or 0))
    return tuple(
        row.item.id
        for row, places in placed
        if row.item.status == "doing"
        and any((row.position or 0) > lines.get(team, 1 << 30) for team, _ in places)
    )
