"""The readings of a measure as numbers and words: value or k of n, sparkline, change.

A team's own numbers (morale) with fewer than five answers are left out: they would name people.
"""

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Literal

from mbl.core.probability import wilson
from mbl.model.measure import Measure, Reading

LEAST_ANSWERS = 5
_LEVELS = "▁▂▃▅▇"
_LONGEST = 24

Verdict = Literal["better", "worse", "same", "cannot tell"]


def readings(measure: Measure, today: date) -> tuple[Reading, ...]:
    """The readings up to today that may be shown, the oldest first."""
    shown = (each for each in measure.readings if each.date <= today and not is_hidden(each, measure))
    return tuple(sorted((each for each in shown if value_of(each) is not None), key=lambda each: each.date))


def is_hidden(reading: Reading, measure: Measure) -> bool:
    """Whether so few people of a team answered that the number would name them."""
    return measure.scope == "team" and reading.n is not None and reading.n < LEAST_ANSWERS


def value_of(reading: Reading) -> float | None:
    """The value, or k/n; None if the reading says neither, or what cannot be."""
    if reading.value is not None:
        return reading.value
    if reading.k is None or not reading.n or not 0 <= reading.k <= reading.n:
        return None
    return reading.k / reading.n


def interval_of(reading: Reading) -> tuple[float, float] | None:
    """The 90 % interval of k of n (Wilson); None of a plain value."""
    if reading.k is None or not reading.n or not 0 <= reading.k <= reading.n:
        return None
    return wilson(reading.k, reading.n)


def verdict(first: Reading, last: Reading, measure: Measure) -> Verdict | None:
    """Whether it got better; of two shares only if their intervals do not overlap, else nobody can tell."""
    before, after = value_of(first), value_of(last)
    if before is None or after is None or first is last:
        return None
    if before == after:
        return "same"
    then, now = interval_of(first), interval_of(last)
    if then and now and then[0] <= now[1] and now[0] <= then[1]:
        return "cannot tell"
    return "better" if (after > before) == (measure.better == "up") else "worse"


def sparkline(values: Sequence[float]) -> str:
    """`▁▂▃▅▇`: a mark a value, the last two dozen; all alike stand in the middle."""
    shown = [value for value in values[-_LONGEST:] if isfinite(value)]
    low, high = min(shown, default=0.0), max(shown, default=0.0)
    return _marks(shown, low, high) if low < high else _LEVELS[len(_LEVELS) // 2] * len(shown)


def counts(values: Sequence[int]) -> str:
    """The sparkline of counts: none is the lowest mark."""
    return _marks(values, 0, max(values, default=0) or 1)


def trend(measure: Measure, today: date) -> str:
    """The sparkline of a measure."""
    values = (value_of(reading) for reading in readings(measure, today))
    return sparkline([value for value in values if value is not None])


def value_words(value: float | None, measure: Measure | None) -> str:
    """`2,415 kEUR`, `41 %`, a share like 0.67 as `67 %`; nothing if unknown."""
    if value is None:
        return ""
    if measure is not None and is_share(measure):
        return f"{_digits(round(value * 100, 1))} %"
    unit = measure.unit if measure is not None else None
    return f"{_digits(value)} {unit}" if unit else _digits(value)


def is_share(measure: Measure) -> bool:
    """Whether it is read as k of n."""
    return any(reading.k is not None for reading in measure.readings)


def _marks(values: Sequence[float], low: float, high: float) -> str:
    steps = len(_LEVELS) - 1
    return "".join(_LEVELS[round((value - low) / (high - low) * steps)] for value in values)


def _digits(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")
