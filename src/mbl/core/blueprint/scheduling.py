"""Which work fits into a few months under each team's capacity: the highest ranked first.

The test of one team is exact: jobs fit if, and only if, for all months a ≤ b those that begin in a or later
and are due in b or earlier need no more than the capacity of a to b. With three months these are six
inequalities (Hall 1935, Horn 1974), with the same answer as filling the months by due date. Going down the rank
with them gives the best set. Where jobs wait for each other, or some are anybody's and others a team's, the
filled calendar decides: nothing is accepted that does not fit, though what would fit is missed now and then.
Refuses a circle of jobs that wait for each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from mbl.core.blueprint.filling import Capacity, Placed, calendar
from mbl.core.blueprint.jobs import Job, Lane, Window, needed, waiting_order, windows

_ROUNDING = 1e-9
_Load = Mapping[Lane, Mapping[Window, float]]


class Shortage(NamedTuple):
    """A broken inequality: what a lane must do in the months `first` to `last`, and what it can do, in days."""

    lane: Lane
    first: int
    last: int
    need: float
    have: float

    @property
    def short(self) -> float:
        """The days that are missing."""
        return self.need - self.have


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The accepted jobs in the calendar; who pulled in which; why each other one does not fit, as `shortages` has it."""

    placed: Mapping[str, Placed]
    pulled_in_by: Mapping[str, str]
    misfits: Mapping[str, tuple[Shortage, ...]]


def scheduled(jobs: Sequence[Job], capacity: Capacity) -> Schedule:
    """What fits of these jobs, given in rank order, and when it is done.

    Each wanted job is accepted if it fits beside those accepted before it, together with everything it waits
    for, which is pulled in. Raises MblError if jobs wait for each other in a circle.
    """
    by_id, order = {job.id: job for job in jobs}, waiting_order(jobs)
    placed: Mapping[str, Placed] = {}
    load: _Load = {}
    pulled_in_by: dict[str, str] = {}
    misfits: dict[str, tuple[Shortage, ...]] = {}
    for job in jobs:
        if not job.wanted or job.id in placed:
            continue
        new = {id_: each for id_, each in needed(job, by_id).items() if id_ not in placed}
        if found := _at_first_sight(new.values(), load, capacity, order):
            misfits[job.id] = found
            continue
        chosen = tuple(each for each in jobs if each.id in placed or each.id in new)
        attempt = calendar(chosen, windows(chosen, order), capacity, order)
        if found := _faults(chosen, attempt, capacity):
            misfits[job.id] = found
            continue
        placed, load = attempt, _load(chosen, windows(chosen, order))
        pulled_in_by |= dict.fromkeys(new.keys() - {job.id}, job.id)
    left_out = {id_: found for id_, found in misfits.items() if id_ not in placed}
    return Schedule(placed=placed, pulled_in_by=pulled_in_by, misfits=left_out)


def faults(jobs: Sequence[Job], capacity: Capacity) -> tuple[Shortage, ...]:
    """Why these jobs, given in rank order, cannot all be done in time; empty if they can.

    What a team is short of comes first, the largest first.
    """
    order = waiting_order(jobs)
    given = windows(jobs, order)
    return _overload(jobs, given, capacity) or _faults(jobs, calendar(jobs, given, capacity, order), capacity)


def shortages(
    load: Iterable[tuple[Window, float]], months: Sequence[float], lane: Lane = None
) -> tuple[Shortage, ...]:
    """The inequalities that one lane breaks, the largest shortage first; `load` is its days by window."""
    found, load = [], tuple(load)
    for first in range(len(months)):
        for last in range(first, len(months)):
            need = fsum(days for (release, due), days in load if first <= release and due <= last)
            found.append(Shortage(lane, first, last, need, fsum(months[first : last + 1])))
    return _largest_first(found)


def _at_first_sight(
    new: Iterable[Job], load: _Load, capacity: Capacity, order: Mapping[str, int]
) -> tuple[Shortage, ...]:
    """The inequalities that the new jobs break, whatever waits for what: cheap, so asked first."""
    found: list[Shortage] = []
    for lane, days in _load(new, windows(new, order)).items():
        both = [*load.get(lane, {}).items(), *days.items()]
        found += shortages(both, capacity[lane], lane)
    return _largest_first(found)


def _faults(jobs: Iterable[Job], placed: Mapping[str, Placed], capacity: Capacity) -> tuple[Shortage, ...]:
    """Why this calendar does not hold: broken inequalities, else the job that misses most; empty if it holds."""
    if all(each.is_in_time for each in placed.values()):
        return ()
    given = {id_: each.window for id_, each in placed.items()}
    return _overload(jobs, given, capacity) or (_missed(jobs, placed),)


def _overload(jobs: Iterable[Job], given: Mapping[str, Window], capacity: Capacity) -> tuple[Shortage, ...]:
    load = _load(jobs, given)
    return _largest_first(
        each for lane, days in load.items() for each in shortages(days.items(), capacity[lane], lane)
    )


def _missed(jobs: Iterable[Job], placed: Mapping[str, Placed]) -> Shortage:
    late = [(job, placed[job.id]) for job in jobs if not placed[job.id].is_in_time]
    job, where = max(late, key=lambda pair: max(pair[1].missed.values(), default=0.0))
    lane = max(where.missed, key=lambda lane: where.missed[lane], default=None)
    need, first, last = job.days.get(lane, 0.0), *where.window
    return Shortage(lane, min(first, last), last, need, need - where.missed.get(lane, 0.0))


def _load(jobs: Iterable[Job], given: Mapping[str, Window]) -> _Load:
    """The days by lane and window; what a team does counts for all together, too."""
    load: defaultdict[Lane, defaultdict[Window, float]] = defaultdict(lambda: defaultdict(float))
    for job in jobs:
        for lane, days in job.days.items():
            for each in {lane, None}:
                load[each][given[job.id]] += days
    return load


def _largest_first(found: Iterable[Shortage]) -> tuple[Shortage, ...]:
    """What is short: teams before all together, then the largest, then the shorter time."""
    broken = [each for each in found if each.short > _ROUNDING]
    return tuple(
        sorted(broken, key=lambda each: (each.lane is None, -round(each.short, 6), each.last - each.first))
    )
