"""Set top-level values in a text and leave every other byte alone.

Each value is found by its marks and replaced as characters; the result is read again and compared with what
was meant. Refuses a text where no way of writing the value reads as meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from mbl.errors import Problem
from mbl.storage.yamltext.faults import Malformed
from mbl.storage.yamltext.reading import composed, load
from mbl.storage.yamltext.writing import in_block, line, node_of, quoted, text_of

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the key-value pairs of its top level; `flow` if they stand in braces."""

    text: str
    pairs: tuple[Pair, ...]
    flow: bool
    newline: str


def set_keys(text: str, changes: Mapping[str, Any], *, order: Sequence[str], kept: frozenset[str]) -> str:
    """The text with these top-level values set; nothing else changes by a byte.

    None removes the key, unless it is `kept`: then it stays, empty. A new key goes behind its nearest
    neighbour in `order`. Raises Malformed if no result reads as meant.
    """
    body = text.lstrip("\ufeff")
    mark = text[: len(text) - len(body)]
    expected = load("", body)
    if not isinstance(expected, dict | None):
        raise Malformed(_not_editable())
    expected = expected or {}
    # What goes is removed last: its neighbours find their places by it.
    for key, value in sorted(changes.items(), key=lambda change: change[1] is None):
        expected = {**expected, key: value}
        wanted = _plain(expected)
        ways = _ways(body, key, value, order=order, keep=key in kept)
        found = next((way for way in ways if _reads_as(way, wanted)), None)
        if found is None:
            raise Malformed(_not_editable())
        body = found
    return mark + body


def _ways(text: str, key: str, value: Any, *, order: Sequence[str], keep: bool) -> Iterator[str]:
    """The text with the value, in mbl's style; then, should that not read as meant, in double quotes."""
    yield _with(text, key, value, order=order, keep=keep)
    if isinstance(value, str):
        yield _with(text, key, quoted(value), order=order, keep=keep)


def _with(text: str, key: str, value: Any, *, order: Sequence[str], keep: bool) -> str:
    now = _read(text)
    names = [name.value for name, _ in now.pairs]
    gone = value is None and (now.flow or not keep)
    if key not in names:
        return text if gone else _with_new_key(now, key, value, order)
    if gone:
        return _without_key(now, names.index(key))
    return _with_value(now, now.pairs[names.index(key)], value)


def _reads_as(text: str, wanted: Any) -> bool:
    try:
        return bool(_plain(load("", text)) == wanted)
    except Malformed:
        return False


def _not_editable() -> Problem:
    return Problem(
        path="",
        code="not-editable",
        message="this file is written in a way that mbl cannot edit safely",
        fix="Change the value by hand, or bring the file into the form `key: value`.",
    )


def _plain(value: Any) -> Any:
    """Values as `load` gives them back: scalars as text, empty ones left out."""
    if isinstance(value, Mapping):
        plain = {str(key): _plain(entry) for key, entry in value.items()}
        return {key: entry for key, entry in plain.items() if entry is not None}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value if value is None or isinstance(value, str) else node_of("", value).value


def _read(text: str) -> _Text:
    root = composed("", text)
    pairs = tuple(root.value) if isinstance(root, yaml.MappingNode) else ()
    newline = "\r\n" if "\r\n" in text else "\n"
    return _Text(text, pairs, bool(pairs) and bool(root.flow_style), newline)


def _with_value(now: _Text, pair: Pair, value: Any) -> str:
    """The old value's characters replaced; a comment behind it stays on its line."""
    text, (key, old) = now.text, pair
    colon, end = _colon(text, key), _end(text, old)
    if value is None:
        remark, end = _remark(text, old, end, several=False)
        return text[:colon] + remark + text[end:]
    node = node_of(key.value, value)
    if not isinstance(value, yaml.Node):
        node = _in_style_of(now, old, node)
    if isinstance(old, yaml.CollectionNode) and not old.flow_style:
        return _with_block(now, pair, node)
    start, blank = old.start_mark.index, ""
    if start == end:
        start = end = colon
        blank = " "
    first, *rest = text_of(node, flow=now.flow).split("\n")
    remark, end = _remark(text, old, end, several=bool(rest))
    return text[:start] + blank + now.newline.join((first + remark, *rest)) + text[end:]


def _in_style_of(now: _Text, old: Any, node: Any) -> Any:
    """The new value in the style of the old one, where that is a matter of taste: quotes that nobody needs."""
    both = isinstance(old, yaml.ScalarNode) and isinstance(node, yaml.ScalarNode)
    if both and node.tag.endswith(":str") and old.style in ("'", '"') and "\n" not in node.value + old.value:
        typed = now.text[old.start_mark.index : old.end_mark.index]
        if typed != text_of(node_of("", old.value), flow=now.flow):
            node.style = old.style
    return node


def _with_block(now: _Text, pair: Pair, node: Any) -> str:
    """A list or mapping of several lines replaced: by one like it, or by a value on the line of its key."""
    text, (key, old) = now.text, pair
    start, end = int(old.start_mark.index), _end(text, old)
    if type(node) is type(old) and node.value:
        lines = text_of(in_block(node, like=old)).split("\n")[1:]
        own = len(lines[0]) - len(lines[0].lstrip(" "))
        indent: str = now.newline + " " * old.start_mark.column
        return text[:start] + indent.join(entry[own:] for entry in lines) + text[end:]
    colon = _colon(text, key)
    remarks = text[colon:start].rstrip()
    return f"{text[:colon]} {text_of(node)}{remarks}{text[end:]}"


def _remark(text: str, old: Any, end: int, *, several: bool) -> tuple[str, int]:
    """The comment that must stay on the first line of the new value, and where the replaced part then ends."""
    if _is_block(old):
        header = text[old.start_mark.index : _line_end(text, old.start_mark.index)]
        found = re.search(r"\s+#.*", header)
        return found.group() if found else "", end
    if not several:
        return "", end
    return text[end : _line_end(text, end)], _line_end(text, end)


def _with_new_key(now: _Text, key: str, value: Any, order: Sequence[str]) -> str:
    """The key behind the last of those that come before it in `order`, else above the first that comes after it."""
    text, pairs = now.text, now.pairs
    new = line(key, value, flow=now.flow).replace("\n", now.newline)
    if not pairs:
        head = text if not text or text.endswith("\n") else text + now.newline
        return head + new + now.newline
    at = order.index(key) if key in order else len(order)
    before = next((pair for pair in reversed(pairs) if pair[0].value in order[:at]), None)
    after = next((pair for pair in pairs if pair[0].value in order[at:]), None)
    if before is None and after is not None:
        return _above(now, after, new)
    return _behind(now, before or pairs[-1], new)


def _above(now: _Text, pair: Pair, new: str) -> str:
    text, start = now.text, int(pair[0].start_mark.index)
    if now.flow:
        return f"{text[:start]}{new}, {text[start:]}"
    start = text.rfind("\n", 0, start) + 1
    return text[:start] + new + now.newline + text[start:]


def _behind(now: _Text, pair: Pair, new: str) -> str:
    text, end = now.text, _pair_end(now.text, pair)
    if now.flow:
        return f"{text[:end]}, {new}{text[end:]}"
    at = text.find("\n", end) + 1
    if at:
        return text[:at] + new + now.newline + text[at:]
    if _is_block(pair[1]):  # It would get the newline at its end that it does not have now.
        return _above(now, pair, new)
    return text + now.newline + new


def _without_key(now: _Text, at: int) -> str:
    text, pairs = now.text, now.pairs
    start, end = pairs[at][0].start_mark.index, _pair_end(text, pairs[at])
    if now.flow and at:
        return text[: _pair_end(text, pairs[at - 1])] + text[end:]
    if now.flow:
        return text[:start] + (text[pairs[1][0].start_mark.index :] if len(pairs) > 1 else text[end:])
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if line_end >= 0:
        return text[:line_start] + text[line_end + 1 :]
    if at and _is_block(pairs[at - 1][1]):
        return text[:line_start]
    return text[:line_start].removesuffix("\n").removesuffix("\r")


def _colon(text: str, key: Any) -> int:
    """Where the value's side begins: right behind the colon (a key in braces may have none: then nowhere good)."""
    return text.find(":", key.end_mark.index) + 1


def _pair_end(text: str, pair: Pair) -> int:
    key, value = pair
    return max(_end(text, value), int(key.end_mark.index))


def _end(text: str, node: Any) -> int:
    """Where a value really ends: not behind the comments and blank lines that follow it."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode):
        if not _is_block(node):
            return end
        keeps = "+" in text[start + 1 : start + 3]
        blank = r"\r?\n\Z" if keeps else r"(?:\r?\n[ \t]*)+\Z"
        return start + len(re.sub(blank, "", text[start:end]))
    if node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return _pair_end(text, last) if isinstance(last, tuple) else _end(text, last)


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _line_end(text: str, at: int) -> int:
    """Where the line ends, before its line break."""
    found = text.find("\n", at)
    end = len(text) if found < 0 else found
    return end - 1 if text[at:end].endswith("\r") else end
