"""Nothing is lost: killed at any step, out of space, or edited meanwhile, a change is whole or did not happen."""

import os
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from doomed import doomed, killed_at
from watching import watching
from world import MBL, WORLD, environment, files, mbl, process, write_backlog

CHANGES = {
    "add": ("add", "Fresh", "--description", "one\ntwo"),
    "rank one": ("rank", "4", "--top"),
    "rebalance": ("rank", "--rebalance"),
    "accept two": ("accept", "fgh44", "xzc55"),
    "mend": ("check", "--fix"),
    "import": ("import", "csv", "list.csv"),
}


@pytest.fixture
def backlog(small):
    """A backlog in which each of the changes has something to do."""
    (small / "items/pqr66.yaml").rename(small / "items/poster-wrongly-named.yaml")
    (small / "list.csv").write_text("title,requester\nFrom a list,ana\nAnother,ben\n")
    for number, path in enumerate(sorted((small / "items").iterdir())):
        text = path.read_text().replace('rank: "a', 'rank: "a0V')
        path.write_text(f"# {number}: kept\n{text}")
    mbl("list")
    return small


def settle(root):
    """Files that nobody has touched for long, and a cache that trusts their dates: reading writes nothing."""
    for path in (root / "mbl.yaml", *(root / "items").iterdir()):
        os.utime(path, ns=(10**18, 10**18))
    mbl("list")


def users(root):
    """The user's files, and those a killed program left half done."""
    found = files(root)
    left = {path for path in found if Path(path).name.startswith(".mbl-")}
    return {path: content for path, content in found.items() if path not in left}, left


def leftovers(root):
    return list(root.rglob(".mbl-*"))


@pytest.mark.parametrize("name", CHANGES)
def test_killed_before_any_step_a_change_is_finished_by_the_next_command_or_never_began(
    backlog, name, tmp_path
):
    before = files(backlog)
    kept = tmp_path / "kept"
    shutil.copytree(backlog, kept)
    assert mbl(*CHANGES[name]).code == 0
    after = files(backlog)
    assert after != before
    outcomes = []
    for step in range(1, 200):
        shutil.rmtree(backlog)
        shutil.copytree(kept, backlog)
        os.chdir(backlog)
        if doomed(killed_at(step), *CHANGES[name]) is not None:
            break
        halfway, _ = users(backlog)
        assert all(content in (before.get(path), after.get(path)) for path, content in halfway.items())
        listed = mbl("list", "-f", "json")
        assert listed.code == 0, listed.err
        now, _ = users(backlog)
        assert now in (before, after), f"half a change after a kill before step {step}"
        if now == after and halfway != after:
            assert "was finished" in listed.err
        outcomes.append(now == after)
        assert mbl("edit", "kdw22", "--team", "web").code == 0
        assert mbl("accept", "fgh44", "xzc55").code == 0
        assert leftovers(backlog) == []
    assert outcomes == sorted(outcomes), "once a change is certain, it stays so"
    assert outcomes[0] is False
    assert outcomes[-1] is True


def test_what_a_person_edited_after_the_kill_is_kept_and_what_mbl_meant_is_put_aside(backlog):
    kept, after = interrupted(backlog)
    path = next(
        path
        for path, content in files(backlog).items()
        if path in kept and content == kept[path] != after[path]
    )
    (backlog / path).write_text("id: kdw22\ntitle: Mine\n")
    listed = mbl("list", "-f", "json")
    assert listed.code == 0
    assert path in listed.err
    assert (backlog / path).read_text() == "id: kdw22\ntitle: Mine\n"
    assert (backlog / ".mbl/interrupted" / path).read_bytes() == after[path]
    assert {**files(backlog), path: after[path]} == after


def interrupted(backlog):
    """A rebalancing killed in its middle: the files before it, and as they were meant to be."""
    before = files(backlog)
    copy = backlog.parent / "copy"
    shutil.copytree(backlog, copy)
    assert mbl("--root", str(copy), "rank", "--rebalance").code == 0
    renamed = 0

    def kill(number, kind, path):
        nonlocal renamed
        renamed += kind == "os.rename" and "/items/" in path
        if renamed == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    assert doomed(kill, "rank", "--rebalance") is None
    assert files(backlog) != before
    return before, files(copy)


def test_every_command_finishes_an_interrupted_change_first(backlog):
    _before, after = interrupted(backlog)
    copy = backlog.parent / "interrupted"
    shutil.copytree(backlog, copy)
    for arguments in (("capacity",), ("show", "1"), ("check",), (), ("rank",), ("add", "Fresh", "--dry-run")):
        shutil.rmtree(backlog)
        shutil.copytree(copy, backlog)
        os.chdir(backlog)
        said = mbl(*arguments)
        assert "interrupted change" in said.err, arguments
        assert users(backlog)[0] == after, arguments


def test_a_real_process_killed_at_a_real_moment_leaves_all_or_nothing(here):
    """The clock chooses the moment; whatever it hits must be whole."""
    many = [
        {"id": f"b{a}{b}{c}2", "rank": f"a{n:03}V{'z' * 9}", "title": f"Item {n}"}
        for n, (a, b, c) in enumerate(triples(150))
    ]
    write_backlog(here / "kept", many)
    process("--root", "kept", "list")
    shutil.copytree("kept", "whole")
    began = time.monotonic()
    assert process("--root", "whole", "rank", "--rebalance").code == 0
    needed = time.monotonic() - began
    before, after = files(here / "kept"), files(here / "whole")
    for part in range(5, 10):
        shutil.rmtree("now", ignore_errors=True)
        shutil.copytree("kept", "now")
        child = subprocess.Popen(
            [*MBL, "--root", "now", "rank", "--rebalance"], env=environment(WORLD), stdout=subprocess.DEVNULL
        )
        try:
            child.wait(needed * part / 10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        assert process("--root", "now", "list").code == 0
        assert users(here / "now")[0] in (before, after)


def triples(count):
    letters = "bcdfghjkmnpqrstvwxz"
    return [(a, b, c) for a in letters for b in letters for c in letters][:count]


# --- a full disk -----------------------------------------------------------------------------------------------


def no_more_space(size=0):
    """From now on, no file of this process grows beyond `size` bytes: what a full disk does, without one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.parametrize("name", CHANGES)
def test_on_a_full_disk_nothing_begins_and_it_is_said_clearly(backlog, name):
    before = files(backlog)
    said = doomed(lambda number, kind, path: no_more_space() if number == 1 else None, *CHANGES[name])
    assert (said.code, said.out) == (1, "")
    assert "The disk is full" in said.err
    assert files(backlog) == before
    assert leftovers(backlog) == []
    assert mbl(*CHANGES[name]).code == 0


def test_a_disk_that_fills_up_in_the_middle_is_said_and_the_next_command_finishes(backlog):
    copy = backlog.parent / "copy"
    shutil.copytree(backlog, copy)
    assert mbl("--root", str(copy), "rank", "--rebalance").code == 0
    renamed = 0

    def fill(number, kind, path):
        nonlocal renamed
        renamed += kind == "os.rename" and "/items/" in path
        if renamed == 3:
            no_more_space()

    said = doomed(fill, "rank", "--rebalance")
    assert (said.code, said.out) == (1, "")
    assert "The disk is full" in said.err
    assert "next mbl command finishes" in said.err
    assert leftovers(backlog) == []
    assert files(backlog) != files(copy)
    again = doomed(lambda number, kind, path: no_more_space(), "list")
    assert again.code == 1
    assert "The disk is full" in again.err
    assert mbl("list").code == 0
    assert files(backlog) == files(copy)


def test_a_disk_that_is_full_once_the_change_is_noted_leaves_nothing_to_finish(backlog):
    """Not one file was written: the notes must not stop every later command."""
    before = files(backlog)
    settle(backlog)
    said = doomed(
        lambda number, kind, path: no_more_space() if kind == "os.rename" else None, "rank", "--rebalance"
    )
    assert (said.code, said.out) == (1, "")
    assert "The disk is full: the change was not saved" in said.err
    assert not (backlog / ".mbl/journal").exists()
    assert doomed(lambda number, kind, path: no_more_space(), "list").code == 0
    assert files(backlog) == before


def test_a_full_disk_does_not_stop_reading(backlog):
    shutil.rmtree(backlog / ".mbl")
    said = doomed(lambda number, kind, path: no_more_space(), "list", "-f", "json")
    assert said.code == 0
    assert len(said.json["items"]) == 5


def test_a_real_process_on_a_full_disk_says_so(backlog):
    before = files(backlog)
    ran = subprocess.run(
        [*MBL, "add", "Fresh"], preexec_fn=no_more_space, capture_output=True, text=True, check=False, timeout=60,
        env=environment(WORLD),
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "The disk is full" in ran.stderr
    assert files(backlog) == before
    assert leftovers(backlog) == []


# --- somebody else at work -------------------------------------------------------------------------------------


def test_a_file_edited_elsewhere_while_the_editor_is_open_is_not_overwritten(backlog, editor):
    """The editor's own text goes nowhere either: the message says where it lies."""
    editor(f"sed -i 's/Webinar/Mine/' \"$1\"; sed -i 's/Webinar/Theirs/' {backlog}/items/kdw22.yaml")
    said = mbl("edit", "kdw22")
    assert (said.code, said.out) == (1, "")
    assert "items/kdw22.yaml" in said.err
    assert "Theirs for CTOs" in (backlog / "items/kdw22.yaml").read_text()


@pytest.mark.parametrize("opening", [1, 2, 3], ids=["planning", "checking", "replacing"])
@pytest.mark.parametrize("name", ["rank one", "accept two", "rebalance"])
def test_a_file_saved_by_somebody_else_meanwhile_is_not_overwritten(backlog, name, opening):
    """They save in the last moment before mbl opens the file: to plan its change, to check it, to replace it."""
    settle(backlog)
    path, openings = backlog / "items/xzc55.yaml", 0
    theirs = path.read_bytes() + b"x-theirs: 1\n"

    def save(event, opened):
        nonlocal openings
        openings += event == "open" and opened == str(path)
        if openings == opening:
            openings += 100
            path.write_bytes(theirs)

    with watching(save):
        said = mbl(*CHANGES[name])
    assert path.read_bytes() == theirs
    assert (said.code, said.out) == (1, "")
    assert "items/xzc55.yaml changed while mbl was at work" in said.err
    assert mbl("list").code == 0
    assert path.read_bytes() == theirs
