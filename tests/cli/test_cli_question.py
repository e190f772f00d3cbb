"""The question for an outcome: asked in a terminal where a request names none, never in a script."""

import shlex
from pathlib import Path
from typing import Any

import pytest

from mbl.cli.question import chosen
from mbl.model.guidepoint import Outcome
from sitting import CTRL_C, CTRL_D, ENTER, Sitting
from world import MBL, changed, files, item, mbl, terminal, write_item

ASKS = "What result would you like to see"
PIPELINE = "Shippers bring 3.0 million euros"


def fields(ref: str) -> dict[str, Any]:
    """What the request says about outcomes."""
    return {name: item(ref)[name] for name in ("outcomes", "how", "asked") if item(ref)[name]}


ANSWERS = (
    (("1\r", "They like bread\r"), {"outcomes": ["pipeline"], "how": "They like bread"}),
    (("1, 3\r", ENTER), {"outcomes": ["pipeline", "renewals"]}),
    (("Activation\r", ENTER), {"outcomes": ["activation"]}),
    (("9\r", "2\r", "x\r"), {"outcomes": ["activation"], "how": "x"}),
    (
        ("the VP wants it\r", "cfo\r"),
        {"asked": {"answer": "the VP wants it", "by": "vp-sales", "knows": "cfo"}},
    ),
    (("日本のカフェ\r", ENTER), {"asked": {"answer": "日本のカフェ", "by": "vp-sales"}}),
    (("everything\r", ENTER), {"asked": {"answer": "everything", "by": "vp-sales"}}),
    ((ENTER,), {}),
    ((CTRL_D,), {}),
)


@pytest.mark.parametrize(("answers", "kept"), ANSWERS)
def test_in_a_terminal_add_asks_and_keeps_the_answer(
    acme: Path, answers: tuple[str, ...], kept: dict[str, Any]
) -> None:
    sitting = Sitting("add", "Breakfast with bakers", "--requester", "vp-sales", width=60).types(*answers)
    assert sitting.leaves() == 0
    assert fields("Breakfast with bakers") == kept
    said = sitting.text
    assert said.index(ASKS) < said.index(PIPELINE) < said.index("Added ")
    assert ("Who knows which number matters here?" in said) == ("asked" in kept)
    assert ("they go from 1 to 4" in said) == (answers[0] == "9\r")
    assert all(len(line) <= 60 for line in said.splitlines()), "nothing wraps"


def test_ctrl_c_at_the_question_adds_nothing(acme: Path) -> None:
    before = files(acme)
    sitting = Sitting("add", "Breakfast with bakers").types("the VP\r", CTRL_C)
    assert sitting.leaves() == 130
    assert "Traceback" not in sitting.text
    assert files(acme) == before


def test_what_is_wrong_is_said_before_anybody_is_asked(acme: Path) -> None:
    screen = terminal("add", "Breakfast with bakers", "--estimate", "{")
    assert screen.code == 2
    assert ASKS not in screen.text


UNASKED = (
    ("--outcome", "pipeline"), ("--how", "so"), ("--asked", "the VP wants it", "--knows", "cfo"), ("--no-ask",),
    ("-f", "json"), ("--moscow", "wont"),
)  # fmt: skip


@pytest.mark.parametrize("flags", UNASKED)
def test_a_flag_that_answers_or_forbids_spares_the_question(acme: Path, flags: tuple[str, ...]) -> None:
    screen = terminal("add", "Breakfast with bakers", *flags)
    assert screen.code == 0
    assert ASKS not in screen.text


def test_in_a_script_nothing_asks(acme: Path) -> None:
    assert ASKS not in terminal("--quiet", "add", "Breakfast with bakers").text
    said = mbl("add", "Webinar for butchers", input="1\n")
    assert said.code == 0
    assert ASKS not in said.out + said.err
    assert fields("Webinar for butchers") == {}
    assert mbl("edit", "Webinar for butchers", "--owner", "zoe", input="1\n").code == 0


def test_the_answer_has_flags(acme: Path) -> None:
    mbl("add", "Breakfast with bakers", "--requester", "ceo", "--asked", "everything", "--knows", "cfo")
    assert fields("Breakfast with bakers")["asked"] == {"answer": "everything", "by": "ceo", "knows": "cfo"}
    assert mbl("add", "Webinar", "--knows", "cfo").code == 2
    mbl("edit", "Breakfast with bakers", "--asked", "nothing else")
    assert fields("Breakfast with bakers")["asked"] == {"answer": "nothing else"}


def test_without_a_guidepoint_the_question_is_asked_all_the_same(small: Path) -> None:
    sitting = Sitting("add", "Fresh", "--requester", "cmo").types("1\r", ENTER)
    assert sitting.leaves() == 0
    assert fields("Fresh") == {"asked": {"answer": "1", "by": "cmo"}}, (
        "no outcome is offered: this is an answer"
    )


def test_the_question_is_seen_where_the_answer_goes_into_a_pipe(acme: Path) -> None:
    command = f"{shlex.join(MBL)} add 'Breakfast with bakers' 2>/dev/tty | cat > out.txt"
    sitting = Sitting(shell=command).types("the \x1b[A\x1b[D\tVP wants it\r", ENTER)
    assert sitting.leaves() == 0
    assert ASKS in sitting.text
    assert (acme / "out.txt").read_text().startswith("Added ")
    assert fields("Breakfast with bakers") == {"asked": {"answer": "the VP wants it"}}, (
        "keys that steer are no text"
    )


def test_what_is_no_text_is_asked_for_again(acme: Path) -> None:
    command = f"{shlex.join(MBL)} add 'Breakfast with bakers' | cat"
    sitting = Sitting(shell=command).types(b"caf\xe9\r", "café\r", ENTER)
    assert sitting.leaves() == 0
    assert "That is not text." in sitting.text
    assert fields("Breakfast with bakers") == {"asked": {"answer": "café"}}


def test_edit_asks_for_a_request_that_serves_nothing_yet(small: Path) -> None:
    sitting = Sitting("edit", "fgh44", "--owner", "zoe").types("leads\r", "cfo\r")
    assert sitting.leaves() == 0
    assert item("fgh44")["owner"] == "zoe"
    assert fields("fgh44") == {"asked": {"answer": "leads", "by": "dealers", "knows": "cfo"}}


def test_edit_asks_nobody_twice_and_never_beside_the_point(small: Path) -> None:
    write_item(small, {"id": "xzc55", "rank": "a4", "title": "Asked before", "asked": {"answer": "so"}})
    before = files(small)
    for arguments in (
        ("kdw22", "--owner", "zoe"),
        ("xzc55", "--owner", "zoe"),
        ("hrd77", "--owner", "zoe"),
        ("fgh44", "pqr66", "--owner", "zoe"),
        ("fgh44", "--no-ask", "--owner", "zoe"),
        ("fgh44", "--moscow", "wont"),
        ("pqr66", "--outcomes", "brand"),
    ):
        screen = terminal("edit", *arguments)
        assert (screen.code, ASKS in screen.text) == (0, False), arguments
    assert len(changed(before, files(small))) == 5


OUTCOMES = tuple(Outcome(id=id_, text="What will be true") for id_ in ("pipeline", "2", "brand"))


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("1", ("pipeline",)),
        ("3,1 3", ("brand", "pipeline")),
        ("PIPELINE; brand", ("pipeline", "brand")),
        ("4", ()),
        ("0", ()),
        ("pipeline 7", None),
        ("more pipeline", None),
        ("the VP wants it", None),
        ("3 leads", None),
    ],
)
def test_an_answer_names_outcomes_or_is_free_text(answer: str, named: tuple[str, ...] | None) -> None:
    assert chosen(answer, OUTCOMES) == named
    assert chosen(answer, ()) is None
