"""Whom the committed effort serves: each open outcome, no outcome, one that is closed; or it is only claimed.

Four shares make the whole: aligned, claimed (names an open outcome, but does not say how it would move it),
stale (names one that is closed or unknown), unaligned (names none). Refuses nothing: without effort the
shares are unknown (None), not 100 %.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple

from mbl.core.capacity.breakdown import Load
from mbl.model.guidepoint import Outcome
from mbl.model.item import Item

Standing = Literal["aligned", "claimed", "stale", "unaligned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What one open outcome gets: aligned person-days and items, their share of all effort, and what is only claimed."""

    days: float
    items: int
    share: float | None
    claimed_days: float
    claimed_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares of the effort, 0 to 1; `unknown` items have no effort to count. `starved`: open outcomes no item names."""

    days: float
    unknown: int
    outcomes: Mapping[str, Served]
    aligned: float | None
    claimed: float | None
    stale: float | None
    unaligned: float | None

    @property
    def starved(self) -> tuple[str, ...]:
        return tuple(id_ for id_, own in self.outcomes.items() if not own.items + own.claimed_items)


def score(load: Load, open_outcomes: Collection[str]) -> Score:
    """The effort of these items by what it serves; an item of several outcomes is split by their weights."""
    pieces = [piece for item, sized in load for piece in _pieces(item, sized.days, open_outcomes)]
    total = fsum(piece.days for piece in pieces)
    sums: defaultdict[Standing, float] = defaultdict(float)
    for piece in pieces:
        sums[piece.standing] += piece.days
    return Score(
        days=total,
        unknown=sum(sized.days is None for _, sized in load),
        outcomes={
            id_: _served([piece for piece in pieces if piece.outcome == id_], total) for id_ in open_outcomes
        },
        aligned=_share(sums["aligned"], total),
        claimed=_share(sums["claimed"], total),
        stale=_share(sums["stale"], total),
        unaligned=_share(sums["unaligned"], total),
    )


def gap(of: Score, outcomes: Iterable[Outcome]) -> float | None:
    """How far the aligned effort is from the outcomes' weights: 0 as agreed, 1 nothing right; None if unknown."""
    weights = {outcome.id: outcome.weight for outcome in outcomes if outcome.id in of.outcomes}
    whole = fsum(weights.values())
    if not of.aligned or whole <= 0:
        return None
    wanted = ((of.outcomes[id_].share or 0.0, weight / whole) for id_, weight in weights.items())
    return fsum(abs(share / of.aligned - weight) for share, weight in wanted) / 2


class _Piece(NamedTuple):
    standing: Standing
    outcome: str | None
    days: float


def _pieces(item: Item, days: float | None, open_outcomes: Collection[str]) -> Iterator[_Piece]:
    if not item.weights:
        yield _Piece("unaligned", None, days or 0.0)
    for outcome, weight in item.weights.items():
        if weight > 0:
            yield _Piece(_standing(item, outcome, open_outcomes), outcome, (days or 0.0) * weight)


def _standing(item: Item, outcome: str, open_outcomes: Collection[str]) -> Standing:
    if outcome not in open_outcomes:
        return "stale"
    return "aligned" if item.how else "claimed"


def _served(pieces: list[_Piece], total: float) -> Served:
    aligned = [piece.days for piece in pieces if piece.standing == "aligned"]
    claimed = [piece.days for piece in pieces if piece.standing == "claimed"]
    return Served(
        days=fsum(aligned), items=len(aligned), share=_share(fsum(aligned), total),
        claimed_days=fsum(claimed), claimed_items=len(claimed),
    )  # fmt: skip


def _share(days: float, total: float) -> float | None:
    return days / total if total else None
