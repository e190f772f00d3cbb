"""The thresholds of success criteria as exact numbers, and how much must be seen before they can be judged.

Refuses nothing: what cannot be a threshold is None.
"""

from fractions import Fraction
from math import ceil, floor, log, log1p

from mbl.core.campaigns.criteria import threshold
from mbl.errors import MblError
from mbl.model.campaign import SuccessCriterion

_CHANCE = 0.05
_EXPECTED = 3


def share_of(criterion: SuccessCriterion) -> Fraction | None:
    """The threshold of a rate; None unless it lies above 0 and at most at 1."""
    number = _number(criterion)
    return Fraction(number) if number is not None and 0 < number <= 1 and float(number) > 0 else None


def count_of(criterion: SuccessCriterion) -> int | None:
    """The threshold of a count; None if it is a share, or at least nothing."""
    number, text = _number(criterion), criterion.at_least or criterion.at_most or ""
    if number is None or "%" in text or number != int(number):
        return None
    return int(number) if number >= 1 or not criterion.at_least else None


def needed(criterion: SuccessCriterion, share: Fraction, tries: int) -> int:
    """How many of so many tries the share asks for; of a guard rail how many it allows at most."""
    return ceil(share * tries) if criterion.at_least else floor(share * tries)


def least_tries(share: Fraction) -> int:
    """The tries after which no success at all would be a 5 % event at this rate (the rule of three)."""
    rate = float(share)
    return max(1, ceil(log(_CHANCE) / log1p(-rate) - 1e-9)) if rate < 1 else 1


def least_days(need: int, days: int) -> int:
    """The days after which three events are expected at the pace that is needed."""
    return -(-_EXPECTED * days // max(1, need))


def _number(criterion: SuccessCriterion) -> Fraction | int | None:
    try:
        return threshold(criterion.at_least or criterion.at_most or "")
    except (MblError, ValueError):
        return None
