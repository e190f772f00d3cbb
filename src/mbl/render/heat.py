"""A heat strip as lines of spans: a row of cells for each lane, side by side as far as they fit, else one part below the other.

A cell is a shade and its number: ░ little, ▒ more, ▓ nearly or just full, █ over. Nothing needs colour.
"""

from collections.abc import Sequence

from mbl.core.report import Heat, Lane
from mbl.render.drawing import BLANK, Line, Span, title
from mbl.render.safe import shown
from mbl.render.width import cells, padded, shorten

_LEAST = 20
_LONGEST_NAME = 20
_GAP = "  "
_SHADES = "░▒▓"
_OVER, _EMPTY = "█", "·"


def heat(block: Heat, width: int) -> list[Line]:
    """The strip in lines of at most `width` cells (20 at least)."""
    width = max(_LEAST, width)
    drawn = title(block.title, width)
    if not block.columns or not block.lanes:
        return [*drawn, (("Nothing to show.", "hint"),)]
    names = (block.what, *(lane.label for lane in block.lanes))
    room = min(max(cells(shown(name)) for name in names), _LONGEST_NAME, width // 3)
    digits = max(len(str(value)) for lane in block.lanes for value in lane.values)
    labels = max(cells(shown(label)) for _, label in block.columns)
    size = max(digits + 1, min(labels, width - room - len(_GAP)))
    beside = max(1, (width - room - len(_GAP) + 1) // (size + 1))
    for at in range(0, len(block.columns), beside):
        drawn += [BLANK] if at else []
        drawn += _part(block, range(at, min(at + beside, len(block.columns))), room=room, size=size)
    return drawn


def shaded(value: int, most: int) -> str:
    """`▓3`: how near a value is to what is allowed, and the value; nothing at all is a dot."""
    if value <= 0:
        return _EMPTY
    if value > most:
        return f"{_OVER}{value}"
    return f"{_SHADES[min(len(_SHADES) - 1, (value * len(_SHADES) - 1) // most)]}{value}"


def _part(block: Heat, columns: range, *, room: int, size: int) -> list[Line]:
    """These columns, each `size` wide, behind the names of the lanes."""
    labels = " ".join(padded(shorten(shown(block.columns[at][1]), size), size) for at in columns)
    head = f"{' ' * room}{_GAP}{_groups(block, columns, size)}"
    below = f"{padded(shorten(shown(block.what), room), room)}{_GAP}{labels}"
    rows = [_row(lane, columns, room=room, size=size) for lane in block.lanes]
    return [*([((head.rstrip(), "header"),)] if head.strip() else []), ((below.rstrip(), "header"),), *rows]


def _groups(block: Heat, columns: range, size: int) -> str:
    """The name of each group above its first column, if there is room until the next one."""
    starts = [at for at in columns if at == columns.start or block.columns[at][0] != block.columns[at - 1][0]]
    ends = [*starts[1:], columns.stop]
    return "".join(
        padded(shorten(shown(block.columns[at][0]), room - 1), room)
        for at, end in zip(starts, ends, strict=True)
        if (room := (end - at) * (size + 1))
    )


def _row(lane: Lane, columns: Sequence[int], *, room: int, size: int) -> Line:
    name: Span = (padded(shorten(shown(lane.label), room), room) + _GAP, "plain")
    *others, last = [_cell(lane.values[at], lane.most) for at in columns]
    spans = [(text.ljust(size + 1), role) for text, role in others]
    return (name, *spans, last)


def _cell(value: int, most: int) -> Span:
    role = "bad" if value > most else "hint" if value <= 0 else "bar"
    return shaded(value, most), role
