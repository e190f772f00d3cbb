"""Screens as a person sees them, in a real pseudo-terminal: nothing wraps, columns align, and what fits is shown."""

import re
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte
import pytest

from world import MBL, TODAY, Screen, environment, files, mbl, terminal, write_item

Golden = Callable[[str, str], None]
WIDTHS = (60, 80, 140)


def cells(screen: Screen, width: int) -> list[list[str]]:
    """Every line as the cells of the terminal: a wide character takes two, the second empty."""
    drawn = pyte.Screen(width, len(screen.lines) + 2)
    pyte.Stream(drawn).feed(screen.raw)
    return [[drawn.buffer[y][x].data for x in range(width)] for y in range(len(screen.lines))]


def wraps(screen: Screen) -> bool:
    """Whether the terminal had to break a line."""
    return len(screen.lines) != len(screen.raw.rstrip().replace("\r\n", "\n").split("\n"))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_fits_the_terminal_and_says_how_many_more(acme: Path, width: int) -> None:
    screen = terminal("list", width=width, height=40)
    assert screen.code == 0
    assert not wraps(screen)
    assert len(screen.lines) <= 39, "a line is left for the next command"
    rows = [line for line in screen.lines[2:] if re.match(r" *\d+ ", line)]
    more = re.search(
        r"^… and (\d+) more items \(--limit 0 shows all\)$", "\n".join(screen.lines), re.MULTILINE
    )
    assert more
    assert len(rows) + int(more[1]) == len(mbl("list", "-f", "json").json["items"])
    for word in ("#", "Title", "Outcome", "Effort", "Asked by", "Age"):
        assert word in screen.lines[0].split("  ") or word in screen.lines[0]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_columns_align_whatever_script_a_title_is_in(acme: Path, width: int) -> None:
    for number, title in enumerate(
        (
            "日本語だけの題名で、とても長いものを一つ",
            "🎁🚀 a gift to the moon ✨",
            "Ünïcödé é́",
            "ＦＵＬＬ width",
        )
    ):
        write_item(
            acme,
            {
                "id": f"zz{number + 2}zz",
                "rank": "Zm",
                "title": title,
                "requester": "営業部長",
                "moscow": "must",
            },
        )
    screen = terminal("list", "--limit", "0", width=width)
    assert not wraps(screen)
    grid = cells(screen, width)
    header = "".join(cell or " " for cell in grid[0])
    rows = grid[2 : 2 + 62]
    assert "".join(rows[-1]).strip().startswith("62 ")
    assert "".join(grid[2 + 62]).strip() == "", "the meaning of the marks stands apart"
    for label in ("Title", "Outcome", "Asked by"):
        at = header.index(label)
        for row in rows:
            assert row[at - 1] == " ", "".join(row)
            assert row[at] not in (" ", ""), "".join(row)
    assert all(row[len(header.rstrip()) - 1] in "dmoy·" for row in rows), "ages end in one column"


def test_limit_0_shows_all_and_a_limit_that_many(acme: Path) -> None:
    whole = terminal("list", "--limit", "0", height=20).lines
    assert len([line for line in whole if re.match(r" *\d+ ", line)]) == 58
    assert (
        len(
            [line for line in terminal("list", "--limit", "30", height=20).lines if re.match(r" *\d+ ", line)]
        )
        == 30
    )


def test_colour_is_for_a_terminal_and_never_needed(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = terminal("list")
    assert "\x1b[" in coloured.raw
    for plain in (
        terminal("list", env={"NO_COLOR": "1"}), terminal("--no-color", "list"), terminal("list", env={"TERM": "dumb"}),
    ):  # fmt: skip
        assert "\x1b" not in plain.raw
        assert plain.lines == coloured.lines


def test_a_pipe_gets_all_of_it_plain(acme: Path) -> None:
    out = mbl("list").out
    assert "\x1b" not in out
    assert "…" not in out
    assert out.splitlines()[58].startswith("58 ")
    assert "One page, or maybe two, that explains to everybody (customers, dealers," in out


SCREENS = {
    "home": (),
    "list": ("list",),
    "list-all": ("list", "--limit", "0"),
    "list-ended": ("list", "--status", "declined,dropped"),
    "list-columns": ("list", "--columns", "id,title,due,team,owner", "--sort", "due", "--limit", "8"),
    "show": ("show", "1"),
    "capacity": ("capacity",),
    "capacity-without": ("capacity", "--without", "requester=vp-sales", "--by", "team"),
    "decline": ("decline", "k7f3x", "--reason", "The room is taken", "--dry-run"),
    "check": ("check",),
    "help": ("--help",),
    "help-rank": ("rank", "--help"),
    "ambiguous": ("accept", "webinar"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_the_one_that_was_approved(acme: Path, golden: Golden, name: str) -> None:
    screen = terminal(*SCREENS[name], width=80, height=24)
    golden(f"{name}.txt", screen.text)
    assert name == "decline" or not wraps(screen), "only a letter keeps its lines, to be copied"


@pytest.mark.parametrize("width", [60, 140])
@pytest.mark.parametrize(
    "command",
    [
        (),
        ("capacity",),
        ("show", "1"),
        ("accept", "web"),
        ("edit", "1", "2", "--owner", "zoe", "--dry-run"),
        ("lsit",),
    ],
)
def test_no_screen_wraps(acme: Path, command: tuple[str, ...], width: int) -> None:
    screen = terminal(*command, width=width)
    assert screen.lines
    assert not wraps(screen)


def test_a_hostile_title_does_not_steer_the_terminal(small: Path) -> None:
    for number, title in enumerate(
        ("\x1b[2J\x1b[31mred", "[red]bold[/]", "a\rb\nc\td", "\u202eabc", "x" * 5000)
    ):
        write_item(small, {"id": f"zz{number + 2}zz", "rank": "a0", "title": title})
    for command in (("list",), ("show", "1", "2", "3", "4")):
        screen = terminal(*command, env={"NO_COLOR": "1"})
        assert screen.code == 0
        assert "\x1b" not in screen.raw
        assert "\u202e" not in screen.raw
        assert "[red]bold[/]" in screen.text
    listed = terminal("list").lines
    assert "Webinar for CTOs" in listed[7], "nothing was cleared away"


def test_ctrl_c_leaves_quietly_and_changes_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "sh -c 'echo READY; exec sleep 60'")
    before = files(small)
    child = pexpect.spawn(
        MBL[0], [*MBL[1:], "rank", "--edit"], encoding="utf-8", timeout=30, env=environment()
    )
    child.expect("READY")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in str(child.before)
    assert files(small) == before


def test_the_day_is_told_in_the_screens_as_it_was_set(small: Path) -> None:
    assert mbl("--today", "2026-11-23", "list").out != mbl("--today", TODAY, "list").out
