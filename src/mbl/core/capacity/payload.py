"""`mbl capacity` as JSON: months and days as numbers, what is unknown or never null."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isinf
from typing import Any

from mbl.core.capacity.breakdown import BREAKDOWNS
from mbl.core.capacity.figures import Figures
from mbl.core.capacity.forecast import (
    Span,
    cross_check,
    finish,
    finished_lately,
    is_least,
    next_quarter,
    present_rate,
)
from mbl.core.capacity.futures import Range
from mbl.core.capacity.line import quarter_line
from mbl.core.capacity.rows import Row, rows
from mbl.core.capacity.scenario import Supposed


def payload(of: Figures, *, before: Figures | None, steps: Sequence[Supposed]) -> Mapping[str, Any]:
    """The figures; `before` and `what_if` say what each supposition changes."""
    other, line = cross_check(of), quarter_line(of)
    return {
        "items": len(of.committed),
        "committed_days": _round(of.days),
        "requested_days": _round(of.requested_days),
        "guess_share": _round(of.guess_share, 4),
        **_months(of),
        "method": of.method,
        "at_least": is_least(of),
        "net_days_per_month": _round(of.pool.later if of.pool else None),
        "pooled_months": _round(of.pooled_months),
        **{f"by_{by}": [_row(row, by) for row in rows(of, by)] for by in BREAKDOWNS},
        "finish": _finish(of),
        "growth": _growth(of),
        "cut_line": line.record() if line else None,
        "cross_check": {"method": other.method, **_months(other)} if other else None,
        "history": _history(of),
        "before": _summary(before) if before else None,
        "what_if": [{"change": step.words, **_summary(step.after)} for step in steps],
    }


def _months(of: Figures) -> Mapping[str, Any]:
    found = of.futures.range._asdict() if of.futures else dict.fromkeys(Range._fields)
    return {"months": _round(of.months), "range": {name: _round(value) for name, value in found.items()}}


def _summary(of: Figures) -> Mapping[str, Any]:
    return {
        "items": len(of.committed),
        "committed_days": _round(of.days),
        **_months(of),
        "method": of.method,
        "net_days_per_month": _round(of.pool.later if of.pool else None),
        "finish": _finish(of),
    }


def _finish(of: Figures) -> Mapping[str, str | None]:
    days = finish(of)
    return {name: _iso(getattr(days, name, None)) for name in ("p50", "p85", "p95")}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(row: Row, by: str) -> Mapping[str, Any]:
    record = {
        "key": row.key,
        "items": row.items,
        "days": _round(row.days),
        "months": _round(row.months),
        "share": _round(row.share, 4),
        "net_days_per_month": _round(row.net_days_per_month),
    }
    return {**record, "method": row.method} if by == "team" else record


def _growth(of: Figures) -> Mapping[str, Any] | None:
    """The growth of the whole list, and the months until it is empty at this rate."""
    growth = of.growth
    if growth is None:
        return None
    return {
        "per_week": _round(growth.per_week, 3),
        "low": _round(growth.p5, 3),
        "high": _round(growth.p95, 3),
        "probability": _round(growth.probability, 4),
        "verdict": growth.verdict,
        "months": _span(present_rate(of, growth)),
    }


def _history(of: Figures) -> Mapping[str, Any]:
    weeks = of.history.recent
    return {
        "weeks": len(weeks),
        "from": _iso(weeks[0].monday) if weeks else None,
        "finished": sum(week.finished for week in weeks),
        "finished_last_13_weeks": finished_lately(of),
        "next_13_weeks": _span(next_quarter(of)),
    }


def _span(of: Span | None) -> Mapping[str, float | None] | None:
    return {"p15": _round(of.low), "p50": _round(of.middle), "p85": _round(of.high)} if of else None


def _round(value: float | None, digits: int = 2) -> float | None:
    return None if value is None or isinf(value) else round(value, digits)
