"""What Pydantic found in a file, as problems a marketer can act on: what, where, what to do.

Refuses to drown anyone: of a file with hundreds of problems it names the first ones and counts the rest.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mbl.errors import Problem
from mbl.storage import yamltext
from mbl.storage.anatomy import help_of, known_keys

_MOST = 100
_ELSEWHERE = "see the documentation"
Place = tuple[Any, ...]


def problems(path: str, data: Any, text: str, errors: Sequence[Any], *, kind: Any) -> Iterator[Problem]:
    """One problem a place; where the members of a union disagree, the one that got deepest speaks.

    `text` is what `data` was read from; empty if it came from elsewhere.
    """
    position = yamltext.located(text) if text else lambda place: (0, 0)
    spoken = _spoken(data, errors)
    for place, error in spoken[:_MOST]:
        line, column = position(place)
        code, message, fix = _sentence(kind, place, error)
        yield Problem(path=path, code=code, message=message, fix=fix, line=line, column=column)
    if len(spoken) > _MOST:
        rest = f"{len(spoken) - _MOST:,} more problems like these"
        yield Problem(path=path, code="more", message=rest, fix="Mend the first ones, then check again.")


def _spoken(data: Any, errors: Sequence[Any]) -> list[tuple[Place, Any]]:
    """The place and error of those that speak."""
    by_place: dict[Place, Any] = {}
    for error in errors:
        place = _existing(data, error["loc"])
        if error["type"] == "day" and _is_count(place):
            continue  # the other member of the union speaks
        by_place.setdefault((*place, error["loc"][-1]) if error["type"] == "missing" else place, error)
    around = {place[:length] for place in by_place for length in range(1, len(place))}
    return [(place, error) for place, error in by_place.items() if place not in around]


def _is_count(place: Place) -> bool:
    """Whether this is a counter of a reading, which holds its day besides."""
    return place[:1] == ("readings",) and place[-1] not in ("readings", "date")


def _existing(data: Any, loc: Place) -> Place:
    """The steps of a location that exist in the file (unions add steps of their own)."""
    place: list[Any] = []
    for step in loc:
        in_mapping = isinstance(data, dict) and step in data
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if in_mapping or in_list:
            data = data[step]
            place.append(step)
    return tuple(place)


def _sentence(kind: Any, place: Place, error: Any) -> tuple[str, str, str]:
    """Code, message and fix for one thing Pydantic found."""
    name = _short(".".join(str(step) for step in place) or "the file", 80)
    given = error.get("input")
    shown = f" ({_short(given, 40)})" if isinstance(given, str | int | float) else ""
    if error["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return _unknown_key(kind, place)
    if error["type"] == "missing":
        does = help_of(kind, place) or _ELSEWHERE
        return "missing-key", f"{name} is missing", f"Add a line `{place[-1]}: …`: {does}."
    if place == ("schema",):
        return _schema(_short(given, 40))
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"]).replace("'", "")
        near = _nearest(str(given), re.split(r", | or ", expected))
        return "unknown-value", f"{name}{shown} should be {expected}", f"Did you mean {near}?" if near else ""
    fix = f"{place[0]}: {help_of(kind, place[:1]) or _ELSEWHERE}." if place else ""
    return "wrong-value", _wrong_value(name, shown, error), fix


def _schema(given: str) -> tuple[str, str, str]:
    if given.isdecimal() and int(given) > 1:
        return (
            "schema-version",
            f"this backlog needs a newer mbl (schema {given}, this one knows 1)",
            "Upgrade mbl.",
        )
    return "schema-version", f"schema {given} is none that mbl ever knew", "Write `schema: 1`."


def _unknown_key(kind: Any, place: Place) -> tuple[str, str, str]:
    known = known_keys(kind, place)
    near = _nearest(str(place[-1]), known)
    fix = f"Did you mean {near}?" if near else f"Known here: {', '.join(known)}."
    return "unknown-key", f"unknown key {_short(place[-1], 40)}", f"{fix} Keys of your own begin with x-."


def _wrong_value(name: str, shown: str, error: Any) -> str:
    said = {
        "form": f"{name}{shown} {error['msg']}",
        "day": f"{name}{shown} {error['msg']}",
        "string_type": f"{name} should be one text, not a list or mapping",
        "tuple_type": f"{name}{shown} should be a list, like [a, b]",
        "dataclass_type": f"{name}{shown} should be a mapping, like {{key: value}}",
        "dict_type": f"{name}{shown} should be a mapping, like {{key: value}}",
        "float_parsing": f"{name}{shown} should be a number",
        "int_parsing": f"{name}{shown} should be a whole number",
        "int_from_float": f"{name}{shown} should be a whole number",
        "int_type": f"{name}{shown} should be a whole number",
        "bool_parsing": f"{name}{shown} should be true or false",
    }
    other = f"{name}{shown}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return said.get(error["type"], other)


def _nearest(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:80].lower(), known, n=1)), None)


def _short(value: Any, most: int) -> str:
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"
