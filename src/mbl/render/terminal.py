"""A report for a terminal, drawn with Rich: the only file that imports it.

Rich colours and encodes; what is written where is decided before (`grid`, `drawing`), because Rich's idea of a
character's width differs from that of terminals (flags). Values are `Text`, never markup or emoji codes.
"""

from collections.abc import Mapping, Sequence
from io import StringIO
from itertools import accumulate

from rich.console import Console
from rich.text import Span as RichSpan
from rich.text import Text

from mbl.core.report import Bars, Block, Calendar, Facts, Heat, Plot, Report, Strips, Table, Words
from mbl.render.calendar import calendar
from mbl.render.canvas import Canvas
from mbl.render.drawing import BLANK, Line, Span, apart, bars, facts, words
from mbl.render.grid import grid
from mbl.render.heat import heat

NARROWEST = 20
_LONGEST_PROSE = 100
_FEWEST_ROWS = 3
_HEADER = 2
_PROMPT = 2
_STYLES: Mapping[str, str] = {
    "plain": "",
    "headline": "bold",
    "header": "bold",
    "hint": "dim",
    "good": "green",
    "bad": "red",
    "bar": "cyan",
    "must": "green",
    "should": "yellow",
    "could": "dim",
    "wont": "dim",
}


def text(report: Report, canvas: Canvas) -> str:
    """The blocks for this canvas, tables cut to its height unless it is `whole`. No line is wider than the canvas.

    The exception is verbatim text: a reply to send keeps its lines.
    """
    return _colored(_lines(report.blocks, canvas), canvas)


def _lines(blocks: Sequence[Block], canvas: Canvas) -> list[Line]:
    width = max(NARROWEST, canvas.width)
    texts = {
        index: _drawn(block, width) for index, block in enumerate(blocks) if not isinstance(block, Table)
    }
    tables = {index: block for index, block in enumerate(blocks) if isinstance(block, Table)}
    gaps = {index for index in range(1, len(blocks)) if apart(blocks[index - 1], blocks[index])}
    rooms = _rooms(tables, canvas, taken=sum(map(len, texts.values())) + len(gaps))
    drawn: list[Line] = []
    for index in range(len(blocks)):
        drawn += [BLANK] if index in gaps else []
        drawn += texts[index] if index in texts else grid(tables[index], width, room=rooms[index])
    return drawn


def _drawn(block: Bars | Strips | Heat | Calendar | Plot | Facts | Words, width: int) -> list[Line]:
    if isinstance(block, Calendar):
        return calendar(block, width)
    if isinstance(block, Bars):
        return bars(block, width)
    if isinstance(block, Strips):
        from mbl.render.strips import strips

        return strips(block, width)
    if isinstance(block, Heat):
        return heat(block, width)
    narrow = min(width, _LONGEST_PROSE)
    if isinstance(block, Plot):
        from mbl.render.plot import plot

        return plot(block, narrow)
    return facts(block, narrow) if isinstance(block, Facts) else words(block, narrow)


def _rooms(tables: Mapping[int, Table], canvas: Canvas, *, taken: int) -> dict[int, int]:
    """Lines for the rows of each table: short tables take what they need, long ones share what is left."""
    if canvas.whole:
        return {index: _length(table) for index, table in tables.items()}
    free = canvas.height - _PROMPT - taken - sum(_HEADER + bool(table.title) for table in tables.values())
    rooms = {}
    for done, index in enumerate(sorted(tables, key=lambda index: _length(tables[index]))):
        rooms[index] = min(_length(tables[index]), max(_FEWEST_ROWS, free // (len(tables) - done)))
        free -= rooms[index]
    return rooms


def _length(table: Table) -> int:
    return len(table.rows) + len(table.rules)


def _colored(lines: Sequence[Line], canvas: Canvas) -> str:
    whole = _text([span for line in lines for span in (*line, ("\n", "plain"))])
    file = StringIO()
    console = Console(
        file=file,
        width=max(NARROWEST, canvas.width),
        color_system="standard" if canvas.color else None,
        no_color=False,
        force_jupyter=False,
        legacy_windows=False,
    )
    console.print(whole, soft_wrap=True, end="")
    return file.getvalue()


def _text(spans: Sequence[Span]) -> Text:
    """All lines as one `Text`: one to print, not one per row."""
    ends = list(accumulate(len(text) for text, _ in spans))
    styled = [
        RichSpan(end - len(text), end, _STYLES[role])
        for (text, role), end in zip(spans, ends, strict=True)
        if _STYLES[role] and text
    ]
    return Text("".join(text for text, _ in spans), spans=styled, no_wrap=True, end="")
