"""The ledger of commits: what each did to which file, as git itself says it; expendable, and never wrong."""

from pathlib import Path

import pytest

from gitworld import git, pin, repository, versioned
from mbl.storage.ledger import Entry, Ledger, ledger, pull_requests


@pytest.fixture(autouse=True)
def _ana(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = versioned(tmp_path / "backlog")
    (root / "items" / "kdw22.yaml").write_text("id: kdw22\ntitle: Fair\n")
    git(root, "commit", "--quiet", "--all", "-m", "Edit\n\nBecause of the fair")
    git(root, "rm", "--quiet", "items/pqr66.yaml")
    git(root, "commit", "--quiet", "-m", "Remove")
    return root


def _names(root: Path, path: str) -> list[tuple[str | None, str | None]]:
    return [(touch.before, touch.after) for touch in ledger(root, None).touches[path]]


def test_every_touch_names_what_git_keeps(root: Path) -> None:
    first, edited = (git(root, "rev-parse", f"HEAD~{back}:items/kdw22.yaml").strip() for back in (2, 1))
    assert _names(root, "items/kdw22.yaml") == [(None, first), (first, edited)]
    poster = git(root, "rev-parse", "HEAD~2:items/pqr66.yaml").strip()
    assert _names(root, "items/pqr66.yaml") == [(None, poster), (poster, None)]
    assert "notes.txt" not in ledger(root, None).touches


def test_an_entry_says_who_when_and_why(root: Path) -> None:
    entry = ledger(root, None).entries[1]
    assert (entry.by, entry.on, entry.subject, entry.body) == (
        "Ana",
        "2026-11-22",
        "Edit",
        "Because of the fair",
    )
    assert entry.parents == (ledger(root, None).entries[0].id,)


@pytest.mark.parametrize("damage", [b"", b"xxxx", b"\0" * 300])
def test_a_damaged_ledger_is_read_anew(root: Path, tmp_path: Path, damage: bytes) -> None:
    whole = ledger(root, tmp_path)
    assert ledger(root, tmp_path) == whole
    (tmp_path / "ledger").write_bytes(damage)
    assert ledger(root, tmp_path) == whole


def test_another_branch_has_its_own_history(root: Path, tmp_path: Path) -> None:
    ledger(root, tmp_path)
    git(root, "switch", "--quiet", "-c", "other", "HEAD~1")
    git(root, "commit", "--quiet", "--allow-empty", "-m", "Elsewhere")
    found = ledger(root, tmp_path)
    assert [entry.subject for entry in found.entries] == ["First", "Edit", "Elsewhere"]
    assert found == ledger(root, None)


def test_the_backlog_may_lie_below_the_top(tmp_path: Path) -> None:
    root = versioned(tmp_path / "repo" / "team" / "backlog", top=tmp_path / "repo")
    (tmp_path / "repo" / "items").mkdir()
    (tmp_path / "repo" / "items" / "other.yaml").write_text("a: 1\n")
    git(tmp_path / "repo", "add", "--all")
    git(root, "commit", "--quiet", "-m", "Not ours")
    assert "items/kdw22.yaml" in ledger(root, None).touches
    assert "items/other.yaml" not in ledger(root, None).touches


def test_before_the_first_commit_there_is_nothing(tmp_path: Path) -> None:
    assert ledger(repository(tmp_path / "empty"), None) == Ledger()
    assert pull_requests(()) == {}


def test_settings_of_git_change_nothing(root: Path) -> None:
    plain = ledger(root, None)
    for key, value in (
        ("log.showSignature", "true"), ("log.follow", "true"), ("core.quotePath", "true"), ("diff.renames", "copies"),
        ("log.date", "relative"), ("format.pretty", "oneline"), ("diff.noprefix", "true"), ("core.abbrev", "4"),
    ):  # fmt: skip
        git(root, "config", key, value)
    assert ledger(root, None) == plain


def test_a_commit_is_brought_by_the_first_merge_that_has_it() -> None:
    def entry(id_: str, *parents: str) -> Entry:
        return Entry(id_, parents, "Ana", "2026-11-22", id_, "")

    # a ─ b ─ m1 ─ m2: m1 brought c, m2 brought d, which came after c.
    entries = (
        entry("a"),
        entry("b", "a"),
        entry("c", "a"),
        entry("m1", "b", "c"),
        entry("d", "c"),
        entry("m2", "m1", "d"),
    )
    assert {id_: merge.id for id_, merge in pull_requests(entries).items()} == {"c": "m1", "d": "m2"}
