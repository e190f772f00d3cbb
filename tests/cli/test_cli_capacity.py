"""`mbl capacity`: one honest sentence, then where the work is."""

from pathlib import Path

import pytest

from world import files, mbl, process, write_item


def test_the_first_sentence_is_the_answer(small: Path) -> None:
    out = mbl("capacity").out
    assert out.splitlines()[0].startswith("At least 1 month of committed work")
    assert "Only asked for     2 items" in out


def test_the_payload_is_the_one_the_contract_names(acme: Path) -> None:
    said = mbl("capacity", "-f", "json").json
    assert said["kind"] == "capacity"
    assert {
        "items", "committed_days", "requested_days", "guess_share", "months", "range", "method", "at_least",
        "net_days_per_month", "pooled_months", "by_team", "by_moscow", "by_outcome", "by_requester", "by_person",
        "finish", "growth", "cut_line",
    } <= set(said)  # fmt: skip
    assert set(said["range"]) == {"p15", "p50", "p85", "p95"}
    assert said["months"] == said["range"]["p50"]
    assert said["method"] == "throughput"
    assert said["cross_check"]["method"] == "effort"
    assert set(said["growth"]) >= {"per_week", "probability", "verdict"}
    assert said["growth"]["verdict"] == "growing"
    assert set(said["cut_line"]) >= {"quarter", "capacity_days", "will", "might", "wont"}
    assert said["items"] == 40
    assert 0 <= said["guess_share"] <= 1
    for name in ("by_team", "by_moscow", "by_outcome", "by_requester", "by_person"):
        assert said[name]
        for row in said[name]:
            assert set(row) - {"method"} == {"key", "items", "days", "months", "share", "net_days_per_month"}
        assert sum(row["share"] for row in said[name]) == pytest.approx(1, abs=0.01)
    assert set(said["finish"]) == {"p50", "p85", "p95"}


@pytest.mark.parametrize("by", ["team", "person", "moscow", "outcome", "requester"])
def test_by_shows_that_breakdown_alone(acme: Path, by: str) -> None:
    out = mbl("capacity", "--by", by).out
    assert out.count("\nBy ") == 1


WITHOUT = (
    ("requester=vp-sales", 14),
    ("requester=VP-SALES", 14),
    ("1", 1),
    ("k7f3x", 1),
    ("webinar ctos", 1),
    ("moscow=could,none", None),
)


@pytest.mark.parametrize(("condition", "gone"), WITHOUT)
def test_what_if_changes_the_months_and_no_file(acme: Path, condition: str, gone: int | None) -> None:
    before = files(acme)
    whole = mbl("capacity", "-f", "json").json
    part = mbl("capacity", "--without", condition, "-f", "json").json
    assert part["committed_days"] < whole["committed_days"]
    assert part["months"] <= whole["months"]
    if gone == 1:
        assert part["items"] == whole["items"] - 1
    assert "→" in mbl("capacity", "--without", condition).out
    assert files(acme) == before


def test_several_what_ifs_add_up(acme: Path) -> None:
    first = mbl("capacity", "--without", "1", "-f", "json").json["items"]
    both = mbl("capacity", "--without", "1", "--without", "2", "-f", "json").json["items"]
    assert (first, both) == (39, 38)


WRONG = (
    (("--by", "teem"), 2, "Did you mean team?"),
    (("--without", "nope"), 1, "'nope' fits no request."),
    (("--without", "requester=vp-sale"), 1, "Did you mean vp-sales?"),
    (("--without", "colour=red"), 1, "fits no request"),
    (("-f", "csv", "--by", "x"), 2, "--by"),
    (("--withut", "1"), 2, "--without"),
)


@pytest.mark.parametrize(("options", "code", "sentence"), WRONG)
def test_bad_input_is_refused_with_what_to_do(
    acme: Path, options: tuple[str, ...], code: int, sentence: str
) -> None:
    said = mbl("capacity", *options)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err


def test_without_capacity_the_way_to_months_is_shown(here: Path) -> None:
    mbl("init", "--no-git")
    mbl("add", "One thing", "--status", "committed", "--estimate", "5d")
    out = mbl("capacity").out
    assert "Set capacity in mbl.yaml" in out
    assert mbl("capacity", "-f", "json").json["months"] is None


def test_an_empty_backlog_has_nothing_promised(here: Path) -> None:
    mbl("init", "--no-git", "--capacity", "30")
    assert "nothing is promised" in mbl("capacity").out
    write_item(here, {"id": "zzz22", "title": "Wish"})
    assert "No committed work: nothing is promised." in mbl("capacity").out


WHAT_IF = (
    ("--people", "growth+1"),
    ("--people", "content-0.5"),
    ("--unplanned", "10%"),
    ("--unplanned", "growth=10%"),
    ("--capacity", "120"),
)


@pytest.mark.parametrize("options", WHAT_IF, ids=" ".join)
def test_other_people_and_days_are_supposed_and_change_no_file(acme: Path, options: tuple[str, ...]) -> None:
    before = files(acme)
    said = mbl("capacity", *options)
    assert said.code == 0
    assert " months → " in said.out.splitlines()[0]
    changed = mbl("capacity", *options, "-f", "json").json
    assert changed["before"]["months"] == mbl("capacity", "-f", "json").json["months"]
    assert changed["months"] != changed["before"]["months"]
    assert [step["months"] for step in changed["what_if"]] == [changed["months"]]
    assert files(acme) == before


def test_several_suppositions_are_told_each_and_together(acme: Path) -> None:
    said = mbl("capacity", "--without", "1", "--people", "growth+1,brand+1", "--unplanned", "5%")
    assert said.out.startswith("All of it together: ")
    assert said.out.count(" months → ") == 5
    assert "Somebody new counts in full from the first day, and takes no leave." in said.out


WRONG_WHAT_IF = (
    (("--people", "grwth+1"), 1, "Did you mean growth?"),
    (("--people", "growth"), 2, "growth+1"),
    (("--people", "growth-50"), 1, "Take away fewer."),
    (("--unplanned", "ten"), 2, "Write it like 10%."),
    (("--unplanned", "200%"), 2, "Write it like 10%."),
    (("--capacity", "-4"), 2, "--capacity 40"),
    (("--capacity", "many"), 2, "--capacity"),
)


@pytest.mark.parametrize(("options", "code", "sentence"), WRONG_WHAT_IF)
def test_what_cannot_be_supposed_is_refused(
    acme: Path, options: tuple[str, ...], code: int, sentence: str
) -> None:
    said = mbl("capacity", *options)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err


def test_the_filters_of_every_reading_command_count_a_part(acme: Path) -> None:
    whole = mbl("capacity", "-f", "json").json
    part = mbl("capacity", "--team", "content", "-f", "json").json
    assert 0 < part["items"] < whole["items"]
    assert (part["growth"], whole["growth"]["verdict"]) == (None, "growing")
    assert (
        f"Counted: {part['items']} of 40 promised items (team content)"
        in mbl("capacity", "--team", "content").out
    )
    assert "Did you mean content?" in mbl("capacity", "--team", "contnt").err


def test_explain_and_pictures_stand_in_every_format(acme: Path) -> None:
    explained = mbl("capacity", "--explain")
    assert "How the answer is found" in explained.out
    assert "finished each week: 1 1 1 1 2 0 1 1 1 0 2 1 1 1 2" in explained.out
    assert "When it is done" in mbl("capacity", "--pictures", "-f", "md").out
    record = mbl("capacity", "--explain", "-f", "json").json["explain"]
    assert sum(week["finished"] for week in record["weeks"]) == 16
    assert (
        mbl("capacity", "-f", "csv").out.splitlines()[0]
        == "by,key,items,days,share,months,net_days_per_month"
    )
    assert mbl("capacity", "--by", "team", "-f", "csv").out.count("\n") == 4


@pytest.mark.parametrize("form", ["table", "json"])
def test_the_same_files_give_the_same_bytes_whatever_the_hash_seed(acme: Path, form: str) -> None:
    asked = ("capacity", "--explain", "--pictures", "-f", form)
    said = {process(*asked, env={"PYTHONHASHSEED": seed}).out for seed in ("0", "1", "424242")}
    assert len(said) == 1
    assert next(iter(said))
