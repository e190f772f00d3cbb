"""The minutes of a workshop: who, what was decided, what was declined and why, what moved, months before and after.

They tell what still holds: a decision that somebody has undone since is left out. Refuses nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.capacity.words import count
from mbl.core.guidepoints.alignment import current_guidepoint
from mbl.core.ranking import fewest_moves, ranked
from mbl.core.report import Block, Column, Facts, Report, Table, Words
from mbl.core.workshop.moscow import totals, totals_blocks
from mbl.core.workshop.sitting import Step, Workshop, months, upcoming
from mbl.model.backlog import Backlog
from mbl.model.item import MOSCOW, Item


class Decided(NamedTuple):
    """A request with the bucket and the status it had before, and its effort in days (None: unknown)."""

    item: Item
    was: str | None
    status: str | None
    days: float | None


def minutes(workshop: Workshop, backlog: Backlog, today: date) -> Report:
    """What the room did, as blocks: facts, then a table for each kind of decision, then what is left."""
    decided = tuple(_decided(workshop, backlog))
    tables = (
        _table("In the buckets", _BUCKETS, [row for row in decided if row.item.moscow != "wont"]),
        _table("Won't this time", _DECLINED, [row for row in decided if row.item.moscow == "wont"]),
        _table("In another place", _MOVES, _moves(workshop, backlog)),
        _table("New", _NEW, _items(workshop, backlog, "idea")),
        _table("Asked for an outcome", _OUTCOMES, _items(workshop, backlog, "outcome")),
        _table("Skipped", _NEW, _skipped(workshop, backlog)),
    )
    blocks = (
        Facts(facts=tuple(_facts(workshop, backlog, today))),
        *(table for table in tables if table.rows),
        *_notes(workshop, backlog),
        *totals_blocks(totals(backlog, today)),
        *_left(workshop, backlog),
    )
    return Report(kind="minutes", payload=dict, blocks=blocks)


def declined(workshop: Workshop, backlog: Backlog) -> tuple[str, ...]:
    """The ids of the requests that the room said no to."""
    return tuple(row.item.id for row in _decided(workshop, backlog) if row.item.moscow == "wont")


def subject(workshop: Workshop, backlog: Backlog) -> str:
    """The first line of the commit: `Workshop of 2026-11-22: 3 Must, 2 Should, 1 Won't`."""
    buckets = [row.item.moscow for row in _decided(workshop, backlog)]
    said = ", ".join(f"{buckets.count(name)} {_SHORT[name]}" for name in MOSCOW if name in buckets)
    return f"Workshop of {workshop.begun}: {said or 'nothing decided'}"


_SHORT: Mapping[str, str] = {"must": "Must", "should": "Should", "could": "Could", "wont": "Won't"}


def _facts(workshop: Workshop, backlog: Backlog, today: date) -> Iterator[tuple[str, str]]:
    guidepoint = current_guidepoint(backlog, today)
    after = months(backlog, today)
    yield "Here", ", ".join(workshop.participants) or "nobody was noted"
    yield "Guidepoint", " ".join(guidepoint.statement.split()) if guidepoint else "none holds today"
    yield "Committed work", after if after == workshop.months else f"{workshop.months} before, {after} after"


def _decided(workshop: Workshop, backlog: Backlog) -> Iterator[Decided]:
    """Each request that is still in the bucket it was put into, best bucket first, then by rank."""
    last = {step.id: step for step in workshop.steps if step.kind == "bucket"}
    classes = reference_classes(backlog.items.values(), backlog.settings)
    found = [
        Decided(item, step.was.get("moscow"), step.was.get("status"), effort_of(item, classes).days)
        for id_, step in last.items()
        if (item := _item(backlog, id_)) and item.moscow and item.moscow == step.now.get("moscow")
    ]
    return iter(
        sorted(found, key=lambda row: (MOSCOW.index(row.item.moscow or "wont"), row.item.rank or "~"))
    )


def _moves(workshop: Workshop, backlog: Backlog) -> Sequence[tuple[Item, int, int]]:
    """The requests that the either-or questions moved, with their places before and now."""
    now = {row.item.id: row.position or 0 for row in ranked(backlog) if row.item.id in workshop.places}
    before = sorted(now, key=workshop.places.__getitem__)
    movers = fewest_moves(before, sorted(now, key=now.__getitem__))
    return [(backlog.item(id_), workshop.places[id_], now[id_]) for id_ in now if id_ in movers]


def _items(workshop: Workshop, backlog: Backlog, kind: str) -> Sequence[Item]:
    ids = dict.fromkeys(step.id for step in workshop.steps if step.kind == kind)
    return [item for id_ in ids if (item := _item(backlog, id_))]


def _skipped(workshop: Workshop, backlog: Backlog) -> Sequence[Item]:
    return [item for item in _items(workshop, backlog, "skip") if item.is_open]


def _notes(workshop: Workshop, backlog: Backlog) -> Iterator[Block]:
    notes = [step for step in workshop.steps if step.kind == "note" and step.text]
    if notes:
        yield Facts(title="Notes", facts=tuple((_title(backlog, step), step.text or "") for step in notes))


def _left(workshop: Workshop, backlog: Backlog) -> Iterator[Block]:
    seen = {step.id for step in workshop.steps if step.kind in ("bucket", "skip")}
    left = [
        id_ for id_ in workshop.agenda if id_ not in seen and (item := _item(backlog, id_)) and item.is_open
    ]
    if upcoming(workshop, backlog):
        yield Words(text=f"Not looked at: {count(len(left), 'request')}.")


def _title(backlog: Backlog, step: Step) -> str:
    item = _item(backlog, step.id)
    return item.title if item else step.id


def _item(backlog: Backlog, id_: str) -> Item | None:
    return backlog.item(id_) if id_ in backlog.path_of else None


def _table(title: str, columns: tuple[Column, ...], rows: Sequence[Any]) -> Table:
    return Table(title=title, columns=columns, rows=rows)


def _of(read: Callable[[Item], Any]) -> Callable[[Any], Any]:
    return lambda row: read(row if isinstance(row, Item) else row[0])


_TITLE = Column(key="title", label="Request", value=_of(lambda item: item.title), least=12)
_ID = Column(key="id", label="Id", value=_of(lambda item: item.id))
_REQUESTER = Column(key="requester", label="Asked by", value=_of(lambda item: item.requester))
_NOW = Column(key="now", label="Now", value=_of(lambda item: item.moscow), kind="moscow")
_WAS = Column(key="was", label="Before", value=lambda row: row.was, kind="moscow")
_BUCKETS = (
    _NOW,
    _TITLE,
    _ID,
    _REQUESTER,
    _WAS,
    Column(key="days", label="Effort", value=lambda row: row.days, kind="days"),
)
_DECLINED = (
    _TITLE,
    _ID,
    _REQUESTER,
    Column(
        key="status", label="It was", value=lambda row: "asked for" if row.status == "request" else "promised"
    ),
    Column(key="reason", label="Why", value=_of(lambda item: item.ended and item.ended.reason)),
    Column(
        key="revisit",
        label="Look again",
        value=_of(lambda item: item.ended and item.ended.revisit),
        kind="date",
    ),
)
_MOVES = (
    _TITLE,
    _ID,
    Column(key="from", label="From", value=lambda row: row[1], kind="position"),
    Column(key="to", label="To", value=lambda row: row[2], kind="position"),
)
_NEW = (_TITLE, _ID, _REQUESTER)
_OUTCOMES = (
    _TITLE,
    _ID,
    Column(key="outcomes", label="Serves", value=_of(lambda item: tuple(item.weights)), kind="names"),
    Column(key="how", label="How", value=_of(lambda item: item.how)),
    Column(key="answer", label="They said", value=_of(lambda item: item.asked and item.asked.answer)),
    Column(key="knows", label="Who knows", value=_of(lambda item: item.asked and item.asked.knows)),
)
