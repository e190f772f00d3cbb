"""The recorded series as part of `mbl measures`: each from its first to its last reading, and whether it got better.

Never per person, and nothing of a team's own number while fewer than five people answered. Refuses nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from mbl.core.measures.part import MeasurePart
from mbl.core.measures.series import (
    LEAST_ANSWERS,
    interval_of,
    is_hidden,
    is_share,
    readings,
    trend,
    value_of,
    value_words,
    verdict,
)
from mbl.core.report import Block, Column, Kind, Table, Words
from mbl.model.measure import Measure, Reading


def series_part(measures: Sequence[Measure], today: date) -> MeasurePart:
    """These measures in one table."""
    rows = tuple(_row(measure, today) for measure in measures)
    table = Table(columns=_COLUMNS, rows=rows, what="measures")
    return MeasurePart(
        brief=_all(replace(table, title="Numbers, from the first reading to the last")),
        full=_all(table),
        payload={"series": [_record(row) for row in rows]},
        table=replace(table, columns=_NUMBERS),
    )


def single_part(measure: Measure, today: date) -> MeasurePart:
    """One measure with every reading."""
    row = _row(measure, today)
    return MeasurePart(brief=_one(row), full=_one(row), payload={"series": [_record(row)]}, table=_table(row))


def hidden_words(count: int) -> tuple[Words, ...]:
    """The remark on readings that would name people; nothing if there are none."""
    if not count:
        return ()
    which = "1 reading is" if count == 1 else f"{count} readings are"
    return (Words(text=f"{which} not shown: fewer than {LEAST_ANSWERS} people answered.", tone="hint"),)


def hidden(measure: Measure, today: date) -> int:
    """How many readings are not shown."""
    return sum(is_hidden(reading, measure) for reading in measure.readings if reading.date <= today)


def reading_record(reading: Reading) -> dict[str, Any]:
    """A reading for programs."""
    return {
        "date": reading.date,
        "value": value_of(reading),
        "k": reading.k,
        "n": reading.n,
        "interval": interval_of(reading),
    }


class _Row(NamedTuple):
    measure: Measure
    readings: tuple[Reading, ...]
    hidden: int
    trend: str


def _row(measure: Measure, today: date) -> _Row:
    return _Row(measure, readings(measure, today), hidden(measure, today), trend(measure, today))


def _all(table: Table) -> tuple[Block, ...]:
    if not table.rows:
        return (
            Words(text="No measure yet."),
            Words(
                text="Next: mbl measures new pipeline --unit EUR, then mbl measures log pipeline 120000",
                tone="hint",
            ),
        )
    return (table, *hidden_words(sum(row.hidden for row in table.rows)))


def _one(row: _Row) -> tuple[Block, ...]:
    measure = row.measure
    head = Words(text=measure.name or measure.id, tone="headline")
    if not row.readings:
        hint = f"Next: mbl measures log {measure.id} VALUE (or K/N)"
        return (head, Words(text="No reading yet."), *hidden_words(row.hidden), Words(text=hint, tone="hint"))
    return (head, Words(text=_story(row)), *hidden_words(row.hidden), _table(row))


def _table(row: _Row) -> Table:
    return Table(columns=_reading_columns(row.measure), rows=row.readings, what="readings")


def _story(row: _Row) -> str:
    """`▁▂▇  38 % → 43.5 % since 2026-09-30: better`."""
    first, last = row.readings[0], row.readings[-1]
    span = f"{_value(first, row.measure)} → {_value(last, row.measure)}"
    if len(row.readings) == 1:
        return f"{row.trend}  {_value(last, row.measure)} on {last.date}"
    return f"{row.trend}  {span} since {first.date}: {_VERDICTS[verdict(first, last, row.measure)]}"


_VERDICTS = {
    None: "unclear",
    "same": "unchanged",
    "cannot tell": "too close to tell",
    "better": "better",
    "worse": "worse",
}


def _value(reading: Reading, measure: Measure) -> str:
    return value_words(value_of(reading), measure)


def _end(row: _Row, at: int) -> str | None:
    return _value(row.readings[at], row.measure) if row.readings else None


def _change(row: _Row) -> float | None:
    if len(row.readings) < 2:  # noqa: PLR2004
        return None
    first, last = value_of(row.readings[0]), value_of(row.readings[-1])
    return None if first is None or last is None else round(last - first, 6)


def _direction(row: _Row) -> str | None:
    return verdict(row.readings[0], row.readings[-1], row.measure) if row.readings else None


_COLUMNS = (
    Column(key="id", label="Measure", value=lambda row: row.measure.id, least=20),
    Column(key="first", label="First", value=lambda row: _end(row, 0)),
    Column(key="last", label="Last", value=lambda row: _end(row, -1)),
    Column(key="verdict", label="It got", value=_direction),
    Column(key="trend", label="Trend", value=lambda row: row.trend),
    Column(
        key="read",
        label="Read",
        value=lambda row: row.readings[-1].date if row.readings else None,
        kind="date",
    ),
    Column(key="scope", label="Scope", value=lambda row: row.measure.scope),
    Column(key="name", label="Name", value=lambda row: row.measure.name, least=20),
)


_NUMBERS = (
    *(Column(key=key, label=key.capitalize(), value=lambda row, key=key: getattr(row.measure, key)) for key in ("id", "name", "scope", "audience", "unit")),  # type: ignore[misc]
    Column(key="first", label="First", value=lambda row: value_of(row.readings[0]) if row.readings else None, kind="number"),
    Column(key="last", label="Last", value=lambda row: value_of(row.readings[-1]) if row.readings else None, kind="number"),
    *(column for column in _COLUMNS if column.key in ("verdict", "read")),
)  # fmt: skip
"""For CSV: numbers without their units."""


def _reading_columns(measure: Measure) -> tuple[Column, ...]:
    kind: Kind = "share" if is_share(measure) else "number"
    label = f"Value ({measure.unit})" if measure.unit and kind == "number" else "Value"
    return (
        Column(key="date", label="Date", value=lambda reading: reading.date, kind="date"),
        Column(key="value", label=label, value=value_of, kind=kind),
        Column(key="of", label="k of n", value=_of),
        Column(key="interval", label="Likely (90 %)", value=_interval),
    )


def _of(reading: Reading) -> str | None:
    return None if reading.k is None else f"{reading.k} of {reading.n}"


def _interval(reading: Reading) -> str | None:
    ends = interval_of(reading)
    return ends and f"{ends[0]:.0%} to {ends[1]:.0%}".replace("%", " %")


def _record(row: _Row) -> dict[str, Any]:
    measure = row.measure
    return {
        **{key: getattr(measure, key) for key in ("id", "name", "scope", "unit", "better", "audience")},
        "readings": [reading_record(reading) for reading in row.readings],
        "hidden": row.hidden,
        "first": value_of(row.readings[0]) if row.readings else None,
        "last": value_of(row.readings[-1]) if row.readings else None,
        "change": _change(row),
        "verdict": _direction(row),
        "trend": row.trend,
    }
