"""`mbl resolve` before a person: one question after the other, with both values, and s to leave one open."""

import subprocess
from pathlib import Path

import pytest

from gitworld import git, pin, versioned
from sitting import CTRL_C, Sitting
from world import item, mbl


@pytest.fixture
def root(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A merge that stopped: main and idea disagree about estimate and owner of the webinar, and the poster's owner."""
    pin(monkeypatch)
    versioned(here)
    git(here, "switch", "--quiet", "-c", "idea")
    for line in (
        ("edit", "kdw22", "--estimate", "13d", "--owner", "ben"),
        ("edit", "pqr66", "--owner", "ben"),
        ("commit",),
    ):
        assert mbl(*line).code == 0
    git(here, "switch", "--quiet", "main")
    for line in (
        ("edit", "kdw22", "--estimate", "8d", "--owner", "ana"),
        ("edit", "pqr66", "--owner", "ana"),
        ("commit",),
    ):
        assert mbl(*line).code == 0
    ran = subprocess.run(["git", "merge", "idea"], cwd=here, capture_output=True, check=False)
    assert ran.returncode != 0
    return here


def test_every_disagreement_is_one_question_with_both_values(root: Path) -> None:
    there = Sitting("resolve", cwd=root)
    first = there.screen
    for word in (
        '"Webinar for CTOs": estimate (it was 5d)',
        "main: 8d",
        "idea: 13d",
        "[o] main",
        "[t] idea",
        "[s] skip",
    ):
        assert word in first
    assert there.types("t", "o", "t").leaves() == 0
    assert git(root, "ls-files", "--unmerged") == ""
    git(root, "commit", "--quiet", "--no-edit")
    assert (item("kdw22")["estimate"]["likely"], item("kdw22")["owner"], item("pqr66")["owner"]) == (
        13,
        "ana",
        "ben",
    )


def test_what_is_skipped_stays_open_and_the_rest_is_staged(root: Path) -> None:
    there = Sitting("resolve", cwd=root)
    assert there.types("s", "o", "o").leaves() == 1
    unmerged = {line.split("\t")[1] for line in git(root, "ls-files", "--unmerged").splitlines()}
    assert unmerged == {"items/kdw22.yaml"}
    assert b"<<<<<<<" in (root / "items" / "kdw22.yaml").read_bytes()


def test_ctrl_c_leaves_everything_as_it_was(root: Path) -> None:
    before = git(root, "ls-files", "--stage"), (root / "items" / "kdw22.yaml").read_bytes()
    assert Sitting("resolve", cwd=root).types("o", CTRL_C).leaves() == 130
    assert (git(root, "ls-files", "--stage"), (root / "items" / "kdw22.yaml").read_bytes()) == before


def test_another_key_asks_again(root: Path) -> None:
    there = Sitting("resolve", cwd=root).types("x")
    assert "x does nothing here" in there.screen
    assert there.types("o", "o", "o").leaves() == 0
