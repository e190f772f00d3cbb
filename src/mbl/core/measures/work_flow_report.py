"""The flow of work as part of `mbl measures`: short beside the other numbers, or in full (`--flow`).

Refuses nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.capacity.history import teams_of
from mbl.core.capacity.words import count
from mbl.core.guidepoints.alignment import open_outcomes
from mbl.core.measures.part import MeasurePart
from mbl.core.measures.work_flow import Flow, InWork, Wasted, is_in_work, work_flow
from mbl.core.measures.work_flow_words import facts, notes, rate, sentence, to_do
from mbl.core.ranking import ranked
from mbl.core.report import Bar, Bars, Block, Column, Facts, Table, Words
from mbl.model.backlog import Backlog


def flow_part(backlog: Backlog, today: date, *, only: frozenset[str] | None = None) -> MeasurePart:
    """The flow on this day; `only` counts the items with these ids alone."""
    of = work_flow(backlog, today, only=only)
    rows = _rows(of.in_work, backlog, today)
    old = [row for row in rows if row.work.is_old]
    lead = tuple(_lead(of, backlog, is_empty=only is not None and not only))
    return MeasurePart(
        brief=(*lead, *_old(of, old), *_notes(of)),
        full=(
            *lead,
            *_everything(of, rows, backlog=backlog, today=today, only=only),
            *_notes(of),
        ),
        payload=_payload(of, rows, backlog),
        table=Table(columns=_WEEKS, rows=of.weeks, what="weeks"),
    )


class _Row(NamedTuple):
    work: InWork
    position: int | None
    to_do: str


class _Team(NamedTuple):
    name: str | None
    flow: Flow


def _rows(in_work: Sequence[InWork], backlog: Backlog, today: date) -> tuple[_Row, ...]:
    places = {row.item.id: row.position for row in ranked(backlog)}
    outcomes = open_outcomes(backlog, today)
    return tuple(
        _Row(each, places.get(each.item.id), to_do(each.item, backlog, outcomes) if each.is_old else "")
        for each in in_work
    )


def _lead(of: Flow, backlog: Backlog, *, is_empty: bool) -> Iterator[Block]:
    text = sentence(of)
    if is_empty:
        yield Words(text="No request fits.")
        return
    if not text:
        yield Words(text="Nothing was finished yet, and nothing is in progress.", tone="headline")
        yield Words(
            text="Next: mbl start REF when work begins, mbl done REF when it ends. From these days mbl works out how long work takes.",
            tone="hint",
        )
        return
    yield Words(text=text, tone="headline")
    if numbers := tuple(facts(of, backlog)):
        yield Facts(facts=numbers)


def _old(of: Flow, rows: Sequence[_Row]) -> Iterator[Block]:
    if rows and of.limit is not None:
        title = (
            f"In progress for more than {count(of.limit, 'day')}: finish these before anything new is begun"
        )
        yield Table(title=title, columns=_WORK, rows=tuple(rows), what="items")


def _notes(of: Flow) -> Iterator[Block]:
    for text in notes(of):
        yield Words(text=text, tone="hint")


def _everything(
    of: Flow, rows: Sequence[_Row], *, backlog: Backlog, today: date, only: frozenset[str] | None
) -> Iterator[Block]:
    if of.finished:
        bars = (
            Bar(label=f"{week.monday}", value=week.finished, text=f"{week.finished}") for week in of.weeks
        )
        yield Bars(title="Finished in the week of", bars=tuple(bars))
    if rows:
        columns = _WORK if of.old else tuple(column for column in _WORK if column.key != "to_do")
        yield Table(title="In progress, the oldest first", columns=columns, rows=tuple(rows), what="items")
    if of.wasted:
        yield Table(
            title="Dropped after work had begun", columns=_wasted(backlog), rows=of.wasted, what="items"
        )
    if only is None and len(teams := tuple(_teams(backlog, today))) > 1:
        yield Table(
            title="By team: what several worked on counts for each", columns=_TEAMS, rows=teams, what="teams"
        )


def _teams(backlog: Backlog, today: date) -> Iterator[_Team]:
    """Every team that finished something or has something in progress, by name; those of no team last."""
    ids: dict[str | None, set[str]] = {}
    for item in backlog.items.values():
        if item.status == "done" or is_in_work(item):
            for team in teams_of(item):
                ids.setdefault(team, set()).add(item.id)
    for team in sorted(ids, key=lambda name: (name is None, name or "")):
        yield _Team(team, work_flow(backlog, today, only=frozenset(ids[team])))


_WORK = (
    Column(key="position", label="#", value=lambda row: row.position, kind="position"),
    Column(key="title", label="Title", value=lambda row: row.work.item.title, least=20),
    Column(key="age", label="Days", value=lambda row: row.work.age, kind="number"),
    Column(key="to_do", label="What to do", value=lambda row: row.to_do or None),
    Column(key="owner", label="Owner", value=lambda row: row.work.item.owner, least=5),
    Column(key="team", label="Team", value=lambda row: row.work.item.team, least=6),
)
_TEAMS = (
    Column(key="team", label="Team", value=lambda row: row.name or "no team", least=8),
    Column(key="finished", label="Finished", value=lambda row: row.flow.finished, kind="number"),
    Column(
        key="a_week",
        label="A week",
        value=lambda row: None if row.flow.a_week is None else rate(row.flow.a_week),
    ),
    Column(
        key="p50", label="Half take", value=lambda row: row.flow.cycle and row.flow.cycle.p50, kind="number"
    ),
    Column(key="p85", label="85 in 100", value=lambda row: row.flow.limit, kind="number"),
    Column(key="wip", label="In progress", value=lambda row: len(row.flow.in_work), kind="number"),
)
_WEEKS = (
    Column(key="week", label="Week of", value=lambda week: week.monday, kind="date"),
    Column(key="finished", label="Finished", value=lambda week: week.finished, kind="number"),
)


def _wasted(backlog: Backlog) -> tuple[Column, ...]:
    classes = reference_classes(backlog.items.values(), backlog.settings)
    return (
        Column(key="id", label="Id", value=lambda row: row.item.id),
        Column(key="title", label="Title", value=lambda row: row.item.title, least=20),
        Column(key="team", label="Team", value=lambda row: row.item.team, least=6),
        Column(key="days", label="Days in work", value=lambda row: row.days, kind="number"),
        Column(
            key="effort", label="Planned", value=lambda row: effort_of(row.item, classes).days, kind="days"
        ),
    )


def _payload(of: Flow, rows: Sequence[_Row], backlog: Backlog) -> Mapping[str, Any]:
    classes = reference_classes(backlog.items.values(), backlog.settings)
    return {
        "throughput": [{"week": week.monday, "finished": week.finished} for week in of.weeks],
        "cycle_time": of.cycle and {**of.cycle._asdict(), "items": len(of.took), "unknown": of.unknown},
        "age": [_age_record(row) for row in rows],
        "wip": len(of.in_work),
        "waste": [
            {**_of(each), "days": each.days, "effort_days": effort_of(each.item, classes).days}
            for each in of.wasted
        ],
        "not_counted": of.odd,
    }


def _age_record(row: _Row) -> Mapping[str, Any]:
    return {
        **_of(row.work), "position": row.position, "owner": row.work.item.owner, "started": row.work.item.started,
        "age": row.work.age, "old": row.work.is_old, "to_do": row.to_do or None,
    }  # fmt: skip


def _of(each: InWork | Wasted) -> Mapping[str, Any]:
    return {"id": each.item.id, "title": each.item.title, "team": each.item.team}
