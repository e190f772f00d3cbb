"""`mbl blueprint`: three months of deliverables, the answer as an exit code, what was agreed, what falls out."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from subprocess import run

import pytest

from world import changed, files, mbl, terminal, write_backlog, write_item

Golden = Callable[[str, str], None]
NEWSLETTER = "newsletter for dealers, spring"


@pytest.fixture
def fits(acme: Path) -> Path:
    assert mbl("blueprint").code == 0
    return acme


def test_it_is_drawn_by_team_and_month(fits: Path, golden: Golden) -> None:
    golden("blueprint.txt", mbl("blueprint").out)


def test_what_was_agreed_is_compared_with_today(fits: Path) -> None:
    out = mbl("blueprint").out
    said = out[out.index("Against what was agreed on 2026-09-28 by cmo") :]
    for verdict in ("done", "as agreed", "moved", "slipped", "late", "fell out", "new"):
        assert re.search(rf"^{verdict}  ", said, re.MULTILINE), verdict
    assert "1 deliverable serves no open outcome: Social posts for the peak season." in said


def test_what_does_not_fit_is_named_with_what_would_help(acme: Path, golden: Golden) -> None:
    said = mbl("blueprint", "--from", "2027-01")
    assert said.code == 1
    golden("blueprint-over-committed.txt", said.out)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_it_fits_the_terminal(fits: Path, width: int) -> None:
    screen = terminal("blueprint", width=width, height=30)
    assert screen.code == 0
    assert len(screen.lines) == len(screen.raw.rstrip().replace("\r\n", "\n").split("\n")), "no line wraps"
    beside = [line for line in screen.lines if "│ October 2026" in line and "│ December 2026" in line]
    assert len(beside) == (width > 60)
    told = " ".join(" ".join(screen.lines).replace("│", " ").split())
    assert "8.2 of 8.2d" in told
    assert "Landing page: Acme Dock against the spreadsheet (agreed for October, now November)" in told


def test_without_colour_it_says_the_same(fits: Path) -> None:
    plain = terminal("--no-color", "blueprint", width=80)
    assert "\x1b[" not in plain.raw
    assert plain.lines == terminal("blueprint", width=80).lines


def test_the_payload_is_the_one_the_contract_names(fits: Path) -> None:
    said = mbl("blueprint", "-f", "json").json
    assert (said["kind"], said["status"], said["rejected"]) == ("blueprint", "fits", [])
    assert [month["month"] for month in said["months"]] == ["2026-10", "2026-11", "2026-12"]
    for month in said["months"]:
        assert month["planned_days"] <= month["capacity_days"]
    assert {"id", "title", "month", "days_by_month"} <= set(said["deliverables"][0])
    by_id = {each["id"]: each for each in mbl("list", "-f", "json").json["items"]}
    assert set(said["later"]) | {each["id"] for each in said["deliverables"]} == {
        id_ for id_, each in by_id.items() if each["status"] in ("committed", "doing")
    }
    assert said["agreed"]["by"] == "cmo"


def test_csv_and_days_have_a_row_for_each_team_of_a_deliverable(fits: Path) -> None:
    rows = list(csv.DictReader(StringIO(mbl("blueprint", "-f", "csv").out)))
    webinar = {row["team"]: row["2026-12"] for row in rows if row["id"] == "k7f3x"}
    assert webinar == {"brand": "3", "content": "2", "growth": "1"}
    assert "Days by month" not in mbl("blueprint").out
    days = mbl("blueprint", "--days").out
    assert days[days.index("Days by month") :].count("k7f3x") == 3


def test_markdown_is_a_slide(fits: Path) -> None:
    out = mbl("blueprint", "-f", "md").out
    (row,) = (line for line in out.splitlines() if line.startswith("| brand |"))
    assert "<br>• Customer film: three nights at a cold store in Porto (with content)<br>" in row
    assert "| Team | October 2026 | November 2026 | December 2026 |" in out


@pytest.mark.parametrize(
    ("today", "month", "first"),
    [
        ("2026-11-22", None, "2026-10"),
        ("2026-11-22", "2027-02", "2027-02"),
        ("2027-01-04", None, "2027-01"),
        ("2026-11-22", "2036-12", "2036-12"),
    ],
)
def test_it_begins_with_the_guidepoint_with_the_month_given_or_with_this_one(
    acme: Path, today: str, month: str | None, first: str
) -> None:
    given = ("--from", month) if month else ()
    assert mbl("--today", today, "blueprint", *given, "-f", "json").json["months"][0]["month"] == first


WRONG = (
    (("--from", "2026-13"), 2, "is not a month: write it like 2026-11"),
    (("--from", "2026-1"), 2, "is not a month"),
    (("--from", "October"), 2, "is not a month"),
    (("--from", ""), 2, "is not a month"),
    (("--from", "2026-10-01"), 2, "is not a month"),
    (("--from", "９０２６-10"), 2, "is not a month"),
    (("--from", "9999-12"), 2, "far from today"),
    (("--from", "1999-12"), 2, "far from today"),
    (("--first",), 2, "--with REF --first"),
    (("--with", "nope"), 1, "fits no request"),
    (("--with", "newsletter"), 1, "requests:"),
    (("--with", "t3c59"), 1, "is done already"),
    (("agree",), 2, "--by"),
    (("agree", "--by", " , "), 2, "Nobody agreed"),
    (("agree", "--by", "cmo", "--name", "a/b"), 2, "cannot be the name of a file"),
    (("agree", "--by", "cmo"), 1, "was agreed on 2026-09-28 by cmo"),
    (("--from", "2026-10", "agree", "--by", "cmo"), 2, "goes behind the command"),
)


@pytest.mark.parametrize(("words", "code", "sentence"), WRONG)
def test_bad_input_is_refused_with_what_to_do(
    acme: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = files(acme)
    said = mbl("blueprint", *words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert files(acme) == before
    assert mbl("blueprint", *words, "-f", "json").error["kind"] == "error"


def test_without_capacity_it_says_where_to_write_it(here: Path) -> None:
    write_backlog(here)
    (here / "mbl.yaml").write_text("schema: 1\nname: Test\ntimezone: UTC\n")
    said = mbl("blueprint")
    assert (said.code, said.out) == (1, "")
    assert "Set capacity in mbl.yaml" in said.err


def test_capacity_zero_is_over_committed(here: Path) -> None:
    write_backlog(here)
    (here / "mbl.yaml").write_text("schema: 1\nname: Test\ntimezone: UTC\ncapacity: 0\n")
    said = mbl("blueprint")
    assert said.code == 1
    assert said.out.startswith("Over-committed: no capacity in November 2026 to January 2027")


def test_what_waits_for_each_other_in_a_circle_is_named(here: Path) -> None:
    write_backlog(here, ())
    for one, other in (("bbb22", "ccc33"), ("ccc33", "bbb22")):
        write_item(
            here, {"id": one, "title": one, "status": "committed", "estimate": "2d", "depends_on": [other]}
        )
    said = mbl("blueprint")
    assert (said.code, said.out) == (1, "")
    assert "bbb22 → ccc33 → bbb22" in said.err or "ccc33 → bbb22 → ccc33" in said.err


def test_a_broken_file_is_left_out_and_said_so(fits: Path) -> None:
    (fits / "blueprints" / "2026-q4.yaml").write_text("months: 3\n")
    said = mbl("blueprint")
    assert said.code == 1
    assert said.out.startswith("It fits")
    assert "Left out: blueprints/2026-q4.yaml" in said.err
    refused = mbl("blueprint", "agree", "--by", "cmo")
    assert (refused.code, refused.out) == (1, "")
    assert "blueprints/2026-q4.yaml" in refused.err


def test_putting_something_in_shows_what_falls_out_and_changes_nothing(fits: Path) -> None:
    before = files(fits)
    said = mbl("blueprint", "--with", NEWSLETTER, "--first")
    assert said.code == 0
    assert said.out.splitlines()[0] == (
        'With "Newsletter for dealers, spring", "Two more trial weeks for owner-drivers" falls out.'
    )
    assert mbl("blueprint", "--with", NEWSLETTER).out.splitlines()[0].startswith("No room for")
    assert files(fits) == before


def test_what_is_due_and_falls_out_exits_with_1(fits: Path) -> None:
    said = mbl("blueprint", "--with", "keynote", "--first", "-f", "json")
    assert (said.code, said.json["status"]) == (1, "over-committed")
    assert said.json["before"] == {"status": "fits"}
    assert {each["verdict"] for each in said.json["changes"]} >= {"comes-in", "falls-out"}
    (out,) = said.json["rejected"]
    assert (out["id"], out["due"]) == ("smdkn", "2026-12-10")
    assert {"months", "need", "have", "short", "options"} <= set(out)


def test_several_are_put_in_repeated_or_with_commas(fits: Path) -> None:
    one = mbl("blueprint", "--with", "p2rp2,wm5vf", "--first", "-f", "json")
    other = mbl("blueprint", "--with", "p2rp2", "--with", "ten numbers", "--first", "-f", "json")
    assert one.json["with"] == other.json["with"] == ["p2rp2", "wm5vf"]
    assert one.out == other.out


def test_agree_saves_the_plan_and_from_then_on_it_is_compared(fits: Path) -> None:
    before = files(fits)
    dry = mbl("blueprint", "agree", "--by", "cmo,vp-sales", "--replace", "--dry-run")
    assert dry.out.startswith("cmo, vp-sales would agree to 27 deliverables from October to December 2026: ")
    assert files(fits) == before
    said = mbl("blueprint", "agree", "--by", "cmo,vp-sales", "--replace")
    assert said.out == (
        "cmo, vp-sales agreed to 27 deliverables from October to December 2026: blueprints/2026-q4.yaml\n"
    )
    assert changed(before, files(fits)) == {"blueprints/2026-q4.yaml"}
    assert mbl("check").code == 0
    agreed = mbl("blueprint", "-f", "json").json["agreed"]
    assert (agreed["date"], agreed["by"]) == ("2026-11-22", "cmo, vp-sales")
    assert {each["verdict"] for each in agreed["deliverables"]} == {"done", "as-agreed"}
    again = mbl("blueprint", "agree", "--by", "cmo,vp-sales")
    assert (again.code, again.out, again.err) == (0, "", "Nothing to change.\n")
    mbl("rank", "customer film", "--bottom")
    mbl("decline", "s2k73", "--reason", "The prices change")
    moved = mbl("blueprint", "-f", "json").json["agreed"]["deliverables"]
    assert ("s2k73", "fell-out", "dropped: The prices change") in {
        (each["id"], each["verdict"], each["why"]) for each in moved
    }


def test_over_committed_months_are_agreed_only_anyway(acme: Path) -> None:
    said = mbl("blueprint", "agree", "--by", "cmo", "--from", "2027-01")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Over-committed: Sales deck 2027")
    assert "--anyway" in said.err
    anyway = mbl("blueprint", "agree", "--by", "cmo", "--from", "2027-01", "--anyway")
    assert anyway.code == 0
    assert anyway.err == "Left out, because it does not fit: Sales deck 2027\n"
    text = (acme / "blueprints" / "2027-q1.yaml").read_text()
    assert "months: [2027-01, 2027-02, 2027-03]" in text
    assert "kpktb" not in text


def test_agree_may_commit_with_a_name_of_its_own(acme: Path) -> None:
    for words in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ):
        run(["git", *words], cwd=acme, check=True)
    run(["git", "config", "user.name", "Ana"], cwd=acme, check=True)
    run(["git", "config", "user.email", "ana@example.com"], cwd=acme, check=True)
    said = mbl("blueprint", "agree", "--by", "cmo", "--name", "november", "--commit", "-f", "json")
    assert said.json["paths"] == ["blueprints/november.yaml"]
    assert said.json["commit"]
    shown = run(
        ["git", "show", "--stat", "--format=%s"], cwd=acme, check=True, capture_output=True, text=True
    )
    assert "blueprints/november.yaml" in shown.stdout
    assert "1 file changed" in shown.stdout
