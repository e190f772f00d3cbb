"""`mbl team skills`: skills and people of a team in one grid, with the work that asks for each skill.

Refuses a team that does not exist. A skill without a circle in its row is one that nobody can do alone.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mbl.core.blueprint.words import month_name
from mbl.core.capacity.figures import Figures, figures
from mbl.core.capacity.quarter import quarter
from mbl.core.report import Block, Column, Report, Table, Words
from mbl.core.teams.edits import path_of
from mbl.core.teams.report import TeamView, payload, team_report, views
from mbl.core.teams.skills import ALONE, HELPS, TeamSkills
from mbl.core.teams.words import about_skills, instead, narrow
from mbl.model.backlog import Backlog

_LEGEND = "● can do it alone   ◐ can help   · cannot"
_DAYS = "Days: all promised work of the team. Load: what of it fits until {until} by rank, against the days of all ●."


class _Row(NamedTuple):
    skill: str
    team: TeamSkills


def skills_report(backlog: Backlog, today: date, team: str | None = None) -> Report:
    """The grids of all teams, or of one. Raises MblError."""
    if team is not None:
        path_of(backlog, team)
    of = figures(backlog, today)
    found = tuple(view for view in views(of) if team in (None, view.name))
    if not found:
        return team_report(backlog, today)
    return Report(
        kind="teams",
        payload=lambda: payload(of, found),
        blocks=(*(block for view in found for block in _blocks(of, view)), *_legend(of)),
        table=_grid(found[0]) if len(found) == 1 else _long(found),
    )


def _blocks(of: Figures, view: TeamView) -> Iterator[Block]:
    months = quarter(of).months
    yield _grid(view)
    for text in about_skills(view.skills, view.team, months):
        yield Words(text=text)
    tightest = [each for each in view.skills.bottlenecks if each.ratio <= 1]
    if tightest:
        yield Words(text=f"Tightest: {narrow(tightest[0], view.skills, months)}")


def _legend(of: Figures) -> tuple[Words, ...]:
    until = month_name(quarter(of).months[-1])
    return (Words(text=_LEGEND, tone="hint"), Words(text=_DAYS.format(until=until), tone="hint"))


def _grid(view: TeamView) -> Table:
    of = view.skills
    name = view.team.name
    title = of.team if not name or name.casefold() == of.team.casefold() else f"{of.team} ({name})"
    people = tuple(
        Column(key=who, label=who, value=lambda row, who=who: _level(row, who), kind="skill", least=3)  # type: ignore[misc]
        for who in view.team.people
    )
    rows = tuple(_Row(skill, of) for skill in _skills(of))
    return Table(columns=(*_FIRST, *people, _NOTE), rows=rows, title=title, what="skills")


def _long(found: tuple[TeamView, ...]) -> Table:
    """For CSV: a row for each skill of each person in each team."""
    columns = (
        Column(key="team", label="Team", value=lambda row: row[0]),
        Column(key="skill", label="Skill", value=lambda row: row[1]),
        Column(key="person", label="Person", value=lambda row: row[2]),
        Column(key="level", label="Level", value=lambda row: row[3], kind="number"),
    )
    rows = [
        (view.name, skill, who, level)
        for view in found
        for skill in _skills(view.skills)
        for who in view.team.people
        if (level := _level(_Row(skill, view.skills), who))
    ]
    return Table(columns=columns, rows=rows, what="skills")


def _skills(of: TeamSkills) -> tuple[str, ...]:
    """What is asked for, the most first; what is lacking; then what the people can do besides."""
    missing = (each.skill for each in of.missing)
    return tuple(dict.fromkeys((*of.demand, *missing, *sorted({**of.able, **of.helpers}))))


def _level(row: _Row, who: str) -> int:
    if who in row.team.able.get(row.skill, ()):
        return ALONE
    return HELPS if who in row.team.helpers.get(row.skill, ()) else 0


def _asked(row: _Row) -> float | None:
    lacking = next((each.days for each in row.team.missing if each.skill == row.skill), None)
    return row.team.demand.get(row.skill, lacking)


def _note(row: _Row) -> str:
    """In a few words what the sentences below say."""
    for lacking in row.team.missing:
        if lacking.skill == row.skill:
            return instead(lacking, row.team)
    for point in row.team.single_points:
        if point.skill == row.skill:
            return f"only {point.person}"
    return ""


_FIRST = (
    Column(key="skill", label="Skill", value=lambda row: row.skill, least=8),
    Column(key="days", label="Days", value=_asked, kind="days"),
    Column(key="load", label="Load", value=lambda row: row.team.load(row.skill), kind="share"),
)
_NOTE = Column(key="note", label="Note", value=_note, least=7)
