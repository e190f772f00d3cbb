"""What a noun is made of, as its type hints say: keys, help, the noun behind a key, which values may be bare numbers.

Refuses nothing: a place that leads nowhere has no keys and no help.
"""

from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from mbl.model.noun import Form, Help, key_of, keys


def is_noun(value: Any) -> bool:
    """Whether this is a noun or the type of one."""
    return is_dataclass(value)


def known_keys(kind: Any, place: Sequence[Any]) -> tuple[str, ...]:
    """The keys known where `place` stands."""
    holder = _holder(kind, place)
    return keys(holder) if is_noun(holder) else ()


def help_of(kind: Any, place: Sequence[Any]) -> str:
    """The help of the key at `place`; empty if there is none."""
    holder = _holder(kind, place)
    hint = _by_key(holder).get(str(place[-1])) if is_noun(holder) else None
    return next((mark.text for mark in _marks(hint) if isinstance(mark, Help)), "")


@cache
def number_keys(kind: Any) -> frozenset[str]:
    """The keys whose text may stand as a bare number."""
    return frozenset(
        key
        for key, hint in _by_key(kind).items()
        if any(isinstance(mark, Form) and mark.number for mark in _marks(hint))
    )


@cache
def defaults(kind: Any) -> dict[str, Any]:
    """The default of each field; a required one differs from every value."""
    return {
        field.name: object()
        if field.default is MISSING and field.default_factory is MISSING
        else (field.default if field.default_factory is MISSING else field.default_factory())
        for field in fields(kind)
    }


def _holder(kind: Any, place: Sequence[Any]) -> Any:
    """The noun that holds the key at `place`; the number of an entry in a list leads nowhere new."""
    for step in place[:-1]:
        if isinstance(step, int):
            continue
        kind = _noun_in(_by_key(kind).get(str(step)) if is_noun(kind) else kind)
    return kind


@cache
def _by_key(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {key_of(field.name): hints[field.name] for field in fields(kind)}


def _noun_in(hint: Any) -> Any:
    if is_noun(hint):
        return hint
    return next((found for part in get_args(hint) if (found := _noun_in(part)) is not None), None)


def _marks(hint: Any) -> Iterator[Any]:
    yield from getattr(hint, "__metadata__", ())
    for part in get_args(hint):
        yield from _marks(part)
