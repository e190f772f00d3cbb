"""Efforts as people write them ("ca. 2,5 Tage", "2-4 days", "16 Std.", "M", "5 SP") in the spelling of the files.

Units are kept, never converted; only points are multiplied, by what the user says a point is. Refuses
"1.000" and "1,000" (one, or a thousand?), ranges that fall, and points without a factor.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mbl.errors import Problem
from mbl.importers.cells import Cell, Reading, Unreadable, first_of, quoted, reading
from mbl.importers.columns import Column
from mbl.importers.draft import Wishes
from mbl.importers.words import SIZES, plain, says_nothing, spellings, unit

_ABOUT = re.compile(
    r"(?i)^\s*(?:[~≈約]|およそ|(?:ca|circa|about|approx|around|etwa|rund|aprox|unos|unas|de)\b\.?)\s*"
)
_TO = re.compile(r"(?i)\s*(?:[\u2010-\u2015\u2212~〜]|から)\s*|\s+(?:to|bis|a|hasta)\s+(?=\d)")
_INNER_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
_HALVES = {"½": "5", "¼": "25", "¾": "75"}
_HALF = re.compile(r"(\d*)\s?([½¼¾])")
_PIECE = re.compile(r"(\d[\d.,'\s]*?)\s*([^\d\s.,'][^\d]*|)")
_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,20}))?")
_ONE_OR_A_THOUSAND = re.compile(r"[1-9]\d{0,2}(?:[.,'\s]\d{3})+(?:[.,]\d+)?")
_DATE = re.compile(
    r"\d{1,2}[-.\s]+[^\W\d]{3,4}\.?|[^\W\d]{3,4}\.?-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}[-/]\d\d[-/]\d\d|[3-7]\d{4}"
)
_SIZE = spellings(SIZES)
_SHAPES = {("", 1), ("-", 2), ("/", 3)}
_LARGEST = 99_999
_LONGEST = 60
_FIX = "Write an effort like 5d, 4h, 2w, M, 2d-8d or 2d/4d/12d, or leave the cell empty."

Amount = tuple[float, str]


def efforts(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """`estimate` and `remaining`: 5d, 4h, 2w, M, 2d-8d, 2d/4d/12d; a bare number has the header's unit, else days."""
    point = _point(wishes.point) if wishes.point else None
    if wishes.point and point is None:
        return Reading(values=(None,) * len(cells), problems=(_bad_point(path, wishes.point),))

    def read(text: str) -> str | Unreadable | None:
        if says_nothing(text):
            return None
        return _effort(text, column, point) if len(text) <= _LONGEST else _no_effort(text)

    found = reading(path, column, cells, read=read, nothing="no effort yet")
    return replace(found, problems=first_of(found.problems, "points-unknown"))


def _effort(text: str, column: Column, point: Amount | None) -> str | Unreadable:
    if plain(text) in _SIZE and column.field == "estimate":
        return _SIZE[plain(text)]
    clean = _clean(text)
    if _DATE.fullmatch(clean) and not unit(re.sub(r"^[\d.,\s-]+", "", clean)):
        return _no_effort(text, "A spreadsheet may have turned a range like 2-4 into a date. ")
    sign = "/" if "/" in clean else "-" if "-" in clean else ""
    pieces = [piece.strip() for piece in clean.split(sign)] if sign else [clean]
    if (sign, len(pieces)) not in _SHAPES or (sign and column.field == "remaining"):
        return _no_effort(text, "One number only. " if column.field == "remaining" else "")
    parts = [found for piece in pieces if (found := _PIECE.fullmatch(piece))]
    if any(_ONE_OR_A_THOUSAND.fullmatch(found[1]) for found in parts):
        return _one_or_a_thousand(text)
    amounts = [amount for found in parts if (amount := _amount(found[1], found[2]))]
    return _spelled(text, sign, amounts, column, point) if len(amounts) == len(pieces) else _no_effort(text)


def _clean(text: str) -> str:
    """One spelling of dashes, digits, fractions; without "about" and question marks."""
    halves = _HALF.sub(lambda found: f"{found[1] or 0}.{_HALVES[found[2]]}", text)
    narrow = _ABOUT.sub("", unicodedata.normalize("NFKC", halves).rstrip(" ?!*"))
    return _INNER_HYPHEN.sub(" ", _TO.sub("-", narrow)).strip()


def _amount(digits: str, word: str) -> Amount | None:
    """A number and its unit ("" if it has none); None if it is no amount."""
    number = _NUMBER.fullmatch(digits)
    if not number or (word and not unit(word)):
        return None
    return float(f"{number[1]}.{number[2] or 0}"), unit(word) if word else ""


def _spelled(
    text: str, sign: str, amounts: Sequence[Amount], column: Column, point: Amount | None
) -> str | Unreadable:
    """The amounts in the files' spelling; one without a unit takes the unit of its neighbour, else the header's."""
    shared = next((named for _, named in reversed(amounts) if named), column.form or "d")
    whole = [(number, named or shared) for number, named in amounts]
    if any(named == "p" for _, named in whole) and point is None:
        return _points_unknown(text)
    worth = [
        (number * point[0], point[1]) if named == "p" and point else (number, named)
        for number, named in whole
    ]
    if any(high < low and one == other for (low, one), (high, other) in pairwise(worth)):
        return _no_effort(text, "The lowest number comes first. ")
    if any(number > _LARGEST for number, _ in worth):
        return _no_effort(text, "That is too large. ")
    return sign.join(f"{number:.4f}".rstrip("0").rstrip(".") + named for number, named in worth)


def _point(text: str) -> Amount | None:
    found = _PIECE.fullmatch(_clean(text))
    amount = _amount(found[1], found[2]) if found and not _ONE_OR_A_THOUSAND.fullmatch(found[1]) else None
    return None if amount is None or amount[1] == "p" else (amount[0], amount[1] or "d")


def _bad_point(path: str, point: str) -> Problem:
    message = f"{quoted(point)} says nothing about the worth of a point."
    return Problem(path=path, code="bad-point", message=message, fix="Write an effort: --point 0.5d")


def _points_unknown(text: str) -> Unreadable:
    message = f"{quoted(text)} is in points, and nobody said what a point is worth."
    return Unreadable("points-unknown", message, "Say it in days or hours: --point 0.5d")


def _no_effort(text: str, why: str = "") -> Unreadable:
    return Unreadable("unknown-effort", f"{quoted(text)} is no effort that can be read.", why + _FIX)


def _one_or_a_thousand(text: str) -> Unreadable:
    message = f"{quoted(text)} could have a decimal or a thousands separator."
    return Unreadable(
        "ambiguous-number", message, "Write large numbers without a separator, decimals like 2.5 or 2,5."
    )
