"""Which items a plan is made of, and what each needs: days by team, a first month, a due month, and others before it.

Committed items are wanted for themselves, those in progress first; open requests only if something committed
waits for them. An item of unknown effort, or one that waits for such an item, cannot be planned and is kept
apart. Refuses items that wait for each other in a circle.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from mbl.core.blueprint.horizon import Months, due_in, release_in
from mbl.core.blueprint.jobs import LAST, Job, Lane, needed, waiting_order
from mbl.core.capacity.breakdown import BREAKDOWNS
from mbl.core.capacity.effort import Classes, Sized, effort_of, reference_classes
from mbl.core.capacity.simulation import percentile
from mbl.core.ranking import Ranked, ranked
from mbl.model.backlog import Backlog

_SAFE = 0.85
_SAFE_SDS = 1.036
"""So many standard deviations above its mean lies the 85th percentile of a normal number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item as a job. `is_due`: in these months, or already overdue."""

    row: Ranked
    sized: Sized
    job: Job
    is_due: bool

    @property
    def is_must(self) -> bool:
        """A Must of these months: it may begin in them, and is not due after them."""
        is_later = self.job.release > LAST or (self.row.item.due is not None and not self.is_due)
        return self.job.wanted and self.row.item.moscow == "must" and not is_later

    @property
    def safe_job(self) -> Job:
        """The job with the effort that suffices in 85 of 100 cases."""
        mean = self.sized.days or 0.0
        times = _safe_days(self.sized) / mean if mean else 1.0
        return self.job._replace(days={lane: days * times for lane, days in self.job.days.items()})


class Candidates(NamedTuple):
    """`ready` ones in the order in which they are served, and the `unknown` that cannot be planned."""

    ready: tuple[Candidate, ...]
    unknown: tuple[Ranked, ...]


def candidates(backlog: Backlog, today: date, *, months: Months, teams: Collection[Lane]) -> Candidates:
    """The items for a plan of these months, among these teams. Raises MblError that names a circle."""
    rows = _relevant(ranked(backlog))
    classes = reference_classes(backlog.items.values(), backlog.settings)
    found = {
        id_: _candidate(row, rows, effort_of(row.item, classes), months=months, today=today)
        for id_, row in rows.items()
    }
    jobs = {id_: candidate.job for id_, candidate in found.items()}
    waiting_order(jobs.values())
    unknown = {
        id_ for id_, job in jobs.items() if any(found[each].sized.days is None for each in needed(job, jobs))
    }
    ready = (candidate for id_, candidate in found.items() if id_ not in unknown)
    return Candidates(
        tuple(_divided(candidate, classes, teams) for candidate in ready),
        tuple(row for id_, row in rows.items() if id_ in unknown and row.item.is_committed),
    )


def _relevant(rows: Iterable[Ranked]) -> dict[str, Ranked]:
    """The committed items by id, those in progress first, and the open ones that they wait for, by rank."""
    by_id: dict[str, Ranked] = {}
    for row in rows:
        by_id.setdefault(row.item.id, row)
    open_ids = [id_ for id_, row in by_id.items() if row.item.is_committed]
    relevant: set[str] = set()
    while open_ids:
        id_ = open_ids.pop()
        if id_ not in relevant:
            relevant.add(id_)
            open_ids += [each for each in by_id[id_].item.depends_on if each in by_id]
    ids = sorted(relevant, key=lambda id_: (by_id[id_].item.status != "doing", by_id[id_].position))
    return {id_: by_id[id_] for id_ in ids}


def _candidate(
    row: Ranked, rows: Mapping[str, Ranked], sized: Sized, *, months: Months, today: date
) -> Candidate:
    item = row.item
    due = due_in(months, item.due, today)
    job = Job(
        id=item.id,
        days={None: sized.days or 0.0},
        release=release_in(months, item.earliest, today),
        due=LAST if due is None else due,
        after=tuple(id_ for id_ in item.depends_on if id_ in rows),
        wanted=item.is_committed,
    )
    return Candidate(row=row, sized=sized, job=job, is_due=due is not None)


def _divided(candidate: Candidate, classes: Classes, teams: Collection[Lane]) -> Candidate:
    """Its days by team; what no team with a capacity of its own does is anybody's."""
    item, sized = candidate.row.item, candidate.sized
    days: defaultdict[Lane, float] = defaultdict(float)
    for team, share in BREAKDOWNS["team"].shares(item, sized, classes.read).items():
        days[team if team in teams else None] += (sized.days or 0.0) * share
    return replace(candidate, job=candidate.job._replace(days=dict(days)))


def _safe_days(sized: Sized) -> float:
    if sized.reference is not None:
        return max(sized.reference.mean, percentile(sized.reference.values, _SAFE))
    estimate = sized.estimate
    return min(estimate.high, estimate.mean + _SAFE_SDS * estimate.sd) if estimate else 0.0
