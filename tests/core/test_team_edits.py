"""Teams and people changed by pure verbs: what is refused, and what stays as it was."""

from datetime import date

import pytest

from build import backlog, leave
from mbl.core.teams.edits import (
    created,
    edited_team,
    leave_after,
    recurring_after,
    shares_after,
    skills_after,
    team_objections,
    with_person,
    without_person,
)
from mbl.errors import MblError, Problem
from mbl.model.backlog import Backlog
from mbl.model.settings import Audience, Settings
from mbl.model.team import Person, Recurring, Team

TODAY = date(2026, 11, 22)
GROWTH, BRAND = "teams/growth.yaml", "teams/brand.yaml"
BLOG, CALL = Recurring(title="Blog", effort="1d"), Recurring(title="Call", effort="1h", per="week")


@pytest.fixture
def before() -> Backlog:
    return backlog(
        settings=Settings(audiences=(Audience(id="cto"),), holidays={"de": ()}),
        people={"ana": Person(skills={"copy": 2}), "ben": Person()},
        teams={
            GROWTH: Team(serves=("cto",), people={"ana": 0.8, "ben": 0.5}),
            BRAND: Team(people={"ana": 0.2}),
        },
    )


def test_a_team_is_founded_in_a_file_of_its_name(before: Backlog) -> None:
    team = Team(people={"ben": 0.5})
    assert created(before, "partners", team).teams["teams/partners.yaml"] == team


@pytest.mark.parametrize("name", ["growth", "Growth", "", "a b", "a/b", "..", "a,b", "a=b", "a\\b", "a\x1b"])
def test_a_name_that_is_taken_or_no_word_is_refused(before: Backlog, name: str) -> None:
    with pytest.raises(MblError):
        created(before, name, Team())


def test_an_edit_that_changes_nothing_is_the_same_backlog(before: Backlog) -> None:
    assert edited_team(before, "growth", {"serves": ("cto",)}) is before
    assert edited_team(before, "growth", {"unplanned": "20%"}).teams[GROWTH].unplanned == "20%"
    assert with_person(before, "ben", Person()) is before


def test_an_unknown_team_is_refused_with_the_nearest(before: Backlog) -> None:
    with pytest.raises(MblError) as refused:
        edited_team(before, "grwoth", {})
    assert refused.value.hint == "Did you mean growth?"


def test_people_come_go_and_change_their_share() -> None:
    assert shares_after({"ana": 0.8, "ben": 0.5}, {"ben": 0.2, "ana": None, "chie": 1.0}) == {
        "ben": 0.2,
        "chie": 1.0,
    }
    with pytest.raises(MblError, match="zoe is not in the team"):
        shares_after({"ana": 0.8}, {"zoe": None})


def test_recurring_work_is_replaced_by_title_added_and_taken_out() -> None:
    longer = Recurring(title="Blog", effort="2d")
    assert recurring_after((BLOG, CALL), (longer,), gone=("Call",)) == (longer,)
    assert recurring_after((BLOG,), (CALL,)) == (BLOG, CALL)
    with pytest.raises(MblError, match="Newsletter"):
        recurring_after((BLOG,), (), gone=("Newsletter",))


def test_skills_are_set_and_taken_away() -> None:
    assert skills_after({"copy": 2, "email": 1}, {"copy": None, "email": 2, "web": 1}) == {
        "email": 2,
        "web": 1,
    }
    with pytest.raises(MblError, match="no skill seo"):
        skills_after({"copy": 2}, {"seo": None})


def test_a_leave_is_known_by_its_first_day() -> None:
    march, april = leave("2027-03-01", "2027-03-05"), leave("2027-04-01", "2027-04-02")
    longer = leave("2027-03-01", "2027-03-12")
    assert leave_after((march,), (april,), ()) == (march, april)
    assert leave_after((march, april), (longer,), ()) == (longer, april)
    assert leave_after((march, april), (), (march.from_,)) == (april,)
    with pytest.raises(MblError, match="2027-05-01"):
        leave_after((march,), (), (date(2027, 5, 1),))


def test_whoever_leaves_is_gone_from_people_and_every_team(before: Backlog) -> None:
    after = without_person(before, "ana")
    assert dict(after.people) == {"ben": Person()}
    assert (after.teams[GROWTH].people, after.teams[BRAND].people) == ({"ben": 0.5}, {})
    with pytest.raises(MblError) as refused:
        without_person(before, "anna")
    assert refused.value.hint == "Did you mean ana?"


def test_nobody_is_changed_while_the_file_of_people_cannot_be_read() -> None:
    broken = Problem(path="people.yaml", line=1, column=1, code="yaml", message="not YAML", fix="")
    with pytest.raises(MblError, match=r"people\.yaml cannot be read"):
        with_person(Backlog(broken=(broken,)), "ana", Person())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"people": {"ana": 0.9, "ben": 0.5}}, "overbooked"),
        ({"people": {"zoe": 1.0}}, "unknown-person"),
        ({"people": {"ana": -0.1}}, "negative"),
        ({"serves": ("nobody",)}, "unknown-audience"),
        ({"people": {}}, "no-people"),
    ],
)
def test_what_check_would_say_of_the_change_is_found(
    before: Backlog, values: dict[str, object], code: str
) -> None:
    after = edited_team(before, "growth", values)
    assert [found.code for found in team_objections(before, after, TODAY)] == [code]
    assert team_objections(after, after, TODAY) == ()


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (Person(skills={"copy": 3}), "skill-level"),
        (Person(holidays="fr"), "unknown-holidays"),
        (Person(leave=(leave("2027-01-02", "2027-01-01"),)), "dates-backwards"),
    ],
)
def test_what_check_would_say_of_a_person_is_found(before: Backlog, person: Person, code: str) -> None:
    after = with_person(before, "ben", person)
    assert [found.code for found in team_objections(before, after, TODAY)] == [code]
