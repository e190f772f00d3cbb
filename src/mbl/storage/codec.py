"""Texts become nouns, and a changed backlog becomes the texts to write. Pure: it touches no file.

Refuses what the model refuses, and reports every problem of a file at once, each with its line.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from mbl.errors import Problem
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS, Backlog
from mbl.model.item import SKELETON, Item
from mbl.model.noun import Form, Help, key_of, keys
from mbl.model.settings import Settings
from mbl.model.team import People
from mbl.storage import yamltext
from mbl.storage.yamltext import Malformed

LARGEST = 1_000_000
"""Bytes. A file holds one noun; what is larger was not written by hand."""


def kind_of(path: str) -> Any:
    """The type of the noun in this file; None if the path belongs to no noun."""
    if path == SETTINGS:
        return Settings
    if path == PEOPLE:
        return People
    folder, slash, name = path.partition("/")
    if not slash or "/" in name or not name.endswith((".yaml", ".yml")) or name.startswith("."):
        return None
    return FOLDERS.get(folder)


def parse(path: str, content: bytes) -> Any:
    """The noun in the file. Raises Malformed with every problem."""
    text = _decoded(path, content)
    data = yamltext.load(path, text)
    if data is None and path == PEOPLE:
        return {}
    if not isinstance(data, dict):
        said = "the file is empty" if data is None else "the file should hold `key: value` lines"
        raise Malformed(
            Problem(
                path=path, code="not-a-mapping", message=said, fix=f"See `mbl schema {_name(path)}`.", line=1
            )
        )
    return _validated(path, data, text, kind=kind_of(path))


def valid(kind: Any, data: Mapping[str, Any]) -> Any:
    """A noun from values as a file would have them; they come from the command line or from another list.

    Raises Malformed; its problems have no path.
    """
    return _validated("", {key: value for key, value in data.items() if value is not None}, "", kind=kind)


def parse_tree(tree: Mapping[str, bytes]) -> Backlog:
    """The backlog in these files; what cannot be read stands in `broken`."""
    nouns: dict[str, Any] = {}
    broken: list[Problem] = []
    for path in sorted(tree):
        if kind_of(path) is None:
            continue
        try:
            nouns[path] = parse(path, tree[path])
        except Malformed as error:
            broken.extend(error.problems)
    return assembled(nouns, tuple(broken))


def assembled(nouns: Mapping[str, Any], broken: tuple[Problem, ...] = ()) -> Backlog:
    """One backlog of all nouns by path."""
    shelves: dict[str, dict[str, Any]] = {folder: {} for folder in FOLDERS}
    for path, noun in nouns.items():
        folder = path.partition("/")[0]
        if folder in shelves:
            shelves[folder][path] = noun
    settings = nouns.get(SETTINGS) or Settings()
    return Backlog(settings=settings, people=nouns.get(PEOPLE) or {}, broken=broken, **shelves)


def plan(before: Backlog, after: Backlog, read: Callable[[str], bytes]) -> dict[str, bytes | None]:
    """What to write: new content by path, None for a file to remove. `read` gives a file's present content.

    Raises Malformed when a file cannot be edited safely, or when the result would not be read back.
    """
    old, new = dict(before.nouns()), dict(after.nouns())
    writes: dict[str, bytes | None] = {path: None for path in old if path not in new}
    for path, noun in new.items():
        former = old.get(path)
        if former is noun or former == noun:
            continue
        content = _created(path, noun) if path not in old else _edited(path, read(path), former, noun)
        parse(path, content)
        writes[path] = content
    return writes


def values(noun: Any) -> dict[str, Any]:
    """What a noun says, as YAML values by key, in file order; keys that say nothing are left out."""
    if isinstance(noun, dict):
        return {key: values(entry) for key, entry in noun.items()}
    kind: Any = type(noun)
    numbers, defaults = _number_keys(kind), _defaults(kind)
    said = {
        key_of(name): _yaml_value(value, number=key_of(name) in numbers)
        for name in defaults
        if (value := getattr(noun, name)) != defaults[name]
    }
    return {key: said[key] for key in keys(kind) if key in said}


def schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema (draft 7) of a noun's file."""
    from pydantic import TypeAdapter

    made = TypeAdapter(kind).json_schema(ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    for part in (made, *definitions.values()):
        if part.get("type") == "object" and "properties" in part:
            part["patternProperties"] = {"^x-": {}}
    head = {"$schema": "http://json-schema.org/draft-07/schema#"}
    return {**head, **made, **({"definitions": definitions} if definitions else {})}


def _name(path: str) -> str:
    return (
        path.partition("/")[0].removesuffix(".yaml").removesuffix("s")
        if "/" in path
        else path.split(".", maxsplit=1)[0]
    )


def _decoded(path: str, content: bytes) -> str:
    if len(content) > LARGEST:
        size = f"{len(content) / 1_000_000:.0f} MB"
        raise Malformed(
            Problem(
                path=path,
                code="too-large",
                message=f"{size}: too large for a backlog file (1 MB at most)",
                fix="Keep long texts elsewhere, and link to them (links: […]).",
            )
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Malformed(
            Problem(
                path=path,
                code="not-utf-8",
                message="not a text in UTF-8",
                line=line,
                fix="Save the file as UTF-8; if it is a picture or a document, move it elsewhere.",
            )
        ) from None


def _is_noun(value: Any) -> bool:
    return is_dataclass(value)


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _validated(path: str, data: dict[str, Any], text: str, *, kind: Any) -> Any:
    from pydantic import ValidationError

    filled = {key: value for key, value in data.items() if value is not None}
    try:
        return _adapter(kind).validate_python(filled)
    except ValidationError as error:
        raise Malformed(*_problems(path, filled, text, error.errors(include_url=False), kind=kind)) from None
    except RecursionError:
        raise Malformed(Problem(path=path, code="too-deep", message="nested too deeply")) from None


def _problems(path: str, data: Any, text: str, errors: list[Any], *, kind: Any) -> Iterator[Problem]:
    """One problem a place; where the members of a union disagree, the one that got deepest speaks."""
    places = [_place(data, error["loc"]) for error in errors]
    seen: set[tuple[Any, ...]] = set()
    for error, place in zip(errors, places, strict=True):
        at = (*place, error["loc"][-1]) if error["type"] == "missing" else place
        outdone = any(len(other) > len(at) and other[: len(at)] == at for other in places)
        if at in seen or (at and outdone):
            continue
        seen.add(at)
        line, column = yamltext.position(text, place) if text else (0, 0)
        code, message, fix = _sentence(kind, at, error)
        yield Problem(path=path, code=code, message=message, fix=fix, line=line, column=column)


def _place(data: Any, loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """The steps of a location that exist in the file (unions add steps of their own)."""
    place: list[Any] = []
    for step in loc:
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]
        else:
            continue
        place.append(step)
    return tuple(place)


def _sentence(kind: Any, place: tuple[Any, ...], error: Any) -> tuple[str, str, str]:
    """Code, message and fix for one thing Pydantic found."""
    name = ".".join(str(step) for step in place) or "the file"
    given = error.get("input")
    shown = f" ({given!s:.40})" if isinstance(given, str | int | float) else ""
    if error["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        known = _known_keys(kind, place)
        near = _nearest(str(place[-1]), known)
        fix = f"Did you mean {near}?" if near else f"Known here: {', '.join(known)}."
        return "unknown-key", f"unknown key {place[-1]}", f"{fix} Keys of your own begin with x-."
    if error["type"] == "missing":
        return "missing-key", f"{name} is missing", f"Add a line `{place[-1]}: …`: {_help(kind, place)}."
    if place == ("schema",):
        return (
            "schema-version",
            f"this backlog needs a newer mbl (schema{shown}, this one knows 1)",
            "Upgrade mbl.",
        )
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"]).replace("'", "")
        near = _nearest(str(given), tuple(re.split(r", | or ", expected)))
        return "unknown-value", f"{name}{shown} should be {expected}", f"Did you mean {near}?" if near else ""
    said = {
        "form": f"{name}{shown} {error['msg']}",
        "day": f"{name}{shown} {error['msg']}",
        "string_type": f"{name} should be one text, not a list or mapping",
        "tuple_type": f"{name}{shown} should be a list, like [a, b]",
        "dataclass_type": f"{name}{shown} should be a mapping, like {{key: value}}",
        "dict_type": f"{name}{shown} should be a mapping, like {{key: value}}",
        "float_parsing": f"{name}{shown} should be a number",
        "int_parsing": f"{name}{shown} should be a whole number",
        "bool_parsing": f"{name}{shown} should be true or false",
    }.get(error["type"], f"{name}{shown}: {error['msg'][:1].lower()}{error['msg'][1:]}")
    return "wrong-value", said, f"{place[0]}: {_help(kind, place[:1])}." if place else ""


def _known_keys(kind: Any, place: tuple[Any, ...]) -> tuple[str, ...]:
    """The keys known where `place` stands."""
    for step in place[:-1]:
        kind = _part_of(kind, step)
    return keys(kind) if _is_noun(kind) else ()


def _part_of(kind: Any, step: Any) -> Any:
    """The noun behind a key, a mapping's entry, or a list's entry."""
    if _is_noun(kind):
        named = {key_of(name): hint for name, hint in _hints(kind).items()}
        return _noun_in(named.get(str(step)))
    return _noun_in(kind)


def _noun_in(hint: Any) -> Any:
    if _is_noun(hint):
        return hint
    return next((found for part in get_args(hint) if (found := _noun_in(part)) is not None), None)


def _help(kind: Any, place: tuple[Any, ...]) -> str:
    for step in place[:-1]:
        kind = _part_of(kind, step)
    if not _is_noun(kind):
        return "see the documentation"
    hint = {key_of(name): hint for name, hint in _hints(kind).items()}.get(str(place[-1]))
    return next((mark.text for mark in _marks(hint) if isinstance(mark, Help)), "see the documentation")


def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.lower(), known, n=1)), None)


def _created(path: str, noun: Any) -> bytes:
    said = values(noun)
    if isinstance(noun, Item):
        said = {key: said.get(key) for key in keys(Item) if key in said or key in SKELETON}
        said["status"] = noun.status
    return yamltext.dump(said, comment=modeline(path)).encode()


def modeline(path: str) -> str:
    """The comment by which an editor finds the schema of the file."""
    up = "../" if "/" in path else ""
    return f"# yaml-language-server: $schema={up}schemas/{_name(path)}.json\n"


def _edited(path: str, content: bytes, former: Any, noun: Any) -> bytes:
    old, new = values(former), values(noun)
    changes = {key: new.get(key) for key in {**old, **new} if old.get(key) != new.get(key)}
    if isinstance(noun, Item) and "status" in changes:
        changes["status"] = noun.status
    kept = SKELETON if isinstance(noun, Item) else frozenset()
    kind: Any = type(noun)
    order = () if isinstance(noun, dict) else keys(kind)
    try:
        return yamltext.set_keys(content.decode(), changes, order=order, kept=kept).encode()
    except Malformed as error:
        raise Malformed(*(_with_path(problem, path) for problem in error.problems)) from None


def _with_path(problem: Problem, path: str) -> Problem:
    from dataclasses import replace

    return replace(problem, path=path)


def _yaml_value(value: Any, *, number: bool = False) -> Any:
    if _is_noun(value):
        return values(value)
    if isinstance(value, tuple):
        return [_yaml_value(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _yaml_value(entry) for key, entry in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if number and isinstance(value, str) and re.fullmatch(r"0|[1-9]\d*", value):
        return int(value)
    if number and isinstance(value, str) and re.fullmatch(r"(?:0|[1-9]\d*)\.\d*[1-9]", value):
        return float(value)
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def _number_keys(kind: Any) -> frozenset[str]:
    return frozenset(
        key_of(name)
        for name, hint in _hints(kind).items()
        if any(isinstance(mark, Form) and mark.number for mark in _marks(hint))
    )


def _marks(hint: Any) -> Iterator[Any]:
    yield from getattr(hint, "__metadata__", ())
    for part in get_args(hint):
        yield from _marks(part)


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    """The default of each field; a required one differs from every value."""
    return {
        field.name: object()
        if field.default is MISSING and field.default_factory is MISSING
        else (field.default if field.default_factory is MISSING else field.default_factory())
        for field in fields(kind)
    }
