"""A report as one JSON object: the envelope, then the payload; a list of objects has one line per object.

That is as readable as it gets without the pure-Python encoder that indentation would need. No number is
infinite or NaN, and nothing that could steer a terminal is written raw.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from math import isfinite
from typing import Any

from mbl.core.report import Report, Table
from mbl.errors import MblError
from mbl.render.canvas import Canvas
from mbl.render.safe import unsafe

_DEEPEST = 2


def text(report: Report, canvas: Canvas) -> str:
    """`schema_version`, `kind`, `today` and the payload. Dates ISO, infinite and NaN null, tuples and sets lists."""
    envelope = {"schema_version": 1, "kind": report.kind, "today": canvas.today}
    return _laid_out({**envelope, **report.payload()}, depth=0) + "\n"


def _laid_out(value: Any, depth: int) -> str:
    if isinstance(value, Table):
        value = value.records()
    if isinstance(value, Mapping) and value and depth < _DEEPEST:
        parts = [f"{_encoded(str(key))}: {_laid_out(each, depth + 1)}" for key, each in value.items()]
        return _block("{", parts, "}", depth)
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        return _block("[", [_encoded(each) for each in value], "]", depth)
    return _encoded(value)


def _block(opening: str, parts: list[str], closing: str, depth: int) -> str:
    indent = "\n" + "  " * depth
    return f"{opening}{indent}  " + f",{indent}  ".join(parts) + indent + closing


def _encoded(value: Any) -> str:
    try:
        line = _ENCODER.encode(value)
    except (ValueError, TypeError):
        line = _ENCODER.encode(_clean(value))
    return line if line.isprintable() else unsafe().sub(lambda match: json.dumps(match[0])[1:-1], line)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Table):
        return value.records()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Fraction):
        return float(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name.rstrip("_"): getattr(value, each.name) for each in fields(value)}
    raise TypeError(f"no JSON for {type(value).__name__}")


def _clean(value: Any) -> Any:
    """A copy that JSON can hold, made only when encoding fails: numbers are finite, keys are text."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else str(key): _clean(each) for key, each in value.items()}
    return _clean(_plain(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_plain)


def error_text(error: MblError) -> str:
    """An error as a program reads it: message, hint, and every problem with its place."""
    problems = [
        {"path": problem.path, "line": problem.line, "code": problem.code, "message": problem.message}
        for problem in error.problems
    ]
    said = {
        "schema_version": 1,
        "kind": "error",
        "message": error.message,
        "hint": error.hint,
        "problems": problems,
    }
    return _laid_out(said, depth=0) + "\n"
