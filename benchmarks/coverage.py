"""Does 85 % mean 85 %? How often work is finished by the day that a forecast called safe.

    python benchmarks/coverage.py [--trials 400] [--runs 10000] [--seed 1]

A team finishes a random number of items each week (negative binomial, mean 3.25). A few weeks of it are the history;
from them the plain bootstrap, which takes these weeks for the exact truth, and the two-level bootstrap of
`mbl.core.capacity.throughput` say by when N items are done. The same team then goes on until they are. Printed is the share
of futures that ended by the P85 and the P95 of each method. It takes some minutes; `--trials 60 --runs 500` takes
seconds, and says less.
"""

import argparse
from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

from mbl.core.capacity.simulation import percentile
from mbl.core.capacity.throughput import when

CASES = ((30, 12), (100, 12), (400, 6), (400, 12))
"""Items that wait, and weeks of history."""

MEAN, SIZE = 3.25, 4
"""Of the negative binomial distribution: its variance is mean + mean² / size = 5.9."""

Forecast = Callable[[Sequence[int], int, int, int], Sequence[float]]


class Coverage(NamedTuple):
    """The share of true futures that were over by the stated P85 and P95."""

    p85: float
    p95: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=400)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    print(f"{'items, weeks':>14}   {'plain P85 / P95':>16}   {'two-level P85 / P95':>20}")
    for items, weeks in CASES:
        found = [
            coverage(method, items, weeks, trials=wanted.trials, runs=wanted.runs, seed=wanted.seed)
            for method in (plain, two_level)
        ]
        told = "   ".join(
            f"{f'{each.p85:.2f} / {each.p95:.2f}':>{width}}"
            for each, width in zip(found, (16, 20), strict=True)
        )
        print(f"{f'{items}, {weeks}':>14}   {told}", flush=True)


def coverage(
    method: Forecast, items: int, weeks: int, *, trials: int = 400, runs: int = 10_000, seed: int = 1
) -> Coverage:
    """How often the truth was in time; every method meets the same histories and the same futures."""
    random, hits = Random(seed).random, [0, 0]
    for trial in range(trials):
        history = [week(random) for _ in range(weeks)]
        took = until(items, random)
        said = method(history, items, runs, seed + trial)
        for at, p in enumerate((0.85, 0.95)):
            hits[at] += took <= percentile(said, p)
    return Coverage(*(hit / trials for hit in hits))


def two_level(history: Sequence[int], items: int, runs: int, seed: int) -> Sequence[float]:
    """What mbl says."""
    return when(history, items, seed=seed, runs=runs)


def plain(history: Sequence[int], items: int, runs: int, seed: int) -> Sequence[float]:
    """What the usual tools say: every past week is equally likely, and nothing else can happen."""
    random, size, found = Random(seed).random, len(history), []
    for _ in range(runs):
        left, took = items, 0
        while left > 0 and took < FOREVER:
            left -= history[int(random() * size)]
            took += 1
        found.append(float(took))
    return sorted(found)


FOREVER = 5_200


def week(random: Callable[[], float]) -> int:
    """The items finished in one week."""
    return bisect(CUMULATED, random())


def until(items: int, random: Callable[[], float]) -> int:
    """The weeks that the same team really takes."""
    took = 0
    while items > 0:
        items -= week(random)
        took += 1
    return took


def chances(mean: float, size: int, most: int = 200) -> Sequence[float]:
    """The negative binomial distribution function, from 0 on."""
    success = size / (size + mean)
    terms = [success**size]
    for number in range(1, most):
        terms.append(terms[-1] * (number + size - 1) / number * (1 - success))
    return list(accumulate(terms))


CUMULATED = chances(MEAN, SIZE)


if __name__ == "__main__":
    main()
