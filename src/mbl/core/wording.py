"""Values and titles in one short line, for people and for commit messages. Refuses what would steer a terminal."""

import re
from collections.abc import Iterator
from typing import Any

LONGEST_TITLE = 80
LONGEST_TEXT = 120
DONE = {
    "add": "added", "rank": "moved", "edit": "changed", "accept": "accepted", "start": "started", "done": "done:",
    "decline": "declined", "drop": "dropped", "reopen": "reopened", "take back": "took back", "remove": "removed",
    "rename": "renamed", "new rank key for": "gave a new rank key to",
    "keep": "kept", "put off": "put off",
}  # fmt: skip
"""The verbs with which a change begins, as what was done."""

_NAMES = ("id", "date", "title", "from")


def from_to(was: Any, now: Any) -> str:
    """`5d → 8d`, `8d` where nothing was before, `removed` where nothing is left; of a list or mapping only what differs in it."""
    if now in (None, "", [], {}):
        return "removed"
    old, new = _by_name(was), _by_name(now)
    if old and new:
        return short("; ".join(_entry_changes(old, new)), LONGEST_TEXT * 2)
    if isinstance(was, dict) and isinstance(now, dict) and was:
        keys = [key for key in {**was, **now} if was.get(key) != now.get(key)]
        said = (f"{value_words(key)} {from_to(was.get(key), now.get(key))}" for key in keys)
        return short("; ".join(said), LONGEST_TEXT * 2)
    return f"{value_words(was)} → {value_words(now)}" if was not in (None, "", [], {}) else value_words(now)


def value_words(value: Any) -> str:
    """A plain value in one line: `q4, fair`, `date 2026-11-12, by ana`."""
    if isinstance(value, list):
        return short(", ".join(value_words(entry) for entry in value), LONGEST_TEXT)
    if isinstance(value, dict):
        pairs = (f"{value_words(key)} {value_words(entry)}" for key, entry in value.items())
        return short(", ".join(pairs), LONGEST_TEXT)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return short(str(value), 60)


def quoted(title: str) -> str:
    """A title in quotation marks."""
    return f'"{short(title, LONGEST_TITLE)}"'


def short(text: str, longest: int) -> str:
    """The text on one line, without what would steer a terminal or turn the line round."""
    line = " ".join(re.sub("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", " ", text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _by_name(value: Any) -> dict[str, dict[str, Any]]:
    """The entries of a list by what tells them apart; nothing unless each has one of its own."""
    entries = value if isinstance(value, list) else []
    named = {
        next((str(entry[key]) for key in _NAMES if entry.get(key)), "None"): entry
        for entry in entries
        if isinstance(entry, dict)
    }
    return named if len(named) == len(entries) and "None" not in named else {}


def _entry_changes(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name in {**old, **new}:
        was, now = old.get(name), new.get(name)
        if was is None:
            yield f"added {value_words(now)}"
        elif now is None:
            yield f"removed {value_words(name)}"
        else:
            keys = [key for key in {**was, **now} if was.get(key) != now.get(key)]
            yield from (f"{value_words(name)} {key} {from_to(was.get(key), now.get(key))}" for key in keys)
