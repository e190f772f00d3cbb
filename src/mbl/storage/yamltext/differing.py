"""A list or mapping changed entry by entry, at any depth: only what differs is touched.

Refuses what `entries` refuses; the value is then written anew as a whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mbl.storage.yamltext.entries import entries
from mbl.storage.yamltext.pairs import with_key
from mbl.storage.yamltext.writing import plain

Path = tuple[str | int, ...]


def has_entries_of_both(was: Any, wanted: Any) -> bool:
    """Whether both are lists or both are mappings, and neither is empty."""
    kinds: tuple[Any, ...] = (dict, list)
    return bool(was and wanted) and any(isinstance(was, kind) and isinstance(wanted, kind) for kind in kinds)


def within(text: str, path: Path, was: Any, wanted: Any) -> str:
    """The text with `wanted` at `path`, where `was` (as it is read) stands now. Raises Malformed."""
    change = _mapping if isinstance(was, dict) else _list
    return change(text, path, was, wanted)


def in_its_words(said: Any, old: Any, new: Any) -> Any:
    """The new value; what of it is as it was stays as the file says it: a default that it states, 0.80 for 0.8.

    `said` is what the file says, `old` what that means in mbl's own words.
    """
    if old == new and said is not None:
        return said
    if all(isinstance(each, dict) for each in (said, old, new)):
        stated = {key: value for key, value in said.items() if key not in old and key not in new}
        known = {key: in_its_words(said.get(key), old.get(key), value) for key, value in new.items()}
        return {**known, **stated}
    if all(isinstance(each, list) for each in (said, old, new)) and len(said) == len(old):
        pairs = zip(_origins(old, new), new, strict=True)
        return [entry if at is None else in_its_words(said[at], old[at], entry) for at, entry in pairs]
    return new


def _mapping(text: str, path: Path, was: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    after = plain(wanted)
    changed = [(name, wanted.get(name)) for name in {**was, **after} if was.get(name) != after.get(name)]
    # What goes is removed last: its neighbours find their places by it.
    for name, value in sorted(changed, key=lambda change: change[1] is None):
        if has_entries_of_both(was.get(name), value):
            text = within(text, (*path, name), was[name], value)
        else:
            text = with_key(entries(text, path), name, value, order=list(wanted), keep=False)
    return text


def _list(text: str, path: Path, was: Sequence[Any], wanted: Sequence[Any]) -> str:
    """From the last entry to the first: what stands above keeps its place."""
    origins = _origins(was, plain(wanted))
    for at in range(len(was), -1, -1):
        for new in reversed(tuple(_new_at(at, origins, wanted))):
            here = entries(text, path)
            text = here.behind(at - 1, here.written(new)) if at else here.above(0, here.written(new))
        if at and at - 1 not in origins:
            text = entries(text, path).without(at - 1)
        elif at:
            text = _entry(text, (*path, at - 1), was[at - 1], wanted[origins.index(at - 1)])
    return text


def _entry(text: str, path: Path, was: Any, wanted: Any) -> str:
    if has_entries_of_both(was, wanted):
        return within(text, path, was, wanted)
    return text if was == plain(wanted) else entries(text, path[:-1]).replaced(int(path[-1]), wanted)


def _new_at(at: int, origins: Sequence[int | None], wanted: Sequence[Any]) -> Iterator[Any]:
    """The new entries behind the one that was the last before this place."""
    place = 0
    for origin, entry in zip(origins, wanted, strict=True):
        if origin is not None:
            place = origin + 1
        elif place == at:
            yield entry


def _origins(before: Sequence[Any], after: Sequence[Any]) -> list[int | None]:
    """The place that each entry had before; None if it is new. Of what was replaced each stands for one that was."""
    from difflib import SequenceMatcher

    found: list[int | None] = []
    for _, first, last, start, end in SequenceMatcher(None, *_names(before, after), False).get_opcodes():  # noqa: FBT003
        common = min(last - first, end - start)
        found += [*range(first, first + common), *[None] * (end - start - common)]
    return found


def _names(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[str], list[str]]:
    """What tells the entries apart: their `id` or `date` where each has its own, else all they say."""
    both = (before, after)
    for key in ("id", "date") if all(isinstance(each, dict) for each in (*before, *after)) else ():
        one, other = ([str(entry.get(key) or "") for entry in entries] for entries in both)
        if all("" not in names and len(set(names)) == len(names) for names in (one, other)):
            return one, other
    one, other = ([repr(_sorted(entry)) for entry in entries] for entries in both)
    return one, other


def _sorted(entry: Any) -> Any:
    return sorted(entry.items()) if isinstance(entry, dict) else entry
