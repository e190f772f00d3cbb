"""The verdict on each criterion of a campaign, and on the whole. Refuses nothing.

The questions are asked in a fixed order, which keeps the verdict honest however often one looks: before the end a
target is met only when it cannot be missed any more, and nobody is told to stop before the numbers can tell.
Tries whose window is still open tell nothing: neither against a rate, nor towards the least number of tries.
"""

from collections.abc import Iterable, Sequence
from math import prod

from mbl.core.campaigns.chances import (
    chain_chances,
    count_chance,
    guard_chance,
    guard_count_chance,
    rate_chance,
    true_rate,
)
from mbl.core.campaigns.judged import Judged, Verdict
from mbl.core.campaigns.tally import Tally
from mbl.core.campaigns.thresholds import needed
from mbl.core.probability import wilson

HOPELESS = 0.05
"""A smaller probability of success is advice to stop."""
EVEN = 0.50
"""A smaller one is a risk."""
_ROUNDING = 1e-9


def ruled(tallies: Sequence[Tally]) -> tuple[tuple[Judged, ...], float | None]:
    """Every criterion judged, and the probability that all are kept (None while one cannot be said).

    A count drawn from the successes of a rate forms a chain with it and is computed with it; everything else counts
    as independent, as do two counts drawn from one rate once its successes are given.
    """
    alone = {at: _alone(each) for at, each in enumerate(tallies) if each.fed_by is None}
    chained = {
        at: _chained(each, tallies[each.fed_by], alone[each.fed_by])
        for at, each in enumerate(tallies)
        if each.fed_by is not None
    }
    judged = tuple(alone[at] if at in alone else chained[at][0] for at in range(len(tallies)))
    chances = [each.probability for each in alone.values()] + [factor for _, factor in chained.values()]
    known = [chance for chance in chances if chance is not None]
    return judged, prod(known) if known and len(known) == len(chances) else None


def whole(verdicts: Iterable[Verdict], probability: float | None, *, is_over: bool) -> Verdict:
    """The verdict on a campaign whose criteria have these: all must be met, and one that is lost loses it."""
    each = frozenset(verdicts)
    if each == {"met"}:
        return "met"
    if each & {"missed", "abort"}:
        return "missed" if is_over else "abort"
    if not each or "no-data" in each:
        return "no-data"
    if "inconclusive" in each:
        return "inconclusive"
    if "too-early" in each or probability is None:
        return "too-early"
    return _by_chance(probability)


def _alone(of: Tally) -> Judged:
    if not of.is_known:
        return _judged(of, "no-data", None)
    is_early = (of.elapsed if of.share is None else of.answered) < (of.least or 0)
    more = None if of.is_guess or of.share is None else of.open_tries
    chance = _chance(of, k=of.k or 0, n=of.n or 0, need=of.need or 0)
    return _judged(of, _verdict(of, chance, is_early=is_early, more=more), chance)


def _chained(of: Tally, rate: Tally, feeder: Judged) -> tuple[Judged, float | None]:
    """The judged count, and the factor by which it lowers the probability of its rate."""
    if not of.is_known or not rate.is_known:
        return _judged(of, "no-data", None), None
    chances = chain_chances(
        rate.k or 0, rate.n or 0, planned=rate.planned or 0, need=rate.need or 0, failures=rate.failures,
        met=of.k or 0, pending=of.open_tries, lost=of.failures or 0, goal=of.need or 0,
    )  # fmt: skip
    more = None if rate.is_guess else of.open_tries + rate.open_tries
    verdict = _verdict(of, chances.goal, is_early=feeder.verdict == "too-early", more=more)
    factor = chances.both / feeder.probability if feeder.probability else 0.0
    return _judged(of, verdict, chances.goal), min(1.0, factor)


def _chance(of: Tally, *, k: int, n: int, need: int) -> float:
    """The probability of keeping a criterion that no other one feeds."""
    if of.share is None:
        left = 0 if of.is_over else max(0, of.days - of.elapsed)
        if of.kind == "guard":
            return guard_count_chance(k, elapsed=of.elapsed, left=left, limit=need)
        return count_chance(k, elapsed=of.elapsed, left=left, need=need)
    planned, failures = of.planned or 0, of.failures
    if of.kind == "guard":
        return guard_chance(k, n, planned=planned, limit=need, failures=failures)
    return rate_chance(k, n, planned=planned, need=need, failures=failures)


def _verdict(of: Tally, chance: float, *, is_early: bool, more: int | None) -> Verdict:
    """The verdict; `more` successes may still come at most (None: nobody knows how many)."""
    if _is_met(of):
        return "met"
    if of.is_over:
        return _final(of)
    if _is_lost(of, more):
        return "abort"
    if is_early:
        return "too-early"
    return _by_chance(chance)


def _by_chance(chance: float) -> Verdict:
    if chance < HOPELESS - _ROUNDING:
        return "abort"
    return "at-risk" if chance < EVEN - _ROUNDING else "on-track"


def _is_met(of: Tally) -> bool:
    """Whether it cannot be lost any more, whatever comes of what is planned."""
    k, need = of.k or 0, of.need or 0
    if of.kind == "guard":
        return of.share is not None and not of.is_guess and not of.open_tries and k <= need and of.is_enough
    if of.share is None:
        return k >= need
    if of.is_guess or k < need:
        return False
    return of.is_enough or not of.is_sent or (of.is_planned and k >= _planned_need(of))


def _final(of: Tally) -> Verdict:
    k, need = of.k or 0, of.need or 0
    if of.kind == "guard" and k > max(need, _planned_need(of)):
        return "missed"
    if of.share is not None and not of.is_enough:
        return "inconclusive"
    return "met" if (k <= need if of.kind == "guard" else k >= need) else "missed"


def _is_lost(of: Tally, more: int | None) -> bool:
    k, need = of.k or 0, of.need or 0
    if of.kind == "guard":
        return k > need and not of.is_guess
    return more is not None and k + more < need


def _planned_need(of: Tally) -> int:
    """The threshold of all that was planned, of which less may have been sent."""
    if of.share is None:
        return of.need or 0
    return needed(of.criterion, of.share, max(of.criterion.planned or 0, of.n or 0))


def _judged(of: Tally, verdict: Verdict, chance: float | None) -> Judged:
    k, n = of.k or 0, of.n or 0
    is_share = of.failures is not None
    return Judged(
        criterion=of.criterion,
        kind=of.kind,
        k=of.k,
        n=of.n,
        planned=_planned(of),
        planned_is_guess=of.is_guess,
        need=of.need,
        failures=of.failures,
        chained=of.fed_by is not None,
        probability=None if verdict == "inconclusive" else chance,
        interval=wilson(k, n) if is_share and n else None,
        true_rate=_true_rate(of, k, n) if is_share and of.share is not None else None,
        verdict=verdict,
        least=of.least,
        elapsed=of.elapsed if of.is_known else None,
        days=of.days,
    )


def _planned(of: Tally) -> int | None:
    """The tries of a rate in all: as they are counted on, and before there are any as they are planned."""
    if of.share is None:
        return None
    return of.criterion.planned if of.planned is None else of.planned


def _true_rate(of: Tally, k: int, n: int) -> float:
    """The probability that the rate behind the numbers keeps the share; open tries speak against it, to be safe."""
    share = float(of.share or 0)
    if of.kind == "guard":
        return 1 - true_rate(k, of.failures or 0, share=share)
    return true_rate(k, n - k, share=share)
