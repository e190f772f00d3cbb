"""`accept`, `start`, `done`, `decline`, `reopen`: which status leads where, and which dates are written."""

from pathlib import Path
from typing import Any

import pytest

from world import TODAY, changed, files, item, mbl, write_backlog, write_item

ENDED = {"date": TODAY}
NO = {"date": TODAY, "by": "ana"}
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("accept", "fgh44", {"status": "committed", "accepted": TODAY, "started": None, "ended": None}),
    ("start", "fgh44", {"status": "doing", "accepted": TODAY, "started": TODAY, "ended": None}),
    ("start", "kdw22", {"status": "doing", "accepted": "2026-10-01", "started": TODAY, "ended": None}),
    ("done", "fgh44", {"status": "done", "accepted": None, "started": None, "ended": ENDED}),
    ("done", "kdw22", {"status": "done", "accepted": "2026-10-01", "started": None, "ended": ENDED}),
    ("done", "kdw33", {"status": "done", "accepted": "2026-10-01", "started": "2026-11-02", "ended": ENDED}),
    ("decline", "fgh44", {"status": "declined", "accepted": None, "ended": NO}),
    ("decline", "kdw22", {"status": "dropped", "accepted": "2026-10-01", "ended": NO}),
    ("decline", "kdw33", {"status": "dropped", "started": "2026-11-02", "ended": NO}),
    ("reopen", "hrd77", {"status": "request", "accepted": None, "ended": None}),
    ("reopen", "bnn88", {"status": "committed", "accepted": "2026-08-01", "ended": None}),
    ("reopen", "vdd99", {"status": "committed", "accepted": "2026-08-01", "ended": None}),
)
EDITS = {
    "accept": "committed", "start": "doing", "done": "done", "decline": "declined",
}  # fmt: skip


@pytest.mark.parametrize(("command", "id_", "expected"), STEPS)
def test_a_step_writes_the_status_and_exactly_its_dates(
    small: Path, command: str, id_: str, expected: dict[str, Any]
) -> None:
    before, former = files(small), item(id_)
    said = mbl(command, id_)
    assert said.code == 0, said.err
    after = item(id_)
    assert {name: after[name] for name in expected} == expected
    differ = {name for name in after if after[name] != former[name]} - {
        "status", "accepted", "started", "ended", "history", "position", "on", "reason", "revisit", "fit",
    }  # fmt: skip
    assert differ == set()
    assert changed(before, files(small)) == {f"items/{id_}.yaml"}


@pytest.mark.parametrize(("command", "id_", "expected"), [row for row in STEPS if row[0] in EDITS])
def test_editing_the_status_is_the_same_step(
    here: Path, command: str, id_: str, expected: dict[str, Any]
) -> None:
    write_backlog(here)
    said = mbl("edit", id_, "--status", EDITS[command])
    assert said.code == 0, said.err
    after = item(id_)
    assert {name: after[name] for name in expected} == expected


def test_editing_the_status_back_is_a_correction(small: Path) -> None:
    assert mbl("edit", "kdw33", "--status", "committed").code == 0
    assert (item("kdw33")["status"], item("kdw33")["started"]) == ("committed", None)
    assert item("kdw33")["accepted"] == "2026-10-01"
    assert mbl("edit", "kdw33", "--status", "request").code == 0
    assert (item("kdw33")["status"], item("kdw33")["accepted"]) == ("request", None)
    assert mbl("edit", "bnn88", "--status", "doing").code == 1, "what is done is reopened first"


NOTHING = (
    ("accept", "kdw22"), ("accept", "kdw33"), ("start", "kdw33"), ("done", "bnn88"), ("decline", "hrd77"),
    ("decline", "vdd99"), ("reopen", "fgh44"), ("reopen", "kdw22"),
)  # fmt: skip


@pytest.mark.parametrize(("command", "id_"), NOTHING)
def test_nothing_to_change_is_no_error_and_writes_nothing(small: Path, command: str, id_: str) -> None:
    before = files(small)
    assert mbl(command, id_).err == "Nothing to change.\n"
    said = mbl(command, id_, "-f", "json")
    assert (said.code, said.json["changes"], said.json["paths"]) == (0, [], [])
    assert files(small) == before


REFUSED = (
    (("accept", "bnn88"), "is done: there is nothing to accept"),
    (("accept", "hrd77"), "is declined: there is nothing to accept"),
    (("start", "vdd99"), "is dropped: there is nothing to start"),
    (("done", "hrd77"), "is declined: there is nothing to finish"),
    (("decline", "bnn88"), "is done: there is nothing to decline"),
    (("accept", "fgh44", "--date", "2026-11-23"), "lies in the future (today is 2026-11-22)"),
    (("accept", "fgh44", "--date", "2026-11-09"), "it was asked for on 2026-11-10"),
    (("start", "kdw22", "--date", "2026-09-30"), "accepted on 2026-10-01"),
    (("start", "fgh44", "--date", "2026-11-09"), "on 2026-11-10"),
    (("done", "kdw33", "--date", "2026-11-01"), "started on 2026-11-02"),
    (("done", "fgh44", "--date", "2026-11-09"), "on 2026-11-10"),
    (("decline", "kdw22", "--date", "2026-09-30"), "on 2026-10-01"),
    (("decline", "fgh44", "--revisit", "2026-11-01"), "comes before"),
)


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED)
def test_a_step_that_contradicts_what_is_known_is_refused(
    small: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    before = files(small)
    said = mbl(*arguments)
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert files(small) == before


@pytest.mark.parametrize("command", ["accept", "start", "done", "decline", "reopen"])
def test_the_command_line_of_a_step(small: Path, command: str) -> None:
    before = files(small)
    assert mbl(command).code == 2
    assert "REF is missing" in mbl(command).err
    assert mbl(command, "fgh44", "--dat", "2026-11-11").code == 2
    if command != "reopen":
        said = mbl(command, "fgh44", "--date", "11/12/2026")
        assert (said.code, said.out) == (2, "")
        assert "write it like 2026-11-30" in said.err
    ref = "hrd77" if command == "reopen" else "fgh44"
    dry = mbl(command, ref, "--dry-run")
    verb = {"done": "finish"}.get(command, command)
    assert dry.out.startswith(f'Would {verb} "')
    assert files(small) == before


def test_the_date_is_the_one_given(small: Path) -> None:
    mbl("accept", "fgh44", "--date", "2026-11-12")
    mbl("start", "fgh44", "--date", "2026-11-13")
    mbl("done", "fgh44", "--date", "2026-11-14")
    after = item("fgh44")
    assert (after["accepted"], after["started"], after["ended"]["date"]) == (
        "2026-11-12",
        "2026-11-13",
        "2026-11-14",
    )


def test_several_at_once_in_words_and_as_json(small: Path) -> None:
    assert mbl("accept", "3", "4", "--dry-run").out.splitlines() == [
        'Would accept "Newsletter in spring"',
        'Would accept "Newsletter in autumn"',
    ]
    said = mbl("accept", "3", "4", "-f", "json")
    assert said.json["paths"] == ["items/fgh44.yaml", "items/xzc55.yaml"]
    assert [(one["what"], one["field"], one["before"], one["after"]) for one in said.json["changes"]] == [
        ("changed", "status", "request", "committed"),
    ] * 2
    ended = mbl("done", "1", "2", "-f", "json")
    assert [one["what"] for one in ended.json["changes"]] == ["ended", "ended"]
    assert {one["id"] for one in ended.json["changes"]} == {"kdw22", "kdw33"}, "positions are read once"


def test_a_step_keeps_the_rank(small: Path) -> None:
    rank = item("fgh44")["rank"]
    mbl("decline", "fgh44")
    assert item("fgh44")["rank"] == rank
    mbl("reopen", "fgh44")
    assert (item("fgh44")["rank"], item("fgh44")["position"]) == (rank, 3)


def test_declining_prints_the_reply_to_send(small: Path) -> None:
    said = mbl(
        "decline", "fgh44", "--reason", "No room this quarter.", "--revisit", "2027-01-15", "--by", "cmo"
    )
    assert said.code == 0
    assert said.out.splitlines()[0] == 'Declined "Newsletter in spring": No room this quarter.'
    for part in (
        "Hello dealers,",
        "Thank you",
        "“Newsletter in spring”",
        "No room this quarter.",
        "15 January 2027",
    ):
        assert part in said.out
    assert item("fgh44")["ended"] == {
        "date": TODAY, "by": "cmo", "reason": "No room this quarter.", "revisit": "2027-01-15",
    }  # fmt: skip


def test_the_reply_for_a_broken_promise_says_sorry(small: Path) -> None:
    assert "We promised you “Webinar for CTOs”" in mbl("decline", "kdw22", "--dry-run").out
    assert item("kdw22")["status"] == "committed"


def test_the_reply_names_what_comes_first(acme: Path) -> None:
    out = mbl("decline", "print", "--dry-run").out or mbl("decline", "9", "--dry-run").out
    assert "Until 31 December 2026 all of us work for one thing" in out


def test_a_reply_for_each_as_json(small: Path) -> None:
    said = mbl("decline", "3", "4", "-f", "json")
    assert set(said.json["replies"]) == {"fgh44", "xzc55"}
    assert all(reply.startswith("Hello dealers,") for reply in said.json["replies"].values())


def test_declining_again_with_a_reason_adds_it(small: Path) -> None:
    mbl("decline", "hrd77", "--reason", "Too late", "--date", "2026-11-20")
    assert item("hrd77")["ended"] == {"date": "2026-08-02", "by": "ben", "reason": "Too late"}


def test_wont_means_not_this_time(small: Path) -> None:
    said = mbl("edit", "fgh44", "kdw22", "--moscow", "wont", "--reason", "Later")
    assert said.code == 0, said.err
    for id_, status in (("fgh44", "declined"), ("kdw22", "dropped")):
        after = item(id_)
        assert (after["status"], after["moscow"], after["position"]) == (status, "wont", None)
        assert after["ended"] == {"date": TODAY, "by": "ana", "reason": "Later", "revisit": "2027-02-20"}
    before = files(small)
    assert mbl("edit", "fgh44", "--moscow", "wont").err == "Nothing to change.\n"
    assert files(small) == before
    mbl("reopen", "fgh44")
    assert (item("fgh44")["status"], item("fgh44")["moscow"]) == ("request", None)


def test_wont_looks_again_at_the_end_of_the_guidepoint(acme: Path) -> None:
    mbl("edit", "webinar ctos", "--moscow", "wont")
    assert item("webinar ctos")["ended"]["revisit"] == "2026-12-31"
    mbl("edit", "42", "--moscow", "wont", "--revisit", "2027-03-01")
    revisits = [
        one["revisit"]
        for one in mbl("list", "--moscow", "wont", "--status", "all", "-f", "json").json["items"]
    ]
    assert "2027-03-01" in revisits


def test_a_reason_without_an_end_is_refused(small: Path) -> None:
    for option in (("--reason", "x"), ("--revisit", "2027-01-01")):
        said = mbl("edit", "fgh44", "--owner", "ana", *option)
        assert (said.code, said.out) == (2, "")
        assert "--status declined or --moscow wont" in said.err


def test_an_item_that_ended_without_saying_when_can_still_be_declined(small: Path) -> None:
    write_item(small, {"id": "zzz99", "title": "Half declined", "status": "declined"})
    assert mbl("decline", "zzz99").code == 0
    assert item("zzz99")["ended"]["date"] == TODAY


def test_the_reply_holds_nothing_that_steers_a_terminal(small: Path) -> None:
    write_item(small, {"id": "zzz22", "title": "\x1b[31mRed\r", "requester": "\x1b]0;x\x07"})
    out = mbl("decline", "zzz22", "--reason", "\x1b[2J").out
    assert "Hello" in out
    assert not {"\x1b", "\x07", "\r"} & set(out)
