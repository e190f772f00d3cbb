"""Text → dicts, lists, strings and None, with the place of each in the text. Refuses what `faults` lists."""

from collections.abc import Callable, Sequence
from typing import Any

import yaml

from mbl.storage.yamltext.faults import (
    LOADER,
    Malformed,
    refuse_merge_markers,
    refuse_tricks,
    syntax_problem,
    wrong_keys,
)

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
Place = Sequence[str | int]
"""The steps to a value: ("parts", 1, "team")."""


def load(path: str, text: str) -> Any:
    """The text as dicts, lists, strings and None. `path` stands in the problems.

    Raises Malformed.
    """
    node = composed(path, text)
    wrong = tuple(wrong_keys(path, node))
    if wrong:
        raise Malformed(*wrong)
    return None if node is None else _value(node)


def located(text: str) -> Callable[[Place], tuple[int, int]]:
    """The function from a place to its line and column (from 1); the nearest thing around it if it is not there.

    Raises Malformed.
    """
    root = composed("", text)

    def position_of(place: Place) -> tuple[int, int]:
        node, mark = root, None
        for step in place:
            entry = _entry(node, step)
            if entry is None:
                break
            mark, node = entry
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    return position_of


def position(text: str, place: Place) -> tuple[int, int]:
    """Line and column (from 1) of the key or entry at `place`. Raises Malformed."""
    return located(text)(place)


def composed(path: str, text: str) -> Any:
    """The text as PyYAML's nodes, which know where they stand; None if it holds nothing. Raises Malformed."""
    text = text.lstrip("\ufeff")
    refuse_merge_markers(path, text)
    try:
        refuse_tricks(path, text)
        loader = LOADER(text)
        try:
            return loader.get_single_node()
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeError) as error:
        raise Malformed(syntax_problem(path, text, error)) from None


def node_at(text: str, place: Place) -> Any:
    """PyYAML's node at `place`; None if there is none. Raises Malformed."""
    node = composed("", text)
    for step in place:
        entry = _entry(node, step)
        node = entry[1] if entry else None
    return node


def _value(node: Any) -> Any:
    """Keys that begin with `x-` are the user's own: nobody else reads them."""
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NULL else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(entry) for entry in node.value]
    return {key.value: _value(value) for key, value in node.value if not key.value.startswith("x-")}


def _entry(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        found = [(key.start_mark, value) for key, value in node.value if key.value == str(step)]
        return found[0] if found else None
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None
