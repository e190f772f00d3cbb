"""Values → YAML text: one key a line, nested values in flow style, long texts as a block, quotes only where needed.

A new list of mappings has a line for each: whoever changes two of them on two branches does not meet.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 2**30
_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_BLOCK = re.compile(r"[^\s\ufeff](?:[^\r\x85\u2028\u2029]*\S)?\n?")
"""A text of several lines that a literal block holds safely: it begins with a word and ends in at most one newline."""


def dump(values: Mapping[str, Any], *, comment: str = "") -> str:
    """A new file with these values; a key without a value stays empty."""
    return comment + "".join(line(key, value) + "\n" for key, value in values.items())


def line(key: str, value: Any, *, flow: bool = False) -> str:
    """`key: value`, without the newline; for the inside of `{…}` if `flow`."""
    name = node_of("", key)
    if value is None:
        return _inside(_emitted(yaml.SequenceNode(_SEQ, [name], flow_style=True))) + ":"
    node = node_of(key, value)
    if isinstance(node, yaml.SequenceNode) and any(
        isinstance(entry, yaml.MappingNode) for entry in node.value
    ):
        node.flow_style = False
    emitted = _emitted(yaml.MappingNode(_MAP, [(name, node)], flow_style=flow))
    return _inside(emitted) if flow else emitted.removesuffix("\n")


def text_of(node: Any, *, flow: bool = False) -> str:
    """A value as it stands behind `key: `; a block collection begins with a newline."""
    if flow:
        return _inside(_emitted(yaml.SequenceNode(_SEQ, [node], flow_style=True)))
    name = yaml.ScalarNode(_STR, "k")
    emitted = _emitted(yaml.MappingNode(_MAP, [(name, node)], flow_style=False))
    return emitted.removeprefix("k:").removeprefix(" ").removesuffix("\n")


def node_of(key: str, value: Any) -> Any:
    """The value as PyYAML's node, in the style in which mbl writes it; what is a node already stays as it is."""
    if isinstance(value, yaml.Node):
        return value
    representer = yaml.representer.SafeRepresenter(default_flow_style=True, sort_keys=False)
    representer.ignore_aliases = lambda data: True  # type: ignore[method-assign]
    node = representer.represent_data(list(value) if isinstance(value, tuple) else value)
    for scalar in _scalars(node):
        if "\n" in scalar.value:
            scalar.style = "|" if _BLOCK.fullmatch(scalar.value) else '"'
    if key == "rank" and isinstance(node, yaml.ScalarNode):
        node.style = '"'
    return node


def plain(value: Any) -> Any:
    """Values as `load` gives them back: scalars as text, empty ones left out of mappings."""
    if isinstance(value, Mapping):
        said = {str(key): plain(entry) for key, entry in value.items()}
        return {key: entry for key, entry in said.items() if entry is not None}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value if value is None or isinstance(value, str) else node_of("", value).value


def in_block(node: Any, *, like: Any) -> Any:
    """The list or mapping with a line for each entry; with a line for each of their keys where the old one has that."""
    node.flow_style = False
    if all(isinstance(entry, yaml.MappingNode) and not entry.flow_style for entry in like.value):
        for entry in node.value:
            entry.flow_style = False
    return node


def quoted(text: str) -> Any:
    """The text as a node in double quotes: a form that can hold everything."""
    return yaml.ScalarNode(_STR, text, style='"')


def _inside(emitted: str) -> str:
    return emitted.strip()[1:-1]


def _emitted(node: Any) -> str:
    """Libyaml writes characters beyond the basic plane (emoji) as escapes; PyYAML's own emitter does not.

    Rare line breaks (NEL, LS, PS) are escaped: that one would lose them. Either writes a value in the same form,
    so that it does not depend on what stands beside it.
    """
    scalars = tuple(_scalars(node))
    for scalar in scalars:
        if any(odd in scalar.value for odd in "\x85\u2028\u2029"):
            scalar.style = '"'
    own = any(not scalar.value or max(scalar.value) > "\uffff" for scalar in scalars)
    dumper = yaml.SafeDumper if own else _DUMPER
    return str(yaml.serialize(node, Dumper=dumper, width=_WIDTH, allow_unicode=True))


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for entry in node.value:
        for part in entry if isinstance(entry, tuple) else (entry,):
            yield from _scalars(part)
