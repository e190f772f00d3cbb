"""Set top-level values in a text and leave every other byte alone.

Each value is found by its marks and replaced as characters, lists and mappings entry by entry; the result is read
again and compared with what was meant. Refuses a text where no way of writing the value reads as meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mbl.storage.yamltext.differing import has_entries_of_both, in_its_words, within
from mbl.storage.yamltext.entries import entries, not_editable
from mbl.storage.yamltext.faults import Malformed
from mbl.storage.yamltext.pairs import with_key
from mbl.storage.yamltext.reading import load
from mbl.storage.yamltext.writing import plain, quoted


def set_keys(
    text: str, changes: Mapping[str, Any], *, order: Sequence[str], kept: frozenset[str],
    former: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    """The text with these top-level values set; nothing else changes by a byte.

    None removes the key, unless it is `kept`: then it stays, empty. A new key goes behind its nearest
    neighbour in `order`. What a list or mapping says in other words than `former` (the values before, in mbl's
    own words) stays so where it does not change. Raises Malformed if no result reads as meant.
    """
    body = text.lstrip("\ufeff")
    mark = text[: len(text) - len(body)]
    said = load("", body)
    if not isinstance(said, dict | None):
        raise Malformed(not_editable())
    said = said or {}
    # What goes is removed last: its neighbours find their places by it.
    for key, value in sorted(changes.items(), key=lambda change: change[1] is None):
        was, now = (
            said.get(key),
            value if former is None else in_its_words(said.get(key), former.get(key), value),
        )
        said = {**said, key: now}
        wanted = plain(said)
        ways = _ways(body, key, was, now, order=order, keep=key in kept)
        found = next((way for way in ways if _reads_as(way, wanted)), None)
        if found is None:
            raise Malformed(not_editable())
        body = found
    return mark + body


def _ways(text: str, key: str, was: Any, value: Any, *, order: Sequence[str], keep: bool) -> Iterator[str]:
    """Entry by entry; else as a whole, in mbl's style; else, should that not read as meant, in double quotes."""
    if has_entries_of_both(was, value):
        yield _as_careful(text, key, was, value)
    here = entries(text)
    yield with_key(here, key, value, order=order, keep=keep)
    if isinstance(value, str):
        yield with_key(here, key, quoted(value), order=order, keep=keep)


def _as_careful(text: str, key: str, was: Any, value: Any) -> str:
    try:
        return within(text, (key,), was, value)
    except Malformed:
        return text


def _reads_as(text: str, wanted: Any) -> bool:
    try:
        found = load("", text)
        return bool(plain({} if found is None else found) == wanted)
    except Malformed:
        return False
