import pytest

from mbl.core.capacity.growth import growth, weeks_left
from pasts import PACE

ARRIVED = (4, 6, 3, 5, 2, 7, 4, 3, 6, 5, 4, 5)
DROPPED = (0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0)
GROWING = [came - done - gone for came, done, gone in zip(ARRIVED, PACE, DROPPED, strict=True)]
UNSURE = [1, -2, 0, 1, -1, 2, -3, 0, 1, -1, 0, -1]


@pytest.mark.parametrize(
    ("changes", "per_week", "probability", "interval", "verdict"),
    [
        (GROWING, 0.917, 0.988, (0.27, 1.60), "growing"),
        (UNSURE, -0.25, 0.258, (-0.88, 0.34), "cannot-tell"),
        ([-change for change in GROWING], -0.917, 0.012, (-1.60, -0.27), "shrinking"),
    ],
)
def test_the_past_weeks_say_whether_it_grows(changes, per_week, probability, interval, verdict):
    found = growth(changes)
    assert found.per_week == pytest.approx(per_week, abs=0.0005)
    assert found.probability == pytest.approx(probability, abs=0.001)
    assert (found.p5, found.p95) == pytest.approx(interval, abs=0.01)
    assert found.verdict == verdict


def test_the_answer_is_near_that_of_students_t():
    stats = pytest.importorskip("scipy.stats")
    chance = 1 - stats.ttest_1samp(UNSURE, 0, alternative="greater").pvalue
    assert chance == pytest.approx(0.277, abs=0.001)
    assert growth(UNSURE).probability == pytest.approx(chance, abs=0.03)


@pytest.mark.parametrize(
    ("changes", "probability", "verdict"),
    [
        ([0] * 12, 0.5, "cannot-tell"),
        ([1] * 8, 1.0, "growing"),
        ([-2] * 8, 0.0, "shrinking"),
        ([3], 1.0, "growing"),
    ],
)
def test_weeks_that_are_all_alike_leave_no_doubt_and_standing_still_is_neither(changes, probability, verdict):
    found = growth(changes)
    assert (found.probability, found.verdict) == (probability, verdict)
    assert found.p5 == found.p95 == changes[0]


@pytest.mark.parametrize(
    ("items", "change", "weeks"), [(40, -0.5, 80), (40, 0, float("inf")), (40, 1, float("inf")), (0, -1, 0)]
)
def test_only_what_shrinks_is_empty_one_day(items, change, weeks):
    assert weeks_left(items, change) == weeks
