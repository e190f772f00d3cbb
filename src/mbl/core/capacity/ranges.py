"""An estimate that is a range, as a random number: drawn evenly between two ends, or around the likely one of three.

Refuses nothing.
"""

from math import sqrt

from mbl.core.capacity.effort import Effort


def sampled(effort: Effort, u: float) -> float:
    """A value of the range at the uniform number `u`.

    A triangle over best/likely/worst has the mean (o+m+p)/3, not the estimate's (o+4m+p)/6: half of the
    draws are the likely value itself, so that the total's range lies around its expected value.
    """
    if effort.form == "range":
        return effort.low + u * (effort.high - effort.low)
    return _triangular(effort, 2 * u) if u < _HALF else effort.likely


def variance(effort: Effort) -> float:
    """The variance of what `sampled` returns."""
    if effort.form == "range":
        return effort.sd**2
    low, likely, high = effort.low, effort.likely, effort.high
    triangle = ((high - low) ** 2 + (likely - low) * (likely - high)) / 18
    return triangle / 2 + ((low + likely + high) / 3 - likely) ** 2 / 4


_HALF = 0.5


def _triangular(effort: Effort, u: float) -> float:
    """The inverse of the triangular distribution function."""
    low, likely, high = effort.low, effort.likely, effort.high
    if u * (high - low) < likely - low:
        return low + sqrt(u * (high - low) * (likely - low))
    return high - sqrt((1 - u) * (high - low) * (high - likely))
