"""A calendar as lines of spans: a row of cells for each lane, the months side by side or one below the other.

A cell is a load bar and what is finished, wrapped, never cut: nobody may be left out of a plan for want of room.
"""

from collections.abc import Sequence
from itertools import chain, zip_longest

from mbl.core.report import Calendar, Cell
from mbl.render.drawing import BLANK, Line, Span, bar_of, title
from mbl.render.safe import lines, shown
from mbl.render.width import cells, padded, shorten, wrapped

_LEAST = 20
_NARROWEST, _WIDEST = 18, 44
_LONGEST_NAME = 20
_LONGEST_MARK = 2
_BAR = 10
_SHORTEST_BAR = 5
_GAP, _CROSS = " │ ", "─┼─"
_FREE = "·"


def calendar(block: Calendar, width: int) -> list[Line]:
    """The calendar in lines of at most `width` cells (20 at least)."""
    width = max(_LEAST, width)
    if not block.months:
        return title(block.title, width)
    names = [shown(name) for name, _ in block.lanes]
    room = min(max(map(cells, names), default=0), _LONGEST_NAME, width // 4)
    free = width - (room + len(_GAP) if room else 0) + len(_GAP)
    beside = min(_WIDEST, free // len(block.months) - len(_GAP))
    drawn = title(block.title, width)
    if beside >= _NARROWEST:
        return drawn + _part(block, range(len(block.months)), room=room, size=beside)
    for at in range(len(block.months)):
        drawn += [*([BLANK] if at else []), *_part(block, (at,), room=room, size=free - len(_GAP))]
    return drawn


def _part(block: Calendar, months: Sequence[int], *, room: int, size: int) -> list[Line]:
    """These months side by side, each `size` cells wide, behind the names of the lanes, if there is `room` for any."""
    sizes = [*([room] if room else []), *(size for _ in months)]
    rule: Line = ((_CROSS.join("─" * each for each in sizes), "hint"),)
    head = [_span(block.months[at], size) for at in months]
    bar = _bar_length(block, size)
    drawn = _row([_span("", room), *head][-len(sizes) :], sizes)
    for name, of_lane in block.lanes:
        columns = [_span(name, room), *(_cell(of_lane[at], size, bar=bar) for at in months)]
        drawn += [rule, *_row(columns[-len(sizes) :], sizes)]
    return drawn


def _span(text: str, size: int) -> list[Span]:
    return [(shorten(shown(text), size), "header")]


def _row(columns: Sequence[Sequence[Span]], sizes: Sequence[int]) -> list[Line]:
    """The lines of cells beside each other."""
    return [_line(spans, sizes) for spans in zip_longest(*columns, fillvalue=("", "plain"))]


def _line(spans: Sequence[Span], sizes: Sequence[int]) -> Line:
    *others, last = spans
    before = [
        [(padded(text, size), role), (_GAP, "hint")]
        for (text, role), size in zip(others, sizes, strict=False)
    ]
    whole = (*chain.from_iterable(before), last)
    return whole if last[0] or not others else (*whole[:-2], (_GAP.rstrip(), "hint"))


def _bar_length(block: Calendar, size: int) -> int:
    """The same for all bars: short enough for the texts behind them, or 0: then these stand below."""
    longest = max((cells(shown(cell.text)) for _, of_lane in block.lanes for cell in of_lane), default=0)
    length = min(_BAR, size - longest - 1)
    return length if length >= _SHORTEST_BAR else 0


def _cell(cell: Cell, size: int, *, bar: int) -> list[Span]:
    """The bar and its text, and the entries, each at most `size` cells wide."""
    text = shorten(shown(cell.text), size)
    drawn = (f"{_load(cell, bar)} {text}".strip(),) if bar else (_load(cell, min(_BAR, size)), text)
    spans = [(each, "bar") for each in drawn if each]
    for mark, name in cell.entries:
        spans += _entry(shorten(shown(mark), _LONGEST_MARK), name, size)
    return spans


def _load(cell: Cell, length: int) -> str:
    return bar_of(cell.load, cell.capacity, length).ljust(length, _FREE) if cell.capacity > 0 else ""


def _entry(mark: str, name: str, size: int) -> list[Span]:
    """A title behind its mark, wrapped below itself."""
    indent = cells(mark) + 1 if mark else 0
    text = [part for line in lines(name) for part in wrapped(line, size - indent)]
    role = "hint" if mark == "✓" else "plain"
    first, *rest = text or [""]
    return [
        (f"{mark} {first}" if mark else first, role),
        *((" " * indent + part, role) for part in rest),
    ]
