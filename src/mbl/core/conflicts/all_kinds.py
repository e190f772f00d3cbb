"""Where pieces of work get in each other's way: too many touches, offers that contradict each other, work asked for twice.

Refuses a period that ends before it begins, or that nobody can plan.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mbl.core.audiences import Tree, tree
from mbl.core.conflicts.duplicates import NOTHING_ALIKE, Likenesses, likenesses
from mbl.core.conflicts.offers import Contradiction, contradictions
from mbl.core.conflicts.runs import HORIZON, activities, is_endless, is_firm, may_happen, stretches
from mbl.core.conflicts.similar import Advance
from mbl.core.conflicts.touches import Collision, Load, Span, collisions, load
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item

KINDS = ("touches", "offers", "duplicates")
_LONGEST = timedelta(days=3 * 366)
_FARTHEST = 10
"""Years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Everything that was looked for (`kinds`) in a span. `load` is what is promised, without requests.

    `unscheduled` is promised to an audience without saying when, `endless` runs without a last day.
    """

    kinds: frozenset[str]
    span: Span
    load: Load
    touches: tuple[Collision, ...] = ()
    offers: tuple[Contradiction, ...] = ()
    likenesses: Likenesses = NOTHING_ALIKE
    unscheduled: tuple[Item, ...] = ()
    endless: tuple[Item, ...] = ()


def span_of(today: date, *, since: date | None = None, until: date | None = None) -> Span:
    """From a day (today) to another (90 days later). Raises MblError (exit code 2)."""
    first = since or today
    last = until or date.fromordinal(min(first.toordinal() + HORIZON.days, date.max.toordinal()))
    if last < first:
        raise MblError(
            f"--to {last} comes before --from {first}.", hint="Exchange the two days.", exit_code=2
        )
    if last - first > _LONGEST or abs(first.year - today.year) > _FARTHEST:
        raise MblError(
            f"{first} to {last}: that is too long, or too far from today.",
            hint="Look at three years at most, within ten years of today.",
            exit_code=2,
        )
    return Span(first, last)


def span_around(items: Collection[Item], today: date) -> Span:
    """From today to where these items are seen last, 90 days from now at least, three years at most."""
    usual = span_of(today)
    runs = [stretch for item in items for stretch in stretches(item.runs, usual.last)]
    offers = [item.offer.to for item in items if item.offer and item.offer.to]
    ends = (*(date.fromordinal(run.last) for run in runs), *offers)
    farthest = min(today.toordinal() + _LONGEST.days, date.max.toordinal())
    return Span(usual.first, min(max((usual.last, *ends)), date.fromordinal(farthest)))


def conflicts(
    backlog: Backlog,
    span: Span,
    *,
    kinds: Collection[str] = KINDS,
    advance: Advance = lambda done, total: None,
) -> Conflicts:
    """The conflicts of these kinds that touch the span; without a kind all of them."""
    wanted = frozenset(kinds) or frozenset(KINDS)
    audiences = tree(backlog.settings.audiences)
    items = [item for item in backlog.items.values() if may_happen(item)]
    firm = [item for item in items if is_firm(item)]
    promised = _load(backlog, audiences, firm, span)
    return Conflicts(
        kinds=wanted,
        span=span,
        load=promised,
        touches=_touches(backlog, promised, items) if "touches" in wanted else (),
        offers=contradictions(items, audiences, span=span) if "offers" in wanted else (),
        likenesses=likenesses(backlog, advance) if "duplicates" in wanted else NOTHING_ALIKE,
        unscheduled=tuple(item for item in firm if item.is_open and item.audience and not item.runs),
        endless=tuple(item for item in items if item.is_open and item.audience and is_endless(item)),
    )


def caused(
    backlog: Backlog, ids: Collection[str], span: Span
) -> tuple[tuple[Collision, ...], tuple[Contradiction, ...]]:
    """The collisions and contradictions of promised work that these items take part in, promised or not."""
    audiences = tree(backlog.settings.audiences)
    items = [
        item for item in backlog.items.values() if is_firm(item) or (item.id in ids and may_happen(item))
    ]
    found = collisions(_load(backlog, audiences, items, span))
    offers = contradictions(items, audiences, span=span)
    return (
        tuple(each for each in found if any(item.id in ids for item in each.items)),
        tuple(each for each in offers if {each.one.id, each.other.id} & set(ids)),
    )


def _load(backlog: Backlog, audiences: Tree, items: Sequence[Item], span: Span) -> Load:
    found = activities(items, until=span.last)
    return load(backlog.settings, audiences, found, span=span)


def _touches(backlog: Backlog, promised: Load, items: Sequence[Item]) -> tuple[Collision, ...]:
    """What collides as promised, then what would if requests were accepted, too."""
    firm = collisions(promised)
    every = collisions(_load(backlog, promised.audiences, items, promised.span))
    would = (
        each._replace(would=True)
        for each in every
        if not all(map(is_firm, each.items))
        and not any(_is_known(each, other, promised.audiences) for other in firm)
    )
    return (*firm, *would)


def _is_known(found: Collision, firm: Collision, audiences: Tree) -> bool:
    return audiences.within(found.audience, firm.audience) and found.meets(firm)
