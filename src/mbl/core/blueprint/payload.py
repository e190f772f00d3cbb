"""`mbl blueprint -f json`: a plan as programs read it. Refuses nothing."""

from collections.abc import Mapping
from typing import Any

from mbl.core.blueprint.agreed import Compared
from mbl.core.blueprint.plan import Plan, Planned, Rejected
from mbl.core.blueprint.words import options
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint


def payload(
    plan: Plan, backlog: Backlog, *, agreed: Blueprint | None = None, compared: tuple[Compared, ...] = ()
) -> dict[str, Any]:
    """The plan, and what became of what was agreed (None where nothing was). Effort in person-days."""
    return {
        "months": [_month(plan, at) for at in range(len(plan.months))],
        "deliverables": [_deliverable(each) for each in plan.planned],
        "rejected": [_rejected(each, plan, backlog) for each in plan.rejected],
        "later": [row.item.id for row in plan.later],
        "status": plan.status,
        "unknown": [row.item.id for row in plan.unknown],
        "done": [
            {"id": each.item.id, "title": each.item.title, "month": each.month} for each in plan.finished
        ],
        "early": [
            {"id": each.row.item.id, "title": each.row.item.title, "month": each.month} for each in plan.early
        ],
        "guess_share": round(plan.guess_share, 4),
        "agreed": _agreed(agreed, compared),
    }


def _month(plan: Plan, at: int) -> Mapping[str, Any]:
    month = plan.months[at]
    return {
        "month": month,
        "capacity_days": round(plan.capacity[None][at], 2),
        "planned_days": round(plan.days(month), 2),
        "by_team": [
            {
                "team": team,
                "capacity_days": round(months[at], 2),
                "planned_days": round(plan.days_of(team, month), 2),
            }
            for team, months in plan.capacity.items()
            if team is not None
        ],
    }


def _deliverable(each: Planned) -> Mapping[str, Any]:
    item = each.row.item
    teams = dict.fromkeys(team for by_team in each.days_by_month.values() for team in by_team)
    return {
        "id": item.id,
        "title": item.title,
        "month": each.month,
        "days_by_month": {
            month: round(sum(by_team.values()), 2) for month, by_team in each.days_by_month.items()
        },
        "days": round(each.days, 2),
        "by_team": [
            {
                "team": team,
                "days_by_month": {
                    month: round(by_team[team], 2)
                    for month, by_team in each.days_by_month.items()
                    if team in by_team
                },
            }
            for team in teams
        ],
        "position": each.row.position,
        "status": item.status,
        "moscow": item.moscow,
        "due": item.due,
        "outcomes": list(item.weights),
        "serves_outcome": each.serves,
        "guessed": each.guessed,
        "might": each.might,
        "pulled_in_by": each.pulled_in_by,
        "notes": each.notes,
    }


def _rejected(each: Rejected, plan: Plan, backlog: Backlog) -> Mapping[str, Any]:
    worst = each.shortages[0]
    return {
        "id": each.row.item.id,
        "title": each.row.item.title,
        "months": [plan.months[worst.first], plan.months[worst.last]],
        "team": worst.lane,
        "need": round(worst.need, 2),
        "have": round(worst.have, 2),
        "short": round(worst.short, 2),
        "moscow": each.row.item.moscow,
        "due": each.row.item.due,
        "options": options(each, plan, backlog),
    }


def _agreed(agreed: Blueprint | None, compared: tuple[Compared, ...]) -> Mapping[str, Any] | None:
    if agreed is None or agreed.agreed is None:
        return None
    return {
        "date": agreed.agreed.date,
        "by": agreed.agreed.by,
        "deliverables": [each._asdict() for each in compared],
    }
