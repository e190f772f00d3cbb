"""Does it serve our audience? The filter, and what is left unserved."""

from datetime import date

import pytest

from build import backlog, committed, item
from mbl.core.capacity.figures import figures
from mbl.core.teams.serving import (
    NOT_OURS,
    Mismatch,
    declined_for_audience,
    mismatch,
    outside,
    served,
    unserved,
)
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item
from mbl.model.settings import Audience, Settings
from mbl.model.team import Team

TODAY = date(2026, 9, 1)
AUDIENCES = (
    Audience(id="all"),
    Audience(id="shippers", parent="all"),
    Audience(id="cto", parent="shippers"),
    Audience(id="dealers", parent="all"),
    Audience(id="analysts"),
    Audience(id="press", parent="analysts"),
)


def world(*items: Item, audiences: tuple[Audience, ...] = AUDIENCES, **serves: tuple[str, ...]) -> Backlog:
    teams = {f"teams/{name}.yaml": Team(serves=each, people={"ana": 0.1}) for name, each in serves.items()}
    return backlog(*items, settings=Settings(audiences=audiences), teams=teams)


def found(audience: str | None, team: str | None) -> Mismatch | None:
    return mismatch(
        world(a=("shippers",), b=("dealers",), c=("cto",), d=()), item(audience=audience, team=team)
    )


@pytest.mark.parametrize(
    ("audience", "team"),
    [
        ("shippers", "a"),
        ("cto", "a"),
        (None, "a"),
        ("nobody-knows", "a"),
        ("cto", "d"),
        ("cto", "e"),
        ("cto", None),
        ("all", None),
    ],
)
def test_what_is_served_or_cannot_be_judged_passes(audience: str | None, team: str | None) -> None:
    assert found(audience, team) is None


@pytest.mark.parametrize(
    ("audience", "team", "expected"),
    [
        ("dealers", "a", Mismatch("dealers", "a", ("shippers",), ("b",), ())),
        ("all", "a", Mismatch("all", "a", ("shippers",), (), ("a", "b", "c"))),
        ("shippers", "c", Mismatch("shippers", "c", ("cto",), ("a",), ("c",))),
        ("cto", "b", Mismatch("cto", "b", ("dealers",), ("c", "a"), ())),
        ("press", None, Mismatch("press", None, ("shippers", "dealers", "cto"), (), ())),
    ],
)
def test_what_is_not_names_who_serves_it_the_closest_first(
    audience: str, team: str | None, expected: Mismatch
) -> None:
    assert found(audience, team) == expected


def test_somebody_whom_no_team_serves_hears_of_all_our_audiences() -> None:
    world_ = world(a=("shippers",), b=("dealers",))
    ours, theirs = (mismatch(world_, item(audience=each, team="a")) for each in ("press", "dealers"))
    assert ours is not None
    assert theirs is not None
    assert served(world_, ours) == ("shippers", "dealers")
    assert served(world_, theirs) == ("shippers",)


def test_an_audience_is_unserved_if_neither_it_nor_any_part_of_it_has_a_team() -> None:
    assert unserved(world(a=("cto",), b=("dealers",))) == ("analysts",)
    assert unserved(world(a=("all",))) == ("analysts",)
    assert unserved(world()) == ("all", "analysts")
    assert unserved(world(a=("all", "analysts"))) == ()


def test_a_circle_of_audiences_ends() -> None:
    circle = (Audience(id="a", parent="b"), Audience(id="b", parent="a"), Audience(id="c", parent="c"))
    assert unserved(world(audiences=circle, t=("a",))) == ("c",)
    assert unserved(world(audiences=circle, t=("nobody",))) == ("a", "b", "c")


def test_the_share_outside_counts_the_effort_for_audiences_that_the_team_does_not_serve() -> None:
    items = [
        committed(team="a", audience="cto", estimate="5d"), committed(team="a", audience="dealers", estimate="3d"),
        committed(team="a", audience="all", estimate="1d"), committed(team="a", estimate="1d"), item(team="a", audience="dealers"),
    ]  # fmt: skip
    of = outside(figures(world(*items, a=("shippers",), b=()), TODAY))
    assert of["a"].by_audience == (("dealers", 3), ("all", 1))
    assert (of["a"].share, of["a"].unnamed) == (0.4, 1)
    assert of["b"].share is None


def test_a_no_for_the_audience_says_so_and_refuses_what_is_ours() -> None:
    strange, ours, nobody = (
        item(audience=each, team="a") for each in ("dealers", "cto", None)
    )  # fmt: skip
    before = world(strange, ours, nobody, a=("shippers",), b=("dealers",))
    ended = Ended(date=TODAY, by="ana")
    after = declined_for_audience(before, [strange.id], today=TODAY, ended=ended)
    kept = after.item(strange.id).ended
    assert kept is not None
    assert (kept.reason, kept.by) == (NOT_OURS, "ana")
    for wrong, says in ((ours, "that is our audience"), (nobody, "has no audience")):
        with pytest.raises(MblError, match=says):
            declined_for_audience(before, [strange.id, wrong.id], today=TODAY, ended=ended)
