"""What the readings of a campaign say of each criterion on one day.

Refuses nothing: a reading that cannot be (a wrong date, a count below 0 or above a billion) is passed over, and what
cannot be judged is not `is_known`. Counters are cumulative, and each stands at its latest reading; what was tried after
the successes were last read has not failed yet. Days are whole ones: a reading on the first day is one day into the
campaign. A criterion is read until the deadline and its own window are over; from the deadline on nothing more is
sent, and what was sent takes the place of the plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from operator import itemgetter
from typing import Any

from mbl.core.campaigns.counts import MOST
from mbl.core.campaigns.judged import Kind
from mbl.core.campaigns.thresholds import count_of, least_days, least_tries, needed, share_of
from mbl.model.campaign import Campaign, SuccessCriterion

Readings = Sequence[tuple[date, Mapping[str, Any]]]
"""The readings that count, the oldest first."""

_LONGEST = 36_500


@dataclass(slots=True, kw_only=True)
class Tally:
    """One criterion in numbers: k of n, `failures` that will not become successes, `planned` tries in all.

    `share` is the threshold of a rate, `need` its number (of a guard the most that may happen), `least` what must be
    known before it can be told from luck: tries, or days of a count. `elapsed` of `days` had passed at `read`.
    `fed_by` is the place of the rate whose successes are the tries of this count. `is_sent`: no more tries come;
    `is_over`: nothing more counts; `is_known`: there is something to judge; `told`: the day on which k was read.
    None is unknown.
    """

    criterion: SuccessCriterion
    kind: Kind
    share: Fraction | None
    fed_by: int | None
    days: int
    is_over: bool
    is_known: bool = False
    k: int | None = None
    n: int | None = None
    failures: int | None = None
    planned: int | None = None
    is_guess: bool = False
    is_sent: bool = False
    need: int | None = None
    least: int | None = None
    read: date | None = None
    told: date | None = None
    elapsed: int = 0

    @property
    def answered(self) -> int:
        """The tries of which is known what became of them."""
        return (self.k or 0) + (self.failures or 0)

    @property
    def open_tries(self) -> int:
        """The tries that may still succeed: not made yet, or not answered yet."""
        return (self.planned or 0) - self.answered

    @property
    def is_planned(self) -> bool:
        return (self.criterion.planned or 0) > 0

    @property
    def is_enough(self) -> bool:
        """Whether so many were tried that the end tells something; all that was planned is."""
        least, planned = self.least or 0, self.criterion.planned or 0
        return (self.n or 0) >= (min(least, planned) if self.is_planned else least)


def tallies(campaign: Campaign, readings: Readings, today: date) -> tuple[Tally, ...]:
    """Every criterion as far as it was read by this day, from `readings_until` it."""
    criteria = campaign.success_criteria
    return tuple(_tally(each, feeder(each, criteria), campaign, readings, today) for each in criteria)


def feeder(criterion: SuccessCriterion, criteria: Sequence[SuccessCriterion]) -> int | None:
    """The place of the rate whose successes this count is drawn from."""
    if criterion.kind != "count" or not criterion.at_least or not criterion.of:
        return None
    rates = (
        at
        for at, other in enumerate(criteria)
        if other.kind == "rate" and other.at_least and other.is_ == criterion.of and other.of != other.is_
    )
    return next(rates, None)


def readings_until(campaign: Campaign, today: date) -> Readings:
    """The readings from the start to this day; of two on one day the later in the file counts."""
    start = campaign.start
    known = [
        (day, each)
        for each in campaign.readings
        if isinstance(day := each.get("date"), date) and start <= day <= today
    ]
    known.sort(key=itemgetter(0))
    return known


def count_on(readings: Readings, counter: str | None, until: date) -> tuple[date, int] | None:
    """The latest reading of a counter by this day, and its day."""
    for day, reading in reversed(readings):
        if day <= until and (value := count_in(reading, counter)) is not None:
            return (day, value)
    return None


def count_in(reading: Mapping[str, Any], counter: str | None) -> int | None:
    """What a counter stands at in this reading; None if that is no count."""
    value = reading.get(counter) if counter else None
    return value if type(value) is int and 0 <= value <= MOST else None


def closes(deadline: date, criterion: SuccessCriterion) -> date:
    """The last day on which a success of this criterion counts."""
    return shifted(deadline, window(criterion) or 0)


def window(criterion: SuccessCriterion) -> int | None:
    """How many days a success may take; None if nobody said."""
    days = criterion.window_days
    return None if days is None else min(max(0, days), _LONGEST)


def shifted(day: date, days: int) -> date:
    """So many days later; the calendar's ends stay its ends."""
    return date.fromordinal(min(max(1, day.toordinal() + days), date.max.toordinal()))


def days_from(first: date, last: date) -> int:
    """How many days these are, both counted; at least one."""
    return max(1, (last - first) // timedelta(days=1) + 1)


def _tally(
    criterion: SuccessCriterion, fed_by: int | None, campaign: Campaign, readings: Readings, today: date
) -> Tally:
    until = closes(campaign.deadline, criterion)
    is_rate = criterion.kind == "rate"
    made = Tally(
        criterion=criterion,
        kind="guard" if not criterion.at_least else "rate" if is_rate else "count",
        share=share_of(criterion) if is_rate else None,
        fed_by=fed_by,
        days=days_from(campaign.start, campaign.deadline if is_rate else until),
        is_over=today > until,
    )
    successes, tries = count_on(readings, criterion.is_, until), count_on(readings, criterion.of, until)
    days = [found[0] for found in (successes, tries if is_rate or fed_by is not None else None) if found]
    if days:
        made.read = max(days)
        made.elapsed = days_from(campaign.start, made.read)
    made.k, made.n = successes and successes[1], tries and tries[1]
    made.told = successes and successes[0]
    if is_rate:
        _weigh_rate(made, campaign, readings)
    elif fed_by is not None:
        _weigh_chained(made, readings)
    else:
        _weigh_count(made)
    return made


def _weigh_rate(of: Tally, campaign: Campaign, readings: Readings) -> None:
    if of.share is None or of.criterion.of == of.criterion.is_:
        return
    of.least = least_tries(of.share)
    plan = min(max(0, of.criterion.planned or 0), MOST)
    of.need = needed(of.criterion, of.share, plan) if plan else None
    if not of.n or of.k is None or of.k > of.n or of.read is None:
        return
    of.is_sent = of.is_over or of.read >= campaign.deadline
    of.is_guess = not plan and not of.is_sent
    paced = -(-of.n * of.days // of.elapsed) if of.is_guess else plan
    of.planned = of.n if of.is_sent else max(of.n, paced)
    of.need = needed(of.criterion, of.share, of.planned)
    of.failures = _failures(of, readings, without_window=_tried(of, readings) - of.k)
    of.is_known = True


def _weigh_chained(of: Tally, readings: Readings) -> None:
    of.need = count_of(of.criterion)
    if of.need is not None and of.k is not None and of.n is not None and of.k <= of.n:
        of.planned, of.failures = of.n, _failures(of, readings, without_window=0)
        of.is_known = True


def _weigh_count(of: Tally) -> None:
    of.n, of.need = None, count_of(of.criterion)
    of.least = least_days(of.need, of.days) if of.need is not None else None
    of.is_known = of.need is not None and of.k is not None


def _failures(of: Tally, readings: Readings, *, without_window: int) -> int:
    """The tries whose window was over without a success when the successes were last read."""
    k, n, days = of.k or 0, of.n or 0, window(of.criterion)
    if of.is_over or of.told is None:
        return n - k
    if days is None:
        return max(0, without_window)
    sent = count_on(readings, of.criterion.of, shifted(of.told, -days))
    return max(0, min(n, sent[1] if sent else 0) - k)


def _tried(of: Tally, readings: Readings) -> int:
    """The tries made when the successes were last read; as many as now where nobody read them by then."""
    made = count_on(readings, of.criterion.of, of.told) if of.told else None
    return made[1] if made else of.n or 0
