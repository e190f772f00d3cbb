from datetime import date
from math import fsum

import pytest

from build import backlog, leave, team_of_three
from mbl.core.capacity.workdays import (
    Booking,
    coming_month,
    gross,
    known_months,
    months_from,
    net,
    overbooked,
    share_of,
    weekdays,
    working_days,
)
from mbl.model.team import Person, Recurring, Team

BACKLOG = team_of_three()
HOLIDAYS, PEOPLE, GROWTH = BACKLOG.settings, BACKLOG.people, BACKLOG.teams["teams/growth.yaml"]


@pytest.mark.parametrize(
    ("month", "days", "gross_days", "net_days"),
    [("2026-10", 22, 45.6, 30.48), ("2026-11", 21, 48.3, 32.64), ("2026-12", 22, 46.6, 31.28)],
)
def test_a_quarter_of_a_team_of_three(month, days, gross_days, net_days):
    assert working_days(PEOPLE["ben"], month, HOLIDAYS) == days
    assert fsum(gross(GROWTH, month, BACKLOG).values()) == pytest.approx(gross_days)
    assert net(GROWTH, month, BACKLOG) == pytest.approx(net_days)


@pytest.mark.parametrize(
    ("off", "days"),
    [
        ((), 22),
        ((leave("2026-12-24", "2026-12-25"),), 21),
        ((leave("2026-12-25", "2026-12-27"),), 22),
        ((leave("2026-12-07", "2026-12-11", 0.5),), 19.5),
        ((leave("2026-12-07", "2026-12-11"), leave("2026-12-09", "2026-12-14")), 16),
        ((leave("2026-12-07", "2026-12-11", 0.5), leave("2026-12-11", "2026-12-11", 0.5)), 19),
        ((leave("2026-11-01", "2027-02-01"),), 0),
        ((leave("2026-11-01", "2026-11-30"),), 22),
    ],
)
def test_no_day_is_taken_off_twice(off, days):
    assert working_days(Person(holidays="de", leave=off), "2026-12", HOLIDAYS) == days


@pytest.mark.parametrize(("per", "days"), [("week", 1 * 22 / 5), ("month", 1)])
def test_recurring_work_comes_off_the_capacity(per, days):
    team = Team(people={"ana": 1.0}, recurring=(Recurring(title="Newsletter", effort="1d", per=per),))
    assert net(team, "2026-10", backlog()) == pytest.approx(22 - days)


def test_a_team_never_has_less_than_nothing():
    assert net(Team(people={"ana": 0.1}, recurring=GROWTH.recurring), "2026-10", backlog()) == 0


def test_somebody_without_an_entry_has_no_holidays():
    assert gross(Team(people={"zoe": 0.5}), "2026-12", BACKLOG) == {"zoe": 11.5}


@pytest.mark.parametrize(
    ("today", "month"),
    [
        ("2026-10-01", "2026-10"),
        ("2026-10-02", "2026-11"),
        ("2026-12-31", "2027-01"),
        ("9999-12-31", "9999-12"),
    ],
)
def test_work_begins_with_the_coming_month(today, month):
    assert coming_month(date.fromisoformat(today)) == month


def test_months_go_on_over_the_year():
    months = months_from("2026-11")
    assert [next(months) for _ in range(3)] == ["2026-11", "2026-12", "2027-01"]


def test_a_month_has_its_weekdays():
    assert (len(weekdays("2026-02")), weekdays("2026-10")[0]) == (20, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("people", "first", "count"),
    [
        (tuple(PEOPLE.values()), "2026-10", 3),
        ((Person(leave=(leave("2026-11-02", "2026-11-03"),)),), "2026-10", 2),
        ((Person(leave=(leave("2026-10-02", "2029-11-03"),)),), "2026-10", 12),
        ((Person(leave=(leave("2026-08-02", "2026-08-03"),)),), "2026-10", 12),
        ((), "2026-10", 12),
    ],
)
def test_the_known_months_end_with_the_last_leave_or_holiday(people, first, count):
    known = known_months(people, first, HOLIDAYS)
    assert (len(known), known[0]) == (count, first)


def test_somebody_claimed_for_more_than_all_their_time_is_named():
    teams = {
        "teams/growth.yaml": Team(people={"ana": 0.8, "ben": 0.7}),
        "teams/content.yaml": Team(people={"ana": 0.5, "ben": 0.3}),
    }
    assert overbooked(backlog(teams=teams)) == {"ana": Booking(1.3, {"growth": 0.8, "content": 0.5})}


@pytest.mark.parametrize(
    ("text", "share"), [("20%", 0.2), ("20 %", 0.2), ("0.2", 0.2), (".5", 0.5), ("1", 1), ("0%", 0)]
)
def test_a_share_is_typed_as_percent_or_number(text, share):
    assert share_of(text) == share
