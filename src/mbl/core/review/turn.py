"""What a review changes: months of promised work before it, and after it with everything undecided kept or dropped.

Refuses nothing. While effort is mostly guessed, months are a range; while no capacity is stated, there are only days.
"""

from collections.abc import Collection, Mapping
from datetime import date
from math import isinf
from typing import Any, NamedTuple

from mbl.core.capacity.figures import Figures, figures, range_of
from mbl.core.capacity.futures import Range
from mbl.core.capacity.words import count, days, month_count, month_words, number
from mbl.core.review.relevance import Asked, as_promised, dropped_since, queue
from mbl.model.backlog import Backlog


class Work(NamedTuple):
    """Promised work, with its range in months where no single number may be said."""

    of: Figures
    span: Range | None


class Turn(NamedTuple):
    """The promised work before the review, after it with everything undecided kept (high), and dropped (low)."""

    before: Work
    high: Work
    low: Work
    undecided: int


class Months(NamedTuple):
    """Not rounded, None where nothing can be said. `exact` only while few efforts are guesses: both ends are the same."""

    exact: float | None
    low: float | None
    high: float | None


def turn(backlog: Backlog, today: date, since: date, asked: tuple[Asked, ...]) -> Turn:
    """What the decisions since this day change; `asked` is the whole queue."""
    gone = {backlog.path_of[item.id]: as_promised(item) for item in dropped_since(backlog, since, today)}
    undecided = frozenset(row.item.id for row in asked if row.item.is_committed)
    return Turn(
        before=_work(figures(backlog.with_items(gone), today)),
        high=_work(figures(backlog, today)),
        low=_work(figures(backlog, today, without=undecided)),
        undecided=len(undecided),
    )


def turned(backlog: Backlog, today: date, *, since: date, gone: Collection[str] = ()) -> Turn:
    """The same where nobody has made the queue yet."""
    return turn(backlog, today, since, queue(backlog, today, gone=gone))


def months(work: Work) -> Months:
    """The work in months."""
    of, span = work
    if of.months is not None:
        exact = _finite(of.months)
        return Months(exact, exact, exact)
    return Months(None, _finite(span and span.p15), _finite(span and span.p85))


def turn_record(of: Turn) -> Mapping[str, Any]:
    """The turn as JSON: `before` a number or None, the ranges as their ends."""
    before = months(of.before)
    return {
        "before": _rounded(before.exact),
        "before_range": {"low": _rounded(before.low), "high": _rounded(before.high)},
        "after": {"low": _rounded(months(of.low).low), "high": _rounded(months(of.high).high)},
    }


def turn_words(of: Turn) -> tuple[str, ...]:
    """The turn in one sentence, and in a second one what the range means while something is undecided."""
    if not of.before.of.committed:
        return ("No committed work to review.",)
    said = f"Before: {_amount(of.before)} of committed work. After this review: {_after(of)}."
    return (said, _undecided(of)) if of.undecided else (said,)


def _work(of: Figures) -> Work:
    return Work(of, range_of(of) if of.months is None else None)


def _finite(value: float | None) -> float | None:
    return None if value is None or isinf(value) else value


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _amount(work: Work) -> str:
    of, span = work
    if of.months is not None:
        return month_count(of.months)
    return days(of.days) if of.expected is None and of.pool is None else month_words(of, span)


def _after(of: Turn) -> str:
    """From everything undecided dropped to everything kept."""
    if _amount(of.low) == _amount(of.high):
        return _amount(of.high)
    if of.high.of.expected is None and of.high.of.pool is None:
        return f"{number(of.low.of.days)} to {days(of.high.of.days)}"
    low, high = months(of.low).low, months(of.high).high
    if low is None or high is None:
        return _amount(of.high)
    return f"{number(low)} to {month_count(high)}"


def _undecided(of: Turn) -> str:
    return (
        f"{count(of.undecided, 'promise')} to decide: all kept, it stays {_amount(of.high)}; "
        f"all dropped, {_amount(of.low)}."
    )
