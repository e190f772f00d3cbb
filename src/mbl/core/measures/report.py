"""`mbl measures`: how work flows, what was read, and where a channel's number stands against its customers.

Refuses a measure that does not exist, and a before and after of a day to come.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal

from mbl.core.measures.before_after_report import before_after_part
from mbl.core.measures.channel_report import channel_part
from mbl.core.measures.edits import measures_named
from mbl.core.measures.part import NOTHING, MeasurePart
from mbl.core.measures.series_report import series_part, single_part
from mbl.core.measures.work_flow_report import flow_part
from mbl.core.report import Report
from mbl.errors import MblError
from mbl.model.backlog import Backlog

Part = Literal["flow", "series", "channels"]
PARTS: tuple[Part, ...] = ("flow", "series", "channels")


def measures_report(
    backlog: Backlog,
    today: date,
    ids: Sequence[str] = (),
    *,
    parts: Collection[Part] = PARTS,
    only: frozenset[str] | None = None,
) -> Report:
    """These parts; with `ids` the series of these measures alone, one alone with every reading. Raises MblError.

    `only` counts the items with these ids alone in the flow. A part that stands alone is shown in full.
    """
    if ids:
        measures = measures_named(backlog, ids)
        return _report([single_part(measures[0], today) if len(ids) == 1 else series_part(measures, today)])
    asked = [_part(part, backlog, today=today, only=only) for part in PARTS if part in parts]
    return _report(asked)


def before_after_report(backlog: Backlog, today: date, day: date, *, ids: Sequence[str] = ()) -> Report:
    """These measures (all if none is named) before this day and since. Raises MblError for a day to come."""
    if day > today:
        raise MblError(
            f"{day} lies in the future (today is {today}): there is nothing after it yet.",
            hint="Give the day on which the change was made.",
        )
    return _report([before_after_part(measures_named(backlog, ids), day, today)])


def _part(part: Part, backlog: Backlog, *, today: date, only: frozenset[str] | None) -> MeasurePart:
    if part == "flow":
        return flow_part(backlog, today, only=only)
    if part == "channels":
        return channel_part(backlog, today)
    return series_part(measures_named(backlog, ()), today)


def _report(parts: Sequence[MeasurePart]) -> Report:
    payload = dict(NOTHING)
    for part in parts:
        payload.update(part.payload)
    blocks = parts[0].full if len(parts) == 1 else tuple(block for part in parts for block in part.brief)
    table = next((part.table for part in parts if "series" in part.payload), parts[0].table)
    return Report(kind="measures", payload=lambda: payload, blocks=blocks, table=table)
