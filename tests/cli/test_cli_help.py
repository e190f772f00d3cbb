"""Help is written for a marketer: grouped, with an example a command, and no line breaks in the middle of a word."""

import re
import shlex
from pathlib import Path
from signal import SIGINT
from subprocess import PIPE, Popen

import pytest

from gitworld import git, pin, repository
from mbl.cli.app import built
from mbl.cli.table import COMMANDS, all_rows
from world import MBL, mbl, terminal

GROUPS = {
    "Every day": ["init", "add", "list", "show", "edit", "rank", "capacity"],
    "Say yes, say no": ["accept", "start", "done", "decline", "reopen"],
    "Learn": ["campaign"],
    "Together": ["check", "diff", "commit", "log", "undo", "resolve"],
    "Exchange": ["import", "schema"],
}
ROWS = all_rows()
JARGON = re.compile(r"\b(args|kwargs|None|null|bool|str|int|Optional|stdout|stderr|YAML key|enum)\b")


def options_of(name: str) -> list[str]:
    return [
        option
        for parameter in built(name, ROWS[name]).params
        for option in parameter.opts
        if option.startswith("-")
    ]


def test_the_groups_are_those_of_the_table_in_their_order() -> None:
    groups: dict[str, list[str]] = {}
    for name, row in COMMANDS.items():
        groups.setdefault(row.group, []).append(name)
    for group, names in GROUPS.items():
        assert [name for name in groups[group] if name in names] == names
    out = mbl("--help").out
    places = [out.index(f"{group}:") for group in groups]
    assert places == sorted(places)
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", out, re.MULTILINE)


@pytest.mark.parametrize("name", ROWS)
def test_every_command_has_help_and_an_example(name: str) -> None:
    said = mbl(*name.split(), "--help")
    assert said.code == 0
    assert said.out == mbl(*name.split(), "-h").out
    assert said.out.startswith(f"Usage: mbl {name} ")
    assert f"Example:\n    {ROWS[name].example}\n" in said.out
    assert not JARGON.search(said.out)
    command = built(name, ROWS[name])
    assert command.help.rstrip(".") != command.help, "a sentence ends with a full stop"
    assert all(parameter.help for parameter in command.params if parameter.name != "help")


@pytest.mark.parametrize("name", ROWS)
def test_every_option_is_spelled_in_small_letters(name: str) -> None:
    assert all(re.fullmatch(r"-[a-z]|--[a-z][a-z_-]*", option) for option in options_of(name))


READING = ("status", "moscow", "outcome", "team", "requester", "audience", "label", "text", "since")
PROMISED = {
    "init": ("name", "capacity", "timezone", "no-git"),
    "add": (
        "requester", "outcome", "how", "estimate", "type", "team", "owner", "audience", "channel", "due", "moscow",
        "status", "label", "link", "description", "dry-run", "commit", "format",
    ),
    "list": (*READING, "limit", "sort", "columns", "format"),
    "show": ("format",),
    "edit": ("dry-run", "commit", "format", "title", "estimate", "depends-on"),
    "rank": (*READING, "top", "bottom", "to", "above", "below", "ask", "edit", "rebalance", "dry-run", "commit", "format"),
    "capacity": ("by", "without", "format"),
    **dict.fromkeys(("accept", "start", "done"), ("date", "dry-run", "commit", "format")),
    "decline": ("date", "reason", "revisit", "dry-run", "commit", "format"),
    "reopen": ("dry-run", "commit", "format"),
    "workshop": (*READING, "participants", "minutes", "again", "commit"),
    "guidepoint": ("format",),
    "guidepoint new": ("statement", "from", "to", "outcome", "dry-run", "commit", "format"),
    "guidepoint edit": ("reason", "dry-run", "commit", "format"),
    "guidepoint agree": ("by", "dry-run", "commit", "format"),
    "guidepoint close": ("dry-run", "commit", "format"),
    "measures": ("format",),
    "measures new": ("dry-run", "commit", "format"),
    "measures log": ("date", "dry-run", "commit", "format"),
    "check": ("fix", "format"),
    "commit": ("message", "format"),
    "import": ("as", "map", "requester", "owner", "dry-run", "commit", "format"),
    "schema": (),
}  # fmt: skip


@pytest.mark.parametrize("name", PROMISED)
def test_the_options_that_were_promised_are_there(name: str) -> None:
    assert {f"--{option}" for option in PROMISED[name]} <= set(options_of(name))


@pytest.mark.parametrize("name", ROWS)
def test_every_example_works_on_the_example_backlog(
    acme: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for file in ("sales.csv", "events.csv"):
        (acme / file).write_text("Title,Estimate\nOne thing,2d\n")
    pin(monkeypatch)
    repository(acme)
    git(acme, "add", "--all")
    git(acme, "commit", "--quiet", "-m", "Begin")
    if name == "init":
        monkeypatch.chdir(acme.parent)
    program, *words = shlex.split(ROWS[name].example)
    assert (program, words[: len(name.split())]) == ("mbl", name.split())
    if name == "campaign watch":
        _interrupted(words)
        return
    dry = ["--dry-run"] if "--dry-run" in options_of(name) and "--dry-run" not in words else []
    said = mbl(*words, *dry)
    if name == "workshop":
        assert "needs a terminal" in said.err, "nothing else is wrong with it"
        return
    assert said.code == 0 or (name == "check" and said.code == 1), said.err


def _interrupted(words: list[str]) -> None:
    """A command without an end: it says something, and Ctrl-C ends it."""
    with Popen([*MBL, *words], stdout=PIPE, stderr=PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert watching.stdout.readline()
        watching.send_signal(SIGINT)
        watching.communicate(timeout=30)
        assert watching.returncode in (0, 130)


@pytest.mark.parametrize("width", [60, 80])
def test_help_fits_the_terminal(width: int) -> None:
    longest = {name: len(row.example) + 4 for name, row in COMMANDS.items()}
    for arguments in (["--help"], ["rank", "--help"], ["edit", "--help"], ["import", "--help"]):
        screen = terminal(*arguments, width=width)
        assert screen.code == 0
        assert len(screen.lines) == screen.raw.rstrip().count("\n") + 1 + (
            arguments[0] in longest and longest[arguments[0]] > width
        )
