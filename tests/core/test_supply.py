from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import backlog, team_of_three
from mbl.core.capacity.supply import Supply, finish, months, person_supplies, pool, team_supplies, together
from mbl.model.settings import Settings
from mbl.model.team import Team

OCTOBER = date(2026, 10, 1)
QUARTER = Supply((30.48, 32.64, 31.28), 94.40 / 3)
FLAT = Supply((), 31.467)


@pytest.mark.parametrize(
    ("days", "supply", "expected"),
    [
        (151, QUARTER, 4.80),
        (1_888, QUARTER, 60.0),
        (1_888, FLAT, 60.0),
        (1_888 * 0.45, FLAT, 27.0),
        (0, QUARTER, 0),
        (30.48, QUARTER, 1),
        (15.24, QUARTER, 0.5),
        (10, Supply((0.0, 20.0), 10.0), 1.5),
        (0, Supply((0.0, 0.0), 0.0), 0),
        (1, Supply((0.0, 0.0), 0.0), inf),
        (1, Supply((), 0.0), inf),
    ],
)
def test_months_are_walked_whole_and_the_last_in_part(days, supply, expected):
    assert months(days, supply) == pytest.approx(expected, abs=0.005)


efforts = st.floats(0, 5_000)


@given(efforts, efforts, st.lists(st.floats(0, 50), max_size=12), st.floats(0.1, 50))
def test_more_work_never_takes_less_time(a, b, known, later):
    supply = Supply(tuple(known), later)
    assert months(min(a, b), supply) <= months(max(a, b), supply) + 1e-9


def test_the_months_after_the_known_ones_are_their_mean():
    supply = team_supplies(team_of_three(), OCTOBER)["growth"]
    assert supply.known == pytest.approx((30.48, 32.64, 31.28))
    assert sum(supply.known) == pytest.approx(94.40)
    assert supply.later == pytest.approx(31.467, abs=0.001)


def test_people_share_the_net_days_of_their_teams_by_gross_days():
    people = person_supplies(team_of_three(), OCTOBER)
    assert people["ana"].known[0] == pytest.approx(30.48 * 17 / 45.6)
    assert sum(person.later for person in people.values()) == pytest.approx(31.467, abs=0.001)


def test_the_pool_is_all_teams_together_month_by_month():
    assert together([Supply((10.0,), 20.0), Supply((1.0, 2.0), 3.0)]) == Supply((11.0, 22.0), 23.0)


@pytest.mark.parametrize(
    ("teams", "capacity", "expected"),
    [
        ({}, 31.467, FLAT),
        ({}, None, None),
        ({}, 0, Supply((), 0.0)),
        ({"teams/growth.yaml": Team(serves=("cto",))}, 31.467, FLAT),
    ],
)
def test_the_flat_capacity_holds_while_no_team_has_people(teams, capacity, expected):
    some = backlog(settings=Settings(capacity=capacity), teams=teams)
    assert pool(some, team_supplies(some, OCTOBER)) == expected


def test_a_team_with_people_replaces_the_flat_capacity():
    some = backlog(settings=Settings(capacity=5), teams={"teams/growth.yaml": Team(people={"ana": 1.0})})
    supply = pool(some, team_supplies(some, OCTOBER))
    assert supply is not None
    assert supply.known[0] == 22


@pytest.mark.parametrize(
    ("months_left", "day"), [(0, date(2026, 10, 1)), (12, date(2027, 10, 1)), (inf, None), (1e6, None)]
)
def test_the_finish_is_so_many_average_months_from_today(months_left, day):
    assert finish(OCTOBER, months_left) == day
