"""How long work takes against the capacity that teams and people have: whole months, the last one in part.

Refuses nothing: without capacity the answer is infinity, and where no capacity was ever stated there is no
supply at all (None).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import zip_longest
from math import fsum, inf
from typing import NamedTuple

from mbl.core.capacity.workdays import coming_month, gross, known_months, named_teams, net
from mbl.model.backlog import Backlog
from mbl.model.team import Person, Team

DAYS_PER_MONTH = 30.44


class Supply(NamedTuple):
    """Net person-days: of each known month, beginning with the coming one, and `later` of each month after."""

    known: tuple[float, ...]
    later: float


def times(supply: Supply, factor: float) -> Supply:
    """So many times the days."""
    return Supply(tuple(days * factor for days in supply.known), supply.later * factor)


def has_days(supply: Supply) -> bool:
    """Whether there is any time for planned work at all."""
    return supply.later > 0 or any(supply.known)


def months(days: float, supply: Supply) -> float:
    """The months it takes to do `days` of work; the last month counts in part. Infinity if it never ends."""
    for number, net_days in enumerate(supply.known):
        if days <= net_days:
            return number + (days / net_days if net_days else 0.0)
        days -= net_days
    if days <= 0:
        return float(len(supply.known))
    return len(supply.known) + (days / supply.later if supply.later > 0 else inf)


def days_within(supply: Supply, count: int) -> float:
    """The net person-days of the first `count` months."""
    return fsum((*supply.known, *[supply.later] * count)[:count])


def finish(today: date, months_left: float) -> date | None:
    """The day on which the work is done (a month is 30.44 days); None if never, or beyond the calendar."""
    try:
        return today + timedelta(days=round(months_left * DAYS_PER_MONTH))
    except (OverflowError, ValueError):
        return None


def team_supplies(backlog: Backlog, today: date) -> dict[str, Supply]:
    """The supply of each team by name; empty while no team has people."""
    teams = named_teams(backlog)
    if not any(team.people for team in teams.values()):
        return {}
    return {name: _team(team, backlog, today) for name, team in teams.items()}


def person_supplies(backlog: Backlog, today: date) -> dict[str, Supply]:
    """The supply of each person: their part, by gross days, of the net days of their teams."""
    supplies: dict[str, list[Supply]] = {}
    for team in named_teams(backlog).values():
        for who, own in member_supplies(team, backlog, today).items():
            supplies.setdefault(who, []).append(own)
    return {who: together(parts) for who, parts in supplies.items()}


def member_supplies(team: Team, backlog: Backlog, today: date) -> dict[str, Supply]:
    """The supply of each person of one team, for this team alone: their part of its net days, by gross days."""
    shares = [_shares(team, month, backlog) for month in _known(team, backlog, today)]
    return {who: _supply(tuple(month[who] for month in shares)) for who in team.people}


def pool(backlog: Backlog, teams: Mapping[str, Supply]) -> Supply | None:
    """All teams together; while there are none, the flat capacity of `mbl.yaml`; None if there is neither."""
    if teams:
        return together(list(teams.values()))
    capacity = backlog.settings.capacity
    return None if capacity is None else Supply((), max(0.0, capacity))


def together(supplies: list[Supply]) -> Supply:
    """The sum of several supplies, month by month."""
    later = fsum(supply.later for supply in supplies)
    known = zip_longest(*(supply.known for supply in supplies))
    return Supply(tuple(_filled(month, supplies) for month in known), later)


def _filled(month: tuple[float | None, ...], supplies: list[Supply]) -> float:
    pairs = zip(month, supplies, strict=True)
    return fsum(supply.later if net_days is None else net_days for net_days, supply in pairs)


def _team(team: Team, backlog: Backlog, today: date) -> Supply:
    return _supply(tuple(net(team, month, backlog) for month in _known(team, backlog, today)))


def _known(team: Team, backlog: Backlog, today: date) -> tuple[str, ...]:
    people = [backlog.people.get(who, Person()) for who in team.people]
    return known_months(people, coming_month(today), backlog.settings)


def _supply(known: tuple[float, ...]) -> Supply:
    return Supply(known, fsum(known) / len(known))


def _shares(team: Team, month: str, backlog: Backlog) -> dict[str, float]:
    """The team's net days of a month, by person, in proportion to their gross days."""
    days = gross(team, month, backlog)
    whole = fsum(days.values())
    net_days = net(team, month, backlog)
    return {who: net_days * own / whole if whole else 0.0 for who, own in days.items()}
