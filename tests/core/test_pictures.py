"""The pictures of capacity: every future in a bar, every week in a column, every month end a point."""

from datetime import date, timedelta
from itertools import pairwise
from math import fsum, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, committed, item
from mbl.core.capacity.figures import figures
from mbl.core.capacity.history import History, Week
from mbl.core.capacity.pictures import arrivals, backlog_over_time, finish_histogram
from mbl.core.capacity.pictures_bins import MOST, binned
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item
from mbl.model.settings import Settings
from mbl.model.team import Team

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 16)

weeks = st.lists(st.one_of(st.integers(0, 5_200), st.floats(0, 400), st.just(inf)), min_size=1, max_size=60)


@given(weeks=weeks, day=st.dates(date(1, 1, 1), date(9999, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_future_is_in_one_bar_of_a_dozen(weeks: list[float], day: date) -> None:
    found = binned(weeks, day)
    assert sum(each.futures for each in found) == sum(each < inf for each in weeks)
    assert len(found) <= MOST
    assert all(before.end == after.first for before, after in pairwise(found))
    assert len({each.label for each in found}) == len(found)


LABELS = (
    ((1, 2, 3), ["week of 2026-11-30", "week of 2026-12-07", "week of 2026-12-14"]),
    ((2, 20), ["Dec 2026", "Jan 2027", "Feb 2027", "Mar 2027", "Apr 2027"]),
    ((2, 60), ["Nov-Dec 2026", *(f"{two} 2027" for two in ("Jan-Feb", "Mar-Apr", "May-Jun", "Jul-Aug", "Sep-Oct", "Nov-Dec")), "Jan-Feb 2028"]),
    ((60, 500), [str(year) for year in range(2028, 2037)]),
    ((60, 2_000), [f"{year}-{year + 4}" for year in range(2025, 2066, 5)]),
)  # fmt: skip


@pytest.mark.parametrize(("ends", "labels"), LABELS, ids=lambda value: str(value)[:12])
def test_bars_are_weeks_months_or_years_so_that_a_dozen_is_enough(ends: tuple, labels: list[str]) -> None:
    assert [each.label for each in binned(ends, TODAY)] == labels


def test_a_future_ends_on_the_monday_on_or_after_its_weeks() -> None:
    found = binned([1, 1, 2], MONDAY)
    assert [(each.first, each.futures) for each in found] == [
        (date(2026, 11, 23), 2),
        (date(2026, 11, 30), 1),
    ]
    assert binned([1], TODAY)[0].first == date(2026, 11, 30)


def test_the_percentiles_are_named_beside_their_bars() -> None:
    futures = [1.0] * 50 + [2.0] * 40 + [3.0] * 10
    marks = {"P50": date(2026, 11, 30), "P85": date(2026, 12, 7), "P95": date(2026, 12, 14)}
    picture = finish_histogram(futures, TODAY, marks=marks)
    assert picture
    assert picture.title == "When it is done, in 100 simulated futures"
    assert [(bar.value, bar.text) for bar in picture.bars] == [
        (50, "50 % ← P50 2026-11-30"),
        (40, "40 % ← P85 2026-12-07"),
        (10, "10 % ← P95 2026-12-14"),
    ]


def test_futures_without_end_have_a_bar_of_their_own() -> None:
    picture = finish_histogram([1.0] * 7 + [inf] * 3, TODAY, marks={"P50": date(2026, 11, 30), "P85": None})
    assert picture
    assert [(bar.label, bar.text) for bar in picture.bars] == [
        ("week of 2026-11-30", "70 % ← P50 2026-11-30"),
        ("never", "30 % ← P85"),
    ]


def test_the_shares_of_the_bars_are_all_of_it() -> None:
    picture = finish_histogram(tuple(range(1, 501)), TODAY, marks={})
    assert picture
    assert fsum(bar.value for bar in picture.bars) == 500


def test_no_futures_make_no_picture() -> None:
    assert finish_histogram((), TODAY, marks={"P50": TODAY}) is None


def past(*counts: tuple[int, int], accepting_from: date | None = MONDAY - timedelta(weeks=40)) -> History:
    """Weeks with so many items finished and promised, up to the last one before today."""
    first = MONDAY - timedelta(weeks=len(counts))
    weeks = tuple(
        Week(first + timedelta(weeks=place), finished, arrived, 0)
        for place, (finished, arrived) in enumerate(counts)
    )
    return History(weeks=weeks, by_team={}, accepting_from=accepting_from)


def test_what_came_stands_above_what_was_finished_week_by_week() -> None:
    picture = arrivals(past((1, 3), (0, 2), (2, 1)))
    assert picture
    assert picture.periods == ("2026-10-26", "2026-11-02", "2026-11-09")
    assert [(row.label, row.values, row.text) for row in picture.rows] == [
        ("accepted", (3, 2, 1), "2.0 a week"),
        ("finished", (1, 0, 2), "1.0 a week"),
    ]


def test_a_week_before_anybody_wrote_down_promises_is_unknown_not_empty() -> None:
    picture = arrivals(past((1, 0), (0, 2), (2, 1), accepting_from=date(2026, 11, 2)))
    assert picture
    assert (picture.rows[0].values, picture.rows[0].text) == ((None, 2, 1), "1.5 a week")


def test_where_no_promise_has_a_date_only_what_was_finished_is_drawn() -> None:
    picture = arrivals(past((1, 0), (2, 0), accepting_from=None))
    assert picture
    assert [row.label for row in picture.rows] == ["finished"]
    assert picture.title == "Finished, week by week"


def test_half_a_year_of_weeks_is_drawn_and_a_single_week_is_not() -> None:
    picture = arrivals(past(*[(1, 1)] * 40))
    assert picture
    assert len(picture.periods) == 26
    assert arrivals(past((1, 1))) is None
    assert arrivals(past()) is None


def ended(day: str, **fields: object) -> Item:
    return item(**{"status": "done", "ended": Ended(date=date.fromisoformat(day)), **fields})


def promised(since: str, days: int = 10, **fields: object) -> Item:
    return committed(accepted=date.fromisoformat(since), estimate=f"{days}d", **fields)


def flat(*items: Item, days: float = 10) -> Backlog:
    return backlog(*items, settings=Settings(capacity=days))


def points(of: Backlog, today: date = TODAY) -> dict[str, float]:
    """The months by the day, as drawn."""
    picture = backlog_over_time(figures(of, today))
    return {} if picture is None else {day.isoformat(): value for day, value in picture.series[0].points}


def test_each_month_end_counts_what_was_promised_and_not_ended() -> None:
    items = (
        promised("2026-08-10", 20),
        promised("2026-10-31", 10),
        ended("2026-10-15", accepted=date(2026, 7, 20), estimate="30d"),
        ended("2026-09-30", accepted=date(2026, 9, 1), estimate="40d", status="dropped"),
        ended("2026-10-20", estimate="90d", status="declined"),
        item(requested=date(2026, 7, 1), estimate="90d"),
    )
    assert points(flat(*items)) == {
        "2026-07-31": 3,
        "2026-08-31": 5,
        "2026-09-30": 5,
        "2026-10-31": 3,
        "2026-11-22": 3,
    }


def test_the_last_point_is_the_months_of_today() -> None:
    of = flat(promised("2026-01-15", 33), committed(estimate="8d"), committed(estimate="2d-6d"))
    assert points(of)["2026-11-22"] == pytest.approx(figures(of, TODAY).months)


def test_a_promise_without_a_date_counts_from_its_start_or_request_else_always() -> None:
    of = flat(
        committed(estimate="10d", started=date(2026, 9, 3)),
        committed(estimate="20d", requested=date(2026, 10, 3)),
    )
    assert list(points(of).values()) == [1, 3, 3]
    assert len(points(flat(committed(estimate="10d")))) == 13


def test_the_longest_team_counts_as_in_the_answer() -> None:
    teams = {f"teams/{name}.yaml": Team(people={f"{name}-1": 1.0}) for name in ("brand", "growth")}
    of = backlog(
        promised("2026-10-01", 60, team="brand"), promised("2026-11-01", 30, team="growth"), teams=teams
    )
    found = points(of)
    assert found["2026-10-31"] == found["2026-11-22"] == pytest.approx(figures(of, TODAY).expected)


def test_by_throughput_an_item_is_worth_what_it_takes_today() -> None:
    day = MONDAY - timedelta(weeks=20)
    done = [
        ended((day + timedelta(weeks=place)).isoformat(), accepted=day, requested=day) for place in range(20)
    ]
    of = backlog(*done, *(committed(accepted=date(2026, 11, 20)) for _ in range(5)))
    result = figures(of, TODAY)
    assert result.method == "throughput"
    found = points(of)
    assert found["2026-11-22"] == pytest.approx(result.months or result.expected)
    open_in_october = sum(each.ended.date > date(2026, 10, 31) for each in done if each.ended)
    assert found["2026-10-31"] == pytest.approx(found["2026-11-22"] * open_in_october / 5)


@pytest.mark.parametrize(
    "of",
    [
        flat(),
        flat(promised("2026-11-20")),
        flat(promised("2026-05-01"), days=0),
        backlog(promised("2026-05-01")),
        flat(committed(accepted=date(2026, 5, 1))),
    ],
    ids=["nothing promised", "promised this month", "no days left", "no capacity", "unknown effort"],
)
def test_where_nothing_can_be_compared_nothing_is_drawn(of: Backlog) -> None:
    assert points(of) == {}
