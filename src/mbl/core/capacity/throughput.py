"""How many weeks N items take, and how many items W weeks bring, at the pace of the past weeks.

A two-level (Bayesian) bootstrap: in every future, first how often each past week comes back (flat Dirichlet
weights, the gaps of sorted uniforms), then week after week with these weights. Taking the few past weeks for
the exact truth, as the plain bootstrap does, promises too much over years. Weeks are taken to be
independent. Refuses nothing: a past without one finished item never ends (infinity).

Only `random.Random(seed).random()` is used: the one sequence that Python promises to keep.
Source of the two levels: D. B. Rubin, "The Bayesian bootstrap", 1981.
"""

from bisect import bisect, bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil, cos, fsum, inf, isfinite, log, pi, sqrt
from operator import mul
from random import Random

from mbl.core.capacity.simulation import RUNS

HORIZON = 5_200
"""A hundred years: what takes more weeks never ends."""

LONGEST = 300
"""Up to so many expected weeks every week is drawn; beyond, their sum from its normal approximation."""

Uniform = Callable[[], float]
Draw = Callable[[Uniform], float]


def when(finished: Sequence[int], items: int, *, seed: int = 1, runs: int = RUNS) -> tuple[float, ...]:
    """The weeks until so many items are finished, one number a future, rising; `finished` in each past week."""
    if items <= 0:
        return (0.0,)
    if not any(finished):
        return (inf,)
    is_long = items * len(finished) > LONGEST * sum(finished)
    draw = _approximated(finished, items) if is_long else _walked(finished, items)
    random = Random(seed).random
    return tuple(sorted([draw(random) for _ in range(runs)]))


def how_many(finished: Sequence[int], weeks: int, *, seed: int = 1, runs: int = RUNS) -> tuple[int, ...]:
    """The items finished in so many weeks, one number a future, rising."""
    if not any(finished):
        return (0,)
    cuts, steps, last = range(len(finished) - 1), _steps(finished), finished[-1]
    random = Random(seed).random
    found = []
    for _ in range(runs):
        weights = sorted([random() for _ in cuts])
        found.append(_sum(weights, steps, last, sorted([random() for _ in range(weeks)])))
    return tuple(sorted(found))


def expected_weeks(finished: Sequence[int], items: int) -> float:
    """Items ÷ the mean of the past weeks; infinity if nothing was finished."""
    if items <= 0:
        return 0.0
    return items * len(finished) / sum(finished) if any(finished) else inf


def _walked(finished: Sequence[int], items: int) -> Draw:
    """Week after week; as many at once as are needed even if each were the best one."""
    cuts, steps, last, most = range(len(finished) - 1), _steps(finished), finished[-1], max(finished)

    def draw(random: Uniform) -> float:
        weights = sorted([random() for _ in cuts])
        left, weeks = items, 0
        while (sure := min(-(-left // most), HORIZON - weeks)) >= _FEW:
            weeks += sure
            left -= _sum(weights, steps, last, sorted([random() for _ in range(sure)]))
        while left > 0 and weeks < HORIZON:
            weeks += 1
            left -= finished[bisect(weights, random())]
        return inf if left > 0 else weeks

    return draw


_FEW = 9
"""So few weeks are faster looked up one by one than sorted and counted."""


def _approximated(finished: Sequence[int], items: int) -> Draw:
    """When the sum of the weeks, normal around weeks x mean, reaches the items (less half an item: they are whole)."""
    cuts, last = range(len(finished) - 1), finished[-1]
    steps = _steps(finished)
    squares = _steps([number * number for number in finished])
    wanted = items - 0.5

    def draw(random: Uniform) -> float:
        weights = sorted([random() for _ in cuts])
        mean = last + fsum(map(mul, steps, weights))
        sd = sqrt(max(0.0, last * last + fsum(map(mul, squares, weights)) - mean * mean))
        off = sd * sqrt(-2 * log(1 - random())) * cos(2 * pi * random())
        root = (off + sqrt(off * off + 4 * mean * wanted)) / (2 * mean) if mean > 0 else inf
        weeks = root * root
        return ceil(weeks) if isfinite(weeks) and weeks <= HORIZON else inf

    return draw


def _steps(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(earlier - later for earlier, later in pairwise(values))


def _sum(weights: Sequence[float], steps: Sequence[int], last: int, drawn: Sequence[float]) -> int:
    """What the drawn weeks bring: a week belongs to the first weight above its number (both rising)."""
    return last * len(drawn) + sum(
        [step * bisect_left(drawn, weight) for step, weight in zip(steps, weights, strict=True)]
    )
