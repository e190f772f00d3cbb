"""Is the committed work growing? What comes in, what is finished and what is dropped, week by week.

The three numbers of one week stay together. A Bayesian bootstrap says how sure the answer is; under eight weeks there
is none. Refuses nothing.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import fsum, inf
from operator import mul
from random import Random
from typing import Literal, NamedTuple

from mbl.core.capacity.simulation import RUNS, percentile

Verdict = Literal["growing", "shrinking", "cannot-tell"]

SURE = 0.90
"""From this probability on it is called growing, and below the rest to one shrinking."""


class Growth(NamedTuple):
    """Items a week: the mean of the past, the simulated percentiles, and the probability that it grows."""

    per_week: float
    p5: float
    p15: float
    p50: float
    p85: float
    p95: float
    probability: float

    @property
    def verdict(self) -> Verdict:
        if self.probability >= SURE:
            return "growing"
        return "shrinking" if self.probability <= 1 - SURE + 1e-9 else "cannot-tell"


def growth(changes: Sequence[int], *, seed: int = 1, runs: int = RUNS) -> Growth:
    """How the committed work grows, from its change in each past week (one at least); no change is half growth."""
    cuts, last = range(len(changes) - 1), changes[-1]
    steps = [earlier - later for earlier, later in pairwise(changes)]
    random = Random(seed).random
    drawn = sorted([last + fsum(map(mul, steps, sorted([random() for _ in cuts]))) for _ in range(runs)])
    p5, p15, p50, p85, p95 = (percentile(drawn, p) for p in (0.05, 0.15, 0.50, 0.85, 0.95))
    return Growth(
        per_week=fsum(changes) / len(changes),
        p5=p5,
        p15=p15,
        p50=p50,
        p85=p85,
        p95=p95,
        probability=sum((change > 0) + (change == 0) / 2 for change in drawn) / len(drawn),
    )


def weeks_left(items: int, change: float) -> float:
    """The weeks until so many items are gone if their number changes so each week; infinity if it does not shrink."""
    return -items / change if change < 0 else inf
