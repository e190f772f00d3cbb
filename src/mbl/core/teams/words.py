"""What is worth a sentence about a team: what it lacks, who is alone with a skill, where it is too narrow, for whom it works.

Refuses nothing; says nothing where nothing is to say.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import isfinite

from mbl.core.blueprint.words import days, month_name
from mbl.core.capacity.words import count, percent
from mbl.core.teams.hall import Bottleneck
from mbl.core.teams.handoffs import HandOffs
from mbl.core.teams.serving import Outside, audience_name
from mbl.core.teams.skills import Missing, SinglePoint, TeamSkills
from mbl.model.backlog import Backlog
from mbl.model.team import Team

MOST = 4
"""So many names are read in one sentence."""


def sentences(of: TeamSkills, team: Team, outside: Outside, months: Sequence[str]) -> tuple[str, ...]:
    """What a lead should know of this team, in at most a handful of sentences, the gravest first."""
    if not team.people:
        return _nobody(of)
    found = (*_too_narrow(of, months), hanging(of.single_points), lacks(of), away(outside))
    return tuple(text for text in found if text)


def about_skills(of: TeamSkills, team: Team, months: Sequence[str]) -> tuple[str, ...]:
    """Everything about its skills."""
    if not team.people:
        return _nobody(of)
    found = (*_too_narrow(of, months), *map(alone, of.single_points), lacks(of), unknown(of))
    return tuple(text for text in found if text)


def narrow(of: Bottleneck, team: TeamSkills, months: Sequence[str]) -> str:
    """`design and video need 29 days until February 2027; tomas and yuki have 26 days: 3 days short.`"""
    need = "needs" if len(of.skills) == 1 else "need"
    work = f"{named(of.skills)} {need} {days(of.demand)} until {month_name(months[-1])}"
    who = [each for each in team.capacity if any(each in team.able.get(skill, ()) for skill in of.skills)]
    have = f"{named(who)} {'has' if len(who) == 1 else 'have'}"
    if not isfinite(of.ratio):
        return f"{work}, and {have} no day." if who else f"{work}, and nobody can do it alone."
    short = f"{days(of.short)} short" if of.short else percent(of.ratio)
    return f"{work}; {have} {days(of.capacity)}: {short}."


def hanging(points: Sequence[SinglePoint]) -> str:
    """`Hangs on one person: video (yuki, 14 days) and events (ines, 9 days).`"""
    said = [f"{each.skill} ({each.person}, {days(each.days)})" for each in points]
    return f"Hangs on one person: {named(said)}." if said else ""


def alone(of: SinglePoint) -> str:
    """`Only yuki can do video (14 days): pair with tomas.`"""
    pair = (
        f"pair with {named(of.pair_with, last='or')}"
        if of.pair_with
        else "nobody can help yet, let somebody learn it"
    )
    return f"Only {of.person} can do {of.skill} ({days(of.days)}): {pair}."


def lacks(of: TeamSkills) -> str:
    """`Lacks copy (7 days, content does it) and design (3 days, nobody can).`"""
    said = [f"{each.skill} ({days(each.days)}, {instead(each, of)})" for each in of.missing]
    return f"Lacks {named(said, most=len(said))}." if said else ""


def instead(of: Missing, team: TeamSkills) -> str:
    """Who does what the team lacks, or could, or can help at least: `brand does it`."""
    if of.done_by:
        return f"{named(of.done_by)} {'does' if len(of.done_by) == 1 else 'do'} it"
    if of.elsewhere:
        return f"{named(of.elsewhere, last='or')} could"
    helpers = team.helpers.get(of.skill, ())
    return f"{named(helpers, last='or')} can help" if helpers else "nobody can"


def away(outside: Outside) -> str:
    """`For others than it serves: dealers 6.5 days and carriers 3 days.`"""
    said = [f"{audience} {days(effort)}" for audience, effort in outside.by_audience]
    return f"For others than it serves: {named(said)}." if said and outside.judged else ""


def unknown(of: TeamSkills) -> str:
    """`Nobody said which skills 12 promised items need (70.5 days).`"""
    coverage = of.coverage
    if not coverage.unknown:
        return ""
    items = count(coverage.unknown_items, "promised item")
    return f"Nobody said which skills {items} need{'s' * (coverage.unknown_items == 1)} ({days(coverage.unknown)})."


def nobody_serves(backlog: Backlog, audiences: Sequence[str]) -> str:
    """The headline: the audiences without a team."""
    if not backlog.settings.audiences:
        return "No audience is described yet: nobody can say who serves whom."
    if not audiences:
        return "Every audience has a team that serves it."
    return (
        f"No team serves {named([named_audience(backlog, each) for each in audiences], most=len(audiences))}."
    )


def handing(of: HandOffs) -> str:
    """How often work changes hands, and between whom most."""
    if of.mean is None and not of.pairs:
        return ""
    said = []
    if of.mean is not None:
        times = f"{of.mean:.1f}".removesuffix(".0")
        alone = (
            f"; {percent(of.without)} of their effort stayed in one team" if of.without is not None else ""
        )
        said.append(
            f"A finished item changed teams {times} {'time' if times == '1' else 'times'} on average "
            f"({count(of.items, 'item')} with parts{alone})."
        )
    if of.pairs:
        (one, other), times_most = of.pairs[0]
        said.append(
            f"Most hand-offs are between {one} and {other} ({times_most}): one team for both would save them."
        )
    return " ".join(said)


def named(words: Iterable[str], *, last: str = "and", most: int = MOST) -> str:
    """`a, b and c`; of many the first ones, and how many more."""
    listed = list(words)
    if len(listed) > most:
        listed = [*listed[: most - 1], f"{len(listed) - most + 1} more"]
    return f" {last} ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


def named_audience(backlog: Backlog, audience: str) -> str:
    """`cto (CTOs and heads of IT)`: its word, and its name if that is another."""
    name = audience_name(backlog, audience)
    return audience if name == audience else f"{audience} ({name})"


def lines_of(groups: Iterable[tuple[str, Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """Facts: a team, and its sentences one below the other; teams without any are left out."""
    return ((name, "\n".join(texts)) for name, texts in groups if texts)


def _nobody(of: TeamSkills) -> tuple[str, ...]:
    return (f"Nobody works in it: mbl team edit {of.team} --people ana=0.8",)


def _too_narrow(of: TeamSkills, months: Sequence[str]) -> Iterator[str]:
    return (narrow(each, of, months) for each in of.bottlenecks if each.ratio > 1)
