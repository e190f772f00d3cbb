"""`mbl commit --branch`: the branch, the commit, the text of the pull request, and nothing else."""

from pathlib import Path

import pytest

from gitworld import committed, git, hook, pin, state, versioned
from world import SMALL, mbl


@pytest.fixture
def root(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small backlog with a promise that is not committed, and a note of the user's that is staged."""
    pin(monkeypatch)
    versioned(here)
    (here / "notes.txt").write_text("staged\n")
    git(here, "add", "notes.txt")
    assert mbl("accept", "fgh44").code == 0
    return here


def _branches(root: Path) -> list[str]:
    return git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()


def test_the_branch_has_the_commit_and_the_text_is_printed(root: Path) -> None:
    main = git(root, "rev-parse", "main")
    said = mbl("commit", "--branch", "yes-to-spring")
    assert said.code == 0, said.err
    assert git(root, "branch", "--show-current").strip() == "yes-to-spring"
    assert committed(root) == ["items/fgh44.yaml"]
    assert git(root, "rev-parse", "main") == main == git(root, "rev-parse", "yes-to-spring~1")
    title, empty, body = said.out.split("\n", 2)
    assert (title, empty) == ('Accept "Newsletter in spring"', "")
    assert "**Accepted (1)**" in body
    assert "git push -u origin yes-to-spring" in said.err


def test_other_staged_work_stays_staged_and_nothing_is_pushed(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "origin")
    git(root, "remote", "add", "origin", str(tmp_path / "origin"))
    assert mbl("commit", "--branch", "idea").code == 0
    assert git(root, "diff", "--cached", "--name-only").split() == ["notes.txt"]
    assert git(tmp_path / "origin", "for-each-ref") == ""
    assert git(root, "config", "--get-regexp", r"branch\.", fails=True) == ""


def test_a_message_of_ones_own_is_the_title(root: Path) -> None:
    said = mbl("commit", "--branch", "idea", "-m", "They asked twice\n\nAnd a third time")
    assert said.out.startswith("They asked twice\n\n**")
    assert git(root, "log", "-1", "--format=%s").strip() == "They asked twice"


def test_json_has_the_branch_and_the_text(root: Path) -> None:
    found = mbl("commit", "--branch", "idea", "-f", "json").json
    assert (found["kind"], found["branch"], found["commit"]) == (
        "change",
        "idea",
        git(root, "rev-parse", "idea").strip(),
    )
    assert set(found["pull_request"]) == {"title", "body"}


def test_a_failing_hook_brings_back_the_branch_and_leaves_no_new_one(root: Path) -> None:
    hook(root, "pre-commit", "echo No Friday commits; exit 1")
    before = state(root)
    said = mbl("commit", "--branch", "idea")
    assert said.code == 1
    assert "No Friday commits" in said.err
    assert git(root, "branch", "--show-current").strip() == "main"
    assert _branches(root) == ["main"]
    assert state(root) == before


def test_a_detached_head_gets_a_branch_and_no_warning(root: Path) -> None:
    git(root, "switch", "--quiet", "--detach")
    said = mbl("commit", "--branch", "idea")
    assert (said.code, "detached" in said.err) == (0, False)
    assert git(root, "branch", "--show-current").strip() == "idea"


def test_a_failure_on_a_detached_head_leaves_it_detached(root: Path) -> None:
    git(root, "switch", "--quiet", "--detach")
    hook(root, "commit-msg", "exit 1")
    before = git(root, "rev-parse", "HEAD")
    assert mbl("commit", "--branch", "idea").code == 1
    assert (git(root, "branch", "--show-current"), git(root, "rev-parse", "HEAD")) == ("", before)
    assert _branches(root) == ["main"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("main", "There is a branch main already"),
        ("a..b", "cannot be the name of a branch"),
        ("-f", "cannot be the name of a branch"),
        ("two words", "cannot be the name of a branch"),
        ("x.lock", "cannot be the name of a branch"),
        ("main/below", "git refused"),
    ],
)
def test_a_name_that_cannot_be_is_refused_before_anything_happens(root: Path, name: str, says: str) -> None:
    before = state(root)
    said = mbl("commit", f"--branch={name}")
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert state(root) == before
    assert _branches(root) == ["main"]
    assert git(root, "branch", "--show-current").strip() == "main"


def test_a_dry_run_prints_the_text_and_makes_nothing(root: Path) -> None:
    before = state(root)
    assert "**Accepted (1)**" in mbl("commit", "--branch", "idea", "--dry-run").out
    assert (state(root), _branches(root)) == (before, ["main"])


def test_nothing_to_commit_makes_no_branch(root: Path) -> None:
    assert mbl("commit").code == 0
    said = mbl("commit", "--branch", "idea")
    assert (said.code, "Nothing to commit" in said.err, _branches(root)) == (0, True, ["main"])


def test_before_the_first_commit_there_is_nothing_to_branch_from(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from world import write_backlog

    pin(monkeypatch)
    write_backlog(here, SMALL)
    git(here, "init", "--quiet", "--initial-branch=main")
    said = mbl("commit", "--branch", "idea")
    assert (said.code, "mbl commit makes the first one" in said.err) == (1, True)
    assert git(here, "symbolic-ref", "HEAD").strip() == "refs/heads/main"
