"""Any noun at all, as its type hints allow: what a field may hold, in every kind of file."""

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hostile import texts
from hypothesis import strategies as st

from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS
from mbl.model.noun import Form
from mbl.model.settings import Settings
from mbl.model.team import People

KINDS = {
    SETTINGS: Settings,
    PEOPLE: People,
    **{f"{folder}/some-k7f3x.yaml": kind for folder, kind in FOLDERS.items()},
}
"""A path for each kind of file."""
_CHARACTERS = st.characters(codec="utf-8")


@cache
def any_of(hint):
    """A strategy for the values of a type hint; keys that begin with x- are the user's, no noun holds them."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        form = next((mark for mark in parts[1:] if isinstance(mark, Form)), None)
        return _formed(form.pattern) if form else any_of(parts[0])
    if is_dataclass(hint):
        return _noun(hint)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple:
        return st.lists(any_of(parts[0]), max_size=3).map(tuple)
    if origin is dict:
        names = any_of(parts[0]).filter(lambda name: not name.startswith("x-"))
        return st.dictionaries(names, any_of(parts[1]), max_size=3)
    if origin in (Union, UnionType):
        return st.one_of(*(any_of(part) for part in parts))
    return _SIMPLE[hint]


_SIMPLE: dict[Any, Any] = {
    str: texts(),
    int: st.integers(-(10**9), 10**9),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
    type(None): st.none(),
}


def _formed(pattern):
    return st.from_regex(re.compile(pattern), fullmatch=True, alphabet=_CHARACTERS)


def _noun(kind):
    hints = get_type_hints(kind, include_extras=True)
    required, optional = {}, {}
    for field in fields(kind):
        needed = field.default is MISSING and field.default_factory is MISSING
        (required if needed else optional)[field.name] = any_of(hints[field.name])
    return st.fixed_dictionaries(required, optional=optional).map(lambda values: kind(**values))
