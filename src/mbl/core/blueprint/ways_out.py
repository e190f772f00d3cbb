"""What would make a job fit that does not: a later due month, less of it, another one dropped, more capacity.

Every way is tried on the calendar before it is named. Refuses nothing.
"""

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

from mbl.core.blueprint.filling import Capacity
from mbl.core.blueprint.jobs import MONTHS, Job, needed
from mbl.core.blueprint.scheduling import Schedule, Shortage, faults

_TRIED = 10
"""So many accepted jobs are tried, from the bottom of the list."""


class WaysOut(NamedTuple):
    """`due`: the first month in which it would fit, MONTHS for "after these"; `smaller`: by so many days (None: no way).

    `dropped`: the lowest-ranked accepted job whose place is enough.
    """

    due: int
    smaller: float | None
    dropped: str | None


def ways_out(job: Job, jobs: Sequence[Job], schedule: Schedule, capacity: Capacity) -> WaysOut:
    """The ways out for one that `schedule` left out of `jobs` (in rank order)."""
    own = needed(job, {each.id: each for each in jobs})
    chosen = [each for each in jobs if each.id in schedule.placed or each.id in own]
    worst = schedule.misfits[job.id][0]
    return WaysOut(
        due=_later_due(job, chosen, capacity),
        smaller=_smaller(job, chosen, capacity, worst),
        dropped=_dropped([each for each in chosen if each.id not in own], chosen, capacity, worst),
    )


def _later_due(job: Job, chosen: Sequence[Job], capacity: Capacity) -> int:
    months = range(job.due + 1, MONTHS)
    return next((due for due in months if not faults(_with(chosen, job._replace(due=due)), capacity)), MONTHS)


def _smaller(job: Job, chosen: Sequence[Job], capacity: Capacity, worst: Shortage) -> float | None:
    in_lane = _days(job, worst)
    if in_lane <= worst.short or not worst.short:
        return None
    left = 1 - worst.short / in_lane
    days = {lane: days * left if worst.lane in (None, lane) else days for lane, days in job.days.items()}
    return None if faults(_with(chosen, job._replace(days=days)), capacity) else worst.short


def _dropped(others: Sequence[Job], chosen: Sequence[Job], capacity: Capacity, worst: Shortage) -> str | None:
    """Nothing that another accepted job waits for is dropped."""
    awaited = {id_ for each in chosen for id_ in each.after}
    large = [each for each in others if each.id not in awaited and _days(each, worst) >= worst.short - 1e-9]
    for each in large[: -_TRIED - 1 : -1]:
        if not faults([other for other in chosen if other.id != each.id], capacity):
            return each.id
    return None


def _days(job: Job, worst: Shortage) -> float:
    """What the job needs of the lane that is short."""
    return fsum(job.days.values()) if worst.lane is None else job.days.get(worst.lane, 0.0)


def _with(chosen: Sequence[Job], changed: Job) -> list[Job]:
    return [changed if each.id == changed.id else each for each in chosen]
