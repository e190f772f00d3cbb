"""The simulated months of several lanes of work, and what they come to together.

Refuses nothing.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from mbl.core.capacity.lanes import Lane
from mbl.core.capacity.simulation import percentile


class Range(NamedTuple):
    """Months at four percentiles: likely from p15 to p85, safe at p85, very safe at p95."""

    p15: float
    p50: float
    p85: float
    p95: float


class Futures(NamedTuple):
    """The simulated months: their range, and one number a future, rising, of the lane that is last at p85.

    `by_lane` are the ranges of the lanes that were drawn.
    """

    range: Range
    months: tuple[float, ...]
    by_lane: Mapping[str | None, Range]


def futures(lanes: tuple[Lane, ...], longest: float, seed: int) -> Futures:
    """Ten thousand futures. Each percentile is that of the team for which it is largest.

    A team that is expected to take less than half as long as the longest does not decide, and is not drawn.
    """
    late = [lane for lane in lanes if lane.months >= longest / 2]
    kinds = Counter(type(lane) for lane in late)
    drawn = [lane.simulated(seed=seed, lanes=kinds[type(lane)]) for lane in late] or [(0.0,)]
    ranges = [Range(*(percentile(months, p) for p in (0.15, 0.50, 0.85, 0.95))) for months in drawn]
    last = max(range(len(drawn)), key=lambda number: (ranges[number].p85, ranges[number].p50))
    by_lane = {lane.key: each for lane, each in zip(late, ranges, strict=False)}
    return Futures(Range(*map(max, zip(*ranges, strict=True))), drawn[last], by_lane)
