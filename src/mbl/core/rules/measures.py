"""What must hold of the measures: a name, an audience that exists, and readings that somebody can have made."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from math import isfinite

from mbl.core.rules.finding import Finding, is_unread, nearest
from mbl.model.backlog import SETTINGS, Backlog
from mbl.model.measure import Measure, Reading


def measures(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Measures are called like their files, are about a known audience, and hold readings that can be."""
    first: dict[str, str] = {}
    audiences = [audience.id for audience in backlog.settings.audiences]
    for path, measure in backlog.measures.items():
        other = first.setdefault(measure.id, path)
        if other != path:
            yield Finding(
                path=path, at=("id",), code="equal-id", message=f"the id {measure.id} is also that of {other}",
                fix="Move the readings into one file and delete the other, or give one a new id.",
            )  # fmt: skip
        elif path.rpartition("/")[2].rpartition(".")[0] != measure.id:
            yield Finding(
                path=path, at=("id",), code="other-name", level="warning",
                message=f"the measure {measure.id} stands in a file of another name",
                fix=f"Rename the file to measures/{measure.id}.yaml.",
            )  # fmt: skip
        if measure.audience and measure.audience not in audiences and not is_unread(backlog, SETTINGS):
            yield Finding(
                path=path, at=("audience",), code="unknown-audience", message=f"no audience {measure.audience} in mbl.yaml",
                fix=nearest(measure.audience, audiences) or "Add it to mbl.yaml: audiences.",
            )  # fmt: skip
        yield from _readings(path, measure, today)


def _readings(path: str, measure: Measure, today: date) -> Iterator[Finding]:
    days = Counter(reading.date for reading in measure.readings)
    kinds = {reading.k is not None for reading in measure.readings}
    if len(kinds) > 1:
        yield Finding(
            path=path, at=("readings",), code="two-kinds", level="warning",
            message="some readings are numbers, others k of n: they cannot be compared",
            fix="Write all of them the same way.",
        )  # fmt: skip
    for at, reading in enumerate(measure.readings):
        if wrong := _odd(reading):
            yield Finding(
                path=path, at=("readings", at), code="odd-reading", message=wrong,
                fix="Write {date, value} or {date, k, n}, like {date: 2026-11-20, k: 137, n: 206}.",
            )  # fmt: skip
        if reading.date > today:
            yield Finding(
                path=path, at=("readings", at), code="future-date", message=f"a reading of {reading.date}, which lies in the future",
                fix="Give the day on which it was read.",
            )  # fmt: skip
        if days.pop(reading.date, 1) > 1:
            yield Finding(
                path=path, at=("readings", at), code="equal-date", level="warning",
                message=f"two readings of {reading.date}", fix="Keep the one that holds.",
            )  # fmt: skip


def _odd(reading: Reading) -> str:
    """What is wrong with a reading; nothing if it can be."""
    k, n, value = reading.k, reading.n, reading.value
    if (k is None) != (n is None):
        return f"{'so many of nothing' if n is None else 'nothing of so many'}: k and n belong together"
    if k is None or n is None:
        if value is None:
            return "a reading that says nothing"
        return "" if isfinite(value) else "a reading that is no number"
    if value is not None:
        return "a value and k of n at once"
    return "" if 0 <= k <= n and n > 0 else f"{k} of {n} cannot be"
