"""Hand-offs: how often the work on one item goes from one team to another, along the order of its parts.

An item without parts says nothing of who does what, and is not counted; a part of no team is passed over. Refuses
nothing.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.model.backlog import Backlog
from mbl.model.item import Item


class HandOffs(NamedTuple):
    """`mean` per finished item, over the `items` of which somebody said who did what (None: none such).

    `without` is the share of their effort in items that one team did alone. `pairs` are two teams and how often work
    went between them, in finished and promised work, the most first.
    """

    mean: float | None
    items: int
    without: float | None
    pairs: tuple[tuple[tuple[str, str], int], ...]


def hand_offs(item: Item) -> int | None:
    """The changes of team along the parts; None if it has none."""
    return len(_changes(item)) if item.parts else None


def handing_over(backlog: Backlog, *, team: str | None = None) -> HandOffs:
    """The hand-offs of all items, or of those for which one team answers."""
    items = [item for item in backlog.items.values() if item.parts and team in (None, item.team)]
    finished = [item for item in items if item.status == "done"]
    counts = [len(_changes(item)) for item in finished]
    return HandOffs(
        mean=fsum(counts) / len(counts) if counts else None,
        items=len(counts),
        without=_without(backlog, finished),
        pairs=_pairs(item for item in items if item.status == "done" or item.is_committed),
    )


def _changes(item: Item) -> list[tuple[str, str]]:
    """The teams on both sides of each change."""
    teams = [team for part in item.parts if (team := part.team or item.team)]
    return [(one, other) for one, other in pairwise(teams) if one != other]


def _without(backlog: Backlog, finished: list[Item]) -> float | None:
    classes = reference_classes(backlog.items.values(), backlog.settings)
    sized = [(effort_of(item, classes).days or 0.0, len(_changes(item))) for item in finished]
    whole = fsum(days for days, _ in sized)
    return fsum(days for days, changes in sized if not changes) / whole if whole else None


def _pairs(items: Iterable[Item]) -> tuple[tuple[tuple[str, str], int], ...]:
    times: Counter[tuple[str, str]] = Counter()
    for item in items:
        times.update((min(pair), max(pair)) for pair in _changes(item))
    return tuple(sorted(times.items(), key=lambda pair: (-pair[1], pair[0])))
