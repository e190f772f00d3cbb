"""How likely a campaign keeps its success criterion, from what was counted so far.

Refuses nothing: counts that cannot be are sorted out before. These are predictive probabilities under a uniform
prior, Beta(1, 1) of a rate and Gamma(1, 0) of a pace: k successes and f failures leave N - k - f open tries, of
which BetaBinomial(N - k - f, 1 + k, 1 + f) succeed. Tries are taken to be independent, and the rate to stay as it is.
"""

from collections.abc import Iterator
from itertools import count
from math import exp
from typing import NamedTuple

from mbl.core.probability import (
    EXACT,
    beta_above,
    beta_binomial_log,
    beta_binomial_tail,
    negative_binomial_tail,
    reach,
    spans,
)

_NODES = 300
"""Blocks of the chain's sum, and of each tail in it, beyond `EXACT` open tries: good to 2e-3."""
_ALL = 1 - 1e-13
"""Where so much of the probability is summed up, the rest changes nothing."""
_LOST = 1e-200
"""A running product below this has lost digits and is computed afresh."""


class Chain(NamedTuple):
    """How likely the second criterion of a chain is kept, and both."""

    goal: float
    both: float


def rate_chance(k: int, n: int, *, planned: int, need: int, failures: int | None = None) -> float:
    """The probability of at least `need` successes in all, after k of n; `failures` (n - k) are known to be none."""
    lost = n - k if failures is None else failures
    return beta_binomial_tail(max(planned, n) - k - lost, 1 + k, 1 + lost, least=need - k)


def guard_chance(k: int, n: int, *, planned: int, limit: int, failures: int | None = None) -> float:
    """The probability of at most `limit` successes in all, after k of n."""
    if k > limit:
        return 0.0
    lost = n - k if failures is None else failures
    left = max(planned, n) - k - lost
    # At most x successes are at least `left - x` failures: the shorter tail stays the shorter one.
    return beta_binomial_tail(left, 1 + lost, 1 + k, least=left - (limit - k))


def count_chance(x: int, *, elapsed: int, left: int, need: int) -> float:
    """The probability of at least `need` events in all, after x in `elapsed` days with `left` days to come.

    The rest follows NegBin(1 + x, elapsed / (elapsed + left)).
    """
    if left <= 0 or x >= need:
        return float(x >= need)
    return negative_binomial_tail(1 + x, max(0, elapsed) / (max(0, elapsed) + left), least=need - x)


def guard_count_chance(x: int, *, elapsed: int, left: int, limit: int) -> float:
    """The probability of at most `limit` events in all, after x in `elapsed` days with `left` days to come."""
    return 1 - count_chance(x, elapsed=elapsed, left=left, need=limit + 1)


def true_rate(k: int, failures: int, *, share: float) -> float:
    """The probability that the rate behind k successes and so many failures is at least `share`."""
    return beta_above(share, 1 + k, 1 + failures)


def chain_chance(
    accepted: int,
    n: int,
    *,
    planned: int,
    need: int,
    failures: int | None = None,
    met: int,
    lost: int,
    goal: int,
) -> float:
    """The probability of `need` accepted in all and of `goal` met among the accepted; both must come true."""
    return chain_chances(
        accepted, n, planned=planned, need=need, failures=failures,
        met=met, pending=max(0, accepted - met - lost), lost=lost, goal=goal,
    ).both  # fmt: skip


def chain_chances(
    accepted: int,
    n: int,
    *,
    planned: int,
    need: int,
    failures: int | None,
    met: int,
    pending: int,
    lost: int,
    goal: int,
) -> Chain:
    """How likely `goal` of the accepted are met, alone and together with `need` accepted.

    So far `met` of the accepted are, `lost` will not be, the others are `pending`: summed over x more acceptances,
    P(x) · P(at least goal - met of pending + x). Takes time in proportion to the open tries.
    """
    no = n - accepted if failures is None else failures
    left = max(planned, n) - accepted - no
    wanted, least = goal - met, need - accepted
    if wanted <= 0:
        return Chain(1.0, beta_binomial_tail(left, 1 + accepted, 1 + no, least=least))
    if left > EXACT:
        return _in_blocks(
            left, 1 + accepted, 1 + no, pending=pending, met=met, lost=lost, wanted=wanted, least=least
        )
    every = either = both = 0.0
    accepting = _probabilities(left, 1 + accepted, 1 + no)
    meeting = _growing_tail(pending, 1 + met, 1 + lost, least=wanted)
    for x, (more, enough) in enumerate(zip(accepting, meeting, strict=False)):
        every += more
        either += more * enough
        if x >= least:
            both += more * enough
            if every > _ALL:
                break
    return Chain(min(1.0, either), min(1.0, both))


def _probabilities(n: int, a: int, b: int) -> Iterator[float]:
    """The beta-binomial probabilities of 0 … n, each from the one before."""
    logarithm = beta_binomial_log(n, a, b)
    p = exp(logarithm(0))
    for x in range(n + 1):
        if p < _LOST:
            p = exp(logarithm(x))
        yield p
        if x < n:
            p *= (n - x) * (x + a) / ((x + 1) * (n - x - 1 + b))


def _growing_tail(first: int, a: int, b: int, *, least: int) -> Iterator[float]:
    """The probability of at least so many successes in n tries, for n = first, first + 1 …

    One more try lifts it by P(X = least - 1) times the chance that this try succeeds (a Pólya urn).
    """
    enough = beta_binomial_tail(first, a, b, least=least)
    i, p = least - 1, 0.0
    for n in count(first):
        yield min(1.0, enough)
        if n < i:
            continue
        if p < _LOST:
            p = exp(beta_binomial_log(n, a, b)(i))
        enough += p * (a + i) / (a + b + n)
        p *= (n + 1) * (n - i + b) / ((n + 1 - i) * (n + a + b))


def _in_blocks(
    left: int, a: int, b: int, *, pending: int, met: int, lost: int, wanted: int, least: int
) -> Chain:
    """The same sum over blocks of neighbouring x, scaled to 1."""
    low, high = reach(left, a, b)
    probability = beta_binomial_log(left, a, b)
    every = either = both = 0.0
    for start, end in (
        *spans(low, min(least - 1, high), _NODES),
        *spans(max(least, low), high, _NODES),
    ):
        weight = (end - start + 1) * exp(probability((start + end) / 2))
        enough = beta_binomial_tail(
            pending + (start + end) // 2, 1 + met, 1 + lost, least=wanted, blocks=_NODES
        )
        every += weight
        either += weight * enough
        if start >= least:
            both += weight * enough
    return Chain(either / every, both / every)
