"""What the buckets come to against the quarter's capacity, and where they contradict the rank.

Warns, never re-sorts: MoSCoW does not override the rank. Refuses nothing; unknown effort is counted apart.
Source of the 60 % and of the Coulds as contingency: DSDM Handbook, chapter 10, "MoSCoW prioritisation".
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import fsum

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.capacity.figures import figures
from mbl.core.capacity.quarter import quarter
from mbl.core.capacity.words import count, days, percent
from mbl.core.ranking import Ranked, ranked
from mbl.core.report import Bar, Bars, Block, Words
from mbl.model.backlog import Backlog
from mbl.model.item import MOSCOW

BUCKETS = MOSCOW[:3]
MOST_MUST = 0.60
LEAST_COULD = 0.10
_NAMES = {"must": "Must", "should": "Should", "could": "Could"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Person-days and items by bucket, `unknown` items without any effort, and the quarter's net capacity."""

    days: Mapping[str, float]
    items: Mapping[str, int]
    unknown: int
    capacity: float | None

    @property
    def plan(self) -> float:
        """Must, Should and Could together."""
        return fsum(self.days.values())

    @property
    def must_share(self) -> float | None:
        """The Musts' part of the quarter's capacity; None while that is unknown or nothing."""
        return self.days["must"] / self.capacity if self.capacity else None

    @property
    def could_share(self) -> float | None:
        """The Coulds' part of the plan; None while there is no plan."""
        return self.days["could"] / self.plan if self.plan else None


def totals(backlog: Backlog, today: date, ids: Collection[str] | None = None) -> Totals:
    """What the open items in each bucket come to; only these items if `ids` are given."""
    classes = reference_classes(backlog.items.values(), backlog.settings)
    rows = [
        row.item
        for row in ranked(backlog)
        if row.item.moscow in BUCKETS and (ids is None or row.item.id in ids)
    ]
    efforts = [(item.moscow, effort_of(item, classes).days) for item in rows]
    return Totals(
        days={name: fsum(effort for own, effort in efforts if own == name and effort) for name in BUCKETS},
        items={name: sum(own == name for own, _ in efforts) for name in BUCKETS},
        unknown=sum(effort is None for _, effort in efforts),
        capacity=quarter(figures(backlog, today)).capacity,
    )


def warnings(of: Totals) -> tuple[str, ...]:
    """What DSDM would say: Musts that cannot be done or leave no contingency, and too few Coulds to give way."""
    return tuple(_warnings(of))


def crossed(of: Totals) -> str | None:
    """The bucket that the cut line crosses, filling the quarter with Musts, then Shoulds, then Coulds; None if all fit."""
    if of.capacity is None:
        return None
    sums = accumulate(of.days[bucket] for bucket in BUCKETS)
    return next(
        (bucket for bucket, total in zip(BUCKETS, sums, strict=True) if total > of.capacity + 1e-9), None
    )


def warning_pairs(backlog: Backlog) -> tuple[tuple[Ranked, Ranked], ...]:
    """For every item the highest one above it that stands in a lesser bucket: a Should above a Must."""
    highest: dict[int, Ranked] = {}
    pairs = []
    for row in ranked(backlog):
        if row.item.moscow not in BUCKETS:
            continue
        bucket = BUCKETS.index(row.item.moscow)
        above = [other for lesser, other in highest.items() if lesser > bucket]
        if above:
            pairs.append((min(above), row))
        highest.setdefault(bucket, row)
    return tuple(pairs)


def pair_words(pairs: Collection[tuple[Ranked, Ranked]]) -> tuple[str, ...]:
    """`#2 “Brochure” (Should) stands above #9 “Price list” (Must).`"""
    return tuple(f"{_row(upper)} stands above {_row(lower)}." for upper, lower in pairs)


def totals_blocks(of: Totals) -> tuple[Block, ...]:
    """The running totals as bars, then the warnings."""
    bars = tuple(Bar(label=_NAMES[name], value=of.days[name], text=_text(of, name)) for name in BUCKETS)
    title = "Buckets" if of.capacity is None else f"Buckets, in a quarter of {days(of.capacity)}"
    return (Bars(title=title, bars=bars), *(Words(text=text, tone="bad") for text in warnings(of)))


def _warnings(of: Totals) -> Iterator[str]:
    must, share = of.days["must"], of.must_share
    if of.capacity is not None and must > of.capacity + 1e-9:
        short = days(must - of.capacity)
        yield f"The Musts alone need {days(must)}, the quarter has {days(of.capacity)}: impossible, short by {short}."
    elif share is not None and share > MOST_MUST:
        yield (
            f"The Musts take {percent(share)} of the quarter's capacity, more than {percent(MOST_MUST)}: "
            "there is no contingency."
        )
    if of.could_share is not None and of.could_share < LEAST_COULD:
        yield (
            f"Only {percent(of.could_share)} of the plan are Coulds, less than {percent(LEAST_COULD)}: "
            "nothing can give way when something takes longer."
        )
    if of.unknown:
        yield f"Not counted: {count(of.unknown, 'item')} of unknown effort. The real totals are higher."


def _text(of: Totals, bucket: str) -> str:
    share = "" if not of.capacity else f", {percent(of.days[bucket] / of.capacity)}"
    return f"{count(of.items[bucket], 'item')}, {days(of.days[bucket])}{share}"


def _row(row: Ranked) -> str:
    return f"#{row.position} “{row.item.title}” ({_NAMES[row.item.moscow or 'could']})"
