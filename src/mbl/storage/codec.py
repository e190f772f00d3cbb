"""Texts become nouns, and a changed backlog becomes the texts to write. Pure: it touches no file.

Refuses what the model refuses, and reports every problem of a file at once, each with its line.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from mbl.errors import Problem
from mbl.model.backlog import PEOPLE, Backlog, assembled, kind_of
from mbl.model.item import SKELETON, Item
from mbl.model.noun import key_of, keys
from mbl.storage import yamltext
from mbl.storage.anatomy import defaults, is_noun, number_keys
from mbl.storage.complaints import problems
from mbl.storage.disk import LARGEST
from mbl.storage.yamltext import Malformed


def parse(path: str, content: bytes) -> Any:
    """The noun in the file. Raises Malformed with every problem."""
    text = decoded(path, content)
    data = yamltext.load(path, text)
    if data is None and path == PEOPLE:
        return {}
    if isinstance(data, dict):
        return _validated(path, data, text, kind=kind_of(path))
    said = "the file is empty" if data is None else "the file should hold `key: value` lines"
    fix = f"See `mbl schema {_schema_name(path)}`."
    raise Malformed(Problem(path=path, code="not-a-mapping", message=said, fix=fix, line=1))


def valid(kind: Any, data: Mapping[str, Any]) -> Any:
    """A noun from values as a file would have them; they come from the command line or from another list.

    Raises Malformed; its problems have no path.
    """
    return _validated("", data, "", kind=kind)


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


def plan(before: Backlog, after: Backlog, read: Callable[[str], bytes]) -> dict[str, bytes | None]:
    """What to write: new content by path, None for a file to remove. `read` gives a file's present content.

    Raises Malformed when a file cannot be edited safely, or when the result would not be read back.
    """
    old, new = dict(before.nouns()), dict(after.nouns())
    writes: dict[str, bytes | None] = {path: None for path in old if path not in new}
    if PEOPLE in writes:  # its comments may be worth more than the last person
        rest = edited(PEOPLE, read(PEOPLE), old[PEOPLE], {})
        writes[PEOPLE] = rest if rest.strip() else None
    for path, noun in new.items():
        former = old.get(path)
        if former is noun or former == noun:
            continue
        try:
            if path in old:
                writes[path] = edited(path, read(path), former, noun)
            else:
                remarks = _remarks(path, read)
                writes[path] = edited(path, remarks, {}, noun) if remarks else _created(path, noun)
        except UnicodeEncodeError:
            raise Malformed(_unwritable(path)) from None
    return writes


def values(noun: Any) -> dict[str, Any]:
    """What a noun says, as YAML values by key, in file order; keys that say nothing are left out."""
    if isinstance(noun, dict):
        return {key: values(entry) for key, entry in noun.items()}
    kind: Any = type(noun)
    numbers = number_keys(kind)
    said = {
        key_of(name): _yaml_value(value, number=key_of(name) in numbers)
        for name, default in defaults(kind).items()
        if (value := getattr(noun, name)) != default
    }
    return {key: said[key] for key in keys(kind) if key in said}


def schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema (draft 7) of a noun's file."""
    from pydantic import TypeAdapter

    made = TypeAdapter(kind).json_schema(ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    for mapping in _mappings([made, *definitions.values()]):
        named = mapping.get("patternProperties", {}).items()
        others = {f"^(?!x-){pattern.removeprefix('^')}": part for pattern, part in named}
        mapping["patternProperties"] = {"^x-": {}, **others}
    head = {"$schema": "http://json-schema.org/draft-07/schema#"}
    return {**head, **made, **({"definitions": definitions} if definitions else {})}


def _mappings(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of the schema that stands for a mapping."""
    if isinstance(schema, dict) and schema.get("type") == "object":
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _mappings(part)


def modeline(path: str) -> str:
    """The comment by which an editor finds the schema of the file."""
    up = "../" if "/" in path else ""
    return f"# yaml-language-server: $schema={up}schemas/{_schema_name(path)}.json\n"


def _schema_name(path: str) -> str:
    folder, slash, _ = path.partition("/")
    return folder.removesuffix("s") if slash else path.partition(".")[0]


def decoded(path: str, content: bytes) -> str:
    """The content as text. Raises Malformed."""
    if len(content) > LARGEST:
        said = f"larger than {LARGEST / 1_000_000:.0f} MB, too large for a backlog file"
        fix = "Keep long texts elsewhere, and link to them (links: […])."
        raise Malformed(Problem(path=path, code="too-large", message=said, fix=fix))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = "not a text in UTF-8"
        fix = "Save the file as UTF-8; if it is a picture or a document, move it elsewhere."
        raise Malformed(Problem(path=path, code="not-utf-8", message=said, fix=fix, line=line)) from None


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _validated(path: str, data: Mapping[str, Any], text: str, *, kind: Any) -> Any:
    from pydantic import ValidationError

    filled = {key: value for key, value in data.items() if value is not None}
    try:
        return _adapter(kind).validate_python(filled)
    except ValidationError as error:
        raise Malformed(*problems(path, filled, text, error.errors(include_url=False), kind=kind)) from None


def _unwritable(path: str) -> Problem:
    """A lone half of a character: what the command line makes of bytes that are not UTF-8."""
    said = "a text holds bytes that are no character"
    return Problem(path=path, code="not-utf-8", message=said, fix="Type the text anew, in UTF-8.")


def _unfaithful(path: str) -> Problem:
    return Problem(
        path=path,
        code="not-editable",
        message="the change cannot be written so that it reads back as meant",
        fix="Change the file by hand.",
    )


def _created(path: str, noun: Any) -> bytes:
    said = values(noun)
    if isinstance(noun, Item):
        said = {key: said.get(key) for key in keys(Item) if key in said or key in SKELETON}
        said["status"] = noun.status
    content = yamltext.dump(said, comment=modeline(path)).encode()
    if parse(path, content) != noun:
        raise Malformed(_unfaithful(path))
    return content


def _remarks(path: str, read: Callable[[str], bytes]) -> bytes:
    """The comments of a people file that names nobody yet: they stay. Nothing else may be there and hold no noun."""
    if path != PEOPLE:
        return b""
    try:
        content = read(path)
        return content if yamltext.load(path, decoded(path, content)) is None else b""
    except (OSError, KeyError, Malformed):
        return b""


def edited(path: str, content: bytes, former: Any, noun: Any) -> bytes:
    """The file with the changed keys.

    `set_keys` proves that it reads back as meant, and the values were validated when they came in: moving one
    item needs no Pydantic.
    """
    old, new = values(former), values(noun)
    changes = {key: new.get(key) for key in {**old, **new} if old.get(key) != new.get(key)}
    if isinstance(noun, Item) and "status" in changes:
        changes["status"] = noun.status
    kept = SKELETON if isinstance(noun, Item) else frozenset()
    kind: Any = type(noun)
    order = () if isinstance(noun, dict) else keys(kind)
    text = decoded(path, content)
    try:
        return yamltext.set_keys(text, changes, order=order, kept=kept, former=old).encode()
    except Malformed as error:
        raise Malformed(*(replace(problem, path=path) for problem in error.problems)) from None


def _yaml_value(value: Any, *, number: bool = False) -> Any:
    if is_noun(value):
        return values(value)
    if isinstance(value, tuple):
        return [_yaml_value(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _yaml_value(entry) for key, entry in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _bare(value) if number and isinstance(value, str) else value


def _bare(text: str) -> Any:
    """The number that this text is, if it would be written exactly so."""
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if str(number) == text and "e" not in text:
            return number
    return text
