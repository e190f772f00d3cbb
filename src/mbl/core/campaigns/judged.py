"""What can be said of a running campaign: of each criterion, and of the whole. Shapes only, nothing is computed here."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbl.model.campaign import Campaign, SuccessCriterion

Verdict = Literal["no-data", "too-early", "on-track", "at-risk", "abort", "met", "missed", "inconclusive"]
Phase = Literal["planned", "running", "due", "decided"]
Kind = Literal["rate", "guard", "count"]

ENDED: frozenset[Verdict] = frozenset({"abort", "met", "missed", "inconclusive"})
"""The verdicts that ask for a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One criterion: k successes of n tries, `need` by the end (of a guard rail: the most that may happen).

    `failures` are those that are known to be none; `chained`: its tries are the successes of another criterion;
    `true_rate` is the probability that the rate behind the numbers keeps the threshold; `least` the tries
    (of a count the days) before which it is too early to tell; `elapsed` of `days` had passed at the last reading.
    """

    criterion: SuccessCriterion
    kind: Kind
    k: int | None
    n: int | None
    planned: int | None
    planned_is_guess: bool
    need: int | None
    failures: int | None
    chained: bool
    probability: float | None
    interval: tuple[float, float] | None
    true_rate: float | None
    verdict: Verdict
    least: int | None
    elapsed: int | None = None
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The campaign on a day, `today`. `probability` is that of keeping every criterion.

    `read` is the last reading that counts, `closes` the last day on which a success still counts (deadline and
    window); `pace` is the progress so far over that of a straight line; `overdue_days` is 0 unless a decision is due.
    """

    campaign: Campaign
    today: date
    phase: Phase
    verdict: Verdict
    probability: float | None
    judged: tuple[Judged, ...]
    first: date
    read: date | None
    closes: date
    next_look: date | None
    days_left: int
    pace: float | None
    advice: str
    overdue_days: int
