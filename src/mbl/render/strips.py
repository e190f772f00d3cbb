"""Rows of small columns as lines of spans: two lines a row, all on one scale; what happened in no week is a dot.

Where not all periods fit, the latest are shown; the days below say which.
"""

from math import isfinite

from mbl.core.report import Strip, Strips
from mbl.render.drawing import Line, title
from mbl.render.safe import shown
from mbl.render.width import cells, padded, shorten

_LEAST = 20
_LONGEST_LABEL = 20
_WIDEST = 52
_WIDEST_COLUMN = 4
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_FULL = 8
_LINES = 2


def strips(block: Strips, width: int) -> list[Line]:
    """The strips in lines of at most `width` cells (20 at least)."""
    width = max(_LEAST, width)
    room = min(max((cells(shown(row.label)) for row in block.rows), default=0), _LONGEST_LABEL, width // 3)
    behind = max((cells(shown(row.text)) for row in block.rows), default=0)
    free = min(_WIDEST, width - room - behind - 4)
    if free < min(_LEAST, len(block.periods)):
        behind, free = 0, width - room - 2
    periods = block.periods[-max(1, free) :]
    size = min(_WIDEST_COLUMN, free // len(periods)) if periods else 1
    known = [value for row in block.rows for value in row.values if value is not None and isfinite(value)]
    drawn = title(block.title, width)
    for row in block.rows:
        drawn += _strip(row, len(periods), size=size, most=max(known, default=0.0), room=room, behind=behind)
    return [*drawn, *_axis(periods, block.what, size=size, room=room, width=width)]


def _strip(row: Strip, count: int, *, size: int, most: float, room: int, behind: int) -> list[Line]:
    columns = [_column(value, most) for value in row.values[-count:]]
    gap = " " * (size > 1)
    upper, lower = (
        "".join(column[at] * (size - len(gap)) + gap for column in columns) for at in range(_LINES)
    )
    label = padded(shorten(shown(row.label), room), room)
    text = f"  {shorten(shown(row.text), behind)}" if behind else ""
    return [
        ((f"{' ' * room}  ", "plain"), (upper.rstrip(" "), "bar")),
        ((f"{label}  ", "plain"), (lower if text else lower.rstrip(" "), "bar"), (text, "plain")),
    ]


def _column(value: float | None, most: float) -> tuple[str, str]:
    """The upper and the lower half of one column: sixteen steps; even the smallest value shows."""
    if value is None or not isfinite(value):
        return " ", " "
    if value <= 0 or most <= 0:
        return " ", "·"
    steps = max(1, round(value / most * _FULL * _LINES))
    return _EIGHTHS[max(0, steps - _FULL)], _EIGHTHS[min(_FULL, steps)]


def _axis(periods: tuple[str, ...], what: str, *, size: int, room: int, width: int) -> list[Line]:
    """The first and the last period below their columns, or as a sentence where they would run into each other."""
    if not periods:
        return [(("Nothing to draw yet.", "hint"),)]
    first, last = shown(periods[0]), shown(periods[-1])
    fill = size * len(periods) - (size > 1) - cells(first) - cells(last)
    below = f"{' ' * room}  {first}{' ' * fill}{last}" if fill > 1 else f"{shown(what)}: {first} to {last}"
    return [((shorten(below, width), "hint"),)]
