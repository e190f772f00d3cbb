"""A command line is felt: what a list does not need, it does not load. Modules are counted, never milliseconds."""

import shlex
import subprocess
import sys

import pexpect
import pytest

from world import copy_acme, environment

HEAVY = {"pydantic", "pydantic_core", "yaml", "git", "rich"}
COUNTED = (sys.executable, "-X", "importtime", "-m", "mbl")


@pytest.fixture
def warm(here, monkeypatch):
    """The example backlog, listed once: its cache knows every file."""
    root = copy_acme(here / "acme")
    monkeypatch.chdir(root)
    loaded("list")
    return root


def loaded(*arguments: str) -> set[str]:
    """The modules that a real process imports, as Python itself reports them on standard error."""
    ran = subprocess.run(
        [*COUNTED, *arguments], capture_output=True, text=True, check=True, timeout=60, env=environment()
    )
    return named(ran.stderr)


def named(report: str) -> set[str]:
    return {
        line.rpartition("|")[2].strip() for line in report.splitlines() if line.startswith("import time:")
    }


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("list", "--limit", "5"), ("list", "-f", "json"), ("list", "--team", "growth", "-f", "csv"), ("rank",), ("show", "1"), ("capacity",), (), ("campaign",), ("campaign", "show", "q8n2k")],
    ids=" ".join,
)  # fmt: skip
def test_a_reading_command_on_a_warm_cache_loads_no_heavy_library(warm, arguments):
    assert loaded(*arguments) & HEAVY == set()


def test_whether_criteria_were_changed_is_asked_of_git_once(warm):
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    for words in (("init", "--quiet"), ("add", "."), (*who, "commit", "--quiet", "-m", "First")):
        subprocess.run(["git", *words], check=True, timeout=60, env=environment())
    loaded("list")
    first, second = (loaded("campaign", "show", "q8n2k") for _ in range(2))
    assert "git" in first
    assert second & HEAVY == set()


def test_moving_one_item_on_a_warm_cache_needs_neither_pydantic_nor_git(warm):
    assert loaded("rank", "3", "--top") & HEAVY <= {"yaml"}


def test_the_check_can_fail(warm):
    """The same list without a cache loads what reads the files."""
    for path in warm.glob(".mbl/index"):
        path.unlink()
    assert loaded("list") >= {"pydantic", "yaml"}


def test_help_and_version_load_no_heavy_library_and_no_storage(here):
    for arguments in (("--version",), ("--help",), ("list", "--help")):
        names = loaded(*arguments)
        assert names & HEAVY == set()


def test_rich_draws_the_list_in_a_terminal_only(warm):
    drawn = pexpect.run(
        shlex.join((*COUNTED, "list")), env=environment({"TERM": "xterm"}), encoding="utf-8", timeout=60
    )
    assert "rich" in named(drawn)
    assert "rich" not in loaded("list")
