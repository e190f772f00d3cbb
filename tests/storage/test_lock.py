"""One writer at a time: the next waits, is told so, gives up after a while; a dead holder holds nothing."""

import os
import select
import signal
import subprocess
import sys
import time

import pytest

from mbl.errors import MblError
from mbl.storage.lock import lock
from world import environment, mbl

HOLDER = (
    "import sys, pathlib, time\n"
    "from mbl.storage.lock import lock\n"
    "with lock(pathlib.Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


@pytest.fixture
def holder(tmp_path):
    """A real process that holds the lock of `tmp_path` until its standard input is closed."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert child.stdout.readline() == b"held\n"
    yield child
    child.kill()
    child.communicate()


def test_the_next_gives_up_after_its_patience_and_says_what_to_do(tmp_path, holder):
    with pytest.raises(MblError, match="Another mbl") as refused, lock(tmp_path, patience=0.05):
        pass
    assert "try again" in refused.value.hint


def test_the_next_goes_on_when_the_holder_ends(tmp_path, holder):
    holder.communicate()
    with lock(tmp_path, patience=5):
        pass


def test_a_killed_holder_holds_nothing(tmp_path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with lock(tmp_path, patience=0):
        pass


def test_who_waits_is_told_so_once(tmp_path, holder, monkeypatch, capsys):
    monkeypatch.setattr("mbl.storage.lock._SILENT", 0.0)
    with pytest.raises(MblError), lock(tmp_path, patience=0.2):
        pass
    assert capsys.readouterr().err == "Waiting for another mbl to finish …\n"


def test_an_error_frees_the_lock(tmp_path):
    with pytest.raises(ZeroDivisionError), lock(tmp_path):
        _ = 1 / 0
    with lock(tmp_path, patience=0):
        pass


def test_a_lock_file_that_stayed_behind_locks_nobody_out(tmp_path):
    (tmp_path / "lock").write_text("left by somebody")
    with lock(tmp_path, patience=0):
        pass


def test_a_deleted_lock_file_does_not_let_two_in(tmp_path, holder):
    """Who waited at the deleted file must not believe it is theirs once its holder ends."""
    waiter = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    try:
        time.sleep(0.3)
        (tmp_path / "lock").unlink()
        with lock(tmp_path, patience=0):
            holder.communicate()
            assert select.select([waiter.stdout], [], [], 0.3)[0] == []
        assert waiter.stdout.readline() == b"held\n"
    finally:
        waiter.communicate()


def test_without_a_place_for_it_there_is_no_writing():
    with pytest.raises(MblError, match="read-only for you"), lock(None):
        pass


def test_a_folder_where_the_lock_should_be_is_told(small):
    (small / ".mbl/lock").mkdir(parents=True)
    said = mbl("add", "Fresh")
    assert (said.code, said.out) == (1, "")
    assert "lock" in said.err
    assert mbl("list").code == 0
