"""The cache saves work and nothing else: what it says is what the files say, whatever happened to it or to them."""

import marshal
import os
import time
import zlib

import pytest

from build import item
from mbl.model.backlog import Backlog
from mbl.storage import index, where
from watching import opened, watching
from world import write_backlog

OLD = 1_700_000_000_123_456_789


@pytest.fixture
def root(tmp_path):
    """A backlog of three items that nobody has touched for long."""
    write_backlog(tmp_path, [{"id": f"bbbb{n}", "title": f"Item {n}", "labels": ["q4"]} for n in (2, 3, 4)])
    (tmp_path / "people.yaml").write_text("ana: {skills: {copy: 2}}\n")
    settle(tmp_path)
    return tmp_path


def settle(root, at=OLD):
    for folder in (root, root / "items"):
        for name in os.listdir(folder):
            if name.endswith(".yaml"):
                os.utime(folder / name, ns=(at, at))


def rewrite(path, text, at):
    """New content in the same file, and the clock turned back: only the content tells."""
    with open(path, "r+") as file:
        file.write(text)
        file.truncate()
    os.utime(path, ns=(at, at))


def read(root):
    return index.read(root, root / ".mbl").backlog


def titles(backlog):
    return [noun.title for noun in backlog.items.values()]


def test_a_second_reading_opens_no_file_and_says_the_same(root):
    with opened("/items/") as first:
        before = read(root)
    with opened(str(root)) as second:
        after = read(root)
    assert len(first) == 3
    assert second == ["index"]
    assert after == before
    assert titles(after) == ["Item 2", "Item 3", "Item 4"]
    assert after.people["ana"].skills == {"copy": 2}


def test_of_one_changed_file_only_that_one_is_read_again(root):
    read(root)
    rewrite(root / "items/bbbb3.yaml", "id: bbbb3\ntitle: New\n", OLD + 1)
    with opened("/items/") as names:
        after = read(root)
    assert names == ["bbbb3.yaml"]
    assert titles(after) == ["Item 2", "New", "Item 4"]


@pytest.mark.parametrize(
    "at", [lambda: time.time_ns() + 5 * 10**9, lambda: (time.time_ns() // 10**9 + 1) * 10**9]
)
def test_a_file_as_young_as_the_cache_is_not_trusted(root, at):
    """Same size, same inode, same time: only reading it shows the change."""
    moment = at()
    settle(root, moment)
    before = read(root)
    rewrite(
        root / "items/bbbb3.yaml", (root / "items/bbbb3.yaml").read_text().replace("Item 3", "Item X"), moment
    )
    assert titles(read(root)) == ["Item 2", "Item X", "Item 4"]
    assert titles(before) == ["Item 2", "Item 3", "Item 4"]


def test_a_file_with_a_new_date_and_the_same_content_is_read_and_not_parsed(root, monkeypatch):
    before = read(root)
    settle(root, OLD + 10**9)

    def parsed(path, content):
        raise AssertionError(f"{path} was parsed")

    monkeypatch.setattr("mbl.storage.codec.parse", parsed)
    assert read(root) == before


def test_new_and_removed_files_are_noticed(root):
    read(root)
    (root / "items/bbbb2.yaml").unlink()
    (root / "items/bbbb5.yml").write_text("id: bbbb5\ntitle: Fresh\n")
    assert titles(read(root)) == ["Item 3", "Item 4", "Fresh"]
    (root / "items/bbbb3.yaml").rename(root / "items/renamed-bbbb3.yaml")
    assert sorted(titles(read(root))) == ["Fresh", "Item 3", "Item 4"]


def test_a_broken_file_is_told_every_time_until_it_is_mended(root):
    path = root / "items/bbbb3.yaml"
    path.write_text("id: [\n")
    settle(root)
    for _ in range(3):
        assert [problem.path for problem in read(root).broken] == ["items/bbbb3.yaml"]
    path.write_text("id: bbbb3\ntitle: Item 3\n")
    assert read(root).broken == ()


def framed(body):
    return zlib.crc32(body).to_bytes(4, "big") + body


DAMAGES = {
    "empty": lambda content: b"",
    "four zeros": lambda content: b"\0\0\0\0",
    "truncated": lambda content: content[: len(content) // 2],
    "one byte short": lambda content: content[:-1],
    "garbage": lambda content: os.urandom(500),
    "garbage behind a right sum": lambda content: framed(b"\xff" * 40),
    "no pair": lambda content: framed(marshal.dumps(7)),
    "another version": lambda content: framed(marshal.dumps((("0.0.0",), ({}, {}, {}, {})))),
    "text": lambda content: b"hello\n",
} | {
    f"bit flipped at {n}/16": (lambda content, n=n: flipped(content, len(content) * n // 16))
    for n in range(16)
}


def flipped(content, at):
    return content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_is_ignored_and_made_anew(root, damage):
    before = read(root)
    file = root / ".mbl/index"
    file.write_bytes(damage(file.read_bytes()))
    assert read(root) == before
    with opened("/items/") as names:
        assert read(root) == before
    assert names == []


def test_a_deleted_cache_costs_time_only(root):
    before = read(root)
    (root / ".mbl/index").unlink()
    assert read(root) == before


def test_without_a_place_for_a_cache_everything_is_read(root):
    assert index.read(root, None).backlog == read(root)


def test_a_cache_that_cannot_be_written_costs_time_only(root):
    (root / ".mbl/index/in-the-way").mkdir(parents=True)
    before = read(root)
    assert titles(before) == ["Item 2", "Item 3", "Item 4"]
    assert read(root) == before
    assert os.listdir(root / ".mbl") == ["index"]


def test_a_file_that_vanishes_between_listing_and_reading_is_gone_not_broken(root):
    def remove_next(event, path):
        if event == "open" and path.endswith("bbbb3.yaml"):
            os.unlink(path)

    with watching(remove_next):
        after = read(root)
    assert titles(after) == ["Item 2", "Item 4"]
    assert after.broken == ()


def test_a_file_that_is_replaced_while_it_is_read_is_read_again_next_time(root):
    def replace(event, path):
        if event == "open" and path.endswith("bbbb3.yaml"):
            (root / "items/new").write_text("id: bbbb3\ntitle: New\n")
            os.replace(root / "items/new", path)
            os.utime(path, ns=(OLD, OLD))

    with watching(replace):
        read(root)
    assert titles(read(root)) == ["Item 2", "New", "Item 4"]


def test_what_was_just_written_is_known_without_reading(root):
    now = index.read(root, root / ".mbl")
    noun = item(id="bbbb5", title="Fresh")
    after = now.backlog.with_items({"items/bbbb5.yaml": noun})
    content = b"id: bbbb5\ntitle: Fresh\n"
    (root / "items/bbbb5.yaml").write_bytes(content)
    settle(root)
    index.remember(root, root / ".mbl", now, after, {"items/bbbb5.yaml": content})
    with opened("/items/") as names:
        assert read(root) == after
    assert names == []


def test_what_was_written_and_vanished_at_once_is_no_crash(root):
    now = index.read(root, root / ".mbl")
    after = now.backlog.with_items({"items/bbbb5.yaml": item(id="bbbb5", title="Fresh")})
    index.remember(root, root / ".mbl", now, after, {"items/bbbb5.yaml": b"id: bbbb5\ntitle: Fresh\n"})
    assert titles(read(root)) == ["Item 2", "Item 3", "Item 4"]


def test_an_empty_folder_is_an_empty_backlog(tmp_path):
    (tmp_path / "mbl.yaml").write_text("schema: 1\n")
    assert read(tmp_path) == read(tmp_path) == Backlog()


NAMES = (
    "north",
    "a/b",
    "a+b",
    "a%2Bb",
    "a%b",
    "+a/b",
    "a/+b",
    "index",
    "lock",
    "journal",
    "interrupted",
    "commit",
    "äö",
)


def test_each_backlog_of_a_repository_has_a_place_of_its_own(tmp_path):
    (tmp_path / ".git").mkdir()
    roots = [tmp_path, *(tmp_path / name for name in NAMES)]
    for root in roots:
        root.mkdir(parents=True, exist_ok=True)
    states = [where.state_dir(root) for root in roots]
    assert len(set(states)) == len(roots)
    assert {state.relative_to(tmp_path / ".git/mbl").as_posix().count("/") for state in states} == {0}


def test_two_backlogs_of_a_repository_do_not_mix(tmp_path):
    (tmp_path / ".git").mkdir()
    for name in ("north", "south"):
        write_backlog(tmp_path / name, [{"id": "bbbb2", "title": name}])
        settle(tmp_path / name)
    for _ in range(2):
        for name in ("north", "south"):
            assert titles(index.read(tmp_path / name, where.state_dir(tmp_path / name)).backlog) == [name]
