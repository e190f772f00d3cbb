"""How a raw value is written for people, by the kind of its column: 2.5 days as `2.5d`, 400 days of age as `13mo`.

A value that is text already is kept as it is: a column may write "~3d" for a guess.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import inf, isfinite, isnan
from typing import Any

from mbl.core.report import Kind

RIGHT: frozenset[Kind] = frozenset({"number", "days", "share", "age", "position"})
ZONES: Mapping[str, str] = {"will": "●", "might": "◐", "wont": "○"}
BUCKETS: Mapping[str, str] = {"must": "Must", "should": "Should", "could": "Could", "wont": "Won't"}

_ANSWERS: Mapping[bool | None, str] = {None: "", True: "yes", False: "no"}
_MARKS = "·◐●"
_MONTH = 30.44
_MONTHS_FROM = 90
_YEARS_FROM = 730
_NO_DECIMALS_FROM = 100


def writer(kind: Kind) -> Callable[[Any], str]:
    """The function that writes raw values of this kind; None becomes an empty text."""
    return _WRITERS[kind]


@lru_cache(maxsize=1024)
def number(value: float) -> str:
    """As few digits as say enough: 0.25, 2.5, 12, 1888; unknown is empty, without end is ∞."""
    if isnan(value):
        return ""
    if abs(value) == inf:
        return "∞" if value > 0 else "-∞"
    size = abs(value)
    decimals = 0 if size >= _NO_DECIMALS_FROM else 1 if size >= 1 else 2
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return "0" if text == "-0" else text


def _text(value: Any) -> str:
    if type(value) is str:
        return value
    if value is None or isinstance(value, bool):
        return _ANSWERS[value]
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple | list | frozenset | set | Mapping):
        return ", ".join(map(_text, value))
    return str(value)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _names(value: Any) -> str:
    return ", ".join(map(str, value)) if value and not isinstance(value, str) else value or ""


def _days(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    text = number(value)
    return f"{text}d" if text else ""


def _share(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if not isfinite(value):
        return number(value)
    percent = f"{value * 100:.0f}"
    return "<1 %" if percent == "0" and value > 0 else f"{percent} %"


def _age(value: Any) -> str:
    if not isinstance(value, int):
        return _text(value)
    if value >= _YEARS_FROM:
        return f"{value // 365}y"
    return f"{round(value / _MONTH)}mo" if value >= _MONTHS_FROM else f"{value}d"


def _skill(value: Any) -> str:
    """● alone, ◐ can help, · neither."""
    if value is None or isinstance(value, str):
        return value or ""
    return _MARKS[min(max(int(value), 0), 2)]


def _fit(value: Any) -> str:
    return ZONES.get(value, value) if isinstance(value, str) else _text(value)


def _moscow(value: Any) -> str:
    return BUCKETS.get(value, value) if isinstance(value, str) else _text(value)


_WRITERS: Mapping[Kind, Callable[[Any], str]] = {
    "text": _text,
    "number": _text,
    "days": _days,
    "share": _share,
    "date": _plain,
    "age": _age,
    "moscow": _moscow,
    "names": _names,
    "position": _plain,
    "fit": _fit,
    "skill": _skill,
}
