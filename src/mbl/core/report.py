"""What a command answers, before anyone draws it: every view is a `Report`, every format draws a `Report`.

Rows stay what they are (items, problems, tuples); a column knows how to read its value from a row, so
nothing is computed that no format asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from mbl.model.noun import record

Kind = Literal[
    "text", "number", "days", "share", "date", "age", "moscow", "names", "position", "skill", "fit"
]
Tone = Literal["plain", "headline", "hint", "good", "bad"]


@record
class Column:
    """One column: `key` for JSON, CSV and `--columns`; `value` reads the raw value (or None) from a row.

    `least` is the narrowest width in a crowded terminal; 0 means never narrower than its content.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    kind: Kind = "text"
    least: int = 0


class Rule(NamedTuple):
    """A line across a table, after so many of its rows (0: above the first), with what it means."""

    after: int
    text: str


@record
class Table:
    """Rows under columns, with lines across. `what` names the rows in the plural: "items", "problems"."""

    columns: tuple[Column, ...]
    rows: Sequence[Any]
    title: str = ""
    what: str = "rows"
    rules: tuple[Rule, ...] = ()

    def records(self) -> list[dict[str, Any]]:
        """The rows as JSON objects, one key a column."""
        return [{column.key: column.value(row) for column in self.columns} for row in self.rows]


@record
class Bar:
    """One bar: its length is `value`, `text` is written behind it."""

    label: str
    value: float
    text: str


@record
class Bars:
    """A bar chart; all bars share one scale."""

    title: str
    bars: tuple[Bar, ...]


@record
class Cell:
    """One lane of a calendar in one month: a bar of `load` in `capacity` with `text` behind it, then the entries.

    An entry is a mark and a title. Without a capacity there is no bar.
    """

    load: float = 0.0
    capacity: float = 0.0
    text: str = ""
    entries: tuple[tuple[str, str], ...] = ()


@record
class Calendar:
    """Months side by side; each lane is a name and a cell for each month. `what` names the lanes: "Team"."""

    title: str
    what: str
    months: tuple[str, ...]
    lanes: tuple[tuple[str, tuple[Cell, ...]], ...]


Point = tuple[date, float]


@record
class Series:
    """What was read, day by day, the oldest first."""

    name: str
    points: tuple[Point, ...]


@record
class Straight:
    """A straight line to compare a series with."""

    name: str
    start: Point
    end: Point


@record
class Plot:
    """Series over the days, and straight lines beside them; `height` in lines, without axis, title and legend."""

    title: str
    series: tuple[Series, ...]
    lines: tuple[Straight, ...] = ()
    height: int = 8


class Strip(NamedTuple):
    """A row of small columns, one a period, and `text` behind it; None: nothing is known of that period."""

    label: str
    values: tuple[float | None, ...]
    text: str = ""


class Strips(NamedTuple):
    """Rows of small columns below each other, on one scale; `periods` names the columns, `what` says what they are."""

    title: str
    what: str
    periods: tuple[str, ...]
    rows: tuple[Strip, ...]


@record
class Lane:
    """A row of a heat strip: a whole number for each column; more than `most` is too much."""

    label: str
    values: tuple[int, ...]
    most: int


@record
class Heat:
    """How full each day or week is, lane by lane. A column is its group and its own label: "Nov", "23". `what` names the lanes."""

    title: str
    what: str
    columns: tuple[tuple[str, str], ...]
    lanes: tuple[Lane, ...]


@record
class Facts:
    """Label and value pairs, one a line; a value may have several lines.

    Where a page can, a long list that `folds` shows only its title until somebody wants it.
    """

    facts: tuple[tuple[str, str], ...]
    title: str = ""
    folds: bool = False


@record
class Words:
    """A sentence or a paragraph. `verbatim` text keeps its lines as they are."""

    text: str
    tone: Tone = "plain"
    verbatim: bool = False


Block = Table | Bars | Strips | Heat | Calendar | Plot | Facts | Words


@record
class Report:
    """The answer: `payload()` for JSON (without the envelope), `blocks` for people, top to bottom.

    `table` is for CSV, where the blocks hold none. `answer` is False when the report's answer is no: the command then exits with 1.
    """

    kind: str
    payload: Callable[[], Mapping[str, Any]]
    blocks: tuple[Block, ...]
    answer: bool = True
    table: Table | None = None
