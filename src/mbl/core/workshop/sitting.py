"""The progress of a planning workshop: who is here, what was looked at, every decision with what was there before.

The backlog holds what was decided; this holds what only the room knows, so that a workshop may stop at any moment
and go on later. Refuses to take back what somebody changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any, Literal

from mbl.core.capacity.figures import figures, range_of
from mbl.core.capacity.words import month_words
from mbl.core.changes.change import plain
from mbl.core.ranking import ranked
from mbl.core.workshop.either_or import Answer, Sorting, arranged, sorting
from mbl.core.workshop.moscow import crossed, totals
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.noun import Day, noun

Kind = Literal["bucket", "skip", "note", "outcome", "idea"]
_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "bucket": ("moscow", "status", "ended"),
    "outcome": ("outcomes", "how", "asked"),
    "idea": ("title", "requester"),
}


@noun
class Step:
    """One thing that was done: the fields it changed, as a file would have them, before and after it."""

    kind: Kind
    id: str
    was: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    text: str | None = None


@noun
class Workshop:
    """`months` of committed work when it began, in words; `agenda` the requests to look at, in this order.

    `bucket` is the one that is put in order, `places` where its requests stood before, `unordered` are buckets that
    the room would rather leave as they are; `paths` every file that was touched.
    """

    begun: Day
    months: str
    agenda: tuple[str, ...]
    participants: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    unordered: tuple[str, ...] = ()
    bucket: str | None = None
    places: dict[str, int] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    paths: tuple[str, ...] = ()
    ended: Day | None = None


def begun(backlog: Backlog, ids: Sequence[str], *, today: date, participants: Sequence[str]) -> Workshop:
    """A workshop about these requests, before the first decision."""
    return Workshop(
        begun=today, months=months(backlog, today), agenda=tuple(ids), participants=tuple(participants)
    )


def months(backlog: Backlog, today: date) -> str:
    """The months of committed work in words: `14 months`, `24 to 34 months`, `unknown`."""
    of = figures(backlog, today)
    return month_words(of, range_of(of)) if of.committed else "nothing promised"


def upcoming(workshop: Workshop, backlog: Backlog) -> str | None:
    """The next request to look at; None when every one was looked at or has ended."""
    seen = _looked_at(workshop)
    return next((id_ for id_ in workshop.agenda if id_ not in seen and _is_open(backlog, id_)), None)


def looked_at(workshop: Workshop, backlog: Backlog) -> tuple[int, int]:
    """How many of the requests are done with, of how many."""
    seen = _looked_at(workshop)
    there = [id_ for id_ in workshop.agenda if id_ in backlog.path_of]
    return sum(id_ in seen or not _is_open(backlog, id_) for id_ in there), len(there)


def stepped(
    workshop: Workshop, kind: Kind, id_: str, *, before: Backlog, after: Backlog, text: str | None = None
) -> Workshop:
    """The workshop with this step from one backlog to the next; a new request joins the agenda."""
    step = Step(kind=kind, id=id_, was=_said(before, kind, id_), now=_said(after, kind, id_), text=text)
    agenda = (*workshop.agenda, id_) if kind == "idea" else workshop.agenda
    return touching(
        replace(workshop, steps=(*workshop.steps, step), agenda=agenda), before=before, after=after
    )


def touching(workshop: Workshop, *, before: Backlog, after: Backlog) -> Workshop:
    """The workshop that remembers which files a change touches."""
    files = {**before.items, **after.items}
    changed = (path for path in files if before.items.get(path) is not after.items.get(path))
    return replace(workshop, paths=tuple(dict.fromkeys((*workshop.paths, *changed))))


def settled(workshop: Workshop, backlog: Backlog) -> Workshop:
    """Without its last step if that was noted, but not carried out: the program was killed in between."""
    if not workshop.steps:
        return workshop
    last = workshop.steps[-1]
    is_carried_out = last.was == last.now or _said(backlog, last.kind, last.id) != last.was
    return workshop if is_carried_out else _without_last(workshop)


def taken_back(workshop: Workshop, backlog: Backlog) -> Workshop:
    """Without its last step. Raises MblError if there is none, or if somebody changed since what it had changed."""
    if not workshop.steps:
        raise MblError("There is nothing to take back.")
    last = workshop.steps[-1]
    if _said(backlog, last.kind, last.id) != last.now:
        raise MblError(
            f"{last.id} was changed since then: nothing was taken back.", hint=f"mbl show {last.id}"
        )
    return _without_last(workshop)


def without(backlog: Backlog, id_: str) -> Backlog:
    """The backlog without this request and its file."""
    gone = backlog.path_of[id_]
    return replace(backlog, items={path: item for path, item in backlog.items.items() if path != gone})


def to_order(workshop: Workshop, backlog: Backlog, today: date) -> tuple[str, tuple[str, ...]] | None:
    """The bucket that the cut line crosses with its requests from the agenda; None if everything fits, or only one."""
    bucket = crossed(totals(backlog, today))
    chosen = set(workshop.agenda)
    ids = tuple(row.item.id for row in ranked(backlog) if row.item.moscow == bucket and row.item.id in chosen)
    return (bucket, ids) if bucket and len(ids) > 1 else None


def ordering(workshop: Workshop, backlog: Backlog, bucket: str) -> Workshop:
    """The workshop that puts this bucket in order; where its requests stand now is remembered."""
    chosen = {*workshop.agenda}.difference(workshop.places)
    new = {
        row.item.id: row.position or 0
        for row in ranked(backlog)
        if row.item.moscow == bucket and row.item.id in chosen
    }
    return replace(workshop, bucket=bucket, places={**workshop.places, **new})


def in_bucket(workshop: Workshop, backlog: Backlog) -> Sorting:
    """The order of the bucket as far as the answers lead, and the next question."""
    places = ordering(workshop, backlog, workshop.bucket).places if workshop.bucket else ()
    ids = (id_ for id_ in places if _is_open(backlog, id_))
    return sorting([id_ for id_ in ids if backlog.item(id_).moscow == workshop.bucket], workshop.answers)


def in_order(workshop: Workshop, backlog: Backlog) -> tuple[Workshop, Backlog]:
    """The bucket in the order known so far, on the places that its requests hold together; without one nothing moves."""
    if workshop.bucket is None:
        return workshop, backlog
    after = arranged(backlog, in_bucket(workshop, backlog).order)
    workshop = ordering(workshop, backlog, workshop.bucket)
    return touching(workshop, before=backlog, after=after), after


def _looked_at(workshop: Workshop) -> frozenset[str]:
    return frozenset(step.id for step in workshop.steps if step.kind in ("bucket", "skip"))


def _is_open(backlog: Backlog, id_: str) -> bool:
    return id_ in backlog.path_of and backlog.item(id_).is_open


def _said(backlog: Backlog, kind: Kind, id_: str) -> dict[str, Any]:
    """What the item says in the fields that this kind of step changes; nothing without the item."""
    if id_ not in backlog.path_of:
        return {}
    item = backlog.item(id_)
    return {name: plain(getattr(item, name)) for name in _FIELDS.get(kind, ())}


def _without_last(workshop: Workshop) -> Workshop:
    last = workshop.steps[-1]
    agenda = (
        tuple(id_ for id_ in workshop.agenda if id_ != last.id) if last.kind == "idea" else workshop.agenda
    )
    return replace(workshop, steps=workshop.steps[:-1], agenda=agenda)
