"""An agreed Guidepoint is meant to hold: `mbl check` compares it with the commit that agreed it, in real git."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gitworld import git, pin, replace_line, repository
from world import environment, mbl, write_backlog

Q4 = "guidepoints/2026-q4.yaml"
DRAFT = (
    "statement: Shippers come to us\nfrom: 2026-10-01\nto: 2026-12-31\noutcomes:\n"
    "  - {id: pipeline, text: More, measure: leads, baseline: 2, target: 9, due: 2026-12-31}\n"
)
AGREED = DRAFT + "agreed: {date: 2026-09-24, by: [cmo]}\n"
WHY = "changes: [{date: 2026-11-22, by: ana, reason: The market moved}]\n"
TARGET = "target of the outcome pipeline went from 9 to 12"


def save(root: Path, text: str) -> None:
    (root / Q4).write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "-m", "Guidepoint")


def found() -> list[dict[str, object]]:
    said = mbl("check", "-f", "json")
    problems = [each for each in said.json["problems"] if each["code"] == "changed-agreement"]
    assert not problems or said.code == 1
    return problems


@pytest.fixture
def plans(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backlog in a repository whose first commit is a draft, and whose second agrees to it."""
    pin(monkeypatch)
    write_backlog(repository(here), ())
    for folder in ("guidepoints", "measures"):
        (here / folder).mkdir()
    (here / "measures/leads.yaml").write_text("id: leads\n")
    save(here, DRAFT.replace("target: 9", "target: 5"))
    save(here, AGREED)
    return here


def test_what_was_agreed_and_holds_is_well(plans: Path) -> None:
    assert found() == []


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("target: 9", "target: 12", TARGET),
        ("Shippers come", "Dealers come", "the statement changed"),
        ("to: 2026-12-31", "to: 2027-01-31", "`to` went from 2026-12-31 to 2027-01-31"),
        ("id: pipeline", "id: leads", "the outcome pipeline is gone; the outcome leads is new"),
    ],
)
def test_a_change_by_hand_without_a_reason_is_an_error(
    plans: Path, old: str, new: str, says: str, committed: bool
) -> None:
    replace_line(plans / Q4, old, new)
    if committed:
        save(plans, (plans / Q4).read_text())
    (problem,) = found()
    assert (problem["path"], problem["line"], problem["level"]) == (Q4, 6, "error")
    assert problem["message"] == f"agreed on 2026-09-24, and changed since without a reason: {says}"
    assert "`changes`" in str(problem["fix"])


def test_a_reason_excuses_what_changed_until_then_and_nothing_that_comes_later(plans: Path) -> None:
    save(plans, AGREED.replace("target: 9", "target: 12"))
    (plans / Q4).write_text(AGREED.replace("target: 9", "target: 12") + WHY)
    assert found() == []
    save(plans, (plans / Q4).read_text())
    assert found() == []
    replace_line(plans / Q4, "target: 12", "target: 13")
    (problem,) = found()
    assert "from 12 to 13" in str(problem["message"])


def test_a_reason_of_nothing_is_none(plans: Path) -> None:
    (plans / Q4).write_text(
        AGREED.replace("target: 9", "target: 12") + "changes: [{date: 2026-11-22, reason: ' '}]\n"
    )
    assert TARGET in str(found()[0]["message"])


def test_the_way_of_the_command_is_always_well(plans: Path) -> None:
    for words in (
        ("edit", "--target", "pipeline=12", "--reason", "The market moved"), ("agree", "--by", "cfo"),
        ("edit", "--close-outcome", "pipeline"), ("close",),
    ):  # fmt: skip
        assert mbl("guidepoint", *words, "--commit").code == 0
        assert found() == []


def test_who_joins_later_does_not_hide_a_change(plans: Path) -> None:
    replace_line(plans / Q4, "target: 9", "target: 12")
    assert mbl("guidepoint", "agree", "--by", "cfo", "--commit").code == 0
    assert TARGET in str(found()[0]["message"])


def test_an_agreement_of_another_day_is_a_new_one(plans: Path) -> None:
    save(plans, AGREED.replace("target: 9", "target: 12").replace("2026-09-24", "2026-10-24"))
    assert found() == []


def test_a_version_that_cannot_be_read_and_a_file_that_was_away_are_passed_over(plans: Path) -> None:
    save(plans, "statement: [\n")
    git(plans, "rm", "--quiet", Q4)
    git(plans, "commit", "--quiet", "-m", "Away")
    (plans / "guidepoints").mkdir(exist_ok=True)
    save(plans, AGREED.replace("target: 9", "target: 12"))
    assert TARGET in str(found()[0]["message"])


def test_an_agreement_on_a_branch_counts_once_it_is_merged(plans: Path) -> None:
    save(plans, DRAFT)
    git(plans, "switch", "--quiet", "-c", "talks")
    save(plans, AGREED.replace("2026-09-24", "2026-11-20"))
    git(plans, "switch", "--quiet", "main")
    (plans / "notes.txt").write_text("Meanwhile\n")
    save(plans, DRAFT)
    git(plans, "merge", "--quiet", "--no-edit", "talks")
    assert found() == []
    replace_line(plans / Q4, "target: 9", "target: 12")
    assert TARGET in str(found()[0]["message"])


@pytest.mark.parametrize("config", ["log.follow", "log.showSignature", "diff.renames", "diff.noprefix"])
def test_the_users_own_settings_of_git_change_nothing(plans: Path, config: str) -> None:
    git(plans, "config", config, "true")
    assert found() == []
    replace_line(plans / Q4, "target: 9", "target: 12")
    assert TARGET in str(found()[0]["message"])


def test_a_backlog_below_the_top_with_an_odd_name_is_compared_too(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch)
    root = write_backlog(repository(here) / "our [plans] ü", ())
    (root / "guidepoints").mkdir()
    (root / "guidepoints/[2026] q4 ü.yaml").write_text(AGREED)
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "-m", "All")
    monkeypatch.chdir(root)
    assert found() == []
    replace_line(root / "guidepoints/[2026] q4 ü.yaml", "target: 9", "target: 12")
    assert TARGET in str(found()[0]["message"])


def _without_git(root: Path) -> None:
    (root / ".git").rename(root.parent / "gone")


def _cut_off(root: Path) -> None:
    git(root.parent, "clone", "--quiet", "--depth", "1", f"file://{root}", "clone")
    _without_git(root)
    (root.parent / "clone/.git").rename(root / ".git")


def _never_committed(root: Path) -> None:
    _without_git(root)
    repository(root)


@pytest.mark.parametrize("lose", [_without_git, _cut_off, _never_committed])
def test_where_nobody_can_tell_nothing_is_said(plans: Path, lose: Callable[[Path], None]) -> None:
    save(plans, AGREED.replace("target: 9", "target: 12"))
    lose(plans)
    assert found() == []


def test_git_is_loaded_only_where_a_guidepoint_is_agreed(plans: Path) -> None:
    for text, loads in ((DRAFT, False), (AGREED, True)):
        (plans / Q4).write_text(text)
        ran = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "mbl", "check"], capture_output=True, text=True, check=True,
            env=environment(), timeout=60,
        )  # fmt: skip
        assert bool(re.search(r"\| +git$", ran.stderr, re.MULTILINE)) is loads
