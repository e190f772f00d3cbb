"""A table for a terminal: as many columns as fit, in cells computed here, so that wide characters stay aligned.

In a crowded terminal columns shrink towards their `least`, buckets become letters, gaps become narrow, and at
last the rightmost columns are left out, which is said below the table. A value is shortened, never wrapped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mbl.core.report import Column, Table
from mbl.render.drawing import Line, Span, title
from mbl.render.safe import shown
from mbl.render.values import RIGHT, writer
from mbl.render.width import cells, padded, shorten, wrapped

MISSING = "·"
_CROWDED = 76
_LONGEST_FIXED = 24
_GAPS = (2, 1)
_ROLES = {
    "Must": "must",
    "M": "must",
    "Should": "should",
    "S": "should",
    "Could": "could",
    "C": "could",
    "Won't": "wont",
    "W": "wont",
    "error": "bad",
    "warning": "should",
    "●": "must",
    "◐": "should",
    "○": "could",
}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A column as text: the header, the cells below it, and the narrowest width it may get."""

    column: Column
    label: str
    texts: tuple[str, ...]
    natural: int
    floor: int


def grid(table: Table, width: int, *, room: int) -> list[Line]:
    """The table in lines of at most `width` cells, with at most `room` lines of rows ("… and 5 more" is one)."""
    if not table.rows:
        return [*title(table.title, width), ((f"No {table.what}.", "hint"),)]
    shown_rows = _rows_in(table, room)
    columns = [_drawn(column, table.rows[:shown_rows], width) for column in table.columns]
    gap, widths = _layout(columns, width)
    kept, across = columns[: len(widths)], sum(widths) + gap * (len(widths) - 1)
    return [
        *title(table.title, width),
        _line(
            [_span(drawn.label, drawn, size, "header") for drawn, size in zip(kept, widths, strict=True)], gap
        ),
        (("─" * across, "hint"),),
        *_ruled(table, [_row(kept, widths, gap, index) for index in range(shown_rows)], width=across),
        *_more(table, shown_rows, width),
        *_left_out(columns[len(widths) :], width),
    ]


def fitted(naturals: Sequence[int], floors: Sequence[int], width: int) -> tuple[int, ...]:
    """Widths between floor and natural, in sum at most `width`: each column keeps the same multiple of its floor.

    Empty if even the floors do not fit.
    """
    if sum(naturals) <= width:
        return tuple(naturals)
    if sum(floors) > width:
        return ()
    widths, crowded = list(naturals), {index for index, floor in enumerate(floors) if floor < naturals[index]}
    while True:
        free = width - sum(natural for index, natural in enumerate(naturals) if index not in crowded)
        total = sum(floors[index] for index in crowded)
        easy = {index for index in crowded if naturals[index] * total <= floors[index] * free}
        if not easy:
            break
        crowded -= easy
    for index in crowded:
        widths[index] = floors[index] * free // total
    most_cut = sorted(crowded, key=lambda index: widths[index] - naturals[index])
    for index in most_cut[: width - sum(widths)]:
        widths[index] += 1
    return tuple(widths)


def _rows_in(table: Table, room: int) -> int:
    """How many rows fit, with the lines across them, and one that says what is left out."""
    rows = len(table.rows)
    if rows + len(table.rules) <= room:
        return rows
    rows = min(rows, room)
    while rows > 1 and rows + sum(rule.after <= rows for rule in table.rules) >= room:
        rows -= 1
    return max(1, rows)


def _ruled(table: Table, rows: list[Line], *, width: int) -> list[Line]:
    """The rows that are shown, and the lines across them."""
    drawn = list(rows)
    for after, text in sorted(table.rules, reverse=True):
        if after <= len(rows):
            across = shorten(f"── {shown(text)} ", width)
            drawn.insert(after, ((across + "─" * (width - cells(across)), "header"),))
    return drawn


def _drawn(column: Column, rows: Sequence[object], width: int) -> _Drawn:
    write, value = writer(column.kind), column.value
    texts = tuple(shown(write(value(row))) or MISSING for row in rows)
    label = shown(column.label)
    if column.kind == "moscow" and width < _CROWDED:
        texts, label = tuple(text[:1] for text in texts), label[:1]
    natural = max(cells(label), *map(cells, texts))
    least = column.least or (_LONGEST_FIXED if column.kind in {"text", "names"} else natural)
    return _Drawn(column, label, texts, natural, min(natural, least))


def _layout(columns: Sequence[_Drawn], width: int) -> tuple[int, tuple[int, ...]]:
    for count in range(len(columns), 0, -1):
        naturals = [drawn.natural for drawn in columns[:count]]
        floors = [drawn.floor for drawn in columns[:count]]
        for gap in _GAPS:
            if widths := fitted(naturals, floors, width - gap * (count - 1)):
                return gap, widths
    return 0, (min(columns[0].natural, width),)


def _row(columns: Sequence[_Drawn], widths: Sequence[int], gap: int, index: int) -> Line:
    spans = []
    for drawn, size in zip(columns, widths, strict=True):
        text = drawn.texts[index]
        spans.append(_span(text, drawn, size, _role(text, drawn.column)))
    return _line(spans, gap)


def _span(text: str, drawn: _Drawn, size: int, role: str) -> Span:
    return padded(shorten(text, size), size, right=drawn.column.kind in RIGHT), role


def _line(spans: Sequence[Span], gap: int) -> Line:
    *others, (last, role) = spans
    return (*((text + " " * gap, role) for text, role in others), (last.rstrip(" "), role))


def _role(text: str, column: Column) -> str:
    if text == MISSING or column.kind in {"age", "position"}:
        return "hint"
    return _ROLES.get(text, "plain") if column.kind in {"moscow", "fit"} or column.key == "level" else "plain"


def _more(table: Table, shown_rows: int, width: int) -> list[Line]:
    rest = len(table.rows) - shown_rows
    if not rest:
        return []
    return [((shorten(f"… and {rest} more {table.what} (--limit 0 shows all)", width), "hint"),)]


def _left_out(columns: Sequence[_Drawn], width: int) -> list[Line]:
    if not columns:
        return []
    names = ", ".join(shown(drawn.column.label) for drawn in columns)
    return [((text, "hint"),) for text in wrapped(f"Too narrow for: {names}", width)]
