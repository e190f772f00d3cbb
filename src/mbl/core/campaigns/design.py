"""The check of a campaign's design before it starts: what it takes, and whether it can tell a good idea from luck.

A poor rate is half the target, a good one is half as much again (halfway to 100 % where that would pass it); of a
limit the other way round. Refuses nothing: a criterion that cannot be judged has no sentence.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from mbl.core.campaigns.counts import MOST
from mbl.core.campaigns.said import percent
from mbl.core.campaigns.tally import closes, days_from, feeder
from mbl.core.campaigns.thresholds import count_of, least_days, least_tries, needed, share_of
from mbl.core.campaigns.words import days_words, many
from mbl.core.probability import binomial_tail, poisson_tail
from mbl.model.campaign import SuccessCriterion

SAFE = 0.80
"""The chance that a well-made test should have."""
_POOR, _GOOD = Fraction(1, 2), Fraction(3, 2)
_FINE = 1e-4


def design_check(criteria: Sequence[SuccessCriterion], start: date, deadline: date) -> tuple[str, ...]:
    """What the numbers say about this design, a sentence each."""
    return tuple(sentence for each in criteria for sentence in _checked(each, criteria, start, deadline))


def passing(criterion: SuccessCriterion, rate: Fraction, tries: int) -> float:
    """The probability that a share is kept in so many tries of a known rate."""
    share = share_of(criterion) or Fraction(1)
    if criterion.at_least:
        return binomial_tail(tries, float(rate), least=needed(criterion, share, tries))
    return 1 - binomial_tail(tries, float(rate), least=needed(criterion, share, tries) + 1)


def tries_for(least: int, rate: float, *, chance: float = SAFE) -> int | None:
    """The fewest tries that bring at least so many successes with this chance; None above a billion."""
    return _first(lambda tries: binomial_tail(tries, rate, least=least) >= chance, least)


def size_for(criterion: SuccessCriterion) -> int | None:
    """The fewest tries that tell a good rate from a poor one, each with the chance `SAFE`; None above a billion.

    Of the sizes with the same threshold only the one that divides it evenly is looked at, and none that is too small
    to be judged before the end.
    """
    share = share_of(criterion)
    if share is None:
        return None

    def size(need: int) -> int:
        return int(need / share)

    most, least = int(MOST * share), math.ceil(least_tries(share) * share)
    need = _first(lambda need: _tells(criterion, share, size(need)), least, most=most)
    return size(need) if need is not None else None


def good_and_poor(criterion: SuccessCriterion, share: Fraction) -> tuple[Fraction, Fraction]:
    """The rates against which a design is tried."""
    less, more = share * _POOR, min(share * _GOOD, (1 + share) / 2)
    return (more, less) if criterion.at_least else (less, more)


def _checked(
    criterion: SuccessCriterion, criteria: Sequence[SuccessCriterion], start: date, deadline: date
) -> Iterator[str]:
    share, count = share_of(criterion), count_of(criterion)
    fed_by = feeder(criterion, criteria)
    if criterion.kind == "rate" and share is not None and criterion.of:
        yield from _rate(criterion, share)
    elif criterion.kind == "count" and count and fed_by is not None:
        yield from _chained(criterion, count, criteria[fed_by])
        if criterion.window_days is None:
            yield (
                f"{criterion.id}: without a window no {criterion.of} counts as lost before the end, which flatters "
                "the chance; say how long it may take, like: window 10d."
            )
    elif criterion.kind == "count" and count and criterion.at_least:
        yield from _count(criterion, count, days_from(start, closes(deadline, criterion)))


def _tells(criterion: SuccessCriterion, share: Fraction, tries: int) -> bool:
    good, poor = good_and_poor(criterion, share)
    return passing(criterion, good, tries) >= SAFE and passing(criterion, poor, tries) <= 1 - SAFE


def _rate(criterion: SuccessCriterion, share: Fraction) -> Iterator[str]:
    id_, of, least = criterion.id, criterion.of, least_tries(share)
    good, poor = good_and_poor(criterion, share)
    planned = min(max(0, criterion.planned or 0), MOST)
    if not planned:
        yield f"{id_}: nobody says how many {of} are planned, so their number will be guessed from the pace."
    else:
        need = f"{many(needed(criterion, share, planned), criterion.is_)} of {planned:,} {of}"
        said = f"it takes {need}" if criterion.at_least else f"at most {need} may happen"
        yield f"{id_}: {said} ({_rounded(share)})."
        yield (
            f"{id_}: a poor rate of {_rounded(poor)} would pass with a chance of "
            f"{percent(passing(criterion, poor, planned))}, a good one of {_rounded(good)} with "
            f"{percent(passing(criterion, good, planned))}."
        )
    size, chance = _sized(size_for(criterion)), percent(SAFE)
    yield f"{id_}: to tell {_rounded(good)} from {_rounded(poor)} with a chance of {chance} takes {size} {of}."
    if 0 < planned < least:
        yield f"{id_}: too small to stop early, which takes {least:,} {of}; decide at the end."
    elif least > 1:
        yield f"{id_}: before {least:,} {of} it is too early to tell."


def _chained(criterion: SuccessCriterion, count: int, feeding: SuccessCriterion) -> Iterator[str]:
    """The implied conversion, and how many tries of the first stage it takes."""
    share, planned = share_of(feeding), min(max(0, feeding.planned or 0), MOST)
    if share is None or not planned:
        return
    id_, what, of = criterion.id, criterion.is_, feeding.is_
    accepted = needed(feeding, share, planned)
    if count > accepted:
        yield f"{id_}: {many(count, what)} of {accepted:,} {of} cannot be: more {of} are needed than the target asks for."
        return
    implied = Fraction(count, accepted)
    yield f"{id_}: {many(count, what)} of the {accepted:,} {of} that are needed: {_rounded(implied)} of them must bring one."
    sizes = [tries_for(count, float(share * each)) for each in (implied, implied / 2)]
    yield (
        f"{id_}: for a chance of {percent(SAFE)} of {many(count, what)} at {_rounded(share)} and {_rounded(implied)} it "
        f"takes {_sized(sizes[0])} {feeding.of}; if only {_rounded(implied / 2)} bring one, {_sized(sizes[1])}."
    )


def _count(criterion: SuccessCriterion, count: int, days: int) -> Iterator[str]:
    id_, what, least = criterion.id, criterion.is_, least_days(count, days)
    yield f"{id_}: it takes {many(count, what)} in {days_words(days)}."
    if criterion.of:
        yield f"{id_}: judged by the days, not by {criterion.of}: only the successes of a share can feed a count."
    yield (
        f"{id_}: half of that pace would pass with a chance of {percent(poisson_tail(count / 2, least=count))}, "
        f"one and a half of it with {percent(poisson_tail(count * 1.5, least=count))}."
    )
    if poisson_tail(count * 1.5, least=count) < SAFE:
        yield f"{id_}: for a chance of {percent(SAFE)} it takes a pace of {_safe_mean(count):.1f} in {days_words(days)}."
    if least > days:
        yield f"{id_}: too few to stop early; decide at the end."
    elif least > 1:
        yield f"{id_}: before day {least:,} it is too early to tell."


def _safe_mean(count: int) -> float:
    """The number to expect for a safe chance of `count`, by bisection."""
    low, high = float(count), count * 4.0
    while high - low > _FINE * high:
        middle = (low + high) / 2
        low, high = (low, middle) if poisson_tail(middle, least=count) >= SAFE else (middle, high)
    return high


def _first(holds: Callable[[int], bool], least: int, *, most: int = MOST) -> int | None:
    """The first number from `least` on for which it holds; from there on it is taken to hold."""
    if least > most or not holds(most):
        return None
    low, high = least - 1, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _sized(tries: int | None) -> str:
    return "more than a billion" if tries is None else f"{tries:,}"


def _rounded(share: Fraction) -> str:
    return f"{float(share) * 100:.3g} %"
