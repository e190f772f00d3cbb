"""Does looking every day fool anyone? How often the verdicts of mbl stop a campaign, and how often wrongly.

    python benchmarks/operating.py

Every campaign that can happen is followed, with its probability: no random numbers, so each run prints the same. The
verdict is asked of mbl itself after every single try (of a count: every day), and advice to stop is always followed.
Beside it stand two rules of thumb. `stated` was worked out
beforehand by another program; exit code 1 if a figure is off.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp, factorial

from mbl.core.campaigns.state import state
from mbl.core.probability import binomial_tail
from mbl.model.campaign import Campaign, SuccessCriterion

START = date(2026, 11, 2)
TRIES, TARGET, NEED = 100, "10%", 10
DAYS, COUNT = 28, 5
FIRST_NAIVE = 10
TOLERANCE = 0.0006
"""Figures are stated to a tenth of a percent."""

Stops = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a rule does to all campaigns of one true rate, as shares of them; `used` is the mean number of tries."""

    stopped: float
    wrongly: float
    used: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was stated and what comes out."""

    what: str
    stated: float
    found: float
    tolerance: float = TOLERANCE

    @property
    def is_off(self) -> bool:
        return abs(self.stated - self.found) > self.tolerance


STATED = {
    0.03: (0.998, 0.000, 41, None),
    0.05: (0.958, 0.004, 53, (0.875, 0.012)),
    0.10: (0.427, 0.043, 85, (0.509, 0.198)),
    0.15: (0.065, 0.024, 98, (0.263, 0.229)),
}
"""True rate: stopped, of these wrongly, mean tries; the rule "stop below half the target" beside it."""
STATED_SUCCESS = {0.03: (0.30, 0.006), 0.05: (0.498, TOLERANCE)}
"""True rate: how often the rule "success as soon as 10 % is reached" sees one, and how exactly that is stated."""
STATED_COUNTS = {0.3: (0.95, None), 0.5: (0.81, None), 1.0: (0.35, 0.021), 1.5: (0.099, 0.016)}
"""Pace against the one that is needed: stopped, of these wrongly."""


def main() -> None:
    """Print stated beside found; exit code 1 if a figure is off."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    off = 0
    for figure in figures():
        print(f"{figure.what:66} stated {shown(figure.stated):>7}  found {shown(figure.found):>7}", end="")
        print("  OFF" if figure.is_off else "")
        off += figure.is_off
    sys.exit(1 if off else 0)


def figures() -> Iterator[Figure]:
    """Every figure, the rates first."""
    for rate in STATED:
        yield from rate_figures(rate)
    for pace in STATED_COUNTS:
        yield from count_figures(pace)


def rate_figures(rate: float) -> Iterator[Figure]:
    """The figures of one true rate."""
    stopped, wrongly, used, naive = STATED[rate]
    name, found = f"{rate:.0%} true rate", rates(rate, mbl_stops)
    yield Figure(f"{name}, mbl: told to stop", stopped, found.stopped)
    yield Figure(f"{name}, mbl: told to stop, would have met the target", wrongly, found.wrongly)
    yield Figure(f"{name}, mbl: mean tries used (of {TRIES})", used, found.used, 0.5)
    if naive:
        found = rates(rate, half_stops)
        yield Figure(f"{name}, stop below half the target: stopped", naive[0], found.stopped)
        yield Figure(f"{name}, stop below half the target: would have met it", naive[1], found.wrongly)
    if rate in STATED_SUCCESS:
        success, tolerance = STATED_SUCCESS[rate]
        found = rates(rate, naive_success)
        yield Figure(f"{name}, success as soon as 10 %: called one", success, found.stopped, tolerance)


def count_figures(pace: float) -> Iterator[Figure]:
    """The figures of a count that comes at so many times the needed pace."""
    stopped, wrongly = STATED_COUNTS[pace]
    name, found = f"{pace} x the pace of a count", counts(pace)
    yield Figure(f"{name}, mbl: told to stop", stopped, found.stopped, 0.006)
    if wrongly is not None:
        yield Figure(f"{name}, mbl: told to stop, would have met it", wrongly, found.wrongly)


def rates(rate: float, stops: Stops, *, tries: int = TRIES) -> Followed:
    """Follow every campaign of this true rate, looking after every try but the last."""
    going = {0: 1.0}
    stopped = wrongly = used = 0.0
    for n in range(1, tries + 1):
        going = one_more(going, rate)
        for k in [k for k in going if n < tries and stops(k, n)]:
            share = going.pop(k)
            stopped += share
            wrongly += share * binomial_tail(tries - n, rate, least=NEED - k)
            used += share * n
    return Followed(stopped, wrongly, used + tries * sum(going.values()))


def counts(pace: float) -> Followed:
    """Follow every campaign whose events come at so many times the needed pace, looking every day but the last."""
    daily = pace * COUNT / DAYS
    going = {0: 1.0}
    stopped = wrongly = used = 0.0
    for day in range(1, DAYS + 1):
        going = one_day_more(going, daily)
        for x in [x for x in going if day < DAYS and mbl_stops_count(x, day)]:
            share = going.pop(x)
            stopped += share
            wrongly += share * (1 - sum(poisson(daily * (DAYS - day), more) for more in range(COUNT - x)))
            used += share * day
    return Followed(stopped, wrongly, used + DAYS * sum(going.values()))


def one_more(going: dict[int, float], rate: float) -> dict[int, float]:
    """The campaigns after one more try."""
    after: defaultdict[int, float] = defaultdict(float)
    for k, share in going.items():
        after[k] += share * (1 - rate)
        after[k + 1] += share * rate
    return dict(after)


def one_day_more(going: dict[int, float], daily: float) -> dict[int, float]:
    """The campaigns after one more day; whoever has what is needed stays there."""
    after: defaultdict[int, float] = defaultdict(float)
    for x, share in going.items():
        left = share
        for more in range(COUNT - x):
            came = share * poisson(daily, more)
            after[x + more] += came
            left -= came
        after[max(x, COUNT)] += left
    return dict(after)


def poisson(mean: float, x: int) -> float:
    """The probability of x events where `mean` are expected."""
    return exp(-mean) * mean**x / factorial(x)


@cache
def mbl_stops(k: int, n: int) -> bool:
    """Whether mbl says to stop after k of n."""
    criterion = SuccessCriterion(
        id="rate", kind="rate", is_="accepted", of="invites", at_least=TARGET, planned=TRIES
    )
    return verdict(criterion, START, invites=n, accepted=k) == "abort"


@cache
def mbl_stops_count(x: int, day: int) -> bool:
    """Whether mbl says to stop after x events on this day."""
    criterion = SuccessCriterion(id="count", kind="count", is_="meetings", at_least=str(COUNT))
    return verdict(criterion, START + timedelta(days=day - 1), meetings=x) == "abort"


def half_stops(k: int, n: int) -> bool:
    """A rule of thumb: stop once less than half the target was reached."""
    return n >= FIRST_NAIVE and 2 * TRIES * k < NEED * n


def naive_success(k: int, n: int) -> bool:
    """Another one: a success as soon as the target is reached."""
    return n >= FIRST_NAIVE and TRIES * k >= NEED * n


def verdict(criterion: SuccessCriterion, day: date, **counters: int) -> str:
    """What mbl says of a campaign with this criterion and these counts."""
    campaign = Campaign(
        id="k7f3x", title="A test", hypothesis="It works", start=START,
        deadline=START + timedelta(days=DAYS - 1), success_criteria=(criterion,),
        readings=({"date": day, **counters},),
    )  # fmt: skip
    return state(campaign, day).verdict


def shown(figure: float) -> str:
    """`95.8 %`, `41.3`."""
    return f"{figure:.1f}" if figure > 1 else f"{figure:.1%}".replace("%", " %")


if __name__ == "__main__":
    main()
