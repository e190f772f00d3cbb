from datetime import date
from typing import Any

import pytest
from test_plan import OCTOBER, TEN, promised

from build import backlog
from mbl.core.blueprint.what_if import put_in, what_if
from mbl.core.report import Facts, Words
from mbl.errors import MblError
from mbl.model.item import Ended, Item
from mbl.model.settings import Settings

FULL = (promised("b", 10), promised("c", 10), promised("d", 10))
ASKED = promised("z", 5, status="request")


def asked(*items: Item, ids, settings=TEN, **options: Any):
    return what_if(backlog(*items, settings=settings), OCTOBER, ids=ids, **options)


def words(report, tone=None):
    return [block.text for block in report.blocks if isinstance(block, Words) and tone in (None, block.tone)]


def changes(report):
    found = (block for block in report.blocks if isinstance(block, Facts) and block.title == "What changes")
    return {label: value.split("\n") for block in found for label, value in block.facts}


def test_at_its_place_in_a_full_list_there_is_no_room_and_nothing_falls_out():
    report = asked(*FULL, ASKED, ids=["zzzzz"])
    assert words(report)[:3] == [
        'No room for "Z".',
        "Before: It fits: 3 deliverables from October to December 2026, 30 days of 30 days planned.",
        "After: It fits: 3 deliverables from October to December 2026, 30 days of 30 days planned.",
    ]
    assert changes(report) == {"no room": ["Z (5 days short in October to December 2026)"]}
    assert words(report, "hint")[-1] == "To see it on top of the list: mbl blueprint --with zzzzz --first"
    assert report.answer


def test_on_top_of_the_list_it_shows_what_falls_out_and_what_slips():
    report = asked(*FULL, ASKED, ids=["zzzzz"], on_top=True)
    assert words(report, "headline") == ['With "Z", "D" falls out.']
    assert changes(report) == {
        "comes in": ["Z (October)"],
        "falls out": ["D (was December; 5 days short in October to December 2026)"],
        "slips": ["B (October → November)", "C (November → December)"],
    }
    assert words(report, "hint")[-1] == (
        "Nothing was changed. To promise it: mbl accept zzzzz, then mbl rank zzzzz --top"
    )
    assert report.answer, "D was not due"


def test_what_is_due_and_falls_out_makes_the_answer_a_no():
    due = promised("d", 10, due=date(2026, 12, 1), requester="cfo")
    report = asked(*FULL[:2], due, ASKED, ids=["zzzzz"], on_top=True)
    assert not report.answer
    assert words(report)[2].startswith("After: Over-committed: D is 5 days short")
    (said,) = (block.facts for block in report.blocks if isinstance(block, Facts) and "fit" in block.title)
    assert said[0][0] == "#3", "its place in the list as it is"


def test_where_there_is_room_nothing_falls_out():
    report = asked(*FULL[:2], ASKED, ids=["zzzzz"])
    assert words(report, "headline") == ['With "Z", nothing falls out.']
    assert changes(report) == {"comes in": ["Z (December)"]}


def test_several_fall_out_and_what_was_declined_is_tried_as_if_promised():
    no = promised("z", 25, status="declined", moscow="wont", ended=Ended(date=date(2026, 9, 1)))
    report = asked(*FULL, no, ids=["zzzzz"], on_top=True)
    assert words(report, "headline") == ['With "Z", 3 deliverables fall out.']
    assert changes(report)["comes in"] == ["Z (December)"]


def test_what_it_waits_for_comes_in_too():
    held = (
        promised("b", 2),
        promised("c", 4, status="request", depends_on=("ddddd",)),
        promised("d", 4, status="request"),
    )
    assert changes(asked(*held, ids=["ccccc"])) == {"comes in": ["C (October)", "D (October)"]}


def test_what_nobody_can_estimate_has_no_room():
    report = asked(promised("b", 3), promised("c", status="request"), ids=["ccccc"])
    assert changes(report) == {"no room": ["C (nobody knows its effort)"]}


def test_what_is_promised_already_can_be_tried_on_top():
    assert words(asked(*FULL, ids=["ccccc"]), "headline") == ['Nothing changes with "C".']
    report = asked(*FULL, ids=["ddddd"], on_top=True)
    assert changes(report) == {
        "slips": ["B (October → November)", "C (November → December)"],
        "moves up": ["D (December → October)"],
    }
    assert words(report, "hint")[-1] == "Nothing was changed. To do so: mbl rank ddddd --top"


def test_what_is_in_progress_stays_first():
    report = asked(promised("b", 10, status="doing"), promised("c", 10), ids=["ccccc"], on_top=True)
    assert words(report, "headline") == ['Nothing changes with "C".']


def test_what_is_done_is_refused():
    done = promised("b", 3, status="done", ended=Ended(date=date(2026, 9, 1)))
    with pytest.raises(MblError, match="B is done already"):
        asked(done, ids=["bbbbb"])


def test_the_backlog_itself_stays_as_it_was():
    held = backlog(*FULL, ASKED, settings=TEN)
    assert put_in(held, ["bbbbb"], on_top=False) is held
    tried = put_in(held, ["zzzzz"], on_top=False)
    assert (held.item("zzzzz").status, tried.item("zzzzz").status) == ("request", "committed")
    assert tried.item("zzzzz").rank == held.item("zzzzz").rank


def test_programs_get_both_answers_and_every_shift():
    payload = asked(*FULL, ASKED, ids=["zzzzz"], on_top=True, settings=Settings(capacity=10)).payload()
    assert (payload["before"], payload["status"], payload["with"]) == ({"status": "fits"}, "fits", ["zzzzz"])
    assert payload["changes"][0] == {
        "id": "zzzzz", "title": "Z", "before": None, "after": "2026-10", "verdict": "comes-in", "why": "",
    }  # fmt: skip
    assert [each["id"] for each in payload["deliverables"]] == ["zzzzz", "bbbbb", "ccccc"]
