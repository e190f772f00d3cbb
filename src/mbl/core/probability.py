"""The few formulas behind "how sure are we?", with the standard library alone. Refuses counts that contradict each other.

A distribution over 0, 1, 2 … is a tuple of probabilities. Tails are exact (1e-9) up to `EXACT` terms; longer ones
are taken in blocks of neighbours and scaled to 1, which is good to 1e-4 up to a billion.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import exp, fsum, inf, lgamma, log, log1p, sqrt

SHOWN = 0.90
"""The probability of every interval on the screen."""
EXACT = 20_000
"""Longer sums are taken in blocks."""

_Z = 1.6448536269514722
"""The normal quantile of `SHOWN`, spelled out: importing `statistics` would cost every listing some 10 ms."""
_REACH = 14
"""A log-concave distribution has less than 1e-5 beyond so many standard deviations."""
_BLOCKS = 1000
_ENOUGH = 1e-13
_TINY = 1e-300


def wilson(k: int, n: int, confidence: float = SHOWN) -> tuple[float, float]:
    """The interval of a share that was k of n (Wilson 1927). Raises ValueError unless 0 <= k <= n and n > 0."""
    if not 0 <= k <= n or not n:
        raise ValueError(f"{k} of {n} is no share")
    z = _Z if confidence == SHOWN else _normal_quantile((1 + confidence) / 2)
    middle = (k + z * z / 2) / (n + z * z)
    half = z * sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return (max(0.0, middle - half) if k else 0.0, min(1.0, middle + half) if k < n else 1.0)


def beta_binomial(n: int, a: float, b: float) -> tuple[float, ...]:
    """How likely 0 … n successes are in n more tries, if the unknown rate follows Beta(a, b)."""
    whole = lgamma(n + 1) - _log_beta(a, b)
    return tuple(
        exp(whole - lgamma(x + 1) - lgamma(n - x + 1) + _log_beta(x + a, n - x + b)) for x in range(n + 1)
    )


def beta_binomial_tail(n: int, a: float, b: float, *, least: int, blocks: int = _BLOCKS) -> float:
    """The probability of at least so many successes in n more tries, if the rate follows Beta(a, b); a, b >= 1."""
    if least <= 0 or least > n:
        return float(least <= 0)
    span = reach(n, a, b) if n > EXACT else (0, n)
    return tail(beta_binomial_log(n, a, b), least, span, mean=n * a / (a + b), blocks=blocks)


def beta_binomial_log(n: int, a: float, b: float) -> Callable[[float], float]:
    """The logarithm of the probability of x successes, as a function of x."""
    whole = lgamma(n + 1) - _log_beta(a, b) - lgamma(n + a + b)

    def logarithm(x: float) -> float:
        return whole - lgamma(x + 1) - lgamma(n - x + 1) + lgamma(x + a) + lgamma(n - x + b)

    return logarithm


def binomial_tail(n: int, share: float, *, least: int) -> float:
    """The probability of at least so many successes in n tries of a known rate (the incomplete beta function)."""
    if least <= 0:
        return 1.0
    return beta_above(1 - share, n - least + 1, least) if least <= n else 0.0


def poisson_tail(mean: float, *, least: int) -> float:
    """The probability of at least so many events where `mean` are expected."""
    if mean <= 0:
        return float(least <= 0)
    rare = log(mean)
    span = (0 if mean < EXACT else int(mean - _REACH * sqrt(mean)), int(mean + 40 * sqrt(mean) + 40))
    return tail(lambda x: x * rare - mean - lgamma(x + 1), least, span, mean=mean)


def negative_binomial_tail(r: float, p: float, *, least: int) -> float:
    """The probability of at least so many failures before the r-th success of probability p."""
    if least <= 0:
        return 1.0
    return beta_above(p, r, least)


def beta_above(x: float, a: float, b: float) -> float:
    """The probability that a rate which follows Beta(a, b) exceeds x.

    Continued fraction of the incomplete beta function (Lentz; Numerical Recipes 6.4). Good to 1e-9, to 1e-5 where a
    or b reach a billion.
    """
    if x <= 0:
        return 1.0
    if x >= 1:
        return 0.0
    front = exp(a * log(x) + b * log1p(-x) - _log_beta(a, b))
    if x > (a + 1) / (a + b + 2):
        return min(1.0, front * _fraction(1 - x, b, a) / b)
    return max(0.0, 1 - front * _fraction(x, a, b) / a)


def tail(
    log_probability: Callable[[float], float],
    least: int,
    span: tuple[int, int],
    *,
    mean: float,
    blocks: int = _BLOCKS,
) -> float:
    """The probability of `least` or more of a distribution over the whole numbers of the span.

    The shorter side of the mean is summed; beyond `EXACT` numbers both sides in blocks, scaled to 1.
    """
    low, high = span
    if high - low < EXACT:
        if least > mean:
            return fsum([exp(log_probability(x)) for x in range(max(least, low), high + 1)])
        return max(0.0, 1 - fsum([exp(log_probability(x)) for x in range(low, min(least, high + 1))]))
    below = _sum(log_probability, low, min(least - 1, high), blocks)
    above = _sum(log_probability, max(least, low), high, blocks)
    return above / (above + below)


def reach(n: int, a: float, b: float) -> tuple[int, int]:
    """Where the beta-binomial distribution (a, b >= 1) lives; beyond there is less than 1e-5."""
    share = a / (a + b)
    sd = sqrt(n * share * (1 - share) * (a + b + n) / (a + b + 1))
    return max(0, int(n * share - _REACH * sd)), min(n, int(n * share + _REACH * sd) + 1)


def spans(first: int, last: int, blocks: int) -> Iterator[tuple[int, int]]:
    """The numbers from first to last in about so many blocks of neighbours; each as its first and its last one."""
    width = max(1, -((first - last - 1) // blocks))
    return ((at, min(at + width - 1, last)) for at in range(first, last + 1, width))


def quantile(distribution: Sequence[float], p: float) -> int:
    """The smallest number that is not exceeded with probability p."""
    sums = accumulate(distribution)
    return next((x for x, total in enumerate(sums) if total >= p - 1e-9), len(distribution) - 1)


def above(distribution: Sequence[float], x: int) -> float:
    """The probability of more than x."""
    return min(1.0, fsum(distribution[max(0, x + 1) :]))


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _normal_quantile(p: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(p)


def _sum(log_probability: Callable[[float], float], first: int, last: int, blocks: int) -> float:
    return fsum(
        (end - start + 1) * exp(log_probability((start + end) / 2))
        for start, end in spans(first, last, blocks)
    )


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of I_x(a, b), for x <= (a + 1) / (a + b + 2); some sqrt(min(a, b)) steps."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value, step, m = d, inf, 0
    while abs(step - 1) > _ENOUGH:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _not_zero(1 + even * d), _not_zero(1 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _not_zero(1 + odd * d), _not_zero(1 + odd / c)
        step = d * c
        value *= step
    return value


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
