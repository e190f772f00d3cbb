"""The story of a request and of the backlog: every commit that touched it, through renames, with who, when and why."""

from datetime import date
from pathlib import Path

import pytest

from gitworld import git, pin, versioned
from mbl.core.changes.story import Chapter
from mbl.core.edit import accepted, edited
from mbl.core.ranking import moved
from mbl.errors import MblError
from mbl.session.change import changed
from mbl.session.place import opened, place
from mbl.session.story import chapters
from mbl.storage.ledger import ledger, pull_requests
from world import mbl

TODAY = date(2026, 11, 22)


def _told(root: Path, **how: object) -> tuple[tuple[Chapter, ...], int]:
    at = place(str(root))
    return chapters(at, opened(at).backlog, today=TODAY, **how)  # type: ignore[arg-type]


def _commit(root: Path, message: str, *, by: str = "Ana", on: str = "2026-11-10") -> None:
    git(root, "add", "--all")
    git(
        root,
        "commit",
        "--quiet",
        f"--author={by} <{by.lower()}@example.org>",
        f"--date={on}T10:00:00",
        "-m",
        message,
    )


@pytest.fixture(autouse=True)
def _ana(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """fgh44 is added, accepted by a branch that a pull request merged, renamed, moved, and edited since."""
    root = versioned(tmp_path / "backlog")
    at = place(str(root))
    git(root, "switch", "--quiet", "-c", "yes")
    changed(at, lambda backlog: accepted(backlog, ["fgh44"], on=TODAY, today=TODAY))
    _commit(root, "They asked twice", by="Ben", on="2026-11-12")
    git(root, "switch", "--quiet", "main")
    (root / "items" / "xzc55.yaml").write_text("id: xzc55\ntitle: Newsletter in autumn\nowner: ben\n")
    _commit(root, "Owner (#7)", on="2026-11-13")
    git(
        root,
        "merge",
        "--quiet",
        "--no-ff",
        "-m",
        "Merge pull request #12 from acme/yes\n\nThe dealers need it",
        "yes",
    )
    (root / "items" / "fgh44.yaml").rename(root / "items" / "spring-newsletter-fgh44.yaml")
    _commit(root, "Better names", on="2026-11-14")
    changed(at, lambda backlog: moved(backlog, ["fgh44"], to=1))
    _commit(root, "Rank: 3 → 1", on="2026-11-15")
    changed(at, lambda backlog: edited(backlog, ["fgh44"], {"estimate": "3d"}))
    return root


def test_the_story_of_one_request_goes_through_renames(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    said = mbl("log", "fgh44")
    assert said.code == 0, said.err
    assert [line.rstrip() for line in said.out.splitlines() if line.strip()] == [
        "Newsletter in spring",
        "2026-11-22  not committed yet: changed: estimate 3d",
        "2026-11-22  Ana: added request (asked by dealers)",
        "            (First)",
        "2026-11-15  Ana: moved up",
        "2026-11-12  Ben: accepted",
        "            (pull request #12: The dealers need it)",
    ]


def test_the_story_of_all_counts_what_it_leaves_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    everything = mbl("log", "-f", "json").json
    assert everything["kind"] == "log"
    assert [entry["why"] for entry in everything["entries"]] == [
        "", "First", "Rank: 3 → 1", "Owner", "The dealers need it",
    ]  # fmt: skip
    assert [entry["pull_request"] for entry in everything["entries"]] == [None, None, None, "7", "12"]
    some = mbl("log", "--limit", "1", "-f", "json").json
    assert (len(some["entries"]), some["left"]) == (2, 4)
    recent = mbl("log", "--since", "2026-11-14", "-f", "json").json["entries"]
    assert {entry["date"] for entry in recent} == {"2026-11-15", "2026-11-22"}


def test_every_commit_of_the_file_that_git_knows_is_told(root: Path) -> None:
    told, left = _told(root, id_="fgh44")
    by_git = git(
        root,
        "log",
        "--format=%H",
        "--no-merges",
        "--",
        "items/fgh44.yaml",
        "items/spring-newsletter-fgh44.yaml",
    )
    assert left == 0
    assert {chapter.commit for chapter in told} - {None} == set(by_git.split())


def test_the_ledger_grows_by_what_is_new_and_forgets_what_was_rewritten(root: Path) -> None:
    at = place(str(root))
    first = ledger(root, at.state)
    _commit(root, "Later")
    said: list[str] = []
    grown = ledger(root, at.state, said.append)
    assert grown.entries[: len(first.entries)] == first.entries
    assert [entry.subject for entry in grown.entries[len(first.entries) :]] == ["Later"]
    assert said == []
    git(root, "reset", "--quiet", "--hard", "HEAD~2")
    assert ledger(root, at.state, said.append) == ledger(root, None)
    assert said != []


def test_a_message_cannot_pass_for_a_commit(root: Path) -> None:
    _commit(root, f"Odd \x1e{'a' * 40} and\n\n\x1e{'b' * 40}")
    found = ledger(root, None)
    assert found.entries[-1].subject.startswith("Odd ")
    assert len(found.entries) == int(git(root, "rev-list", "--count", "HEAD"))


def test_a_commit_belongs_to_the_first_merge_that_brought_it(root: Path) -> None:
    found = ledger(root, None)
    brought = {
        entry.subject: merge.subject
        for entry in found.entries
        if (merge := pull_requests(found.entries).get(entry.id))
    }
    assert brought == {"They asked twice": "Merge pull request #12 from acme/yes"}


def test_a_commit_of_very_many_files_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from build import item
    from mbl.storage.yamltext import dump

    root = versioned(tmp_path / "backlog")
    for _ in range(301):
        one = item()
        (root / "items" / f"{one.id}.yaml").write_text(dump({"id": one.id, "title": one.title}))
    _commit(root, "Import everything")
    monkeypatch.chdir(root)
    assert "Ana: 301 files at once" in mbl("log").out


def test_a_backlog_without_history_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from world import write_backlog

    write_backlog(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert "git init" in mbl("log").err
    git(tmp_path, "init", "--quiet")
    assert "Nothing happened yet" in mbl("log").out


def test_no_such_request_is_an_error_in_the_words_of_requests(root: Path) -> None:
    with pytest.raises(MblError):
        place(str(root / "items"))
    assert mbl("--root", str(root), "log", "zzzzz").code == 1


def test_a_version_that_nobody_can_read_is_no_removal(root: Path) -> None:
    path = next(path.name for path in (root / "items").iterdir() if "kdw22" in path.name)
    whole = (root / "items" / path).read_text()
    (root / "items" / path).write_text("title: [\n")
    [open_] = _told(root, id_="kdw22")[0][:1]
    assert (open_.broken, dict(open_.files)) == ((f"items/{path}",), {})
    _commit(root, "Break", on="2026-11-23")
    (root / "items" / path).write_text(whole)
    [open_] = _told(root, id_="kdw22")[0][:1]
    assert (open_.mended, dict(open_.files)) == ((f"items/{path}",), {})
    _commit(root, "Mend", on="2026-11-24")
    mended, broken = _told(root, id_="kdw22")[0][:2]
    assert (mended.mended, broken.broken) == ((f"items/{path}",), (f"items/{path}",))
    assert not mended.files
    assert not broken.files


def test_where_a_shallow_clone_was_cut_nothing_is_told_until_it_is_whole(root: Path, tmp_path: Path) -> None:
    (root / "items" / "pqr66.yaml").write_text("id: pqr66\ntitle: Poster\n")
    _commit(root, "Before")
    (root / "items" / "pqr66.yaml").write_text("id: pqr66\ntitle: Big poster\n")
    _commit(root, "Last")
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{root}", "shallow")
    heard: list[str] = []
    told, _ = _told(tmp_path / "shallow", tell=heard.append)
    assert [chapter.why for chapter in told] == ["Last"]
    assert any("git fetch --unshallow" in text for text in heard)
    git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    heard.clear()
    assert len(_told(tmp_path / "shallow", tell=heard.append)[0]) == len(_told(root)[0])
    assert not any("shallow" in text for text in heard)
