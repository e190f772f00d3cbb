"""The months of a plan, and the days that each team has left for it in each of them.

A month that is over has no days left, the present one its share of weekdays from today on. A month beyond the
known leave has the mean of the known ones. Refuses a backlog that states no capacity at all.
"""

from collections.abc import Callable
from datetime import date
from itertools import islice
from math import fsum
from typing import TYPE_CHECKING

from mbl.core.blueprint.jobs import LAST, MONTHS, Lane
from mbl.core.capacity.supply import Supply, team_supplies
from mbl.core.capacity.workdays import coming_month, month_of, months_from, named_teams, net, weekdays
from mbl.core.guidepoints.alignment import current_guidepoint
from mbl.errors import MblError
from mbl.model.backlog import Backlog

if TYPE_CHECKING:
    from mbl.core.blueprint.filling import Capacity

Months = tuple[str, ...]


def horizon(backlog: Backlog, today: date, *, first: str | None = None) -> Months:
    """Three months from `first`, else from the current Guidepoint's first one, else from this month.

    In a Guidepoint whose first three months are over: from this month.
    """
    return _three(first or _guidepoint_month(backlog, today) or month_of(today))


def month_capacity(backlog: Backlog, today: date, *, months: Months) -> "Capacity":
    """The net days by month: of each team by name, under None of all together (or the flat capacity).

    Raises MblError if neither a team nor `mbl.yaml` states a capacity.
    """
    teams: dict[Lane, tuple[float, ...]] = {
        name: tuple(_of_team(backlog, today, name, supply)(month) for month in months)
        for name, supply in team_supplies(backlog, today).items()
    }
    if teams:
        return {**teams, None: tuple(fsum(days) for days in zip(*teams.values(), strict=True))}
    flat = backlog.settings.capacity
    if flat is None:
        raise MblError(
            "What fits into three months depends on your capacity, and none is stated.",
            hint="Set capacity in mbl.yaml (person-days a month for planned work), or describe a team in teams/.",
        )
    return {None: tuple(max(0.0, flat) * _left(month, today) for month in months)}


def months_over(months: Months, today: date) -> int:
    """How many of the months are over."""
    return sum(month < month_of(today) for month in months)


def release_in(months: Months, earliest: str | None, today: date) -> int:
    """The first month of the plan (from 0) in which work can begin; MONTHS if none."""
    return max(months_over(months, today), sum(month < earliest for month in months) if earliest else 0)


def due_in(months: Months, due: date | None, today: date) -> int | None:
    """The month of the plan (from 0) in which it is due; the first that is left if it is overdue; None if not in these."""
    if due is None or month_of(due) > months[-1]:
        return None
    return min(LAST, max(months_over(months, today), sum(month < month_of(due) for month in months)))


def _three(first: str) -> Months:
    return tuple(islice(months_from(first), MONTHS))


def _guidepoint_month(backlog: Backlog, today: date) -> str | None:
    guidepoint = current_guidepoint(backlog, today)
    if guidepoint is None or months_over(_three(month_of(guidepoint.from_)), today) == MONTHS:
        return None
    return month_of(guidepoint.from_)


def _of_team(backlog: Backlog, today: date, name: str, supply: Supply) -> Callable[[str], float]:
    team, coming = named_teams(backlog)[name], coming_month(today)

    def days(month: str) -> float:
        if month < coming:
            return net(team, month, backlog) * _left(month, today)
        ahead = _number(month) - _number(coming)
        return supply.known[ahead] if ahead < len(supply.known) else supply.later

    return days


def _left(month: str, today: date) -> float:
    """The share of the month's weekdays that is still to come, today included."""
    days = weekdays(month)
    return sum(day >= today for day in days) / len(days)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])
