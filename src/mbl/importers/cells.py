"""The cells of one column become the values of one field; each cell that nobody can read is a problem with its line.

Changes no words: names that must be one word get hyphens, and the remarks say so.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NamedTuple

from mbl.errors import Problem
from mbl.importers.columns import Column, is_id
from mbl.importers.draft import Value, Wishes
from mbl.importers.words import MOSCOW, STATUS, translated

_EXAMPLES = 3
_SHOWN = 40
_COMMAS = re.compile(r"[,;|\r\n]+")
_NEUTRAL = re.compile(r"'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
_NOT_IN_NAMES = re.compile(r"[\s,=\x00-\x1f]+")


class Cell(NamedTuple):
    """A cell without the space around it, and the line of the file where its row begins."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value for each cell (None: nothing there), what could not be read, and what was assumed."""

    values: tuple[Value | None, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell cannot be read, and what to write instead."""

    code: str
    message: str
    fix: str


Read = Callable[[str], Value | Unreadable | None]


def reading(
    path: str, column: Column, cells: Sequence[Cell], *, read: Read, nothing: str = "left empty"
) -> Reading:
    """Every cell read on its own, equal ones once. `nothing` says what happens to cells that say nothing."""
    known = {text: read(text) for text in {cell.text for cell in cells} if text}
    values = tuple(known.get(cell.text) for cell in cells)
    problems = [
        problem(path, column, cell, value)
        for cell, value in zip(cells, values, strict=True)
        if isinstance(value, Unreadable)
    ]
    empty = Counter(cell.text for cell in cells if cell.text and known[cell.text] is None)
    return Reading(
        values=tuple(None if isinstance(value, Unreadable) else value for value in values),
        problems=tuple(problems),
        remarks=(f"{column.field}: {_examples(empty)}: {nothing}",) if empty else (),
    )


def problem(path: str, column: Column, cell: Cell, why: Unreadable) -> Problem:
    """The problem of one cell."""
    return Problem(
        path=path, line=cell.line, column=column.index + 1, code=why.code, message=why.message, fix=why.fix
    )


def first_of(problems: Sequence[Problem], *codes: str) -> tuple[Problem, ...]:
    """The problems, with only the first of those with these codes: they have one cause, and it says how many."""
    same = [each for each in problems if each.code in codes]
    others = tuple(each for each in problems if each.code not in codes)
    if len(same) <= 1:
        return tuple(problems)
    joined = replace(same[0], message=f"{same[0].message} ({len(same) - 1} more like it.)")
    return tuple(sorted((joined, *others), key=lambda each: each.line))


def quoted(text: str) -> str:
    """The text in quotes, shortened."""
    return f'"{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"}"'


def text(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """Texts, with their lines."""
    del wishes
    return reading(path, column, cells, read=lambda words: re.sub(r"\r\n?", "\n", _bare(words)))


def line(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """Texts of one line: a line break inside becomes a space."""
    del wishes
    return reading(
        path,
        column,
        cells,
        read=lambda words: " ".join(filter(None, map(str.strip, re.split("[\r\n]+", _bare(words))))),
    )


def name(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """One word each: "Growth Team" becomes growth-team, a word stays as it is."""
    del wishes
    found = reading(path, column, cells, read=lambda words: _name(words) or None)
    return _with_renamed(column, found, (cell.text for cell in cells))


def names(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """Lists of words, split at commas, semicolons, bars and line ends."""
    del wishes
    found = reading(
        path, column, cells, read=lambda words: tuple(filter(None, map(_name, _parts(words)))) or None
    )
    return _with_renamed(column, found, (part for cell in cells for part in _parts(cell.text)))


def links(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """Lists of addresses, split at spaces and line ends; a line without an address stays whole."""
    del wishes
    return reading(path, column, cells, read=_links)


def word(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """The values of `status` and `moscow`, from the words that people use for them in four languages."""
    del wishes

    def read(words: str) -> str | Unreadable | None:
        value = translated(column.field, words)
        return _unknown_word(column.field, words) if value is None else value or None

    return reading(path, column, cells, read=read, nothing="open, but not said whether promised: see --as")


def identity(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """Ids of mbl."""
    del wishes

    def read(words: str) -> str | Unreadable:
        fix = "Leave the cell empty for a new request, or copy the id from mbl list."
        return words if is_id(words) else Unreadable("bad-id", f"{quoted(words)} is no mbl id.", fix)

    return reading(path, column, cells, read=read)


def _bare(words: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula, as in mbl's own CSV files."""
    return words[1:] if _NEUTRAL.match(words) else words


def _parts(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _COMMAS.split(_bare(words)) if part.strip())


def _name(words: str) -> str:
    """As it is, if it is one word; else in small letters with hyphens."""
    words = _bare(words)
    return _NOT_IN_NAMES.sub("-", words).strip("-").casefold() if _NOT_IN_NAMES.search(words) else words


def _links(words: str) -> tuple[str, ...]:
    lines = (part.strip() for part in words.splitlines() if part.strip())
    return tuple(link for part in lines for link in (part.split() if "://" in part else (part,)))


def _with_renamed(column: Column, found: Reading, words: Iterable[str]) -> Reading:
    renamed = sorted({f"{quoted(one)} → {_name(one)}" for one in words if one and _name(one) != one})
    if not renamed:
        return found
    more = f" and {len(renamed) - _EXAMPLES} more" if len(renamed) > _EXAMPLES else ""
    remark = f"{column.field}: written as one word: {', '.join(renamed[:_EXAMPLES])}{more}"
    return replace(found, remarks=(*found.remarks, remark))


def _unknown_word(field: str, words: str) -> Unreadable:
    values = {"status": STATUS, "moscow": MOSCOW}[field]
    first = {
        value: [each.strip() for each in known.split("|")[:2]] for value, known in values.items() if value
    }
    near = get_close_matches(
        words.casefold(), [each.casefold() for pair in first.values() for each in pair], n=1
    )
    said = "; ".join(f"{value} ({', '.join(pair)} …)" for value, pair in first.items())
    return Unreadable(
        code=f"unknown-{field}",
        message=f"{quoted(words)} is no known {field}.",
        fix=(f"Did you mean {near[0]}? " if near else "") + f"Known, in four languages: {said}.",
    )


def _examples(texts: Counter[str]) -> str:
    count = texts.total()
    shown = ", ".join(quoted(one) for one, _ in texts.most_common(_EXAMPLES))
    return f"{count} {'cell says' if count == 1 else 'cells say'} {shown}{' …' if len(texts) > _EXAMPLES else ''}"
