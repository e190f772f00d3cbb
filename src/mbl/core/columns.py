"""The columns of every list of items: one a field of the item, and those that are computed.

The names are the keys of the JSON records, of CSV headers and of `--columns`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from mbl.core.capacity.effort import Sized, effort_of, reference_classes
from mbl.core.capacity.effort import known as stated_effort
from mbl.core.changes.change import plain
from mbl.core.guidepoints.alignment import is_aligned, open_outcomes
from mbl.core.ranking import Ranked
from mbl.core.report import Column, Kind
from mbl.core.teams.handoffs import hand_offs
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import MOSCOW, STATUSES, Item

if TYPE_CHECKING:
    from mbl.core.capacity.cut_line import CutLine

LIST = ("position", "title", "moscow", "outcomes", "effort", "requester", "age")
"""What `mbl list` shows unless told otherwise."""
ENDED = ("id", "title", "status", "on", "requester", "reason", "revisit")
"""What it shows of items that ended."""
_KINDS: Mapping[str, Kind] = {
    "moscow": "moscow", "outcomes": "names", "labels": "names", "links": "names", "hand_offs": "number",
}  # fmt: skip
ZONES = ("will", "might", "wont")
"""What fits into this quarter, the best first."""
_LABELS = {
    "moscow": "MoSCoW", "outcomes": "Outcome", "requester": "Asked by", "position": "#", "on": "Ended", "hand_offs": "Hand-offs",
}  # fmt: skip
_LEAST = {"title": 20, "outcomes": 8, "requester": 8, "reason": 14, "team": 6, "owner": 6, "audience": 6}
_NESTED = frozenset(
    {
        "ended",
        "reviewed",
        "asked",
        "runs",
        "offer",
        "parts",
        "source",
        "depends_on",
        "not_duplicate_of",
        "labels",
        "links",
    }
)
_DATES = frozenset({"accepted", "started", "requested", "due"})
_Value = Callable[[Ranked], Any]


class Efforts(NamedTuple):
    """What reads a row's effort, and what writes it."""

    sized: Callable[[Ranked], Sized]
    text: Callable[[Ranked], str]


Line = Callable[[], "CutLine"]
"""The cut line, drawn when it is asked for."""


def item_columns(
    backlog: Backlog, today: date, *, efforts: Efforts | None = None, line: Line | None = None
) -> dict[str, Column]:
    """Every column by name, in the order of the JSON records; `efforts` and the cut line save time if known."""
    efforts = efforts or efforts_of(backlog)
    line = line or line_of(backlog, today, efforts=efforts)
    computed = _computed(backlog, today, efforts=efforts, line=line)
    named: dict[str, _Value] = {
        "id": lambda row: row.item.id,
        "position": lambda row: row.position,
        **{field.name: _field(field.name) for field in fields(Item) if field.name != "id"},
        **computed,
    }
    return {name: _column(name, value) for name, value in named.items()}


def efforts_of(backlog: Backlog) -> Efforts:
    """The efforts of a backlog's rows. Ten thousand items have few different estimates: each is sized once."""
    classes = cache(lambda: reference_classes(backlog.items.values(), backlog.settings))
    known: dict[tuple[str | None, str | None], tuple[Sized, str]] = {}

    def _sized(item: Item) -> Sized:
        stated = stated_effort(item, backlog.settings)
        return effort_of(item, classes()) if stated is None else Sized(stated.mean, stated, None)

    def both(row: Ranked) -> tuple[Sized, str]:
        item = row.item
        if item.remaining or item.parts:
            sized = _sized(item)
            return sized, _effort(sized)
        key = (item.estimate, item.type)
        if key not in known:
            sized = _sized(item)
            known[key] = (sized, _effort(sized))
        return known[key]

    return Efforts(lambda row: both(row)[0], lambda row: both(row)[1])


def line_of(backlog: Backlog, today: date, *, efforts: Efforts, rows: Sequence[Ranked] | None = None) -> Line:
    """The cut line of a backlog (`rows`: its list, if known already); what draws it is loaded when it is asked for."""

    @cache
    def line() -> "CutLine":
        from mbl.core.capacity.cut_line import cut_line

        return cut_line(backlog, today, rows=rows, sized=efforts.sized)

    return line


def chosen(columns: Mapping[str, Column], names: Sequence[str]) -> tuple[Column, ...]:
    """The columns with these names. Raises MblError (exit code 2) with the nearest name, else with all of them."""
    for name in names:
        if name not in columns:
            raise MblError(f"There is no column {name}.", hint=_nearest(name, tuple(columns)), exit_code=2)
    return tuple(columns[name] for name in names)


def ordered(rows: Sequence[Ranked], columns: Mapping[str, Column], sort: Sequence[str]) -> tuple[Ranked, ...]:
    """The rows by these columns; `-name` turns the order round; empty values come last."""
    result = list(rows)
    for name in reversed(sort):
        value = _sorted_by(chosen(columns, (name.removeprefix("-"),))[0], columns)
        filled = [(key, row) for row in result if (key := _sortable(value(row))) is not None]
        empty = [row for row in result if _sortable(value(row)) is None]
        filled.sort(key=lambda pair: pair[0], reverse=name.startswith("-"))
        result = [row for _, row in filled] + empty
    return tuple(result)


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), known, n=1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."


def _sorted_by(column: Column, columns: Mapping[str, Column]) -> _Value:
    """What a column is sorted by: efforts by their days, buckets and statuses by their own order."""
    if column.key in ("effort", "estimate"):
        return columns["effort_days"].value
    order: tuple[str, ...] | None = {"moscow": MOSCOW, "status": STATUSES, "fit": ZONES}.get(column.key)
    if order is None:
        return column.value
    return lambda row: None if (value := column.value(row)) is None else order.index(value)


def _column(name: str, value: _Value) -> Column:
    label = _LABELS.get(name, name.replace("_", " ").capitalize())
    kind = "date" if name in _DATES | {"on", "revisit"} else _KINDS.get(name, "text")
    kind = {"position": "position", "age": "age", "effort_days": "days", "fit": "fit"}.get(name, kind)  # type: ignore[assignment]
    return Column(key=name, label=label, value=value, kind=kind, least=_LEAST.get(name, 0))


def _field(name: str) -> _Value:
    if name == "outcomes":
        return lambda row: list(row.item.weights)
    read = attrgetter(f"item.{name}")
    return (lambda row: plain(read(row))) if name in _NESTED else read


def _computed(backlog: Backlog, today: date, *, efforts: Efforts, line: Line) -> dict[str, _Value]:
    outcomes = open_outcomes(backlog, today)
    sized = efforts.sized
    return {
        "estimate": lambda row: _range(sized(row)),
        "effort_days": lambda row: sized(row).days,
        "guessed": lambda row: sized(row).guessed,
        "effort": efforts.text,
        "fit": lambda row: line().fit(row.item),
        "aligned": lambda row: is_aligned(row.item, outcomes),
        "hand_offs": lambda row: hand_offs(row.item),
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
    return f"{days:.1f}".removesuffix(".0") if days >= 0.1 or not days else f"{days:.2f}"  # noqa: PLR2004


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
