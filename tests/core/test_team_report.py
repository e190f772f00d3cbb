"""What `mbl team` and `mbl team skills` say, in words and in numbers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from build import backlog, committed, item
from mbl.core.report import Facts, Report, Table, Words
from mbl.core.teams.grid import skills_report
from mbl.core.teams.hall import Bottleneck
from mbl.core.teams.handoffs import HandOffs
from mbl.core.teams.person import person_report
from mbl.core.teams.report import team_report
from mbl.core.teams.skills import Missing, SinglePoint
from mbl.core.teams.words import alone, handing, lacks, named, narrow
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Part
from mbl.model.settings import Audience, Settings
from mbl.model.team import Person, Team

TODAY = date(2026, 9, 1)
PEOPLE = {
    "ana": Person(name="Ana", skills={"copy": 2, "email": 1}),
    "chie": Person(skills={"design": 2, "video": 2}),
}
TEAMS = {
    "teams/a.yaml": Team(name="The A", serves=("cto",), people={"ana": 1.0, "chie": 0.5}),
    "teams/b.yaml": Team(people={"ben": 0.5}),
    "teams/c.yaml": Team(),
}
AUDIENCES = (Audience(id="cto", name="CTOs"), Audience(id="press", name="The press"))
WORK = (
    committed(team="a", audience="cto", parts=(Part(skill="design", effort="20d"), Part(skill="video", effort="10d"))),
    committed(team="a", audience="press", parts=(Part(skill="copy", effort="5d"), Part(skill="audio", effort="5d", team="b"))),
    committed(estimate="3d"),
    item(team="a", status="done", parts=(Part(skill="copy", effort="1d"), Part(skill="copy", effort="1d", team="b"))),
)  # fmt: skip


def world(*items: Any, **fields: Any) -> Backlog:
    fields = {"people": PEOPLE, "teams": TEAMS, "settings": Settings(audiences=AUDIENCES), **fields}
    return backlog(*(items or WORK), **fields)


def texts(report: Report) -> str:
    facts = [
        f"{label}: {value}"
        for block in report.blocks
        if isinstance(block, Facts)
        for label, value in block.facts
    ]
    return "\n".join([*(block.text for block in report.blocks if isinstance(block, Words)), *facts])


def test_the_payload_has_what_the_contract_names() -> None:
    said = team_report(world(), TODAY).payload()
    assert said["unserved"] == ["press"]
    first = said["teams"][0]
    assert (first["team"], first["serves"], first["coverage"]) == ("a", ["cto"], 0.875)
    assert first["missing"] == [{"skill": "audio", "days": 5, "done_by": ("b",), "elsewhere": ()}]
    assert [(each["skill"], each["person"], each["days"]) for each in first["single_points"]] == [
        ("design", "chie", 20), ("video", "chie", 10), ("copy", "ana", 5),
    ]  # fmt: skip
    assert first["bottleneck"] == {
        "skills": ["design", "video"],
        "demand": 30,
        "capacity": 32.5,
        "ratio": 0.9231,
        "short": 0,
    }
    assert (first["hand_offs"], first["outside_audience"]) == (1, pytest.approx(5 / 35, abs=1e-4))
    assert said["hand_offs"]["pairs"] == [{"teams": ["a", "b"], "count": 2}]


def test_a_set_that_nobody_can_do_has_no_ratio_and_comes_first() -> None:
    second = team_report(world(), TODAY).payload()["teams"][1]
    assert second["bottleneck"] == {
        "skills": ["audio"],
        "demand": 5,
        "capacity": 0,
        "ratio": None,
        "short": 5,
    }
    assert second["coverage"] is None


def test_the_screen_says_whom_nobody_serves_and_what_is_at_risk() -> None:
    said = texts(team_report(world(), TODAY))
    for sentence in (
        "No team serves press (The press).",
        "Hangs on one person: design (chie, 20 days), video (chie, 10 days) and copy (ana, 5 days).",
        "Lacks audio (5 days, b does it).",
        "For others than it serves: press 5 days.",
        "c: Nobody works in it: mbl team edit c --people ana=0.8",
        "1 promised item (3 days) belongs to none of these teams.",
    ):
        assert sentence in said


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"teams": {}}, "No team yet."),
        ({"settings": Settings()}, "No audience is described yet"),
        ({"settings": Settings(audiences=AUDIENCES[:1])}, "Every audience has a team that serves it."),
    ],
)
def test_what_is_not_there_yet_is_said(fields: dict[str, Any], says: str) -> None:
    assert says in texts(team_report(world(**fields), TODAY))
    assert "No team yet." in texts(skills_report(world(teams={}), TODAY))


def test_the_grid_shows_each_skill_with_its_work_and_who_can_do_it() -> None:
    report = skills_report(world(), TODAY, "a")
    grid = next(block for block in report.blocks if isinstance(block, Table))
    assert grid.title == "a (The A)"
    assert [list(row.values()) for row in grid.records()] == [
        ["design", 20, 20 / 32.5, 0, 2, "only chie"],
        ["video", 10, 10 / 32.5, 0, 2, "only chie"],
        ["copy", 5, 5 / 65, 2, 0, "only ana"],
        ["audio", 5, None, 0, 0, "b does it"],
        ["email", None, None, 1, 0, ""],
    ]


def test_one_team_is_told_all_about_its_skills() -> None:
    said = texts(skills_report(world(), TODAY, "a"))
    for sentence in (
        "Only ana can do copy (5 days): nobody can help yet, let somebody learn it.",
        "Tightest: design and video need 30 days until November 2026; chie has 32.5 days: 92 %.",
    ):
        assert sentence in said


def test_all_grids_are_one_long_table_for_a_spreadsheet() -> None:
    table = skills_report(world(), TODAY).table
    assert table is not None
    assert ("a", "copy", "ana", 2) in table.rows
    assert all(level for *_, level in table.rows)


def test_an_unknown_team_is_refused_with_the_nearest() -> None:
    with pytest.raises(MblError, match="There is no team d"):
        skills_report(world(), TODAY, "d")


def test_somebody_is_shown_with_skills_teams_and_leave_to_come() -> None:
    said = texts(person_report(world(), TODAY, "ana"))
    assert "skills: copy, email (can help)" in said
    assert "teams: a 100 %" in said
    assert "leave: nothing said" in said
    with pytest.raises(MblError) as refused:
        person_report(world(), TODAY, "anna")
    assert refused.value.hint == "Did you mean ana?"


@pytest.mark.parametrize(
    ("bottleneck", "says"),
    [
        (Bottleneck(("design", "video"), 36, 32.5), "design and video need 36 days until November 2026; chie has 32.5 days: 3.5 days short."),
        (Bottleneck(("copy",), 13, 65), "copy needs 13 days until November 2026; ana has 65 days: 20 %."),
        (Bottleneck(("audio",), 5, 0), "audio needs 5 days until November 2026, and nobody can do it alone."),
        (Bottleneck(("copy",), 5, 0), "copy needs 5 days until November 2026, and ana has no day."),
    ],
)  # fmt: skip
def test_a_bottleneck_is_said_with_its_people_and_what_is_short(bottleneck: Bottleneck, says: str) -> None:
    from mbl.core.capacity.figures import figures
    from mbl.core.teams.skills import team_skills

    of = team_skills(figures(world(), TODAY))["a"]
    assert narrow(bottleneck, of, ("2026-09", "2026-10", "2026-11")) == says


def test_the_other_sentences() -> None:
    from mbl.core.capacity.figures import figures
    from mbl.core.teams.skills import team_skills

    assert (
        alone(SinglePoint("email", "ana", 1, ("ben", "chie")))
        == "Only ana can do email (1 day): pair with ben or chie."
    )
    of = team_skills(figures(world(), TODAY))["b"]
    assert of.missing == (Missing("audio", 5, (), ()),)
    assert lacks(of) == "Lacks audio (5 days, nobody can)."
    assert (
        lacks(replace(of, helpers={"audio": ("mia", "ana")})) == "Lacks audio (5 days, mia or ana can help)."
    )
    assert lacks(replace(of, missing=(Missing("audio", 5, (), ("c",)),))) == "Lacks audio (5 days, c could)."
    assert handing(HandOffs(None, 0, None, ())) == ""
    assert "changed teams 1 time on average (2 items with parts; 25 % of their effort" in handing(
        HandOffs(1.0, 2, 0.25, ())
    )
    assert named("abcdef") == "a, b, c and 3 more"
    assert named(()) == ""
