"""The few formulas behind "how sure are we?", with the standard library alone. Refuses counts that contradict each other.

A distribution over 0, 1, 2 … is a tuple of probabilities.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import exp, fsum, lgamma, sqrt

SHOWN = 0.90
"""The probability of every interval on the screen."""


def wilson(k: int, n: int, confidence: float = SHOWN) -> tuple[float, float]:
    """The interval of a share that was k of n (Wilson 1927). Raises ValueError unless 0 <= k <= n and n > 0."""
    from statistics import NormalDist

    if not 0 <= k <= n or not n:
        raise ValueError(f"{k} of {n} is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (k + z * z / 2) / (n + z * z)
    half = z * sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return (max(0.0, middle - half) if k else 0.0, min(1.0, middle + half) if k < n else 1.0)


def beta_binomial(n: int, a: float, b: float) -> tuple[float, ...]:
    """How likely 0 … n successes are in n more tries, if the unknown rate follows Beta(a, b)."""
    whole = lgamma(n + 1) - _log_beta(a, b)
    return tuple(
        exp(whole - lgamma(x + 1) - lgamma(n - x + 1) + _log_beta(x + a, n - x + b)) for x in range(n + 1)
    )


def quantile(distribution: Sequence[float], p: float) -> int:
    """The smallest number that is not exceeded with probability p."""
    sums = accumulate(distribution)
    return next((x for x, total in enumerate(sums) if total >= p - 1e-9), len(distribution) - 1)


def above(distribution: Sequence[float], x: int) -> float:
    """The probability of more than x."""
    return min(1.0, fsum(distribution[max(0, x + 1) :]))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
