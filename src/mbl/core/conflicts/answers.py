"""What people answered to "is this the same work?": read from the items, and written into them.

Refuses to call an item the same as itself, or the same as one that somebody said it is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mbl.core.ranking import with_ended
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item


@dataclass(frozen=True, slots=True)
class Answers:
    """Items that are the same share a head; the heads of items that are not the same stand together in `not_same`."""

    heads: Mapping[str, str]
    not_same: frozenset[frozenset[str]]

    def same(self, one: str, other: str) -> bool:
        """Whether somebody said that they are the same, if only by way of a third."""
        return self.head(one) == self.head(other)

    def apart(self, one: str, other: str) -> bool:
        """Whether somebody said that they are not."""
        return frozenset((self.head(one), self.head(other))) in self.not_same

    def settled(self, one: str, other: str) -> bool:
        """Whether there is an answer."""
        one, other = self.head(one), self.head(other)
        return one == other or (bool(self.not_same) and frozenset((one, other)) in self.not_same)

    def head(self, id_: str) -> str:
        """The item that all its duplicates lead to; of a circle the first by id."""
        return self.heads.get(id_, id_)


def answers(items: Iterable[Item]) -> Answers:
    """Every answer in these items."""
    items = tuple(items)
    links = {item.id: item.duplicate_of for item in items if item.duplicate_of}
    heads = {id_: _head(id_, links) for id_ in links}
    told = ((item.id, other) for item in items for other in item.not_duplicate_of)
    pairs = (frozenset((heads.get(one, one), heads.get(other, other))) for one, other in told)
    return Answers(heads, frozenset(pairs))


def told_same(backlog: Backlog, one: str, other: str) -> Backlog:
    """The answer yes, kept with what was promised less, or stands lower: it is a duplicate of the other. MblError."""
    known = answers(backlog.items.values())
    if one == other:
        raise MblError(f"{one} is the same as itself.")
    if known.apart(one, other):
        raise MblError(
            f"Somebody said that {one} and {other} are not the same.", hint="See their not_duplicate_of."
        )
    if known.same(one, other):
        return backlog
    kept, double = sorted((known.head(one), known.head(other)), key=_standing(backlog).__getitem__)
    path = backlog.path_of[double]
    return backlog.with_items({path: replace(backlog.items[path], duplicate_of=kept)})


def told_apart(backlog: Backlog, one: str, other: str) -> Backlog:
    """The answer no, kept with the one that stands lower. MblError."""
    known = answers(backlog.items.values())
    if known.same(one, other):
        raise MblError(f"Somebody said that {one} and {other} are the same.", hint="See their duplicate_of.")
    if known.apart(one, other):
        return backlog
    first, last = sorted((one, other), key=_standing(backlog).__getitem__)
    path = backlog.path_of[last]
    item = backlog.items[path]
    return backlog.with_items({path: replace(item, not_duplicate_of=(*item.not_duplicate_of, first))})


def _head(id_: str, links: Mapping[str, str]) -> str:
    trail = [id_]
    while (step := links.get(trail[-1])) is not None:
        if step in trail:
            return min(trail[trail.index(step) :])
        trail.append(step)
    return trail[-1]


def _standing(backlog: Backlog) -> dict[str, tuple[bool, int]]:
    """What sorts a promise before a request, and the higher in the list before the lower."""
    rows = enumerate(with_ended(backlog))
    return {row.item.id: (row.item.status == "request", at) for at, row in rows}
