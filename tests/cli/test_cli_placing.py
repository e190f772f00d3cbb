"""`mbl rank REF --ask`: one request is placed by few either-or questions, and nothing moves before the last answer."""

from math import ceil, log2
from pathlib import Path

import pytest

from sitting import CTRL_C, CTRL_D, Sitting
from world import changed, files, ids, mbl, terminal, write_backlog

ORDER = "kdw22 kdw33 fgh44 xzc55 pqr66"


def order() -> str:
    return " ".join(ids(mbl("list", "-f", "json")))


PLACES = (
    (("1", "1", "1"), "pqr66 kdw22 kdw33 fgh44 xzc55"),
    (("2", "2"), "kdw22 kdw33 fgh44 xzc55 pqr66"),
    (("2", "1"), "kdw22 kdw33 fgh44 pqr66 xzc55"),
    (("?",), "kdw22 kdw33 fgh44 pqr66 xzc55"),
    (("1", "?"), "kdw22 kdw33 pqr66 fgh44 xzc55"),
)


@pytest.mark.parametrize(("keys", "expected"), PLACES)
def test_the_answers_lead_to_its_place(small: Path, keys: tuple[str, ...], expected: str) -> None:
    before = files(small)
    sitting = Sitting("rank", "5", "--ask", width=60).types(*keys)
    assert sitting.leaves() == 0
    assert order() == expected
    assert changed(before, files(small)) <= {"items/pqr66.yaml"}
    assert sitting.text.count("which?") == len(keys) <= ceil(log2(4 + 1))
    assert "Webinar for CTOs" in sitting.text or "Newsletter in spring" in sitting.text
    assert all(len(line) <= 60 for line in sitting.text.splitlines())


@pytest.mark.parametrize("leaving", ["q", CTRL_D, CTRL_C])
def test_who_stops_half_way_moves_nothing(small: Path, leaving: str) -> None:
    before = files(small)
    sitting = Sitting("rank", "5", "--ask").types("1", leaving)
    assert sitting.leaves() == (130 if leaving == CTRL_C else 0)
    assert files(small) == before


def test_a_dry_run_asks_and_only_says_what_would_move(small: Path) -> None:
    sitting = Sitting("rank", "5", "--ask", "--dry-run").types("1", "1", "1")
    assert sitting.leaves() == 0
    assert 'Would move "Poster" 5 → 1' in sitting.text
    assert order() == ORDER


def test_another_key_is_named_and_asked_again(small: Path) -> None:
    sitting = Sitting("rank", "5", "--ask").types("x", "\x1b[A", "é", "2", "2")
    assert sitting.leaves() == 0
    for key in ("x", "escape", "é"):
        assert f"{key} does nothing here." in sitting.text
    assert order() == ORDER


def test_a_list_of_one_needs_no_question(here: Path) -> None:
    write_backlog(here, [{"id": "bcdf2", "rank": "a1", "title": "Alone"}])
    screen = terminal("rank", "1", "--ask")
    assert (screen.code, screen.lines) == (0, ("Nothing to change.",))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("rank", "5", "--ask"), 2, "Say the place: mbl rank 5 --to 3"),
        (("rank", "--ask"), 2, "Say what to move"),
        (("rank", "4", "5", "--ask"), 2, "one request at a time"),
        (("rank", "5", "--ask", "--top"), 2, "Say one thing"),
    ],
)
def test_without_a_terminal_it_says_how_to_say_the_place(
    small: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = mbl(*arguments, input="1\n1\n1\n")
    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_what_has_ended_has_no_place(small: Path) -> None:
    screen = terminal("rank", "hrd77", "--ask")
    assert screen.code == 1
    assert "it has no place in the list" in screen.text
