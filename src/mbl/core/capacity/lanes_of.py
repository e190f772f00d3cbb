"""The lanes of some work: by effort one for each team with days of its own; by throughput also everybody together.

Refuses nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from mbl.core.capacity import breakdown
from mbl.core.capacity.breakdown import Load, Piece, Read
from mbl.core.capacity.history import RECENT, History, teams_of
from mbl.core.capacity.lanes import ByEffort, ByThroughput, Lane, is_enough
from mbl.core.capacity.supply import Supply, has_days


def effort_lanes(
    load: Load, teams: Mapping[str, Supply], pool: Supply | None, *, read: Read
) -> tuple[ByEffort, ...]:
    """The work of each team with a capacity of its own; under None everything that falls to the pool."""
    if pool is None:
        return ()
    lanes: defaultdict[str | None, list[Piece]] = defaultdict(list)
    for key, group in breakdown.pieces(load, "team", read=read).items():
        lanes[key if key in teams else None].extend(group)
    return tuple(
        ByEffort(key=key, pieces=tuple(lane), supply=teams.get(key or "", pool))
        for key, lane in lanes.items()
    )


def throughput_lanes(
    load: Load, history: History, by_effort: tuple[ByEffort, ...], *, paces: Mapping[str | None, float]
) -> tuple[Lane, ...]:
    """Everybody together, each team by its own finished items, and by effort the teams that have too few of them.

    A team that has no days left is taken by effort whatever it once finished: it never ends. Work of no team
    is part of everybody's.
    """
    if not load:
        return ()
    waiting = Counter(team for item, _ in load for team in teams_of(item))
    idle = {lane.key for lane in by_effort if not has_days(lane.supply)}
    everybody = ByThroughput(
        key=None,
        items=len(load),
        finished=tuple(week.finished for week in history.recent),
        pace=paces.get(None, 1.0),
    )
    own = [
        ByThroughput(key=team, items=waiting[team], finished=finished, pace=paces.get(team, 1.0))
        for team, weeks in history.by_team.items()
        if team is not None and team not in idle and waiting[team]
        and is_enough(finished := tuple(week.finished for week in weeks[-RECENT:]))
    ]  # fmt: skip
    known = {lane.key for lane in own}
    rest = [lane for lane in by_effort if lane.key is not None and lane.key not in known and lane.months]
    return (everybody, *own, *rest)
