"""What every importer returns: drafts of items as text fields, and what it could not read.

A draft's fields carry the names of `mbl.model.item.Item` and values in the spelling of the YAML files
(`estimate: 5d`, `due: 2026-12-01`, lists as tuples); the model validates them later, like any file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mbl.errors import Problem

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One request as the foreign list has it. `line` is the line of `path` where its row begins, from 1.

    `id` is the row's own mbl id, if the list has such a column; `key` what matches the row at the next
    import: the row's own key, or its title and requester.
    """

    path: str
    line: int
    fields: Mapping[str, Value]
    key: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """What one file gave. `remarks` are sentences for the user: what was mapped, skipped, assumed."""

    path: str
    source: str
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user said about the import. `columns` maps a column's header to a field, or to "" to leave it out.

    `point` is what a story point means in effort ("1d"), None if never said. `advance(done, all)` is called as rows are read.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    point: str | None = None
    requester: str | None = None
    owner: str | None = None
    advance: Callable[[int, int], None] = lambda done, total: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A source: its name on the command line, one line about it, and the function that reads one file's bytes."""

    name: str
    about: str
    drafts: Callable[[str, bytes, Wishes], Drafts]
