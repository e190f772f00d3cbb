"""Which rows of a sheet are requests, and which are blank, printed headers, sums or broken.

Skips nothing silently: whatever is left out is counted in a remark, with its lines.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mbl.errors import Problem
from mbl.importers.columns import Column
from mbl.importers.sheet import Row, Sheet
from mbl.importers.words import is_total

_LONGEST_TOTAL = 60
_LINES_SHOWN = 5
_DELIMITERS = {";": "a semicolon", ",": "a comma", "\t": "a tab", "|": "a bar"}
_SKIPPED = {
    "printed": ("repeated header", "repeated headers"),
    "total": ("row of totals", "rows of totals"),
    "empty": (
        "row without a title or anything else to import",
        "rows without a title or anything else to import",
    ),
}

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The rows that are requests (cells without the space around them), what is wrong with others, what was skipped."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]


def kept(path: str, sheet: Sheet, columns: Sequence[Column]) -> Kept:
    """The rows of a sheet that are requests."""
    kind = _kinds(sheet, columns)
    sorted_: dict[str, list[Row]] = {}
    for row in sheet.rows:
        cells = tuple(cell.strip() for cell in row.cells)
        sorted_.setdefault(kind(cells), []).append(Row(row.line, cells))
    width = len(sheet.header.cells)
    requests = [
        Row(line, (*cells, *[""] * (width - len(cells)))[:width]) for line, cells in sorted_.get("", ())
    ]
    too_wide = [_too_wide(path, row, width, sheet.delimiter) for row in sorted_.get("wide", ())]
    untitled = [_untitled(path, row) for row in sorted_.get("untitled", ())]
    remarks = [_skipped(words, sorted_[name]) for name, words in _SKIPPED.items() if name in sorted_]
    return Kept(rows=tuple(requests), problems=(*too_wide, *untitled), remarks=tuple(remarks))


def _kinds(sheet: Sheet, columns: Sequence[Column]) -> Callable[[Cells], str]:
    """A function that says what a row is: a key of `_SKIPPED`, "blank", "wide", "untitled", or "" for a request."""
    printed = {_filled(row.cells) for row in (sheet.header, *sheet.above)}
    at = {column.field: column.index for column in columns}
    title, requester, id_ = (at.get(field, -1) for field in ("title", "requester", "id"))
    telling = [column.index for column in columns if column.field not in {"", "key"}]
    width = len(sheet.header.cells)

    def kind(cells: Cells) -> str:
        if not any(cells):
            return "blank"
        if _filled(cells) in printed:
            return "printed"
        head = _at(cells, title) or next(filter(None, cells))
        if len(head) <= _LONGEST_TOTAL and is_total(head) and not _at(cells, requester):
            return "total"
        if any(cells[width:]):
            return "wide"
        if _at(cells, title) or _at(cells, id_):
            return ""
        return "untitled" if any(_at(cells, index) for index in telling) else "empty"

    return kind


def _filled(cells: Sequence[str]) -> Cells:
    """The cells without the space around them and the empty ones at the end."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return tuple(stripped)


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if 0 <= index < len(cells) else ""


def _skipped(words: tuple[str, str], rows: Sequence[Row]) -> str:
    lines = ", ".join(str(row.line) for row in rows[:_LINES_SHOWN]) + (
        " …" if len(rows) > _LINES_SHOWN else ""
    )
    one, many = words
    return (
        f"skipped 1 {one} (line {lines})" if len(rows) == 1 else f"skipped {len(rows)} {many} (lines {lines})"
    )


def _too_wide(path: str, row: Row, width: int, delimiter: str) -> Problem:
    return Problem(
        path=path,
        line=row.line,
        column=width + 1,
        code="too-many-cells",
        message=f"{len(_filled(row.cells))} cells in this row, but the header has {width}.",
        fix=f"A cell that contains {_DELIMITERS[delimiter]} needs quotes around it.",
    )


def _untitled(path: str, row: Row) -> Problem:
    fix = "Fill in the title, or delete the row."
    return Problem(path=path, line=row.line, code="no-title", message="This row has no title.", fix=fix)
