"""Which column of a list becomes which field: what the user said first, then the known names.

Refuses headers and fields that do not exist, and two columns for one field where they cannot be joined.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import get_args

from mbl.errors import Problem
from mbl.importers.headers import DATES, EFFORTS, FIELDS, ORDERS, Known, form, recognised, without_note
from mbl.importers.words import plain, translated, unit
from mbl.model.noun import Id

JOINED = frozenset({"labels", "outcomes", "links", "description"})
_LISTED = 20
_TELLING = frozenset({"title", "id"})
_FORMS = {
    **dict.fromkeys(DATES, "{0}:dmy, {0}:mdy or {0}:ymd"),
    **dict.fromkeys(EFFORTS, "{0}:days, {0}:hours, {0}:weeks or {0}:points"),
}

is_id = re.compile(get_args(Id)[1].pattern).fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: where it stands (from 0), its header, and the field it becomes ("" for none, and `why`)."""

    index: int
    header: str
    field: str = ""
    form: str = ""
    sure: bool = True
    said: bool = False
    why: str = ""


def said(path: str, columns: Mapping[str, str]) -> tuple[dict[str, Known], tuple[Problem, ...]]:
    """What the user said: `{plain header: field}` from `{"Due date": "due:dmy"}`, and what nobody can follow."""
    known: dict[str, Known] = {}
    problems: list[Problem] = []
    for header, wish in columns.items():
        field, _, note = (part.strip() for part in wish.partition(":"))
        stated = _stated(field, note)
        known[plain(header)] = Known(field if not field or field in FIELDS else "", stated, said=True)
        if field and field not in FIELDS:
            problems.append(_unknown_field(path, header, field))
        elif note and not stated:
            problems.append(_unknown_form(path, header, field, note))
    return known, tuple(problems)


def known(header: str, wishes: Mapping[str, Known]) -> Known | None:
    """What a header means, None if nobody knows."""
    name, note = without_note(header)
    wish = wishes.get(plain(header)) or wishes.get(name)
    if not wish:
        return recognised(header)
    named = recognised(header)
    stated = form(wish.field, note) or (named.form if named and named.field == wish.field else "")
    return wish._replace(form=wish.form or stated)


def columns(
    path: str, headers: Sequence[str], *, line: int, wishes: Mapping[str, Known]
) -> tuple[tuple[Column, ...], tuple[Problem, ...]]:
    """Every column of the header row that stands in this line, and what is wrong with them."""
    found = tuple(_column(index, header.strip(), wishes) for index, header in enumerate(headers))
    return _once_each(path, found, line)


def untitled(path: str, headers: Sequence[str], found: Sequence[Column], *, line: int) -> tuple[Problem, ...]:
    """A problem if nothing says what a row is about: neither a title, nor the id of an item that has one."""
    if any(column.field in _TELLING for column in found):
        return ()
    free = next((column.header for column in found if column.header and not column.field), "Column")
    fix = f'Say which one it is: --map "{free}=title".'
    return (
        Problem(
            path=path, line=line, code="no-title-column", fix=fix,
            message=f"No column is known as the title. The columns are: {_listed(headers)}.",
        ),
    )  # fmt: skip


def absent(path: str, headers: Sequence[str], *, line: int, wishes: Iterable[str]) -> tuple[Problem, ...]:
    """A problem for every header that the user named and that the header row does not have."""
    seen = {name for header in headers for name in (plain(header), without_note(header)[0])}
    return tuple(_unknown_header(path, wish, headers, line) for wish in wishes if plain(wish) not in seen)


def settled(found: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns, with those decided whose meaning depends on their values: ids, and priorities."""
    has_key = any(column.field == "key" for column in found)
    return tuple(_settled(column, _filled(column, rows), has_key=has_key) for column in found)


def _stated(field: str, note: str) -> str:
    if field in DATES:
        return note.casefold() if note.casefold() in ORDERS else ""
    return unit(note) if field in EFFORTS else ""


def _column(index: int, header: str, wishes: Mapping[str, Known]) -> Column:
    meaning = known(header, wishes) if header else None
    if meaning is None:
        return Column(index=index, header=header)
    return Column(index=index, header=header, **meaning._asdict())


def _once_each(
    path: str, found: Sequence[Column], line: int
) -> tuple[tuple[Column, ...], tuple[Problem, ...]]:
    """The user's word beats a known name, a sure name an unsure one; of equals only some fields can be joined."""
    kept: list[Column] = []
    problems: list[Problem] = []
    best: dict[str, Column] = {}
    for column in sorted(found, key=lambda one: (not one.said, not one.sure, _computed(one, found))):
        first = best.setdefault(column.field, column) if column.field else column
        if first is column or column.field in JOINED:
            kept.append(column)
            continue
        kept.append(replace(column, field="", why=f'{column.field} is taken from "{first.header}"'))
        if (column.said, column.sure) == (first.said, first.sure) and not _computed(column, found):
            problems.append(_two_columns(path, first, column, line))
    return tuple(sorted(kept, key=lambda one: one.index)), tuple(problems)


def _computed(column: Column, found: Sequence[Column]) -> bool:
    """Whether this is the column of days that mbl itself writes beside an item's estimate."""
    return column.header == "effort_days" and any(other.header == "estimate" for other in found)


def _filled(column: Column, rows: Sequence[Sequence[str]]) -> list[str]:
    if column.said or (column.sure and column.field != "id"):
        return []
    texts = (row[column.index].strip() for row in rows if column.index < len(row))
    return [text for text in texts if text]


def _settled(column: Column, texts: Sequence[str], *, has_key: bool) -> Column:
    if not texts:
        return column
    if column.field == "id" and not any(is_id(text) for text in texts):
        return replace(column, field="" if has_key else "key", why="its values are no mbl ids")
    if column.field == "moscow" and 2 * sum(translated("moscow", text) is not None for text in texts) < len(
        texts
    ):
        return replace(column, field="", why="its values are not must, should, could or wont")
    return column


def _unknown_field(path: str, header: str, field: str) -> Problem:
    near = get_close_matches(field, FIELDS, n=1)
    return Problem(
        path=path,
        code="unknown-field",
        message=f'There is no field "{field}" for the column "{header}".',
        fix=(f"Did you mean {near[0]}? " if near else "") + f"The fields are: {', '.join(FIELDS)}.",
    )


def _unknown_form(path: str, header: str, field: str, note: str) -> Problem:
    return Problem(
        path=path,
        code="unknown-form",
        message=f'"{note}" says nothing about the {field} in the column "{header}".',
        fix=f"Write {_FORMS.get(field, '{0} alone').format(field)}.",
    )


def _unknown_header(path: str, wish: str, headers: Sequence[str], line: int) -> Problem:
    by_name = {plain(header): header.strip() for header in headers if header.strip()}
    near = get_close_matches(plain(wish), by_name, n=1)
    return Problem(
        path=path,
        line=line,
        code="unknown-column",
        message=f'There is no column "{wish}".',
        fix=(f'Did you mean "{by_name[near[0]]}"? ' if near else "")
        + f"The columns are: {_listed(headers)}.",
    )


def _two_columns(path: str, first: Column, second: Column, line: int) -> Problem:
    return Problem(
        path=path,
        line=line,
        column=second.index + 1,
        code="two-columns",
        message=f'Both "{first.header}" and "{second.header}" would be the {first.field}.',
        fix=f'Leave one out: --map "{second.header}=" (or "{first.header}=").',
    )


def _listed(headers: Sequence[str]) -> str:
    shown = [f'"{header.strip()[:40]}"' for header in headers if header.strip()]
    return ", ".join(shown[:_LISTED]) + (f" and {len(shown) - _LISTED} more" if len(shown) > _LISTED else "")
