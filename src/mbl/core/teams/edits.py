"""What can be done with teams and people: found a team, change it, describe a person, say goodbye.

Refuses a team that exists, a name that cannot be a file's or an item's word, and a change of people while people.yaml
cannot be read. What `mbl check` would say of the result is for `team_objections`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mbl.core.capacity.workdays import named_teams
from mbl.core.rules import around as rules_around
from mbl.core.rules import skills as rules_skills
from mbl.core.rules.finding import Finding, is_unread, nearest
from mbl.errors import MblError
from mbl.model.backlog import PEOPLE, Backlog
from mbl.model.team import Leave, Person, Recurring, Team

_RULES = (rules_around.teams, rules_around.people, rules_skills.people_and_skills)
_NOT_IN_A_WORD = frozenset(" \t\n,=/\\")


def created(backlog: Backlog, name: str, team: Team) -> Backlog:
    """The backlog with this team in teams/<name>.yaml. Raises MblError."""
    known = {each.casefold(): each for each in named_teams(backlog)}
    if name.casefold() in known:
        there = known[name.casefold()]
        raise MblError(f"There is a team {there} already.", hint=f"To change it: mbl team edit {there}")
    if not name or name.startswith((".", "-")) or _NOT_IN_A_WORD.intersection(name) or not name.isprintable():
        raise MblError(
            f"{name!r} cannot be the name of a team.", hint="Take one word, like growth.", exit_code=2
        )
    _refuse_unread(backlog, f"teams/{name}.yaml")
    return _with(backlog, f"teams/{name}.yaml", team)


def edited_team(backlog: Backlog, name: str, values: Mapping[str, Any]) -> Backlog:
    """These fields of the team with these values. Raises MblError."""
    path = path_of(backlog, name)
    old = backlog.teams[path]
    new = replace(old, **values)
    return backlog if new == old else _with(backlog, path, new)


def shares_after(old: Mapping[str, float], given: Mapping[str, float | None]) -> dict[str, float]:
    """The people of a team with these shares; None: no longer in it. Raises MblError for who was not in it."""
    for who, share in given.items():
        if share is None and who not in old:
            raise MblError(f"{who} is not in the team.", hint=nearest(who, dict(old)) or _there_are(old))
    return {who: share for who, share in {**old, **given}.items() if share is not None}


def recurring_after(
    old: Sequence[Recurring], given: Sequence[Recurring], *, gone: Iterable[str] = ()
) -> tuple[Recurring, ...]:
    """The work that comes back: one with the same title is replaced, others are added. Raises MblError."""
    titles = [work.title for work in old]
    for title in gone:
        if title not in titles:
            raise MblError(
                f"“{title}” does not come back there.", hint=nearest(title, titles) or _there_are(titles)
            )
    anew = {work.title: work for work in given}
    kept = [anew.pop(work.title, work) for work in old if work.title not in set(gone)]
    return (*kept, *anew.values())


def skills_after(old: Mapping[str, int], given: Mapping[str, int | None]) -> dict[str, int]:
    """The skills with these levels; None: not any more. Raises MblError for one that was not there."""
    for skill, level in given.items():
        if level is None and skill not in old:
            raise MblError(
                f"There is no skill {skill} to take away.", hint=nearest(skill, dict(old)) or _there_are(old)
            )
    return {skill: level for skill, level in {**old, **given}.items() if level is not None}


def leave_after(old: Sequence[Leave], added: Sequence[Leave], gone: Sequence[date]) -> tuple[Leave, ...]:
    """The days off, by their first day; one that begins on the same day is replaced. Raises MblError."""
    first_days = [leave.from_ for leave in old]
    for day in gone:
        if day not in first_days:
            raise MblError(f"No leave begins on {day}.", hint=_there_are(map(str, first_days)))
    anew = {leave.from_: leave for leave in added}
    kept = [anew.pop(leave.from_, leave) for leave in old if leave.from_ not in gone]
    return (*kept, *anew.values())


def with_person(backlog: Backlog, who: str, person: Person) -> Backlog:
    """The backlog with this person as described. Raises MblError while people.yaml cannot be read."""
    _refuse_unread(backlog)
    if backlog.people.get(who) == person:
        return backlog
    if who.startswith("-") and who not in backlog.people:
        raise MblError(f"{who} reads like an option.", hint="Take a word like mia.", exit_code=2)
    return replace(backlog, people={**backlog.people, who: person})


def without_person(backlog: Backlog, who: str) -> Backlog:
    """The backlog without this person, in people.yaml and in every team. Raises MblError."""
    _refuse_unread(backlog)
    in_teams = {path: team for path, team in backlog.teams.items() if who in team.people}
    if who not in backlog.people and not in_teams:
        raise MblError(
            f"There is no {who}.", hint=nearest(who, dict(backlog.people)) or _there_are(backlog.people)
        )
    teams = {
        path: replace(team, people={each: share for each, share in team.people.items() if each != who})
        for path, team in in_teams.items()
    }
    people = {each: person for each, person in backlog.people.items() if each != who}
    return replace(backlog, people=people, teams={**backlog.teams, **teams})


def team_objections(before: Backlog, after: Backlog, today: date) -> tuple[Finding, ...]:
    """What `mbl check` would say of teams and people after a change, as far as it is new."""
    old = {(found.path, found.message) for found in _found(before, today)}
    return tuple(found for found in _found(after, today) if (found.path, found.message) not in old)


def path_of(backlog: Backlog, name: str) -> str:
    """The file of the team. Raises MblError with the nearest name."""
    known = dict(zip(named_teams(backlog), backlog.teams, strict=True))
    if name in known:
        return known[name]
    _refuse_unread(backlog, f"teams/{name}.yaml")
    raise MblError(f"There is no team {name}.", hint=nearest(name, known) or _others(known, name))


def _others(known: Mapping[str, str], name: str) -> str:
    return _there_are(known) if known else f"To found it: mbl team new {name} --people ana=0.8"


def _there_are(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"There are: {listed}." if listed else "There are none."


def _with(backlog: Backlog, path: str, team: Team) -> Backlog:
    return replace(backlog, teams={**backlog.teams, path: team})


def _refuse_unread(backlog: Backlog, path: str = PEOPLE) -> None:
    if is_unread(backlog, path):
        raise MblError(f"{path} cannot be read.", hint="`mbl check` says what is wrong with it.")


def _found(backlog: Backlog, today: date) -> list[Finding]:
    rules: Iterable[Callable[[Backlog, date], Iterable[Finding]]] = _RULES
    return [finding for rule in rules for finding in rule(backlog, today)]
