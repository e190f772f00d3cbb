"""The same work asked for twice: a question in a terminal, a remark in a script, an answer that is kept."""

from pathlib import Path

import pytest

from sitting import CTRL_C, CTRL_D, ENTER, Sitting
from world import changed, files, mbl, write_backlog

SPRING, AGAIN = "Spring newsletter for dealers", "Newsletter for dealers, spring"
ASKED = "Is it the same work?"


@pytest.fixture
def twins(here: Path) -> Path:
    """Three requests, each two of which look alike, and one that was finished."""
    return write_backlog(
        here,
        (
            {"id": "bbbbb", "rank": "a1", "title": SPRING, "requester": "cmo"},
            {"id": "ccccc", "rank": "a2", "title": AGAIN},
            {"id": "ddddd", "rank": "a3", "title": f"{SPRING}!"},
            {
                "id": "fffff", "rank": "a4", "title": "Dealers newsletter, autumn", "status": "done",
                "requested": "2026-08-01", "ended": {"date": "2026-09-01"}, "links": ["https://example.com/autumn"],
            },
        ),
    )  # fmt: skip


def answers() -> dict[str, tuple[str | None, tuple[str, ...]]]:
    items = (mbl("show", id_, "-f", "json").json["item"] for id_ in ("bbbbb", "ccccc", "ddddd"))
    return {item["id"]: (item["duplicate_of"], tuple(item["not_duplicate_of"])) for item in items}


def test_every_answer_is_saved_at_once_and_settles_what_follows_from_it(twins: Path) -> None:
    sitting = Sitting("conflicts", "--duplicates", "--ask").types("s")
    assert "(2 of 3)" in sitting.screen
    assert answers()["ccccc"] == ("bbbbb", ())
    sitting.types("n")
    assert sitting.leaves() == 0
    assert "1 the same, 1 not the same." in sitting.text
    assert answers()["ddddd"] == (None, ("bbbbb",))
    assert "ccccc asks for the same as bbbbb. To end it: mbl decline ccccc" in sitting.text
    again = Sitting("conflicts", "--ask")
    assert again.leaves() == 0
    assert "No two requests look alike, or everything is answered." in again.text
    assert [each["items"] for each in mbl("conflicts", "-f", "json").json["same"]] == [["bbbbb", "ccccc"]]


@pytest.mark.parametrize("end", ["q", CTRL_C, CTRL_D])
def test_it_may_end_at_any_moment_with_what_was_answered(twins: Path, end: str) -> None:
    sitting = Sitting("conflicts", "--ask").types("l", "n", end)
    assert sitting.leaves() == 0
    assert "1 not the same; 2 pairs not answered." in sitting.text
    assert answers()["ddddd"] == (None, ("bbbbb",))


def test_a_new_request_is_asked_about_before_it_is_saved(twins: Path) -> None:
    sitting = Sitting("add", "For dealers: spring newsletter").types(ENTER)
    assert ASKED in sitting.screen
    assert len(files(twins)) == 5
    sitting.types("n", "l", "s")
    assert sitting.leaves() == 0
    found = mbl("show", "For dealers: spring newsletter", "-f", "json").json["item"]
    assert (found["duplicate_of"], found["not_duplicate_of"]) == ("ccccc", ["bbbbb"]) or found["duplicate_of"]
    assert (
        "Made before, and could be reused: Dealers newsletter, autumn (fffff, done 2026-09-01): https://example.com/autumn."
        in " ".join(sitting.text.split())
    )


def test_who_does_not_want_to_be_asked_is_told(twins: Path) -> None:
    said = mbl("add", "For dealers: spring newsletter")
    assert said.code == 0
    assert "It looks like #1, Spring newsletter for dealers (bbbbb, cmo, request): 100 % alike.\n" in said.err
    id_ = mbl("show", "For dealers: spring newsletter", "-f", "json").json["item"]["id"]
    assert f"{ASKED} mbl edit {id_} --duplicate-of bbbbb (or --not-duplicate-of)\n" in said.err
    assert mbl("-q", "add", "For dealers: spring newsletter").err == ""
    sitting = Sitting("add", "Newsletter: spring, for dealers", "--no-ask")
    assert sitting.leaves() == 0
    assert ASKED in sitting.text


def test_an_answer_given_beforehand_is_kept_and_ends_the_question(twins: Path) -> None:
    said = mbl("add", f"{SPRING}?", "--duplicate-of", "1", "--not-duplicate-of", "ddddd")
    assert said.code == 0
    assert ASKED not in said.err
    found = mbl("show", "4", "-f", "json").json["item"]
    assert (found["duplicate_of"], found["not_duplicate_of"]) == ("bbbbb", ["ddddd"])
    many = mbl("add", f"{SPRING}?!", "--not-duplicate-of", "bbbbb,ccccc", "--not-duplicate-of", "3")
    assert mbl("show", "5", "-f", "json").json["item"]["not_duplicate_of"] == ["bbbbb", "ccccc", "ddddd"], (
        many.err
    )


def test_a_duplicate_of_nothing_is_refused_and_nothing_is_saved(twins: Path) -> None:
    before = files(twins)
    said = mbl("add", "Poster", "--duplicate-of", "zzzzz")
    assert (said.code, said.out) == (1, "")
    assert "'zzzzz' fits no request." in said.err
    itself = mbl("edit", "bbbbb", "--duplicate-of", "bbbbb")
    assert itself.code == 1
    assert "bbbbb is a duplicate of itself" in itself.err
    assert not changed(before, files(twins))


def test_what_is_imported_is_asked_about_and_nothing_else(twins: Path) -> None:
    (twins / "list.csv").write_text('Title\n"Dealers newsletter, spring"\nPoster\n')
    sitting = Sitting("import", "csv", "list.csv", "--as", "request")
    assert "(1 of 3)" in sitting.screen
    sitting.types("s", "n", "n")
    assert sitting.leaves() == 0
    assert "Imported 2 new" in sitting.text


def test_a_script_that_imports_is_told(twins: Path) -> None:
    (twins / "list.csv").write_text('Title\n"Dealers newsletter, spring"\nPoster\n')
    said = mbl("import", "csv", "list.csv", "--as", "request")
    assert said.code == 0
    assert "3 pairs of requests may be the same work: mbl conflicts --duplicates --ask\n" in said.err
    assert "For 1 request there is finished work to reuse: mbl conflicts --duplicates\n" in said.err
    assert mbl("import", "csv", "list.csv", "--as", "request").err.count("may be the same work") == 0
