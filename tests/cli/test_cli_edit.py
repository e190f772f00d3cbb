"""`mbl edit REF… --FIELD VALUE`: one option a field, validated before anything is written."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from mbl.model.item import Item
from world import changed, files, item, mbl

VALUES: tuple[tuple[str, str, Any], ...] = (
    ("title", "Webinar for heads of IT", "Webinar for heads of IT"),
    ("requester", "ceo", "ceo"),
    ("requested", "2026-09-01", "2026-09-01"),
    ("accepted", "2026-09-25", "2026-09-25"),
    ("started", "2026-10-02", "2026-10-02"),
    ("type", "event", "event"),
    ("outcomes", "brand,trust", ["brand", "trust"]),
    ("outcomes", "{pipeline: 2, brand: 1}", ["pipeline", "brand"]),
    ("how", "[sic] because, well", "[sic] because, well"),
    ("asked", "{answer: The VP wants it, by: vp-sales}", {"answer": "The VP wants it", "by": "vp-sales"}),
    ("reviewed", "{date: 2026-11-01, decision: later}", {"date": "2026-11-01", "decision": "later"}),
    ("remaining", "2d", "2d"),
    ("team", "content", "content"),
    ("owner", "Ana Ruiz", "Ana Ruiz"),
    ("audience", "cfo", "cfo"),
    ("channel", "event", "event"),
    ("earliest", "2027-01", "2027-01"),
    ("due", "2026-12-24", "2026-12-24"),
    ("runs", "{from: 2026-12-01, to: 2026-12-05}", {"from": "2026-12-01", "to": "2026-12-05", "touches_per_week": 1}),
    ("runs", "2026-12-01,2026-12-08", ["2026-12-01", "2026-12-08"]),
    ("offer", "{product: pro, value: 20%}", {"product": "pro", "value": "20%"}),
    ("parts", "[{skill: copy, effort: 2d}, {skill: design, effort: 1d}]", [
        {"skill": "copy", "effort": "2d"}, {"skill": "design", "effort": "1d"},
    ]),
    ("depends_on", "fgh44,xzc55", ["fgh44", "xzc55"]),
    ("duplicate_of", "fgh44", "fgh44"),
    ("not_duplicate_of", "fgh44", ["fgh44"]),
    ("labels", "a, b,c", ["a", "b", "c"]),
    ("links", "https://a.example/?x=1,2", ["https://a.example/?x=1,2"]),
    ("source", "{system: jira, key: MKT-1}", {"system": "jira", "key": "MKT-1"}),
    ("description", "- one\n- two", "- one\n- two"),
    ("moscow", "could", "could"),
    ("status", "doing", "doing"),
    ("ended", "", None),
)  # fmt: skip


@pytest.mark.parametrize(("name", "given", "expected"), VALUES)
def test_every_field_can_be_set(small: Path, name: str, given: str, expected: Any) -> None:
    before = files(small)
    said = mbl("edit", "kdw22", f"--{name.replace('_', '-')}", given)
    assert said.code == 0, said.err
    assert item("kdw22")[name] == expected
    assert changed(before, files(small)) <= {"items/kdw22.yaml"}
    assert mbl("check").code == 0


def test_every_field_of_an_item_has_an_option(small: Path) -> None:
    tested = {name for name, _, _ in VALUES} | {"estimate"}
    assert tested == {field.name for field in fields(Item)} - {"id", "rank"}


def test_an_estimate_is_kept_as_it_was_typed(small: Path) -> None:
    for text in ("4h", "2w", "M", "2d-8d", "2d/4d/12d", "5"):
        assert mbl("edit", "kdw22", "--estimate", text).code == 0
        line = next(
            line for line in (small / "items/kdw22.yaml").read_text().splitlines() if "estimate" in line
        )
        assert line.partition(": ")[2].strip(chr(34)) == text


def test_an_empty_value_clears_and_a_list_is_replaced(small: Path) -> None:
    said = mbl("edit", "1", "--estimate", "", "--labels", "new", "--moscow", "", "--outcomes", "")
    assert said.code == 0, said.err
    after = item("kdw22")
    assert (after["estimate"], after["labels"], after["moscow"], after["outcomes"]) == (
        None,
        ["new"],
        None,
        [],
    )
    assert "labels removed" in mbl("edit", "1", "--labels", "").out


def test_setting_what_is_there_changes_nothing(small: Path) -> None:
    before = files(small)
    said = mbl(
        "edit", "1", "--title", "Webinar for CTOs", "--estimate", "5d", "--labels", "q4", "--moscow", "must"
    )
    assert (said.code, said.out, said.err) == (0, "", "Nothing to change.\n")
    assert files(small) == before


def test_only_the_bytes_of_the_value_change(small: Path) -> None:
    path = small / "items" / "kdw22.yaml"
    path.write_bytes(
        b"# mine\r\nid: kdw22\r\nrank: a1   # keep\r\ntitle:   'Webinar for CTOs'\r\nx-mine: [1,  2]\r\nowner: ana"
    )
    assert mbl("edit", "kdw22", "--owner", "ben").code == 0
    assert path.read_bytes() == (
        b"# mine\r\nid: kdw22\r\nrank: a1   # keep\r\ntitle:   'Webinar for CTOs'\r\nx-mine: [1,  2]\r\nowner: ben"
    )


def test_several_at_once_and_a_dry_run(small: Path) -> None:
    before = files(small)
    assert mbl("edit", "1", "2", "--owner", "zoe", "--dry-run").out.splitlines() == [
        'Would change "Webinar for CTOs": owner zoe',
        'Would change "Landing page": owner zoe',
    ]
    assert files(small) == before
    said = mbl("edit", "1", "2", "--owner", "zoe", "-f", "json")
    assert [(one["id"], one["field"], one["before"], one["after"]) for one in said.json["changes"]] == [
        ("kdw22", "owner", None, "zoe"),
        ("kdw33", "owner", None, "zoe"),
    ]
    assert said.json["paths"] == ["items/kdw22.yaml", "items/kdw33.yaml"]


def test_values_that_begin_with_a_dash_are_values(small: Path) -> None:
    assert mbl("edit", "1", "--title", "-20 % on everything").code == 0
    assert item("kdw22")["title"] == "-20 % on everything"


WRONG = (
    (("edit",), 2, "REF is missing"),
    (("edit", "1", "--titel", "x"), 2, "--title"),
    (("edit", "1", "--rank", "a1"), 2, "mbl edit has no option --rank."),
    (("edit", "1", "--id", "zzz99"), 2, "mbl edit has no option --id."),
    (("edit", "1", "--title", " "), 2, "A request needs a title."),
    (("edit", "1", "--due", "2026-02-30"), 2, "is not a day of the calendar"),
    (("edit", "1", "--due", "soon"), 2, "a date like 2026-11-30"),
    (("edit", "1", "--earliest", "2026-13"), 2, "a month like 2026-11"),
    (("edit", "1", "--estimate", "lots of it"), 2, "an estimate like 5d"),
    (("edit", "1", "--estimate", "XXXL"), 1, "is not a size"),
    (("edit", "1", "--team", "two words"), 2, "one word"),
    (("edit", "1", "--moscow", "may"), 2, "must, should, could, wont"),
    (("edit", "1", "--status", "don"), 2, "Did you mean done?"),
    (("edit", "1", "--status", "done,declined"), 2, "--status"),
    (("edit", "1", "--parts", "[{skil: copy}]"), 2, "unknown key skil"),
    (("edit", "1", "--parts", "[{skill: copy"), 2, "--parts"),
    (("edit", "1", "--parts", "a: *b"), 2, ""),
    (("edit", "1", "--runs", "{to: 2026-12-01}"), 2, "from"),
    (("edit", "1", "--depends-on", "zzz99"), 1, "there is no item zzz99"),
    (("edit", "1", "--accepted", "2026-01-01"), 1, "comes before requested 2026-09-20"),
    (("edit", "1", "--accepted", "2027-01-01"), 1, "lies in the future"),
    (("edit", "1", "--ended", "{date: 2026-11-20}"), 1, "it has an end"),
)


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG)
def test_bad_input_is_refused_with_what_to_do(
    small: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    before = files(small)
    said = mbl(*arguments)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert files(small) == before


def test_every_value_that_is_wrong_is_named_at_once(small: Path) -> None:
    said = mbl("edit", "1", "--team", "two words", "--due", "soon", "--estimate", "lots of it", "-f", "json")
    assert (said.code, said.out) == (2, "")
    assert said.error["kind"] == "error"
    assert {problem["code"] for problem in said.error["problems"]}
    for name in ("team", "due", "estimate"):
        assert name in said.error["message"]


def test_what_was_wrong_before_is_not_held_against_an_edit(small: Path) -> None:
    path = small / "items" / "kdw22.yaml"
    path.write_text(path.read_text().replace("2026-10-01", "2026-01-01"))
    assert mbl("check").code == 1
    assert mbl("edit", "kdw22", "--owner", "zoe").code == 0
