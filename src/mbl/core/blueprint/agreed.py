"""An agreed Blueprint against today's plan: what is done, late, moved, slipped, fell out, and what came in.

Refuses nothing: an agreed item whose file is gone fell out.
"""

from datetime import date
from typing import Literal, NamedTuple

from mbl.core.blueprint.plan import Plan
from mbl.core.capacity.workdays import month_of
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint, BlueprintAgreement, Deliverable
from mbl.model.item import Item

Verdict = Literal["done", "as-agreed", "moved", "slipped", "late", "fell-out", "new"]


class Compared(NamedTuple):
    """One deliverable: the month that was agreed (None: it is new), and the one it was or will be finished in (None: no longer).

    moved, slipped: it is planned for an earlier or a later month. late: its month is over, and it is not done.
    fell-out: it is no longer planned; `why` says what became of it.
    """

    id: str
    title: str
    agreed: str | None
    now: str | None
    verdict: Verdict
    why: str = ""


def agreed_for(backlog: Backlog, plan: Plan) -> Blueprint | None:
    """The Blueprint that was agreed for the plan's months; of several the latest."""
    found = [
        blueprint
        for blueprint in backlog.blueprints.values()
        if blueprint.agreed and tuple(sorted(blueprint.months)) == plan.months
    ]
    return max(found, key=lambda each: each.agreed.date if each.agreed else date.min, default=None)


def against(agreed: Blueprint, plan: Plan, backlog: Backlog, today: date) -> tuple[Compared, ...]:
    """The agreed deliverables in their order, then the planned ones that are new."""
    months = plan.ready
    known = {each.item for each in agreed.deliverables}
    return (
        *(_compared(each, months.get(each.item), plan, backlog, today) for each in agreed.deliverables),
        *(
            Compared(id_, backlog.item(id_).title, None, month, "new")
            for id_, month in months.items()
            if id_ not in known and month in plan.months
        ),
    )


def to_agree(plan: Plan, *, guidepoint: str | None, on: date, by: str | None) -> Blueprint:
    """The plan as a Blueprint to be saved: what was and will be finished in its months."""
    finished = (Deliverable(item=each.item.id, month=each.month) for each in plan.finished)
    planned = (Deliverable(item=each.row.item.id, month=each.month) for each in plan.planned)
    return Blueprint(
        guidepoint=guidepoint,
        months=plan.months,
        agreed=BlueprintAgreement(date=on, by=by),
        deliverables=(*finished, *planned),
    )


def _compared(
    deliverable: Deliverable, now: str | None, plan: Plan, backlog: Backlog, today: date
) -> Compared:
    id_, month = deliverable.item, deliverable.month
    if id_ not in backlog.path_of:
        return Compared(id_, id_, month, None, "fell-out", "its file is gone")
    item = backlog.item(id_)
    if item.status == "done":
        done = month_of(item.ended.date) if item.ended else None
        return Compared(id_, item.title, month, done, "done")
    if now is None:
        return Compared(id_, item.title, month, None, "fell-out", _why_out(item, plan))
    return Compared(id_, item.title, month, now, _verdict(month, now, today))


def _verdict(agreed: str, now: str, today: date) -> Verdict:
    if agreed < month_of(today):
        return "late"
    return "as-agreed" if agreed == now else "slipped" if agreed < now else "moved"


def _why_out(item: Item, plan: Plan) -> str:
    if not item.is_open:
        reason = f": {item.ended.reason}" if item.ended and item.ended.reason else ""
        return f"{item.status}{reason}"
    if item.status == "request":
        return "only asked for, not promised"
    if any(row.item.id == item.id for row in plan.unknown):
        return "nobody knows its effort"
    if item.earliest and item.earliest > plan.months[-1]:
        return f"cannot begin before {item.earliest}"
    return "does not fit any more"
