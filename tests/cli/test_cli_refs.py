"""What a REF means: a position, an id, the beginning of an id, words of a title; tried in this order."""

from pathlib import Path

import pytest

from world import files, item, mbl, write_item

REFS = (
    ("1", "kdw22"),
    ("5", "pqr66"),
    ("kdw22", "kdw22"),
    ("KDW22", "kdw22"),
    ("fgh", "fgh44"),
    ("hrd77", "hrd77"),
    ("webinar", "kdw22"),
    ("WEBINAR ctos", "kdw22"),
    ("ctos webinar", "kdw22"),
    ("spring", "fgh44"),
    ("newsletter autumn", "xzc55"),
    ("banner", "bnn88"),
    ("old fair", "hrd77"),
)


@pytest.mark.parametrize(("ref", "id_"), REFS)
def test_a_ref_means_one_item(small: Path, ref: str, id_: str) -> None:
    assert item(ref)["id"] == id_


def test_a_position_wins_over_an_id_and_a_title_that_look_like_it(small: Path) -> None:
    write_item(small, {"id": "zzz99", "rank": "a9", "title": "3 ideas"})
    assert item("3")["id"] == "fgh44"
    assert item("3 ideas")["id"] == "zzz99"


def test_an_id_wins_over_a_title(small: Path) -> None:
    write_item(small, {"id": "zzz99", "rank": "a9", "title": "About kdw22 and more"})
    assert item("kdw22")["title"] == "Webinar for CTOs"


def test_the_beginning_of_an_id_wins_over_a_title(small: Path) -> None:
    write_item(small, {"id": "zzz99", "rank": "a9", "title": "fgh and its friends"})
    assert item("fgh")["id"] == "fgh44"


def test_two_characters_are_no_beginning_of_an_id(small: Path) -> None:
    said = mbl("show", "fg")
    assert (said.code, said.out) == (1, "")
    assert "fits no request" in said.err


def test_an_open_title_wins_over_one_that_ended(small: Path) -> None:
    write_item(small, {"id": "zzz99", "rank": "a9", "title": "New banner"})
    assert item("banner")["id"] == "zzz99"


AMBIGUOUS = (
    ("kdw", ("kdw22  Webinar for CTOs (#1)", "kdw33  Landing page (#2)")),
    ("newsletter", ("fgh44  Newsletter in spring (#3)", "xzc55  Newsletter in autumn (#4)")),
    ("old", ("vdd99  Old video (dropped)", "bnn88  Old banner (done)", "hrd77  Old fair (declined)")),
)


@pytest.mark.parametrize(("ref", "candidates"), AMBIGUOUS)
@pytest.mark.parametrize("command", ["show", "accept", "decline"])
def test_an_ambiguous_ref_lists_the_candidates(
    small: Path, ref: str, candidates: tuple[str, ...], command: str
) -> None:
    before = files(small)
    said = mbl(command, ref)
    assert (said.code, said.out) == (1, "")
    assert [line.strip() for line in said.err.splitlines()[1:-1]] == list(candidates)
    assert files(small) == before


def test_of_many_candidates_eight_are_shown_and_the_rest_counted(small: Path) -> None:
    for number in range(11):
        write_item(
            small,
            {"id": f"zz{'bcdfghjkmnp'[number]}22", "rank": f"b{number:02}V", "title": f"Email {number}"},
        )
    lines = mbl("show", "email").err.splitlines()
    assert lines[0] == "'email' fits 11 requests:"
    assert len(lines) == 1 + 8 + 1 + 1
    assert lines[9].strip() == "… and 3 more"


WRONG = (
    ("0", "There is no position 0: the list has 5 open requests."),
    ("6", "There is no position 6: the list has 5 open requests."),
    ("0000000003999999", "There is no position 000000000: the list has 5 open requests."),
    ("9" * 5000, "There is no position 999999999: the list has 5 open requests."),
    ("³", "'³' fits no request."),
    ("fgh45", "'fgh45' fits no request. Did you mean fgh44?"),
    ("webnar for ctos", "'webnar for ctos' fits no request. Did you mean kdw22, Webinar for CTOs (#1)?"),
    ("", "'' fits no request."),
    ("   ", "'   ' fits no request."),
)


@pytest.mark.parametrize(("ref", "sentence"), WRONG)
def test_a_ref_that_fits_nothing_says_so_and_suggests_the_nearest(
    small: Path, ref: str, sentence: str
) -> None:
    said = mbl("show", ref)
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[0] == sentence


def test_every_ref_that_is_wrong_is_named_at_once(small: Path) -> None:
    said = mbl("accept", "77", "3", "nothing like it", "newsletter")
    assert [line for line in said.err.splitlines() if "fit" in line or "position" in line][:3] == [
        "There is no position 77: the list has 5 open requests.",
        "'nothing like it' fits no request.",
        "'newsletter' fits 2 requests:",
    ]


def test_an_empty_list_has_no_positions(here: Path) -> None:
    assert mbl("init", "--no-git").code == 0
    assert mbl("show", "1").err.strip() == "There is no position 1: the list is empty."


def test_several_refs_are_all_or_nothing(small: Path) -> None:
    before = files(small)
    for arguments in (
        ["accept", "3", "nope"],
        ["edit", "3", "99", "--owner", "x"],
        ["rank", "3", "nope", "--top"],
    ):
        said = mbl(*arguments)
        assert (said.code, said.out) == (1, "")
    said = mbl("accept", "3", "hrd77")
    assert (said.code, said.out) == (1, "")
    assert "is declined" in said.err
    assert files(small) == before


def test_one_item_named_twice_is_one_item(small: Path) -> None:
    said = mbl("accept", "3", "fgh44", "spring", "-f", "json")
    assert [change["id"] for change in said.json["changes"]] == ["fgh44"]


def test_the_id_of_a_broken_file_says_what_is_broken(small: Path) -> None:
    (small / "items" / "broken-hhh44.yaml").write_text("id: hhh44\ntitle: [\n")
    said = mbl("accept", "hhh44")
    assert said.code == 1
    assert "Its file is broken: items/broken-hhh44.yaml" in said.err
    assert mbl("accept", "3").code == 0
