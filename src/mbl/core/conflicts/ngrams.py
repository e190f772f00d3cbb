"""How alike two titles are: Dice's coefficient on the short pieces of their words, in every script.

The order of the words, capital letters, accents and punctuation do not count. It finds what looks the same and cannot
tell X200 from X300: what it finds is a question to people, never an answer. Refuses nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

SHARED, OF = 3, 5
"""Alike are titles with a coefficient of 3 in 5 (0.60) or more; counted in whole numbers, without rounding."""

_CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = "\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0eff"
"""Vowel signs and the like, which belong to the letters around them."""


_ROUGHLY = (
    bytes(
        code if chr(code).isalnum() or chr(code) == "\n" else ord(" ")
        for code in map(ord, map(str.lower, map(chr, range(128))))
    )
    + b" " * 128
)
"""In ASCII: small letters, and spaces for what is neither letter nor digit."""


def plain(title: str) -> str:
    """The words in one spelling between single spaces: NFKC, small letters, no accents, no punctuation.

    Where Chinese, Japanese or Korean meets another script, a word ends.
    """
    text = unicodedata.normalize("NFKC", title).casefold().replace("_", " ")
    if not text.isascii():
        bare = _pattern("[\u0300-\u036f]").sub("", unicodedata.normalize("NFD", text))
        text = _pattern(f"[{_CJK}]+").sub(r" \g<0> ", unicodedata.normalize("NFC", bare))
    return " ".join(_pattern(f"[^\\w{_MARKS}]+").sub(" ", text).split())


def roughly_plain(titles: Sequence[str]) -> list[str]:
    """The same between spaces, of many titles at once and much faster: a word may stand between several spaces."""
    plainest = "\n".join([title if title.isascii() else "" for title in titles]).encode().translate(_ROUGHLY)
    lines = plainest.decode().split("\n")
    if len(lines) != len(titles):  # a title of several lines
        return [f" {plain(title)} " for title in titles]
    return [
        f" {line} " if title.isascii() else f" {plain(title)} "
        for title, line in zip(titles, lines, strict=True)
    ]


def pieces(words: str) -> frozenset[str]:
    """Neighbours in Chinese, Japanese and Korean words, threes of ` word ` in others; of words that `plain` wrote."""
    found: set[str] = set()
    is_cjk = _pattern(f"[{_CJK}]").match
    for word in words.split():
        if not word.isascii() and is_cjk(word):
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            around = f" {word} "
            found.update([around[at : at + 3] for at in range(len(word))])
    return frozenset(found)


def grams(title: str) -> frozenset[str]:
    """The pieces of a title, as somebody typed it."""
    return pieces(plain(title))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice the shared pieces by all pieces: 0 … 1; 0 where there are none."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def is_alike(shared: int, one: int, other: int) -> bool:
    """Whether so many pieces shared by so many and so many make two titles alike."""
    return shared > 0 and 2 * OF * shared >= SHARED * (one + other)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
