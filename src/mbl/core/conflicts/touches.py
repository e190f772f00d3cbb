"""Who hears from us too often: an audience, with the wider ones it belongs to, in any days that follow each other.

The window slides day by day: five messages from Friday to Tuesday are five in a week, though three and two in the weeks
of the calendar. Refuses nothing; what it cannot place (no days, no audience) is not counted.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from mbl.core.audiences import Tree
from mbl.core.conflicts.runs import Activity, Stretch, teams_of, times_in
from mbl.model.item import Item
from mbl.model.settings import Settings, Touches

LONGEST_WINDOW = 366
"""Days."""


class Collision(NamedTuple):
    """An audience that meets more of us than it should in the days from `first` to `last`. `would`: only with requests."""

    audience: str
    first: date
    last: date
    times: int
    most: int
    items: tuple[Item, ...]
    would: bool = False

    @property
    def teams(self) -> tuple[str, ...]:
        """Who should talk."""
        return teams_of(self.items)

    @property
    def is_across(self) -> bool:
        """Whether no single team can solve it: that is worse."""
        return len(self.teams) > 1

    def meets(self, other: "Collision") -> bool:
        """Whether the days overlap."""
        return self.first <= other.last and other.first <= self.last


Met = tuple[Activity, Stretch]
"""Something that is met, and on which days."""


class Span(NamedTuple):
    """The days that are looked at, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Load:
    """How often each audience meets these activities; made by `load`. Windows are named by their first day (ordinal)."""

    span: Span
    audiences: Tree
    settings: Settings
    activities: Mapping[str, tuple[Activity, ...]]
    _counted: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """Every audience, the wider before the narrower."""
        return tuple(sorted(self.in_order(), key=lambda name: len(self.audiences.ancestors(name))))

    def in_order(self) -> tuple[str, ...]:
        """Every audience in the order of the file, then those that nobody described."""
        return tuple(dict.fromkeys((*self.audiences.above, *sorted(self.activities))))

    def limit(self, audience: str) -> Touches:
        """How often this audience may hear from us."""
        own = (each.touches for each in self.settings.audiences if each.id == audience)
        given = next(filter(None, own), self.settings.touches)
        return Touches(max=max(0, given.max), days=min(max(1, given.days), LONGEST_WINDOW))

    def reaching(self, audience: str) -> tuple[str, ...]:
        """The audience and the wider ones: a message to any of them reaches it."""
        wider = self.audiences.ancestors(audience)
        return (audience, *(each for each in wider if self.audiences.related(audience, each)))

    def windows(self, audience: str) -> tuple[int, list[int]]:
        """The first window, and how often the audience is met in it and in each of those that follow."""
        days = self.limit(audience).days
        columns = [self._of(name, days) for name in self.reaching(audience) if name in self.activities]
        start = self.span.first.toordinal() - days + 1
        empty = [0] * (self.span.last.toordinal() - start + 1)
        return start, list(map(sum, zip(*columns, strict=True))) if columns else empty

    def met(self, audience: str) -> Iterator[Activity]:
        """Everything that reaches the audience."""
        return (each for name in self.reaching(audience) for each in self.activities.get(name, ()))

    def _of(self, name: str, days: int) -> list[int]:
        if (name, days) not in self._counted:
            self._counted[name, days] = _counts(self.activities[name], self.span, days)
        return self._counted[name, days]


def load(settings: Settings, audiences: Tree, activities: Sequence[Activity], *, span: Span) -> Load:
    """The load of these activities on every audience in these days."""
    by_audience: defaultdict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        by_audience[activity.audience].append(activity)
    return Load(span, audiences, settings, {name: tuple(each) for name, each in by_audience.items()})


def collisions(on: Load) -> tuple[Collision, ...]:
    """Every collision, by day: of windows that overlap only the worst, of audiences with the same items the widest."""
    found: list[Collision] = []
    by_items: defaultdict[tuple[str, ...], list[Collision]] = defaultdict(list)
    for audience in on.names():
        for each in _of(on, audience):
            same = by_items[tuple(item.id for item in each.items)]
            wider = on.audiences.ancestors(audience)
            if not any(other.audience in wider and other.meets(each) for other in same):
                found.append(each)
            same.append(each)
    return tuple(sorted(found, key=lambda each: (each.first, -each.is_across, -each.times, each.audience)))


def _counts(activities: Sequence[Activity], span: Span, days: int) -> list[int]:
    """How often they are met in each window that touches the span, by differences: a step up or down where it changes."""
    start = span.first.toordinal() - days + 1
    length = span.last.toordinal() - start + 1
    steps = [0] * (length + 1)
    for activity in activities:
        for first, last, per_week in activity.stretches:
            before = 0
            for shared in range(1, min(days, last - first + 1) + 1):
                times = times_in(per_week, shared)
                if times > before:
                    steps[min(max(first - days + shared - start, 0), length)] += times - before
                    steps[min(max(last - shared + 2 - start, 0), length)] -= times - before
                before = times
    return list(accumulate(steps[:length]))


def _of(on: Load, audience: str) -> Iterator[Collision]:
    """The worst windows of an audience, then the worst of those that do not overlap them, and so on."""
    limit, (start, counts) = on.limit(audience), on.windows(audience)
    over = sorted((-count, start + at) for at, count in enumerate(counts) if count > limit.max)
    days, taken = limit.days, set[int]()
    weeks = _by_week(on.met(audience), on.span, days) if over else {}
    for less, window in over:
        if window in taken:
            continue
        met = _met(weeks, window, days)
        first, busy = window, min(each.first for _, each in met)
        while first < busy and first + 1 not in taken:
            first += 1
        taken.update(range(window - days + 1, first + days))
        if _is_in(on.span, first, max(each.last for _, each in met)):
            items = {activity.item.id: activity.item for activity, _ in met}
            last = date.fromordinal(min(first + days - 1, date.max.toordinal()))
            yield Collision(audience, date.fromordinal(first), last, -less, limit.max, tuple(items.values()))


def _is_in(span: Span, first: int, last: int) -> bool:
    """Whether a window begins in time, and something in it can still be moved."""
    return first <= span.last.toordinal() and last >= span.first.toordinal()


def _by_week(activities: Iterator[Activity], span: Span, days: int) -> dict[int, list[Met]]:
    """What is met in each week (of ordinals), so that a window need not look at everything."""
    begin, end = span.first.toordinal() - days, span.last.toordinal() + days
    weeks: defaultdict[int, list[Met]] = defaultdict(list)
    for activity in activities:
        for stretch in activity.stretches:
            for week in range(max(begin, stretch.first) // 7, min(end, stretch.last) // 7 + 1):
                weeks[week].append((activity, stretch))
    return weeks


def _met(weeks: Mapping[int, Sequence[Met]], window: int, days: int) -> list[Met]:
    """What is met in a window, by the day of the first touch."""
    end = window + days - 1
    near = (each for week in range(window // 7, end // 7 + 1) for each in weeks.get(week, ()))
    inside = {
        (each[0].item.id, each[1]): each for each in near if each[1].first <= end and each[1].last >= window
    }
    return sorted(inside.values(), key=lambda each: (max(each[1].first, window), each[0].item.id))
