"""How far a Guidepoint has come on a day: each outcome from baseline to target, and the work that serves it.

Refuses nothing. What cannot be said (no reading, no effort) is None, never 0.
"""

from dataclasses import dataclass
from datetime import date

from mbl.core.capacity.figures import figures
from mbl.core.capacity.quarter import above_cut
from mbl.core.guidepoints.alignment_score import Score, Served, gap, score
from mbl.core.measures.series import readings, trend, value_of
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.measure import Measure, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeProgress:
    """`progress`: 0 is the baseline, 1 the target; `elapsed`: the share of its time. `served` is None once closed."""

    outcome: Outcome
    served: Served | None
    measure: Measure | None
    reading: Reading | None
    trend: str
    progress: float | None
    elapsed: float

    @property
    def is_behind(self) -> bool:
        return (
            self.served is not None and self.progress is not None and self.progress < min(1.0, self.elapsed)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidepointProgress:
    """`whole` is the score of all committed work, `above` of what stands above the cut line (None: no capacity)."""

    guidepoint: Guidepoint
    is_over: bool
    elapsed: float
    outcomes: tuple[OutcomeProgress, ...]
    whole: Score
    above: Score | None
    gap: float | None


def guidepoint_progress(backlog: Backlog, today: date, guidepoint: Guidepoint) -> GuidepointProgress:
    """The progress of this Guidepoint, whether it is the current one or not."""
    measures = {measure.id: measure for measure in backlog.measures.values()}
    end = last_day(guidepoint, today)
    whole, above = scores(backlog, today, guidepoint)
    return GuidepointProgress(
        guidepoint=guidepoint,
        is_over=guidepoint.to < today or end == guidepoint.closed,
        elapsed=_elapsed(guidepoint.from_, guidepoint.to, end),
        outcomes=tuple(
            _outcome(outcome, guidepoint, end, measure=measures.get(outcome.measure or ""), of=whole)
            for outcome in guidepoint.outcomes
        ),
        whole=whole,
        above=above,
        gap=gap(whole, guidepoint.outcomes),
    )


def scores(backlog: Backlog, today: date, guidepoint: Guidepoint | None) -> tuple[Score, Score | None]:
    """Whom all committed work serves, and whom the part above the cut line (None while no capacity is stated)."""
    outcomes = guidepoint.outcomes if guidepoint else ()
    open_ids = [outcome.id for outcome in outcomes if not _is_closed(outcome, today)]
    of = figures(backlog, today)
    above = above_cut(of)
    return score(of.committed, open_ids), None if above is None else score(above, open_ids)


def share_of_the_way(value: float | None, outcome: Outcome) -> float | None:
    """How much of the way from baseline to target this value is; below 0 it went the wrong way."""
    if value is None or outcome.baseline is None or outcome.target is None:
        return None
    if outcome.baseline == outcome.target:
        return 1.0 if value == outcome.target else None
    return (value - outcome.baseline) / (outcome.target - outcome.baseline)


def last_day(guidepoint: Guidepoint, today: date) -> date:
    """Today, or the day on which the Guidepoint ended: what is read later is no merit of it."""
    return min(today, guidepoint.to, guidepoint.closed or today)


def _outcome(
    outcome: Outcome, guidepoint: Guidepoint, end: date, *, measure: Measure | None, of: Score
) -> OutcomeProgress:
    read = readings(measure, end) if measure else ()
    last = read[-1] if read else None
    return OutcomeProgress(
        outcome=outcome,
        served=of.outcomes.get(outcome.id),
        measure=measure,
        reading=last,
        trend=trend(measure, end) if measure else "",
        progress=share_of_the_way(value_of(last), outcome) if last else None,
        elapsed=_elapsed(guidepoint.from_, outcome.due or guidepoint.to, end),
    )


def _is_closed(outcome: Outcome, today: date) -> bool:
    return outcome.closed is not None and outcome.closed <= today


def _elapsed(first: date, last: date, today: date) -> float:
    if today >= last:
        return 1.0
    return max(0.0, (today - first).days / (last - first).days) if last > first else 0.0
