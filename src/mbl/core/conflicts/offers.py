"""Offers that contradict each other: the same people are told two prices for one product at about the same time.

Compared are the fields, never the text. What cannot be compared (another currency, no audience, no value) is a pair to
check, not a contradiction. Refuses nothing; an offer that ends before it begins is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mbl.core.audiences import Tree
from mbl.core.conflicts.day_words import span_words
from mbl.core.conflicts.runs import teams_of
from mbl.core.conflicts.terms import Terms, difference
from mbl.core.conflicts.touches import Span
from mbl.model.item import Item, Run

BUFFER = timedelta(days=7)
"""Who saw an offer remembers it for a week."""


class Contradiction(NamedTuple):
    """Two items, the one that is on offer first first, and why they do not go together. `check`: only people can say."""

    one: Item
    other: Item
    product: str
    why: str
    check: bool

    @property
    def teams(self) -> tuple[str, ...]:
        """Who should talk."""
        return teams_of((self.one, self.other))


class _Placed(NamedTuple):
    """An item with an offer, and the days on which it is on offer."""

    first: date
    last: date
    item: Item
    terms: Terms


def contradictions(items: Iterable[Item], audiences: Tree, *, span: Span) -> tuple[Contradiction, ...]:
    """Every two of these items whose offers do not go together in these days; what is sure comes first."""
    found: dict[tuple[str, str], Contradiction] = {}
    for together in _by_topic(items):
        for one, other in _near(together, span):
            if (one.item.id, other.item.id) not in found and (told := _told(one, other, audiences)):
                found[one.item.id, other.item.id] = told
    return tuple(sorted(found.values(), key=lambda each: (each.check, offered(each.one), each.one.id)))


def offered(item: Item) -> tuple[date, date]:
    """The first and the last day of its offer, else of its runs; open ends lie at the ends of time."""
    first, last = _run_days(item)
    if item.offer is None:
        return first, last
    return item.offer.from_ or first, item.offer.to or last


def _run_days(item: Item) -> tuple[date, date]:
    if isinstance(item.runs, Run):
        return item.runs.from_, item.runs.to or date.max
    return min(item.runs or (), default=date.min), max(item.runs or (), default=date.max)


def _by_topic(items: Iterable[Item]) -> Iterator[Sequence[_Placed]]:
    """The offers of one product, and those of one group, by their first day."""
    topics: defaultdict[tuple[str, str], list[_Placed]] = defaultdict(list)
    for item in items:
        if item.offer is None:
            continue
        placed = _Placed(*offered(item), item, Terms.of(item.offer))
        if placed.first <= placed.last:
            topics["product", placed.terms.product].append(placed)
            if placed.terms.group:
                topics["group", placed.terms.group].append(placed)
    for topic in sorted(topics):
        yield sorted(topics[topic], key=lambda each: (each.first, each.last, each.item.id))


def _near(placed: Sequence[_Placed], span: Span) -> Iterator[tuple[_Placed, _Placed]]:
    """Every two that are on offer at about the same time, as far as that touches the span; by their first day."""
    running: list[_Placed] = []
    for later in placed:
        running = [earlier for earlier in running if not _is_over(earlier.last, later.first)]
        for earlier in running:
            is_past = _is_over(min(earlier.last, later.last), span.first)
            if not is_past and later.first <= span.last and max(earlier.last, later.last) >= span.first:
                yield earlier, later
        running.append(later)


def _is_over(last: date, day: date) -> bool:
    """Whether who saw it on its last day has forgotten it on this one."""
    return last < day and (day - last) > BUFFER


def _told(one: _Placed, other: _Placed, audiences: Tree) -> Contradiction | None:
    """The contradiction, if it is one."""
    ours, theirs = one.item.audience, other.item.audience
    if ours and theirs and not audiences.related(ours, theirs):
        return None
    found = difference(one.terms, other.terms)
    if found is None:
        return None
    reached = _reached(ours, theirs, audiences)
    who = f"both reach {reached}" if reached else "one of them names no audience"
    why = f"{found.words}; {who} {_when(one, other)}"
    return Contradiction(one.item, other.item, one.terms.shown, why, found.check or not (ours and theirs))


def _reached(ours: str | None, theirs: str | None, audiences: Tree) -> str | None:
    """The narrower of two related audiences."""
    if not ours or not theirs:
        return None
    return ours if audiences.within(ours, theirs) else theirs


def _when(one: _Placed, other: _Placed) -> str:
    first, last = max(one.first, other.first), min(one.last, other.last)
    if first > last:
        days = (first - last).days
        return "on the next day" if days == 1 else f"within {days} days"
    if first == date.min or last == date.max:
        return "at the same time"
    return f"{'on' if first == last else 'from'} {span_words(first, last)}"
