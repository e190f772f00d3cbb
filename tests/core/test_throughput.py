from bisect import bisect
from math import inf, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.capacity import throughput
from mbl.core.capacity.simulation import percentile
from mbl.core.capacity.throughput import HORIZON, expected_weeks, how_many, when
from pasts import PACE

FOUR = (0.15, 0.50, 0.85, 0.95)


def percentiles(values, of=FOUR):
    return tuple(percentile(values, p) for p in of)


def exact_plain(finished, items, p):
    """The week by which a plain bootstrap is done with probability p: exact, over what is left after each week."""
    left, weeks, done = {items: 1.0}, 0, 0.0
    while done < p - 1e-12:
        after: dict[int, float] = {}
        for number, chance in left.items():
            for week in finished:
                rest = max(0, number - week)
                after[rest] = after.get(rest, 0.0) + chance / len(finished)
        weeks, done = weeks + 1, done + after.pop(0, 0.0)
        left = after
    return weeks


def sampled_plain(finished, items, runs):
    """The usual tool: every past week is equally likely."""
    random, found = Random(1).random, []
    for _ in range(runs):
        left, weeks = items, 0
        while left > 0:
            left, weeks = left - finished[int(random() * len(finished))], weeks + 1
        found.append(weeks)
    return sorted(found)


def slow_two_level(finished, items, seed, runs):
    """The method as it is written down, one week after the other."""
    random, found = Random(seed).random, []
    for _ in range(runs):
        weights = [*sorted(random() for _ in range(len(finished) - 1)), 1.0]
        left, weeks = items, 0
        while left > 0 and weeks < HORIZON:
            left, weeks = left - finished[bisect(weights, random())], weeks + 1
        found.append(weeks if left <= 0 else inf)
    return sorted(found)


@pytest.mark.parametrize(
    ("items", "weeks"),
    [
        (20, (5, 6, 8, 10)),
        (60, (16, 19, 23, 26)),
        (400, (107, 123, 146, 164)),
        (845, (225, 259, 307, 347)),
    ],
)
def test_twelve_weeks_say_when_so_many_items_are_done(items, weeks):
    assert percentiles(when(PACE, items)) == weeks


@pytest.mark.parametrize(
    ("items", "weeks"), [(20, (6, 8, 9)), (60, (19, 21, 23)), (400, (123, 130, 133)), (845, (260, 269, 275))]
)
def test_the_plain_bootstrap_is_narrower_than_what_is_said(items, weeks):
    exact = tuple(exact_plain(PACE, items, p) for p in (0.5, 0.85, 0.95))
    assert exact == weeks
    said = when(PACE, items)
    assert percentile(said, 0.85) - percentile(said, 0.5) >= exact[1] - exact[0]
    assert percentile(said, 0.95) > exact[2]


def test_a_plain_sampler_agrees_with_the_exact_sum():
    drawn = sampled_plain(PACE, 60, 4_000)
    assert percentiles(drawn, (0.5, 0.85, 0.95)) == pytest.approx((19, 21, 23), abs=1)


@pytest.mark.parametrize(("items", "safe"), [(60, 22.3), (400, 144.0), (845, 303.2)])
def test_the_safe_week_is_near_the_one_reckoned_by_hand(items, safe):
    mean, sd = sum(PACE) / 12, 1.765
    weeks = items / mean
    assert weeks * (1 + 1.036 * sd / mean * sqrt(1 / 12 + 1 / weeks)) == pytest.approx(safe, abs=0.05)
    assert percentile(when(PACE, items), 0.85) == pytest.approx(safe, rel=0.04)


def test_thirteen_weeks_bring_at_least_thirty_three_items():
    assert percentiles(how_many(PACE, 13), (0.15, 0.5, 0.85)) == (33, 43, 51)


@given(
    finished=st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any),
    items=st.integers(1, 60),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=40, deadline=None)
def test_many_weeks_at_once_are_the_same_as_one_after_the_other(finished, items, seed):
    assert list(when(finished, items, seed=seed, runs=20)) == slow_two_level(finished, items, seed, 20)


@pytest.mark.parametrize("items", [60, 400, 845])
def test_the_shortcut_for_very_long_lists_says_nearly_the_same(items, monkeypatch):
    exact = percentiles(when(PACE, items))
    monkeypatch.setattr(throughput, "LONGEST", 0)
    assert percentiles(when(PACE, items)) == pytest.approx(exact, rel=0.02, abs=1)


def test_thousands_of_items_are_drawn_by_the_shortcut():
    weeks = percentiles(when(PACE, 3_000))
    assert weeks[1] == pytest.approx(3_000 / 3.25, rel=0.02)
    assert percentiles(when(PACE, 6_000))[1] == pytest.approx(2 * weeks[1], rel=0.02)


@pytest.mark.parametrize(
    ("finished", "items", "weeks"),
    [
        ([], 5, (inf,)),
        ([0], 5, (inf,)),
        ([0, 0, 0, 0], 1, (inf,)),
        ([3, 0], 0, (0.0,)),
        ([4], 9, (3.0,)),
        ([1_000_000], 5, (1.0,)),
    ],
)
def test_the_ends_of_the_scale(finished, items, weeks):
    assert set(when(finished, items, runs=50)) == set(weeks)
    assert expected_weeks(finished, items) in (0.0, inf, items / max(1, sum(finished)))


def test_a_pace_that_never_gets_there_is_infinite_and_ends():
    assert percentile(when([1] + [0] * 25, 5_000, runs=50), 0.5) == inf
    assert percentile(when([1, *[0] * 25], 250, runs=50), 0.95) == inf


def test_nothing_finished_brings_nothing():
    assert how_many([0, 0], 13) == (0,)
    assert how_many([], 13) == (0,)
    assert set(how_many([2], 13, runs=5)) == {26}


def test_the_same_seed_gives_the_same_weeks_and_another_one_nearly_the_same():
    assert when(PACE, 60, seed=3) == when(PACE, 60, seed=3)
    assert percentiles(when(PACE, 60, seed=3)) == pytest.approx(percentiles(when(PACE, 60)), abs=1)
