"""The entries of a list or mapping in a text, in brackets or on lines: where each stands, one taken out, one put in.

What stays keeps its bytes, and the comments around it. Refuses what is neither list nor mapping, and a list whose
hyphens cannot be found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from mbl.errors import Problem
from mbl.storage.yamltext.faults import Malformed
from mbl.storage.yamltext.places import is_block, line_end, line_start, pair_end, value_end
from mbl.storage.yamltext.reading import node_at
from mbl.storage.yamltext.writing import in_block, node_of, text_of

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entries:
    """A text with a list or mapping in it (`node`; None: the text holds nothing) and the span of each entry."""

    text: str
    node: Any
    spans: tuple[Span, ...]

    @property
    def flow(self) -> bool:
        """Whether they stand in brackets or braces."""
        return bool(self.spans) and bool(self.node.flow_style)

    @property
    def newline(self) -> str:
        """The line break of this text."""
        return "\r\n" if "\r\n" in self.text else "\n"

    @property
    def names(self) -> list[str]:
        """The keys of a mapping."""
        return [key.value for key, _ in self.node.value] if self.spans else []

    def without(self, at: int) -> str:
        """The text without this entry, and without its line if it has one."""
        text, (start, end) = self.text, self.spans[at]
        above, below = line_start(text, start), text.find("\n", end)
        if self.flow or text[above:start].strip():
            start, end = self._with_comma(at)
            return text[:start] + text[end:]
        if below >= 0:
            return text[:above] + text[below + 1 :]
        if at and self._is_block(at - 1):
            return text[:above]
        return text[:above].removesuffix("\n").removesuffix("\r")

    def above(self, at: int, new: str) -> str:
        """The text with one more entry right before this one."""
        start = self.spans[at][0]
        return self.text[:start] + self.laid_out(new) + self._glue + self.text[start:]

    def behind(self, at: int, new: str) -> str:
        """The text with one more entry right behind this one, and behind the comment on its line."""
        end = self.spans[at][1]
        if self._is_block(at) and "\n" not in self.text[end:]:
            return self.above(at, new)  # It would get the newline at its end that it does not have now.
        end = end if self.flow else line_end(self.text, end)
        return self.text[:end] + self._glue + self.laid_out(new) + self.text[end:]

    def replaced(self, at: int, value: Any) -> str:
        """The text with another value in a list; the line and the comment behind it stay."""
        old = self.node.value[at]
        start, end = old.start_mark.index, value_end(self.text, old)
        return self.text[:start] + text_of(node_of("", value), flow=True) + self.text[end:]

    def written(self, entry: Any) -> str:
        """An entry of a list in the form of the others."""
        if self.flow:
            return text_of(node_of("", entry), flow=True)
        node = in_block(yaml.SequenceNode("tag:yaml.org,2002:seq", [node_of("", entry)]), like=self.node)
        lines = text_of(node).split("\n")[1:]
        own = len(lines[0]) - len(lines[0].lstrip(" "))
        return "\n".join(line[own:] for line in lines)

    def laid_out(self, said: str) -> str:
        """Lines as they stand here: with this text's line breaks, below one another."""
        first, *rest = said.split("\n")
        return self.newline.join((first, *(self._indent + line if line else "" for line in rest)))

    @property
    def _glue(self) -> str:
        return ", " if self.flow else self.newline + self._indent

    @property
    def _indent(self) -> str:
        return " " * self.node.start_mark.column if self.spans else ""

    def _is_block(self, at: int) -> bool:
        entry = self.node.value[at]
        return is_block(entry[1] if isinstance(entry, tuple) else entry)

    def _with_comma(self, at: int) -> Span:
        """The entry and one of the commas beside it: that before it, unless a comment stands between."""
        start, end = self.spans[at]
        if at and "#" not in self.text[self.spans[at - 1][1] : start]:
            return self.spans[at - 1][1], end
        return start, self.spans[at + 1][0] if at + 1 < len(self.spans) else end


def entries(text: str, path: Sequence[str | int] = ()) -> Entries:
    """The entries of what stands at `path`. Raises Malformed."""
    node = node_at(text, path)
    return Entries(text, node, _spans(text, node) if node is not None else ())


def not_editable() -> Problem:
    """What to say of a file that cannot be changed without touching what nobody asked for."""
    return Problem(
        path="",
        code="not-editable",
        message="this file is written in a way that mbl cannot edit safely",
        fix="Change the value by hand, or bring the file into the form `key: value`.",
    )


def _spans(text: str, node: Any) -> tuple[Span, ...]:
    if not isinstance(node, yaml.CollectionNode):
        raise Malformed(not_editable())
    if isinstance(node, yaml.MappingNode):
        if any(text[: key.start_mark.index].endswith("? ") for key, _ in node.value):
            raise Malformed(not_editable())
        return tuple((key.start_mark.index, pair_end(text, (key, value))) for key, value in node.value)
    ends = [value_end(text, each) for each in node.value]
    if node.flow_style:
        return tuple((each.start_mark.index, end) for each, end in zip(node.value, ends, strict=True))
    hyphen = re.compile(rf"^ {{{node.start_mark.column}}}-(?=\s)", re.MULTILINE)
    found = [hyphen.search(text, end) for end in ends[:-1]]
    starts = [node.start_mark.index, *(each.end() - 1 for each in found if each)]
    if len(starts) != len(ends):
        raise Malformed(not_editable())
    return tuple(zip(starts, ends, strict=True))
