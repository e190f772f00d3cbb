"""A report for a pipe or a file: aligned text, whole, without colour, fast for 10,000 rows.

Columns are formatted one after the other, because one check per column ("all ASCII?") is cheaper than one
per cell. A very long value overflows its own row instead of widening all others.
"""

from collections.abc import Sequence
from typing import Any

from mbl.core.report import Bars, Block, Calendar, Column, Facts, Heat, Plot, Report, Strips, Table
from mbl.render.calendar import calendar
from mbl.render.canvas import Canvas
from mbl.render.drawing import Line, apart, bars, facts
from mbl.render.safe import lines, shown
from mbl.render.values import RIGHT, writer
from mbl.render.width import cells

MISSING = "-"
_LONGEST_CELL = 80
_ENDLESS = 1_000_000


def text(report: Report, canvas: Canvas) -> str:
    """The blocks, one below the other. Nothing is cut or left out, and nothing wrapped but what stands in a calendar."""
    drawn: list[str] = []
    for index, block in enumerate(report.blocks):
        drawn += [""] if index and apart(report.blocks[index - 1], block) else []
        drawn += _lines(block, canvas.width)
    return "\n".join([*drawn, ""])


def _lines(block: Block, width: int) -> list[str]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Calendar):
        return _joined(calendar(block, width))
    if isinstance(block, Plot):
        from mbl.render.plot import plot

        return _joined(plot(block, width))
    if isinstance(block, Heat):
        from mbl.render.heat import heat

        return _joined(heat(block, width))
    if isinstance(block, Strips):
        from mbl.render.strips import strips

        return _joined(strips(block, width))
    if isinstance(block, Bars):
        return _joined(bars(block, _ENDLESS))
    if isinstance(block, Facts):
        return _joined(facts(block, _ENDLESS))
    return lines(block.text)


def _joined(drawn: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip(" ") for line in drawn]


def _table(table: Table) -> list[str]:
    head = [shown(table.title)] if table.title else []
    if not table.rows:
        return [*head, f"No {table.what}."]
    columns = [_column(column, table.rows) for column in table.columns]
    drawn = [line.rstrip(" ") for line in map("  ".join, zip(*columns, strict=True))]
    for after, text in sorted(table.rules, reverse=True):
        drawn.insert(after + 1, f"── {shown(text)} ──")
    return head + drawn


def _column(column: Column, rows: Sequence[Any]) -> list[str]:
    texts = [column.label, *map(writer(column.kind), map(column.value, rows))]
    together = "".join(texts)
    if not together.isprintable():
        texts = list(map(shown, texts))
    if "" in texts:
        texts = [text or MISSING for text in texts]
    if together.isascii():
        return _aligned(texts, right=column.kind in RIGHT)
    sizes = list(map(cells, texts))
    width = min(_LONGEST_CELL, max(sizes))
    if column.kind in RIGHT:
        return [" " * (width - size) + text for text, size in zip(texts, sizes, strict=True)]
    return [text + " " * (width - size) for text, size in zip(texts, sizes, strict=True)]


def _aligned(texts: list[str], *, right: bool) -> list[str]:
    width = min(_LONGEST_CELL, max(map(len, texts)))
    return [text.rjust(width) for text in texts] if right else [text.ljust(width) for text in texts]
