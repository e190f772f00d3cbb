"""`mbl team person`: what somebody can do and when they are away; alone, it shows them.

Refuses a skill level other than 1 or 2, a leave that runs backwards, a holiday calendar that nobody wrote.
"""

from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

import typer

from mbl.cli import complete
from mbl.cli.open import read
from mbl.cli.options import Names, Writing, listed, with_groups
from mbl.cli.output import show, tell
from mbl.cli.team_values import a_day, given, leave, save_team, skills
from mbl.core.capacity.words import count
from mbl.core.capacity.workdays import named_teams
from mbl.core.rules.finding import nearest
from mbl.core.teams import edits
from mbl.core.teams.person import person_report
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.team import People, Person
from mbl.session import values as validated

_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What people.yaml says of somebody."""

    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="The full name.")] = None
    skill: Annotated[
        Names,
        typer.Option(
            metavar="SKILL=LEVEL", help="copy=2: can do it alone; copy=1: can help; copy=: not any more."
        ),
    ] = None
    leave: Annotated[
        Names,
        typer.Option(
            metavar="FROM..TO",
            help="Days off: 2026-12-21..2026-12-31, 2026-12-24; =0.5 behind it: half days.",
        ),
    ] = None
    no_leave: Annotated[
        Names, typer.Option("--no-leave", metavar="DATE", help="Take back the leave that begins on this day.")
    ] = None
    holidays: Annotated[
        str | None, typer.Option(metavar="CALENDAR", help="The holiday calendar, from mbl.yaml.")
    ] = None


@with_groups
def person(
    ctx: typer.Context,
    who: Annotated[
        str,
        typer.Argument(
            metavar="WHO", autocompletion=complete.field("owner"), help="The word that teams use for them."
        ),
    ],
    *,
    about: About,
    remove: Annotated[
        bool, typer.Option("--remove", help="They left: out of people.yaml and every team.")
    ] = False,
    writing: Writing,
) -> None:
    """Describe somebody: skills, leave, holidays; without options, show them."""
    is_silent = all(getattr(about, each.name) is None for each in fields(About))
    if is_silent and not remove:
        backlog, now, whole = read(ctx)
        report = person_report(backlog, now, who)
        show(ctx, replace(report, answer=whole), form=writing.format, today=now, whole=True)
        return
    if remove and not is_silent:
        raise MblError(
            "--remove goes alone.", hint=f"For example: mbl team person {who} --remove", exit_code=2
        )
    if remove:
        saved = save_team(ctx, lambda backlog: edits.without_person(backlog, who), writing)
        _mind_work(ctx, saved.after, who)
        return
    saved = save_team(ctx, lambda backlog: _described(backlog, who, about), writing)
    if saved.paths:
        _mind_new(ctx, saved.before, saved.after, who)


def _described(backlog: Backlog, who: str, about: About) -> Backlog:
    old = backlog.people.get(who, Person())
    said: dict[str, Any] = given({"name": about.name, "holidays": about.holidays})
    gone = [a_day(text) for text in listed(about.no_leave)]
    new = replace(
        old,
        **said,
        skills=edits.skills_after(old.skills, skills(about.skill)),
        leave=edits.leave_after(old.leave, leave(about.leave), gone),
    )
    plain = {"skills": dict(new.skills), **{key: value for key, value in said.items() if value}}
    validated.valid(People, {who: plain})
    return edits.with_person(backlog, who, new)


def _mind_new(ctx: typer.Context, before: Backlog, after: Backlog, who: str) -> None:
    """Somebody new may be a slip of the keyboard, and is in no team yet."""
    if who not in before.people and before.people:
        tell(ctx, f"{who} is new. {nearest(who, tuple(before.people))}".rstrip())
    teams = named_teams(after)
    if teams and not any(who in team.people for team in teams.values()):
        tell(ctx, f"In which team? mbl team edit {next(iter(teams))} --people {who}=0.8")


def _mind_work(ctx: typer.Context, backlog: Backlog, who: str) -> None:
    """Open work that names somebody who is gone."""
    named = [
        item
        for item in backlog.items.values()
        if item.is_open and (item.owner == who or any(part.person == who for part in item.parts))
    ]
    if named:
        some = ", ".join(item.id for item in named[:_MOST]) + (" …" if len(named) > _MOST else "")
        tell(ctx, f"{count(len(named), 'open request')} still name{'s' * (len(named) == 1)} {who}: {some}")
