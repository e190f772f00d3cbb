"""The working folder: found, listed, read; a file is replaced from one moment to the next, inside the folder, or not at all."""

import errno
import os
import shutil

import pytest

from mbl.errors import MblError
from mbl.storage import disk, where
from watching import watching


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "backlog"
    (folder / "items").mkdir(parents=True)
    (folder / "mbl.yaml").write_text("schema: 1\n")
    return folder


def listed(root):
    files, problems = disk.found(root)
    return set(files), {problem.path: problem.code for problem in problems}


def test_the_root_is_the_nearest_folder_upwards_with_settings(root):
    deep = root / "items/a/b"
    deep.mkdir(parents=True)
    assert where.find_root(deep) == where.find_root(root) == root
    assert where.find_root(root.parent) is None


def test_each_file_in_its_place_is_listed_with_its_mark(root):
    path = root / "items/x.yaml"
    path.write_text("id: x\n")
    os.utime(path, ns=(7, 7))
    files = disk.found(root)[0]
    assert files["items/x.yaml"] == disk.mark(root, "items/x.yaml") == (7, 6, path.stat().st_ino)
    assert set(files) == {"mbl.yaml", "items/x.yaml"}


@pytest.mark.parametrize("name", ["x.yaml~", ".x.yaml", "x.txt", "x.YAML", "yaml", ".yaml", "x.yaml.bak"])
def test_the_users_other_files_are_not_listed(root, name):
    (root / "items" / name).write_text("x")
    assert listed(root) == ({"mbl.yaml"}, {})


def test_links_are_followed_inside_and_refused_outside(root):
    (root / "real.yaml").write_text("x")
    (root.parent / "outside.yaml").write_text("x")
    for name, target in {
        "in": "../real.yaml", "absolute": str(root / "real.yaml"), "out": "../../outside.yaml", "nowhere": "gone.yaml",
        "loop": "loop.yaml", "up": "../..", "sideways": "../../backlog-other/x.yaml",
    }.items():  # fmt: skip
        (root / f"items/{name}.yaml").symlink_to(target)
    (root.parent / "backlog-other").mkdir()
    (root.parent / "backlog-other/x.yaml").write_text("x")
    assert listed(root) == (
        {"mbl.yaml", "items/in.yaml", "items/absolute.yaml"},
        {
            "items/out.yaml": "leads-out", "items/nowhere.yaml": "unreadable", "items/loop.yaml": "unreadable",
            "items/up.yaml": "leads-out", "items/sideways.yaml": "leads-out",
        },
    )  # fmt: skip


def test_a_root_behind_a_link_is_a_root(root):
    (root.parent / "link").symlink_to(root)
    (root / "items/x.yaml").write_text("x")
    (root / "items/y.yaml").symlink_to("x.yaml")
    linked = root.parent / "link"
    assert listed(linked) == ({"mbl.yaml", "items/x.yaml", "items/y.yaml"}, {})
    disk.replace(linked, "items/x.yaml", b"new")
    assert (root / "items/x.yaml").read_text() == "new"
    assert where.state_dir(linked) == where.state_dir(root)


def test_a_missing_folder_is_no_problem(tmp_path):
    assert listed(tmp_path) == (set(), {})


def test_strays_are_what_nobody_reads(root):
    for path in (
        "items/x.yaml",
        "items/X.YAML",
        "items/deep/x.yml",
        "items/.cache/x.yaml",
        "people.yaml",
        "other.yaml",
        "a.txt",
    ):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text("x")
    assert set(disk.strays(root)) == {"items/X.YAML", "items/deep/x.yml", "other.yaml"}


def test_a_huge_file_is_read_no_further_than_needed_to_refuse_it(root):
    (root / "items/x.yaml").write_bytes(b"x" * 5_000_000)
    assert len(disk.read(root, "items/x.yaml")) == disk.LARGEST + 1


def test_a_file_is_replaced_by_renaming_a_whole_one_beside_it(root):
    path = root / "items/x.yaml"
    path.write_text("old")
    seen = []
    with watching(lambda event, name: seen.append((event, path.read_text()))):
        disk.replace(root, "items/x.yaml", b"new")
    assert [event for event, _ in seen].count("os.rename") == 1
    assert {content for _, content in seen} == {"old"}
    assert path.read_text() == "new"
    assert os.listdir(root / "items") == ["x.yaml"]


def test_no_content_removes_the_file_and_a_file_that_is_gone_stays_gone(root):
    (root / "items/x.yaml").write_text("old")
    disk.replace(root, "items/x.yaml", None)
    disk.replace(root, "items/x.yaml", None)
    assert os.listdir(root / "items") == []


@pytest.mark.parametrize("path", ["../x.yaml", "items/../../x.yaml", "out/x.yaml", "items/link.yaml"])
@pytest.mark.parametrize("content", [b"new", None])
def test_nothing_is_written_or_removed_outside_the_folder(root, path, content):
    (root.parent / "x.yaml").write_text("theirs")
    (root / "out").symlink_to("..")
    (root / "items/link.yaml").symlink_to("../../x.yaml")
    with pytest.raises(OSError, match="leads out"):
        disk.replace(root, path, content)
    assert (root.parent / "x.yaml").read_text() == "theirs"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(root):
    (root / "items/x.yaml").mkdir()
    (root / "items/x.yaml/inside").write_text("kept")
    with pytest.raises(OSError, match="directory"):
        disk.replace(root, "items/x.yaml", b"new")
    assert os.listdir(root / "items") == ["x.yaml"]
    assert (root / "items/x.yaml/inside").read_text() == "kept"


def test_leftovers_are_removed_and_nothing_of_the_users(root):
    for name in (".mbl-12-ab", "items/.mbl-12-ab", "items/x.yaml", "items/.mbl", ".mblrc"):
        (root / name).write_text("x")
    (root / "items/.mbl-folder").mkdir()
    disk.remove_leftovers(root)
    assert sorted(os.listdir(root)) == [".mblrc", "items", "mbl.yaml"]
    assert sorted(os.listdir(root / "items")) == [".mbl", ".mbl-folder", "x.yaml"]


def test_the_state_lies_in_git_else_in_a_folder_of_its_own_else_nowhere(root):
    assert where.state_dir(root) == root / ".mbl"
    (root.parent / ".git").mkdir()
    assert where.state_dir(root) == root.parent / ".git/mbl/+backlog"
    (root.parent / ".git/mbl/+backlog").rmdir()
    (root.parent / ".git/mbl").rmdir()
    (root.parent / ".git/mbl").write_text("in the way")
    assert where.state_dir(root) == root / ".mbl"
    shutil.rmtree(root / ".mbl")
    (root / ".mbl").write_text("in the way")
    assert where.state_dir(root) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"gitdir:",
        b"items",
        b"gitdir: nowhere",
        b"\xff\xfe\x00",
        b"gitdir: \0",
        b"gitdir: " + b"x" * 5000,
    ],
)
def test_a_damaged_git_file_is_no_git(root, content):
    (root / ".git").write_bytes(content)
    assert where.git_dir(root) is None
    assert where.state_dir(root) == root / ".mbl"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EFBIG, "The disk is full"),
        (errno.EACCES, "No permission"),
        (errno.EROFS, "No permission"),
        (errno.EIO, "Could not save"),
    ],
)
def test_a_refusal_of_the_disk_is_told_in_words_with_a_way_on(number, says):
    failure = disk.failure(OSError(number, os.strerror(number)), "items/x.yaml")
    assert isinstance(failure, MblError)
    assert says in failure.message
    assert "items/x.yaml" in failure.message
    assert failure.hint
