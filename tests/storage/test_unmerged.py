"""The three versions of what git could not merge, what the sides are called, and that only the told files are staged."""

import subprocess
from pathlib import Path

import pytest

from gitworld import git, pin, versioned
from mbl.storage import unmerged


@pytest.fixture(autouse=True)
def _ana(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


def _diverged(root: Path) -> None:
    """main and idea change kdw22 differently; idea deletes pqr66, which main changes; both add nnn22."""
    git(root, "switch", "--quiet", "-c", "idea")
    _write(root, kdw22="Theirs", nnn22="New there")
    git(root, "rm", "--quiet", "items/pqr66.yaml")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Idea: a fair")
    git(root, "switch", "--quiet", "main")
    _write(root, kdw22="Ours", nnn22="New here", pqr66="Changed")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Ours")


def _write(root: Path, **titles: str) -> None:
    for id_, title in titles.items():
        (root / "items" / f"{id_}.yaml").write_text(f"id: {id_}\ntitle: {title}\n")


def _stops(root: Path, *arguments: str) -> None:
    ran = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    assert ran.returncode != 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = versioned(tmp_path / "repo" / "backlog", top=tmp_path / "repo")
    _diverged(root)
    return root


def test_each_version_is_what_its_side_has(root: Path) -> None:
    _stops(root, "merge", "idea")
    found = unmerged.unmerged(root)
    assert set(found) == {"items/kdw22.yaml", "items/nnn22.yaml", "items/pqr66.yaml"}
    assert found["items/kdw22.yaml"].base == git(root, "show", "main~1:./items/kdw22.yaml").encode()
    assert found["items/kdw22.yaml"][1:] == (b"id: kdw22\ntitle: Ours\n", b"id: kdw22\ntitle: Theirs\n")
    assert found["items/nnn22.yaml"].base is None
    assert found["items/pqr66.yaml"].theirs is None


def test_only_what_is_told_is_staged(root: Path) -> None:
    _stops(root, "merge", "idea")
    (root.parent / "notes.txt").write_text("mine\n")
    (root / "items" / "kdw22.yaml").write_text("id: kdw22\ntitle: Both\n")
    (root / "items" / "pqr66.yaml").unlink()
    unmerged.stage(root, ["items/kdw22.yaml", "items/pqr66.yaml"])
    assert set(unmerged.unmerged(root)) == {"items/nnn22.yaml"}
    assert "notes.txt" not in git(root.parent, "diff", "--cached", "--name-only")
    assert "notes.txt" in git(root.parent, "diff", "--name-only")


@pytest.mark.parametrize(
    ("command", "sides"),
    [
        (("merge", "idea"), ("main", "idea")),
        (("cherry-pick", "idea"), ("main", "idea")),
        (("rebase", "idea"), ("what we build on", "main")),
    ],
)
def test_the_sides_have_the_names_people_know(
    root: Path, command: tuple[str, ...], sides: tuple[str, str]
) -> None:
    _stops(root, *command)
    assert unmerged.sides(root) == sides


def test_a_commit_without_a_branch_is_called_by_its_subject(root: Path) -> None:
    commit = git(root, "rev-parse", "idea").strip()
    git(root, "branch", "-D", "idea")
    _stops(root, "merge", commit)
    ours, theirs = unmerged.sides(root)
    assert ours == "main"
    assert theirs == f"{git(root, 'rev-parse', '--short', commit).strip()} Idea: a fair"


def test_without_a_conflict_there_is_nothing(root: Path) -> None:
    assert unmerged.unmerged(root) == {}
    assert unmerged.sides(root) == ("main", "the other side")
