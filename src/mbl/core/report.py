"""What a command answers, before anyone draws it: every view is a `Report`, every format draws a `Report`.

Rows stay what they are (items, problems, tuples); a column knows how to read its value from a row, so
nothing is computed that no format asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "number", "days", "share", "date", "age", "moscow", "names", "position"]
Tone = Literal["plain", "headline", "hint", "good", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `key` for JSON, CSV and `--columns`; `value` reads the raw value (or None) from a row.

    `least` is the narrowest width in a crowded terminal; 0 means never narrower than its content.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    kind: Kind = "text"
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns. `what` names the rows in the plural: "items", "problems"."""

    columns: tuple[Column, ...]
    rows: Sequence[Any]
    title: str = ""
    what: str = "rows"

    def records(self) -> list[dict[str, Any]]:
        """The rows as JSON objects, one key a column."""
        return [{column.key: column.value(row) for column in self.columns} for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its length is `value`, `text` is written behind it."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A bar chart; all bars share one scale."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One lane of a calendar in one month: a bar of `load` in `capacity` with `text` behind it, then the entries.

    An entry is a mark and a title. Without a capacity there is no bar.
    """

    load: float = 0.0
    capacity: float = 0.0
    text: str = ""
    entries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Months side by side; each lane is a name and a cell for each month. `what` names the lanes: "Team"."""

    title: str
    what: str
    months: tuple[str, ...]
    lanes: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Label and value pairs, one a line; a value may have several lines."""

    facts: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A sentence or a paragraph. `verbatim` text keeps its lines as they are."""

    text: str
    tone: Tone = "plain"
    verbatim: bool = False


Block = Table | Bars | Calendar | Facts | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer: `payload()` for JSON (without the envelope), `blocks` for people, top to bottom.

    `table` is for CSV, where the blocks hold none. `answer` is False when the report's answer is no: the command then exits with 1.
    """

    kind: str
    payload: Callable[[], Mapping[str, Any]]
    blocks: tuple[Block, ...]
    answer: bool = True
    table: Table | None = None
