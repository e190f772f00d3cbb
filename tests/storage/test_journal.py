"""Several files change together or not at all; what somebody else changed meanwhile is theirs."""

import json
import os

import pytest

from mbl.errors import MblError
from mbl.storage import journal
from watching import watching

OLD = {"items/a.yaml": b"old a\n", "items/b.yaml": b"old b\n", "items/c.yaml": b"old c\n"}
NEW = {
    "items/a.yaml": b"new a\n",
    "items/b.yaml": b"new b\n",
    "items/c.yaml": None,
    "items/d.yaml": b"new d\n",
}
DONE = {path: content for path, content in NEW.items() if content is not None}
SEEN = {path: journal.fingerprint(content) for path, content in OLD.items()}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "items").mkdir()
    (tmp_path / ".mbl").mkdir()
    for path, content in OLD.items():
        (tmp_path / path).write_bytes(content)
    return tmp_path


def items(root):
    return {f"items/{path.name}": path.read_bytes() for path in (root / "items").iterdir()}


def write(root, writes=None, advance=lambda done, total: None):
    journal.write(root, root / ".mbl", NEW if writes is None else writes, seen=SEEN, advance=advance)


def begin(root, writes=None, seen=None):
    """A change that was written down and not carried out: what a killed program leaves."""
    noted = {
        path: [(SEEN if seen is None else seen).get(path), None if content is None else content.decode()]
        for path, content in (NEW if writes is None else writes).items()
    }
    (root / ".mbl/journal").write_text(json.dumps(noted))


def test_a_fingerprint_is_the_name_that_git_gives_the_content():
    assert journal.fingerprint(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_every_file_gets_its_content_and_no_trace_stays(root):
    steps = []
    write(root, advance=lambda done, total: steps.append((done, total)))
    assert items(root) == DONE
    assert os.listdir(root / ".mbl") == []
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_change_of_several_files_is_noted_before_the_first_and_forgotten_after_the_last(root):
    states = []
    with watching(
        lambda event, path: states.append(
            (journal.interrupted(root / ".mbl"), items(root) == OLD, items(root) == DONE)
        )
    ):
        write(root)
    noted = [state for state in states if state[0]]
    assert all(untouched for is_noted, untouched, _ in states if not is_noted)
    assert noted[0] == (True, True, False)
    assert states[-1] == (True, False, True)


def test_one_file_alone_needs_no_journal(root):
    states = []
    with watching(lambda event, path: states.append(journal.interrupted(root / ".mbl"))):
        write(root, {"items/a.yaml": b"new a\n"})
    assert states
    assert not any(states)
    assert items(root) == {**OLD, "items/a.yaml": b"new a\n"}


@pytest.mark.parametrize("path", ["items/a.yaml", "items/c.yaml", "items/d.yaml"])
def test_a_file_that_changed_since_it_was_read_stops_everything_before_it_begins(root, path):
    (root / path).write_bytes(b"theirs\n")
    before = items(root)
    with pytest.raises(MblError, match="changed while mbl was at work"):
        write(root)
    assert items(root) == before
    assert not journal.interrupted(root / ".mbl")


def test_a_file_that_vanished_since_it_was_read_stops_everything(root):
    (root / "items/b.yaml").unlink()
    with pytest.raises(MblError, match=r"items/b\.yaml changed"):
        write(root)
    assert items(root) == {path: content for path, content in OLD.items() if path != "items/b.yaml"}


@pytest.mark.parametrize("path", ["items/b.yaml", "items/c.yaml", "items/d.yaml"])
def test_a_file_edited_in_the_middle_of_the_change_stays_and_what_was_meant_is_put_aside(root, path):
    def edit(event, name):
        if (
            event == "os.rename"
            and items(root)["items/a.yaml"] == b"old a\n"
            and journal.interrupted(root / ".mbl")
        ):
            (root / path).write_bytes(b"theirs\n")

    with watching(edit), pytest.raises(MblError, match="everything else is saved") as refused:
        write(root)
    assert path in refused.value.message
    assert items(root) == {**DONE, path: b"theirs\n"}
    assert not journal.interrupted(root / ".mbl")
    if NEW[path] is not None:
        assert (root / ".mbl/interrupted" / path).read_bytes() == NEW[path]
        assert str(root / ".mbl/interrupted") in refused.value.hint


@pytest.mark.parametrize("done", [(), ("items/a.yaml",), ("items/a.yaml", "items/c.yaml"), tuple(NEW)])
def test_what_was_interrupted_is_finished_wherever_it_stopped(root, done):
    begin(root)
    for path in done:
        journal.disk.replace(root, path, NEW[path])
    told = journal.finish(root, root / ".mbl")
    assert "finished" in told
    assert items(root) == DONE
    assert os.listdir(root / ".mbl") == []


@pytest.mark.parametrize("path", ["items/a.yaml", "items/c.yaml", "items/d.yaml"])
def test_a_file_edited_since_the_kill_is_kept_and_named_and_what_was_meant_is_put_aside(root, path):
    begin(root)
    (root / path).write_bytes(b"theirs\n")
    told = journal.finish(root, root / ".mbl")
    assert path in told
    assert items(root) == {**DONE, path: b"theirs\n"}
    if NEW[path] is not None:
        assert (root / ".mbl/interrupted" / path).read_bytes() == NEW[path]
    assert not journal.interrupted(root / ".mbl")


def test_a_file_that_became_a_folder_since_the_kill_is_kept(root):
    begin(root)
    (root / "items/a.yaml").unlink()
    (root / "items/a.yaml").mkdir()
    assert "items/a.yaml" in journal.finish(root, root / ".mbl")
    assert (root / "items/a.yaml").is_dir()
    assert (root / "items/b.yaml").read_bytes() == b"new b\n"
    assert not journal.interrupted(root / ".mbl")


def test_nothing_interrupted_is_nothing_to_finish(root):
    assert journal.finish(root, root / ".mbl") == ""
    assert items(root) == OLD
    assert not journal.interrupted(root / ".mbl")
    assert not journal.interrupted(None)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"7", b"null", b'"text"', b"{}", b'{"items/a.yaml": 7}', b'{"items/a.yaml": ["x", 7]}',
        b'{"items/a.yaml": ["x"]}', b'{"../x.yaml": [null, "theirs"]}', b'{"/etc/x": [null, "theirs"]}',
        b'{"items/../../x.yaml": [null, "theirs"]}', b'{".git/config": [null, "theirs"]}', b"\xff\x00" * 50,
    ],
)  # fmt: skip
def test_a_damaged_journal_is_put_aside_and_told_and_nothing_is_done_after_it(root, content):
    (root / ".mbl/journal").write_bytes(content)
    told = journal.finish(root, root / ".mbl")
    assert "damaged" in told
    assert "mbl check" in told
    assert items(root) == OLD
    assert not (root.parent / "x.yaml").exists()
    assert (root / ".mbl/journal.damaged").read_bytes() == content
    assert not journal.interrupted(root / ".mbl")


def test_temporary_files_of_the_killed_are_cleared_away(root):
    begin(root)
    (root / "items/.mbl-1-ab").write_text("half")
    (root / ".mbl/.mbl-1-cd").write_text("half")
    journal.finish(root, root / ".mbl")
    write(root, {"items/e.yaml": b"e", "items/f.yaml": b"f"})
    assert not [
        name for folder in ("items", ".mbl") for name in os.listdir(root / folder) if name.startswith(".mbl-")
    ]


def test_a_disk_that_refuses_the_first_file_leaves_nothing_to_finish(root):
    """A journal that stayed would stop every later command."""
    (root / "items").rename(root / "kept")
    (root / "items").write_text("in the way")
    with pytest.raises(MblError, match="Could not save"):
        journal.write(root, root / ".mbl", {"items/x.yaml": b"x", "items/y.yaml": b"y"}, seen={})
    assert not journal.interrupted(root / ".mbl")
