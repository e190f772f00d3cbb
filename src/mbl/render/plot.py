"""A plot as lines of spans: days to the right, values upwards, drawn in braille dots.

A series is a solid line with a mark for each reading, a straight line a row of loose dots: nothing needs colour.
What no screen can show (NaN, infinity) is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise
from math import floor, isfinite, log10

from mbl.core.report import Plot, Point
from mbl.render.drawing import Line, Span, title
from mbl.render.safe import shown
from mbl.render.values import number
from mbl.render.width import cells, padded, shorten

_LEAST = 20
_LARGEST = 1e15
_THOUSAND = 1000
_MARKS = "●○■□"
_ROLES = ("bar", "plain", "should", "good")
_LOOSE = 4
"""Of a straight line every so many dots are drawn."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_ACROSS, _DOWN = 2, 4
_BLANK = 0x2800
_LOOSE_SAMPLE = "⠂⠐⠂"
_DAY = len("2026-11-22")


def plot(block: Plot, width: int) -> list[Line]:
    """The plot in lines of at most `width` cells (20 at least)."""
    width = max(_LEAST, width)
    points = list(_points(block))
    if not points:
        return [*title(block.title, width), (("Nothing to draw yet.", "hint"),)]
    ticks = _ticks(block, points)
    room = min(max(cells(_label(tick)) for tick in ticks), width // 4)
    frame = _frame(points, columns=width - room - 2, rows=max(2, block.height))
    sheet = _drawn(block, frame)
    labels = _labels(ticks, frame)
    return [
        *title(block.title, width),
        *(_row(sheet, row, labels.get(row, ""), room=room) for row in range(frame.rows)),
        ((f"{' ' * room} └{'─' * frame.columns}", "hint"),),
        ((f"{' ' * room}  {_days(block, frame)}".rstrip(), "hint"),),
        *_legend(block, width),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Which days and values the sheet shows, and how large it is in cells."""

    first: date
    last: date
    low: float
    high: float
    columns: int
    rows: int

    def dot(self, point: Point) -> tuple[int, int]:
        """The dot of a point: across from the left, down from the top."""
        day, value = point
        across = (day - self.first).days / max(1, (self.last - self.first).days)
        down = (self.high - value) / (self.high - self.low)
        return round(across * (self.columns * _ACROSS - 1)), round(down * (self.rows * _DOWN - 1))

    def cell(self, point: Point) -> tuple[int, int]:
        """The cell of a point: its column and its row."""
        across, down = self.dot(point)
        return across // _ACROSS, down // _DOWN


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands in each cell: braille dots, or a mark instead of them, and the role that colours it."""

    columns: int
    dots: dict[tuple[int, int], int] = field(default_factory=dict)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    roles: dict[tuple[int, int], str] = field(default_factory=dict)

    def dot(self, across: int, down: int, role: str) -> None:
        """Put a dot."""
        cell = (across // _ACROSS, down // _DOWN)
        self.dots[cell] = self.dots.get(cell, 0) | _DOTS[down % _DOWN][across % _ACROSS]
        self.roles[cell] = role

    def mark(self, cell: tuple[int, int], mark: str, role: str) -> None:
        """Put a mark in place of a cell's dots."""
        self.marks[cell], self.roles[cell] = mark, role

    def spans(self, row: int) -> Iterator[Span]:
        """A row, cells of one role together."""
        places = ((column, row) for column in range(self.columns))
        for role, group in groupby(places, lambda place: self.roles.get(place, "plain")):
            yield "".join(self._character(place) for place in group), role

    def _character(self, place: tuple[int, int]) -> str:
        dots = self.dots.get(place, 0)
        return self.marks.get(place) or (chr(_BLANK + dots) if dots else " ")


def _points(block: Plot) -> Iterator[Point]:
    """All points that a screen can show."""
    for series in block.series:
        yield from _visible(series.points)
    for line in block.lines:
        yield from _visible((line.start, line.end))


def _visible(points: Iterable[Point]) -> list[Point]:
    return [point for point in points if isfinite(point[1]) and abs(point[1]) < _LARGEST]


def _frame(points: list[Point], *, columns: int, rows: int) -> _Frame:
    days, values = [day for day, _ in points], [value for _, value in points]
    low, high = min(0.0, *values), max(0.0, *values)
    return _Frame(
        first=min(days), last=max(days), low=low, high=high if high > low else low + 1,
        columns=columns, rows=rows,
    )  # fmt: skip


def _drawn(block: Plot, frame: _Frame) -> _Sheet:
    """The straight lines first, so that the series lie upon them."""
    sheet = _Sheet(frame.columns)
    for line in block.lines:
        ends = _visible((line.start, line.end))
        for across, down in (_between(frame, *ends[::-1]) if len(ends) > 1 else ())[::_LOOSE]:
            sheet.dot(across, down, "hint")
    for at, series in enumerate(block.series):
        points, role = _visible(series.points), _ROLES[at % len(_ROLES)]
        for start, end in pairwise(points):
            for across, down in _between(frame, start, end):
                sheet.dot(across, down, role)
        for point in points:
            sheet.mark(frame.cell(point), _MARKS[at % len(_MARKS)], role)
    return sheet


def _between(frame: _Frame, start: Point, end: Point) -> list[tuple[int, int]]:
    """The dots of a straight line."""
    (left, top), (right, bottom) = frame.dot(start), frame.dot(end)
    steps = max(abs(right - left), abs(bottom - top), 1)
    return [
        (round(left + (right - left) * step / steps), round(top + (bottom - top) * step / steps))
        for step in range(steps + 1)
    ]


def _ticks(block: Plot, points: list[Point]) -> list[float]:
    """The values worth a label, the most telling first: where the straight lines end, then round numbers."""
    values = [0.0, *(value for _, value in points)]
    low, high = min(values), max(values)
    if high == low:
        return [low]
    step = _step(high - low, most=max(1, block.height // 2))
    count = floor(high / step + 1e-9) - floor(low / step)
    ends = [value for line in block.lines for _, value in _visible((line.end, line.start))]
    return [*ends, 0.0, *(step * (floor(low / step) + at) for at in range(count + 1)), high]


def _step(span: float, *, most: int) -> float:
    """The smallest round number (1, 2 or 5, times a power of ten) that divides the span into at most so many."""
    power = 10.0 ** floor(log10(span / most))
    return next(power * factor for factor in (1, 2, 5, 10, 20) if span / (power * factor) <= most)


def _labels(ticks: Iterable[float], frame: _Frame) -> dict[int, str]:
    """The labels of the rows, no two on rows beside each other."""
    labels: dict[int, str] = {}
    for tick in ticks:
        _, row = frame.cell((frame.first, tick))
        if 0 <= row < frame.rows and not {row - 1, row, row + 1} & labels.keys():
            labels[row] = _label(tick)
    return labels


def _label(tick: float) -> str:
    return f"{tick:,.0f}" if abs(tick) >= _THOUSAND else number(tick)


def _row(sheet: _Sheet, row: int, label: str, *, room: int) -> Line:
    axis = f"{padded(shorten(label, room), room, right=True)} {'┤' if label else '│'}"
    spans = [(axis, "hint"), *sheet.spans(row)]
    if not spans[-1][0].strip():
        spans.pop()
    return tuple(spans)


def _days(block: Plot, frame: _Frame) -> str:
    """The first and the last day below their places, and the day of the last reading if there is room."""
    short = frame.columns < 2 * _DAY + 1
    line = " " * frame.columns
    read = [points[-1][0] for series in block.series if (points := _visible(series.points))]
    for day in dict.fromkeys((frame.first, frame.last, *read[:1])):
        text = day.isoformat()[5 if short else 0 :]
        column, _ = frame.cell((day, frame.low))
        start = max(0, min(column - (0 if day == frame.first else len(text) // 2), frame.columns - len(text)))
        if not line[max(0, start - 2) : start + len(text) + 2].strip():
            line = line[:start] + text + line[start + len(text) :]
    return line


def _legend(block: Plot, width: int) -> list[Line]:
    """What the marks mean, on one line if it fits."""
    entries: list[tuple[Span, Span]] = []
    for at, series in enumerate(block.series):
        mark = (_MARKS[at % len(_MARKS)], _ROLES[at % len(_ROLES)])
        entries.append((mark, (" " + shorten(shown(series.name), width - 2), "plain")))
    for line in block.lines:
        name = shorten(shown(line.name), width - len(_LOOSE_SAMPLE) - 1)
        entries.append(((_LOOSE_SAMPLE, "hint"), (f" {name}", "plain")))
    gap: Span = ("   ", "plain")
    whole: list[Span] = [span for entry in entries for span in (gap, *entry)][1:]
    if sum(cells(text) for text, _ in whole) <= width:
        return [tuple(whole)] if whole else []
    return list(entries)
