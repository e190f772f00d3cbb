from datetime import date, timedelta
from math import inf
from typing import Any

import pytest

from build import backlog, committed, item
from mbl.core.capacity import forecast
from mbl.core.capacity.figures import by_effort, figures, range_of
from mbl.core.capacity.forecast import (
    Span,
    apart,
    cross_check,
    finish,
    finished_lately,
    next_quarter,
    present_rate,
)
from mbl.core.capacity.lanes import WEEKS_PER_MONTH
from mbl.core.capacity.rows import rows
from mbl.core.capacity.words import headline, month_words
from mbl.model.item import Ended, Item
from mbl.model.settings import Settings
from mbl.model.team import Team
from pasts import MONDAY, PACE, WEEK, before, finished, waiting

TEAMS = {"teams/growth.yaml": Team(people={"ana": 1.0}), "teams/brand.yaml": Team(people={"ben": 1.0})}


def of_past(number, counts=PACE, capacity: float | None = 20, *more: Item, **fields: Any):
    some = backlog(
        *finished(counts), *waiting(number, counts, **fields), *more, settings=Settings(capacity=capacity)
    )
    return figures(some, MONDAY)


def test_sixty_items_from_a_monday_are_done_on_a_monday():
    of = of_past(60)
    assert of.method == "throughput"
    assert finish(of) == (date(2027, 4, 5), date(2027, 5, 3), date(2027, 5, 24))
    assert [value * WEEKS_PER_MONTH for value in range_of(of) or ()] == pytest.approx([16, 19, 23, 26])
    assert of.months == pytest.approx(19 / WEEKS_PER_MONTH)


@pytest.mark.parametrize(
    ("today", "done"),
    [
        ("2026-11-23", "2027-04-05"),
        ("2026-11-24", "2027-04-12"),
        ("2026-11-28", "2027-04-12"),
        ("2026-11-29", "2027-04-12"),
    ],
)
def test_the_finish_is_the_monday_on_or_after_so_many_weeks(today, done):
    some = backlog(*finished(PACE), *waiting(60))
    of = figures(some, date.fromisoformat(today))
    assert finish(of).p50 == date.fromisoformat(done)


@pytest.mark.parametrize(
    ("counts", "method"),
    [
        (PACE, "throughput"),
        ((2, 2, 2, 2, 2, 2, 2, 1), "throughput"),
        ((2, 2, 2, 2, 2, 2, 1, 1), "effort"),
        ((9, 9, 9, 9, 9, 9, 9), "effort"),
        ((0, 0, 0, 0, 0, 0, 0, 15), "throughput"),
        ((0,) * 12, "effort"),
        ((15, *(0,) * 26), "effort"),
        ((), "effort"),
    ],
)
def test_finished_items_are_counted_from_eight_weeks_and_fifteen_items_on(counts, method):
    assert of_past(5, counts).method == method


def test_nobody_needs_estimates_or_capacity_to_count_items():
    of = of_past(60, capacity=None, estimate=None)
    assert (of.unknown, of.pool) == (0, None), "all are guessed from what was done"
    bare = figures(backlog(*finished(PACE, estimate=None), *waiting(60, estimate=None)), MONDAY)
    assert (bare.days, bare.unknown) == (0, 60)
    assert bare.months == pytest.approx(19 / WEEKS_PER_MONTH)
    assert finish(bare).p85 == date(2027, 5, 3)
    assert "no effort is estimated" in headline(bare, range_of(bare))
    assert cross_check(bare) is None


def test_above_thirty_percent_guessed_there_is_a_range_by_throughput_too():
    of = of_past(10, PACE, 20, *waiting(20, estimate=None))
    assert (of.method, of.months, of.guess_share) == ("throughput", None, pytest.approx(2 / 3))
    assert month_words(of, range_of(of)) == "1.8 to 2.8 months"


def test_both_methods_stand_side_by_side():
    of = of_past(60, capacity=60)
    other = cross_check(of)
    assert other is not None
    assert (other.method, other.months) == ("effort", 2.0)
    assert cross_check(by_effort(of)) is None


@pytest.mark.parametrize(
    ("capacity", "ratio"), [(60, 2.12), (30, None), (20, None), (25, None), (10, 0.38), (0.0001, 0.0)]
)
def test_methods_contradict_each_other_from_half_as_much_again(capacity, ratio):
    of = of_past(60, capacity=capacity)
    other = cross_check(of)
    assert other is not None
    found = apart(of, other)
    assert found == (ratio if ratio is None else pytest.approx(ratio, abs=0.03))


def test_without_days_nothing_is_ever_done_whatever_was_finished_once():
    of = of_past(60, capacity=0)
    assert (of.method, of.expected) == ("effort", inf)
    assert finish(of) == (None, None, None)


def of_teams(growth, brand, past_growth=PACE, past_brand=PACE, teams=TEAMS, **fields: Any):
    some = backlog(
        *finished(past_growth, team="growth"),
        *finished(past_brand, team="brand"),
        *waiting(growth, team="growth", **fields),
        *waiting(brand, team="brand", **fields),
        teams=teams,
    )
    return figures(some, MONDAY)


def test_the_team_that_takes_longest_is_the_answer_and_the_pool_stands_beside_it():
    of = of_teams(60, 6)
    assert of.months == pytest.approx(19 / WEEKS_PER_MONTH)
    assert of.pooled_months == pytest.approx(11 / WEEKS_PER_MONTH, abs=0.3)
    by_team = {row.key: (row.months, row.method) for row in rows(of, "team")}
    assert by_team["growth"] == (of.months, "throughput")
    assert by_team["brand"] == (pytest.approx(6 / 3.25 / WEEKS_PER_MONTH), "throughput")


def test_a_team_with_too_few_finished_items_is_taken_by_effort():
    slow = of_teams(10, 10, past_brand=(0,) * 11 + (1,), estimate="20d")
    by_team = {row.key: row for row in rows(slow, "team")}
    assert (by_team["growth"].method, by_team["brand"].method) == ("throughput", "effort")
    assert by_team["brand"].months == pytest.approx(200 / 21.75, abs=0.4)
    assert slow.months == pytest.approx(by_team["brand"].months, rel=0.02)


def test_a_team_without_people_is_never_done_whatever_it_finished_once():
    teams = {**TEAMS, "teams/growth.yaml": Team()}
    of = of_teams(10, 10, teams=teams)
    assert of.expected == inf
    assert {row.key: row.months for row in rows(of, "team")}["growth"] == inf
    assert "never done" in headline(of, range_of(of))


def test_teams_are_told_apart_without_any_team_file():
    of = of_teams(60, 6, teams={})
    assert of.months == pytest.approx(19 / WEEKS_PER_MONTH)
    assert {row.key for row in rows(of, "team")} == {"growth", "brand"}


def test_requests_would_take_as_long_as_they_are_many():
    of = of_past(60, PACE, 20, *(item(estimate="2d", requested=before(PACE)) for _ in range(30)))
    assert of.requested_months == pytest.approx(30 / 3.25 / WEEKS_PER_MONTH, abs=0.01)


def test_the_next_thirteen_weeks_bring_at_least_thirty_three_items():
    assert next_quarter(of_past(60)) == Span(33, 43, 51)
    assert next_quarter(by_effort(of_past(60))) is None


@pytest.mark.parametrize(("days", "counted"), [(0, 1), (90, 1), (91, 0), (-1, 0)])
def test_the_last_three_months_are_thirteen_weeks(days, counted):
    ended = Ended(date=MONDAY - timedelta(days=days))
    assert finished_lately(figures(backlog(item(status="done", ended=ended)), MONDAY)) == counted
    backwards = item(status="done", requested=MONDAY + WEEK, ended=ended)
    assert finished_lately(figures(backlog(backwards), MONDAY)) == 0


def arriving(each, counts=PACE):
    """So many promises newly come in each week."""
    first = before(counts) + timedelta(days=3)
    return [
        committed(accepted=first + week * WEEK, requested=first + week * WEEK, estimate="2d")
        for week in range(len(counts))
        for _ in range(each)
    ]


@pytest.mark.parametrize(
    ("each", "verdict", "phrase"),
    [
        (5, "growing", "and the backlog grows by 1.8 items a week."),
        (0, "shrinking", "and the backlog shrinks by 3.2 items a week."),
        (3, "cannot-tell", "this assumes nothing new is accepted."),
    ],
)
def test_the_sentence_says_how_the_backlog_grows_only_while_it_is_sure(each, verdict, phrase):
    of = of_past(30, PACE, 20, *arriving(each))
    assert of.growth is not None
    assert of.growth.verdict == verdict
    assert headline(of, range_of(of)).endswith(phrase)


def test_at_the_present_rate_a_shrinking_list_is_empty_one_day_and_a_growing_one_never():
    shrinking, growing = of_past(30), of_past(30, PACE, 20, *arriving(5))
    assert present_rate(shrinking, shrinking.growth).middle == pytest.approx(
        30 / 3.25 / WEEKS_PER_MONTH, rel=0.03
    )
    assert present_rate(growing, growing.growth) == (inf, inf, inf)


@pytest.mark.parametrize("counts", [PACE[:7], (), (3,)])
def test_under_eight_weeks_nobody_says_whether_it_grows(counts):
    assert of_past(30, counts).growth is None


def test_without_one_recorded_promise_nobody_says_whether_it_grows():
    some = backlog(*finished(PACE, accepted=None), *waiting(9, accepted=None))
    of = figures(some, MONDAY)
    assert (len(of.history.weeks), of.growth) == (12, None)


def test_part_of_the_list_does_not_grow():
    some = backlog(*finished(PACE), *waiting(9))
    assert figures(some, MONDAY).growth is not None
    assert figures(some, MONDAY, only=frozenset(some.path_of)).growth is None


def test_a_finish_beyond_the_calendar_is_never(monkeypatch):
    of = of_past(60)
    assert forecast.finish_day(of, 1e9) is None
    assert forecast.finish_day(of, inf) is None
    assert forecast.finish_day(by_effort(of), 1e9) is None
