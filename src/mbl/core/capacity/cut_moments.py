"""The moments of running sums of efforts, and the probability that follows from them in closed form.

Exact for the two-level bootstrap: n guesses under flat Dirichlet weights on m values are exchangeable, and the
mean of a product of them is a sum over the partitions of its factors. Ranges count with mean and variance.
Refuses nothing.

Source of the series: F. Y. Edgeworth, "The law of error", 1905. Its correction by skewness vanishes one
deviation from the mean, which is close to the odds where zones end (0.15 and 0.85).
"""

from collections.abc import Iterable
from itertools import accumulate
from math import erf, exp, fsum, pi, sqrt
from typing import NamedTuple

from mbl.core.capacity.cut_odds import Step
from mbl.core.capacity.effort import Reference
from mbl.core.capacity.ranges import variance


class Moments(NamedTuple):
    """Mean (days), variance, skewness and excess kurtosis of a sum."""

    mean: float
    variance: float
    skewness: float
    kurtosis: float

    def chance_of(self, room: float) -> float:
        """The probability that the sum is at most `room`, from 0 to 1."""
        if self.variance <= 0:
            return float(self.mean <= room)
        z, skew = (room - self.mean) / sqrt(self.variance), self.skewness
        by_skew = skew * (z**2 - 1) / 6 + skew**2 * (z**5 - 10 * z**3 + 15 * z) / 72
        density = exp(-z * z / 2) / sqrt(2 * pi)
        normal = (1 + erf(z / sqrt(2))) / 2
        return min(1.0, max(0.0, normal - density * (by_skew + self.kurtosis * (z**3 - 3 * z) / 24)))


def moments(steps: Iterable[Step]) -> tuple[Moments, ...]:
    """Of each running sum."""
    counts: dict[Reference, int] = {}
    powers: dict[Reference, _Powers] = {}
    mean, whole = 0.0, _NONE
    found = []
    for days, effort, reference in steps:
        if reference is not None:
            if reference not in powers:
                counts[reference], powers[reference] = 0, _powers(reference)
            before = _of_guesses(powers[reference], counts[reference])
            counts[reference] += 1
            after = _of_guesses(powers[reference], counts[reference])
            whole = _Cumulants(*(a + b - c for a, b, c in zip(whole, after, before, strict=True)))
            mean += reference.mean
        elif effort is not None:
            whole = whole._replace(second=whole.second + variance(effort))
            mean += effort.mean
        else:
            mean += days
        found.append(_moments(mean, whole))
    return tuple(found)


def computed(found: Iterable[Moments], room: float) -> tuple[float, ...]:
    """For each running sum the probability that it is at most `room`, if those before it are: never rising."""
    return tuple(accumulate((each.chance_of(room) for each in found), min))


class _Cumulants(NamedTuple):
    """The second, third and fourth: those of independent sums add up."""

    second: float
    third: float
    fourth: float


_NONE = _Cumulants(0.0, 0.0, 0.0)


class _Powers(NamedTuple):
    """How many values, and the sums of the powers of their deviations from the mean."""

    size: int
    second: float
    third: float
    fourth: float


def _powers(reference: Reference) -> _Powers:
    away = [value - reference.mean for value in reference.values]
    return _Powers(len(away), *(fsum(value**power for value in away) for power in (2, 3, 4)))


def _of_guesses(powers: _Powers, n: int) -> _Cumulants:
    """The cumulants of the sum of n guesses.

    The mean of a product of powers of distinct guesses is the sum, over all partitions of its factors, of
    the products of (k-1)! P(sum of the powers) for blocks of k factors, divided by m (m+1) … : P(1) = 0.
    """
    m, second, third, fourth = powers
    two = m * (m + 1)
    three, four = two * (m + 2), two * (m + 2) * (m + 3)
    pairs, triples = n * (n - 1), n * (n - 1) * (n - 2)
    square = second**2
    raw = (
        n * fourth / m
        + pairs * (4 * fourth + 3 * (fourth + square)) / two
        + 6 * triples * (2 * fourth + square) / three
        + triples * (n - 3) * (6 * fourth + 3 * square) / four
    )
    varies = second * n * (m + n) / two
    return _Cumulants(varies, third * n * (m + n) * (m + 2 * n) / three, raw - 3 * varies**2)


def _moments(mean: float, whole: _Cumulants) -> Moments:
    second, third, fourth = whole
    if second <= 0:
        return Moments(mean, 0.0, 0.0, 0.0)
    return Moments(mean, second, third / second**1.5, fourth / second**2)
