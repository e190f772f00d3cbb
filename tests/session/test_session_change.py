"""A change goes one way: read under the lock, plan, write all or nothing; a dry run writes nothing."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from gitworld import state
from mbl import session
from mbl.core.edit import edited
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session import Place
from mbl.session.check import mended
from mbl.storage import disk
from mbl.storage.lock import lock
from world import changed as differing
from world import files, mbl

WEBINAR, POSTER = "items/kdw22.yaml", "items/pqr66.yaml"


def _marks(root: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in root.rglob("*")
        if path.is_file() and not {".git", ".mbl"} & set(path.parts)
    }


def _both(backlog: Backlog) -> Backlog:
    return edited(backlog, ["kdw22", "pqr66"], {"owner": "ana"})


DRY = (
    ["add", "Fair in May"], ["edit", "1", "--estimate", "3d"], ["rank", "5", "--top"], ["accept", "3"], ["start", "1"],
    ["done", "1"], ["decline", "3"], ["reopen", "hrd77"], ["import", "csv", "list.csv"], ["rank", "--rebalance"],
)  # fmt: skip


def test_a_dry_run_writes_nothing(repo: Path) -> None:
    (repo / "list.csv").write_text("title\nImported\n")
    before, known = _marks(repo), state(repo)
    for arguments in DRY:
        said = mbl(*arguments, "--dry-run", "-f", "json")
        assert said.code == 0, said.err
        assert said.json["changes"]
        assert (said.json["paths"], said.json["commit"]) == ([], None)
        assert mbl(*arguments, "--dry-run", "--commit").code == 0
    assert (_marks(repo), state(repo)) == (before, known)


def test_what_changes_nothing_writes_nothing(small: Path) -> None:
    before = _marks(small)
    for arguments in (["rank", "1", "--top"], ["rank", "1", "2", "--top"], ["edit", "1", "--estimate", "5d"]):
        said = mbl(*arguments, "-f", "json")
        assert (said.code, said.json["changes"], said.json["paths"]) == (0, [], [])
    assert _marks(small) == before


def test_a_verb_sees_what_the_writer_before_it_wrote(small: Path) -> None:
    at = session.place(None)
    inside, seen = threading.Event(), []

    def slow(backlog: Backlog) -> Backlog:
        inside.set()
        assert not finished.wait(0.3), "a second writer went ahead while the first held the lock"
        return edited(backlog, ["kdw22"], {"owner": "ana"})

    def second(backlog: Backlog) -> Backlog:
        seen.append(backlog.item("kdw22").owner)
        return edited(backlog, ["kdw22"], {"owner": "ben"})

    finished = threading.Event()

    def later() -> None:
        inside.wait(10)
        session.changed(at, second)
        finished.set()

    thread = threading.Thread(target=later)
    thread.start()
    session.changed(at, slow)
    thread.join(10)
    assert seen == ["ana"]
    assert "owner: ben" in (small / WEBINAR).read_text()


def test_a_dry_run_and_a_reader_wait_for_nobody(small: Path) -> None:
    at = session.place(None)
    with lock(at.state):
        assert session.changed(at, _both, dry_run=True).changes
        assert mbl("list").code == 0


def test_where_one_file_cannot_be_written_none_is(small: Path) -> None:
    at = session.place(None)

    def overtaken(backlog: Backlog) -> Backlog:
        with (small / POSTER).open("a") as file:
            file.write("# edited meanwhile\n")
        return _both(backlog)

    before = files(small)
    with pytest.raises(MblError, match="changed while mbl was at work: nothing was saved"):
        session.changed(at, overtaken)
    assert differing(before, files(small)) == {POSTER}
    assert "owner" not in (small / POSTER).read_text()


def test_a_verb_that_refuses_leaves_the_lock_free_and_the_files_alone(small: Path) -> None:
    before = files(small)
    assert mbl("accept", "fgh44", "hrd77").code == 1
    assert files(small) == before
    assert mbl("accept", "fgh44").code == 0


def test_only_the_changed_line_of_the_changed_file_is_written(small: Path) -> None:
    before = files(small)
    assert mbl("rank", "5", "--to", "2").code == 0
    after = files(small)
    assert differing(before, after) == {POSTER}
    pairs = zip(before[POSTER].splitlines(), after[POSTER].splitlines(), strict=True)
    assert [old.partition(b":")[0] for old, new in pairs if old != new] == [b"rank"]


@pytest.mark.parametrize("arguments", [["list"], ["add", "Fair in May"], ["check", "--fix"], ["commit"]])
def test_a_backlog_of_a_newer_mbl_is_neither_read_nor_written(repo: Path, arguments: list[str]) -> None:
    (repo / "mbl.yaml").write_text("schema: 2\nname: Test\n")
    before = files(repo)
    said = mbl(*arguments)
    assert (said.code, said.out) == (1, "")
    assert "needs a newer mbl" in said.err
    assert files(repo) == before


def test_without_a_place_for_the_lock_nothing_is_written(small: Path) -> None:
    nowhere = Place(small, None)
    assert session.changed(nowhere, _both, dry_run=True).changes
    with pytest.raises(MblError, match="read-only"):
        session.changed(nowhere, _both)
    with pytest.raises(MblError, match="read-only"):
        mended(nowhere)


def test_an_interrupted_change_is_finished_before_the_next_one(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, whole = session.place(None), disk.replace

    def killed(root: Path, path: str, content: bytes | None, **options: bool) -> None:
        if path == POSTER:
            raise SystemExit
        whole(root, path, content, **options)

    monkeypatch.setattr(disk, "replace", killed)
    with pytest.raises(SystemExit):
        session.changed(at, _both)
    monkeypatch.undo()
    told: list[str] = []
    saved = session.changed(
        at, lambda backlog: edited(backlog, ["kdw33"], {"owner": "ben"}), tell=told.append
    )
    assert told == ["An interrupted change of 2 files was finished."]
    assert saved.before.item("pqr66").owner == "ana"
    assert "owner: ben" in (small / "items/kdw33.yaml").read_text()


def test_a_text_that_is_no_unicode_is_refused(small: Path) -> None:
    before = files(small)
    with pytest.raises(MblError):
        session.changed(session.place(None), lambda backlog: edited(backlog, ["kdw22"], {"owner": "\udcff"}))
    assert files(small) == before


def test_a_path_that_becomes_another_is_written_and_the_old_one_removed(small: Path) -> None:
    def renamed(backlog: Backlog) -> Backlog:
        items = dict(backlog.items)
        items["items/webinar-kdw22.yaml"] = items.pop(WEBINAR)
        return replace(backlog, items=items)

    saved = session.changed(session.place(None), renamed)
    assert set(saved.paths) == {WEBINAR, "items/webinar-kdw22.yaml"}
    assert not (small / WEBINAR).exists()
    assert [change.words for change in saved.changes] == [f"rename {WEBINAR} → items/webinar-kdw22.yaml"]
