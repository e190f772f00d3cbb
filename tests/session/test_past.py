"""Two states side by side: any commit, branch or the folder, against what git itself says they hold."""

from pathlib import Path

import pytest

from gitworld import git, pin, versioned
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session.change import changed
from mbl.session.past import Span, span
from mbl.session.place import opened, place
from mbl.storage import codec, disk
from world import SMALL

DAY = "2026-11-22"


def _here(root: Path, between: str | None) -> Span:
    at = place(str(root))
    return span(at, lambda: opened(at).backlog, between)


def _tree(root: Path, commit: str) -> Backlog:
    """The backlog in a commit, read the long way: every file of it."""
    paths = [path for path in git(root, "ls-tree", "-r", "-z", "--name-only", commit).split("\0") if path]
    return codec.parse_tree({path: git(root, "show", f"{commit}:{path}").encode() for path in paths})


def _edit(root: Path, id_: str, **fields: object) -> None:
    from mbl.core.edit import edited

    changed(place(str(root)), lambda backlog: edited(backlog, [id_], fields))


@pytest.fixture(autouse=True)
def _ana(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """main: First, Later; the branch idea left it at First and has a commit and an edit of its own."""
    root = versioned(tmp_path / "backlog")
    git(root, "branch", "idea")
    _edit(root, "kdw22", title="Webinar for CFOs")
    (root / "items" / "fgh44.yaml").rename(root / "items" / "newsletter-fgh44.yaml")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Later")
    git(root, "switch", "--quiet", "idea")
    _edit(root, "kdw33", estimate="9d")
    (root / "items" / "pqr66.yaml").unlink()
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Idea")
    _edit(root, "xzc55", owner="ben")
    (root / "items" / "nnn22.yaml").write_text("id: nnn22\ntitle: Untracked\n")
    return root


def test_every_state_is_what_git_says_it_holds(branch: Path) -> None:
    for commit in ("main", "idea", "main~1", "HEAD"):
        found = _here(branch, f"{commit}..{commit}")
        assert dict(found.base.backlog.nouns()) == dict(_tree(branch, commit).nouns()), commit
        assert found.base.backlog == found.head.backlog


def test_nothing_named_is_the_last_commit_and_the_folder(branch: Path) -> None:
    found = _here(branch, None)
    assert dict(found.base.backlog.nouns()) == dict(_tree(branch, "HEAD").nouns())
    assert found.head.backlog.item("xzc55").owner == "ben"
    assert "nnn22" in found.head.backlog.path_of
    assert "nnn22" not in found.base.backlog.path_of
    assert found.commits == 0


def test_one_name_is_the_commit_where_the_branch_left_it(branch: Path) -> None:
    found = _here(branch, "main")
    assert found.base.commit == git(branch, "merge-base", "main", "HEAD").strip()
    assert found.base.backlog.item("kdw22").title == "Webinar for CTOs"
    assert found.head.commit is None
    assert found.commits == 1


def test_two_dots_are_the_states_as_they_are_and_three_where_they_parted(branch: Path) -> None:
    assert _here(branch, "main..idea").base.backlog.item("kdw22").title == "Webinar for CFOs"
    assert _here(branch, "main...idea").base.backlog.item("kdw22").title == "Webinar for CTOs"
    assert _here(branch, "main..").head.commit == git(branch, "rev-parse", "idea").strip()


def test_a_second_look_parses_nothing_again(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _here(branch, "main~1")
    monkeypatch.setattr(codec, "parse", lambda *_: pytest.fail("parsed again"))
    assert dict(_here(branch, "main~1").base.backlog.nouns()) == dict(first.base.backlog.nouns())


@pytest.mark.parametrize("damage", [b"", b"xxxx", b"\0" * 400])
def test_a_damaged_memory_of_the_past_is_read_anew(branch: Path, damage: bytes) -> None:
    first = _here(branch, "main")
    at = place(str(branch))
    assert at.state is not None
    (at.state / "past").write_bytes(damage)
    assert dict(_here(branch, "main").base.backlog.nouns()) == dict(first.base.backlog.nouns())


def test_the_backlog_may_lie_below_the_top_of_the_repository(tmp_path: Path) -> None:
    root = versioned(tmp_path / "repo" / "team" / "backlog", top=tmp_path / "repo")
    _edit(root, "kdw22", title="Webinar for CFOs")
    found = _here(root, "HEAD")
    assert found.base.backlog.item("kdw22").title == "Webinar for CTOs"
    assert len(found.base.backlog.items) == len(SMALL)


def test_a_file_that_was_broken_then_is_left_out_and_told(branch: Path) -> None:
    (branch / "items" / "kdw22.yaml").write_text("title: [")
    git(branch, "commit", "--quiet", "--all", "-m", "Broken")
    _edit(branch, "kdw33", title="Another")
    (branch / "items" / "kdw22.yaml").write_bytes(git(branch, "show", "HEAD~1:items/kdw22.yaml").encode())
    found = _here(branch, "HEAD")
    assert [problem.path for problem in found.base.backlog.broken] == ["items/kdw22.yaml"]
    assert "kdw22" in found.head.backlog.path_of


def test_binary_files_in_our_places_are_told_as_broken(branch: Path) -> None:
    (branch / "items" / "kdw22.yaml").write_bytes(b"\xff\x00\xfe")
    git(branch, "commit", "--quiet", "--all", "-m", "Binary")
    (branch / "items" / "kdw22.yaml").unlink()
    found = _here(branch, "HEAD")
    assert [problem.code for problem in found.base.backlog.broken] == ["not-utf-8"]
    assert not found.head.backlog.broken


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("--output=x", "not the name of a commit", "branch"),
        ("nowhere", "no commit or branch nowhere", "git branch --all"),
        ("mian", "no commit or branch mian", "Did you mean main?"),
        ("main:items", "not the name of a commit", "branch"),
        ("HEAD~99", "no commit or branch HEAD~99", "git branch --all"),
        ("main..nowhere", "no commit or branch nowhere", "git branch --all"),
    ],
)
def test_a_name_that_is_none_says_what_to_do(branch: Path, name: str, message: str, hint: str) -> None:
    with pytest.raises(MblError) as raised:
        _here(branch, name)
    assert message in raised.value.message
    assert hint in raised.value.hint
    assert not (branch / "x").exists()


def test_unrelated_histories_are_refused_with_the_way_to_compare_them(branch: Path) -> None:
    git(branch, "checkout", "--quiet", "--orphan", "island", "-f")
    git(branch, "commit", "--quiet", "-m", "Island")
    with pytest.raises(MblError, match="no commit in common") as raised:
        _here(branch, "main")
    assert "two dots" in raised.value.hint
    assert _here(branch, "main..island").base.backlog.item("kdw22").title == "Webinar for CFOs"


def test_a_shallow_clone_says_how_to_fetch(branch: Path, tmp_path: Path) -> None:
    git(branch, "commit", "--quiet", "--all", "-m", "More")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{branch}", "shallow")
    with pytest.raises(MblError, match="cut off") as raised:
        _here(tmp_path / "shallow", "origin/main")
    assert "git fetch --unshallow" in raised.value.hint
    with pytest.raises(MblError) as raised:
        _here(tmp_path / "shallow", "HEAD~1")
    assert raised.value.hint.endswith("git fetch --unshallow")


@pytest.mark.parametrize("name", ["main", "origin/main"])
def test_what_a_clone_of_one_branch_is_told_to_fetch_is_what_it_needs(
    branch: Path, tmp_path: Path, name: str
) -> None:
    git(branch, "commit", "--quiet", "--all", "-m", "More")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{branch}", "shallow")
    with pytest.raises(MblError) as raised:
        _here(tmp_path / "shallow", name)
    git(tmp_path / "shallow", *raised.value.hint.partition("git ")[2].split())
    assert _here(tmp_path / "shallow", name).commits


def test_a_merge_commit_is_a_base_like_any_other(branch: Path) -> None:
    git(branch, "stash", "--quiet", "--include-untracked")
    git(branch, "merge", "--quiet", "--no-edit", "main")
    _edit(branch, "kdw33", estimate="1d")
    found = _here(branch, "HEAD")
    assert dict(found.base.backlog.nouns()) == dict(_tree(branch, "HEAD").nouns())
    assert found.base.backlog.item("kdw33").estimate == "9d"


def test_without_a_commit_or_git_there_is_no_former_state(tmp_path: Path) -> None:
    from world import write_backlog

    root = tmp_path / "plain"
    write_backlog(root)
    with pytest.raises(MblError, match="not in a git repository"):
        _here(root, None)
    git(root, "init", "--quiet")
    with pytest.raises(MblError, match="no commit yet"):
        _here(root, None)


def test_files_that_are_not_ours_are_no_part_of_a_state(branch: Path) -> None:
    assert "notes.txt" not in dict(_here(branch, "main..idea").base.backlog.nouns())
    assert disk.read(branch, "notes.txt")
