"""Three versions of one file become one, key by key; only what both sides truly changed differently is left to ask.

Values are what YAML says: mappings, lists, texts, numbers, dates. Refuses nothing; loses nothing: what one side
deleted and the other changed is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

Side = Literal["ours", "theirs"]


class Disagreement(NamedTuple):
    """Both sides changed this differently. `where`: the keys that lead to it."""

    where: tuple[str, ...]
    base: Any
    ours: Any
    theirs: Any


Settle = Callable[[Disagreement], Side | None]
"""Which side is right; None: nobody knows yet."""


def merged(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], settle: Settle
) -> tuple[dict[str, Any], tuple[Disagreement, ...]]:
    """The values of both sides, and what nobody settled (there ours stands)."""
    left: list[Disagreement] = []

    def settled(found: Disagreement) -> Side | None:
        side = settle(found)
        if side is None:
            left.append(found)
        return side

    whole = _mapping(_folded(base), _folded(ours), _folded(theirs), where=(), settle=settled)
    return _unfolded(whole), tuple(left)


_MISSING: Any = None
_STEPS = ("status", "accepted", "started", "ended")
"""What one step of an item writes: it is taken from one side as a whole."""
_WHOLE = frozenset({"decision", "months", "parts", "offer", "runs", "source"})
"""Half of the one and half of the other would be neither."""
_KEYS = ("id", "item", "date", "title", "from")
"""By which of these the entries of a list are known."""


def _folded(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with an item's step as one value, under the first of its keys."""
    step = {key: values[key] for key in _STEPS if key in values}
    if not step:
        return dict(values)
    rest = {key: value for key, value in values.items() if key not in _STEPS}
    return {**rest, "status": step}


def _unfolded(values: Mapping[str, Any]) -> dict[str, Any]:
    step = values.get("status")
    rest = {key: value for key, value in values.items() if key != "status"}
    return {**rest, **step} if isinstance(step, dict) else dict(values)


def _mapping(
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    where: tuple[str, ...],
    settle: Settle,
) -> dict[str, Any]:
    merged_: dict[str, Any] = {}
    for key in dict.fromkeys((*ours, *theirs)):
        value = _value(base.get(key), ours.get(key), theirs.get(key), where=(*where, key), settle=settle)
        if value is not _MISSING:
            merged_[key] = value
    return merged_


def _value(base: Any, ours: Any, theirs: Any, *, where: tuple[str, ...], settle: Settle) -> Any:
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    for rule in (_step, _newer, _parts, _set, _entries):
        if (found := rule(base, ours, theirs, where, settle)) is not None:
            return found
    disagreement = Disagreement(where, base, ours, theirs)
    return theirs if settle(disagreement) == "theirs" else ours


def _step(base: Any, ours: Any, theirs: Any, where: tuple[str, ...], settle: Settle) -> Any:
    """The same step on both sides, made on different days, was made on the first; different steps disagree."""
    if where != ("status",) or not isinstance(ours, dict) or not isinstance(theirs, dict):
        return None
    if ours.get("status") != theirs.get("status"):
        side = settle(Disagreement(where, base, ours, theirs))
        return theirs if side == "theirs" else ours
    days = {key: _first(ours.get(key), theirs.get(key)) for key in ("accepted", "started")}
    ended = _value(
        (base or {}).get("ended"), ours.get("ended"), theirs.get("ended"), where=("ended",), settle=settle
    )
    step = {"status": ours["status"], **days, "ended": ended}
    return {key: value for key, value in step.items() if value is not None}


def _first(ours: date | None, theirs: date | None) -> date | None:
    known = [day for day in (ours, theirs) if day is not None]
    return min(known, default=None)


def _newer(base: Any, ours: Any, theirs: Any, where: tuple[str, ...], settle: Settle) -> Any:
    """Of two reviews the later one counts."""
    del base, settle
    if where != ("reviewed",) or not all(isinstance(side, dict) for side in (ours, theirs)):
        return None
    if ours["date"] == theirs["date"]:
        return None
    return max((ours, theirs), key=lambda review: review["date"])


def _parts(base: Any, ours: Any, theirs: Any, where: tuple[str, ...], settle: Settle) -> Any:
    """Mappings: key by key, unless they only make sense as a whole."""
    if not isinstance(ours, dict) or not isinstance(theirs, dict) or where[-1] in _WHOLE:
        return None
    return _mapping(base if isinstance(base, dict) else {}, ours, theirs, where=where, settle=settle)


def _set(base: Any, ours: Any, theirs: Any, where: tuple[str, ...], settle: Settle) -> Any:
    """Lists of words: what either side added is in, what either side took out is out."""
    del settle
    if not (_is_words(ours) and _is_words(theirs) and _is_words(base or [])) or where[-1] in _WHOLE:
        return None
    gone = {word for word in base or () if word not in ours or word not in theirs}
    return [word for word in dict.fromkeys((*ours, *theirs)) if word not in gone]


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(entry, dict | list) for entry in value)


def _entries(base: Any, ours: Any, theirs: Any, where: tuple[str, ...], settle: Settle) -> Any:
    """Lists of mappings that are known by a key: entry by entry; readings in the order of their days."""
    if where[-1] == "changes" and isinstance(ours, list) and isinstance(theirs, list):
        return sorted(
            [*ours, *(entry for entry in theirs if entry not in ours)], key=lambda entry: entry["date"]
        )
    key = _key_of(base or [], ours, theirs)
    if key is None or where[-1] in _WHOLE:
        return None
    old, mine, other = ({str(entry[key]): entry for entry in side} for side in (base or [], ours, theirs))
    found = [
        entry
        for name in dict.fromkeys((*mine, *other))
        if (
            entry := _entry(
                old.get(name), mine.get(name), other.get(name), where=(*where, name), settle=settle
            )
        )
    ]
    return sorted(found, key=lambda entry: entry["date"]) if key == "date" else found


def _entry(base: Any, ours: Any, theirs: Any, *, where: tuple[str, ...], settle: Settle) -> Any:
    """One entry; deleted by one side and changed by the other, it stays."""
    if ours is None or theirs is None:
        kept = ours if theirs is None else theirs
        return None if kept == base else kept
    return _value(base, ours, theirs, where=where, settle=settle)


def _key_of(*sides: Sequence[Any]) -> str | None:
    """The key by which every entry of every side is known, and no two of a side alike."""
    for side in sides:
        if not isinstance(side, list) or not all(isinstance(entry, dict) for entry in side):
            return None
    return next((key for key in _KEYS if all(_is_key(side, key) for side in sides)), None)


def _is_key(side: Sequence[Mapping[str, Any]], key: str) -> bool:
    names = [entry.get(key) for entry in side]
    return None not in names and len({str(name) for name in names}) == len(names)
