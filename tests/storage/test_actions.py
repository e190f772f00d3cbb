"""Notes of the last actions: every byte comes back, a damaged note is not there, and old ones go."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.storage import actions


@given(
    st.dictionaries(st.text(max_size=9), st.tuples(st.none() | st.binary(max_size=40), st.none() | st.text()))
)
@settings(max_examples=60, deadline=None)
def test_every_byte_of_every_file_comes_back(tmp_path_factory: pytest.TempPathFactory, files: dict) -> None:  # type: ignore[type-arg]
    state = tmp_path_factory.mktemp("state")
    actions.note(state, "Edit", files)
    [found] = actions.undoable(state)
    assert (found.words, dict(found.files), found.undoes) == ("Edit", files, None)


def test_what_was_taken_back_is_not_offered_again(tmp_path: Path) -> None:
    for words in ("one", "two", "three"):
        actions.note(tmp_path, words, {})
    last = actions.undoable(tmp_path)[0]
    actions.note(tmp_path, "undo three", {}, undoes=last.name)
    assert [found.words for found in actions.undoable(tmp_path)] == ["two", "one"]
    actions.note(tmp_path, "four", {})
    assert [found.words for found in actions.undoable(tmp_path)] == ["four", "two", "one"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"files": 3}', b"\xff\xfe"])
def test_a_damaged_note_is_not_there(tmp_path: Path, damage: bytes) -> None:
    actions.note(tmp_path, "one", {})
    actions.note(tmp_path, "two", {})
    newest = max((tmp_path / "undo").iterdir())
    newest.write_bytes(damage)
    assert [found.words for found in actions.undoable(tmp_path)] == ["one"]


def test_a_note_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LARGEST", 500)
    actions.note(tmp_path, "small", {"a": (b"x", None)})
    actions.note(tmp_path, "large", {"a": (b"x" * 1000, None)})
    assert [found.words for found in actions.undoable(tmp_path)] == ["small"]


def test_a_place_that_cannot_be_written_costs_nothing_but_the_note(tmp_path: Path) -> None:
    (tmp_path / "undo").write_text("a file where the folder should be")
    actions.note(tmp_path, "one", {})
    assert actions.undoable(tmp_path) == ()
    assert actions.undoable(None) == ()


def test_only_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "KEPT", 3)
    for number in range(5):
        actions.note(tmp_path, str(number), {})
    assert [found.words for found in actions.undoable(tmp_path)] == ["4", "3", "2"]
    assert len(os.listdir(tmp_path / "undo")) == 3
