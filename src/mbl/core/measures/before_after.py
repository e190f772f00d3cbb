"""Before and after: what a measure stood at when something changed (a reorganisation, a new process), and now.

Two shares differ only if their 90 % intervals do not overlap. A plain number has no interval: it differs only if
it lies beyond its own ups and downs before that day, and was not on its way there already. What differs did
not differ *because of* the change: nothing here can say that. Refuses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import fsum
from typing import Literal

from mbl.core.capacity.words import count
from mbl.core.measures.series import interval_of, readings, value_of, value_words
from mbl.model.measure import Measure, Reading

LEAST_BEFORE = 4
"""Fewer plain numbers say nothing about usual ups and downs."""
_LIMIT = 2.66

Answer = Literal["different", "cannot tell", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """The last reading before the day, the latest one since, whether they differ, and why (not)."""

    measure: Measure
    before: Reading | None
    after: Reading | None
    answer: Answer
    why: str

    @property
    def direction(self) -> Literal["better", "worse"] | None:
        """Which way it went, if it differs."""
        then, now = (value_of(each) if each else None for each in (self.before, self.after))
        if self.answer != "different" or then is None or now is None:
            return None
        return "better" if (now > then) == (self.measure.better == "up") else "worse"


def compared(measure: Measure, day: date, today: date) -> BeforeAfter:
    """The measure before this day and since (the day itself belongs to what came after), known by today."""
    known = readings(measure, today)
    then = tuple(each for each in known if each.date < day)
    since = tuple(each for each in known if each.date >= day)
    before, after = (then[-1] if then else None), (since[-1] if since else None)
    answer, why = _answer(measure, then, after)
    return BeforeAfter(measure=measure, before=before, after=after, answer=answer, why=why)


def usual_range(values: Sequence[float]) -> tuple[float, float]:
    """Between what values go up and down: their mean, plus and minus 2.66 times the mean step from one to the next.

    Source: the natural process limits of D. J. Wheeler, "Understanding Variation", 1993.
    """
    mean = fsum(values) / len(values)
    step = fsum(abs(later - earlier) for earlier, later in pairwise(values)) / (len(values) - 1)
    return mean - _LIMIT * step, mean + _LIMIT * step


def _answer(measure: Measure, then: Sequence[Reading], after: Reading | None) -> tuple[Answer, str]:
    if not then or after is None:
        return "cannot tell", f"no reading {'before' if not then else 'since'}"
    if value_of(then[-1]) == value_of(after):
        return "unchanged", "the same number"
    was, now = interval_of(then[-1]), interval_of(after)
    if (was is None) != (now is None):
        return "cannot tell", "read as k of n on one side, as a plain number on the other"
    if was is None or now is None:
        return _plain(measure, [value for each in then if (value := value_of(each)) is not None], after)
    if was[0] <= now[1] and now[0] <= was[1]:
        return "cannot tell", f"{_span(was)} then, {_span(now)} now: the likely ranges overlap"
    return "different", f"{_span(was)} then, {_span(now)} now: the likely ranges do not overlap"


def _plain(measure: Measure, values: Sequence[float], after: Reading) -> tuple[Answer, str]:
    now = value_of(after)
    if len(values) < LEAST_BEFORE or now is None:
        return (
            "cannot tell",
            f"only {count(len(values), 'reading')} before: usual ups and downs show from {LEAST_BEFORE} on",
        )
    low, high = usual_range(values)
    usual = f"its usual range before, {_rounded(low, None)} to {_rounded(high, measure)}"
    if low <= now <= high:
        return "cannot tell", f"within {usual}"
    if _was_on_its_way(values, now):
        return "cannot tell", f"outside {usual}, but it was moving that way already"
    return "different", f"outside {usual}"


def _was_on_its_way(values: Sequence[float], now: float) -> bool:
    """Whether every step before went the way that it went since."""
    up = now > values[-1]
    return all(later != earlier and (later > earlier) == up for earlier, later in pairwise(values))


def _span(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.0%} to {ends[1]:.0%}".replace("%", " %")


def _rounded(value: float, measure: Measure | None) -> str:
    """A limit that was worked out pretends to no more digits than it has."""
    size = abs(value)
    return value_words(round(value, 0 if size >= 100 else 1 if size >= 10 else 2), measure)  # noqa: PLR2004
