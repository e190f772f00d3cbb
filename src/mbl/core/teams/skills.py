"""Which skills the promised work of a team asks for, and whether its people have them: alone, or only as helpers.

Work whose skill nobody named (a part without one, an item without parts) is counted as such, never as covered. Two
spans of time, on purpose: what a team lacks, or has in one person alone, is asked of all promised work; whether its
people have the days is asked of the coming quarter, of the work that its days allow by rank (the work above the cut
line), because all promised work never fits. Refuses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, inf
from typing import NamedTuple

from mbl.core.capacity.breakdown import Load, Read, by_parts
from mbl.core.capacity.figures import Figures
from mbl.core.capacity.quarter import MONTHS, above_cut
from mbl.core.capacity.supply import days_within, member_supplies
from mbl.core.capacity.workdays import named_teams
from mbl.core.teams.hall import Bottleneck, bottlenecks
from mbl.model.backlog import Backlog
from mbl.model.item import Part

HELPS, ALONE = 1, 2
Days = Mapping[str, float]
Who = Mapping[str, tuple[str, ...]]


class Piece(NamedTuple):
    """Days of one item that ask for one skill: `answers` is the item's team, `does` the team of the part."""

    item: str
    skill: str | None
    answers: str | None
    does: str | None
    days: float


class Missing(NamedTuple):
    """A skill that nobody in the team can do alone: the days asked for, who does it now, which other teams could."""

    skill: str
    days: float
    done_by: tuple[str, ...]
    elsewhere: tuple[str, ...]


class SinglePoint(NamedTuple):
    """A skill that one person alone can do: the days at risk, and who could learn it: colleagues who help, then others."""

    skill: str
    person: str
    days: float
    pair_with: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the items of a team ask for, in shares of their effort: what it can do alone, what it lacks, what nobody said.

    `share` is what it can do, at least; None without any effort. `unknown_items` are those of which some skill is unknown.
    """

    days: float
    able: float
    lacking: float
    unknown: float
    unknown_items: int

    @property
    def share(self) -> float | None:
        return self.able / self.days if self.days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSkills:
    """One team: `demand` are the days by skill of all promised work that it does, `quarter` of that above the cut line.

    `quarter` and `capacity` (days by person of the quarter, for this team) are empty while no capacity is known.
    """

    team: str
    coverage: Coverage
    demand: Days
    unknown_days: float
    quarter: Days
    capacity: Days
    able: Who
    helpers: Who
    missing: tuple[Missing, ...]
    single_points: tuple[SinglePoint, ...]
    bottlenecks: tuple[Bottleneck, ...]

    def load(self, skill: str) -> float | None:
        """The quarter's work with this skill ÷ the days of all who can do it alone; optimistic: each counts in full."""
        days = self.quarter.get(skill, 0.0)
        if not days:
            return None
        able = fsum(self.capacity.get(who, 0.0) for who in self.able.get(skill, ()))
        return days / able if able else inf


def team_skills(of: Figures) -> dict[str, TeamSkills]:
    """Every team by name, in the order of their files."""
    pieces = skill_pieces(of.committed, of.read)
    soon = skill_pieces(above_cut(of) or (), of.read)
    return {name: _team(name, of, pieces, soon) for name in named_teams(of.backlog)}


def skill_pieces(load: Load, read: Read) -> tuple[Piece, ...]:
    """The work by item, skill and team; what is in no part asks for an unknown skill. Unknown effort is left out."""
    found = []
    for item, sized in load:

        def key(part: Part, team: str | None = item.team) -> tuple[str | None, str | None]:
            return part.skill, part.team or team

        rest: tuple[str | None, str | None] = (None, item.team)
        for (skill, does), share in by_parts(item, sized, read, key, rest).items():
            if sized.days:
                found.append(Piece(item.id, skill, item.team, does, sized.days * share))
    return tuple(found)


def people_with(backlog: Backlog, team: str, level: int) -> Who:
    """The people of a team by skill: exactly the helpers, or everybody who can do it alone; in the team's order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for who in named_teams(backlog)[team].people:
        person = backlog.people.get(who)
        for skill, has in person.skills.items() if person else ():
            if (has >= ALONE) if level == ALONE else (has == HELPS):
                found[skill].append(who)
    return {skill: tuple(names) for skill, names in found.items()}


def _team(name: str, of: Figures, pieces: Iterable[Piece], soon: Iterable[Piece]) -> TeamSkills:
    able, helpers = people_with(of.backlog, name, ALONE), people_with(of.backlog, name, HELPS)
    own = [piece for piece in pieces if piece.does == name]
    near = [piece for piece in soon if piece.does == name]
    demand, quarter = _by_skill(own), _by_skill(near)
    team = named_teams(of.backlog)[name]
    members = member_supplies(team, of.backlog, of.today) if of.teams else {}
    capacity = {who: days_within(supply, MONTHS) for who, supply in members.items()}
    skills_of = {who: [skill for skill, names in able.items() if who in names] for who in capacity}
    return TeamSkills(
        team=name,
        coverage=_coverage([piece for piece in pieces if piece.answers == name], able),
        demand=demand,
        unknown_days=fsum(piece.days for piece in own if piece.skill is None),
        quarter=quarter,
        capacity=capacity,
        able=able,
        helpers=helpers,
        missing=_missing(
            of.backlog, [each for each in pieces if name in (each.answers, each.does)], name, able
        ),
        single_points=_single_points(of.backlog, name, demand, able, helpers),
        bottlenecks=bottlenecks(quarter, [(capacity[who], skills_of[who]) for who in capacity]),
    )


def _by_skill(pieces: Iterable[Piece]) -> dict[str, float]:
    """The days by skill, the most first."""
    found = _sums((piece.skill, piece.days) for piece in pieces if piece.skill is not None)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for key, days in pairs:
        found[key].append(days)
    return {key: fsum(days) for key, days in found.items()}


def _coverage(pieces: list[Piece], able: Who) -> Coverage:
    def days(wanted: Callable[[Piece], bool]) -> float:
        return fsum(piece.days for piece in pieces if wanted(piece))

    return Coverage(
        days=days(lambda piece: True),
        able=days(lambda piece: piece.skill in able),
        lacking=days(lambda piece: piece.skill is not None and piece.skill not in able),
        unknown=days(lambda piece: piece.skill is None),
        unknown_items=len({piece.item for piece in pieces if piece.skill is None}),
    )


def _missing(backlog: Backlog, pieces: list[Piece], team: str, able: Who) -> tuple[Missing, ...]:
    lacking = [piece for piece in pieces if piece.skill not in able]
    others = {name: people_with(backlog, name, ALONE) for name in named_teams(backlog) if name != team}
    return tuple(
        Missing(
            skill,
            days,
            tuple(
                sorted(
                    {each.does for each in lacking if each.skill == skill and each.does not in (team, None)}
                )
            ),
            tuple(name for name, able_there in others.items() if skill in able_there),
        )
        for skill, days in _by_skill(lacking).items()
    )


def _single_points(
    backlog: Backlog, team: str, demand: Days, able: Who, helpers: Who
) -> tuple[SinglePoint, ...]:
    return tuple(
        SinglePoint(skill, able[skill][0], days, _pairs(backlog, team, skill, helpers))
        for skill, days in demand.items()
        if len(able.get(skill, ())) == 1
    )


def _pairs(backlog: Backlog, team: str, skill: str, helpers: Who) -> tuple[str, ...]:
    """Who helps already, in the team; if nobody does, whoever has the skill elsewhere."""
    own = named_teams(backlog)[team].people
    elsewhere = (
        who for who, person in backlog.people.items() if who not in own and person.skills.get(skill, 0) > 0
    )
    return helpers.get(skill, ()) or tuple(elsewhere)
