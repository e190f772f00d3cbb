"""One thing that changed between two backlogs, in words and as plain values. Refuses nothing."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

from mbl.model.noun import key_of

What = Literal["added", "moved", "changed", "ended", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed. `before` and `after` are plain values; positions for a move.

    `verb` names the step in a summary: changes of one verb are counted together.
    """

    id: str
    what: What
    field: str | None = None
    before: Any = None
    after: Any = None
    words: str
    verb: str


KEYS = ("id", "what", "field", "before", "after", "words")
"""What of a change the formats for programs have."""


def cell(change: Change, key: str) -> Any:
    """One value of the change for a table: a list or mapping as JSON, since a cell holds one text."""
    value = getattr(change, key)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def plain(value: Any) -> Any:
    """The value as JSON would have it; a noun as a mapping without what is empty."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((key_of(field.name), plain(getattr(value, field.name))) for field in fields(value))
        return {key: entry for key, entry in pairs if entry not in (None, [], {})}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return value
