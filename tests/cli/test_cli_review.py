"""`mbl review`: the report, decisions by flags, and what is refused. The walk in a terminal has tests of its own."""

from pathlib import Path

import pytest

from gitworld import git, pin, subject, versioned
from world import ACME, TODAY, changed, files, item, mbl, write_backlog, write_item

REASONS = (
    "outcome_closed", "guidepoint_old", "due_passed", "event_passed", "requester_gone", "audience_gone", "unconfirmed",
    "no_link", "likely_duplicate", "stalled",
)  # fmt: skip


def queue(*arguments: str) -> dict[str, list[str]]:
    """The reasons of what is asked about, by id."""
    said = mbl("review", *arguments, "-f", "json")
    assert said.code == 0, said.err
    return {row["id"]: row["reasons"] for row in said.json["queue"]}


def lists(root: Path) -> dict[str, str]:
    """A backlog whose months are plain: 10 person-days a month, and every request lives but for what is said here."""
    write_backlog(root, ())
    for number, fields in enumerate(
        (
            {
                "id": "bbbbb",
                "title": "Fair in spring",
                "estimate": "20d",
                "due": "2026-05-01",
                "requester": "VP Sales",
            },
            {
                "id": "ccccc",
                "title": "Price list",
                "estimate": "30d",
                "due": "2026-09-01",
                "requester": "dealers",
            },
            {"id": "ddddd", "title": "Newsletter", "estimate": "40d", "requester": "VP Sales"},
            {"id": "fffff", "title": "Website", "estimate": "10d", "requester": "cmo"},
            {"id": "ggggg", "title": "Film", "status": "request", "estimate": "5d", "due": "2026-09-01"},
        )
    ):
        usual = {"status": "committed", "requested": "2026-11-01", "rank": f"a{number}", "outcomes": ["live"]}
        write_item(root, {**usual, **fields})
    (root / "guidepoints").mkdir()
    (root / "guidepoints/2026-q4.yaml").write_text(
        "statement: Dealers sell more\nfrom: 2026-10-01\nto: 2026-12-31\noutcomes: [{id: live, text: Leads}]\n"
    )
    return {path: text.decode() for path, text in files(root).items()}


def test_the_report_shows_the_queue_in_words_and_the_months_as_a_range(here: Path) -> None:
    lists(here)
    said = mbl("review")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[:2] == [
        "Before: 10 months of committed work. After this review: 5 to 10 months.",
        "2 promises to decide: all kept, it stays 10 months; all dropped, 5 months.",
    ]
    assert lines[3] == "Still relevant?"
    assert [line.split()[1] for line in lines[5:8]] == ["ccccc", "bbbbb", "ggggg"], "the largest relief first"
    assert all(line.endswith("its due date has passed") for line in lines[5:8])


def test_the_report_as_json_has_what_the_contract_names(here: Path) -> None:
    lists(here)
    found = mbl("review", "-f", "json").json
    assert (found["kind"], found["today"], found["sample"]) == ("review", TODAY, None)
    assert found["queue"][:2] == [
        {"id": "ccccc", "reasons": ["due_passed"], "effort_days": 30, "relief": 15},
        {"id": "bbbbb", "reasons": ["due_passed"], "effort_days": 20, "relief": 10},
    ]
    assert (found["before"], found["after"]) == (10, {"low": 5, "high": 10})
    assert mbl("review", "-f", "md").out.count("| its due date has passed |") == 3
    assert mbl("review", "-f", "csv").out.splitlines()[1].startswith("2,ccccc,Price list,dealers,30,15,")


def test_reasons_requesters_who_left_and_filters_narrow_the_queue(here: Path) -> None:
    lists(here)
    assert queue("--gone", "vp sales") == {
        "ddddd": ["requester_gone"],
        "ccccc": ["due_passed"],
        "bbbbb": ["due_passed", "requester_gone"],
        "ggggg": ["due_passed"],
    }
    assert set(queue("--gone", "VP Sales", "--why", "requester_gone")) == {"bbbbb", "ddddd"}
    assert set(queue("--gone", "cmo,VP Sales", "--why", "requester-gone")) == {"bbbbb", "ddddd", "fffff"}
    assert set(queue("--requester", "dealers")) == {"ccccc"}
    assert set(queue("--status", "request")) == {"ggggg"}
    assert set(queue("--text", "fair")) == {"bbbbb"}
    assert queue("--why", "stalled") == {}
    said = mbl("review", "--requester", "dealer")
    assert (said.code, said.err) == (0, "No item has requester dealer. Did you mean dealers?\n")
    assert "No items to ask about." in said.out
    assert "Still relevant? (1 of 3)" in mbl("review", "--requester", "dealers").out
    assert "… and 2 more" in mbl("review", "--limit", "1").out


def test_every_reason_can_be_asked_for(small: Path) -> None:
    for reason in REASONS:
        assert mbl("review", "--why", reason).code == 0
    assert all(reason in mbl("review", "--help").out for reason in REASONS)


def test_decisions_are_saved_with_who_and_why_and_touch_nothing_else(here: Path) -> None:
    before = lists(here)
    said = mbl("review", "--keep", "2", "--by", "cmo", "--reason", "Dealers order from it")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        'Kept "Price list": Dealers order from it',
        "Before: 10 months of committed work. After this review: 8 to 10 months.",
        "1 promise to decide: all kept, it stays 10 months; all dropped, 8 months.",
    ]
    assert mbl("review", "--later", "film").out.splitlines()[0] == 'Put off "Film"'
    assert item("ccccc")["reviewed"] == {
        "date": TODAY, "by": "cmo", "decision": "keep", "reason": "Dealers order from it",
    }  # fmt: skip
    assert item("ggggg")["reviewed"] == {"date": TODAY, "by": "ana", "decision": "later"}
    after = {path: text.decode() for path, text in files(here).items()}
    for path in ("items/ccccc.yaml", "items/ggggg.yaml"):
        lines = after[path].splitlines()
        assert [line for line in lines if not line.startswith("reviewed:")] == before[path].splitlines()
    assert {path for path in before if before[path] != after[path]} == {
        "items/ccccc.yaml",
        "items/ggggg.yaml",
    }
    assert list(queue()) == ["bbbbb", "ggggg"], "what was put off comes last, what was kept not at all"


def test_declining_prints_the_replies_at_the_end(here: Path) -> None:
    lists(here)
    said = mbl(
        "review", "--decline", "1,film", "--reason", "It is over", "--revisit", "2027-02-01", "--lang", "de"
    )
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert lines[:3] == [
        'Dropped "Fair in spring": It is over',
        'Declined "Film": It is over',
        "Before: 10 months of committed work. After this review: 5 to 8 months.",
    ]
    assert said.out.count("--- The reply to send ---") == 2
    assert said.out.index("Before:") < said.out.index("--- The reply to send ---")
    assert "Hallo VP Sales," in lines
    assert "Von uns aus kommen wir am 1. Februar 2027 darauf zurück." in lines
    assert (item("bbbbb")["status"], item("ggggg")["status"]) == ("dropped", "declined")
    assert item("bbbbb")["ended"] == {
        "date": TODAY,
        "by": "ana",
        "reason": "It is over",
        "revisit": "2027-02-01",
    }


def test_decisions_as_json_are_a_change_with_replies_and_months(here: Path) -> None:
    lists(here)
    found = mbl("review", "--decline", "1", "--keep", "2", "-f", "json").json
    assert found["kind"] == "change"
    assert [(one["id"], one["what"]) for one in found["changes"]] == [
        ("ccccc", "changed"),
        ("bbbbb", "ended"),
    ]
    assert set(found["replies"]) == {"bbbbb"}
    assert (found["before"], found["after"]) == (10, {"low": 8, "high": 8})
    assert len(found["paths"]) == 2


def test_all_is_what_the_named_reasons_leave(here: Path) -> None:
    before = lists(here)
    said = mbl("review", "--why", "due_passed", "--decline", "all", "--reason", "Its date has passed")
    assert said.code == 0
    assert said.out.splitlines()[3] == "Before: 10 months of committed work. After this review: 5 months."
    assert {one: item(one)["status"] for one in ("bbbbb", "ccccc", "ggggg")} == {
        "bbbbb": "dropped", "ccccc": "dropped", "ggggg": "declined",
    }  # fmt: skip
    assert files(here)["items/ddddd.yaml"].decode() == before["items/ddddd.yaml"]
    said = mbl(
        "review", "--gone", "VP Sales", "--why", "requester_gone", "--requester", "vp sales", "--keep", "all"
    )
    assert said.out.splitlines()[0] == 'Kept "Newsletter"'
    again = mbl("review", "--why", "due_passed", "--decline", "all")
    assert (again.code, again.err) == (0, "Nothing to change.\n")


def test_positions_are_read_before_anything_is_decided(here: Path) -> None:
    lists(here)
    mbl("review", "--decline", "1", "--later", "2", "--keep", "3")
    assert item("bbbbb")["status"] == "dropped"
    assert item("ccccc")["reviewed"]["decision"] == "later"
    assert item("ddddd")["reviewed"]["decision"] == "keep"


REFUSED = {
    "all of everything": (["--decline", "all"], 2, "`all` needs a reason to go by"),
    "all kept unseen": (["--keep", "all"], 2, "mbl review --why due_passed --decline all"),
    "an unknown reason": (["--why", "due_pased"], 2, "Did you mean due_passed?"),
    "a reason without a decision": (["--reason", "x"], 2, "--reason and --revisit belong to"),
    "a day without a no": (["--keep", "1", "--revisit", "2027-01-01"], 2, "--revisit belongs to --decline"),
    "filters for named items": (["--keep", "1", "--team", "growth"], 2, "you named each item"),
    "two decisions at once": (["--keep", "1", "--decline", "fair"], 2, "both in --keep and in --decline"),
    "a list of decisions": (["--keep", "1", "--list"], 2, "in a second command"),
    "a narrowed sample": (["--sample", "3", "--why", "no_link"], 2, "--sample draws from all promises"),
    "a sample of nothing": (["--sample", "0"], 2, "less than 1"),
    "nobody": (["--keep", "nothing like it"], 1, "fits no request"),
    "a language nobody wrote": (["--decline", "1", "--lang", "fr"], 2, "There is no reply in 'fr'."),
    "a day that is over": (["--decline", "1", "--revisit", "2020-01-01"], 1, "2020-01-01"),
    "what has ended": (["--keep", "1", "--later", "hhhhh"], 1, "mbl reopen hhhhh"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused_and_changes_nothing(here: Path, case: str) -> None:
    arguments, code, says = REFUSED[case]
    lists(here)
    write_item(here, {"id": "hhhhh", "title": "Over", "status": "dropped", "ended": {"date": "2026-11-01"}})
    before = files(here)
    said = mbl("review", *arguments)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert files(here) == before


def test_a_dry_run_says_what_would_be_and_changes_nothing(here: Path) -> None:
    lists(here)
    before = files(here)
    said = mbl("review", "--decline", "1", "--keep", "2", "--dry-run")
    assert said.out.splitlines()[:3] == [
        'Would keep "Price list"',
        'Would drop "Fair in spring"',
        "Before: 10 months of committed work. After this review: 8 months.",
    ]
    assert files(here) == before


def test_a_review_of_several_days_counts_from_the_day_it_began(here: Path) -> None:
    lists(here)
    mbl("--today", "2026-11-20", "review", "--decline", "1")
    assert mbl("review", "-f", "json").json["before"] == 8
    assert mbl("review", "--begun", "2026-11-20", "-f", "json").json["before"] == 10


def test_a_commit_says_in_words_what_was_decided(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    versioned(here)
    said = mbl("review", "--keep", "1,2", "--decline", "poster", "--commit", "--reason", "Said the board")
    assert said.code == 0, said.err
    assert subject(here) == "Keep 2; drop 1"
    assert git(here, "status", "--porcelain") == ""


def test_a_sample_is_listed_and_once_decided_it_estimates(here: Path) -> None:
    write_backlog(here, ())
    for number in range(40):
        write_item(
            here,
            {
                "id": f"b{'bcdfghjkmn'[number % 10]}{'bcdf'[number // 10]}22", "title": f"Promise {number}",
                "rank": f"a{number:02}V", "status": "committed", "requested": "2026-11-01", "estimate": "5d",
            },
        )  # fmt: skip
    first = mbl("review", "--sample", "12", "-f", "json").json["sample"]
    assert (len(first["ids"]), first["population"], first["share"]) == (12, 40, None)
    text = mbl("review", "--sample", "12").out
    assert "Random sample of 12 promises out of 40" in text
    assert text.count("Promise ") == 12
    assert "Still relevant?" not in text
    before = files(here)
    assert mbl("review", "--sample", "12", "-f", "json").json["sample"] == first
    assert files(here) == before
    mbl("review", "--decline", ",".join(first["ids"][:8]), "--keep", ",".join(first["ids"][8:]))
    second = mbl("review", "--sample", "12", "-f", "json").json["sample"]
    assert (second["decided"], second["dropped"], second["undecided"]) == (12, 8, [])
    assert second["share"]["low"] < 8 / 12 < second["share"]["high"]
    out = mbl("review", "--sample", "12").out
    assert "12, 8 of them dropped" in out
    assert "that it is more than half" in out


def test_what_was_declined_comes_back_on_its_day(small: Path) -> None:
    mbl("decline", "poster", "--revisit", "2026-12-01")
    assert "Time to look again" not in mbl("review").out
    assert mbl("review", "-f", "json").json["revisit"] == []
    after = ("--today", "2026-12-01")
    assert "pqr66  Poster (dropped, look again since 2026-12-01)" in mbl(*after, "review").out
    assert mbl(*after, "review", "-f", "json").json["revisit"] == ["pqr66"]
    assert "pqr66  Poster (dropped, look again since 2026-12-01)" in mbl(*after).out


def test_why_not_is_answered_by_the_list(small: Path) -> None:
    mbl("review", "--decline", "poster", "--reason", "No outcome", "--revisit", "2027-01-15")
    out = mbl("list", "--status", "declined,dropped").out
    row = next(line for line in out.splitlines() if "Poster" in line)
    assert "No outcome" in row
    assert row.endswith("2027-01-15")


def test_a_broken_file_is_left_out_and_stops_nothing(small: Path) -> None:
    (small / "items/kdw22.yaml").write_text("id: kdw22\ntitle: [\n")
    said = mbl("review", "-f", "json")
    assert said.code == 1
    assert "Left out: items/kdw22.yaml" in said.err
    assert "kdw22" not in {row["id"] for row in said.json["queue"]}
    assert mbl("review", "--keep", "poster").code == 0


def test_an_empty_backlog_has_nothing_to_review(here: Path) -> None:
    write_backlog(here, ())
    said = mbl("review")
    assert (said.code, said.out) == (0, "No committed work to review.\n\nNo items to ask about.\n")
    assert mbl("review", "-f", "csv").out.startswith("position,id,title")


def test_a_review_of_the_example_asks_and_changes_nothing(acme: Path) -> None:
    found = mbl("review", "-f", "json").json
    assert found["before"] == found["after"]["high"] > found["after"]["low"]
    assert changed(files(acme), files(ACME)) <= {path for path in files(acme) if path.startswith("schemas/")}
    kinds = {code for row in found["queue"] for code in row["reasons"]}
    assert {"outcome_closed", "due_passed", "no_link", "unconfirmed"} <= kinds
