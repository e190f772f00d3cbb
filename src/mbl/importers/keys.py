"""What matches a row at the next import: its own key, else its title and requester.

Refuses two rows with one key or one id: the second would overwrite the first.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from mbl.errors import Problem
from mbl.importers.draft import Draft, Value

_LINES_SHOWN = 5

Fields = Mapping[str, Value]


def keyed(
    path: str, lines: Sequence[int], rows: Sequence[Fields]
) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """A draft for each row that begins in these lines, and a remark if rows had to be numbered."""
    taken = {_text(fields, "key") for fields in rows}
    counts: dict[str, int] = {}
    drafts: list[Draft] = []
    numbered: list[int] = []
    for line, fields in zip(lines, rows, strict=True):
        name = _name(fields)
        key = _text(fields, "key") or _free(name, counts, taken)
        if not _text(fields, "key") and key != name:
            numbered.append(line)
        wanted = {field: value for field, value in fields.items() if field not in {"key", "id"}}
        drafts.append(Draft(path=path, line=line, fields=wanted, key=key, id=_text(fields, "id") or None))
    return tuple(drafts), _remark(numbered)


def twice(path: str, lines: Sequence[int], rows: Sequence[Fields], *, field: str) -> tuple[Problem, ...]:
    """A problem for every row whose `key` or `id` an earlier row has."""
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for line, fields in zip(lines, rows, strict=True):
        value = _text(fields, field)
        if value and first.setdefault(value, line) != line:
            message = f'The {field} "{value[:40]}" is also in line {first[value]}.'
            fix = f"Give each row its own {field}, or leave the cell empty."
            problems.append(
                Problem(path=path, line=line, code=f"duplicate-{field}", message=message, fix=fix)
            )
    return tuple(problems)


def _name(fields: Fields) -> str:
    """The title and the requester; a row without a title is known by its id."""
    if not _text(fields, "title"):
        return _text(fields, "id")
    return f"{_folded(fields, 'title')}|{_folded(fields, 'requester')}"


def _free(name: str, counts: dict[str, int], taken: set[str]) -> str:
    """The name, or the name and the first free number from 2; it is taken from now on."""
    count = counts.get(name, 0) + 1
    while (key := name if count == 1 else f"{name}#{count}") in taken:
        count += 1
    counts[name] = count
    taken.add(key)
    return key


def _text(fields: Fields, field: str) -> str:
    return str(fields.get(field, ""))


def _folded(fields: Fields, field: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", _text(fields, field)).casefold().split())


def _remark(lines: Sequence[int]) -> tuple[str, ...]:
    if not lines:
        return ()
    shown = ", ".join(map(str, lines[:_LINES_SHOWN])) + (" …" if len(lines) > _LINES_SHOWN else "")
    has = "1 row has" if len(lines) == 1 else f"{len(lines)} rows have"
    return (
        f"{has} the title and requester of an earlier row, and stay requests of their own (line {shown})",
    )
