from datetime import date

import pytest

from build import backlog, team_of_three
from mbl.core.blueprint.horizon import due_in, horizon, month_capacity, release_in
from mbl.errors import MblError
from mbl.model.guidepoint import Guidepoint
from mbl.model.settings import Settings
from mbl.model.team import Person, Team

QUARTER = ("2026-10", "2026-11", "2026-12")
OCTOBER = date(2026, 10, 1)


def _guided(first, last):
    dates = {"from_": date.fromisoformat(first), "to": date.fromisoformat(last)}
    return backlog(guidepoints={"guidepoints/now.yaml": Guidepoint(statement="More demos", **dates)})


@pytest.mark.parametrize(
    ("held", "today", "first", "months"),
    [
        (backlog(), "2026-11-22", None, ("2026-11", "2026-12", "2027-01")),
        (_guided("2026-10-01", "2026-12-31"), "2026-11-22", None, QUARTER),
        (_guided("2026-10-01", "2026-12-31"), "2027-02-01", None, ("2027-02", "2027-03", "2027-04")),
        (_guided("2026-07-01", "2026-12-31"), "2026-11-22", None, ("2026-11", "2026-12", "2027-01")),
        (_guided("2026-10-01", "2026-12-31"), "2026-11-22", "2027-01", ("2027-01", "2027-02", "2027-03")),
    ],
)
def test_the_months_begin_where_asked_else_with_the_guidepoint_else_now(held, today, first, months):
    assert horizon(held, date.fromisoformat(today), first=first) == months


@pytest.mark.parametrize("today", ["2026-08-15", "2026-09-30", "2026-10-01"])
def test_capacity_is_the_net_days_of_each_team_and_of_all(today):
    capacity = month_capacity(team_of_three(), date.fromisoformat(today), months=QUARTER)
    assert capacity["growth"] == pytest.approx((30.48, 32.64, 31.28))
    assert capacity[None] == capacity["growth"]


def test_months_that_are_over_have_nothing_left_and_the_present_one_its_weekdays_to_come():
    capacity = month_capacity(team_of_three(), date(2026, 11, 16), months=QUARTER)
    assert capacity["growth"] == pytest.approx((0, 32.64 * 11 / 21, 31.28))
    flat = month_capacity(backlog(settings=Settings(capacity=42)), date(2026, 11, 28), months=QUARTER)
    assert flat == {None: pytest.approx((0, 2, 42))}


def test_beyond_the_known_leave_a_month_has_the_mean():
    capacity = month_capacity(team_of_three(), OCTOBER, months=("2026-12", "2027-01", "2027-02"))
    assert capacity["growth"] == pytest.approx((31.28, 94.40 / 3, 94.40 / 3))


def test_all_together_are_the_teams_in_sum():
    teams = {f"teams/{name}.yaml": Team(people={name: share}) for name, share in (("a", 1.0), ("b", 0.5))}
    capacity = month_capacity(
        backlog(teams=teams, people={"a": Person(), "b": Person()}), OCTOBER, months=QUARTER
    )
    assert capacity == {"a": (22, 21, 23), "b": (11, 10.5, 11.5), None: (33, 31.5, 34.5)}


def test_without_a_stated_capacity_nobody_can_say():
    with pytest.raises(MblError, match="none is stated") as caught:
        month_capacity(backlog(), OCTOBER, months=QUARTER)
    assert "capacity in mbl.yaml" in caught.value.hint


@pytest.mark.parametrize(
    ("earliest", "today", "month"),
    [
        (None, "2026-10-01", 0),
        ("2026-07", "2026-10-01", 0),
        ("2026-11", "2026-10-01", 1),
        ("2027-01", "2026-10-01", 3),
        ("2026-10", "2026-11-22", 1),
        ("2026-12", "2026-11-22", 2),
    ],
)
def test_work_begins_no_earlier_than_asked_and_not_in_the_past(earliest, today, month):
    assert release_in(QUARTER, earliest, date.fromisoformat(today)) == month


@pytest.mark.parametrize(
    ("due", "today", "month"),
    [
        (None, "2026-10-01", None),
        ("2027-01-01", "2026-10-01", None),
        ("2026-12-31", "2026-10-01", 2),
        ("2026-10-01", "2026-10-01", 0),
        ("2026-08-31", "2026-10-01", 0),
        ("2026-10-31", "2026-11-22", 1),
        ("2026-10-31", "2027-01-10", 2),
    ],
)
def test_what_is_overdue_is_due_in_the_first_month_left(due, today, month):
    assert due_in(QUARTER, due and date.fromisoformat(due), date.fromisoformat(today)) == month
