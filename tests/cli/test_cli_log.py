"""`mbl log`: fit to be read by a stakeholder, whatever somebody wrote into a message, and on a narrow screen."""

from pathlib import Path

import pytest

from gitworld import git, pin, versioned
from world import mbl, process, terminal

NASTY = "[bold]Why[/bold] \x1b[31mred\x1b[0m @cmo <img src=x> `$(touch pwned)` \u202eevil " + "long " * 40


@pytest.fixture
def root(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pin(monkeypatch)
    versioned(here)
    assert mbl("accept", "fgh44").code == 0
    git(here, "-c", "user.name=Ana\x1b[2J", "commit", "--quiet", "--all", "--cleanup=verbatim", "-m", NASTY)
    return here


@pytest.mark.parametrize("width", [80, 60])
def test_a_hostile_message_is_text_and_fits(root: Path, width: int) -> None:
    shown = terminal("log", width=width, cwd=root, env={"NO_COLOR": "1"})
    assert shown.code == 0
    assert max(map(len, shown.lines)) <= width
    for steering in ("\x1b[31m", "\x1b[2J", "\u202e"):
        assert steering not in shown.raw
    assert "[bold]Why[/bold]" in shown.text


def test_markdown_mentions_nobody(root: Path) -> None:
    text = mbl("log", "-f", "md").out
    assert "@cmo" not in text
    assert "<img" not in text
    assert not list(root.rglob("pwned"))


def test_a_pipe_gets_no_escape(root: Path) -> None:
    said = process("log", "fgh44", cwd=root)
    assert "\x1b" not in said.out
    assert "accepted" in said.out


@pytest.mark.parametrize("words", [("--limit", "-1"), ("--since", "soon")])
def test_a_wrong_option_is_a_wrong_command_line(root: Path, words: tuple[str, str]) -> None:
    assert mbl("log", *words).code == 2


def test_a_day_in_the_future_finds_nothing_and_says_so(root: Path) -> None:
    said = mbl("log", "--since", "2030-01-01")
    assert (said.code, "Nothing happened" in said.out) == (0, True)


def test_a_spreadsheet_gets_a_line_for_every_change(root: Path) -> None:
    head, first, *_ = mbl("log", "-f", "csv").out.splitlines()
    assert head == "date,by,why,pull_request,commit,id,what,field,before,after,words"
    assert "fgh44,changed,status,request,committed" in first


def test_a_newest_commit_without_a_change_to_tell_is_said_to_be_one(root: Path) -> None:
    path = root / "items" / "fgh44.yaml"
    path.write_text(f"{path.read_text()}# nothing\n")
    git(root, "commit", "--quiet", "--all", "-m", "A remark")
    said = mbl("log", "--limit", "1").out
    assert "changed nothing that can be told" in said
    assert "earlier" in said
