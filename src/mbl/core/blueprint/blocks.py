"""What `mbl blueprint` draws: the calendar by team and month, the days behind it, misfits, notes, changes.

Refuses nothing; what there is nothing to say about is left out.
"""

from datetime import date
from typing import NamedTuple, get_args

from mbl.core.blueprint.agreed import Compared, Verdict
from mbl.core.blueprint.jobs import Lane
from mbl.core.blueprint.plan import Plan, Planned, Rejected
from mbl.core.blueprint.words import month_name, options, title, why
from mbl.core.ranking import Ranked
from mbl.core.report import Calendar, Cell, Column, Facts, Table
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint
from mbl.model.item import Item

_NOBODY = "anybody"
_MOST = 12
_DONE, _READY, _MIGHT = "✓", "•", "?"


def calendar(plan: Plan) -> Calendar:
    """What each team finishes in each month, and how full the month is: days planned of days there."""
    months = range(len(plan.months))
    lanes = tuple((_name(lane, plan), tuple(_cell(plan, lane, at) for at in months)) for lane in _lanes(plan))
    names = tuple(map(month_name, plan.months))
    return Calendar(
        title="What is finished when, and how full the months are", what="Team", months=names, lanes=lanes
    )


def days(plan: Plan) -> Table:
    """A row for each deliverable of each team, a column for each month with its days."""
    rows = [
        _Row(each, lane)
        for lane in (*(lane for lane in plan.capacity if lane), None)
        for each in plan.planned
        if any(lane in by_team for by_team in each.days_by_month.values())
    ]
    rows += [_Row(each, None) for each in plan.planned if not each.days_by_month]
    team = (Column(key="team", label="Team", value=lambda row: row.lane or _NOBODY, least=6),)
    columns = (
        *(team if len(plan.capacity) > 1 else ()),
        Column(key="position", label="#", value=lambda row: row.planned.row.position, kind="position"),
        Column(key="title", label="Deliverable", value=lambda row: row.planned.row.item.title, least=18),
        *(_month_column(month) for month in plan.months[plan.over :]),
        Column(key="month", label="Ready", value=lambda row: row.planned.month),
        Column(key="note", label="Note", value=_note, least=8),
        Column(key="id", label="Id", value=lambda row: row.planned.row.item.id),
    )
    return Table(title="Days by month", columns=columns, rows=tuple(rows), what="deliverables")


def mind(plan: Plan) -> tuple[Facts, ...]:
    """What is worth saying about single deliverables."""
    told = [each for each in plan.planned if each.notes]
    facts = tuple((_ref(each.row), f"{title(each.row.item)}: {'; '.join(each.notes)}") for each in told)
    return (Facts(title="Mind", facts=facts),) if facts else ()


def misfits(plan: Plan, backlog: Backlog) -> tuple[Facts, ...]:
    """What is due, or a Must, and does not fit: the reason, and what would help."""
    facts = [(_ref(each.row), _misfit(each, plan, backlog)) for each in plan.rejected[:_MOST]]
    if len(plan.rejected) > _MOST:
        facts.append(("…", f"and {len(plan.rejected) - _MOST:,} more"))
    return (Facts(title="Does not fit", facts=tuple(facts)),) if facts else ()


def changes(agreed: Blueprint | None, compared: tuple[Compared, ...]) -> tuple[Facts, ...]:
    """What became of the agreed deliverables, and what is new."""
    if agreed is None or agreed.agreed is None:
        return ()
    by = f" by {agreed.agreed.by}" if agreed.agreed.by else ""
    found = (
        (verdict, [each for each in compared if each.verdict == verdict]) for verdict in get_args(Verdict)
    )
    facts = tuple(
        (verdict.replace("-", " "), "\n".join(map(_change, each))) for verdict, each in found if each
    )
    return (Facts(title=f"Against what was agreed on {agreed.agreed.date}{by}", facts=facts),)


def _ref(row: Ranked) -> str:
    return f"#{row.position}" if row.position else row.item.id


class _Row(NamedTuple):
    planned: Planned
    lane: Lane


def _lanes(plan: Plan) -> tuple[Lane, ...]:
    """The teams, then nobody in particular, if there is such work or nothing else."""
    teams = tuple(lane for lane in plan.capacity if lane is not None)
    homes = [_home(each.row.item, plan, each) for each in plan.planned]
    homes += [_home(each.item, plan) for each in plan.finished]
    is_anybodys = None in homes or any(plan.days_of(None, month) for month in plan.months)
    return (*teams, None) if is_anybodys or not teams else teams


def _name(lane: Lane, plan: Plan) -> str:
    return lane or (_NOBODY if len(plan.capacity) > 1 else "")


def _home(item: Item, plan: Plan, planned: Planned | None = None) -> Lane:
    """The lane in which a deliverable is shown, once: its team's, else that of who works most on it."""
    if item.team and item.team in plan.capacity:
        return item.team
    months = planned.days_by_month.values() if planned else ()
    lanes = [lane for by_team in months for lane in by_team]
    return max(lanes, key=lambda lane: sum(by_team.get(lane, 0) for by_team in months), default=None)


def _cell(plan: Plan, lane: Lane, at: int) -> Cell:
    month = plan.months[at]
    done = [each.item for each in plan.finished if each.month == month and _home(each.item, plan) == lane]
    here = [each for each in plan.planned if each.month == month and _home(each.row.item, plan, each) == lane]
    load = plan.days_of(lane, month)
    have = plan.capacity[lane][at] if lane or len(plan.capacity) == 1 else 0.0
    return Cell(
        load=load,
        capacity=have,
        text=_load_text(load, have) if at >= plan.over else "",
        entries=(*((_DONE, title(item)) for item in done), *(_entry(each, lane) for each in here)),
    )


def _load_text(load: float, have: float) -> str:
    if not have:
        return f"{_short(load)}d" if load else ""
    return f"{_short(load)} of {_short(have)}d"


def _short(days: float) -> str:
    return f"{days:,.1f}".removesuffix(".0")


def _entry(each: Planned, lane: Lane) -> tuple[str, str]:
    """The deliverable, and which other teams work on it."""
    teams = dict.fromkeys(team for by_team in each.days_by_month.values() for team in by_team)
    others = [team for team in teams if team and team != lane]
    together = f" (with {', '.join(others)})" if others else ""
    return _MIGHT if each.might else _READY, f"{title(each.row.item)}{together}"


def _month_column(month: str) -> Column:
    def amount(row: _Row) -> float | None:
        found = row.planned.days_by_month.get(month, {}).get(row.lane)
        return None if found is None else round(found, 2)

    return Column(key=month, label=f"{date.fromisoformat(f'{month}-01'):%b}", value=amount, kind="days")


def _note(row: _Row) -> str:
    planned = row.planned
    might = ("might",) if planned.might else ()
    aimless = () if planned.serves else ("no open outcome",)
    return "; ".join((*might, *planned.notes, *aimless))


def _misfit(rejected: Rejected, plan: Plan, backlog: Backlog) -> str:
    item = rejected.row.item
    told = [*(("Must",) if item.moscow == "must" else ()), *((f"due {item.due}",) if item.due else ())]
    what = f"{title(item)} ({', '.join(told)})" if told else title(item)
    return "\n".join(
        (what, *why(rejected.shortages, plan), f"Options: {'; '.join(options(rejected, plan, backlog))}.")
    )


def _change(each: Compared) -> str:
    name = " ".join(each.title.split())
    agreed, now = (month_name(month).partition(" ")[0] if month else "" for month in (each.agreed, each.now))
    if each.verdict == "fell-out":
        return f"{name} (agreed for {agreed}; {each.why})"
    if not agreed or each.agreed == each.now:
        return f"{name} ({now})" if now else name
    return f"{name} (agreed for {agreed}, {'done in' if each.verdict == 'done' else 'now'} {now})"
