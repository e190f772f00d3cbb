"""The calendar of jobs: month after month, each filled by due date, then by rank.

Refuses nothing: what finds no room in time is done late or not at all, and the caller sees it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import NamedTuple

from mbl.core.blueprint.jobs import Job, Lane, Window

TOLERANCE = 1e-6
"""Days: less than this is rounding."""

Capacity = Mapping[Lane, tuple[float, ...]]
"""Days by month: of each team, and under None of all together."""


class Placed(NamedTuple):
    """One job in the calendar: its days by month and lane, what is left of it by lane, and its window."""

    days: Mapping[tuple[int, Lane], float]
    left: Mapping[Lane, float]
    window: Window

    @property
    def start(self) -> int:
        """The first month with work; of a job without work, the first one possible."""
        return min((month for month, _ in self.days), default=self.window.release)

    @property
    def finish(self) -> int:
        """The last month with work."""
        return max((month for month, _ in self.days), default=self.window.release)

    @property
    def missed(self) -> dict[Lane, float]:
        """The days by lane that are not done when it is due."""
        late = defaultdict(float, self.left)
        for (month, lane), days in self.days.items():
            late[lane] += days if month > self.window.due else 0.0
        return {lane: days for lane, days in late.items() if days}

    @property
    def is_in_time(self) -> bool:
        return not self.missed and self.window.release <= self.window.due


def calendar(
    jobs: Sequence[Job], windows: Mapping[str, Window], capacity: Capacity, order: Mapping[str, int]
) -> dict[str, Placed]:
    """When each job is done; `jobs` in rank order, `order` gives their places in `waiting_order`.

    A job may begin in the month in which the one before it is finished: whoever begins earlier is put off until
    then, and the calendar filled again. Stops as soon as a job is late.
    """
    turns = _in_turn(jobs, order)
    placed = _filled(turns, windows, capacity)
    for _ in range(2 * len(jobs) + 3):
        put_off = _put_off(turns, placed, order)
        if not put_off or not all(each.is_in_time for each in placed.values()):
            break
        windows = {**windows, **put_off}
        placed = _filled(turns, windows, capacity)
    return placed


class _Part(NamedTuple):
    id: str
    lane: Lane
    days: float
    release: int
    due: int


_Left = Mapping[tuple[str, Lane], float]


def _in_turn(jobs: Sequence[Job], order: Mapping[str, int]) -> list[Job]:
    """The jobs in rank order, but each behind what it waits for, which moves up to its rank."""
    rank = {job.id: place for place, job in enumerate(jobs)}
    for job in sorted(jobs, key=lambda job: order[job.id], reverse=True):
        for before in rank.keys() & job.after:
            rank[before] = min(rank[before], rank[job.id])
    return sorted(jobs, key=lambda job: (rank[job.id], order[job.id]))


def _filled(jobs: Sequence[Job], windows: Mapping[str, Window], capacity: Capacity) -> dict[str, Placed]:
    parts = _parts(jobs, windows)
    left = {(part.id, part.lane): part.days for part in parts}
    days: dict[str, dict[tuple[int, Lane], float]] = {job.id: {} for job in jobs}
    for month in range(len(capacity[None])):
        free = {lane: of_lane[month] for lane, of_lane in capacity.items()}
        for part in (part for part in parts if part.release <= month):
            reserved = 0.0 if part.lane else _reserved(parts, left, free, capacity=capacity, month=month)
            taken = min(left[part.id, part.lane], free[part.lane], free[None] - reserved)
            if taken > TOLERANCE:
                days[part.id][month, part.lane] = taken
                left[part.id, part.lane] -= taken
                for lane in {part.lane, None}:
                    free[lane] -= taken
    return {job.id: Placed(days[job.id], _left(job, left), windows[job.id]) for job in jobs}


def _parts(jobs: Iterable[Job], windows: Mapping[str, Window]) -> list[_Part]:
    """What is to be done, by due month, then in the order of the jobs."""
    parts = [
        _Part(job.id, lane, days, *windows[job.id])
        for job in jobs
        for lane, days in job.days.items()
        if days > TOLERANCE
    ]
    return sorted(parts, key=lambda part: part.due)


def _reserved(
    parts: Sequence[_Part], left: _Left, free: Mapping[Lane, float], *, capacity: Capacity, month: int
) -> float:
    """The days of this month that anybody's work must leave to the teams.

    A team owes what the months after this one have no room for in time.
    """
    reserved = 0.0
    for team in (lane for lane in capacity if lane is not None):
        own, months, owed = [part for part in parts if part.lane == team], capacity[team], 0.0
        for last in range(month, len(months)):
            due = fsum(left[part.id, team] for part in own if part.due <= last)
            owed = max(owed, due - fsum(months[month + 1 : last + 1]))
        reserved += min(free[team], owed)
    return reserved


def _left(job: Job, left: _Left) -> dict[Lane, float]:
    found = {lane: left.get((job.id, lane), 0.0) for lane in job.days}
    return {lane: days for lane, days in found.items() if days > TOLERANCE}


def _put_off(
    jobs: Sequence[Job], placed: Mapping[str, Placed], order: Mapping[str, int]
) -> dict[str, Window]:
    """New windows for the jobs that begin before what they wait for is finished, and for what waits for them."""
    release = {id_: each.window.release for id_, each in placed.items()}
    for job in sorted(jobs, key=lambda job: order[job.id]):
        before = [each for each in job.after if each in placed]
        release[job.id] = max([release[job.id], *(release[each] for each in before)])
        finished = max((placed[each].finish for each in before), default=0)
        if placed[job.id].start < finished:
            release[job.id] = max(release[job.id], finished)
    return {
        id_: Window(release[id_], each.window.due)
        for id_, each in placed.items()
        if release[id_] > each.window.release
    }
