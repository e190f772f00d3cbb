"""Nouns as plain tuples and back, fast: what the index keeps instead of YAML.

A noun packs to a tuple of its fields without the trailing ones that hold their default; a sequence packs to a
list, so the two stay apart; a day packs to its ISO text. Refuses nothing: it only sees validated nouns.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

Unpack = Callable[[Any], Any]


def pack(value: Any) -> Any:
    """The value as something `marshal` can write."""
    if is_dataclass(value):
        kept = tuple(pack(getattr(value, field.name)) for field in fields(value))
        return kept[: _needed(kept, _defaults(value.__class__))]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [pack(entry) for entry in value]
    if isinstance(value, dict):
        return {key: pack(entry) for key, entry in value.items()}
    return value


@cache
def unpacker(hint: Any) -> Unpack | None:
    """The function that restores a packed value of this type; None if it is already itself."""
    origin = get_origin(hint)
    if origin is Annotated:
        return unpacker(get_args(hint)[0])
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        return _noun_unpacker(hint)
    if origin is tuple:
        entry = unpacker(get_args(hint)[0])
        return tuple if entry is None else _each(entry)
    if origin is dict:
        entry = unpacker(get_args(hint)[1])
        return entry and (lambda packed: {key: entry(value) for key, value in packed.items()})
    if origin in (Union, UnionType):
        return _union_unpacker(tuple(part for part in get_args(hint) if part is not type(None)))
    return None


def _each(entry: Unpack) -> Unpack:
    return lambda packed: tuple(map(entry, packed))


def _noun_unpacker(kind: Any) -> Unpack:
    hints = get_type_hints(kind, include_extras=True)
    special = tuple(
        (place, restore)
        for place, field in enumerate(fields(kind))
        if (restore := unpacker(hints[field.name])) is not None
    )

    def restored(packed: tuple[Any, ...]) -> Any:
        values, length = list(packed), len(packed)
        for place, restore in special:
            if place >= length:
                break
            if values[place] is not None:
                values[place] = restore(values[place])
        return kind(*values)

    return restored


def _union_unpacker(parts: tuple[Any, ...]) -> Unpack | None:
    """Which of the types it was shows in the packed form."""
    if len(parts) == 1:
        return unpacker(parts[0])
    by_form = {_packed_form(part): unpacker(part) for part in parts}
    if not any(by_form.values()):
        return None

    def restored(packed: Any) -> Any:
        restore = by_form.get(type(packed))
        return packed if restore is None else restore(packed)

    return restored


def _packed_form(hint: Any) -> type:
    origin = get_origin(hint)
    if origin is Annotated:
        return _packed_form(get_args(hint)[0])
    if origin is Literal:
        return str
    if is_dataclass(hint):
        return tuple
    if hint is date:
        return str
    form: type = {tuple: list, dict: dict}.get(origin or hint, hint)
    return form


@cache
def _defaults(kind: Any) -> tuple[Any, ...]:
    """The packed default of each field; one that equals nothing for a field that is required."""
    return tuple(
        object()
        if field.default is MISSING and field.default_factory is MISSING
        else pack(field.default if field.default_factory is MISSING else field.default_factory())
        for field in fields(kind)
    )


def _needed(packed: tuple[Any, ...], defaults: tuple[Any, ...]) -> int:
    length = len(packed)
    while length and packed[length - 1] == defaults[length - 1]:
        length -= 1
    return length
