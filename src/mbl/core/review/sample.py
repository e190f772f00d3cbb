"""How much of a long list is dead, from a small random sample of it (n = 30 says a lot about 240).

Refuses nothing: before the first decision there is no estimate (None), and one from efforts needs two.
Sources: the rest of the list is beta-binomial under a uniform prior; the ratio estimator by effort is that of
Cochran, "Sampling Techniques".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from random import Random
from typing import NamedTuple

from mbl.core.probability import SHOWN, above, beta_binomial, quantile

TOO_UNSURE = 0.15
"""A standard error of the dead share above this asks for a larger sample."""
LEAST_DECIDED = 10
"""Fewer decisions may all be alike by chance, and then look certain."""


class Span(NamedTuple):
    """The ends of the 90 % interval, and the median."""

    low: float
    middle: float
    high: float


class Decided(NamedTuple):
    """One item of the sample that somebody decided: its effort in days (None: unknown)."""

    days: float | None
    is_dropped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """The dropped part of the effort of `n` items, and its standard error (None: two decisions are needed)."""

    n: int
    share: float
    se: float | None

    @property
    def is_enough(self) -> bool:
        return self.n >= LEAST_DECIDED and self.se is not None and self.se <= TOO_UNSURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What the sample says of a whole list of `population` items.

    `rest` counts the dead among those not decided, `share` is the dead share of the whole list, `more_than_half`
    the probability that most of it is dead, `by_effort` the share weighted by effort (None: no effort known).
    """

    population: int
    decided: int
    dropped: int
    rest: Span
    share: Span
    more_than_half: float
    by_effort: Ratio | None


def drawn(ids: Iterable[str], size: int, *, seed: int) -> tuple[str, ...]:
    """So many of these ids by chance, in the order of the draw.

    Each id has a number of its own: who joins or leaves the list does not change the fate of the others.
    """
    return tuple(sorted(set(ids), key=lambda id_: (Random(f"{seed}/{id_}").random(), id_))[: max(0, size)])


def estimated(decisions: Sequence[Decided], population: int) -> Estimate | None:
    """The estimate for the whole list; None before the first decision."""
    n, k = len(decisions), sum(decision.is_dropped for decision in decisions)
    if not n:
        return None
    rest = beta_binomial(population - n, 1 + k, 1 + n - k)
    span = Span(*(float(quantile(rest, p)) for p in ((1 - SHOWN) / 2, 0.5, (1 + SHOWN) / 2)))
    return Estimate(
        population=population,
        decided=n,
        dropped=k,
        rest=span,
        share=Span(*((k + dead) / population for dead in span)),
        more_than_half=above(rest, population // 2 - k),
        by_effort=ratio(decisions, population),
    )


def ratio(decisions: Sequence[Decided], population: int) -> Ratio | None:
    """Dropped ÷ reviewed effort, where effort is known; its error is sqrt((1 - n/N) s²/n) ÷ mean effort."""
    known = [(days, is_dropped) for days, is_dropped in decisions if days is not None]
    total = fsum(days for days, _ in known)
    if not total:
        return None
    share = fsum(days for days, is_dropped in known if is_dropped) / total
    n = len(known)
    if n < 2:  # noqa: PLR2004
        return Ratio(n=n, share=share, se=None)
    squares = fsum((days * is_dropped - share * days) ** 2 for days, is_dropped in known)
    left = max(0.0, 1 - n / population)
    return Ratio(n=n, share=share, se=sqrt(left * squares / (n - 1) / n) / (total / n))
