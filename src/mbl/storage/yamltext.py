"""YAML as text: read it strictly, and set one key without touching any other byte.

The only importer of PyYAML. Refuses duplicate keys, anchors, aliases, tags and deep nesting. Every plain
scalar comes back as the text that was typed: the model decides whether `no` is a word and `012` a number,
so none of YAML 1.1's guesses can bite.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from mbl.errors import Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 2**30
_DEEPEST = 30
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value", "merge")
)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_MERGE_MARKER = re.compile(r"^(?:<{7}|>{7})(?: .*)?\r?$", re.MULTILINE)


class Malformed(Exception):  # noqa: N818 - a state of the text, not of the program
    """A text that is not the YAML we read, with every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


def load(path: str, text: str) -> Any:
    """The text as dicts, lists, strings and None. `path` stands in the problems.

    Raises Malformed.
    """
    node = _compose(path, text)
    if node is None:
        return None
    repeated = tuple(_repeated_keys(path, node))
    if repeated:
        raise Malformed(*repeated)
    return _value(node)


def position(text: str, place: Sequence[str | int]) -> tuple[int, int]:
    """Line and column (from 1) of the key or entry at `place`, or of the nearest thing around it."""
    node, mark = _compose("", text), None
    for step in place:
        entry = _entry(node, step)
        if entry is None:
            break
        mark, node = entry
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def set_keys(text: str, changes: Mapping[str, Any], *, order: Sequence[str], kept: frozenset[str]) -> str:
    """The text with these top-level values set; nothing else changes by a byte.

    None removes the key, unless it is `kept`: then it stays, empty. A new key goes behind its nearest
    neighbour in `order`. Raises Malformed if the result does not read as meant.
    """
    bom, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    expected = load("", body) or {}
    for key, value in changes.items():
        body = _set_key(body, key, value, order=order, keep=key in kept)
        expected = {**expected, key: value}
    if _plain(load("", body)) != _plain(expected):
        problem = Problem(
            path="",
            code="not-editable",
            message="this file is written in a way that mbl cannot edit safely",
            fix="Change the value by hand, or bring the file into the form `key: value`.",
        )
        raise Malformed(problem)
    return bom + body


def dump(values: Mapping[str, Any], *, comment: str = "") -> str:
    """A new file: one key a line, nested values in flow style, long texts as a block."""
    return comment + "".join(_line(key, value, flow=False) + "\n" for key, value in values.items())


def _compose(path: str, text: str) -> Any:
    text = text.removeprefix("\ufeff")
    marker = _MERGE_MARKER.search(text)
    if marker:
        line = text.count("\n", 0, marker.start()) + 1
        raise Malformed(
            Problem(
                path=path,
                code="merge-marker",
                line=line,
                column=1,
                message="an unfinished merge: both versions stand in the file",
                fix="Keep the lines you want, delete the marker lines (<<<<<<<, =======, >>>>>>>).",
            )
        )
    try:
        _refuse_tricks(path, text)
        loader = _Loader(text)
        try:
            return loader.get_single_node()
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeError) as error:
        raise Malformed(_syntax_problem(path, text, error)) from None


def _refuse_tricks(path: str, text: str) -> None:
    """Look at the events one by one where the text could hide an alias bomb, a tag, or a nest too deep."""
    if not re.search(r"[&*!\[{]|^ {30}|[-?]\s+[-?]\s", text, re.MULTILINE):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        mark: Any = event.start_mark
        problem = None
        if depth > _DEEPEST:
            problem = (
                "too-deep",
                "lists or mappings nested too deeply",
                "A backlog file needs three levels at most.",
            )
        elif kind == "AliasEvent" or getattr(event, "anchor", None):
            problem = (
                "anchor",
                "an anchor (&name) or alias (*name)",
                "Write the value out; quote a text that begins with & or *.",
            )
        elif (tag := getattr(event, "tag", None)) and tag != "!":
            problem = ("tag", f"a tag ({tag})", "Remove it; quote a text that begins with !.")
        if problem:
            code, message, fix = problem
            raise Malformed(
                Problem(
                    path=path, code=code, message=message, fix=fix, line=mark.line + 1, column=mark.column + 1
                )
            )


def _syntax_problem(path: str, text: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _unreadable_character(path, text)
    line = mark.line
    lines = text.splitlines()
    indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())] if line < len(lines) else ""
    said = str(getattr(error, "problem", "") or "not valid YAML")
    if "\t" in indent:
        said, fix = "a tab at the start of the line", "Indent with spaces."
    elif "mapping values" in said:
        said, fix = "a colon where none can stand", 'Put a text that contains ": " in quotes.'
    elif "cannot start" in said:
        said, fix = "a character that cannot begin a text", 'Put the text in quotes ("…").'
    elif "another document" in said:
        said, fix = "a second document in the file", "Keep one document: remove the line ---."
    else:
        fix = 'Put the text in quotes ("…"), or close the bracket or quote that was opened.'
    return Problem(
        path=path,
        code="yaml",
        message=f"not valid YAML: {said}",
        fix=fix,
        line=line + 1,
        column=mark.column + 1,
    )


def _unreadable_character(path: str, text: str) -> Problem:
    bad = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    at = bad.start() if bad else 0
    name = f"U+{ord(text[at]):04X}" if bad else "unreadable"
    return Problem(
        path=path,
        code="control-character",
        message=f"a control character ({name}) that no text file should hold",
        fix='Remove it, or write it as an escape in double quotes, like "\\e".',
        line=text.count("\n", 0, at) + 1,
        column=at - text.rfind("\n", 0, at),
    )


def _repeated_keys(path: str, node: Any) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in seen:
                yield Problem(
                    path=path,
                    code="duplicate-key",
                    line=line,
                    column=key.start_mark.column + 1,
                    message=f"{name} stands here a second time (first in line {seen[name]})",
                    fix="Keep one of the two.",
                )
            seen.setdefault(name, line)
            yield from _repeated_keys(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _repeated_keys(path, entry)


def _value(node: Any) -> Any:
    """Keys that begin with `x-` are the user's own: nobody else reads them."""
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NULL else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(entry) for entry in node.value]
    return {str(key.value): _value(value) for key, value in node.value if not str(key.value).startswith("x-")}


def _entry(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        found = [(key.start_mark, value) for key, value in node.value if key.value == str(step)]
        return found[0] if found else None
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None


def _plain(value: Any) -> Any:
    """Values as `load` gives them back: scalars as text, empty ones left out at the top."""
    if isinstance(value, Mapping):
        plain = {str(key): _plain(entry) for key, entry in value.items()}
        return {key: entry for key, entry in plain.items() if entry is not None}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _set_key(text: str, key: str, value: Any, *, order: Sequence[str], keep: bool) -> str:
    root = _compose("", text)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    flow = bool(pairs) and bool(root.flow_style)
    names = [pair[0].value for pair in pairs]
    if key not in names:
        if value is None and (flow or not keep):
            return text
        return _with_new_key(text, key, value, pairs, flow=flow, order=order)
    at = names.index(key)
    if value is None and (flow or not keep):
        return _without_key(text, pairs, at, flow=flow)
    return _with_value(text, pairs[at], value, flow=flow)


def _with_value(text: str, pair: tuple[Any, Any], value: Any, *, flow: bool) -> str:
    key, old = pair
    start, end = old.start_mark.index, _end(text, old)
    colon = text.index(":", key.end_mark.index) + 1
    if value is None:
        return text[:colon] + text[end:]
    new = _replacement(text[start:end], key.value, old, value, flow=flow)
    new = new.replace("\n", _newline(text))
    inline = not new.startswith(("\n", "\r"))
    if start == end:
        return f"{text[:colon]}{' ' if inline else ''}{new}{text[colon:]}"
    on_own_line = "\n" in text[colon:start]
    if inline and on_own_line:
        return f"{text[:colon]} {new}{text[end:]}"
    return text[: start if inline else colon] + new + text[end:]


def _replacement(old_text: str, key: str, old: Any, value: Any, *, flow: bool) -> str:
    """The new value's text, in the style of the old one where that is a matter of taste."""
    node = _node(value)
    if isinstance(node, yaml.ScalarNode) and isinstance(old, yaml.ScalarNode):
        needless = old.style in ("'", '"') and old_text != _canonical(key, old.value, flow=flow)
        if needless and "\n" not in node.value:
            node.style = old.style
    if (
        isinstance(node, yaml.CollectionNode)
        and type(node) is type(old)
        and not old.flow_style
        and node.value
    ):
        node.flow_style = False
        indent = " " * old.start_mark.column
        lines = _serialized(key, node).split(":\n", 1)[1].splitlines()
        own = len(lines[0]) - len(lines[0].lstrip())
        return "".join(f"\n{indent}{line[own:]}" for line in lines)
    return _text(key, node, flow=flow)


def _with_new_key(
    text: str, key: str, value: Any, pairs: Sequence[tuple[Any, Any]], *, flow: bool, order: Sequence[str]
) -> str:
    if not pairs:
        head = text if not text or text.endswith("\n") else text + "\n"
        return head + _line(key, value, flow=False) + "\n"
    neighbour = _end(text, _neighbour(pairs, key, order))
    if flow:
        return f"{text[:neighbour]}, {_line(key, value, flow=True)}{text[neighbour:]}"
    line_end = text.find("\n", neighbour)
    newline = _newline(text)
    line = _line(key, value, flow=False).replace("\n", newline)
    if line_end < 0:
        return text + newline + line
    return text[: line_end + 1] + line + newline + text[line_end + 1 :]


def _neighbour(pairs: Sequence[tuple[Any, Any]], key: str, order: Sequence[str]) -> Any:
    """The value behind whose line a new key goes: its nearest predecessor in `order`, else the last one."""
    before = set(order[: order.index(key)]) if key in order else set()
    candidates = [
        value if value.value or value.style else name for name, value in pairs if name.value in before
    ]
    last_name, last_value = pairs[-1]
    return candidates[-1] if candidates else (last_value if last_value.value else last_name)


def _without_key(text: str, pairs: Sequence[tuple[Any, Any]], at: int, *, flow: bool) -> str:
    key, value = pairs[at]
    start, end = key.start_mark.index, max(_end(text, value), key.end_mark.index)
    if flow:
        if at:
            return text[: _end(text, pairs[at - 1][1])] + text[end:]
        return text[:start] + (text[pairs[1][0].start_mark.index :] if len(pairs) > 1 else text[end:])
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if line_end >= 0:
        return text[:line_start] + text[line_end + 1 :]
    return text[:line_start].removesuffix("\n").removesuffix("\r")


def _end(text: str, node: Any) -> int:
    """Where a value really ends: not behind the comments and blank lines that follow it."""
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        if node.style not in ("|", ">"):
            return end
        header = text[node.start_mark.index : text.find("\n", node.start_mark.index)]
        block = text[node.start_mark.index : end]
        kept = block.removesuffix("\n").removesuffix("\r") if "+" in header else block.rstrip(" \r\n")
        return int(node.start_mark.index) + len(kept)
    if node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return max(_end(text, part) for part in (last if isinstance(last, tuple) else (last,)))


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _node(value: Any) -> Any:
    node = _represented(value)
    for scalar in _scalars(node):
        if "\n" in scalar.value:
            scalar.style = "|"
    return node


def _represented(value: Any) -> Any:
    representer = yaml.representer.SafeRepresenter(default_flow_style=True, sort_keys=False)
    representer.ignore_aliases = lambda data: True  # type: ignore[method-assign]
    return representer.represent_data(list(value) if isinstance(value, tuple) else value)


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for entry in node.value:
        for part in entry if isinstance(entry, tuple) else (entry,):
            yield from _scalars(part)


def _canonical(key: str, value: Any, *, flow: bool) -> str:
    return _text(key, _node(value), flow=flow)


def _line(key: str, value: Any, *, flow: bool) -> str:
    if value is None:
        return f"{key}:"
    return f"{key}: {_canonical(key, value, flow=flow)}"


def _text(key: str, node: Any, *, flow: bool) -> str:
    """The value as it stands behind `key: `."""
    if key == "rank" and isinstance(node, yaml.ScalarNode):
        node.style = '"'
    if not flow:
        return _serialized(key, node).split(": ", 1)[1].removesuffix("\n")
    listed = yaml.SequenceNode("tag:yaml.org,2002:seq", [node], flow_style=True)
    return _emitted(listed).strip()[1:-1]


def _serialized(key: str, node: Any) -> str:
    name = yaml.ScalarNode("tag:yaml.org,2002:str", key)
    return _emitted(yaml.MappingNode("tag:yaml.org,2002:map", [(name, node)], flow_style=False))


def _emitted(node: Any) -> str:
    """Libyaml writes characters beyond the basic plane (emoji) as escapes; PyYAML's own emitter does not."""
    emoji = any(character > "\uffff" for scalar in _scalars(node) for character in scalar.value)
    dumper = yaml.SafeDumper if emoji else _Dumper
    return str(yaml.serialize(node, Dumper=dumper, width=_WIDTH, allow_unicode=True))
