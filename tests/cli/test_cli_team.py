"""`mbl team`: who serves whom, who can do what; teams and people by command, and nothing else of their files changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sitting import ENTER, Sitting
from world import files, mbl, terminal

GROWTH = """\
name: Growth
serves: [cto]
unplanned: 20%     # counted in summer
recurring:
  - {title: Blog, effort: 1d, per: week}   # Lea writes
people:
  ana: 0.8   # one day is sales'
  ben: 0.5
"""
PEOPLE = "# 1 can help, 2 can do it alone\nana: {name: Ana, skills: {copy: 2}}   # since May\nben: {}\n"
AUDIENCES = "holidays: {de: [2026-12-25]}\naudiences:\n  - {id: cto, name: CTOs}\n  - id: dealers\n"


@pytest.fixture
def manned(small: Path) -> Path:
    """The small backlog with a team of two and two audiences."""
    (small / "mbl.yaml").write_text(f"schema: 1\nname: Test\ntimezone: UTC\n{AUDIENCES}")
    (small / "people.yaml").write_text(PEOPLE)
    (small / "teams").mkdir()
    (small / "teams/growth.yaml").write_text(GROWTH)
    return small


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("command", [("team",), ("team", "skills", "growth")], ids=["team", "team-skills"])
def test_the_screens(
    acme: Path, golden: Callable[[str, str], None], command: tuple[str, ...], width: int
) -> None:
    screen = terminal(*command, width=width, height=60, env={"NO_COLOR": "1"})
    assert screen.code == 0
    assert max(map(len, screen.lines)) <= width
    golden(f"{'-'.join(command)}-{width}.txt", screen.text)


def test_the_example_shows_each_case(acme: Path) -> None:
    said = mbl("team", "-f", "json").json
    assert (said["kind"], said["unserved"]) == ("teams", ["analysts"])
    teams = {each["team"]: each for each in said["teams"]}
    assert {
        "team", "serves", "coverage", "missing", "single_points", "bottleneck", "hand_offs", "outside_audience",
    } <= set(teams["growth"])  # fmt: skip
    points = {each["skill"]: each for each in teams["content"]["single_points"]}
    assert (points["localisation"]["person"], points["localisation"]["pair_with"]) == ("chie", ["mia"])
    assert {each["skill"]: each["done_by"] for each in teams["content"]["missing"]}["audio"] == []
    narrow = teams["growth"]["bottleneck"]
    assert narrow["skills"] == ["seo", "web"]
    assert narrow["ratio"] > 1
    loads = {each["skill"]: each["load"] for each in teams["growth"]["skills"]}
    assert loads["seo"] < 1
    assert loads["web"] < 1
    assert all(0 < team["outside_audience"] < 1 for team in said["teams"])


def test_the_hand_offs_of_each_request_are_a_column_of_the_list(acme: Path) -> None:
    said = mbl(
        "list", "--columns", "id,parts,hand_offs", "--sort", "-hand_offs", "-f", "csv"
    ).out.splitlines()
    assert said[1].endswith(",2")
    with_parts = {item["id"]: item for item in mbl("list", "-f", "json").json["items"]}
    assert all((each["hand_offs"] is None) == (not each["parts"]) for each in with_parts.values())


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("command", [("team",), ("team", "skills"), ("team", "skills", "brand")])
def test_every_format_answers(acme: Path, command: tuple[str, ...], form: str) -> None:
    said = mbl(*command, "-f", form)
    assert (said.code, said.err) == (0, "")
    assert "video" in said.out or command == ("team",)


def test_the_grid_as_csv_has_levels_not_pictures(acme: Path) -> None:
    lines = mbl("team", "skills", "brand", "-f", "csv").out.splitlines()
    assert lines[0] == "skill,days,load,tomas,yuki,ines,mia,note"
    assert lines[1].startswith("design,29,")
    assert lines[1].split(",")[3:7] == ["2", "2", "0", "1"]


def test_a_team_is_founded_in_its_own_words(manned: Path) -> None:
    said = mbl(
        "team", "new", "partners", "--name", "Partners", "--serves", "dealers", "--people", "ben=50%,zoe", "--unplanned",
        "20%", "--recurring", "Call, weekly=1h/week",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert (manned / "teams/partners.yaml").read_text() == (
        "# yaml-language-server: $schema=../schemas/team.json\nname: Partners\nserves: [dealers]\nunplanned: 20%\n"
        "recurring:\n- {title: 'Call, weekly', effort: 1h, per: week}\npeople: {ben: 0.5, zoe: 1}\n"
    )
    assert "mbl team person zoe" in said.err
    assert "no zoe in people.yaml" in said.err


EDITS = (
    (("--people", "ana=0.5"), "ana: 0.8 ", "ana: 0.5 "),
    (("--people", "ben="), "  ben: 0.5\n", ""),
    (("--people", "ben=25%"), "ben: 0.5", "ben: 0.25"),
    (("--unplanned", "25%"), "20%", "25%"),
    (("--serves", "dealers,cto"), "[cto]", "[dealers, cto]"),
    (("--serves", ""), "serves: [cto]\n", ""),
    (("--name", "Growing"), "name: Growth", "name: Growing"),
    (("--name", ""), "name: Growth\n", ""),
    (("--recurring", "Ads=2d/month"), "# Lea writes\n", "# Lea writes\n  - {title: Ads, effort: 2d}\n"),
)


@pytest.mark.parametrize(("options", "old", "new"), EDITS, ids=[" ".join(row[0]) for row in EDITS])
def test_an_edit_changes_what_it_names_and_no_other_byte(
    manned: Path, options: tuple[str, ...], old: str, new: str
) -> None:
    said = mbl("team", "edit", "growth", *options)
    assert said.code == 0, said.err
    assert (manned / "teams/growth.yaml").read_text() == GROWTH.replace(old, new, 1)


def test_recurring_work_is_taken_out_by_its_title(manned: Path) -> None:
    assert mbl("team", "edit", "growth", "--recurring", "Blog=").code == 0
    assert "Blog" not in (manned / "teams/growth.yaml").read_text()


def test_the_file_opens_in_the_editor(manned: Path, editor: Callable[..., Path]) -> None:
    editor("sed -i 's/0.8/0.7/' \"$1\"")
    assert mbl("team", "edit", "growth").code == 0
    assert (manned / "teams/growth.yaml").read_text() == GROWTH.replace("0.8", "0.7")


def test_an_edit_in_the_editor_is_weighed_too(manned: Path, editor: Callable[..., Path]) -> None:
    texts = editor("sed -i 's/0.8/1.8/' \"$1\"", "sed -i 's/1.8/0.9/' \"$1\"")
    assert mbl("team", "edit", "growth").code == 0
    assert "ana is booked 180 %" in (texts / "2.txt").read_text()
    assert (manned / "teams/growth.yaml").read_text() == GROWTH.replace("0.8", "0.9")


PERSONS = (
    (("ana", "--skill", "copy=1", "--skill", "web=2"), "{copy: 2}", "{copy: 1, web: 2}"),
    (("ana", "--skill", "copy="), "{name: Ana, skills: {copy: 2}}", "{name: Ana}"),
    (("ana", "--holidays", "de"), "name: Ana, ", "name: Ana, holidays: de, "),
    (("ana", "--name", "Ana D"), "name: Ana", "name: Ana D"),
    (("ana", "--leave", "2026-12-24"), "Ana, ", "Ana, leave: [{from: 2026-12-24, to: 2026-12-24}], "),
    (("zoe", "--skill", "seo=2"), "ben: {}\n", "ben: {}\nzoe: {skills: {seo: 2}}\n"),
)


@pytest.mark.parametrize(("options", "old", "new"), PERSONS, ids=[" ".join(row[0]) for row in PERSONS])
def test_people_are_described_and_every_comment_stays(
    manned: Path, options: tuple[str, ...], old: str, new: str
) -> None:
    said = mbl("team", "person", *options)
    assert said.code == 0, said.err
    assert (manned / "people.yaml").read_text() == PEOPLE.replace(old, new, 1)


def test_leave_counts_from_then_on(manned: Path) -> None:
    before = mbl("team", "-f", "json").json["teams"][0]["capacity"]["ana"]
    assert (
        mbl("team", "person", "ana", "--leave", "2026-12-21..2026-12-31=0.5,2027-01-04..2027-01-08").code == 0
    )
    assert "days_per_day: 0.5" in (manned / "people.yaml").read_text()
    after = mbl("team", "-f", "json").json["teams"][0]["capacity"]["ana"]
    assert after < before
    assert mbl("team", "person", "ana", "--no-leave", "2026-12-21,2027-01-04").code == 0
    assert (manned / "people.yaml").read_text() == PEOPLE


def test_a_file_of_people_that_has_only_comments_keeps_them(manned: Path) -> None:
    (manned / "people.yaml").write_text("# nobody yet\n")
    assert mbl("team", "person", "ana", "--skill", "copy=2").code == 0
    assert (manned / "people.yaml").read_text() == "# nobody yet\nana: {skills: {copy: 2}}\n"


def test_a_broken_file_of_people_is_never_overwritten(manned: Path) -> None:
    (manned / "people.yaml").write_text("ana: [\n")
    said = mbl("team", "person", "ben", "--skill", "copy=2")
    assert (said.code, said.out) == (1, "")
    assert "people.yaml cannot be read" in said.err
    assert (manned / "people.yaml").read_text() == "ana: [\n"


def test_a_broken_file_of_a_team_is_named_and_never_overwritten(manned: Path) -> None:
    (manned / "teams/web.yaml").write_text("[")
    for words in (("new", "web", "--people", "ben=0.1"), ("edit", "web", "--name", "x"), ("skills", "web")):
        said = mbl("team", *words)
        assert (said.code, said.out) == (1, "")
        assert "teams/web.yaml cannot be read." in said.err
    assert (manned / "teams/web.yaml").read_text() == "["


def test_whoever_left_is_gone_everywhere_and_their_open_work_is_named(manned: Path) -> None:
    assert mbl("edit", "1", "--owner", "ana").code == 0
    said = mbl("team", "person", "ana", "--remove")
    assert said.code == 0, said.err
    assert "1 open requests still name ana" not in said.err
    assert "1 open request still names ana: kdw22" in said.err
    assert "ana" not in (manned / "people.yaml").read_text()
    assert "ana" not in (manned / "teams/growth.yaml").read_text()


def test_somebody_is_shown(manned: Path) -> None:
    said = mbl("team", "person", "ana")
    assert said.out.splitlines()[0] == "Ana (ana)"
    assert "growth 80 %" in said.out
    assert mbl("team", "person", "ana", "-f", "json").json["person"]["teams"] == {"growth": 0.8}


WRONG = (
    (("new",), 2, "The team needs a name."),
    (("new", "growth", "--people", "ben"), 1, "There is a team growth already."),
    (("new", "empty"), 2, "Who is in the team empty"),
    (("new", "a b", "--people", "ben"), 2, "cannot be the name of a team"),
    (("new", "--people", "ben", "--", "-x"), 2, "cannot be the name of a team"),
    (("new", "x", "--people", "ana=8"), 2, "8 is no share"),
    (("new", "x", "--people=--remove=0.1"), 2, "--remove=0.1 names nobody"),
    (("new", "x", "--people", "=0.1"), 2, "=0.1 names nobody"),
    (("new", "x", "--people", "ana=0.3"), 1, "ana is booked 110 %"),
    (("new", "x", "--unplanned", "many"), 2, "a share like 20%"),
    (("new", "x", "--recurring", "Blog"), 2, "says no rate"),
    (("new", "x", "--recurring", "Blog=1d/year"), 2, "should be week or month"),
    (("edit", "grwoth", "--name", "x"), 1, "Did you mean growth?"),
    (("edit", "growth", "--people", "zoe="), 1, "zoe is not in the team"),
    (("edit", "growth", "--people", "ana=1.1"), 2, "1.1 is no share"),
    (("person", "ana", "--skill", "copy=3"), 2, "which level?"),
    (("person", "ana", "--skill", "copy"), 2, "which level?"),
    (("person", "ana", "--skill", "seo="), 1, "no skill seo"),
    (("person", "ana", "--leave", "2026-12-31..2026-12-21"), 2, "ends before it begins"),
    (("person", "ana", "--leave", "soon"), 2, "is not a date"),
    (("person", "ana", "--no-leave", "2026-12-21"), 1, "No leave begins on 2026-12-21"),
    (("person", "ana", "--holidays", "fr"), 1, "no calendar fr"),
    (("person", "a b", "--skill", "copy=2"), 2, "one word"),
    (("person", "zoe"), 1, "There is no zoe"),
    (("person", "--skill", "copy=2", "--", "--name"), 2, "--name reads like an option"),
    (("person", "zoe", "--remove"), 1, "There is no zoe"),
    (("person", "ana", "--remove", "--name", "x"), 2, "--remove goes alone"),
    (("skills", "nobody"), 1, "There is no team nobody"),
)


@pytest.mark.parametrize(("words", "code", "sentence"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_bad_input_is_refused_and_nothing_changes(
    manned: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = files(manned)
    said = mbl("team", *words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert files(manned) == before


def test_an_audience_that_nobody_described_is_remarked_on(manned: Path) -> None:
    said = mbl("team", "edit", "growth", "--serves", "dealer")
    assert said.code == 0
    assert "Did you mean dealers?" in said.err


def test_a_team_of_nobody_is_remarked_on(manned: Path) -> None:
    said = mbl("team", "new", "empty", "--serves", "dealers")
    assert said.code == 0
    assert "nobody works in this team" in said.err
    assert "Nobody works in it" in mbl("team").out


def test_a_dry_run_changes_nothing(manned: Path) -> None:
    before = files(manned)
    assert mbl("team", "edit", "growth", "--people", "ana=0.5", "--dry-run").code == 0
    assert mbl("team", "person", "ana", "--skill", "web=2", "--dry-run").code == 0
    assert files(manned) == before


def test_without_teams_the_way_to_the_first_is_shown(small: Path) -> None:
    assert "mbl team new growth" in mbl("team").out
    assert mbl("team", "-f", "json").json["teams"] == []


def test_in_a_terminal_a_new_team_is_asked_for(manned: Path) -> None:
    sitting = Sitting("team", "new")
    sitting.types("growth" + ENTER, "partners" + ENTER, "dealer" + ENTER, "dealers" + ENTER, "ben=2" + ENTER)
    sitting.types("ben=0.6" + ENTER, "ben=0.5" + ENTER, ENTER)
    assert sitting.leaves() == 0
    for sentence in (
        "There is a team growth already.",
        "Did you mean dealers?",
        "2 is no share",
        "ben would be booked 110 %",
    ):
        assert sentence in sitting.text
    assert (
        (manned / "teams/partners.yaml")
        .read_text()
        .endswith("serves: [dealers]\nunplanned: 20%\npeople: {ben: 0.5}\n")
    )
