"""How committed work divides: which share of an item belongs to which team, person, bucket, outcome, requester.

The shares of one item are 1 in sum; the key None is what belongs to nobody. Refuses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple, TypeVar

from mbl.core.capacity.effort import Effort, Sized
from mbl.model.item import Item, Part

By = Literal["team", "person", "moscow", "outcome", "requester"]
Load = tuple[tuple[Item, Sized], ...]
Read = Callable[[str], Effort | None]
Shares = Mapping[str | None, float]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to divide the work: its title, what the rest is called, and the shares of one item."""

    title: str
    rest: str
    shares: Callable[[Item, Sized, Read], Shares]


class Piece(NamedTuple):
    """A share of one item."""

    item: Item
    sized: Sized
    share: float


Pieces = Mapping[str | None, tuple[Piece, ...]]


def pieces(load: Load, by: By, *, read: Read) -> Pieces:
    """The items, or their shares, by key; `read` turns the effort of a part into days."""
    found: defaultdict[str | None, list[Piece]] = defaultdict(list)
    shares = BREAKDOWNS[by].shares
    for item, sized in load:
        for key, share in shares(item, sized, read).items():
            found[key].append(Piece(item, sized, share))
    return {key: tuple(group) for key, group in found.items()}


def days(group: Iterable[Piece]) -> float:
    """The expected person-days of some pieces; those of unknown effort are left out."""
    return fsum([sized.days * share for _, sized, share in group if sized.days])


def by_parts(
    item: Item, sized: Sized, read: Read, key_of: Callable[[Part], Key], rest: Key
) -> dict[Key, float]:
    """The parts' efforts as shares of the item, made smaller together if they are more than it; then the rest.

    An item whose effort is a guess is not divided.
    """
    if not item.parts or not sized.estimate or not sized.estimate.mean:
        return {rest: 1.0}
    stated = [(key_of(part), effort.mean) for part in item.parts if (effort := read(part.effort or ""))]
    in_parts = fsum(part_days for _, part_days in stated)
    whole = max(sized.estimate.mean, in_parts)
    shares: defaultdict[Key, float] = defaultdict(float)
    for key, part_days in (*stated, (rest, whole - in_parts)):
        shares[key] += part_days / whole
    return {key: share for key, share in shares.items() if share > _NOTHING}


_NOTHING = 1e-9


def _by_team(item: Item, sized: Sized, read: Read) -> Shares:
    return by_parts(item, sized, read, lambda part: part.team or item.team, item.team)


def _by_person(item: Item, sized: Sized, read: Read) -> Shares:
    return by_parts(item, sized, read, lambda part: part.person, None)


def _by_outcome(item: Item, sized: Sized, read: Read) -> Shares:
    del sized, read
    shares: dict[str | None, float] = dict(item.weights.items())
    return shares or {None: 1.0}


BREAKDOWNS: Mapping[By, Breakdown] = {
    "team": Breakdown("By team", "no team", _by_team),
    "person": Breakdown("By person", "unassigned", _by_person),
    "moscow": Breakdown("By bucket", "no bucket yet", lambda item, *_: {item.moscow: 1.0}),
    "outcome": Breakdown("By outcome", "no outcome", _by_outcome),
    "requester": Breakdown("By requester", "nobody named", lambda item, *_: {item.requester or None: 1.0}),
}
