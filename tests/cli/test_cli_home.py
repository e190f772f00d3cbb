"""Bare `mbl`: where things stand, and the next sensible command. And `check`, `schema`, the global options."""

import json
from pathlib import Path

import pytest

from mbl import __version__
from world import TODAY, files, mbl, process, write_item


def test_where_things_stand(acme: Path) -> None:
    said = mbl()
    assert said.code == 0
    for part in (
        "Acme Marketing",
        "months of committed work",
        "New requests",
        "Due soon",
        "look again",
        "Next: mbl ",
    ):
        assert part in said.out


def test_the_next_command_is_a_sensible_one(here: Path) -> None:
    assert "mbl init" in mbl().err
    mbl("init", "--no-git")
    assert "Next: mbl add" in mbl().out
    mbl("add", "First")
    assert "Next: write `capacity: 30`" in mbl().out
    (here / "mbl.yaml").write_text("schema: 1\ncapacity: 30\n")
    assert "Next: mbl show 1" in mbl().out
    mbl("accept", "1")
    assert "Next: mbl list" in mbl().out
    write_item(here, {
        "id": "zzz22", "title": "Fair", "status": "declined", "ended": {"date": "2026-01-01", "revisit": "2026-11-01"},
    })  # fmt: skip
    assert "mbl show zzz22" in mbl().out


def test_what_is_due_is_told_in_days_and_what_is_new_in_time(small: Path) -> None:
    for number, due in enumerate(("2026-11-20", TODAY, "2026-11-30", "2027-01-01")):
        write_item(small, {
            "id": f"zz{number + 2}zz", "rank": f"b{number + 1}", "title": f"Due {due}", "status": "committed", "due": due,
        })  # fmt: skip
    out = mbl().out
    assert "Due 2026-11-20 (overdue since 2026-11-20)" in out
    assert f"Due {TODAY} (due today)" in out
    assert "Due 2026-11-30 (due 2026-11-30)" in out
    assert "2027-01-01" not in out
    assert "#3  Newsletter in spring (dealers)" in out
    assert "Newsletter in autumn" not in out, "asked for half a year ago"


def test_check_finds_all_and_exits_with_1_for_an_error(small: Path) -> None:
    assert mbl("check").out.endswith("9 files checked: all is well.\n")
    (small / "items" / "a-zzz22.yaml").write_text("id: zzz22\ntitel: x\nmoscow: may\n")
    said = mbl("check", "-f", "json")
    assert said.code == 1
    assert said.json["kind"] == "problems"
    assert {tuple(sorted(problem)) for problem in said.json["problems"]} == {
        ("code", "column", "fix", "level", "line", "message", "path")
    }
    assert len(said.json["problems"]) >= 2


def test_schema_prints_one_or_renews_all(small: Path) -> None:
    assert json.loads(mbl("schema", "item").out)["properties"]["title"]
    said = mbl("schema")
    assert "schemas/item.json" in said.out.splitlines()
    assert mbl("schema").err == "Nothing to change.\n"
    wrong = mbl("schema", "itme")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Did you mean item?" in wrong.err


def test_today_is_every_date_that_is_written(small: Path) -> None:
    assert mbl("--today", "2026-12-24", "accept", "3").code == 0
    assert "accepted: 2026-12-24" in (small / "items" / "fgh44.yaml").read_text().replace('"', "")


@pytest.mark.parametrize("day", ["nonsense", "2026-13-01", "20261122", "2026-1-1", "", "٢٠٢٦-١١-٢٢"])
def test_a_today_that_is_none_is_refused(small: Path, day: str) -> None:
    before = files(small)
    for arguments in (["list"], ["accept", "3"], []):
        said = mbl("--today", day, *arguments)
        assert (said.code, said.out) == (2, "")
        assert "write it like 2026-11-30" in said.err
    assert files(small) == before


def test_the_version(here: Path) -> None:
    assert mbl("--version").out == f"mbl {__version__}\n"
    assert process("--version").out == f"mbl {__version__}\n"


ERRORS = (
    (("show", "99", "-f", "json"), 1),
    (("list", "--format=json", "--status", "opn"), 2),
    (("list", "-fjson", "--nope"), 2),
    (("add", "-f", "JSON"), 2),
    (("lst", "-f", "json"), 2),
    (("--root", "nowhere", "list", "-f", "json"), 1),
    (("--today", "x", "list", "-f", "json"), 2),
    (("edit", "1", "--estimate", "XXL", "--format", "json"), 1),
)


@pytest.mark.parametrize(("arguments", "code"), ERRORS)
def test_an_error_asked_for_in_json_is_json_on_standard_error(
    small: Path, arguments: tuple[str, ...], code: int
) -> None:
    said = mbl(*arguments)
    assert (said.code, said.out) == (code, "")
    assert set(said.error) == {"schema_version", "kind", "message", "hint", "problems"}
    assert (said.error["schema_version"], said.error["kind"]) == (1, "error")
    assert said.error["message"]


def test_the_problems_of_an_error_have_a_place(small: Path) -> None:
    (small / "mbl.yaml").write_text("schema: 2\n")
    said = mbl("list", "-f", "json")
    assert (said.code, said.out) == (1, "")
    assert said.error["message"]


def test_decisions_that_are_due_come_first_and_five_are_named(small: Path) -> None:
    (small / "campaigns").mkdir()
    for number in range(7):
        (small / "campaigns" / f"b{number + 2}bbb.yaml").write_text(
            f"id: b{number + 2}bbb\ntitle: Test {number}\nhypothesis: H\nstart: 2026-10-01\ndeadline: 2026-11-1{number}\n"
            "success_criteria: [{id: calls, kind: count, is: calls, at_least: 5}]\n"
            f"readings: [{{date: 2026-11-1{number}, calls: 1}}]\n"
        )
    out = mbl().out
    assert "Decisions due\nb2bbb  Test 0 (missed, 1 call; 12 days overdue)" in out
    assert "…      and 2 more" in out
    assert out.endswith("Next: mbl campaign show b2bbb, then mbl campaign decide b2bbb\n")


def test_a_workshop_that_was_left_is_named_until_it_ends(small: Path) -> None:
    notes = small / ".mbl" / "workshop"
    notes.parent.mkdir(exist_ok=True)
    for text, named in (
        ('{"begun": "2026-11-20", "ended": null}', True), ('{"begun": "2026-11-20", "ended": "2026-11-21"}', False),
        ("{", False), ("[]", False), ('{"begun": 7}', False), ("\\xff", False),
    ):  # fmt: skip
        notes.write_text(text)
        said = mbl()
        assert said.code == 0
        assert (
            "The workshop of 2026-11-20 is not finished: mbl workshop goes on with it." in said.out
        ) is named
