"""`mbl team`: who serves whom, what each team can do of its own work, and where that is at risk.

Refuses nothing: without teams it says how to found one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from mbl.core.blueprint.words import days
from mbl.core.capacity.breakdown import pieces
from mbl.core.capacity.figures import Figures, figures
from mbl.core.capacity.quarter import quarter
from mbl.core.capacity.words import count
from mbl.core.capacity.workdays import named_teams
from mbl.core.report import Block, Column, Facts, Report, Table, Words
from mbl.core.teams.hall import Bottleneck
from mbl.core.teams.handoffs import HandOffs, handing_over
from mbl.core.teams.serving import Outside, outside, unserved
from mbl.core.teams.skills import TeamSkills, team_skills
from mbl.core.teams.words import handing, lines_of, nobody_serves, sentences
from mbl.model.backlog import Backlog
from mbl.model.team import Team


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """All that is known of one team."""

    team: Team
    skills: TeamSkills
    outside: Outside
    handing: HandOffs

    @property
    def name(self) -> str:
        return self.skills.team


def views(of: Figures) -> tuple[TeamView, ...]:
    """Every team, in the order of their files."""
    skills, away = team_skills(of), outside(of)
    return tuple(
        TeamView(
            team=team, skills=skills[name], outside=away[name], handing=handing_over(of.backlog, team=name)
        )
        for name, team in named_teams(of.backlog).items()
    )


def team_report(backlog: Backlog, today: date) -> Report:
    """All teams."""
    of = figures(backlog, today)
    found = views(of)
    return Report(
        kind="teams", payload=lambda: payload(of, found), blocks=_blocks(of, found), table=_table(found)
    )


def payload(of: Figures, found: tuple[TeamView, ...]) -> Mapping[str, Any]:
    """What `-f json` says; effort in person-days."""
    whole = handing_over(of.backlog)
    return {
        "months": list(quarter(of).months),
        "teams": [_record(view) for view in found],
        "unserved": list(unserved(of.backlog)),
        "hand_offs": {
            "mean": rounded(whole.mean),
            "items": whole.items,
            "none_share": rounded(whole.without, 4),
            "pairs": [{"teams": list(pair), "count": times} for pair, times in whole.pairs],
        },
    }


def rounded(value: float | None, digits: int = 2) -> float | None:
    """For JSON: unknown and without end are null."""
    return None if value is None or not isfinite(value) else round(value, digits)


def _blocks(of: Figures, found: tuple[TeamView, ...]) -> tuple[Block, ...]:
    if not found:
        return (
            Words(text="No team yet."),
            Words(text="Next: mbl team new growth --serves shippers --people ana=0.8,ben=0.5", tone="hint"),
        )
    months = quarter(of).months
    look = tuple(
        lines_of((view.name, sentences(view.skills, view.team, view.outside, months)) for view in found)
    )
    texts = (handing(handing_over(of.backlog)), _teamless(of))
    return (
        Words(text=nobody_serves(of.backlog, unserved(of.backlog)), tone="headline"),
        _table(found),
        *((Facts(title="Worth a look", facts=look),) if look else ()),
        *(Words(text=text) for text in texts if text),
        Words(text=_SHARES, tone="hint"),
        Words(text="Who can do what: mbl team skills", tone="hint"),
    )


_SHARES = "Shares of the work that each team promised. Unknown: nobody said which skills it needs."


def _teamless(of: Figures) -> str:
    teams = named_teams(of.backlog)
    groups = pieces(of.committed, "team", read=of.read)
    rest = [piece for key, group in groups.items() if key not in teams for piece in group]
    if not rest:
        return ""
    effort = sum((sized.days or 0.0) * share for _, sized, share in rest)
    items = len({piece.item.id for piece in rest})
    belong = "belongs" if items == 1 else "belong"
    return f"{count(items, 'promised item')} ({days(effort)}) {belong} to none of these teams."


def _table(found: tuple[TeamView, ...]) -> Table:
    return Table(columns=_COLUMNS, rows=found, what="teams")


def _part(view: TeamView, of: str) -> float | None:
    coverage = view.skills.coverage
    return getattr(coverage, of) / coverage.days if coverage.days else None


_COLUMNS = (
    Column(key="team", label="Team", value=lambda view: view.name, least=6),
    Column(key="serves", label="Serves", value=lambda view: view.team.serves, kind="names", least=20),
    Column(key="coverage", label="Can do", value=lambda view: view.skills.coverage.share, kind="share"),
    Column(key="lacking", label="Lacks", value=lambda view: _part(view, "lacking"), kind="share"),
    Column(key="unknown", label="Unknown", value=lambda view: _part(view, "unknown"), kind="share"),
    Column(key="outside_audience", label="For others", value=lambda view: view.outside.share, kind="share"),
    Column(key="hand_offs", label="Hand-offs", value=lambda view: view.handing.mean, kind="number"),
)


def _record(view: TeamView) -> dict[str, Any]:
    of, team = view.skills, view.team
    return {
        "team": view.name,
        "name": team.name,
        "serves": list(team.serves),
        "people": dict(team.people),
        "coverage": rounded(of.coverage.share, 4),
        "lacking": rounded(_part(view, "lacking"), 4),
        "unknown": rounded(_part(view, "unknown"), 4),
        "unknown_items": of.coverage.unknown_items,
        "missing": [{**each._asdict(), "days": rounded(each.days)} for each in of.missing],
        "single_points": [{**each._asdict(), "days": rounded(each.days)} for each in of.single_points],
        "bottleneck": _bottleneck(of.bottlenecks[0]) if of.bottlenecks else None,
        "bottlenecks": [_bottleneck(each) for each in of.bottlenecks],
        "hand_offs": rounded(view.handing.mean),
        "outside_audience": rounded(view.outside.share, 4),
        "outside": [{"audience": key, "days": rounded(days)} for key, days in view.outside.by_audience],
        "skills": [_skill(of, skill) for skill in {**of.demand, **of.able, **of.helpers}],
        "capacity": {who: rounded(days) for who, days in of.capacity.items()},
    }


def _bottleneck(of: Bottleneck) -> dict[str, Any]:
    return {
        "skills": list(of.skills),
        "demand": rounded(of.demand),
        "capacity": rounded(of.capacity),
        "ratio": rounded(of.ratio, 4),
        "short": rounded(of.short),
    }


def _skill(of: TeamSkills, skill: str) -> dict[str, Any]:
    alone, helps = of.able.get(skill, ()), of.helpers.get(skill, ())
    return {
        "skill": skill,
        "days": rounded(of.demand.get(skill, 0.0)),
        "quarter_days": rounded(of.quarter.get(skill, 0.0)),
        "load": rounded(of.load(skill), 4),
        "alone": list(alone),
        "helps": list(helps),
    }
