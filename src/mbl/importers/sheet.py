"""The bytes of a CSV file as a header and rows: which encoding, which delimiter, where the header stands.

Refuses what is no text, what is empty, and quotes that never close: they would swallow the rest of the list.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from mbl.errors import Problem

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KANA = re.compile("[\u3041-\u30fa]")
_DELIMITERS = (";", ",", "\t")
_DECLARED = re.compile('"?sep=([;,|\t])"?[\r\n]')
_HEADER_ROWS = 100
_TITLE_WEIGHT = 2
_END = "\ufdd0"


class Row(NamedTuple):
    """A row and the line of the file where it begins, from 1."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A header, the rows above it and the rows below it, blank ones included."""

    header: Row
    above: tuple[Row, ...]
    rows: tuple[Row, ...]
    delimiter: str
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]


def sheet(path: str, content: bytes, *, field: Callable[[str], str | None]) -> Sheet | Problem:
    """The sheet in these bytes. `field` says what a header means: the row that most columns know is the header."""
    text, remarks = _decoded(content)
    if text is None or "\0" in text:
        return _broken(
            path, "not-text", "This is no text file.", "Save the list as CSV (UTF-8) and import that."
        )
    if not any(letter.isalnum() for letter in text):
        return _broken(
            path, "empty-file", "The file is empty.", "Export the list again, with its header row."
        )
    delimiter = _delimiter(text, field)
    rows, problems = _rows(path, text, delimiter)
    top = _header(rows[:_HEADER_ROWS], field)
    if top is None:
        return (
            problems[0]
            if problems
            else _broken(path, "empty-file", "The file has no rows.", "Export it again.")
        )
    return Sheet(
        header=rows[top],
        above=tuple(rows[:top]),
        rows=tuple(rows[top + 1 :]),
        delimiter=delimiter,
        remarks=remarks,
        problems=problems,
    )


def _decoded(content: bytes) -> tuple[str | None, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _try(content, encoding), ()
    text = _try(content, "utf-8")
    if text is not None:
        return text, ()
    # Excel in Japan writes Shift-JIS; text of Western Windows never turns into kana by accident.
    japanese = _try(content, "cp932")
    if japanese and len(_KANA.findall(japanese)) > 1:
        return japanese, ("read as Japanese Windows text (cp932): the file is not UTF-8",)
    return _try(content, "cp1252"), ("read as Western Windows text (cp1252): the file is not UTF-8",)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _delimiter(text: str, field: Callable[[str], str | None]) -> str:
    """The delimiter whose header row knows most columns; of equals the one that leaves fewest cells over."""
    declared = _DECLARED.match(text)
    if declared:
        return declared[1]
    return max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter, field))


def _fit(text: str, delimiter: str, field: Callable[[str], str | None]) -> tuple[int, int, int]:
    rows, _ = _read(text, delimiter, limit=_HEADER_ROWS)
    top = _header(rows, field)
    if top is None:
        return 0, 0, 0
    width = len(rows[top].cells)
    over = sum(len(row.cells) > width for row in rows[top:])
    known, filled = _score(rows[top].cells, field)
    return known, -over, filled


def _header(rows: Sequence[Row], field: Callable[[str], str | None]) -> int | None:
    """The position of the row that looks most like a header; the first of equals; None without a row."""
    scores = [_score(row.cells, field) for row in rows]
    best = max(scores, default=(0, 0))
    return scores.index(best) if best > (0, 0) else None


def _score(cells: Sequence[str], field: Callable[[str], str | None]) -> tuple[int, int]:
    fields = {found for cell in cells if (found := field(cell)) is not None}
    return len(fields) + _TITLE_WEIGHT * ("title" in fields), sum(bool(cell.strip()) for cell in cells)


def _rows(path: str, text: str, delimiter: str) -> tuple[list[Row], tuple[Problem, ...]]:
    """All rows. A last row of our own shows whether a quote before it is still open."""
    rows, too_long = _read(f"{text}\n{_END}", delimiter)
    if too_long:
        return rows, (_too_long(path, too_long),)
    last = rows.pop()
    if last.cells == [_END]:
        return rows, ()
    return rows, (_open_quote(path, last.line),)


def _read(text: str, delimiter: str, *, limit: int | None = None) -> tuple[list[Row], int]:
    """The rows, and the line of a cell that is too long to read on (0 if there is none)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    line = 1
    try:
        for cells in islice(reader, limit):
            rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return rows, line
    return rows, 0


def _too_long(path: str, line: int) -> Problem:
    message = f"A cell that begins here is longer than {csv.field_size_limit():,} characters."
    return _broken(path, "cell-too-long", message, 'Often a quote (") is opened and never closed.', line=line)


def _open_quote(path: str, line: int) -> Problem:
    message = 'A quote (") opens in this row and never closes: it swallows the rest of the list.'
    return _broken(path, "open-quote", message, "Close the quote, or export the list again.", line=line)


def _broken(path: str, code: str, message: str, fix: str, *, line: int = 0) -> Problem:
    return Problem(path=path, code=code, message=message, fix=fix, line=line)
