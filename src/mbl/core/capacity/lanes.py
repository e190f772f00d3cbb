"""How long one team takes: by the effort of its work and its days, or by how many items it finished each week.

A lane is the work that waits for the same people: a team's, or everybody's together (the pool). Refuses
nothing: without days, and without one finished item, the answer is infinity.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from mbl.core.capacity import breakdown, simulation, supply, throughput
from mbl.core.capacity.breakdown import Piece
from mbl.core.capacity.effort import Effort, Reference
from mbl.core.capacity.supply import Supply

WEEKS_PER_MONTH = 4.348
LEAST_WEEKS = 8
LEAST_FINISHED = 15
"""Finished items are counted instead of efforts from so many complete weeks, and so many finished items, on."""

_LEAST_DRAWS = 40
_LEAST_RUNS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ByEffort:
    """Person-days against net days. The key None: everything that falls to the pool."""

    key: str | None
    pieces: tuple[Piece, ...]
    supply: Supply

    @property
    def months(self) -> float:
        """The expected months."""
        return supply.months(breakdown.days(self.pieces), self.supply)

    def simulated(self, *, seed: int, lanes: int) -> tuple[float, ...]:
        """The months of each future, rising; the more `lanes` are drawn, the fewer numbers each gets."""
        draws = max(_LEAST_DRAWS, simulation.DRAWS // max(1, lanes))
        totals = simulation.totals(_work(self.pieces), seed=seed, draws=draws)
        return tuple(supply.months(days, self.supply) for days in totals)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByThroughput:
    """Items against items finished in each past week. The key None: everybody. `pace` 2 finishes twice as many."""

    key: str | None
    items: int
    finished: tuple[int, ...]
    pace: float = 1.0

    @property
    def months(self) -> float:
        """The expected months at the mean pace of the past."""
        return self._months(throughput.expected_weeks(self.finished, self.items))

    @property
    def per_week(self) -> float:
        """The mean of the past weeks, at this pace."""
        return self.pace * sum(self.finished) / len(self.finished)

    def simulated(self, *, seed: int, lanes: int) -> tuple[float, ...]:
        """The months of each future, rising; several `lanes` share the futures."""
        runs = max(_LEAST_RUNS, simulation.RUNS // max(1, lanes))
        drawn = throughput.when(self.finished, self.items, seed=seed, runs=runs)
        return tuple([self._months(weeks) for weeks in drawn])

    def _months(self, weeks: float) -> float:
        return weeks / WEEKS_PER_MONTH / self.pace


Lane = ByEffort | ByThroughput


def is_enough(finished: tuple[int, ...]) -> bool:
    """Whether these weeks say more than estimates do."""
    return len(finished) >= LEAST_WEEKS and sum(finished) >= LEAST_FINISHED


def _work(pieces: Iterable[Piece]) -> simulation.Work:
    fixed: list[float] = []
    ranges: list[Effort] = []
    counts: Counter[Reference] = Counter()
    for _, (_, estimate, reference), share in pieces:
        if reference is not None:
            counts[reference] += 1
        elif estimate is not None and estimate.sd:
            ranges.append(estimate.times(share))
        elif estimate is not None:
            fixed.append(estimate.mean * share)
    guesses = tuple(simulation.Guess(reference.values, count) for reference, count in counts.items())
    return simulation.Work(fixed=fsum(fixed), ranges=tuple(ranges), guesses=guesses)
