"""One part of `mbl measures`, the same for all: what people see, what programs get."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mbl.core.report import Block, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePart:
    """`brief` beside other parts, `full` alone; `table` is its CSV, `payload` its keys of the JSON answer."""

    brief: tuple[Block, ...]
    full: tuple[Block, ...]
    payload: Mapping[str, Any]
    table: Table


NOTHING: Mapping[str, Any] = {
    "throughput": [],
    "cycle_time": None,
    "age": [],
    "wip": None,
    "waste": [],
    "series": [],
    "channel_conflicts": [],
}
"""The answer where no part was asked for."""
