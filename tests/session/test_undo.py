"""One action, one undo: bytes come back exactly, and only while nobody touched or committed the files."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gitworld import git, pin, state, versioned
from mbl.core.edit import accepted, declined, edited, finished
from mbl.core.ranking import moved, rebalanced
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended
from mbl.session.change import changed
from mbl.session.place import place
from mbl.session.undo import undoable, undone
from world import mbl, write_backlog

TODAY = date(2026, 11, 22)
ACTIONS: dict[str, Callable[[Backlog], Backlog]] = {
    "move": lambda backlog: moved(backlog, ["pqr66"], to=1),
    "accept two": lambda backlog: accepted(backlog, ["fgh44", "xzc55"], on=TODAY, today=TODAY),
    "finish": lambda backlog: finished(backlog, ["kdw33"], on=TODAY, today=TODAY),
    "decline": lambda backlog: declined(
        backlog, ["fgh44"], today=TODAY, ended=Ended(date=TODAY, reason="No: room")
    ),
    "edit": lambda backlog: edited(
        backlog, ["kdw22"], {"title": "Fair", "estimate": None, "labels": ("a", "b")}
    ),
    "rebalance": rebalanced,
}


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}


@pytest.fixture(autouse=True)
def _ana(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "backlog"
    write_backlog(root)
    text = (root / "items" / "kdw22.yaml").read_text()
    (root / "items" / "kdw22.yaml").write_text(f"# mine\n{text}x-note: 'keep'   # this\n")
    return root


@pytest.mark.parametrize("name", ACTIONS)
def test_an_undone_action_leaves_every_byte_as_it_was(root: Path, name: str) -> None:
    before = _bytes(root)
    made = changed(place(str(root)), ACTIONS[name])
    assert _bytes(root) != before
    took_back = undone(place(str(root)))
    assert _bytes(root) == before
    assert set(took_back.paths) == set(made.paths)
    assert took_back.changes


def test_actions_are_undone_one_by_one_from_the_last_on(root: Path) -> None:
    states = [_bytes(root)]
    for action in ACTIONS.values():
        changed(place(str(root)), action)
        states.append(_bytes(root))
    for expected in reversed(states[:-1]):
        undone(place(str(root)))
        assert _bytes(root) == expected
    nothing = undone(place(str(root)))
    assert (nothing.changes, nothing.paths, undoable(place(str(root)))) == ((), (), ())


def test_an_undo_is_followed_by_new_actions_as_if_nothing_had_been(root: Path) -> None:
    before = _bytes(root)
    changed(place(str(root)), ACTIONS["move"])
    undone(place(str(root)))
    changed(place(str(root)), ACTIONS["edit"])
    assert [each.standing for each in undoable(place(str(root)))] == ["can be undone"]
    undone(place(str(root)))
    assert _bytes(root) == before


def test_a_new_file_goes_again_and_a_dry_run_touches_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    before = _bytes(root)
    assert mbl("add", "A brand new thing", "--no-ask").code == 0
    added = _bytes(root)
    assert "Would" in mbl("undo", "--dry-run").out
    assert _bytes(root) == added
    assert mbl("undo").code == 0
    assert _bytes(root) == before


def test_what_somebody_changed_since_is_never_overwritten(root: Path) -> None:
    changed(place(str(root)), ACTIONS["accept two"])
    path = root / "items" / "xzc55.yaml"
    path.write_text(path.read_text() + "owner: ben\n")
    after = _bytes(root)
    with pytest.raises(MblError, match=r"changed since: items/xzc55\.yaml"):
        undone(place(str(root)))
    assert _bytes(root) == after
    assert [each.standing for each in undoable(place(str(root)))] == ["changed since"]


def test_a_committed_action_names_the_commit_to_revert(tmp_path: Path) -> None:
    root = versioned(tmp_path / "backlog")
    changed(place(str(root)), ACTIONS["move"], commit=True)
    changed(place(str(root)), ACTIONS["edit"])
    assert [each.standing for each in undoable(place(str(root)))] == ["can be undone", "committed"]
    undone(place(str(root)))
    before = state(root)
    with pytest.raises(MblError, match="committed already") as raised:
        undone(place(str(root)))
    head = git(root, "rev-parse", "HEAD")[:10]
    assert f"git revert {head}" in raised.value.hint
    assert state(root) == before
    git(root, "revert", "--no-edit", head)
    assert git(root, "diff", "HEAD~2", "HEAD") == ""


def test_the_folder_may_move_under_the_list_of_actions(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    mbl("rank", "5", "--top")
    listed = mbl("undo", "--list", "-f", "json")
    [action] = listed.json["actions"]
    assert (listed.json["kind"], action["standing"], action["files"]) == ("actions", "can be undone", 1)
    assert "Poster" in mbl("undo", "--list").out
    os.unlink(root / "items" / "pqr66.yaml")
    assert mbl("undo", "--list", "-f", "json").json["actions"][0]["standing"] == "changed since"


def test_damaged_notes_cost_the_undo_and_nothing_else(root: Path) -> None:
    changed(place(str(root)), ACTIONS["move"])
    at = place(str(root))
    assert at.state is not None
    for note in (at.state / "undo").iterdir():
        note.write_text("{")
    assert undoable(at) == ()
    assert undone(at).paths == ()


def test_only_the_last_hundred_actions_are_kept(root: Path) -> None:
    from mbl.storage import actions

    at = place(str(root))
    assert at.state is not None
    for number in range(actions.KEPT + 5):
        actions.note(at.state, f"Action {number}", {})
    kept = actions.undoable(at.state)
    assert (len(kept), kept[0].words) == (actions.KEPT, f"Action {actions.KEPT + 4}")


def test_an_action_below_one_that_stands_waits_for_it(root: Path) -> None:
    changed(place(str(root)), ACTIONS["move"])
    changed(place(str(root)), ACTIONS["edit"])
    (root / "items" / "kdw22.yaml").write_text("id: kdw22\ntitle: Mine\n")
    assert [each.standing for each in undoable(place(str(root)))] == [
        "changed since",
        "not before those above",
    ]
