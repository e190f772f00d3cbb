"""Where git is missing, unusual or unwilling: mbl works, or says in words why not."""

import ctypes
import os
import subprocess
from pathlib import Path

import pytest

from gitworld import committed, git, hook, pin, repository, state, subject, versioned
from world import MBL, Said, environment, mbl, process, write_backlog

READING = (["list"], ["show", "1"], ["rank"], ["capacity"], ["check"], ["schema"], [])
WRITING = (
    ["add", "Fair in May"],
    ["edit", "Poster", "--estimate", "3d"],
    ["rank", "Poster", "--top"],
    ["decline", "xzc55"],
    ["check", "--fix"],
)


def _works(arguments: list[str]) -> Said:
    said = mbl(*arguments)
    assert said.code == 0, (arguments, said.err)
    return said


def _everything_but_commit_works(root: Path) -> None:
    for arguments in (*READING, *WRITING):
        _works(arguments)
    assert len(list((root / "items").glob("fair-in-may-*.yaml"))) == 1


def test_without_a_repository_everything_but_commit_works(here: Path) -> None:
    write_backlog(here)
    _everything_but_commit_works(here)
    before = (here / "items/pqr66.yaml").read_bytes()
    said = mbl("commit")
    assert (said.code, said.out) == (1, "")
    assert (
        said.err
        == "This backlog is not in a git repository.\n`git init` makes one; commits work from then on.\n"
    )
    said = mbl("rank", "Poster", "--bottom", "--commit")
    assert said.code == 1
    assert "Nothing was saved." in said.err
    assert (here / "items/pqr66.yaml").read_bytes() == before


def test_the_state_folder_never_shows_in_git_nor_in_check(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch)
    write_backlog(here)
    _works(["list"])
    assert (here / ".mbl").is_dir()
    assert "all is well" in _works(["check"]).out
    repository(here)
    assert ".mbl" not in git(here, "status", "--porcelain", "--untracked-files=all", "--ignored=no")
    _works(["commit"])
    assert not any(".mbl" in path for path in committed(here))
    assert (here / ".git/mbl/index").exists()


def test_without_git_on_this_machine_everything_but_commit_works(repo: Path) -> None:
    nowhere = {"PATH": str(repo / "nowhere")}
    for arguments in (["list"], ["add", "Fair in May"], ["decline", "xzc55"], ["check"]):
        said = process(*arguments, cwd=repo, env=nowhere)
        assert said.code == 0, said.err
    for arguments in (["commit"], ["rank", "Poster", "--top", "--commit"]):
        said = process(*arguments, cwd=repo, env=nowhere)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("git is not installed.")
        assert "https://git-scm.com" in said.err
    assert (repo / "items/pqr66.yaml").read_text().count('rank: "a5"') == 1
    said = process("init", "new", cwd=repo.parent, env=nowhere)
    assert (said.code, "git is not installed." in said.err) == (0, True)
    assert process("check", cwd=repo.parent / "new", env=nowhere).code == 0


def test_git_that_disappears_later_is_no_crash(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _works(["rank", "Poster", "--top"])
    monkeypatch.setenv("PATH", "/nowhere")
    said = mbl("commit")
    assert (said.code, said.err.splitlines()[0]) == (1, "git is not installed.")


def test_on_no_branch_a_commit_is_made_with_a_remark(repo: Path) -> None:
    git(repo, "switch", "--quiet", "--detach")
    said = _works(["rank", "Poster", "--top", "--commit"])
    assert "You are on no branch (a detached HEAD)" in said.err
    _works(["rank", "Poster", "--bottom"])
    said = _works(["commit"])
    assert "git switch -c NAME" in said.err
    assert git(repo, "rev-list", "--count", "main..HEAD").strip() == "2"
    _works(["rank", "Poster", "--top"])
    assert mbl("--quiet", "commit").err == ""


def test_in_a_worktree_its_own_branch_is_committed(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = repo.parent / "second tree"
    git(repo, "worktree", "add", "--quiet", "-b", "ideas", str(tree))
    monkeypatch.chdir(tree)
    _works(["rank", "Poster", "--top", "--commit"])
    assert git(repo, "rev-list", "--count", "main..ideas").strip() == "1"
    assert git(repo, "status", "--porcelain") == git(tree, "status", "--porcelain") == ""
    (tree / "notes.txt").write_text("theirs\n")
    git(tree, "commit", "--quiet", "-am", "Theirs")
    (repo / "notes.txt").write_text("ours\n")
    git(repo, "commit", "--quiet", "-am", "Ours")
    git(tree, "merge", "main", fails=True)
    said = mbl("commit")
    assert (said.code, said.err.startswith("A merge is not finished here")) == (1, True)
    monkeypatch.chdir(repo)
    _works(["rank", "Poster", "--top", "--commit"])


def test_in_a_submodule_the_submodule_is_committed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    origin = versioned(here / "origin")
    outer = repository(here / "outer")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(origin), "plans")
    git(outer, "commit", "--quiet", "-m", "Add plans")
    monkeypatch.chdir(outer / "plans")
    _works(["rank", "Poster", "--top", "--commit"])
    assert committed(outer / "plans") == ["items/pqr66.yaml"]
    assert git(outer, "status", "--porcelain") == " M plans\n"


def test_a_bare_repository_has_no_folder_to_work_in(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    git(here, "init", "--quiet", "--bare")
    said = mbl("list")
    assert (said.code, "no backlog here" in said.err) == (1, True)
    said = mbl("init")
    assert (said.code, said.err.startswith("This is a bare git repository")) == (1, True)
    write_backlog(here)
    said = mbl("commit")
    assert (said.code, said.out) == (1, "")
    assert "git refused: fatal: this operation must be run in a work tree" in said.err


def test_a_folder_of_somebody_else_is_refused_in_gits_words(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _works(["rank", "Poster", "--top"])
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = mbl("commit")
    assert said.code == 1
    assert "dubious ownership" in said.err
    assert "git config --global --add safe.directory" in said.err
    said = mbl("rank", "Poster", "--bottom", "--commit")
    assert "Nothing was saved." in said.err
    _works(["decline", "xzc55"])


def test_without_a_name_git_says_how_to_give_one(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        for what in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{who}_{what}")
    git(repo, "config", "user.useConfigOnly", "true")
    _works(["add", "Fair in May"])
    before = state(repo)
    said = mbl("commit")
    assert said.code == 1
    assert "git config --global user.name" in said.err
    assert state(repo) == before


@pytest.mark.parametrize("damage", ["config", "HEAD", "index"])
def test_a_damaged_repository_is_an_error_in_words(repo: Path, damage: str) -> None:
    _works(["rank", "Poster", "--top"])
    (repo / ".git" / damage).write_text("[[[")
    said = mbl("commit")
    assert (said.code, said.out) == (1, "")
    assert said.err
    _works(["list"])


def test_an_empty_message_is_refused_in_gits_words(repo: Path) -> None:
    _works(["add", "Fair in May"])
    before = state(repo)
    said = mbl("commit", "-m", "  ")
    assert (said.code, said.err) == (1, "git refused: Aborting commit due to empty commit message.\n")
    assert state(repo) == before


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
def test_variables_of_a_hook_lead_to_no_other_repository(
    below: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(below.parent.parent / "other")
    monkeypatch.setenv(name, {"GIT_DIR": ".git", "GIT_WORK_TREE": str(other)}.get(name, ".git/next-index"))
    _works(["rank", "Poster", "--top", "--commit"])
    assert os.environ[name]
    monkeypatch.delenv(name)
    assert subject(below) == 'Rank: "Poster" 5 → 1'
    assert git(below.parent, "status", "--porcelain") == ""


@pytest.mark.parametrize("where", ["repo", "below"])
def test_check_runs_in_a_real_pre_commit_hook(
    where: str, request: pytest.FixtureRequest, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root: Path = request.getfixturevalue(where)
    top = Path(git(root, "rev-parse", "--show-toplevel").strip())
    entry = f"{call} check" if top == root else f"{call} --root '{root.name}' check"
    hook(root, "pre-commit", f"exec {entry}")
    for folder in dict.fromkeys((top, root)):
        monkeypatch.chdir(folder)
        (root / "items/kdw22.yaml").write_text("id: kdw22\ntitle: Webinar\nrank: a1\nstatsu: request\n")
        git(folder, "commit", "--quiet", "-am", "Broken", fails=True)
        (root / "items/kdw22.yaml").write_text(f"id: kdw22\ntitle: In {folder.name}\nrank: a1\n")
        git(folder, "commit", "--quiet", "-am", "Whole again")
    assert git(root, "rev-list", "--count", "HEAD").strip() == ("2" if top == root else "3")


def _bound() -> None:
    """Permissions stop root, too, once it gives away the right to override them."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def _unprivileged(root: Path, *arguments: str) -> Said:
    """mbl as somebody whom permissions stop."""
    ran = subprocess.run(
        [*MBL, *arguments], cwd=root, env=environment(), capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=_bound,
    )  # fmt: skip
    return Said(ran.returncode, ran.stdout, ran.stderr)


def _close(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode & 0o555)


def _open(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode | 0o700)


def test_where_git_may_not_write_the_files_are_saved_and_the_commit_is_refused(repo: Path) -> None:
    _works(["list"])
    _close(repo / ".git")
    said = _unprivileged(repo, "add", "Fair in May")
    assert said.code == 0, said.err
    before = state(repo)
    said = _unprivileged(repo, "commit")
    assert (said.code, said.out, "git refused" in said.err) == (1, "", True)
    assert state(repo) == before
    _close(repo)
    said = _unprivileged(repo, "list")
    assert said.code == 0, said.err
    said = _unprivileged(repo, "add", "Never")
    assert (said.code, said.out, "read-only" in said.err) == (1, "", True)
    _open(repo)


def test_init_in_a_folder_that_may_not_be_written(here: Path) -> None:
    here.chmod(0o555)
    said = _unprivileged(here, "init", "new")
    assert (said.code, said.out, "No permission to write" in said.err) == (1, "", True)
    assert list(here.iterdir()) == []
