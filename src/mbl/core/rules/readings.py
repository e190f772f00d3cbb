"""What must hold of a campaign's readings: one a day in the order of time, counts that never fall, no more successes than tries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from mbl.core.campaigns.counts import MOST
from mbl.core.campaigns.criteria import counters
from mbl.core.campaigns.readings import closing_day, counts_of
from mbl.core.rules.finding import Finding, nearest
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign


class _Read(NamedTuple):
    """A reading with a day: its place in the list, the day, its counts."""

    at: int
    day: date
    counts: Mapping[str, int]


def readings(backlog: Backlog, today: date) -> Iterator[Finding]:
    """The readings of a campaign are counts since its start, day after day."""
    for path, campaign in backlog.campaigns.items():
        if campaign.readings:
            dated = _dated(campaign.readings)
            yield from _days(path, campaign, dated, today)
            yield from _counts(path, campaign)
            yield from _unused(path, campaign)
            in_time = sorted(dated, key=lambda read: read.day)
            yield from _falls(path, in_time)
            yield from _too_many(path, campaign, in_time)


def _dated(all_: Sequence[Mapping[str, Any]]) -> list[_Read]:
    return [
        _Read(at, day, counts_of(reading))
        for at, reading in enumerate(all_)
        if isinstance(day := reading.get("date"), date)
    ]


def _days(path: str, campaign: Campaign, dated: Sequence[_Read], today: date) -> Iterator[Finding]:
    last, closes, seen = campaign.start, closing_day(campaign), set[date]()
    for at, day, _ in dated:
        place = ("readings", at)
        if day > today:
            yield Finding(
                path=path, at=place, code="future-date", message=f"a reading of {day}, which lies in the future",
                fix="Write the day of the reading.",
            )  # fmt: skip
        if day < campaign.start:
            yield Finding(
                path=path, at=place, code="before-start", message=f"a reading of {day}, before the start on {campaign.start}",
                fix="Counts run from the start: correct the date, or the start.",
            )  # fmt: skip
        if closes < day <= today:
            yield Finding(
                path=path, at=place, code="late-reading", level="warning",
                message=f"a reading of {day} does not count: the last day was {closes}", fix="Leave it, or take it out.",
            )  # fmt: skip
        if day in seen:
            yield Finding(
                path=path, at=place, code="equal-date", message=f"{day} is read twice", fix="Keep one reading a day.",
            )  # fmt: skip
        elif seen and day < last:
            yield Finding(
                path=path, at=place, code="out-of-order", message=f"{day} stands behind {last}",
                fix="Put the readings in the order of time, or correct the date.",
            )  # fmt: skip
        seen.add(day)
        last = day


def _counts(path: str, campaign: Campaign) -> Iterator[Finding]:
    for at, reading in enumerate(campaign.readings):
        if not isinstance(reading.get("date"), date):
            yield Finding(
                path=path, at=("readings", at), code="no-day", message="a reading without a date",
                fix="Add the day: {date: 2026-11-12, …}",
            )  # fmt: skip
        for name, value in reading.items():
            if name != "date" and (wrong := _wrong_count(value)):
                yield Finding(
                    path=path, at=("readings", at, name), code="wrong-count", message=f"{name} {wrong}",
                    fix="Write a whole number from 0 on: how many since the start.",
                )  # fmt: skip


def _wrong_count(value: object) -> str:
    if not isinstance(value, int):
        return f"is a date ({value})"
    if value < 0:
        return f"is less than nothing ({value:,})"
    return f"is more than a billion ({value:,})" if value > MOST else ""


def _unused(path: str, campaign: Campaign) -> Iterator[Finding]:
    known = counters(campaign)
    first = {name: at for at, reading in reversed([*enumerate(campaign.readings)]) for name in reading}
    for name, at in first.items():
        if name != "date" and name not in known and known:
            yield Finding(
                path=path, at=("readings", at, name), code="unused-counter", level="warning",
                message=f"no criterion uses {name}", fix=nearest(name, known) or f"They use: {', '.join(known)}.",
            )  # fmt: skip


def _falls(path: str, in_time: Sequence[_Read]) -> Iterator[Finding]:
    before: dict[str, tuple[date, int]] = {}
    for at, day, counts in in_time:
        for name, count in counts.items():
            since, was = before.get(name, (day, count))
            if count < was:
                yield Finding(
                    path=path, at=("readings", at, name), code="falling-count",
                    message=f"{name} falls from {was:,} on {since} to {count:,} on {day}",
                    fix="Counts run from the start and never fall: correct one of the two.",
                )  # fmt: skip
            before[name] = (day, count)


def _too_many(path: str, campaign: Campaign, in_time: Sequence[_Read]) -> Iterator[Finding]:
    for each in campaign.success_criteria:
        tries: int | None = None
        for at, day, counts in in_time:
            tries = counts.get(each.of or "", tries)
            successes = counts.get(each.is_)
            if each.of and successes is not None and tries is not None and successes > tries:
                yield Finding(
                    path=path, at=("readings", at, each.is_), code="more-than-tries",
                    message=f"{successes:,} {each.is_} of {tries:,} {each.of} on {day}",
                    fix="No more can succeed than were tried: correct one of the two.",
                )  # fmt: skip
