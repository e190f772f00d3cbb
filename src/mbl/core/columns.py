"""The columns of every list of items: one a field of the item, and those that are computed.

The names are the keys of the JSON records, of CSV headers and of `--columns`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from mbl.core.alignment import is_aligned, open_outcomes
from mbl.core.diff import plain
from mbl.core.effort import Sized, effort_of, reference_classes
from mbl.core.ranking import Ranked
from mbl.core.report import Column, Kind
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item

LIST = ("position", "title", "moscow", "outcomes", "effort", "requester", "age")
"""What `mbl list` shows unless told otherwise."""
ENDED = ("id", "title", "status", "on", "requester", "reason", "revisit")
"""What it shows of items that ended."""
_KINDS: Mapping[str, Kind] = {"moscow": "moscow", "outcomes": "names", "labels": "names", "links": "names"}
_LABELS = {"moscow": "MoSCoW", "outcomes": "Outcome", "requester": "Asked by", "position": "#", "on": "Ended"}
_LEAST = {"title": 20, "outcomes": 8, "requester": 8, "reason": 14, "team": 6, "owner": 6, "audience": 6}
_DATES = frozenset({"accepted", "started", "requested", "due"})
_Value = Callable[[Ranked], Any]


def item_columns(backlog: Backlog, today: date) -> dict[str, Column]:
    """Every column by name, in the order of the JSON records."""
    computed = _computed(backlog, today)
    named: dict[str, _Value] = {
        "id": lambda row: row.item.id,
        "position": lambda row: row.position,
        **{field.name: _field(field.name) for field in fields(Item) if field.name != "id"},
        **computed,
    }
    return {name: _column(name, value) for name, value in named.items()}


def chosen(columns: Mapping[str, Column], names: Sequence[str]) -> tuple[Column, ...]:
    """The columns with these names. Raises MblError (exit code 2) naming the known ones."""
    unknown = [name for name in names if name not in columns]
    if unknown:
        raise MblError(
            f"Unknown column: {', '.join(unknown)}.", hint=f"Known: {', '.join(columns)}.", exit_code=2
        )
    return tuple(columns[name] for name in names)


def ordered(rows: Sequence[Ranked], columns: Mapping[str, Column], sort: Sequence[str]) -> tuple[Ranked, ...]:
    """The rows by these columns; `-name` turns the order round; empty values come last."""
    result = list(rows)
    for name in reversed(sort):
        column = chosen(columns, (name.removeprefix("-"),))[0]
        value = columns["effort_days"].value if column.key == "effort" else column.value
        filled = [(key, row) for row in result if (key := _sortable(value(row))) is not None]
        empty = [row for row in result if _sortable(value(row)) is None]
        filled.sort(key=lambda pair: pair[0], reverse=name.startswith("-"))
        result = [row for _, row in filled] + empty
    return tuple(result)


def _column(name: str, value: _Value) -> Column:
    label = _LABELS.get(name, name.replace("_", " ").capitalize())
    kind = "date" if name in _DATES | {"on", "revisit"} else _KINDS.get(name, "text")
    kind = {"position": "position", "age": "age", "effort_days": "days"}.get(name, kind)  # type: ignore[assignment]
    return Column(key=name, label=label, value=value, kind=kind, least=_LEAST.get(name, 0))


def _field(name: str) -> _Value:
    if name == "outcomes":
        return lambda row: list(row.item.weights)
    if name in _DATES:
        return lambda row: getattr(row.item, name)
    return lambda row: plain(getattr(row.item, name))


def _computed(backlog: Backlog, today: date) -> dict[str, _Value]:
    classes = reference_classes(backlog.items.values(), backlog.settings)
    outcomes = open_outcomes(backlog, today)

    def sized(row: Ranked) -> Sized:
        return effort_of(row.item, classes)

    return {
        "estimate": lambda row: _range(sized(row)),
        "effort_days": lambda row: sized(row).days,
        "guessed": lambda row: sized(row).guessed,
        "effort": lambda row: _effort(sized(row)),
        "aligned": lambda row: is_aligned(row.item, outcomes),
        "age": lambda row: (today - row.item.requested).days if row.item.requested else None,
        "on": lambda row: row.item.ended and row.item.ended.date,
        "reason": lambda row: row.item.ended and row.item.ended.reason,
        "revisit": lambda row: row.item.ended and row.item.ended.revisit,
        "path": lambda row: row.path,
    }


def _range(sized: Sized) -> dict[str, float] | None:
    estimate = sized.estimate
    return estimate and {"low": estimate.low, "likely": estimate.likely, "high": estimate.high}


def _effort(sized: Sized) -> str:
    """`5d`; `2-8d` for a range; `~3d` for a guess; `?` if nothing is known."""
    if sized.days is None:
        return "?"
    if sized.estimate is None:
        return f"~{_number(sized.days)}d"
    low, high = sized.estimate.low, sized.estimate.high
    return f"{_number(low)}d" if low == high else f"{_number(low)}-{_number(high)}d"


def _number(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0")


def _sortable(value: Any) -> Any:
    if value is None or value in ("", []):
        return None
    return (
        ", ".join(map(str, value))
        if isinstance(value, list)
        else str(value)
        if isinstance(value, dict)
        else value
    )
