"""Lists from spreadsheets: one CSV or TSV file becomes drafts of items, one a row.

Refuses to guess: what can be read in two ways is a problem that says how to decide it, and what is left out
is named in a remark. All problems of a file come at once; a cell with a problem has no value in its draft.
"""

from collections.abc import Callable, Mapping, Sequence

from mbl.errors import Problem
from mbl.importers.cells import Cell, Reading, identity, line, links, name, names, quoted, text, word
from mbl.importers.columns import Column, absent, columns, known, said, settled, untitled
from mbl.importers.dates import dates
from mbl.importers.draft import Drafts, Value, Wishes
from mbl.importers.estimates import efforts
from mbl.importers.headers import DATES, EFFORTS
from mbl.importers.keys import keyed, twice
from mbl.importers.rows import kept
from mbl.importers.sheet import Row, Sheet, sheet

_STEP = 100
_FORMS = {"d": "days", "h": "hours", "w": "weeks", "p": "points"}
_FORMS |= {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_READERS: Mapping[str, Callable[[str, Column, Sequence[Cell], Wishes], Reading]] = {
    **dict.fromkeys(DATES, dates),
    **dict.fromkeys(EFFORTS, efforts),
    **dict.fromkeys(("status", "moscow"), word),
    **dict.fromkeys(("team", "audience"), name),
    **dict.fromkeys(("outcomes", "labels"), names),
    **dict.fromkeys(("how", "description", "reason"), text),
    "links": links,
    "id": identity,
}


def csv(path: str, content: bytes, wishes: Wishes) -> Drafts:
    """The drafts in the bytes of one CSV file. Their `source` is the file's name without its ending.

    A problem's `line` is the line of the file where the row begins, its `column` the number of the cell.
    """
    wished, unclear = said(path, wishes.columns)

    def field(header: str) -> str | None:
        meaning = known(header, wished)
        return meaning.field if meaning else None

    found = sheet(path, content, field=field)
    if isinstance(found, Problem):
        return Drafts(path=path, source=_stem(path), drafts=(), problems=(*unclear, found))
    headers, at = found.header.cells, found.header.line
    named, wrong = columns(path, headers, line=at, wishes=wished)
    missing = absent(path, headers, line=at, wishes=wishes.columns)
    using = settled(named, [row.cells for row in found.rows])
    nameless = untitled(path, headers, using, line=at)
    drafts = _drafts(path, found, () if nameless else using, wishes)
    return Drafts(
        path=path,
        source=drafts.source,
        drafts=drafts.drafts,
        problems=_by_line((*unclear, *found.problems, *missing, *wrong, *nameless, *drafts.problems)),
        remarks=(*found.remarks, *drafts.remarks),
    )


def _drafts(path: str, found: Sheet, using: Sequence[Column], wishes: Wishes) -> Drafts:
    if not using:
        return Drafts(path=path, source=_stem(path), drafts=())
    taken = kept(path, found, using)
    readings = [(column, _reading(path, column, taken.rows, wishes)) for column in using if column.field]
    rows = _fields(readings, len(taken.rows), wishes)
    lines = [row.line for row in taken.rows]
    drafts, again = keyed(path, lines, rows)
    return Drafts(
        path=path,
        source=_stem(path),
        drafts=drafts,
        problems=(
            *taken.problems,
            *(problem for _, each in readings for problem in each.problems),
            *twice(path, lines, rows, field="id"),
            *twice(path, lines, rows, field="key"),
        ),
        remarks=(
            *_used(using, taken.rows),
            *taken.remarks,
            *(remark for _, each in readings for remark in each.remarks),
            *again,
            *(() if drafts else ("there are no requests below the header",)),
        ),
    )


def _reading(path: str, column: Column, rows: Sequence[Row], wishes: Wishes) -> Reading:
    cells = [Cell(row.line, row.cells[column.index]) for row in rows]
    return _READERS.get(column.field, line)(path, column, cells, wishes)


def _fields(readings: Sequence[tuple[Column, Reading]], total: int, wishes: Wishes) -> list[dict[str, Value]]:
    """The fields of every row; what the user said about all rows fills the gaps."""
    common = {"requester": wishes.requester, "owner": wishes.owner}
    rows: list[dict[str, Value]] = []
    for position in range(total):
        if position % _STEP == 0:
            wishes.advance(position, total)
        fields: dict[str, Value] = {}
        for column, found in readings:
            value = found.values[position]
            if value is not None:
                fields[column.field] = _joined(fields.get(column.field), value)
        rows.append({**{key: value for key, value in common.items() if value}, **fields})
    wishes.advance(total, total)
    return rows


def _joined(before: Value | None, value: Value) -> Value:
    if isinstance(before, tuple) and isinstance(value, tuple):
        return tuple(dict.fromkeys((*before, *value)))
    return f"{before}\n\n{value}" if before else value


def _used(using: Sequence[Column], rows: Sequence[Row]) -> tuple[str, ...]:
    """Which column became what, and which ones are left out."""
    read = [f"{quoted(column.header)} → {column.field}{_aside(column)}" for column in using if column.field]
    idle = [column for column in using if not column.field and not column.said]
    out = [f"{quoted(column.header)}{_aside(column)}" for column in idle if column.header]
    out += [f"column {one.index + 1} (no header)" for one in idle if not one.header and _says(one, rows)]
    return (f"read: {', '.join(read)}", *((f"left out: {', '.join(out)}",) if out else ()))


def _aside(column: Column) -> str:
    said_ = column.why or _FORMS.get(column.form, "")
    return f" ({said_})" if said_ else ""


def _says(column: Column, rows: Sequence[Row]) -> bool:
    return any(row.cells[column.index] for row in rows)


def _stem(path: str) -> str:
    file = path.replace("\\", "/").rsplit("/", 1)[-1]
    return file.rpartition(".")[0] or file


def _by_line(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
