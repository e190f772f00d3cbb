"""What former states held: parsed once, kept by content, and never trusted when damaged."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from mbl.model.item import Item
from mbl.storage import blobs

ONE, TWO = b"id: kdw22\ntitle: Webinar\n", b"id: kdw22\ntitle: Fair\n"
HELD = {"aaa": ONE, "bbb": TWO, "ccc": b"title: [", "ddd": b"ana: {holidays: de}\n", "eee": b"schema: 1\n"}


class Store:
    """Contents by name, and which of them were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, names: Sequence[str]) -> dict[str, bytes]:
        self.asked.extend(names)
        return {name: HELD[name] for name in names}


def test_a_version_is_fetched_and_parsed_once(tmp_path: Path) -> None:
    first, second = Store(), Store()
    wanted = [("items/kdw22.yaml", "aaa"), ("items/x-kdw22.yaml", "aaa"), ("items/kdw22.yaml", "bbb")]
    found, broken = blobs.nouns(tmp_path, wanted, first)
    assert [found[version].title for version in wanted] == ["Webinar", "Webinar", "Fair"]
    assert (first.asked, broken) == (["aaa", "bbb"], [])
    again, _ = blobs.nouns(tmp_path, wanted, second)
    assert (again, second.asked) == (found, [])


def test_the_same_bytes_in_another_place_are_another_noun(tmp_path: Path) -> None:
    wanted = [("mbl.yaml", "eee"), ("people.yaml", "ddd")]
    found, _ = blobs.nouns(tmp_path, wanted, Store())
    assert found["people.yaml", "ddd"]["ana"].holidays == "de"
    _, broken = blobs.nouns(tmp_path, [("items/kdw22.yaml", "ddd")], Store())
    assert broken


def test_what_cannot_be_read_is_told_every_time_and_kept_never(tmp_path: Path) -> None:
    for _ in range(2):
        found, broken = blobs.nouns(tmp_path, [("items/kdw22.yaml", "ccc")], Store())
        assert found == {}
        assert [problem.path for problem in broken] == ["items/kdw22.yaml"]


@pytest.mark.parametrize("damage", [b"", b"\0", b"none of this", b"\xff" * 500])
def test_a_damaged_memory_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    blobs.nouns(tmp_path, [("items/kdw22.yaml", "aaa")], Store())
    (tmp_path / "past").write_bytes(damage)
    store = Store()
    found, _ = blobs.nouns(tmp_path, [("items/kdw22.yaml", "aaa")], store)
    assert isinstance(found["items/kdw22.yaml", "aaa"], Item)
    assert store.asked == ["aaa"]


def test_one_flipped_byte_is_noticed(tmp_path: Path) -> None:
    blobs.nouns(tmp_path, [("items/kdw22.yaml", "aaa")], Store())
    content = bytearray((tmp_path / "past").read_bytes())
    content[content.index(b"Webinar")] ^= 1
    (tmp_path / "past").write_bytes(content)
    store = Store()
    found, _ = blobs.nouns(tmp_path, [("items/kdw22.yaml", "aaa")], store)
    assert (found["items/kdw22.yaml", "aaa"].title, store.asked) == ("Webinar", ["aaa"])


def test_a_memory_that_has_grown_too_large_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "_MOST", 1)
    for name in ("aaa", "bbb"):
        blobs.nouns(tmp_path, [("items/kdw22.yaml", name)], Store())
    store = Store()
    blobs.nouns(tmp_path, [("items/kdw22.yaml", "bbb"), ("items/kdw22.yaml", "aaa")], store)
    assert store.asked == ["aaa"]


def test_without_a_place_for_it_everything_is_read_anew(tmp_path: Path) -> None:
    store = Store()
    for folder in (None, tmp_path / "gone" / "deeper"):
        found, _ = blobs.nouns(folder, [("items/kdw22.yaml", "aaa")], store)
        assert found["items/kdw22.yaml", "aaa"].title == "Webinar"
    assert store.asked == ["aaa", "aaa"]
