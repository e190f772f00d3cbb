"""`mbl undo` before a person: shows in words what it would take back, and asks."""

from pathlib import Path

import pytest

from sitting import CTRL_C, CTRL_D, Sitting
from world import files, mbl


@pytest.fixture
def moved(small: Path) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """The backlog in which the poster was moved, and its files before and after."""
    before = files(small)
    assert mbl("rank", "pqr66", "--top").code == 0
    return small, before, files(small)


def test_it_shows_what_it_would_take_back_and_asks(
    moved: tuple[Path, dict[str, bytes], dict[str, bytes]],
) -> None:
    root, before, _ = moved
    there = Sitting("undo", cwd=root)
    assert 'Would move "Poster" 1 → 5' in there.screen
    assert "Undo this?" in there.screen
    assert there.types("y").leaves() == 0
    assert files(root) == before


@pytest.mark.parametrize("answer", ["n", CTRL_D])
def test_a_no_changes_nothing(moved: tuple[Path, dict[str, bytes], dict[str, bytes]], answer: str) -> None:
    root, _, after = moved
    assert Sitting("undo", cwd=root).types(answer).leaves() == 0
    assert files(root) == after


def test_ctrl_c_changes_nothing(moved: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    root, _, after = moved
    assert Sitting("undo", cwd=root).types(CTRL_C).leaves() == 130
    assert files(root) == after


def test_yes_asks_nobody(moved: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    root, before, _ = moved
    there = Sitting("undo", "--yes", cwd=root)
    assert not there.asks
    assert there.leaves() == 0
    assert files(root) == before


def test_nothing_left_says_so(small: Path) -> None:
    said = mbl("undo")
    assert (said.code, "Nothing to undo" in said.err) == (0, True)
    assert mbl("undo", "--list").code == 0


def test_the_list_fits_a_narrow_screen(moved: tuple[Path, dict[str, bytes], dict[str, bytes]]) -> None:
    root, _, _ = moved
    there = Sitting("undo", "--list", width=60, cwd=root)
    assert there.leaves() == 0
    assert max(len(line) for line in there.text.splitlines()) <= 60
    assert "can be undone" in " ".join(there.text.split())
