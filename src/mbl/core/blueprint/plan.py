"""The plan of three months: which promised items are finished in which month, what does not fit, what comes later.

Nothing is planned into months that are over. Refuses a backlog that states no capacity, and items that wait for
each other in a circle.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal

from mbl.core.blueprint.ahead import Early, ahead
from mbl.core.blueprint.candidates import Candidate, candidates
from mbl.core.blueprint.filling import Capacity, Placed
from mbl.core.blueprint.horizon import Months, horizon, month_capacity, months_over
from mbl.core.blueprint.jobs import MONTHS, Lane, needed
from mbl.core.blueprint.plan_notes import notes
from mbl.core.blueprint.scheduling import Schedule, Shortage, faults, scheduled
from mbl.core.blueprint.ways_out import WaysOut, ways_out
from mbl.core.capacity.figures import GUESS_LIMIT
from mbl.core.capacity.workdays import month_of
from mbl.core.guidepoints.alignment import open_outcomes
from mbl.core.ranking import Ranked
from mbl.model.backlog import Backlog
from mbl.model.item import Item

_TRIED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A deliverable: the month in which it is finished, and its days by month and team (None: anybody).

    `might`: it fits only if the guesses hold; `serves`: an outcome that is open; `notes`: what else is worth saying.
    """

    row: Ranked
    month: str
    days_by_month: Mapping[str, Mapping[Lane, float]]
    guessed: bool
    pulled_in_by: str | None
    might: bool
    serves: bool
    notes: tuple[str, ...]

    @property
    def days(self) -> float:
        """Its person-days in all."""
        return fsum(days for by_team in self.days_by_month.values() for days in by_team.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What is due (or a Must) and does not fit: the broken inequalities, the largest first, and the ways out.

    The months of a shortage count from the plan's first (0). `ways_out` is None for all but the first twenty.
    """

    row: Ranked
    shortages: tuple[Shortage, ...]
    ways_out: WaysOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """An item that was done in one of the months."""

    item: Item
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What becomes of the committed items in three months, of which `over` are past.

    `capacity` by team, under None that of all together. `planned` by month, then as in the list. `later`: not due
    here and no room; `unknown`: nobody knows the effort. `misfits`: why what is not planned does not fit, by id, the
    largest shortage first. `early`: what will be finished before these months. `musts_short`: why the Musts alone are not possible, if so.
    """

    months: Months
    over: int
    capacity: Capacity
    planned: tuple[Planned, ...]
    rejected: tuple[Rejected, ...]
    later: tuple[Ranked, ...]
    unknown: tuple[Ranked, ...]
    misfits: Mapping[str, tuple[Shortage, ...]]
    finished: tuple[Finished, ...]
    early: tuple[Early, ...]
    musts_short: Shortage | None
    guess_share: float

    @property
    def status(self) -> Literal["fits", "over-committed"]:
        """Over-committed: a Must or a due date does not fit, or there is no capacity at all."""
        return "over-committed" if self.rejected else "fits"

    @property
    def ready(self) -> dict[str, str]:
        """The month in which each planned item is finished, by id: before these months or in them."""
        early = {each.row.item.id: each.month for each in self.early}
        return early | {each.row.item.id: each.month for each in self.planned}

    def days(self, month: str) -> float:
        """The days planned in a month."""
        return fsum(days for each in self.planned for days in each.days_by_month.get(month, {}).values())

    def days_of(self, lane: Lane, month: str) -> float:
        """The days planned in a month for one team; None: for nobody in particular."""
        return fsum(each.days_by_month.get(month, {}).get(lane, 0.0) for each in self.planned)


def planned(backlog: Backlog, today: date, *, first: str | None = None) -> Plan:
    """The plan of three months from `first` (`2026-10`), else from the current Guidepoint's first, else from this one.

    Raises MblError without a stated capacity, and at a circle of dependencies.
    """
    months = horizon(backlog, today, first=first)
    over = months_over(months, today)
    capacity = month_capacity(backlog, today, months=months)
    served, unknown = candidates(backlog, today, months=months, teams=capacity.keys())
    early, ready = ahead(served, backlog, today, months=months)
    schedule = scheduled([each.job for each in ready if over < MONTHS], capacity)
    rejected = tuple(each for each in ready if _is_rejected(each, schedule, capacity))
    told = schedule.placed.keys() | {each.job.id for each in rejected}
    guess_share = _guess_share(ready, schedule)
    sure = _sure(ready, capacity) if guess_share > GUESS_LIMIT else schedule.placed.keys()
    return Plan(
        months=months,
        over=over,
        capacity=capacity,
        planned=_calendar(ready, schedule, sure, backlog=backlog, today=today, months=months),
        rejected=_with_ways_out(rejected, ready, schedule, capacity),
        later=tuple(each.row for each in ready if each.job.wanted and each.job.id not in told),
        unknown=unknown,
        misfits=schedule.misfits,
        early=early,
        finished=_finished(backlog.items.values(), months),
        musts_short=_musts_short(ready, capacity) if any(each.is_must for each in rejected) else None,
        guess_share=guess_share,
    )


def _is_rejected(candidate: Candidate, schedule: Schedule, capacity: Capacity) -> bool:
    is_promised_here = candidate.is_due or candidate.is_must or not any(capacity[None])
    return is_promised_here and candidate.job.id in schedule.misfits


def _guess_share(ready: Iterable[Candidate], schedule: Schedule) -> float:
    """The share of the planned effort that is guessed."""
    sized = [each.sized for each in ready if each.job.id in schedule.placed]
    days = fsum(each.days or 0.0 for each in sized)
    return fsum(each.days or 0.0 for each in sized if each.guessed) / days if days else 0.0


def _sure(ready: Iterable[Candidate], capacity: Capacity) -> Collection[str]:
    """What would fit even if every item took what suffices in 85 of 100 cases."""
    return scheduled([each.safe_job for each in ready], capacity).placed.keys()


def _calendar(
    ready: Iterable[Candidate],
    schedule: Schedule,
    sure: Collection[str],
    *,
    backlog: Backlog,
    today: date,
    months: Months,
) -> tuple[Planned, ...]:
    """The planned items by the month in which they are finished, then in the order in which they are served."""
    outcomes = open_outcomes(backlog, max(today, date.fromisoformat(f"{months[0]}-01")))
    outcomes = outcomes or open_outcomes(backlog, today)
    found = [
        Planned(
            row=each.row,
            month=months[placed.finish],
            days_by_month=_days_by_month(placed, months),
            guessed=each.sized.guessed,
            pulled_in_by=schedule.pulled_in_by.get(each.job.id),
            might=each.job.id not in sure,
            serves=any(outcome in outcomes for outcome in each.row.item.weights),
            notes=notes(each.row.item, backlog, schedule, today=today, months=months),
        )
        for each in ready
        if (placed := schedule.placed.get(each.job.id))
    ]
    return tuple(sorted(found, key=lambda each: each.month))


def _days_by_month(placed: Placed, months: Months) -> dict[str, dict[Lane, float]]:
    days: dict[str, dict[Lane, float]] = {}
    for (month, lane), amount in placed.days.items():
        days.setdefault(months[month], {})[lane] = amount
    return days


def _with_ways_out(
    rejected: Iterable[Candidate], ready: Iterable[Candidate], schedule: Schedule, capacity: Capacity
) -> tuple[Rejected, ...]:
    jobs = tuple(each.job for each in ready)
    return tuple(
        Rejected(
            row=each.row,
            shortages=schedule.misfits[each.job.id],
            ways_out=ways_out(each.job, jobs, schedule, capacity) if number < _TRIED else None,
        )
        for number, each in enumerate(rejected)
    )


def _musts_short(ready: Iterable[Candidate], capacity: Capacity) -> Shortage | None:
    """The largest shortage of the Musts and what they wait for, as if there were nothing else; None if they fit."""
    by_id = {each.job.id: each.job for each in ready}
    ids = {id_ for each in ready if each.is_must for id_ in needed(each.job, by_id)}
    return next(iter(faults([job for id_, job in by_id.items() if id_ in ids], capacity)), None)


def _finished(items: Iterable[Item], months: Months) -> tuple[Finished, ...]:
    done = (item for item in items if item.status == "done" and item.ended)
    found = [Finished(item=item, month=month_of(item.ended.date)) for item in done if item.ended]
    inside = (each for each in found if each.month in months)
    return tuple(sorted(inside, key=lambda each: (each.item.ended and each.item.ended.date, each.item.id)))
