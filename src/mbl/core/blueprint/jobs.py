"""Jobs that must fit into a few months, and what waiting for each other does to the time they have.

Months count from 0. Refuses a circle of jobs that wait for each other.
"""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from mbl.errors import MblError

MONTHS = 3
LAST = MONTHS - 1
Lane = str | None
"""A team; None is whoever has time."""


class Job(NamedTuple):
    """`days` by team; it begins in month `release` or later, is due in `due`, and waits for the jobs `after`.

    What is not `wanted` for itself is done only if something wanted waits for it.
    """

    id: str
    days: Mapping[Lane, float]
    release: int = 0
    due: int = LAST
    after: tuple[str, ...] = ()
    wanted: bool = True


class Window(NamedTuple):
    """The first and the last month in which a job can be worked on; there is none if `release` is after `due`."""

    release: int
    due: int


def waiting_order(jobs: Iterable[Job]) -> dict[str, int]:
    """A place for each id, behind everything it waits for. Raises MblError that names a circle."""
    needs = {job.id: job.after for job in jobs}
    try:
        return {id_: place for place, id_ in enumerate(TopologicalSorter(needs).static_order())}
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise MblError(
            f"These items wait for each other in a circle: {circle}.",
            hint="Take one of these dependencies out: edit depends_on in one of the files.",
        ) from None


def needed(job: Job, by_id: Mapping[str, Job]) -> dict[str, Job]:
    """The job and everything it waits for, directly or not."""
    found: dict[str, Job] = {}
    open_ids = [job.id]
    while open_ids:
        id_ = open_ids.pop()
        if id_ not in found:
            found[id_] = by_id[id_]
            open_ids += by_id[id_].after
    return found


def windows(jobs: Iterable[Job], order: Mapping[str, int]) -> dict[str, Window]:
    """The window of each job: due no later than what waits for it, begun no earlier than what it waits for.

    `order` gives the places in `waiting_order`.
    """
    sorted_jobs = sorted(jobs, key=lambda job: order[job.id])
    due = {job.id: job.due for job in sorted_jobs}
    release = {job.id: job.release for job in sorted_jobs}
    for job in reversed(sorted_jobs):
        for before in due.keys() & job.after:
            due[before] = min(due[before], due[job.id])
    for job in sorted_jobs:
        release[job.id] = max([release[job.id], *(release[each] for each in job.after if each in release)])
    return {id_: Window(release[id_], due[id_]) for id_ in due}
