"""How the net days of the coming month come about, team by team. Refuses nothing."""

from math import fsum

from mbl.core.capacity.figures import Figures
from mbl.core.capacity.workdays import coming_month, gross, named_teams, net, share_of
from mbl.core.report import Facts


def net_days(of: Figures) -> Facts | None:
    """People's days, less the unplanned and the recurring; without teams the one number of `mbl.yaml`."""
    if of.pool is None:
        return None
    if not of.teams:
        days = f"{of.pool.later:g} person-days a month, in every month"
        return Facts(title="The days", facts=(("capacity in mbl.yaml", days),))
    month = coming_month(of.today)
    title = f"Net days of {month}: share of time x (weekdays - holidays - leave), less what is gone already"
    return Facts(title=title, facts=tuple((name, _sum(name, month, of)) for name in of.teams))


def _sum(name: str, month: str, of: Figures) -> str:
    """`ana 17 + ben 17.6 = 34.6 - 6.9 unplanned - 6 recurring = 21.7`."""
    team = named_teams(of.backlog)[name]
    people = gross(team, month, of.backlog)
    whole = fsum(people.values())
    unplanned, left = whole * share_of(team.unplanned), net(team, month, of.backlog)
    said = " + ".join(f"{_who(who)} {round(days, 2):g}" for who, days in people.items()) or "nobody"
    recurring = whole - unplanned - left
    gone = f"{unplanned:.1f} unplanned ({team.unplanned}) - {recurring:.1f} recurring"
    return f"{said} = {whole:.1f} gross - {gone} = {left:.1f}"


def _who(name: str) -> str:
    """Somebody who is only supposed has no name."""
    return "somebody new" if name.startswith("+") else name
