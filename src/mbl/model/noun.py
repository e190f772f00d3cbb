"""What every noun is made of: a dataclass whose fields carry their own help text and their own form.

`Help`, `Form` and `Day` teach Pydantic (validation, JSON Schema) without importing it: a list of items
that have not changed since the last run needs no validation, and must not pay for it.
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def noun(cls: type[T]) -> type[T]:
    """A dataclass that is frozen for the type checker and fast at run time.

    A frozen dataclass sets each field through `object.__setattr__`: six times slower to build, which
    shows in a list of 10,000 items.
    """
    cls.__pydantic_config__ = {  # type: ignore[attr-defined]
        "extra": "forbid",
        "allow_inf_nan": False,
        "alias_generator": key_of,
    }
    return _quick(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """The same for what is no noun of the files: built by keyword, not validated."""
    return _quick(cls, kw_only=True)


def _quick(cls: type[T], *, kw_only: bool = False) -> type[T]:
    made: Any = dataclass(slots=True, eq=False, repr=False, kw_only=kw_only)(cls)
    # Shared by all: generating them for each of fifty classes would slow every start.
    made.__eq__, made.__hash__, made.__repr__ = _equal, None, _shown
    return made  # type: ignore[no-any-return]


def _equal(self: Any, other: Any) -> bool:
    return self.__class__ is other.__class__ and all(
        getattr(self, name) == getattr(other, name) for name in self.__slots__
    )


def _shown(self: Any) -> str:
    said = ", ".join(f"{name}={value!r}" for name in self.__slots__ if (value := getattr(self, name)))
    return f"{self.__class__.__name__}({said})"


def key_of(name: str) -> str:
    """The key in the file of a field: `from_` is `from`, which Python keeps for itself."""
    return name.rstrip("_")


@cache
def keys(kind: type) -> tuple[str, ...]:
    """The keys of a noun's file, in the order in which they are written."""
    own: tuple[str, ...] = getattr(kind, "FILE_ORDER", ())
    return own or tuple(key_of(field.name) for field in fields(kind))


@dataclass(frozen=True, slots=True)
class Help:
    """What a field is for, in one line: the help of its option, the description in its JSON Schema."""

    text: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        return {**handler(core_schema), "description": self.text}


@dataclass(frozen=True, slots=True)
class Only:
    """The one value an editor should accept, where the file holds a number and the model its text."""

    value: int

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        return {"const": self.value}


@dataclass(frozen=True, slots=True)
class Form:
    """The form a text must have; `says` completes the sentence "should be …". `number` may be bare in YAML."""

    pattern: str
    says: str
    number: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        matches = re.compile(self.pattern).fullmatch

        def check(value: str) -> str:
            if not matches(value):
                raise PydanticCustomError("form", "should be {says}", {"says": self.says})
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        text = {**handler(core_schema), "pattern": f"^(?:{self.pattern})$"}
        return {"anyOf": [text, {"type": "number"}]} if self.number else text


class _IsoDay:
    """Only `2026-11-30`: Pydantic alone would take a bare number for a date, too."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        matches = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII).fullmatch

        def parse(value: object) -> date:
            try:
                if isinstance(value, str) and matches(value):
                    return date.fromisoformat(value)
            except ValueError:
                raise PydanticCustomError("day", "is not a day of the calendar") from None
            raise PydanticCustomError("day", "should be a date like 2026-11-30")

        return core_schema.no_info_plain_validator_function(parse)

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        del core_schema, handler
        return {"type": "string", "format": "date"}


_ISO_DAY = _IsoDay()
Day = Annotated[date, _ISO_DAY]
Month = Annotated[str, Form(r"\d{4}-(?:0[1-9]|1[0-2])", "a month like 2026-11")]
Text = Annotated[str, Form(r"\s*\S[\s\S]*", "a text that is not empty")]
Name = Annotated[str, Form(r"[^\s,=\x00-\x1f]+", "one word without spaces, commas or =")]
Id = Annotated[
    str,
    Form(
        "[bcdfghjkmnpqrstvwxz][bcdfghjkmnpqrstvwxz2-9]{4}",
        "five of the characters bcdfghjkmnpqrstvwxz23456789, the first a letter",
    ),
]
Names = tuple[Name, ...]
Ids = tuple[Id, ...]
Percent = Annotated[
    str, Form(r"(?:\d{1,2}(?:\.\d+)?|100)\s*%|0?\.\d+|[01]", "a share like 20% or 0.2", number=True)
]
_NUMBER = r"\d{1,5}(?:\.\d{1,4})?"
_EFFORT = rf"{_NUMBER}\s*[hdw]?"
Effort = Annotated[str, Form(_EFFORT, "an effort like 5d, 4h, 2w or 5 (days)", number=True)]
Estimate = Annotated[
    str,
    Form(
        rf"{_EFFORT}|{_EFFORT}\s*-\s*{_EFFORT}|{_EFFORT}(?:\s*/\s*{_EFFORT}){{2}}|[A-Za-z]{{1,8}}",
        "an estimate like 5d, 4h, 2w, 5 (days), M (a size), 2d-8d (low-high) or 2d/4d/12d (best/likely/worst)",
        number=True,
    ),
]
