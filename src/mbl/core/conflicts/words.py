"""Conflicts in sentences, for a report and for whoever is about to make one. Refuses nothing."""

from collections.abc import Collection, Iterable
from datetime import date

from mbl.core.blueprint.words import title
from mbl.core.conflicts.day_words import short_days, short_span, span_words
from mbl.core.conflicts.offers import Contradiction, offered
from mbl.core.conflicts.runs import teams_of
from mbl.core.conflicts.touches import Collision
from mbl.core.ranking import Ranked
from mbl.model.item import Item, Run

_MANY = 8


def collision_words(each: Collision) -> str:
    """`dealers: 6 touches in 7 days (at most 3); growth and content should talk`."""
    days = (each.last - each.first).days + 1
    return f"{each.audience}: {each.times} touches in {days} days (at most {each.most}){_talk(each.items)}"


def collision_warning(each: Collision, ids: Collection[str]) -> str:
    """`dealers would be met 6 times from 30 November to 6 December 2026 (at most 3): talk to growth and content.`

    `ids` are the items of whoever is warned, and need not talk to themselves.
    """
    when = span_words(each.first, each.last)
    people = who(item for item in each.items if item.id not in ids)
    talk = f": talk to {listed(people)}" if people else ""
    return f"{each.audience} would be met {each.times} times from {when} (at most {each.most}){talk}."


def offer_warning(each: Contradiction) -> str:
    """`The offers of "Year-end offer" (sg5t2, growth) and "Warehouse week" (zq58q, brand) do not go together: 20% …`"""
    return f"The offers of {named(each.one)} and {named(each.other)} do not go together: {each.why}."


def contradiction_words(each: Contradiction) -> str:
    """Why, and who should talk."""
    return f"{each.why}{_talk((each.one, each.other))}"


def run_words(item: Item, first: date = date.min, last: date = date.max) -> str:
    """`30 Nov and 5 Dec`, `2 a week, 7 to 13 Dec`: when the audience meets it, of the days between these."""
    if not isinstance(item.runs, Run):
        return short_days([day for day in sorted(set(item.runs or ())) if first <= day <= last][:_MANY])
    pace, end = f"{item.runs.touches_per_week:g} a week", item.runs.to
    if end is None:
        return f"{pace}, from {short_span(item.runs.from_, item.runs.from_)} without an end"
    return f"{pace}, {short_span(item.runs.from_, end)}"


def run_line(item: Item, first: date, last: date) -> str:
    """`• Invitation (rmhxz, growth): 30 Nov and 5 Dec`, of the days between these."""
    return f"• {titled(item)}: {run_words(item, first, last)}"


def offer_line(item: Item) -> str:
    """`• Year-end offer (sg5t2, growth): 1 to 18 Dec`."""
    first, last = offered(item)
    if first == date.min:
        return f"• {titled(item)}: {'always' if last == date.max else f'until {short_span(last, last)}'}"
    end = f"from {short_span(first, first)}" if last == date.max else short_span(first, last)
    return f"• {titled(item)}: {end}"


def alike_line(row: Ranked) -> str:
    """`• #12 Spring newsletter (tn6vh, request, asked by dealer-manager on 2026-11-03, for dealers)`."""
    item = row.item
    who = f"by {item.requester}" if item.requester else ""
    day = f"on {item.requested}" if item.requested else ""
    asked = " ".join(filter(None, ("asked", who, day))) if who or day else ""
    facts = (item.id, item.status, asked, f"for {item.audience}" if item.audience else "", item.team)
    return f"• #{row.position} {title(item)} ({', '.join(filter(None, facts))})"


def reuse_line(item: Item) -> str:
    """The same as a line of a list."""
    return f"• {reuse_words(item)}"


def reuse_words(item: Item) -> str:
    """`Dealer newsletter, October (bvchk, done 2026-10-15): https://…`."""
    ended = f" {item.ended.date}" if item.ended else ""
    links = f": {' '.join(item.links)}" if item.links else ""
    return f"{title(item)} ({item.id}, done{ended}){links}"


def alike_words(score: float) -> str:
    """`94 % alike`; only what is wholly alike is 100 %."""
    return f"{int(score * 100 + 1e-9)} % alike"


def who(items: Iterable[Item]) -> tuple[str, ...]:
    """Whom to talk to about these items: their teams; where no team does it yet, its owner, else who asked for it."""
    named = (name for item in items for name in teams_of((item,)) or (item.owner or item.requester,))
    return tuple(dict.fromkeys(filter(None, named)))


def listed(names: Iterable[str]) -> str:
    """`brand, content and growth`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def named(item: Item) -> str:
    """`"Year-end offer" (sg5t2, growth)`."""
    return f'"{title(item)}" ({_facts(item)})'


def titled(item: Item) -> str:
    """`Year-end offer (sg5t2, growth)`."""
    return f"{title(item)} ({_facts(item)})"


def _facts(item: Item) -> str:
    status = item.status if item.status in ("request", "done") else None
    return ", ".join(filter(None, (item.id, item.team or item.owner or item.requester, status)))


def _talk(items: Iterable[Item]) -> str:
    people = who(items)
    if len(people) > 1:
        return f"; {listed(people)} should talk"
    return f"; {people[0]} can solve it alone" if people else ""
