from dataclasses import replace
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import committed, item
from mbl.core.capacity.effort import Effort, effort_of, known, parse, problem_of, reference_classes
from mbl.model.item import Part
from mbl.model.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5d", 5),
        ("4h", 0.5),
        ("2w", 10),
        ("5", 5),
        ("2.5 d", 2.5),
        ("S", 1),
        ("M", 3),
        ("XL", 20),
        ("m", 3),
        ("0d", 0),
    ],
)
def test_one_number_or_size_is_certain(text, days):
    assert parse(text, SETTINGS) == Effort(days, days, days, days, 0)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2d-8d", (2, 5, 8, 5, 6 / sqrt(12))),
        ("2-8h", (0.25, 0.625, 1, 0.625, 0.75 / sqrt(12))),
        ("3d - 1w", (3, 4, 5, 4, 2 / sqrt(12))),
        ("2d/4d/12d", (2, 4, 12, 5.0, 10 / 6)),
        ("1 / 2 / 3 w", (5, 10, 15, 10, 10 / 6)),
    ],
)
def test_a_range_has_a_mean_and_a_deviation(text, numbers):
    effort = parse(text, SETTINGS)
    assert effort is not None
    assert effort[:5] == pytest.approx(numbers)


def test_hours_follow_the_hours_of_a_day():
    effort = parse("6h", Settings(hours_per_day=6))
    assert effort is not None
    assert effort.mean == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("XXL", "XXL is not a size that mbl.yaml knows (S, M, L, XL). Did you mean XL?"),
        ("huge", "huge is not a size that mbl.yaml knows (S, M, L, XL)."),
        ("8d-2d", "8d-2d runs backwards: write it as low-high, like 2d-8d."),
        ("2d/1d/3d", "2d/1d/3d runs backwards: write it as best/likely/worst, like 2d/4d/12d."),
        ("1-2-3", "1-2-3 is not an estimate: write 5d, 4h, 2w, a size, 2d-8d or 2d/4d/12d."),
        ("1/2", "1/2 is not an estimate: write 5d, 4h, 2w, a size, 2d-8d or 2d/4d/12d."),
        ("-5", "-5 is not an estimate: write 5d, 4h, 2w, a size, 2d-8d or 2d/4d/12d."),
        ("", " is not an estimate: write 5d, 4h, 2w, a size, 2d-8d or 2d/4d/12d."),
    ],
)
def test_an_estimate_without_meaning_is_unknown_and_says_why(text, problem):
    assert parse(text, SETTINGS) is None
    assert problem_of(text, SETTINGS) == problem


def test_a_readable_estimate_has_no_problem():
    assert problem_of("2d-8d", SETTINGS) is None


def test_hours_are_unknown_while_a_day_has_none():
    settings = Settings(hours_per_day=0)
    assert parse("4h", settings) is None
    assert "hours_per_day in mbl.yaml must be more than 0" in (problem_of("4h", settings) or "")


@given(st.lists(st.integers(0, 400), min_size=3, max_size=3).map(sorted))
def test_the_mean_lies_inside_the_estimate(days):
    effort = parse("/".join(f"{day}d" for day in days), SETTINGS)
    assert effort is not None
    assert days[0] <= effort.mean <= days[2] or isclose(effort.mean, days[0]) or isclose(effort.mean, days[2])
    assert (effort.low, effort.likely, effort.high) == tuple(days)


PARTS = (Part(skill="copy", effort="2d"), Part(skill="design", effort="3d"))


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"remaining": "1d", "estimate": "5d", "parts": PARTS}, 1),
        ({"estimate": "8d", "parts": PARTS}, 8),
        ({"estimate": "8d-2d", "parts": PARTS}, 5),
        ({"parts": PARTS}, 5),
        ({"parts": (*PARTS, Part(skill="video"))}, None),
        ({}, None),
    ],
)
def test_what_remains_counts_before_the_estimate_and_the_estimate_before_the_parts(fields, days):
    effort = known(item(**fields), SETTINGS)
    assert (effort.mean if effort else None) == days


def _videos(n):
    return [item(type="video", estimate=f"{days}d", status="done") for days in (5, 8, 13, 8, 20, 6)[:n]]


def test_five_estimates_of_a_type_make_a_class_with_mean_for_sums_and_median_for_one():
    classes = reference_classes(_videos(6), SETTINGS)
    reference = classes.of("Video")
    assert reference is not None
    assert (reference.mean, reference.median, reference.values) == (10, 8, (5, 6, 8, 8, 13, 20))
    assert effort_of(committed(type="video"), classes).days == 10
    assert effort_of(committed(type="video"), classes).guessed


def test_a_small_type_is_guessed_from_all_types():
    emails = [item(type="email", estimate="1d") for _ in range(3)]
    classes = reference_classes([*_videos(4), *emails], SETTINGS)
    assert effort_of(committed(type="email"), classes).days == pytest.approx((5 + 8 + 13 + 8 + 3) / 7)
    assert effort_of(committed(), classes).guessed


def test_fewer_than_five_estimates_leave_the_effort_unknown():
    sized = effort_of(committed(type="video"), reference_classes(_videos(4), SETTINGS))
    assert (sized.days, sized.guessed, sized.estimate) == (None, False, None)


def test_what_remains_is_no_estimate_of_a_class():
    started = [replace(video, remaining="1h") for video in _videos(6)]
    reference = reference_classes(started, SETTINGS).of("video")
    assert reference is not None
    assert reference.mean == 10


def test_a_stated_effort_is_not_guessed():
    sized = effort_of(committed(estimate="2d-8d", type="video"), reference_classes(_videos(6), SETTINGS))
    assert (sized.days, sized.guessed) == (5, False)
