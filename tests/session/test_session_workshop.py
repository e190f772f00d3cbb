"""A workshop's decisions are noted and saved in one go: killed before any step on the disk, nothing decided is lost."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doomed import _writes
from mbl import session
from mbl.core.edit import bucketed
from mbl.core.workshop.sitting import Step, Workshop, begun, settled, stepped
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended
from mbl.session import workshop as saved
from world import files, mbl, write_backlog

TODAY = date(2026, 11, 22)
NO = Ended(date=TODAY, by="ana", reason="No room")


@pytest.fixture
def at(here: Path) -> session.Place:
    """A workshop about five requests, nothing decided yet."""
    place = session.place(str(write_backlog(here)))
    backlog = session.opened(place).backlog
    ids = ["kdw22", "kdw33", "fgh44", "xzc55", "pqr66"]
    saved.begin(place, begun(backlog, ids, today=TODAY, participants=["ana"]))
    return place


def decision(id_: str, bucket: str) -> saved.Decision:
    """The request goes into this bucket."""

    def decide(workshop: Workshop, backlog: Backlog) -> tuple[Workshop, Backlog]:
        after = bucketed(backlog, [id_], bucket, today=TODAY, ended=NO)
        return stepped(workshop, "bucket", id_, before=backlog, after=after), after

    return decide


def state(at: session.Place) -> tuple[list[str], str | None, str]:
    """The steps that hold, and what the file of the declined request says."""
    backlog = session.opened(at).backlog
    workshop = saved.under_way(at)
    assert workshop is not None
    item = backlog.item("kdw33")
    return [step.id for step in settled(workshop, backlog).steps], item.moscow, item.status


def killed_at(step: int, work: Callable[[], Any]) -> bool:
    """Whether the work was killed before this write; in a forked process, which never comes back."""
    child = os.fork()
    if child == 0:
        steps = 0

        def hook(name: str, given: tuple[Any, ...]) -> None:
            nonlocal steps
            is_write = _writes(name, given)
            steps += is_write
            if is_write and steps == step:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(hook)
            work()
            os._exit(0)
        finally:
            os._exit(99)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


WORK: dict[str, tuple[Callable[[session.Place], Any], tuple[Any, ...], tuple[Any, ...]]] = {
    "decide": (
        lambda at: saved.decided(at, decision("kdw33", "wont")),
        ([], "should", "doing"),
        (["kdw33"], "wont", "dropped"),
    ),
    "take back": (
        saved.taken_back,
        (["kdw33"], "wont", "dropped"),
        ([], "should", "doing"),
    ),
}


@pytest.mark.parametrize("name", WORK)
def test_killed_before_any_step_the_notes_and_the_files_say_the_same(
    at: session.Place, tmp_path: Path, name: str
) -> None:
    work, before, after = WORK[name]
    if name == "take back":
        saved.decided(at, decision("kdw33", "wont"))
    assert state(at) == before
    kept = tmp_path / "kept"
    shutil.copytree(at.root, kept)
    found = []
    for step in range(1, 100):
        shutil.rmtree(at.root)
        shutil.copytree(kept, at.root)
        os.chdir(at.root)
        if not killed_at(step, lambda: work(at)):
            break
        now = state(at)
        halfway = ([], "wont", "dropped")
        assert now in (before, after) or (name == "take back" and now == halfway), (
            f"killed before step {step}"
        )
        found.append(now)
        work_on = saved.decided(at, decision("pqr66", "must"))
        assert work_on.after.item("pqr66").moscow == "must"
    assert state(at) == after
    assert found[0] == before
    assert len(found) > 3


def test_the_notes_come_back_as_they_were_written(at: session.Place) -> None:
    saved.decided(at, decision("kdw33", "wont"))
    saved.decided(at, decision("pqr66", "could"))
    workshop = saved.under_way(at)
    assert workshop is not None
    assert workshop.steps == (
        Step(
            kind="bucket", id="kdw33",
            was={"moscow": "should", "status": "doing", "ended": None},
            now={
                "moscow": "wont", "status": "dropped",
                "ended": {"date": "2026-11-22", "by": "ana", "reason": "No room", "revisit": "2027-02-20"},
            },
        ),
        Step(
            kind="bucket", id="pqr66",
            was={"moscow": "could", "status": "committed", "ended": None},
            now={"moscow": "could", "status": "committed", "ended": None},
        ),
    )  # fmt: skip
    assert workshop.paths == ("items/kdw33.yaml",)


def test_taking_back_restores_every_byte(at: session.Place) -> None:
    before = files(at.root)
    for bucket in ("must", "wont"):
        saved.decided(at, decision("kdw33", bucket))
        assert files(at.root) != before
        assert saved.taken_back(at).id == "kdw33"
        assert files(at.root) == before
    with pytest.raises(MblError, match="nothing to take back"):
        saved.taken_back(at)


def test_what_cannot_be_decided_leaves_notes_and_files_as_they_were(at: session.Place) -> None:
    mbl("done", "kdw33")
    assert at.state is not None
    before = (files(at.root), (at.state / "workshop").read_bytes())
    with pytest.raises(MblError):
        saved.decided(at, decision("kdw33", "wont"))
    assert (files(at.root), (at.state / "workshop").read_bytes()) == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b"null", b'{"begun": 3}', b'{"nope": 1}', b'{"steps": [{"kind": "x"}]}'],
)
def test_damaged_notes_are_put_aside_and_named(at: session.Place, content: bytes) -> None:
    assert at.state is not None
    (at.state / "workshop").write_bytes(content)
    told: list[str] = []
    assert saved.under_way(at, tell=told.append) is None
    assert "workshop.damaged" in told[0]
    assert (at.state / "workshop.damaged").read_bytes() == content
    assert saved.under_way(at, tell=told.append) is None
    assert len(told) == 1


def test_deleted_notes_lose_the_workshop_and_no_decision(at: session.Place) -> None:
    assert at.state is not None
    saved.decided(at, decision("kdw33", "wont"))
    (at.state / "workshop").unlink()
    assert saved.under_way(at) is None
    with pytest.raises(MblError, match="notes of this workshop are gone"):
        saved.decided(at, decision("kdw22", "could"))
    assert session.opened(at).backlog.item("kdw33").moscow == "wont"
    assert session.opened(at).backlog.item("kdw22").moscow == "must"


def test_notes_of_a_workshop_that_ended_are_no_workshop_under_way(at: session.Place) -> None:
    assert at.state is not None
    noted = json.loads((at.state / "workshop").read_text())
    (at.state / "workshop").write_text(json.dumps({**noted, "ended": "2026-11-22"}))
    assert saved.under_way(at) is None


def test_minutes_replace_older_minutes_and_nothing_else(here: Path) -> None:
    file = here / "minutes.md"
    for text in ("# Workshop of 2026-11-21\n", "# Workshop of 2026-11-22\n"):
        saved.write_minutes(file, text)
        assert file.read_text() == text
    (here / "plan.md").write_text("# Plan\n")
    (here / "folder").mkdir()
    for foreign, words in (
        ("plan.md", "holds no minutes"),
        ("folder", "is a folder"),
        ("no/x.md", "no folder"),
    ):
        with pytest.raises(MblError, match=words):
            saved.write_minutes(here / foreign, "# Workshop of")
    assert (here / "plan.md").read_text() == "# Plan\n"
