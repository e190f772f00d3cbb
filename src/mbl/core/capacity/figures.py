"""The figures of a backlog's capacity: how long the committed work takes, as a whole and by team.

Two methods compete. **By throughput**: how many items wait, against how many were finished each past week. It
needs 8 complete weeks and 15 finished items; until then **by effort**: person-days against net days. Unknown
effort is never 0: such items are counted in `unknown`, and what the others add up to is "at least". Above
`GUESS_LIMIT` of guesses there is a range and no single number. Refuses nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import fsum
from typing import Literal

from mbl.core.capacity import supply
from mbl.core.capacity.breakdown import Load, Read
from mbl.core.capacity.effort import Classes, Sized, effort_of, reference_classes
from mbl.core.capacity.futures import Futures, Range, futures
from mbl.core.capacity.growth import Growth, growth
from mbl.core.capacity.history import History, Week, weekly
from mbl.core.capacity.lanes import LEAST_WEEKS, ByEffort, ByThroughput, Lane, is_enough
from mbl.core.capacity.lanes_of import effort_lanes, throughput_lanes
from mbl.core.capacity.supply import Supply
from mbl.model.backlog import Backlog
from mbl.model.item import Item

Method = Literal["effort", "throughput"]

GUESS_LIMIT = 0.30
"""Above this share of guesses a single number would pretend to know."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the committed work comes to; days in person-days.

    `forced` answers by this method, whatever is known; `paces` says how much faster than in the past a team
    (None: everybody) is taken to finish items. `part` is true where only some of the committed work is counted.
    `stretch` is how many times their days everybody is taken to have.
    """

    backlog: Backlog
    today: date
    committed: Load
    requested: Load
    teams: Mapping[str, Supply]
    pool: Supply | None
    classes: Classes
    days: float
    guess_share: float
    unknown: int
    requested_days: float
    forced: Method | None = None
    paces: Mapping[str | None, float] = field(default_factory=dict)
    part: bool = False
    stretch: float = 1.0

    @property
    def read(self) -> Read:
        return self.classes.read

    @property
    def is_whole(self) -> bool:
        """Whether this is the whole list, with the people of today."""
        return not self.part and all(pace == 1 for pace in self.paces.values())

    @cached_property
    def history(self) -> History:
        """The past weeks of the whole backlog."""
        return weekly(self.backlog, self.today)

    @cached_property
    def method(self) -> Method:
        """By throughput as soon as enough was finished, else by effort; so, too, where nobody has time any more."""
        if self.forced or (self.pool is not None and not supply.has_days(self.pool)):
            return self.forced or "effort"
        finished = tuple(week.finished for week in self.history.recent)
        return "throughput" if is_enough(finished) else "effort"

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """What takes its own time; the longest is the answer. Empty while nothing can be said."""
        return _lanes(self, self.committed)

    @cached_property
    def effort_lanes(self) -> tuple[ByEffort, ...]:
        """The committed work by team, in days."""
        return effort_lanes(self.committed, self.teams, self.pool, read=self.read)

    @cached_property
    def expected(self) -> float | None:
        """The months of the lane that takes longest: None while unknown, infinity if it never ends."""
        return _longest(self, self.committed, self.lanes)

    @property
    def months(self) -> float | None:
        """The single number: of the lane that takes longest. None above 30 % guessed."""
        if self.guess_share > GUESS_LIMIT or self.expected is None:
            return None
        return max((self.months_of(lane) for lane in self.lanes), default=0.0)

    @property
    def pooled_months(self) -> float | None:
        """The months if everybody could do everything."""
        if self.months is None:
            return None
        if self.method == "throughput":
            return max((self.months_of(lane) for lane in self.lanes if lane.key is None), default=0.0)
        return None if self.pool is None else supply.months(self.days, self.pool)

    def months_of(self, lane: Lane) -> float:
        """The single number of one lane: expected by effort, at even odds by throughput (its mean if not drawn)."""
        drawn = self.futures.by_lane if self.futures and isinstance(lane, ByThroughput) else {}
        return drawn[lane.key].p50 if lane.key in drawn else lane.months

    @cached_property
    def requested_months(self) -> float:
        """What the requests would add to `expected`; 0 where nobody can say."""
        whole = self.committed + self.requested
        more = _longest(self, whole, _lanes(self, whole)) if self.requested else None
        return max(0.0, more - self.expected) if more is not None and self.expected is not None else 0.0

    @cached_property
    def futures(self) -> Futures | None:
        """Ten thousand simulated futures, drawn once; None while the months are unknown."""
        return (
            None if self.expected is None else futures(self.lanes, self.expected, self.backlog.settings.seed)
        )

    @cached_property
    def weeks_of_promises(self) -> tuple[Week, ...]:
        """The recent weeks of which all promises are known."""
        start = self.history.accepting_from
        return tuple(week for week in self.history.recent if start is not None and week.monday >= start)

    @cached_property
    def growth(self) -> Growth | None:
        """How the whole committed work grows.

        None while fewer than 8 weeks of promises are known, and where the past does not speak of what is counted.
        """
        if not self.is_whole or len(self.weeks_of_promises) < LEAST_WEEKS:
            return None
        return growth([week.growth for week in self.weeks_of_promises], seed=self.backlog.settings.seed)


def figures(
    backlog: Backlog,
    today: date,
    *,
    without: frozenset[str] = frozenset(),
    only: frozenset[str] | None = None,
) -> Figures:
    """The figures of the backlog on this day.

    The items with the ids `without`, and all but those with the ids `only`, are left out; the estimates of
    all still say what others take, and the past weeks stay those of the whole backlog.
    """
    classes = reference_classes(backlog.items.values(), backlog.settings)
    left = [item for item in backlog.items.values() if item.is_open and item.id not in without]
    if only is not None:
        left = [item for item in left if item.id in only]
    committed = tuple([(item, effort_of(item, classes)) for item in left if item.is_committed])
    requested = tuple([(item, effort_of(item, classes)) for item in left if item.status == "request"])
    teams = supply.team_supplies(backlog, today)
    days = _days(committed)
    return Figures(
        backlog=backlog,
        today=today,
        committed=committed,
        requested=requested,
        teams=teams,
        pool=supply.pool(backlog, teams),
        classes=classes,
        days=days,
        guess_share=_days(pair for pair in committed if pair[1].guessed) / days if days else 0.0,
        unknown=sum(sized.days is None for _, sized in committed),
        requested_days=_days(requested),
        part=only is not None,
    )


def by_effort(of: Figures) -> Figures:
    """The same by effort alone: the cross-check of a throughput forecast."""
    return replace(of, forced="effort")


def range_of(of: Figures) -> Range | None:
    """The simulated range of the months; None while they are unknown. Costs some tenths of a second, once."""
    return of.futures.range if of.futures else None


def _lanes(of: Figures, load: Load) -> tuple[Lane, ...]:
    by_effort = effort_lanes(load, of.teams, of.pool, read=of.read)
    if of.method == "effort":
        return by_effort
    return throughput_lanes(load, of.history, by_effort, paces=of.paces)


def _longest(of: Figures, load: Load, lanes: tuple[Lane, ...]) -> float | None:
    """By effort nothing can be said without capacity, or where nothing has an effort."""
    if of.method == "effort" and (of.pool is None or (load and all(sized.days is None for _, sized in load))):
        return None
    return max((lane.months for lane in lanes), default=0.0)


def _days(load: Iterable[tuple[Item, Sized]]) -> float:
    return fsum([sized.days for _, sized in load if sized.days])
