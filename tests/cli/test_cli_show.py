"""`mbl show`: everything about a request, for people and for programs."""

from pathlib import Path

from world import item, mbl, write_item


def test_a_person_reads_the_whole_story(acme: Path) -> None:
    out = mbl("show", "webinar ctos").out
    for part in (
        "Webinar for CTOs", "Id", "k7f3x", "#14 in the list", "Effort", "Asked by", "vp-sales", "MoSCoW", "File",
        "items/webinar-for-ctos-k7f3x.yaml", "What happened", "asked for by vp-sales", "accepted",
    ):  # fmt: skip
        assert part in out


def test_the_json_is_the_record_and_its_history(small: Path) -> None:
    said = mbl("show", "bnn88", "-f", "json")
    assert (said.json["kind"], said.json["schema_version"]) == ("item", 1)
    listed = mbl("list", "--status", "done", "-f", "json").json["items"][0]
    shown = said.json["item"]
    assert {name: shown[name] for name in listed} == listed
    assert shown["history"] == [
        {"date": "2026-08-01", "by": None, "words": "asked for"},
        {"date": "2026-08-01", "by": None, "words": "accepted"},
        {"date": "2026-09-02", "by": None, "words": "done"},
    ]


def test_where_an_effort_comes_from_is_said(small: Path) -> None:
    assert "5d (counted as 5 days)" in mbl("show", "1").out
    assert "unknown: no estimate" in mbl("show", "5").out
    for number in range(5):
        write_item(
            small, {"id": f"zz{number + 2}zz", "title": f"Email {number}", "type": "email", "estimate": "3d"}
        )
    assert "no estimate; counted as 3 days, the mean of 5 email items" in mbl("show", "spring").out
    assert (item("spring")["guessed"], item("spring")["effort_days"], item("spring")["estimate"]) == (
        True,
        3,
        None,
    )


def test_weights_of_outcomes_are_told(small: Path) -> None:
    mbl("edit", "1", "--outcomes", "{pipeline: 2, brand: 1}")
    assert "pipeline 2, brand 1" in mbl("show", "1").out
    assert item("1")["outcomes"] == ["pipeline", "brand"]
    assert item("1")["weights"] == {"pipeline": 2 / 3, "brand": 1 / 3}


def test_what_is_nested_is_told_in_words(acme: Path) -> None:
    lines = " ".join(mbl("show", "1").out.split())
    for words in (
        "Reviewed 2026-11-12, cmo, keep, the drop-off is still on day three", "Runs 2026-12-07 to 2027-01-31, 1 a week",
        "Parts email, 4d, ben copy, 3d, content, chie design, 1d, brand, tomas",
    ):  # fmt: skip
        assert words in lines


def test_a_multi_line_description_keeps_its_lines(small: Path) -> None:
    mbl("edit", "1", "--description", "first\n  second\n\nthird")
    assert "\nfirst\n  second\n\nthird\n" in mbl("show", "1").out


def test_several_are_shown_one_below_the_other(small: Path) -> None:
    out = mbl("show", "1", "bnn88").out
    assert out.index("Webinar for CTOs") < out.index("Old banner")
    assert "done, no longer in the list" in out
    assert [one["id"] for one in mbl("show", "1", "bnn88", "-f", "json").json["items"]] == ["kdw22", "bnn88"]


def test_markdown_and_a_refusal_of_csv(small: Path) -> None:
    assert "Webinar for CTOs" in mbl("show", "1", "-f", "md").out
    said = mbl("show", "1", "-f", "csv")
    assert (said.code, said.out) == (2, "")
    assert "-f json" in said.err
