"""One key of a mapping in a text: set, put at its place, emptied or taken out; every other byte stays.

Refuses nothing: whether the result reads as meant is for `editing`.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from mbl.storage.yamltext.entries import Entries
from mbl.storage.yamltext.places import Pair, is_block, line_end, value_end
from mbl.storage.yamltext.writing import in_block, line, node_of, text_of


def with_key(here: Entries, key: str, value: Any, *, order: Sequence[str], keep: bool) -> str:
    """The text with this key. None takes it out, or empties it if it shall be kept (in braces it is taken out).

    A new key stands behind the last of those that come before it in `order`, else before the first that comes after it.
    """
    names = here.names
    gone = value is None and (here.flow or not keep)
    if key not in names:
        return here.text if gone else _with_new_key(here, key, value, order)
    at = names.index(key)
    return here.without(at) if gone else _with_value(here, here.node.value[at], value)


def _with_new_key(here: Entries, key: str, value: Any, order: Sequence[str]) -> str:
    new, text = line(key, value, flow=here.flow), here.text
    if not here.spans:
        head = text if not text or text.endswith("\n") else text + here.newline
        return head + here.laid_out(new) + here.newline
    first = order.index(key) if key in order else len(order)
    before = [at for at, name in enumerate(here.names) if name in order[:first]]
    after = [at for at, name in enumerate(here.names) if name in order[first:]]
    if after and not before:
        return here.above(after[0], new)
    return here.behind(before[-1] if before else len(here.spans) - 1, new)


def _with_value(here: Entries, pair: Pair, value: Any) -> str:
    """The old value's characters replaced; a comment behind it stays on its line."""
    text, (key, old) = here.text, pair
    colon, end = _colon(text, key), value_end(text, old)
    if value is None:
        remark, end = _remark(text, old, end, several=False)
        return text[:colon] + remark + text[end:]
    node = node_of(key.value, value)
    if not isinstance(value, yaml.Node):
        node = _in_style_of(here, old, node)
    if isinstance(old, yaml.CollectionNode) and not old.flow_style:
        return _with_block(here, pair, node)
    start, blank = old.start_mark.index, ""
    if start == end:
        start = end = colon
        blank = " "
    first, newline, rest = here.laid_out(text_of(node, flow=here.flow)).partition(here.newline)
    remark, end = _remark(text, old, end, several=bool(newline))
    return text[:start] + blank + first + remark + newline + rest + text[end:]


def _in_style_of(here: Entries, old: Any, node: Any) -> Any:
    """The new value in the style of the old one, where that is a matter of taste: quotes that nobody needs."""
    both = isinstance(old, yaml.ScalarNode) and isinstance(node, yaml.ScalarNode)
    if both and node.tag.endswith(":str") and old.style in ("'", '"') and "\n" not in node.value + old.value:
        typed = here.text[old.start_mark.index : old.end_mark.index]
        if typed != text_of(node_of("", old.value), flow=here.flow):
            node.style = old.style
    return node


def _with_block(here: Entries, pair: Pair, node: Any) -> str:
    """A list or mapping of several lines replaced: by one like it, or by a value on the line of its key."""
    text, (key, old) = here.text, pair
    start, end = int(old.start_mark.index), value_end(text, old)
    if type(node) is type(old) and node.value:
        lines = text_of(in_block(node, like=old)).split("\n")[1:]
        own = len(lines[0]) - len(lines[0].lstrip(" "))
        indent: str = here.newline + " " * old.start_mark.column
        return text[:start] + indent.join(entry[own:] for entry in lines) + text[end:]
    colon = _colon(text, key)
    remarks = text[colon:start].rstrip()
    return f"{text[:colon]} {text_of(node)}{remarks}{text[end:]}"


def _remark(text: str, old: Any, end: int, *, several: bool) -> tuple[str, int]:
    """The comment that must stay on the first line of the new value, and where the replaced part then ends."""
    if is_block(old):
        header = text[old.start_mark.index : line_end(text, old.start_mark.index)]
        found = re.search(r"\s+#.*", header)
        return found.group() if found else "", end
    if not several:
        return "", end
    return text[end : line_end(text, end)], line_end(text, end)


def _colon(text: str, key: Any) -> int:
    """Where the value's side begins: right behind the colon (a key in braces may have none: then nowhere good)."""
    return text.find(":", key.end_mark.index) + 1
