"""`mbl capacity`: one honest sentence, then where the work is."""

from pathlib import Path

import pytest

from world import files, mbl, write_item


def test_the_first_sentence_is_the_answer(small: Path) -> None:
    out = mbl("capacity").out
    assert out.splitlines()[0].startswith("At least 1 month of committed work")
    assert "Asked for, not promised: 2 items" in out


def test_the_payload_is_the_one_the_contract_names(acme: Path) -> None:
    said = mbl("capacity", "-f", "json").json
    assert said["kind"] == "capacity"
    assert {
        "items", "committed_days", "requested_days", "guess_share", "months", "range", "method", "at_least",
        "net_days_per_month", "pooled_months", "by_team", "by_moscow", "by_outcome", "by_requester", "by_person",
        "finish", "growth", "cut_line",
    } <= set(said)  # fmt: skip
    assert set(said["range"]) == {"p15", "p50", "p85", "p95"}
    assert said["range"]["p15"] <= said["months"] <= said["range"]["p85"] + 0.05
    assert said["method"] == "effort"
    assert said["growth"] is None
    assert said["items"] == 40
    assert 0 <= said["guess_share"] <= 1
    for name in ("by_team", "by_moscow", "by_outcome", "by_requester", "by_person"):
        assert said[name]
        for row in said[name]:
            assert set(row) == {"key", "items", "days", "months", "share", "net_days_per_month"}
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
