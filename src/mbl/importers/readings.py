"""A CSV file of readings: a column of dates, and one for each counter.

Refuses a file without a column of dates, a date that cannot be read, and what is no count; an empty cell was not read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from mbl.core.campaigns.counts import Counts, Rows, count, joined, refuse_all
from mbl.errors import MblError, Problem
from mbl.importers.cells import Cell
from mbl.importers.columns import Column
from mbl.importers.dates import dates
from mbl.importers.draft import Wishes
from mbl.importers.sheet import Row, Sheet, sheet
from mbl.importers.words import plain

_DATES = frozenset({"date", "day", "datum", "tag", "fecha", "dia", "日付"})


def readings(path: str, content: bytes, *, counters: Sequence[str]) -> Rows:
    """The counts of each day in a CSV file; columns of another name than the counters keep it. Raises MblError.

    The error has every problem, with its line.
    """
    known = {plain(name): name for name in counters}
    found = sheet(path, content, field=lambda header: _field(header, known))
    if isinstance(found, Problem):
        raise _refusal((found,))
    days = next((at for at, header in enumerate(found.header.cells) if plain(header) in _DATES), None)
    if days is None:
        raise MblError(
            f"{path} has no column of dates.",
            hint=f"Its first line should be: {','.join(('date', *counters))}",
        )
    names = {
        at: known.get(plain(header), header.strip())
        for at, header in enumerate(found.header.cells)
        if at != days and header.strip()
    }
    twice = [name for name, times in Counter(names.values()).items() if times > 1]
    if twice:
        raise MblError(f"{path} has {twice[0]} in two columns.", hint="Keep one of the two.")
    rows = tuple(row for row in found.rows if any(cell.strip() for cell in row.cells))
    when = _days(path, found, rows, days)
    counts: list[tuple[date, Counts]] = []
    refuse_all(_counts(zip(rows, when, strict=True), names, counts))
    return joined(counts)


def _field(header: str, known: dict[str, str]) -> str | None:
    return "date" if plain(header) in _DATES else known.get(plain(header))


def _days(path: str, found: Sheet, rows: Sequence[Row], at: int) -> tuple[date | None, ...]:
    """The day of each row. Raises MblError with every date that cannot be read; a month is none."""
    cells = [Cell(row.line, _at(row, at)) for row in rows]
    column = Column(index=at, header=found.header.cells[at], field="date")
    read = dates(path, column, cells, Wishes())
    if found.problems or read.problems:
        raise _refusal((*found.problems, *read.problems))
    if any("month" in remark for remark in read.remarks):
        raise MblError(f"{path}: a month is no day.", hint="Write whole dates, like 2026-11-12.")
    return tuple(date.fromisoformat(value) if isinstance(value, str) else None for value in read.values)


def _counts(
    rows: Iterable[tuple[Row, date | None]], names: Mapping[int, str], counts: list[tuple[date, Counts]]
) -> Iterator[MblError]:
    for row, day in rows:
        if day is None:
            yield MblError(f"line {row.line}: there is no date.", hint="Write the day of the reading.")
            continue
        of_day: dict[str, int | None] = {}
        for at, name in names.items():
            try:
                if (value := count(_at(row, at))) is not None:
                    of_day[name] = value
            except MblError as error:
                yield MblError(f"line {row.line}: {name}: {error.message}.", hint=error.hint)
        counts.append((day, of_day))


def _at(row: Row, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""


def _refusal(problems: Sequence[Problem]) -> MblError:
    lines = [f"{each.where}: {each.message}" for each in problems]
    hints = dict.fromkeys(each.fix for each in problems if each.fix)
    return MblError("\n".join(lines), hint="\n".join(hints), problems=tuple(problems))
