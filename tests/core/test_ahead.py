from datetime import date
from typing import Any

import pytest
from test_agreed import agreed
from test_plan import OCTOBER, TEN, promised

from build import backlog
from mbl.core.blueprint.agreed import against
from mbl.core.blueprint.plan import planned
from mbl.model.item import Item, Part
from mbl.model.team import Team


def plan(*items: Item, today=OCTOBER, first="2026-12", **fields: Any):
    return planned(backlog(*items, **{"settings": TEN, **fields}), today, first=first)


def early(found):
    return {each.row.item.title: each.month for each in found.early}


def days(found):
    return {each.row.item.title: round(each.days, 2) for each in found.planned}


def test_what_fits_before_the_plan_begins_is_finished_then_and_what_is_begun_goes_on():
    found = plan(promised("b", 8), promised("c", 9), promised("d", 9))
    assert early(found) == {"B": "2026-10", "C": "2026-11"}
    assert days(found) == {"D": 6}


def test_a_plan_from_this_month_on_has_nothing_before_it():
    for first in (None, "2026-10", "2026-09"):
        found = plan(promised("b", 8), first=first)
        assert (found.early, days(found)) == ((), {"B": 8})


def test_what_is_due_comes_first_then_the_list():
    found = plan(promised("b", 15), promised("c", 8, due=date(2026, 10, 30)), first="2026-11")
    assert early(found) == {"C": "2026-10"}
    assert days(found) == {"B": 13}


def test_what_cannot_begin_before_is_whole():
    found = plan(promised("b", 8, earliest="2026-12"), promised("c", 0, earliest="2027-01"), promised("d", 0))
    assert early(found) == {"D": "2026-10"}
    assert days(found) == {"B": 8, "C": 0}


def test_of_the_present_month_only_the_days_from_today_on_are_worked():
    found = plan(promised("b", 8), today=date(2026, 10, 30), first="2026-11")
    assert days(found) == {"B": pytest.approx(8 - 10 / 22, abs=0.01)}


def test_what_waits_begins_after_what_it_waits_for_and_waits_no_longer_once_that_is_done():
    found = plan(promised("b", 9, depends_on=("ccccc",)), promised("c", 9, status="request"), first="2026-11")
    assert early(found) == {"C": "2026-10"}
    assert days(found) == {"B": 8}
    assert [each.notes for each in found.planned] == [()]


def test_each_team_works_for_itself():
    teams = {f"teams/{name}.yaml": Team(people={name: 0.5}) for name in ("copy", "design")}
    parts = (Part(effort="30d", team="design"), Part(effort="2d", team="copy"))
    found = plan(promised("b", parts=parts), teams=teams, first="2026-11")
    (only,) = found.planned
    assert only.days_by_month == {
        "2026-11": {"design": pytest.approx(10.5)},
        "2026-12": {"design": pytest.approx(8.5)},
    }


def test_however_far_ahead_no_day_is_lost():
    found = plan(*(promised(name, 11) for name in "bcdfgh"), first="2027-02")
    assert list(early(found)) == ["B", "C", "D"]
    assert days(found) == {"F": 4, "G": 11, "H": 11}


def test_what_is_finished_before_its_agreed_month_has_moved():
    held = backlog(promised("b", 8), promised("c", 8), settings=TEN)
    found = planned(held, OCTOBER, first="2026-11")
    rows = against(agreed(months=found.months, b="2026-11", c="2026-11"), found, held, OCTOBER)
    assert [(each.title, each.now, each.verdict) for each in rows] == [
        ("B", "2026-10", "moved"),
        ("C", "2026-11", "as-agreed"),
    ]
    alone = against(agreed(months=found.months, c="2026-11"), found, held, OCTOBER)
    assert [each.title for each in alone] == ["C"]
