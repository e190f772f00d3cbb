"""A report as GitHub-flavoured Markdown, for a pull request or a wiki page.

Text of users stays text: no markup, no @mention, no #reference comes out of a title. Only web addresses stay links.
"""

import re
from datetime import date

from mbl.core.report import (
    Bars,
    Block,
    Calendar,
    Cell,
    Facts,
    Heat,
    Plot,
    Report,
    Straight,
    Strips,
    Table,
    Words,
)
from mbl.render.canvas import Canvas
from mbl.render.safe import lines, shown
from mbl.render.values import RIGHT, writer

_SPECIAL = re.compile(
    r"(?P<address>(?<![^\s(])https?://[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+(?:/[A-Za-z0-9/?=&%.:_~#@+\-]*[A-Za-z0-9/])?)"
    r"|(?P<reference>[#@](?=\w)|GH-(?=\d))"
    r"|(?P<tag>[<>&])"
    r"|(?P<mark>[\\`*_{}\[\]|~$#])"
)
_LINE_START = re.compile(r"(?:[-+]|\d{1,9}[.)])(?=\s|$)|-(?=[- ]*$)|=(?==*$)")
_FOLDED_FROM = 10
"""A list that folds and is longer than this is folded."""
_TAGS = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_FENCE = re.compile(r"`{3,}")


def text(report: Report, canvas: Canvas) -> str:
    """The blocks, a blank line between them; tables whole; bars, strips, calendars and plots as tables, facts as a list."""
    del canvas
    return "\n\n".join(_block(block) for block in report.blocks) + "\n"


def escaped(text: str) -> str:
    """One line of text as Markdown that shows exactly this text, also at the beginning of a line."""
    safe = _SPECIAL.sub(_neutral, shown(text).strip())
    start = _LINE_START.match(safe)
    return safe if start is None else f"{safe[: start.end() - 1]}\\{safe[start.end() - 1 :]}"


def _neutral(match: re.Match[str]) -> str:
    """An invisible space breaks references: hosts look for them after entities and backslashes are gone."""
    found = match[0]
    if match.lastgroup == "reference":
        return f"{found}&#8203;"
    return found if match.lastgroup == "address" else _TAGS.get(found, f"\\{found}")


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Bars):
        return _bars(block)
    if isinstance(block, Calendar):
        return _calendar(block)
    if isinstance(block, Plot):
        return _plot(block)
    if isinstance(block, Strips):
        return _strips(block)
    if isinstance(block, Heat):
        return _heat(block)
    return _facts(block) if isinstance(block, Facts) else _words(block)


def _table(table: Table) -> str:
    title = f"**{escaped(table.title)}**\n\n" if table.title else ""
    if not table.rows:
        return f"{title}No {escaped(table.what)}."
    readers = [(writer(column.kind), column.value) for column in table.columns]
    rows = [_row([write(value(row)) for write, value in readers]) for row in table.rows]
    for after, meaning in sorted(table.rules, reverse=True):
        rows.insert(after, _across(meaning, len(table.columns)))
    marks = "|".join(" ---: " if column.kind in RIGHT else " --- " for column in table.columns)
    return title + "\n".join([_row([column.label for column in table.columns]), f"|{marks}|", *rows])


def _across(meaning: str, columns: int) -> str:
    """A row that says what a line across the table means, in its second column: the first holds numbers."""
    before = min(1, columns - 1)
    cells = [*[""] * before, f"**{escaped(meaning)}**", *[""] * (columns - before - 1)]
    return f"| {' | '.join(cells)} |"


def _bars(block: Bars) -> str:
    rows = [_row([bar.label, bar.text]) for bar in block.bars]
    return "\n".join([_row([block.title, ""]), "| --- | ---: |", *rows])


def _calendar(block: Calendar) -> str:
    title = f"**{escaped(block.title)}**\n\n" if block.title else ""
    rows = [_row([name, *map(_cell, cells)]) for name, cells in block.lanes]
    marks = "|".join([" --- "] * (len(block.months) + 1))
    return title + "\n".join([_row([block.what, *block.months]), f"|{marks}|", *rows])


def _cell(cell: Cell) -> str:
    entries = (f"{mark} {' '.join(lines(title))}" for mark, title in cell.entries)
    return "\n".join(filter(None, (cell.text, *entries)))


def _plot(block: Plot) -> str:
    """The points as a table, a line a day, beside where the straight lines stand on that day."""
    title = f"**{escaped(block.title)}**\n\n" if block.title else ""
    read = [dict(series.points) for series in block.series]
    days = sorted({day for points in read for day in points})
    if not days:
        return f"{title}Nothing to draw yet."
    names = [*(series.name for series in block.series), *(line.name for line in block.lines)]
    write = writer("number")
    rows = [
        _row(
            [
                str(day),
                *(write(points.get(day)) for points in read),
                *(_on(line, day) for line in block.lines),
            ]
        )
        for day in days
    ]
    marks = "|".join([" --- ", *[" ---: "] * len(names)])
    return title + "\n".join([_row(["Date", *names]), f"|{marks}|", *rows])


def _strips(block: Strips) -> str:
    """A table with a line a period, and a column for each strip."""
    title = f"**{escaped(block.title)}**\n\n" if block.title else ""
    write = writer("number")
    rows = [
        _row([period, *map(write, values)])
        for period, *values in zip(block.periods, *(row.values for row in block.rows), strict=True)
    ]
    marks = "|".join([" --- ", *[" ---: "] * len(block.rows)])
    head = _row([block.what, *(" · ".join(filter(None, (row.label, row.text))) for row in block.rows)])
    return title + "\n".join([head, f"|{marks}|", *rows])


def _heat(block: Heat) -> str:
    """A table with a row a lane; a cell is its shade and number, as on a screen."""
    from mbl.render.heat import shaded

    title = f"**{escaped(block.title)}**\n\n" if block.title else ""
    names = [f"{label} {group}".strip() for group, label in block.columns]
    rows = [_row([lane.label, *(shaded(value, lane.most) for value in lane.values)]) for lane in block.lanes]
    marks = "|".join([" --- "] * (len(names) + 1))
    return title + "\n".join([_row([block.what, *names]), f"|{marks}|", *rows])


def _on(line: Straight, day: date) -> str:
    (first, low), (last, high) = line.start, line.end
    if not first <= day <= last or last == first:
        return ""
    return writer("number")(low + (high - low) * ((day - first).days / (last - first).days))


def _facts(block: Facts) -> str:
    listed = "\n".join(f"- **{escaped(label)}:** {_broken(value)}" for label, value in block.facts)
    if block.folds and len(block.facts) > _FOLDED_FROM:
        return f"<details><summary><b>{escaped(block.title)}</b></summary>\n\n{listed}\n\n</details>"
    return f"**{escaped(block.title)}**\n\n{listed}" if block.title else listed


def _words(block: Words) -> str:
    if block.verbatim:
        return _fenced(block.text)
    strong = "**" if block.tone == "headline" else ""
    return "  \n".join(f"{strong}{line}{strong}" for line in map(escaped, lines(block.text)) if line)


def _fenced(text: str) -> str:
    fence = max(["```", *(found + "`" for found in _FENCE.findall(text))], key=len)
    return "\n".join([fence, *lines(text), fence])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(map(_broken, cells))} |"


def _broken(text: str) -> str:
    return "<br>".join(map(escaped, lines(text)))
