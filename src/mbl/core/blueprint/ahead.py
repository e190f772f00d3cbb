"""What is done of the promised work before a plan of months to come begins.

Until then the teams work on what is due first, then down the list, as far as their days reach. Refuses nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from mbl.core.blueprint.candidates import Candidate
from mbl.core.blueprint.filling import calendar
from mbl.core.blueprint.horizon import Months, month_capacity
from mbl.core.blueprint.jobs import Job, Lane, waiting_order, windows
from mbl.core.capacity.workdays import month_of, months_from
from mbl.core.ranking import Ranked
from mbl.model.backlog import Backlog


class Early(NamedTuple):
    """An item that is finished before the plan begins, and the month in which it is."""

    row: Ranked
    month: str


class Ahead(NamedTuple):
    """What will be `finished`, and the candidates that are not, each with the days that are left of it."""

    finished: tuple[Early, ...]
    left: tuple[Candidate, ...]


def ahead(ready: Sequence[Candidate], backlog: Backlog, today: date, *, months: Months) -> Ahead:
    """What becomes of the candidates, given in the order in which they are served, before these months."""
    before = tuple(takewhile(lambda month: month < months[0], months_from(month_of(today))))
    if not before:
        return Ahead((), tuple(ready))
    rows = {each.job.id: each.row for each in ready if (each.row.item.earliest or "") <= before[-1]}
    jobs = [_job(each, (*before, *months), rows) for each in ready if each.job.id in rows]
    order = waiting_order(jobs)
    placed = calendar(jobs, windows(jobs, order), month_capacity(backlog, today, months=before), order)
    done = {id_: before[each.finish] for id_, each in placed.items() if not each.left}
    left = {id_: each.left for id_, each in placed.items()}
    return Ahead(
        tuple(Early(rows[id_], month) for id_, month in done.items()),
        tuple(_rest(each, left, done) for each in ready if each.job.id not in done),
    )


def _job(candidate: Candidate, months: Months, known: Collection[str]) -> Job:
    """The candidate among these months, in which those before the plan come first."""
    item = candidate.row.item
    return candidate.job._replace(
        release=_months_before(item.earliest or "", months),
        due=_months_before(month_of(item.due) if item.due else "9999-99", months),
        after=tuple(id_ for id_ in candidate.job.after if id_ in known),
    )


def _months_before(month: str, months: Iterable[str]) -> int:
    return sum(each < month for each in months)


def _rest(candidate: Candidate, left: Mapping[str, Mapping[Lane, float]], done: Collection[str]) -> Candidate:
    job = candidate.job
    after = tuple(id_ for id_ in job.after if id_ not in done)
    return replace(candidate, job=job._replace(days=dict(left.get(job.id, job.days)), after=after))
