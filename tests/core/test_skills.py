"""What a team's work asks for, and what its people can do alone."""

from dataclasses import replace
from datetime import date
from math import inf
from typing import Any

import pytest

from build import backlog, committed, item
from mbl.core.capacity.figures import figures
from mbl.core.teams.skills import Missing, SinglePoint, TeamSkills, team_skills
from mbl.model.backlog import Backlog
from mbl.model.item import Part
from mbl.model.team import Person, Team

TODAY = date(2026, 9, 1)
"""The first of a month: September to November 2026 have 65 weekdays."""

PEOPLE = {
    "ana": Person(skills={"copy": 2, "email": 2}),
    "ben": Person(skills={"design": 2, "video": 1}),
    "chie": Person(skills={"design": 2, "video": 2}),
    "dov": Person(skills={"copy": 2, "video": 1}),
    "eva": Person(skills={"audio": 2, "email": 1}),
}


def world(*items: Any, **teams: Team) -> Backlog:
    return backlog(*items, people=PEOPLE, teams={f"teams/{name}.yaml": team for name, team in teams.items()})


def of(backlog_: Backlog, team: str = "a") -> TeamSkills:
    return team_skills(figures(backlog_, TODAY))[team]


def work(*parts: tuple[str | None, str], team: str = "a", does: str | None = None, **more: Any) -> Any:
    made = tuple(Part(skill=skill, effort=effort, team=does) for skill, effort in parts)
    return committed(team=team, parts=made, **more)


ALL = Team(people={"ana": 0.5, "ben": 0.5, "chie": 0.5, "dov": 0.5})


def test_coverage_is_the_share_of_the_effort_that_the_team_can_do_alone() -> None:
    found = of(world(work(("copy", "6d"), ("audio", "3d"), (None, "1d")), a=ALL)).coverage
    assert (found.days, found.able, found.lacking, found.unknown) == (10, 6, 3, 1)
    assert found.share == pytest.approx(0.6)


@pytest.mark.parametrize(
    "unclear",
    [committed(team="a", estimate="4d"), work((None, "4d")), work(("copy", "1d"), estimate="5d", id="bcdfg")],
    ids=["no parts", "a part without a skill", "parts that are less than the estimate"],
)
def test_work_whose_skill_nobody_named_is_never_covered(unclear: Any) -> None:
    found = of(world(unclear, a=ALL))
    assert found.coverage.unknown == 4
    assert found.coverage.unknown_items == 1
    assert found.unknown_days == 4


def test_a_skill_that_others_do_for_the_team_is_missing_in_it() -> None:
    handed = committed(
        team="a", parts=(Part(skill="copy", effort="2d"), Part(skill="audio", effort="3d", team="b"))
    )
    found = of(world(handed, a=ALL, b=Team(people={"eva": 1.0})))
    assert found.missing == (Missing("audio", 3, ("b",), ("b",)),)
    assert found.demand == {"copy": 2}
    assert found.coverage.share == pytest.approx(0.4)


def test_helpers_do_not_make_a_skill_the_teams_own() -> None:
    found = of(world(work(("email", "3d")), a=Team(people={"eva": 1.0})))
    assert found.missing == (Missing("email", 3, (), ()),)
    assert found.load("email") == inf
    assert [(each.skills, each.ratio) for each in found.bottlenecks] == [(("email",), inf)]


def test_one_person_alone_is_a_single_point_with_the_days_at_risk_and_whom_to_pair_with() -> None:
    found = of(world(work(("copy", "18d"), ("email", "12d"), ("design", "20d"), ("video", "9d")), a=ALL))
    assert found.single_points == (
        SinglePoint("email", "ana", 12, ("eva",)),
        SinglePoint("video", "chie", 9, ("ben", "dov")),
    )


def test_a_skill_without_work_is_no_risk() -> None:
    assert of(world(work(("copy", "1d")), a=ALL)).single_points == ()


def test_whoever_is_in_two_teams_has_for_each_only_their_share() -> None:
    both = world(
        work(("copy", "5d")),
        work(("copy", "5d"), team="b"),
        a=Team(people={"ana": 0.25}),
        b=Team(people={"ana": 0.5}),
    )
    assert of(both, "a").capacity == {"ana": pytest.approx(16.25)}
    assert of(both, "b").capacity == {"ana": pytest.approx(32.5)}
    assert of(both, "a").load("copy") == pytest.approx(5 / 16.25)


def test_the_quarter_holds_what_fits_by_rank_and_the_rest_counts_for_the_risks_alone() -> None:
    team = Team(people={"ana": 0.5, "dov": 0.5})
    fits, too_much = work(("copy", "60d"), rank="a1"), work(("email", "20d"), rank="a2")
    found = of(world(fits, too_much, a=team))
    assert found.demand == {"copy": 60, "email": 20}
    assert found.quarter == {"copy": 60}
    assert [each.person for each in found.single_points] == ["ana"]
    assert found.load("email") is None


def test_two_skills_of_one_person_are_a_bottleneck_though_each_load_looks_fine() -> None:
    team = Team(people={"chie": 0.4, "dov": 1.0})
    found = of(world(work(("design", "16d"), ("video", "14d")), a=team))
    assert found.load("design") == pytest.approx(16 / 26)
    assert found.load("video") == pytest.approx(14 / 26)
    (worst,) = found.bottlenecks
    assert (worst.skills, worst.ratio) == (("design", "video"), pytest.approx(30 / 26))


def test_what_is_begun_counts_with_what_remains() -> None:
    begun = work(("copy", "6d"), ("design", "2d"), remaining="4d")
    assert of(world(replace(begun, status="doing"), a=ALL)).demand == {"copy": 3, "design": 1}


def test_requests_and_what_ended_ask_for_nothing() -> None:
    wish = item(team="a", parts=(Part(skill="copy", effort="2d"),))
    ended = item(team="a", status="done", parts=(Part(skill="copy", effort="2d"),))
    assert of(world(wish, ended, a=ALL)).demand == {}


def test_a_team_with_nobody_in_it_can_do_nothing() -> None:
    found = of(world(work(("copy", "2d")), a=Team(), b=ALL))
    assert (found.coverage.share, found.capacity) == (0, {})
    assert found.missing == (Missing("copy", 2, (), ("b",)),)


def test_where_nobody_knows_a_capacity_there_is_no_load() -> None:
    found = of(world(work(("copy", "2d")), a=Team()))
    assert (found.load("copy"), found.bottlenecks) == (None, ())
    assert of(world(a=Team())).coverage.share is None
