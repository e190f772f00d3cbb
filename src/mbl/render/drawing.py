"""Sentences, facts and bar charts as lines of spans: text with a role ("headline", "hint", "bar" …).

The terminal gives a role its colour, a pipe ignores it; nothing here needs colour to be understood. Tables
are drawn elsewhere: for a terminal in `grid`, for a pipe in `plain`; calendars in `calendar`.
"""

from math import isfinite, isnan
from typing import TypeAlias

from mbl.core.report import Bars, Block, Facts, Words
from mbl.render.safe import lines, shown
from mbl.render.width import cells, padded, shorten, wrapped

Span: TypeAlias = tuple[str, str]
Line: TypeAlias = tuple[Span, ...]

BLANK: Line = ()
_LONGEST_LABEL = 40
_LONGEST_BAR = 30
_SHORTEST_BAR = 4
_PARTS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def words(block: Words, width: int) -> list[Line]:
    """A paragraph, wrapped; `verbatim` lines stay whole, whatever their width."""
    texts = lines(block.text)
    if not block.verbatim:
        texts = [part for text in texts for part in wrapped(text, width)]
    return [((text, block.tone),) for text in texts]


def facts(block: Facts, width: int) -> list[Line]:
    """Labels in one column, values in another, wrapped."""
    labels = [shown(label) for label, _ in block.facts]
    room = min(max(map(cells, labels), default=0), _LONGEST_LABEL, width // 3)
    drawn = title(block.title, width)
    for label, (_, value) in zip(labels, block.facts, strict=True):
        parts = [part for text in lines(value) for part in wrapped(text, width - room - 2)]
        names = [shorten(label, room)] + [""] * (len(parts) - 1)
        drawn += [_fact(padded(name, room), part) for name, part in zip(names, parts, strict=True)]
    return drawn


def bars(block: Bars, width: int) -> list[Line]:
    """One bar a line, its text behind it; the longest bar takes the room that labels and texts leave."""
    labels = [shown(bar.label) for bar in block.bars]
    texts = [shown(bar.text) for bar in block.bars]
    room = min(max(map(cells, labels), default=0), _LONGEST_LABEL, width // 3)
    free = width - room - 2
    length = min(_LONGEST_BAR, free - 1 - max(map(cells, texts), default=0))
    length = length if length >= _SHORTEST_BAR else 0
    longest = max((bar.value for bar in block.bars if isfinite(bar.value)), default=0.0)
    drawn = title(block.title, width)
    for label, text, bar in zip(labels, texts, block.bars, strict=True):
        drawing = bar_of(bar.value, longest, length)
        gap = " " if drawing else ""
        name = padded(shorten(label, room), room)
        drawn.append(
            (
                (f"{name}  ", "plain"),
                (drawing, "bar"),
                (gap + shorten(text, free), "plain"),
            )
        )
    return drawn


def bar_of(value: float, longest: float, length: int) -> str:
    """The bar of a value, of which the longest is `length` cells long; the smallest shows at least a sliver."""
    if isnan(value) or value <= 0:
        return ""
    share = 1.0 if value >= longest else value / longest
    whole, part = divmod(max(1, round(share * length * 8)) if length else 0, 8)
    return "█" * whole + _PARTS[part]


def apart(before: Block, after: Block) -> bool:
    """Whether a blank line stands between two blocks: sentences stay together."""
    return not (_is_prose(before) and _is_prose(after))


def title(text: str, width: int) -> list[Line]:
    """What stands above a block, if it has a title."""
    return [((part, "headline"),) for part in wrapped(shown(text), width)] if text else []


def _is_prose(block: Block) -> bool:
    return isinstance(block, Words) and not block.verbatim


def _fact(label: str, value: str) -> Line:
    return ((f"{label}  ", "hint"), (value, "plain"))
