"""The same work asked for twice: which open requests look alike, which are known to be the same, what could be reused.

A likeness is a question; only an answer settles it, and what is settled is not asked again. Nothing is merged.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from mbl.core.audiences import tree
from mbl.core.conflicts.answers import answers
from mbl.core.conflicts.ngrams import dice, grams
from mbl.core.conflicts.similar import Advance, alike, alike_pairs
from mbl.core.conflicts.vetoes import traits, veto
from mbl.core.ranking import Ranked, with_ended
from mbl.model.backlog import Backlog
from mbl.model.item import Item

MOST_REUSED = 3
"""So many finished items are named for one request."""


class Likeness(NamedTuple):
    """Two open items, the first higher in the list, and how alike their titles are."""

    one: Ranked
    other: Ranked
    score: float


class Reuse(NamedTuple):
    """A request, and finished items with a title like its own, the most alike first."""

    row: Ranked
    finished: tuple[Item, ...]


class Likenesses(NamedTuple):
    """`asked`: pairs that nobody has decided on; `same`: pairs that somebody called the same, both still open."""

    asked: tuple[Likeness, ...] = ()
    same: tuple[Likeness, ...] = ()
    reuse: tuple[Reuse, ...] = ()


NOTHING_ALIKE = Likenesses()


class Resembling(NamedTuple):
    """The open items that look like one, with how alike they are, and the finished ones that could be reused."""

    asked: tuple[tuple[Ranked, float], ...]
    finished: tuple[Item, ...]


def likenesses(
    backlog: Backlog, advance: Advance = lambda done, total: None, *, among: Collection[str] | None = None
) -> Likenesses:
    """Every likeness in the backlog (`among`: with one of these items), the most alike first."""
    rows = _compared(backlog)
    places = [at for at, row in enumerate(rows) if row.position and (among is None or row.item.id in among)]
    known, audiences = answers(backlog.items.values()), tree(backlog.settings.audiences)
    facts = [traits(row.item) for row in rows]
    asked: list[Likeness] = []
    done: dict[int, list[tuple[float, Item]]] = {}
    for at, to, score in alike_pairs([row.item.title for row in rows], advance, among=places):
        one, other = rows[at], rows[to]
        if known.settled(one.item.id, other.item.id):
            continue
        if other.position is None:
            done.setdefault(at, []).append((score, other.item))
        elif not veto(facts[at], facts[to], audiences):
            asked.append(Likeness(one, other, score))
    reuse = (Reuse(rows[at], _best(done[at])) for at in sorted(done) if rows[at].item.status == "request")
    return Likenesses(_sorted(asked), _sorted(_same(rows)), tuple(reuse))


def resembling(backlog: Backlog, item: Item) -> Resembling:
    """What looks like this item, whether it is on the list or not yet. The most alike come first."""
    others = [each for each in backlog.items.values() if _is_compared(each) and each.id != item.id]
    found = {others[at].id: score for at, score in alike(item.title, [each.title for each in others])}
    known = answers((*backlog.items.values(), item)) if found else answers(())
    rows = [row for row in _compared(backlog) if row.item.id in found] if found else []
    rows = [row for row in rows if not known.settled(item.id, row.item.id)]
    facts, audiences = traits(item), tree(backlog.settings.audiences)
    asked = (row for row in rows if row.position and not veto(facts, traits(row.item), audiences))
    return Resembling(
        tuple(sorted(((row, found[row.item.id]) for row in asked), key=lambda each: -each[1])),
        _best([(found[row.item.id], row.item) for row in rows if not row.position]),
    )


def _compared(backlog: Backlog) -> list[Ranked]:
    """The open items in rank order, then the finished ones, the latest first; what was refused is not compared."""
    return [row for row in with_ended(backlog) if _is_compared(row.item)]


def _is_compared(item: Item) -> bool:
    return item.is_open or item.status == "done"


def _same(rows: Sequence[Ranked]) -> Iterator[Likeness]:
    by_id = {row.item.id: row for row in rows if row.position}
    for row in by_id.values():
        other = by_id.get(row.item.duplicate_of or "")
        if other and other is not row:
            one, two = sorted((row, other), key=lambda each: each.position or 0)
            yield Likeness(one, two, dice(grams(one.item.title), grams(two.item.title)))


def _sorted(found: Iterator[Likeness] | Sequence[Likeness]) -> tuple[Likeness, ...]:
    return tuple(
        sorted(found, key=lambda each: (-each.score, each.one.position or 0, each.other.position or 0))
    )


def _best(found: Sequence[tuple[float, Item]]) -> tuple[Item, ...]:
    """The most alike; of equally alike ones the latest."""
    return tuple(item for _, item in sorted(found, key=lambda each: -each[0])[:MOST_REUSED])
