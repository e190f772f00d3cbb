"""What if: promises taken back, more or fewer people or days, less that is unplanned. Nothing is changed by asking.

Refuses what the backlog does not know, and names the nearest.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import floor
from typing import NamedTuple

from mbl.core.capacity.figures import Figures, by_effort, figures
from mbl.core.capacity.supply import Supply, times, together
from mbl.core.capacity.workdays import named_teams, share_of
from mbl.core.rules.finding import nearest
from mbl.core.select import FILTERS, where
from mbl.core.wording import quoted
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.team import Person, Team


class Step(NamedTuple):
    """One supposition in words, and what it does: leave items out, change the backlog, or give everybody `days` a month.

    `caveat` is what it takes for granted.
    """

    words: str
    without: frozenset[str] = frozenset()
    change: Callable[[Backlog], Backlog] | None = None
    days: float | None = None
    caveat: str = ""


class Supposed(NamedTuple):
    """One supposition, and the figures if it alone were so."""

    step: Step
    after: Figures

    @property
    def words(self) -> str:
        return self.step.words


def without(backlog: Backlog, condition: str) -> Step:
    """As if this were not promised: a REF, or like `requester=vp-sales`. Raises MblError."""
    name, equals, _ = condition.partition("=")
    if equals and name in FILTERS:
        return Step(f"Without {condition}", where(backlog, condition))
    refs = _listed(backlog, condition)
    gone = frozenset(id_ for ref in refs for id_ in where(backlog, ref))
    if len(gone) > 1:
        return Step(f"Without {len(gone)} requests", gone)
    return Step(f"Without {quoted(backlog.item(next(iter(gone))).title)}", gone)


def with_days(days: float) -> Step:
    """As if everybody together had so many net days a month, divided among the teams as now. Raises MblError."""
    if not 0 <= days <= _MOST_DAYS:
        raise MblError(
            f"--capacity {days:g} is not a number of days a month.",
            hint="Person-days for planned work, like --capacity 40.",
            exit_code=2,
        )
    return Step(f"With {days:g} days a month", days=days)


def with_people(backlog: Backlog, text: str) -> Step:
    """As if a team had more or fewer people: `growth+1`, `growth-0.5`. Raises MblError."""
    found = _PEOPLE.fullmatch(text.strip())
    teams = named_teams(backlog)
    if found is None or text.strip() in teams:
        name = text.strip() if text.strip() in teams else "growth"
        raise MblError(
            f"--people {text}: how many?",
            hint=f"Write --people {name}+1 or --people {name}-0.5.",
            exit_code=2,
        )
    name, number = _team(found[1], teams, "--people"), float(found[2])
    have = sum(teams[name].people.values())
    if number < -have - 1e-9:
        raise MblError(f"--people {text}: team {name} has {have:g} people.", hint="Take away fewer.")
    if number > _MOST_PEOPLE:
        raise MblError(f"--people {text}: that is more than {_MOST_PEOPLE} people.", exit_code=2)
    who = "person" if abs(number) == 1 else "people"
    return Step(
        f"With {abs(number):g} {who} {'more' if number >= 0 else 'fewer'} in {name}",
        change=lambda before: _staffed(before, name, number),
        caveat="Somebody new counts in full from the first day, and takes no leave." if number > 0 else "",
    )


def with_unplanned(backlog: Backlog, text: str) -> Step:
    """As if interruptions and meetings took this share: `10%`, or of one team `growth=10%`. Raises MblError."""
    name, equals, share = text.rpartition("=")
    share = share.strip()
    if not _PERCENT.fullmatch(share) or share_of(share) > 1:
        raise MblError(
            f"--unplanned {text}: {share or 'nothing'} is not a share.",
            hint="Write it like 10%.",
            exit_code=2,
        )
    teams = named_teams(backlog)
    if not teams:
        raise MblError(
            "No team file says how much is unplanned.",
            hint="Write teams/<name>.yaml, or ask with --capacity DAYS.",
        )
    only = _team(name, teams, "--unplanned") if equals else None
    said = f"{share_of(share):.0%}".replace("%", " %")
    words = f"With {said} unplanned work{f' in {only}' if only else ''}"
    return Step(words, change=lambda before: _unplanned(before, share, only))


def supposed(before: Figures, steps: Sequence[Step], *, only: frozenset[str] | None = None) -> Figures:
    """The figures if all of this were so. Finished items a week are taken to change with the net days.

    Raises MblError where nobody knows the days of today that the new ones would compare with.
    """
    backlog, gone = before.backlog, frozenset[str]().union(*(step.without for step in steps))
    for step in steps:
        backlog = step.change(backlog) if step.change else backlog
    days = next((step.days for step in reversed(steps) if step.days is not None), None)
    if days is not None and not before.teams:
        backlog = replace(backlog, settings=replace(backlog.settings, capacity=days))
    after = figures(backlog, before.today, without=gone, only=only)
    if days is not None and before.teams:
        after = _stretched(after, days)
    if before.pool is None and days is not None and before.method == "throughput":
        raise MblError(
            "Nobody knows how many days a month there are today, so nothing can be compared with them.",
            hint="Set capacity in mbl.yaml first.",
        )
    if before.method == "effort":
        return by_effort(after)
    return replace(after, paces=_paces(before, after))


_PEOPLE = re.compile(r"(.*?)([+-]\d{1,6}(?:\.\d{1,6})?)")
_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,6})?%?")
_MOST_PEOPLE = 100
_MOST_DAYS = 1e6


def _listed(backlog: Backlog, condition: str) -> Sequence[str]:
    """`1,2` are two REFs; words of one title may hold a comma."""
    parts = [part.strip() for part in condition.split(",") if part.strip()]
    if len(parts) > 1:
        try:
            where(backlog, condition)
        except MblError:
            return parts
    return (condition,)


def _team(name: str, teams: Mapping[str, Team], option: str) -> str:
    name = name.strip()
    if name in teams:
        return name
    if not name and len(teams) == 1:
        return next(iter(teams))
    if not teams:
        raise MblError(
            f"{option}: there is no team file.", hint="Write teams/<name>.yaml, or ask with --capacity DAYS."
        )
    known = f"Teams: {', '.join(sorted(teams))}."
    if not name:
        raise MblError(f"{option}: which team?", hint=known, exit_code=2)
    raise MblError(f"{option}: there is no team {name}.", hint=nearest(name, sorted(teams)) or known)


def _staffed(backlog: Backlog, name: str, number: float) -> Backlog:
    """A new person has no leave, and the holidays of most of the team; less is taken from everybody in proportion."""
    path, team = next((path, team) for path, team in backlog.teams.items() if _name(path) == name)
    if number < 0:
        have = sum(team.people.values())
        left = max(0.0, have + number) / have if have else 0.0
        people = {who: share * left for who, share in team.people.items()}
        return replace(backlog, teams={**backlog.teams, path: replace(team, people=people)})
    calendars = Counter(
        person.holidays for who in team.people if (person := backlog.people.get(who)) and person.holidays
    )
    usual = max(sorted(calendars), key=lambda calendar: calendars[calendar], default=None)
    shares = [1.0] * floor(number) + [number % 1] * (number % 1 > 0)
    new = {f"+{name}+{at}": share for at, share in enumerate(shares)}
    return replace(
        backlog,
        teams={**backlog.teams, path: replace(team, people={**team.people, **new})},
        people={**backlog.people, **{who: Person(holidays=usual) for who in new}},
    )


def _unplanned(backlog: Backlog, share: str, only: str | None) -> Backlog:
    teams = {
        path: replace(team, unplanned=share) if only in (None, _name(path)) else team
        for path, team in backlog.teams.items()
    }
    return replace(backlog, teams=teams)


def _name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _stretched(of: Figures, days: float) -> Figures:
    have = of.pool.later if of.pool else 0.0
    if not have:
        raise MblError(
            "No team has days for planned work that could be more.",
            hint="Ask with --people growth+1 instead.",
        )
    teams = {name: times(own, days / have) for name, own in of.teams.items()}
    return replace(of, teams=teams, pool=together(list(teams.values())), stretch=days / have)


def _paces(before: Figures, after: Figures) -> Mapping[str | None, float]:
    pairs: dict[str | None, tuple[Supply | None, Supply | None]] = {
        name: (before.teams.get(name), own) for name, own in after.teams.items()
    }
    pairs[None] = (before.pool, after.pool)
    return {
        key: new.later / old.later
        for key, (old, new) in pairs.items()
        if old is not None and new is not None and old.later > 0
    }
