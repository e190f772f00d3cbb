"""Values and titles in one short line, for people and for commit messages. Refuses what would steer a terminal."""

import re
from collections.abc import Iterator
from typing import Any

LONGEST_TITLE = 80
LONGEST_TEXT = 120


def from_to(was: Any, now: Any) -> str:
    """`5d → 8d`, `8d` where nothing was before, `removed` where nothing is left; of a list only what differs in it."""
    if now in (None, "", [], {}):
        return "removed"
    old, new = _by_name(was), _by_name(now)
    if old and new:
        return short("; ".join(_entry_changes(old, new)), LONGEST_TEXT * 2)
    return f"{_words(was)} → {_words(now)}" if was not in (None, "", [], {}) else _words(now)


def quoted(title: str) -> str:
    """A title in quotation marks."""
    return f'"{short(title, LONGEST_TITLE)}"'


def short(text: str, longest: int) -> str:
    """The text on one line, without what would steer a terminal or turn the line round."""
    line = " ".join(re.sub("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", " ", text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _by_name(value: Any) -> dict[str, dict[str, Any]]:
    """The entries of a list by their `id` or `date`; nothing unless each has one of its own."""
    entries = value if isinstance(value, list) else []
    named = {str(entry.get("id") or entry.get("date")): entry for entry in entries if isinstance(entry, dict)}
    return named if len(named) == len(entries) and "None" not in named else {}


def _entry_changes(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name in {**old, **new}:
        was, now = old.get(name), new.get(name)
        if was is None:
            yield f"added {_words(now)}"
        elif now is None:
            yield f"removed {_words(name)}"
        else:
            keys = [key for key in {**was, **now} if was.get(key) != now.get(key)]
            yield from (f"{_words(name)} {key} {from_to(was.get(key), now.get(key))}" for key in keys)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return short(", ".join(_words(entry) for entry in value), LONGEST_TEXT)
    if isinstance(value, dict):
        pairs = (f"{_words(key)} {_words(entry)}" for key, entry in value.items())
        return short(", ".join(pairs), LONGEST_TEXT)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return short(str(value), 60)
