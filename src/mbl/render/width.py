"""How wide text is in a terminal, in cells, and how it is shortened, padded and wrapped by that measure.

Text must have been made safe (`mbl.render.safe`) before. The library `wcwidth` takes as long to load as the
rest of a command, so it is asked only about text outside the ranges below.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

# Latin, Greek, Cyrillic, typographic marks, control pictures, lines, blocks and dots
_NARROW = (
    " -~\xa1-\xac\xae-\u02af\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f"
    "\u2010-\u2027\u2039\u203a\u2400-\u2426\u20ac\u2190-\u2193\u2500-\u257f\u2581-\u258f\u2713"
    "\u25a0\u25a1\u25cb\u25cf\u25d0\u2800-\u28ff"
)
# Japanese, Chinese, Korean, and the emoji that are one character
_WIDE = (
    "\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60\u2705\u2728\u2b50"
    "\U0001f30d-\U0001f320\U0001f337-\U0001f37c\U0001f380-\U0001f393\U0001f3a0-\U0001f3ca"
    "\U0001f400-\U0001f43e\U0001f442-\U0001f4fc\U0001f500-\U0001f53d\U0001f600-\U0001f64f"
    "\U0001f680-\U0001f6c5\U0001f910-\U0001f93a\U0001f947-\U0001f9ff"
)


def cells(text: str) -> int:
    """How many cells a terminal uses for the text: 2 for Japanese and emoji, 0 for combining marks."""
    if text.isascii():
        return len(text)
    if _simple()(text):
        return len(text) + len(_wide()(text))
    from wcwidth import iter_graphemes, wcswidth

    return sum(max(0, wcswidth(cluster)) for cluster in iter_graphemes(text))


def clusters(text: str) -> Iterable[str]:
    """The characters as a reader counts them: a family emoji or a letter with its accents is one."""
    if text.isascii() or _simple()(text):
        return text
    from wcwidth import iter_graphemes

    return iter_graphemes(text)


def shorten(text: str, width: int) -> str:
    """The text in at most `width` cells; what is cut ends in …"""
    if cells(text) <= width:
        return text
    return _beginning(text, width - 1).rstrip() + "…" if width > 0 else ""


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces up to `width` cells, never cut."""
    if text.isascii():
        return text.rjust(width) if right else text.ljust(width)
    fill = " " * (width - cells(text))
    return fill + text if right else text + fill


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` (≥ 2) cells, broken at spaces, inside a word only if it is too long."""
    if cells(text) <= width:
        return [text]
    done: list[str] = []
    line, used = "", 0
    for word in _words(text, width):
        size = cells(word)
        if line and used + 1 + size > width:
            done.append(line)
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*done, line]


def _words(text: str, width: int) -> Iterable[str]:
    for word in filter(None, text.split(" ")):
        if cells(word) <= width:
            yield word
        else:
            yield from _pieces(word, width)


def _pieces(word: str, width: int) -> Iterable[str]:
    piece, used = "", 0
    for cluster in clusters(word):
        size = cells(cluster)
        if piece and used + size > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + cluster, used + size
    yield piece


def _beginning(text: str, width: int) -> str:
    if text.isascii():
        return text[:width]
    kept, used = [], 0
    for cluster in clusters(text):
        used += cells(cluster)
        if used > width:
            break
        kept.append(cluster)
    return "".join(kept)


@cache
def _simple() -> Callable[[str], Any]:
    return re.compile(f"[{_NARROW}{_WIDE}]*").fullmatch


@cache
def _wide() -> Callable[[str], list[str]]:
    return re.compile(f"[{_WIDE}]").findall
