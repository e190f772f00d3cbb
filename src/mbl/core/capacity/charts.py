"""The bars of `mbl capacity`: where the committed work is, and where the guesses are. Refuses nothing."""

from collections.abc import Callable, Iterable
from math import fsum, isinf
from operator import itemgetter
from typing import Any

from mbl.core.capacity.breakdown import BREAKDOWNS, By
from mbl.core.capacity.figures import Figures
from mbl.core.capacity.rows import OWN_CAPACITY, Guessed, Row, guesses, rows
from mbl.core.capacity.words import count, days, month_count, percent
from mbl.core.report import Bar, Bars, Block, Column, Facts, Table

CHARTS: tuple[By, ...] = ("team", "moscow", "outcome", "requester")
MOST_ROWS = 8
"""So many bars, or types with guesses, are read; `--by` draws all."""


def whole_chart(of: Figures, by: By) -> tuple[Block, ...]:
    """Every row of one breakdown."""
    found = rows(of, by)
    return (_bars(found, by, of),) if found else ()


def overview(of: Figures) -> tuple[Block, ...]:
    """The charts that say something (more than one row), shortened, and the guesses."""
    charts = [(by, rows(of, by)) for by in CHARTS]
    return (
        *(_bars(_shortened(found, by), by, of) for by, found in charts if len(found) > 1),
        *_guesses(guesses(of)),
    )


def rows_table(of: Figures, by: By | None) -> Table:
    """The rows of one breakdown, or of all, for a spreadsheet."""
    found = [(each, row) for each in ((by,) if by else tuple(BREAKDOWNS)) for row in rows(of, each)]
    fields = ("key", "items", "days", "share", "months", "net_days_per_month")
    columns = (
        Column(key="by", label="By", value=itemgetter(0)),
        *(Column(key=name, label=name, value=_reader(name)) for name in fields),
    )
    return Table(columns=columns, rows=found)


def _reader(name: str) -> Callable[[tuple[By, Row]], Any]:
    return lambda pair: getattr(pair[1], name)


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
        method=others[0].method,
    )
    return (*named[: MOST_ROWS - 1], together, *(row for row in found if row.key is None))


def _sum(months: Iterable[float | None]) -> float | None:
    known = tuple(months)
    return None if None in known else fsum(month for month in known if month is not None)


def _bars(found: tuple[Row, ...], by: By, of: Figures) -> Bars:
    """Beside an answer by throughput, the months by effort are named as such."""
    return Bars(
        title=BREAKDOWNS[by].title,
        bars=tuple(
            Bar(
                label=_label(row, by),
                value=row.days,
                text=f"{_text(row)}{'' if row.method == of.method or row.months is None else ' by effort'}",
            )
            for row in found
        ),
    )


def _label(row: Row, by: By) -> str:
    if row.key is None:
        return BREAKDOWNS[by].rest
    return row.key.capitalize() if by == "moscow" else row.key


def _text(row: Row) -> str:
    months = () if row.months is None else ("never done" if isinf(row.months) else month_count(row.months),)
    if not row.days:
        return ", ".join((f"{count(row.items, 'item')} of unknown effort", *(months if row.months else ())))
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
