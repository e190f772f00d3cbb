"""Before and after a change as part of `mbl measures --before-after`: both readings, whether they differ, and why.

Refuses nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from mbl.core.measures.before_after import BeforeAfter, compared
from mbl.core.measures.part import MeasurePart
from mbl.core.measures.series import value_of, value_words
from mbl.core.measures.series_report import hidden, hidden_words, reading_record
from mbl.core.report import Block, Column, Facts, Table, Words
from mbl.model.measure import Measure, Reading


def before_after_part(measures: Sequence[Measure], day: date, today: date) -> MeasurePart:
    """These measures before this day and since; those that were read on both sides alone, if any was."""
    rows = tuple(compared(measure, day, today) for measure in measures)
    table = Table(columns=_COLUMNS, rows=rows, what="measures")
    not_shown = sum(hidden(measure, today) for measure in measures)
    blocks = (*_blocks(rows, day), *hidden_words(not_shown))
    compared_to = {"date": day, "measures": [_record(row) for row in rows]}
    return MeasurePart(brief=blocks, full=blocks, payload={"before_after": compared_to}, table=table)


def _blocks(rows: Sequence[BeforeAfter], day: date) -> tuple[Block, ...]:
    if not rows:
        return (
            Words(text="No measure yet: there is nothing to compare."),
            Words(
                text="Next: mbl measures new morale --scope team, then mbl measures log morale 6/9",
                tone="hint",
            ),
        )
    both = tuple(row for row in rows if row.before and row.after)
    shown = both or rows
    return (
        Words(text=_headline(shown, day), tone="headline"),
        Table(columns=_COLUMNS, rows=shown, what="measures"),
        Facts(title="Why", facts=tuple((row.measure.id, row.why) for row in shown)),
        *_left_out([row for row in rows if row not in shown]),
        *(_CAUTION if any(row.answer == "different" for row in shown) else ()),
    )


def _left_out(rows: Sequence[BeforeAfter]) -> Iterator[Words]:
    if rows:
        names = ", ".join(row.measure.id for row in rows)
        yield Words(text=f"Not read both before and since: {names}.", tone="hint")


_CAUTION = (
    Words(
        text="Different since that day does not mean because of it: ask what else changed in these months.",
        tone="hint",
    ),
)


def _headline(rows: Sequence[BeforeAfter], day: date) -> str:
    """`Since 2026-07-01 morale got better; of 3 others nobody can tell.`"""
    groups = {way: [row.measure.id for row in rows if row.direction == way] for way in ("better", "worse")}
    said = [f"{_and(names)} got {way}" for way, names in groups.items() if names]
    if not said:
        return f"Nobody can tell that anything is different since {day}."
    rest = len(rows) - sum(map(len, groups.values()))
    others = f"; of {rest} {'other' if rest == 1 else 'others'} nobody can tell" if rest else ""
    return f"Since {day} {', '.join(said)}{others}."


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _of(reading: Reading | None, measure: Measure) -> str | None:
    if reading is None:
        return None
    value = value_words(value_of(reading), measure)
    return value if reading.k is None else f"{value} ({reading.k} of {reading.n})"


_COLUMNS = (
    Column(key="id", label="Measure", value=lambda row: row.measure.id, least=20),
    Column(key="before", label="Before", value=lambda row: _of(row.before, row.measure)),
    Column(key="after", label="Since", value=lambda row: _of(row.after, row.measure)),
    Column(key="answer", label="It is", value=lambda row: row.direction or row.answer),
    Column(
        key="before_date", label="Read before", value=lambda row: row.before and row.before.date, kind="date"
    ),
    Column(key="after_date", label="Read since", value=lambda row: row.after and row.after.date, kind="date"),
)


def _record(row: BeforeAfter) -> dict[str, Any]:
    return {
        **{key: getattr(row.measure, key) for key in ("id", "name", "scope", "audience")},
        "before": row.before and reading_record(row.before),
        "after": row.after and reading_record(row.after),
        "answer": row.answer,
        "direction": row.direction,
        "why": row.why,
    }
