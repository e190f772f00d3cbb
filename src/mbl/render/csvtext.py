"""The table of a report as CSV: raw values under the columns' keys, harmless in a spreadsheet.

A report without a table is refused. A text that a spreadsheet would run as a formula begins with an apostrophe.
"""

import csv
import re
from collections.abc import Mapping
from io import StringIO
from math import isfinite
from operator import itemgetter
from typing import Any

from mbl.core.report import Column, Plot, Report, Table
from mbl.errors import MblError
from mbl.render.canvas import Canvas
from mbl.render.safe import lines

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")  # also in full width, which some take
_ANSWERS: Mapping[bool | None, str] = {None: "", True: "true", False: "false"}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def text(report: Report, canvas: Canvas) -> str:
    """The report's table, else the first of its blocks, else the points of a plot, a line per row. Dates ISO, lists joined with ", ", unknown is empty. MblError (exit 2)."""
    del canvas
    table = report.table or next((block for block in report.blocks if isinstance(block, Table)), None)
    table = table or next((_points(block) for block in report.blocks if isinstance(block, Plot)), None)
    if table is None:
        raise MblError(
            f"This report ({report.kind}) has no table that could be written as CSV.",
            hint="Use -f table, -f md or -f json.",
            exit_code=2,
        )
    file = StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow([column.key for column in table.columns])
    rows.writerows([_cell(column.value(row)) for column in table.columns] for row in table.rows)
    return file.getvalue()


def _points(plot: Plot) -> Table:
    columns = tuple(
        Column(key=key, label=key, value=itemgetter(at)) for at, key in enumerate(("date", "series", "value"))
    )
    rows = [(day, series.name, value) for series in plot.series for day, value in series.points]
    return Table(columns=columns, rows=rows, what="points")


def _cell(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return _ANSWERS[value]
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        return _neutral(", ".join(map(str, value)))
    return _neutral(str(value))


def _number(value: float) -> str:
    if not isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def _neutral(value: str) -> str:
    formula = _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    safe = value if value.isprintable() else "\n".join(lines(value))
    return f"'{safe}" if formula else safe
