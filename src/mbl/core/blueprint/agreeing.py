"""`mbl blueprint agree`: today's plan becomes what was agreed for its months, in blueprints/<name>.yaml.

Refuses a plan that is over-committed, or one in the place of another, unless told so; and a plan of nothing.
"""

from dataclasses import replace
from datetime import date

from mbl.core.blueprint.agreed import to_agree
from mbl.core.blueprint.horizon import Months
from mbl.core.blueprint.jobs import MONTHS
from mbl.core.blueprint.plan import Plan
from mbl.core.blueprint.words import headline, span
from mbl.core.guidepoints.alignment import current_guidepoint
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint

_LONGEST_NAME = 80
_QUARTER = 3


def with_agreed(
    backlog: Backlog,
    plan: Plan,
    *,
    today: date,
    by: str,
    name: str | None = None,
    anyway: bool = False,
    instead: bool = False,
) -> Backlog:
    """The backlog with this plan agreed to. `anyway`: though over-committed; `instead`: in the place of another.

    What was agreed in the same words by the same people stays. Raises MblError.
    """
    name = name or name_of(plan.months)
    _refuse_name(backlog, name)
    _refuse_plan(plan, anyway=anyway)
    path = paths(backlog).get(name, f"blueprints/{name}.yaml")
    before = backlog.blueprints.get(path)
    made = to_agree(plan, guidepoint=_guidepoint_of(backlog, plan, today), on=today, by=by)
    if before and _is_same(before, made):
        return backlog
    if before and not instead:
        raise MblError(f"{path} {_told(before)}.", hint=_ways(name, plan))
    return replace(backlog, blueprints={**backlog.blueprints, path: made})


def name_of(months: Months) -> str:
    """`2026-q4` for a quarter of the calendar, else the first month, `2026-11`."""
    year, month = months[0].split("-")
    return f"{year}-q{int(month) // _QUARTER + 1}" if int(month) % _QUARTER == 1 else months[0]


def paths(backlog: Backlog) -> dict[str, str]:
    """The path of every Blueprint by its name: the file's."""
    return {path.rpartition("/")[2].rpartition(".")[0]: path for path in backlog.blueprints}


def _refuse_name(backlog: Backlog, name: str) -> None:
    if not name.strip() or set(name) & set("/\\") or name.startswith(".") or len(name) > _LONGEST_NAME:
        raise MblError(
            f"{name:.80} cannot be the name of a file.", hint="Take a name like 2026-q4.", exit_code=2
        )
    broken = next(
        (each for each in backlog.broken if each.path.rpartition(".")[0] == f"blueprints/{name}"), None
    )
    if broken:
        raise MblError(
            f"{broken.where}: {broken.message}.", hint="Mend this file first, or take another --name."
        )


def _refuse_plan(plan: Plan, *, anyway: bool) -> None:
    if plan.over == MONTHS:
        raise MblError(
            f"{span(plan.months)}: these months are over.", hint="Agree to months to come: --from 2027-01"
        )
    if plan.rejected and not anyway:
        raise MblError(
            headline(plan),
            hint="mbl blueprint shows what would help. --anyway agrees to what fits, and leaves the rest out.",
        )
    if not plan.planned:
        raise MblError(
            "There is nothing to agree to: nothing is planned.", hint="Say yes to something: mbl accept 1"
        )


def _guidepoint_of(backlog: Backlog, plan: Plan, today: date) -> str | None:
    """The name of the Guidepoint that holds when these months begin."""
    held = current_guidepoint(backlog, max(today, date.fromisoformat(f"{plan.months[0]}-01")))
    found = (path for path, each in backlog.guidepoints.items() if each is held)
    return next((path.rpartition("/")[2].rpartition(".")[0] for path in found), None)


def _is_same(before: Blueprint, made: Blueprint) -> bool:
    by = before.agreed.by if before.agreed else None
    return made.agreed is not None and by == made.agreed.by and replace(before, agreed=made.agreed) == made


def _told(before: Blueprint) -> str:
    if before.agreed is None:
        return "is there already"
    return f"was agreed on {before.agreed.date}" + (f" by {before.agreed.by}" if before.agreed.by else "")


def _ways(name: str, plan: Plan) -> str:
    other = f"{name}-2" if name == name_of(plan.months) else name_of(plan.months)
    return f"--replace puts today's plan in its place; --name {other} keeps both, and the later one counts."
