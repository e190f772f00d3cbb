"""The figures of a backlog's capacity: effort of committed work against net capacity, as a whole and by row.

Unknown effort is never 0: such items are counted in `unknown`, and what the others add up to is "at least".
Above `GUESS_LIMIT` of guesses there is a range and no single number. Refuses nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import NamedTuple

from mbl.core import breakdown, simulation, supply
from mbl.core.breakdown import Load, Piece, Pieces, Read
from mbl.core.effort import Effort, Reference, Sized, effort_of, reference_classes
from mbl.core.supply import Supply
from mbl.model.backlog import Backlog
from mbl.model.item import Item

GUESS_LIMIT = 0.30
"""Above this share of guesses a single number would pretend to know."""

_LEAST_DRAWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the committed work comes to; days in person-days.

    `expected` is the months of the team that takes longest: None while capacity or effort is unknown,
    infinity if it never ends. `months` and `pooled_months` (if every team could do everything) are None
    above 30 % guessed, too. `requested_months` is what the requests would add to `expected`.
    """

    backlog: Backlog
    today: date
    committed: Load
    requested: Load
    teams: Mapping[str, Supply]
    pool: Supply | None
    read: Read
    days: float
    guess_share: float
    unknown: int
    expected: float | None
    requested_days: float
    requested_months: float

    @property
    def months(self) -> float | None:
        return None if self.guess_share > GUESS_LIMIT else self.expected

    @property
    def pooled_months(self) -> float | None:
        return None if self.pool is None or self.months is None else supply.months(self.days, self.pool)


class Range(NamedTuple):
    """Months at four percentiles: likely from p15 to p85, safe at p85, very safe at p95."""

    p15: float
    p50: float
    p85: float
    p95: float


def figures(backlog: Backlog, today: date, *, without: frozenset[str] = frozenset()) -> Figures:
    """The figures of the backlog on this day; the items with the ids `without` are left out, not their estimates."""
    classes = reference_classes(backlog.items.values(), backlog.settings)
    left = [item for item in backlog.items.values() if item.is_open and item.id not in without]
    committed = tuple((item, effort_of(item, classes)) for item in left if item.is_committed)
    requested = tuple((item, effort_of(item, classes)) for item in left if item.status == "request")
    teams = supply.team_supplies(backlog, today)
    pool = supply.pool(backlog, teams)
    expected = _longest(committed, teams, pool, read=classes.read)
    more = _longest(committed + requested, teams, pool, read=classes.read)
    days = _days(committed)
    return Figures(
        backlog=backlog,
        today=today,
        committed=committed,
        requested=requested,
        teams=teams,
        pool=pool,
        read=classes.read,
        days=days,
        guess_share=_days(pair for pair in committed if pair[1].guessed) / days if days else 0.0,
        unknown=sum(sized.days is None for _, sized in committed),
        expected=expected,
        requested_days=_days(requested),
        requested_months=more - expected
        if expected is not None and more is not None and more > expected
        else 0.0,
    )


def range_of(of: Figures) -> Range | None:
    """The simulated range of the months; None while capacity or effort is unknown.

    Each percentile is that of the team for which it is largest. Costs some tenths of a second.
    """
    if of.expected is None or of.pool is None:
        return None
    lanes = _lanes(breakdown.pieces(of.committed, "team", read=of.read), of.teams)
    seed, draws = of.backlog.settings.seed, max(_LEAST_DRAWS, simulation.DRAWS // max(1, len(lanes)))
    ranges = [
        _range(lane, of.teams.get(key or "", of.pool), seed=seed, draws=draws) for key, lane in lanes.items()
    ]
    return Range(*map(max, zip(*ranges, strict=True))) if ranges else Range(0.0, 0.0, 0.0, 0.0)


def _days(load: Iterable[tuple[Item, Sized]]) -> float:
    return fsum([sized.days for _, sized in load if sized.days])


def _longest(load: Load, teams: Mapping[str, Supply], pool: Supply | None, *, read: Read) -> float | None:
    if pool is None or (load and all(sized.days is None for _, sized in load)):
        return None
    lanes = _lanes(breakdown.pieces(load, "team", read=read), teams)
    takes = (supply.months(breakdown.days(lane), teams.get(key or "", pool)) for key, lane in lanes.items())
    return max(takes, default=0.0)


def _lanes(groups: Pieces, teams: Mapping[str, Supply]) -> Pieces:
    """The work of each team with a capacity of its own; under None everything that falls to the pool."""
    lanes: defaultdict[str | None, list[Piece]] = defaultdict(list)
    for key, group in groups.items():
        lanes[key if key in teams else None].extend(group)
    return {key: tuple(lane) for key, lane in lanes.items()}


def _range(lane: Iterable[Piece], capacity: Supply, *, seed: int, draws: int) -> Range:
    totals = simulation.totals(_work(lane), seed=seed, draws=draws)
    return Range(
        *(supply.months(simulation.percentile(totals, p), capacity) for p in (0.15, 0.50, 0.85, 0.95))
    )


def _work(lane: Iterable[Piece]) -> simulation.Work:
    fixed: list[float] = []
    ranges: list[Effort] = []
    counts: Counter[Reference] = Counter()
    for _, (_, estimate, reference), share in lane:
        if reference is not None:
            counts[reference] += 1
        elif estimate is not None and estimate.sd:
            ranges.append(estimate.times(share))
        elif estimate is not None:
            fixed.append(estimate.mean * share)
    guesses = tuple(simulation.Guess(reference.values, count) for reference, count in counts.items())
    return simulation.Work(fixed=fsum(fixed), ranges=tuple(ranges), guesses=guesses)
