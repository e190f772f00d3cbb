"""A channel's number that got better while a customer's number of the same audience got worse, in the same time.

Proven only where both are shares and the intervals of neither overlap; else it may be chance. Looks at the last
half-year, and there at the days for which both are known. Refuses nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mbl.core.audiences import Tree
from mbl.core.measures.series import interval_of, readings, value_of, value_words, verdict
from mbl.model.measure import Measure, Reading

HALF_A_YEAR = timedelta(weeks=26)


class Move(NamedTuple):
    """A measure from one reading to another."""

    measure: Measure
    first: Reading
    last: Reading

    @property
    def is_sure(self) -> bool:
        """Whether both are shares whose intervals do not overlap."""
        return bool(interval_of(self.first) and interval_of(self.last)) and self.verdict != "cannot tell"

    @property
    def verdict(self) -> str | None:
        return verdict(self.first, self.last, self.measure)

    @property
    def better(self) -> bool | None:
        """Whether the number itself got better; None if it did not move."""
        before, after = value_of(self.first), value_of(self.last)
        if before is None or after is None or before == after:
            return None
        return (after > before) == (self.measure.better == "up")

    @property
    def words(self) -> str:
        """`email-opens got better (25 % → 38.3 %)`."""
        was, now = (value_words(value_of(each), self.measure) for each in (self.first, self.last))
        return f"{self.measure.id} got {'better' if self.better else 'worse'} ({was} → {now})"


class Opposite(NamedTuple):
    """The channel's number that got better, and the customer's that got worse."""

    channel: Move
    customer: Move

    @property
    def proven(self) -> bool:
        return self.channel.is_sure and self.customer.is_sure

    @property
    def words(self) -> str:
        """What happened since when, and how sure that is."""
        since = min(self.channel.first.date, self.customer.first.date)
        audience = self.customer.measure.audience
        whom = f", both about {audience}" if audience and audience == self.channel.measure.audience else ""
        what = f"Opposite directions since {since}{whom}: {self.channel.words}, while {self.customer.words}."
        return f"{what} {self._sureness}"

    @property
    def _sureness(self) -> str:
        if self.proven:
            return "That is more than chance: the 90 % intervals do not overlap."
        unsure = [move.measure.id for move in self if not move.is_sure]
        plain = [move.measure.id for move in self if interval_of(move.last) is None]
        why = "a plain number has no interval" if plain else "the 90 % intervals overlap"
        return f"It may be chance in {' and '.join(plain or unsure)}: {why}."


def opposites(measures: Iterable[Measure], audiences: Tree, today: date) -> Iterator[Opposite]:
    """Every such pair, by the ids of the two; the audiences are the same, or one belongs to the other."""
    known = tuple(measures)
    for channel in (measure for measure in known if measure.scope == "channel"):
        for customer in (measure for measure in known if measure.scope == "customer"):
            if _same_people(channel, customer, audiences):
                moves = moved_together(channel, customer, today)
                if moves and moves[0].better and moves[1].better is False:
                    yield Opposite(*moves)


def moved_together(one: Measure, other: Measure, today: date) -> tuple[Move, Move] | None:
    """Both from the later of their first days to the earlier of their last, by the readings nearest to these days."""
    series = [_recent(measure, today) for measure in (one, other)]
    if not all(series):
        return None
    start, end = max(each[0].date for each in series), min(each[-1].date for each in series)
    ends = [(_nearest(start, each), _nearest(end, each)) for each in series]
    if start >= end or any(first is last for first, last in ends):
        return None
    return Move(one, *ends[0]), Move(other, *ends[1])


def _recent(measure: Measure, today: date) -> tuple[Reading, ...]:
    return tuple(each for each in readings(measure, today) if each.date >= today - HALF_A_YEAR)


def _nearest(day: date, series: Sequence[Reading]) -> Reading:
    return min(series, key=lambda each: abs(each.date - day))


def _same_people(one: Measure, other: Measure, audiences: Tree) -> bool:
    if one.audience is None or other.audience is None:
        return one.audience == other.audience
    return audiences.related(one.audience, other.audience)
