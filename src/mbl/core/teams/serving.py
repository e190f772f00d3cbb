"""The audience filter, one question: does it serve our audience? Who serves whom, and what is done for others.

A team serves the audiences that its file names and every narrower one below them; a wider one it does not serve.
What cannot be judged is not: an audience that nobody described, an item without one, a team that names none. What is
for everybody, without a team yet, may be for those whom we serve.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import fsum
from typing import NamedTuple

from mbl.core.audiences import Tree, tree
from mbl.core.capacity.breakdown import pieces
from mbl.core.capacity.figures import Figures
from mbl.core.capacity.workdays import named_teams
from mbl.core.edit import declined
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item
from mbl.model.settings import Audience

NOT_OURS = "not our audience"
"""The reason of a no that the reply puts into words of its own."""


class Mismatch(NamedTuple):
    """An item for an audience that its team (or, where it has none, no team at all) does not serve.

    `serves` are the audiences of that team, or of all; `others` the teams that serve it, the closest first, `partly`
    those that serve a part of it.
    """

    audience: str
    team: str | None
    serves: tuple[str, ...]
    others: tuple[str, ...]
    partly: tuple[str, ...]


class Outside(NamedTuple):
    """A team's promised effort by audience it does not serve, in days, the most first, and the `days` of all its work.

    `unnamed` are the days of work for which nobody named an audience. `share` is None where nothing can be judged.
    """

    by_audience: tuple[tuple[str, float], ...]
    unnamed: float
    days: float
    judged: bool

    @property
    def share(self) -> float | None:
        """The share of the effort that goes outside, at least."""
        return fsum(days for _, days in self.by_audience) / self.days if self.judged and self.days else None


def mismatch(backlog: Backlog, item: Item) -> Mismatch | None:
    """Why the item does not serve our audience; None if it does, or if nobody can tell."""
    audiences = backlog.settings.audiences
    teams = {name: team.serves for name, team in named_teams(backlog).items() if team.serves}
    if item.audience not in {audience.id for audience in audiences} or not teams:
        return None
    known = tree(audiences)
    others, partly = serving(known, item.audience, teams), _partly(known, item.audience, teams)
    if item.team is None:
        return None if others or partly else Mismatch(item.audience, None, _all(teams.values()), (), ())
    if item.team not in teams or item.team in others:
        return None
    return Mismatch(item.audience, item.team, teams[item.team], others, partly)


def served(backlog: Backlog, strange: Mismatch) -> tuple[str, ...]:
    """For whom we work, as somebody hears it whom another team may help (its audiences), or none (those of all)."""
    return strange.serves if strange.others else _all(team.serves for team in backlog.teams.values())


def serving(known: Tree, audience: str, teams: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The teams that serve this audience, whoever named the closest one first."""
    near = (audience, *known.ancestors(audience))
    found = {name: [near.index(each) for each in serves if each in near] for name, serves in teams.items()}
    return tuple(sorted((name for name, steps in found.items() if steps), key=lambda name: min(found[name])))


def unserved(backlog: Backlog) -> tuple[str, ...]:
    """The audiences that no team serves, nor any team a part of; of a wider one and those below it, the wider alone."""
    known = tree(backlog.settings.audiences)
    teams = {name: team.serves for name, team in named_teams(backlog).items()}
    alone = tuple(
        dict.fromkeys(
            audience.id
            for audience in backlog.settings.audiences
            if not serving(known, audience.id, teams) and not _partly(known, audience.id, teams)
        )
    )
    return tuple(each for each in alone if not any(_is_wider(known, other, each) for other in alone))


def outside(of: Figures) -> dict[str, Outside]:
    """For every team: what its promised effort is for, as far as it is not for whom the team serves."""
    known = tree(of.backlog.settings.audiences)
    described = {audience.id for audience in of.backlog.settings.audiences}
    groups = pieces(of.committed, "team", read=of.read)
    found = {}
    for name, team in named_teams(of.backlog).items():
        by_audience: defaultdict[str | None, float] = defaultdict(float)
        for item, sized, share in groups.get(name, ()):
            by_audience[item.audience] += (sized.days or 0.0) * share
        away = {
            audience: days
            for audience, days in by_audience.items()
            if audience in described and not serving(known, audience, {name: team.serves}) and days
        }
        order = tuple(sorted(away.items(), key=lambda pair: (-pair[1], pair[0])))
        unnamed = by_audience.get(None, 0.0)
        found[name] = Outside(order, unnamed, fsum(by_audience.values()), judged=bool(team.serves))
    return found


def audience_name(backlog: Backlog, audience: str) -> str:
    """Its name for people, else its word."""
    named: Iterable[Audience] = backlog.settings.audiences
    return next((each.name for each in named if each.id == audience and each.name), audience)


def team_name(backlog: Backlog, team: str) -> str:
    """Its name for people, else its word."""
    return named_teams(backlog)[team].name or team


def declined_for_audience(backlog: Backlog, ids: Sequence[str], *, today: date, ended: Ended) -> Backlog:
    """These items declined because they are not for our audience. Raises MblError for one that is."""
    for id_ in ids:
        item = backlog.item(id_)
        if mismatch(backlog, item) is None:
            raise MblError(f"“{item.title}” ({id_}) {_ours(backlog, item)}.", hint='Say why: --reason "…"')
    return declined(backlog, ids, today=today, ended=replace(ended, reason=NOT_OURS))


def _partly(known: Tree, audience: str, teams: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The teams that serve a narrower audience below this one."""
    below = frozenset(known.descendants(audience))
    return tuple(name for name, serves in teams.items() if below.intersection(serves))


def _is_wider(known: Tree, one: str, other: str) -> bool:
    """In a circle of parents nobody is."""
    return one in known.ancestors(other) and other not in known.ancestors(one)


def _ours(backlog: Backlog, item: Item) -> str:
    if not item.audience:
        return "is for nobody in particular: it has no audience"
    if item.audience not in {audience.id for audience in backlog.settings.audiences}:
        return f"is for {item.audience}, which mbl.yaml does not describe"
    return f"is for {item.audience}: that is our audience"


def _all(serves: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(audience for each in serves for audience in each))
