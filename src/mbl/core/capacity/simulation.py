"""The total effort of a piece of work, as a range: ten thousand futures, drawn with the standard library alone.

Unestimated items are drawn by a two-level (Bayesian) bootstrap: in every future, first how often each value
of the reference class occurs (flat Dirichlet weights, the gaps of sorted uniforms), then each item with
these weights. Only `random.Random(seed).random()` is used: the one sequence that Python promises to keep.
Refuses nothing; the same work and seed give the same totals.

Source of the two levels: D. B. Rubin, "The Bayesian bootstrap", 1981.
"""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, fsum, log, pi, sqrt
from operator import mul
from random import Random
from typing import NamedTuple

from mbl.core.capacity.effort import Effort
from mbl.core.capacity.ranges import sampled, variance

RUNS = 10_000
DRAWS = 200
"""So many random numbers a future at most; what would need more is drawn from its normal approximation."""


class Guess(NamedTuple):
    """`unknown` items without an estimate, and the values of their reference class."""

    values: tuple[float, ...]
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be summed: known days, estimates that are ranges, and guesses, one a reference class."""

    fixed: float = 0.0
    ranges: tuple[Effort, ...] = ()
    guesses: tuple[Guess, ...] = ()


def totals(work: Work, *, seed: int = 1, runs: int = RUNS, draws: int = DRAWS) -> tuple[float, ...]:
    """The simulated totals in person-days, rising. One total, without simulation, if nothing is uncertain.

    Up to `draws` random numbers a future are drawn as they are. Beyond, the largest groups (all ranges, all
    items of one class, the weights of one class) are replaced by their mean and one common normal
    deviation: sums of so many draws are close to normal.
    """
    groups = _groups(work)
    drawn = _affordable(groups, draws)
    pieces = _pieces(work, frozenset((group.what, group.number) for group in drawn))
    mean = fsum([work.fixed, *(piece for piece in pieces if isinstance(piece, float))])
    parts = [piece for piece in pieces if not isinstance(piece, float)]
    sd = sqrt(fsum(group.variance for group in groups if group not in drawn))
    if not parts and not sd:
        return (mean,)
    random = Random(seed).random
    sums = [mean + fsum([part(random) for part in parts]) for _ in range(runs)]
    return tuple(sorted([total + sd * _normal(random) for total in sums] if sd else sums))


def percentile(ordered: Sequence[float], p: float) -> float:
    """The nearest-rank percentile of rising values: always one that occurred."""
    return ordered[max(0, ceil(p * len(ordered) - 1e-9) - 1)]


class _Group(NamedTuple):
    """What costs `cost` random numbers a future: the "ranges", or "items" or "weights" of guess `number`."""

    cost: int
    what: str
    number: int
    variance: float


_Draw = Callable[[Callable[[], float]], float]


def _groups(work: Work) -> list[_Group]:
    """Everything that varies.

    Under flat Dirichlet weights on m values with the sum of squares S around their mean, n items vary by
    n S/(m+1) around the mean that they share, and this mean moves their sum by n² S/(m (m+1)).
    """
    groups = [_Group(len(work.ranges), "ranges", 0, fsum(variance(effort) for effort in work.ranges))]
    for number, (values, count) in enumerate(work.guesses):
        size, mean = len(values), fsum(values) / len(values)
        spread = fsum((value - mean) ** 2 for value in values) / (size + 1)
        groups.append(_Group(size - 1, "weights", number, spread * count**2 / size))
        groups.append(_Group(count, "items", number, spread * count))
    return [group for group in groups if group.variance]


def _affordable(groups: Sequence[_Group], draws: int) -> list[_Group]:
    kept = sorted(groups)
    while kept and sum(group.cost for group in kept) > draws:
        kept.pop()
    return kept


def _pieces(work: Work, drawn: frozenset[tuple[str, int]]) -> list[float | _Draw]:
    """One piece for the ranges and one a class: a function that draws it in one future, or its mean."""
    ranges = work.ranges
    pieces: list[float | _Draw] = [fsum(effort.mean for effort in ranges)]
    if ("ranges", 0) in drawn:
        pieces = [lambda random: fsum([sampled(effort, random()) for effort in ranges])]
    for number, guess in enumerate(work.guesses):
        items, weights = ("items", number) in drawn, ("weights", number) in drawn
        pieces.append(_PIECES[items, weights](guess))
    return pieces


def _bootstrap(guess: Guess) -> _Draw:
    values, cuts, count = guess.values, range(len(guess.values) - 1), guess.unknown

    def draw(random: Callable[[], float]) -> float:
        weights = sorted([random() for _ in cuts])
        return fsum([values[bisect(weights, random())] for _ in range(count)])

    return draw


def _weights_only(guess: Guess) -> _Draw:
    values, cuts, count = guess.values, range(len(guess.values) - 1), guess.unknown
    steps = [above - below for below, above in pairwise(values)]

    def draw(random: Callable[[], float]) -> float:
        weights = sorted([random() for _ in cuts])
        return count * (values[-1] - fsum(map(mul, steps, weights)))

    return draw


def _items_only(guess: Guess) -> _Draw:
    values, size, count = guess.values, len(guess.values), guess.unknown
    return lambda random: fsum([values[int(random() * size)] for _ in range(count)])


def _neither(guess: Guess) -> float:
    return guess.unknown * fsum(guess.values) / len(guess.values)


_PIECES: Mapping[tuple[bool, bool], Callable[[Guess], float | _Draw]] = {
    (True, True): _bootstrap,
    (True, False): _items_only,
    (False, True): _weights_only,
    (False, False): _neither,
}


def _normal(random: Callable[[], float]) -> float:
    """A standard normal number (Box and Muller)."""
    return sqrt(-2 * log(1 - random())) * cos(2 * pi * random())
