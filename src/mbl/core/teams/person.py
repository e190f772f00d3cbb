"""`mbl team person NAME`: what the files say of somebody, in a few lines. Refuses somebody whom nobody knows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mbl.core.capacity.words import percent
from mbl.core.capacity.workdays import coming_month, named_teams, working_days
from mbl.core.changes.change import plain
from mbl.core.report import Facts, Report, Words
from mbl.core.rules.finding import nearest
from mbl.core.teams.skills import ALONE
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.team import Leave, Person


def person_report(backlog: Backlog, today: date, who: str) -> Report:
    """Somebody's skills, teams, holidays and leave to come. Raises MblError with the nearest name."""
    teams = {name: team.people[who] for name, team in named_teams(backlog).items() if who in team.people}
    if who not in backlog.people and not teams:
        known = sorted({*backlog.people, *(each for team in backlog.teams.values() for each in team.people)})
        hint = nearest(who, known) or f"To describe them: mbl team person {who} --skill copy=2"
        raise MblError(f"There is no {who} in people.yaml.", hint=hint)
    person = backlog.people.get(who, Person())
    month = coming_month(today)
    days = working_days(person, month, backlog.settings)
    facts = (
        ("skills", _skills(person)),
        ("teams", ", ".join(f"{name} {percent(share)}" for name, share in teams.items())),
        ("holidays", person.holidays or ""),
        ("leave", "\n".join(_leave(each) for each in person.leave if each.to >= today)),
        ("at work", f"{days:g} days in {date.fromisoformat(f'{month}-01'):%B %Y}"),
    )
    head = Words(text=f"{person.name} ({who})" if person.name else who, tone="headline")
    return Report(
        kind="person",
        payload=lambda: _payload(who, person, teams),
        blocks=(head, Facts(facts=tuple((label, value or "nothing said") for label, value in facts))),
    )


def _skills(person: Person) -> str:
    ranked = sorted(person.skills.items(), key=lambda pair: -pair[1])
    return ", ".join(skill if level >= ALONE else f"{skill} (can help)" for skill, level in ranked)


def _leave(leave: Leave) -> str:
    span = str(leave.from_) if leave.from_ == leave.to else f"{leave.from_} to {leave.to}"
    return span if leave.days_per_day == 1 else f"{span} ({leave.days_per_day:g} of each day)"


def _payload(who: str, person: Person, teams: Mapping[str, float]) -> Mapping[str, Any]:
    return {"person": {"id": who, **plain(person), "teams": dict(teams)}}
