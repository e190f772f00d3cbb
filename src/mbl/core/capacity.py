"""`mbl capacity`: how many months of work are promised already, in one honest sentence, then where they come from.

A single number is given only while at most 30 % of the effort is guessed. What cannot be said (no capacity
stated, no estimates) is null, and said to be unknown with what to do about it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from math import fsum, isinf
from typing import Any

from mbl.core import supply
from mbl.core.breakdown import BREAKDOWNS, By
from mbl.core.capacity_rows import OWN_CAPACITY, Guessed, Row, guesses, rows
from mbl.core.capacity_words import change, count, days, headline, hints, month_count, percent, remarks
from mbl.core.figures import Figures, Range, figures, range_of
from mbl.core.report import Bar, Bars, Block, Facts, Report, Words
from mbl.model.backlog import Backlog

CHARTS: tuple[By, ...] = ("team", "moscow", "outcome", "requester")
MOST_ROWS = 8
"""So many bars, or types with guesses, are read; `--by` draws all."""


def capacity(
    backlog: Backlog, today: date, *, by: By | None = None, without: frozenset[str] = frozenset()
) -> Report:
    """The months of committed work; `without` leaves the items with these ids out and says what that changes."""
    of = figures(backlog, today, without=without)
    before = figures(backlog, today) if without else None
    months = range_of(of)
    return Report(
        kind="capacity",
        payload=lambda: _payload(of, months, before),
        blocks=(*_words(of, months, before), *(_whole_chart(of, by) if by else _overview(of))),
    )


def _words(of: Figures, months: Range | None, before: Figures | None) -> tuple[Words, ...]:
    first = [headline(of, months)] if before is None else [change(before, of, months), headline(of, months)]
    plain = (Words(text=text) for text in (*first[1:], *remarks(of, months)))
    return (
        Words(text=first[0], tone="headline"),
        *plain,
        *(Words(text=text, tone="hint") for text in hints(of)),
    )


def _whole_chart(of: Figures, by: By) -> tuple[Block, ...]:
    found = rows(of, by)
    return (_bars(found, by),) if found else ()


def _overview(of: Figures) -> tuple[Block, ...]:
    """The charts that say something (more than one row), shortened, and the guesses."""
    charts = [(by, rows(of, by)) for by in CHARTS]
    return (
        *(_bars(_shortened(found, by), by) for by, found in charts if len(found) > 1),
        *_guesses(guesses(of)),
    )


def _shortened(found: tuple[Row, ...], by: By) -> tuple[Row, ...]:
    """The largest rows, then the others as one, then what is nobody's."""
    named = [row for row in found if row.key is not None]
    if len(named) <= MOST_ROWS:
        return found
    others = named[MOST_ROWS - 1 :]
    together = Row(
        key=f"{len(others)} others",
        items=sum(row.items for row in others),
        days=fsum(row.days for row in others),
        share=fsum(row.share for row in others),
        months=None if by in OWN_CAPACITY else _sum(row.months for row in others),
        net_days_per_month=None,
    )
    return (*named[: MOST_ROWS - 1], together, *(row for row in found if row.key is None))


def _sum(months: Iterable[float | None]) -> float | None:
    known = tuple(months)
    return None if None in known else fsum(month for month in known if month is not None)


def _bars(found: tuple[Row, ...], by: By) -> Bars:
    return Bars(
        title=BREAKDOWNS[by].title,
        bars=tuple(Bar(label=_label(row, by), value=row.days, text=_text(row)) for row in found),
    )


def _label(row: Row, by: By) -> str:
    if row.key is None:
        return BREAKDOWNS[by].rest
    return row.key.capitalize() if by == "moscow" else row.key


def _text(row: Row) -> str:
    if not row.days:
        return f"{count(row.items, 'item')} of unknown effort"
    months = () if row.months is None else ("never done" if isinf(row.months) else month_count(row.months),)
    return ", ".join((percent(row.share), days(row.days), *months))


def _guesses(found: tuple[Guessed, ...]) -> tuple[Facts, ...]:
    if not found:
        return ()
    facts = [(row.type or "no type", _guess(row)) for row in found[:MOST_ROWS]]
    if more := found[MOST_ROWS:]:
        facts.append((f"{len(more)} others", f"{sum(row.guessed for row in more)} without an estimate"))
    return (Facts(title="Where the guesses are", facts=tuple(facts)),)


def _guess(row: Guessed) -> str:
    taken = (
        "effort unknown"
        if row.mean is None
        else f"taken as {days(row.mean)}{' each' if row.guessed > 1 else ''}"
    )
    return f"{row.guessed} of {row.items} without an estimate, {taken}"


def _payload(of: Figures, months: Range | None, before: Figures | None) -> Mapping[str, Any]:
    return {
        "items": len(of.committed),
        "committed_days": _round(of.days),
        "requested_days": _round(of.requested_days),
        "guess_share": _round(of.guess_share, 4),
        "months": _round(of.months),
        "range": {name: _round(value) for name, value in _range(months).items()},
        "method": "effort",
        "at_least": of.unknown > 0,
        "net_days_per_month": _round(of.pool.later if of.pool else None),
        "pooled_months": _round(of.pooled_months),
        **{f"by_{by}": [_record(row) for row in rows(of, by)] for by in BREAKDOWNS},
        "finish": {name: _finish(of.today, months, name) for name in ("p50", "p85", "p95")},
        "growth": None,
        "cut_line": None,
        "before": _before(before),
    }


def _before(before: Figures | None) -> Mapping[str, Any] | None:
    if before is None:
        return None
    return {
        "items": len(before.committed),
        "committed_days": _round(before.days),
        "months": _round(before.months),
        "range": {name: _round(value) for name, value in _range(range_of(before)).items()},
    }


def _range(months: Range | None) -> Mapping[str, float | None]:
    return months._asdict() if months else dict.fromkeys(Range._fields)


def _finish(today: date, months: Range | None, name: str) -> str | None:
    value = _range(months)[name]
    day = None if value is None else supply.finish(today, value)
    return day.isoformat() if day else None


def _record(row: Row) -> Mapping[str, Any]:
    return {
        "key": row.key,
        "items": row.items,
        "days": _round(row.days),
        "months": _round(row.months),
        "share": _round(row.share, 4),
        "net_days_per_month": _round(row.net_days_per_month),
    }


def _round(value: float | None, digits: int = 2) -> float | None:
    return None if value is None or isinf(value) else round(value, digits)
