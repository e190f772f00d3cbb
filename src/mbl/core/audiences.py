"""Audiences as the tree they form: who is reached by a message to whom.

A message to a wider audience reaches the narrower ones below it. Refuses nothing: a circle of parents ends where it
closes, an audience that nobody described stands alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from mbl.model.settings import Audience


@dataclass(frozen=True, slots=True)
class Tree:
    """Every audience with its ancestors and descendants; made by `tree`."""

    above: Mapping[str, tuple[str, ...]]
    below: Mapping[str, tuple[str, ...]]
    apart: frozenset[tuple[str, str]]

    def ancestors(self, audience: str) -> tuple[str, ...]:
        """The wider audiences it belongs to, the nearest first."""
        return self.above.get(audience, ())

    def descendants(self, audience: str) -> tuple[str, ...]:
        """The narrower audiences below it, in the order of the file."""
        return self.below.get(audience, ())

    def within(self, audience: str, wider: str) -> bool:
        """Whether everybody in the audience belongs to the wider one, too: it is that audience, or below it."""
        return audience == wider or wider in self.ancestors(audience)

    def related(self, one: str, other: str) -> bool:
        """Whether both mean the same people, or one some of the other's, and neither excludes the other."""
        near = self.within(one, other) or self.within(other, one)
        return near and (one == other or not self.excluded(one, other))

    def excluded(self, one: str, other: str) -> bool:
        """Whether somebody wrote that they share nobody: of them, or of audiences they belong to."""
        ours, theirs = (one, *self.ancestors(one)), (other, *self.ancestors(other))
        return any(pair in self.apart for pair in product(ours, theirs))

    def leaves(self) -> tuple[str, ...]:
        """The audiences with none below them, in the order of the file."""
        return tuple(audience for audience in self.above if not self.descendants(audience))


def tree(audiences: Sequence[Audience]) -> Tree:
    """The tree of these audiences; of two with one id the first counts."""
    parents: dict[str, str | None] = {}
    for audience in audiences:
        parents.setdefault(audience.id, audience.parent)
    above = {id_: _ancestors(id_, parents) for id_ in parents}
    below: dict[str, list[str]] = {id_: [] for id_ in parents}
    for id_, wider in above.items():
        for each in wider:
            below[each].append(id_)
    told = {(audience.id, each) for audience in audiences for each in audience.excludes}
    apart = frozenset(told | {(other, one) for one, other in told})
    return Tree(above, {id_: tuple(under) for id_, under in below.items()}, apart)


def _ancestors(id_: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    step = parents.get(id_)
    while step is not None and step in parents and step != id_ and step not in found:
        found.append(step)
        step = parents[step]
    return tuple(found)
