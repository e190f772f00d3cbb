"""Does it serve our audience? One question in `add` and `accept`; a script gets a remark and is never refused."""

from pathlib import Path

import pytest

from sitting import ENTER, Sitting
from world import item, mbl, write_item

AUDIENCES = "audiences:\n  - {id: cto, name: CTOs}\n  - id: dealers\n  - {id: press, name: The press}\n"
LETTER = "--- The reply to send ---"


@pytest.fixture
def served(small: Path) -> Path:
    """Growth serves CTOs, brand dealers, nobody the press; three requests, each for whom its team does not serve."""
    (small / "mbl.yaml").write_text(f"schema: 1\nname: Test\ntimezone: UTC\ncapacity: 10\n{AUDIENCES}")
    (small / "teams").mkdir()
    (small / "teams/growth.yaml").write_text("serves: [cto]\n")
    (small / "teams/brand.yaml").write_text("name: The brand\nserves: [dealers]\n")
    for id_, audience, rank in (("bcd22", "dealers", "b1"), ("bcd33", "press", "b2"), ("bcd44", "cto", "b3")):
        write_item(
            small,
            {"id": id_, "rank": rank, "title": f"Flyer {audience}", "team": "growth", "audience": audience},
        )
    return small


def test_a_script_is_told_who_could_take_it_and_is_not_refused(served: Path) -> None:
    said = mbl("accept", "bcd22", "bcd33", "bcd44")
    assert said.code == 0
    first, second = said.err.splitlines()
    assert first == (
        "Does it serve our audience? “Flyer dealers” is for dealers; growth serves cto. "
        "brand could take it: mbl edit bcd22 --team brand"
    )
    assert second == (
        "Does it serve our audience? “Flyer press” is for press (The press); growth serves cto. "
        "No team serves them. A kind no: mbl decline bcd33 --not-ours"
    )
    assert [item(each)["status"] for each in ("bcd22", "bcd33", "bcd44")] == ["committed"] * 3


def test_what_is_for_more_than_a_team_serves_may_be_for_some_of_them(served: Path) -> None:
    (served / "mbl.yaml").write_text("schema: 1\naudiences: [{id: all}, {id: cto, parent: all}]\n")
    said = mbl("add", "Balloon ride", "--audience", "all", "--team", "growth").err
    assert "No team serves all of them. For some of them: mbl edit " in said
    assert "Does it serve" not in mbl("add", "Another", "--audience", "all").err


def test_the_team_that_serves_it_takes_it_by_flag(served: Path) -> None:
    said = mbl("accept", "bcd22", "--team", "brand")
    assert (said.code, said.err) == (0, "")
    assert (item("bcd22")["team"], item("bcd22")["status"]) == ("brand", "committed")
    assert "Does it serve" in mbl("accept", "bcd33", "--team", "brand").err
    assert "Did you mean brand?" in mbl("accept", "bcd44", "--team", "brnad").err


@pytest.mark.parametrize(
    "words",
    [
        ("--audience", "cto", "--team", "growth"),
        ("--audience", "dealers"),
        ("--team", "growth"),
        ("--audience", "nobody-knows", "--team", "growth"),
        ("--audience", "press", "--team", "growth", "--moscow", "wont"),
    ],
)
def test_what_is_ours_or_cannot_be_judged_is_not_asked_about(served: Path, words: tuple[str, ...]) -> None:
    assert "Does it serve" not in mbl("add", "Poster", *words).err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--audience", "dealers", "--team", "growth"), "brand could take it: mbl edit "),
        (("--audience", "press"), "our teams serve dealers and cto. No team serves them."),
    ],
)
def test_a_request_for_others_is_logged_with_a_remark(
    served: Path, words: tuple[str, ...], says: str
) -> None:
    said = mbl("add", "Balloon ride", *words)
    assert said.code == 0
    assert says in said.err
    assert mbl("add", "Another", *words, "--dry-run", "-f", "json").json["kind"] == "change"


@pytest.mark.parametrize(
    ("key", "team", "status"),
    [("1", "brand", "request"), ("k", "growth", "request"), ("n", "growth", "declined")],
)
def test_in_a_terminal_the_answer_decides(served: Path, key: str, team: str, status: str) -> None:
    sitting = Sitting("add", "Balloon ride", "--audience", "dealers", "--team", "growth", "--how", "They ask")
    assert "[1] The brand takes it   [k] growth keeps it" in sitting.screen
    sitting.types(key)
    assert sitting.leaves() == 0
    (found,) = mbl("list", "--status", "all", "--text", "Balloon ride", "-f", "json").json["items"]
    new = item(found["id"])
    assert (new["team"], new["status"]) == (team, status)
    assert (LETTER in sitting.text) == (key == "n")
    if key == "n":
        assert new["ended"] == {"date": "2026-11-22", "by": "ana", "reason": "not our audience"}
        assert "Who works for dealers: The brand. Please ask there." in " ".join(sitting.text.split())


def test_several_are_asked_about_one_by_one_and_kept_at_once_if_wished(served: Path) -> None:
    sitting = Sitting("accept", "bcd22", "bcd33", "bcd44")
    assert "[a] keep this and all others" in sitting.screen
    sitting.types("1", "n")
    assert sitting.leaves() == 0
    assert [(item(each)["team"], item(each)["status"]) for each in ("bcd22", "bcd33", "bcd44")] == [
        ("brand", "committed"), ("growth", "declined"), ("growth", "committed"),
    ]  # fmt: skip
    assert sitting.text.count(LETTER) == 1


def test_all_are_kept_by_one_key(served: Path) -> None:
    sitting = Sitting("accept", "bcd22", "bcd33")
    sitting.types("a")
    assert sitting.leaves() == 0
    assert [item(each)["status"] for each in ("bcd22", "bcd33")] == ["committed"] * 2


@pytest.mark.parametrize("flag", [("--no-ask",), ("--team", "growth")])
def test_a_flag_says_that_nothing_is_to_be_asked(served: Path, flag: tuple[str, ...]) -> None:
    sitting = Sitting("accept", "bcd22", *flag)
    assert sitting.leaves() == 0
    assert item("bcd22")["team"] == "growth"


def test_a_no_because_of_the_audience_writes_the_reply_for_it(served: Path) -> None:
    said = mbl("decline", "bcd33", "--not-ours")
    assert said.code == 0, said.err
    assert item("bcd33")["ended"]["reason"] == "not our audience"
    assert "It is for The press, and we do not work for them: our work is for dealers, CTOs." in said.out
    again = mbl("decline", "bcd33")
    assert LETTER in again.out
    assert again.out.partition(LETTER)[2] == said.out.partition(LETTER)[2]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("bcd44", "--not-ours"), 1, "is for cto: that is our audience"),
        (("bcd33", "bcd44", "--not-ours"), 1, "that is our audience"),
        (("1", "--not-ours", "--reason", "x"), 2, "leave --reason out"),
        (("fgh44", "--not-ours"), 1, "it has no audience"),
    ],
)
def test_what_is_ours_is_not_declined_for_its_audience(
    served: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    said = mbl("decline", *words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert item("bcd33")["status"] == "request" if "bcd33" in words else True


def test_the_outcome_is_asked_for_first(served: Path) -> None:
    sitting = Sitting("add", "Balloon ride", "--audience", "dealers", "--team", "growth")
    sitting.types(ENTER, "1")
    assert sitting.leaves() == 0
    assert sitting.text.index("What result would you like") < sitting.text.index(
        "Does it serve our audience?"
    )
