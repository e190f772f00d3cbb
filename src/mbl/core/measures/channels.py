"""Channel against customer: where a channel's number (opens, clicks) stands in for what customers or the business gain.

Four questions: does an audience only have a channel's number; does promised work serve nothing else; is a
campaign judged by nothing else; and did a channel's number get better while a customer's got worse. A counter of
a campaign is a channel's number unless a measure with the same id is one of customers or the business.
Refuses nothing; a measure without an audience says nothing about any particular one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal

from mbl.core.audiences import Tree, tree
from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.capacity.words import count, days, percent
from mbl.core.capacity.workdays import named_teams
from mbl.core.guidepoints.alignment import current_guidepoint, open_outcomes
from mbl.core.measures.opposites import Opposite, opposites
from mbl.core.wording import quoted
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign
from mbl.model.item import Item
from mbl.model.measure import Measure

Code = Literal["channel-only-team", "channel-only-work", "channel-only-campaign", "opposite-directions"]
_GAIN = frozenset({"customer", "business"})
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One finding: what is the case, what to do next, and whom it is about.

    `share` is that of the promised effort (None: unknown, or not about effort); `proven` is False where it may
    be chance; `items` and `campaign` are ids; `counters` are what the campaign is judged by.
    """

    code: Code
    words: str
    to_do: str
    measures: tuple[str, ...]
    audience: str | None = None
    teams: tuple[str, ...] = ()
    share: float | None = None
    proven: bool = True
    items: tuple[str, ...] = ()
    campaign: str | None = None
    counters: tuple[str, ...] = ()


def channel_conflicts(backlog: Backlog, today: date) -> tuple[Conflict, ...]:
    """Every conflict on this day: what is proven first."""
    measures = {
        measure.id: measure for measure in sorted(backlog.measures.values(), key=lambda each: each.id)
    }
    audiences = tree(backlog.settings.audiences)
    found = (
        *_opposite(backlog, measures.values(), audiences=audiences, today=today),
        *_teams(backlog, measures.values(), audiences=audiences),
        *_work(backlog, measures, audiences=audiences, today=today),
        *_campaigns(backlog, measures, today),
    )
    return tuple(sorted(found, key=lambda conflict: not conflict.proven))


def _opposite(
    backlog: Backlog, measures: Iterable[Measure], *, audiences: Tree, today: date
) -> Iterator[Conflict]:
    for each in opposites(measures, audiences, today):
        audience = each.customer.measure.audience
        yield Conflict(
            code="opposite-directions",
            words=each.words,
            to_do=_ask_first(each, audience),
            measures=(each.channel.measure.id, each.customer.measure.id),
            audience=audience,
            teams=_serving(backlog, audience, audiences),
            proven=each.proven,
        )


def _ask_first(each: Opposite, audience: str | None) -> str:
    if not each.proven:
        return f"Go on reading both, and read {each.customer.measure.id} as so many of so many people if you can."
    whom = f"the people behind {each.customer.measure.id}" if audience is None else f"some {audience}"
    look = "" if audience is None else f" What is planned for them: mbl list --audience {audience}"
    return f"Ask {whom} why, before more goes into the channel.{look}"


def _serving(backlog: Backlog, audience: str | None, audiences: Tree) -> tuple[str, ...]:
    if audience is None:
        return ()
    return tuple(
        name
        for name, team in named_teams(backlog).items()
        if any(audiences.related(served, audience) for served in team.serves)
    )


def _teams(backlog: Backlog, measures: Iterable[Measure], *, audiences: Tree) -> Iterator[Conflict]:
    """An audience that teams serve, and that has channels' numbers alone."""
    served: dict[str, list[str]] = {}
    for name, team in named_teams(backlog).items():
        for audience in dict.fromkeys(team.serves):
            served.setdefault(audience, []).append(name)
    known = [measure for measure in measures if measure.audience]
    for audience, teams in served.items():
        own = [measure for measure in known if audiences.related(measure.audience or "", audience)]
        channel = tuple(measure.id for measure in own if measure.scope == "channel")
        if channel and not any(measure.scope in _GAIN for measure in own):
            who = f"Team {teams[0]} serves" if len(teams) == 1 else f"Teams {_and(teams)} serve"
            yield Conflict(
                code="channel-only-team",
                words=f"{who} {audience}, and of them only {_and(channel)} is read, a channel's number: nobody sees whether {audience} are better off.",
                to_do=f"Agree on a number of theirs: mbl measures new NAME --scope customer --audience {audience}",
                measures=channel,
                audience=audience,
                teams=tuple(teams),
            )


def _work(
    backlog: Backlog, measures: Mapping[str, Measure], *, audiences: Tree, today: date
) -> Iterator[Conflict]:
    """Promised work that serves channels' numbers alone, and its share of the promised effort."""
    read_from = _measures_of_outcomes(backlog, measures, today)
    promised = [item for item in backlog.items.values() if item.is_committed]
    only = sorted((item for item in promised if _is_for_a_channel(item, read_from)), key=lambda item: item.id)
    if not only:
        return
    numbers = tuple(sorted({read_from[name].id for item in only for name in _named(item)}))
    effort, whole = _effort(only, backlog), _effort(promised, backlog)
    share = effort / whole if effort else None
    size = f" ({percent(share)} of the promised effort, {days(effort)})" if share is not None else ""
    serve = "serves" if len(only) == 1 else "serve"
    yield Conflict(
        code="channel-only-work",
        words=f"{count(len(only), 'promised item')}{size} {serve} nothing but a channel's number, {_and(numbers)}: {_titles(only)}.",
        to_do=_better_outcome(backlog, only[0], read_from, audiences=audiences, today=today),
        measures=numbers,
        share=share,
        teams=tuple(sorted({item.team for item in only if item.team})),
        items=tuple(item.id for item in only),
    )


def _effort(items: Iterable[Item], backlog: Backlog) -> float:
    """The person-days of these items, as far as anybody can say."""
    classes = reference_classes(backlog.items.values(), backlog.settings)
    return fsum(effort_of(item, classes).days or 0.0 for item in items)


def _titles(items: Sequence[Item]) -> str:
    shown = "; ".join(quoted(item.title) for item in items[:_SHOWN])
    return f"{shown} and {len(items) - _SHOWN} more" if len(items) > _SHOWN else shown


def _better_outcome(
    backlog: Backlog, item: Item, read_from: Mapping[str, Measure], *, audiences: Tree, today: date
) -> str:
    """An open outcome of the same audience that customers or the business would notice, if there is one."""
    near = (
        name
        for name in open_outcomes(backlog, today)
        if (measure := read_from.get(name)) and measure.scope in _GAIN
        and audiences.related(item.audience or "", measure.audience or "-")
    )  # fmt: skip
    outcome = next(near, "OUTCOME")
    return f"Ask what customers gain by it: mbl edit {item.id} --outcomes {outcome}, or mbl decline {item.id}"


def _is_for_a_channel(item: Item, read_from: Mapping[str, Measure]) -> bool:
    named = _named(item)
    return bool(named) and all(name in read_from and read_from[name].scope == "channel" for name in named)


def _named(item: Item) -> tuple[str, ...]:
    return tuple(name for name, weight in item.weights.items() if weight > 0)


def _measures_of_outcomes(
    backlog: Backlog, measures: Mapping[str, Measure], today: date
) -> dict[str, Measure]:
    """The measure of each outcome: as the current Guidepoint says, else the latest one that names it."""
    current = current_guidepoint(backlog, today)
    in_turn = sorted(backlog.guidepoints.values(), key=lambda each: (each is current, each.from_))
    return {
        outcome.id: measure
        for guidepoint in in_turn
        for outcome in guidepoint.outcomes
        if (measure := measures.get(outcome.measure or ""))
    }


def _campaigns(backlog: Backlog, measures: Mapping[str, Measure], today: date) -> Iterator[Conflict]:
    """Campaigns that are not decided yet, for customers or the business, and judged by channels' numbers alone."""
    read_from = _measures_of_outcomes(backlog, measures, today)
    for campaign in sorted(backlog.campaigns.values(), key=lambda each: (each.start, each.id)):
        measure = read_from.get(campaign.outcome or "")
        counters = _counters(campaign)
        is_gain = any(name in measures and measures[name].scope in _GAIN for name in counters)
        if campaign.decision is None and counters and measure and measure.scope in _GAIN and not is_gain:
            yield _judged_by_a_channel(campaign, measure, counters)


def _counters(campaign: Campaign) -> tuple[str, ...]:
    return tuple(dict.fromkeys(criterion.is_ for criterion in campaign.success_criteria))


def _judged_by_a_channel(campaign: Campaign, measure: Measure, counters: tuple[str, ...]) -> Conflict:
    last = counters[-1]
    gain = "customers gain" if measure.scope == "customer" else "the business gains"
    return Conflict(
        code="channel-only-campaign",
        words=f"The campaign {quoted(campaign.title)} is for {campaign.outcome}, but its success criteria count {_and(counters)} alone: what its channel did, not what {gain}.",
        to_do=f"Add a criterion for what {gain}; or, if {last} is just that, say so: mbl measures new {last} --scope {measure.scope}",
        measures=(measure.id,),
        audience=campaign.audience,
        campaign=campaign.id,
        counters=counters,
    )


def _and(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
