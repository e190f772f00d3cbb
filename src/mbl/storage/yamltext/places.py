"""Where a value really ends in its text: PyYAML's marks reach over the comments and blank lines that follow it."""

import re
from typing import Any

import yaml

Pair = tuple[Any, Any]


def value_end(text: str, node: Any) -> int:
    """The end of a value, not behind the comments and blank lines that follow it."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode):
        if not is_block(node):
            return end
        keeps = "+" in text[start + 1 : start + 3]
        blank = r"\r?\n\Z" if keeps else r"(?:\r?\n[ \t]*)+\Z"
        return start + len(re.sub(blank, "", text[start:end]))
    if node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return pair_end(text, last) if isinstance(last, tuple) else value_end(text, last)


def pair_end(text: str, pair: Pair) -> int:
    """The end of a key and its value."""
    key, value = pair
    return max(value_end(text, value), int(key.end_mark.index))


def is_block(node: Any) -> bool:
    """Whether it is a text of its own lines, behind | or >."""
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def line_end(text: str, at: int) -> int:
    """Where the line ends, before its line break."""
    found = text.find("\n", at)
    end = len(text) if found < 0 else found
    return end - 1 if text[at:end].endswith("\r") else end


def line_start(text: str, at: int) -> int:
    """Where the line begins."""
    return text.rfind("\n", 0, at) + 1
