"""The story of the five years is played as its README tells it: 60 months, after a review 27."""

import glob
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from test_readme import fits, typed
from world import FIVE_YEARS, files, mbl

TOLD = (FIVE_YEARS / "README.md").read_text("utf-8")


@pytest.fixture
def checkout(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder holds the lists, as the folder of mbl does."""
    monkeypatch.delenv("MBL_TODAY")
    shutil.copytree(FIVE_YEARS, here / "examples" / "five-years")
    return here


def expanded(word: str) -> list[str]:
    return sorted(glob.glob(word)) if "*" in word else [word]


def play(monkeypatch: pytest.MonkeyPatch, last: int | None = None) -> None:
    """Type what the README shows, up to the command with this number."""
    for step in typed(TOLD)[:last]:
        program, *words = shlex.split(step.line)
        if program == "export":
            for name, _, value in (word.partition("=") for word in words):
                monkeypatch.setenv(name, value)
            continue
        said = mbl(*(each for word in words for each in expanded(word)))
        assert (program, said.code) == ("mbl", 0), said.err
        assert fits(step.shown, said.out.splitlines()), f"$ {step.line}\n{said.out}"


def test_sixty_months_and_after_the_review_twenty_seven(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch)
    found = mbl("review", "-f", "json").json
    assert (found["before"], found["after"], found["queue"]) == (60.0, {"low": 27.0, "high": 27.0}, [])
    dropped = mbl("list", "--status", "dropped", "--columns", "id,reason", "-f", "json").json["items"]
    assert len(dropped) == 201
    assert {row["reason"] for row in dropped} == {
        "Its date has passed", "Nobody needs it any more", "Lumo Classic is not sold any more",
    }  # fmt: skip
    assert len(files(checkout / "lists" / "items")) == 341, "what is dropped keeps its file"


def test_thirty_promises_drawn_by_chance_say_how_much_is_dead(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = next(number for number, step in enumerate(typed(TOLD), 1) if " import " in step.line)
    play(monkeypatch, imported)
    gone = [word for step in typed(TOLD) if "--gone" in step.line for word in shlex.split(step.line)]
    named = [word for flag, word in pairwise(gone) if flag == "--gone"]
    reasons = {
        row["id"]: row["reasons"]
        for row in mbl("review", "--gone", ",".join(named), "-f", "json").json["queue"]
    }
    classic = {row["id"] for row in mbl("review", "--text", "Lumo Classic", "-f", "json").json["queue"]}
    dead = {id_ for id_ in reasons if {"due_passed", "requester_gone"} & set(reasons[id_])} | classic
    drawn = mbl("review", "--sample", "30", "-f", "json").json["sample"]["ids"]
    keep, drop = ([id_ for id_ in drawn if (id_ in dead) is wanted] for wanted in (False, True))
    assert mbl("review", "--keep", ",".join(keep), "--decline", ",".join(drop)).code == 0
    sample = mbl("review", "--sample", "30", "-f", "json").json["sample"]
    assert (sample["decided"], sample["dropped"], sample["enough"]) == (30, len(drop), True)
    assert sample["share"]["low"] <= len(dead) / 341 <= sample["share"]["high"]
    assert sample["months"]["low"] <= 27 <= sample["months"]["high"]
