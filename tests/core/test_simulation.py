import random
from math import sqrt
from statistics import NormalDist, fmean, stdev

import pytest

from mbl.core.capacity.effort import Effort, parse
from mbl.core.capacity.simulation import Guess, Work, percentile, totals
from mbl.model.settings import Settings

EMAIL, VIDEO = (1.0, 1.0, 2.0, 3.0, 8.0), (5.0, 6.0, 8.0, 8.0, 13.0, 20.0)
WORK = Work(fixed=75, guesses=(Guess(EMAIL, 12), Guess(VIDEO, 4)))
PERCENTILES = (0.15, 0.50, 0.85, 0.95)


def _effort(text: str) -> Effort:
    effort = parse(text, Settings())
    assert effort is not None
    return effort


def _at(found, ps=PERCENTILES):
    return [percentile(found, p) for p in ps]


def test_the_known_case_gives_131_149_172_187():
    assert _at(totals(WORK)) == pytest.approx([131, 149, 172, 187], abs=2)


def test_the_simulation_agrees_with_the_closed_form():
    found = totals(WORK)
    classes = [(EMAIL, 12), (VIDEO, 4)]
    mean = 75 + sum(n * fmean(values) for values, n in classes)
    sd = sqrt(sum(stdev(values) ** 2 * (n + n**2 / len(values)) for values, n in classes))
    normal = NormalDist(mean, sd)
    assert (mean, sd) == pytest.approx((151, 23.61), abs=0.01)
    assert (normal.inv_cdf(0.15), normal.inv_cdf(0.85)) == pytest.approx((126.5, 175.5), abs=0.1)
    # Flat weights on m values vary by (m-1)/(m+1) of that.
    exact = sqrt(
        sum(stdev(values) ** 2 * (n + n**2 / (m := len(values))) * (m - 1) / (m + 1) for values, n in classes)
    )
    assert (fmean(found), stdev(found)) == pytest.approx((mean, exact), rel=0.02)


def _lognormal(n, seed):
    rng = random.Random(seed)
    return tuple(sorted(round(rng.lognormvariate(1.2, 0.8), 1) for _ in range(n)))


@pytest.mark.parametrize("draws", [0, 50, 100, 150])
def test_what_is_not_drawn_is_replaced_within_two_percent(draws):
    ranges = (_effort("2d/4d/12d"),) * 20 + (_effort("1d-9d"),) * 10
    work = Work(
        fixed=150, guesses=(Guess(_lognormal(40, 1), 50), Guess(_lognormal(20, 2), 15)), ranges=ranges
    )
    exact = totals(work, draws=10_000, runs=4_000)
    assert _at(totals(work, draws=draws, runs=4_000)) == pytest.approx(_at(exact), rel=0.02)
    assert exact[0] < exact[-1]


def test_the_largest_groups_are_replaced_first():
    huge, small = Guess(_lognormal(3_000, 3), 5), Guess((1.0, 1.0, 1.0, 1.0, 21.0), 1)
    found = totals(Work(guesses=(huge, small)), draws=20, runs=500)
    assert stdev(found) > 5  # the skewed small class and the five items are still drawn one by one
    assert max(found) - percentile(found, 0.5) > 1.5 * (percentile(found, 0.5) - min(found))


def test_three_points_lie_around_their_mean_and_inside_their_ends():
    found = totals(Work(ranges=(_effort("2d/4d/12d"),)))
    assert fmean(found) == pytest.approx(5, rel=0.02)
    assert 2 <= found[0] < 3
    assert 11 < found[-1] <= 12
    many = totals(Work(ranges=(_effort("2d/4d/12d"),) * 60), runs=2_000)
    assert percentile(many, 0.15) < 300 < percentile(many, 0.85)
    assert stdev(many) == pytest.approx(10 / 6 * sqrt(60), rel=0.15)


def test_a_range_is_drawn_evenly():
    found = totals(Work(ranges=(_effort("2d-8d"),)))
    assert _at(found, PERCENTILES[:3]) == pytest.approx([2.9, 5, 7.1], abs=0.15)
    assert stdev(found) == pytest.approx(6 / sqrt(12), rel=0.03)


@pytest.mark.parametrize("work", [Work(fixed=5.0), Work(fixed=3.0, guesses=(Guess((2.0,) * 5, 1),))])
def test_without_uncertainty_there_is_one_total(work):
    assert totals(work) == (5.0,)


def test_the_seed_decides_every_total():
    assert totals(WORK, seed=7, runs=50) == totals(WORK, seed=7, runs=50)
    assert totals(WORK, seed=7, runs=50) != totals(WORK, seed=8, runs=50)


@pytest.mark.parametrize(
    ("p", "value"), [(0, 10), (0.1, 10), (0.15, 20), (0.5, 50), (0.85, 90), (0.9, 90), (0.91, 100), (1, 100)]
)
def test_a_percentile_is_a_value_that_occurred(p, value):
    assert percentile(range(10, 101, 10), p) == value


def test_a_percentile_is_not_pushed_up_by_rounding():
    assert percentile(range(1, 101), 0.07) == 7  # 0.07 * 100 is 7.000000000000001
