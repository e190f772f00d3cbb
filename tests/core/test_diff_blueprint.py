"""What a change does to the agreed Blueprint: what falls out, what moves, what comes in."""

from dataclasses import replace
from datetime import date

from build import backlog, committed
from mbl.core.changes.blueprint import blueprint_shifts
from mbl.core.edit import declined, edited, finished
from mbl.core.ranking import moved
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint, BlueprintAgreement, Deliverable
from mbl.model.item import Ended
from mbl.model.settings import Settings

TODAY = date(2026, 10, 1)
MONTHS = ("2026-10", "2026-11", "2026-12")
AGREED = Blueprint(
    months=MONTHS,
    agreed=BlueprintAgreement(date=TODAY, by="cmo"),
    deliverables=tuple(Deliverable(item=f"bbbb{at}", month=MONTHS[at - 2]) for at in (2, 3, 4)),
)
LIST = backlog(
    *(
        committed(
            id=f"bbbb{at}", title=f"Work {at}", rank=f"a{at}", estimate="10d", accepted=TODAY, requested=TODAY
        )
        for at in (2, 3, 4, 5)
    ),
    settings=Settings(capacity=10),
    blueprints={"blueprints/2026-q4.yaml": AGREED},
)  # fmt: skip


def _shifts(after: Backlog, today: date = TODAY) -> list[tuple[str, str]]:
    return list(blueprint_shifts(LIST, after, today))


def test_a_deliverable_that_is_declined_falls_out_and_makes_room() -> None:
    after = declined(LIST, ["bbbb3"], today=TODAY, ended=Ended(date=TODAY, reason="No room"))
    assert _shifts(after) == [
        ("falls out", "Work 3 (agreed for November 2026): dropped: No room"),
        ("December 2026 → November 2026", "Work 4"),
        ("comes in", "Work 5 (December 2026)"),
    ]


def test_what_moves_up_pushes_the_last_one_out() -> None:
    assert _shifts(moved(LIST, ["bbbb5"], to=1)) == [
        ("October 2026 → November 2026", "Work 2"),
        ("November 2026 → December 2026", "Work 3"),
        ("falls out", "Work 4 (agreed for December 2026): does not fit any more"),
        ("comes in", "Work 5 (October 2026)"),
    ]


def test_what_is_done_is_good_news() -> None:
    found = _shifts(finished(LIST, ["bbbb2"], on=TODAY, today=TODAY))
    assert ("done", "Work 2") in found


def test_a_deleted_file_falls_out_under_its_title() -> None:
    after = replace(LIST, items={path: one for path, one in LIST.items.items() if one.id != "bbbb2"})
    assert _shifts(after)[0] == ("falls out", "Work 2 (agreed for October 2026): its file is gone")


def test_nothing_is_said_without_change_agreement_or_a_plan() -> None:
    assert _shifts(LIST) == []
    assert _shifts(edited(LIST, ["bbbb2"], {"owner": "ana"})) == []
    assert _shifts(moved(LIST, ["bbbb5"], to=1), date(2027, 3, 1)) == []
    proposed = {"blueprints/2026-q4.yaml": replace(AGREED, agreed=None)}
    assert _shifts(replace(moved(LIST, ["bbbb5"], to=1), blueprints=proposed)) == []
    assert _shifts(replace(moved(LIST, ["bbbb5"], to=1), settings=Settings())) == []


def test_what_nobody_had_agreed_to_falls_out_and_comes_in_both_ways() -> None:
    after = declined(LIST, ["bbbb3"], today=TODAY, ended=Ended(date=TODAY, reason="No room"))
    assert ("falls out", "Work 5 (was planned for December 2026)") in blueprint_shifts(after, LIST, TODAY)
    assert ("done", "Work 5") in blueprint_shifts(
        after, finished(after, ["bbbb5"], on=TODAY, today=TODAY), TODAY
    )
