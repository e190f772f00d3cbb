"""Every kind of change lands in its section, with words a reviewer understands; what is loud comes first."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from build import backlog, committed, item
from mbl.core.changes.diff import diff
from mbl.core.changes.sections import Line, Section, Shown, sections
from mbl.core.edit import accepted, declined, edited, finished, reopened, started, with_status
from mbl.core.ranking import moved, ranked, rebalanced
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint
from mbl.model.campaign import Campaign, SuccessCriterion
from mbl.model.guidepoint import Guidepoint
from mbl.model.item import Ended, Part, Reviewed
from mbl.model.team import Team

TODAY = date(2026, 11, 22)
LIST = backlog(
    item(id="bbbb2", title="Webinar", rank="a1", requester="vp-sales"),
    committed(id="bbbb3", title="Poster", rank="a2", accepted=TODAY, moscow="should", estimate="5d"),
    item(id="bbbb4", title="Film", rank="a3"),
    item(id="bbbb5", title="Fair", rank="a4", status="declined", ended=Ended(date=TODAY)),
)


def _told(before: Backlog, after: Backlog, **more: list[Line]) -> tuple[Section, ...]:
    changes = diff(before, after)
    return sections(changes, Shown(before, ranked(before)), Shown(after, ranked(after)), more=more)


def _without(path: str) -> Backlog:
    return replace(LIST, items={key: kept for key, kept in LIST.items.items() if key != path})


SAID = Ended(date=TODAY, reason="No room")
STEPS: dict[str, tuple[Backlog, str, Line]] = {
    "new": (
        LIST.with_items({"items/bbbb6.yaml": item(id="bbbb6", title="Mail", rank="a5", requester="cmo")}),
        "New", ("#4", "Mail (asked by cmo)"),
    ),
    "accepted": (accepted(LIST, ["bbbb2"], on=TODAY, today=TODAY), "Accepted", ("#1", "Webinar")),
    "started": (started(LIST, ["bbbb2"], on=TODAY, today=TODAY), "Started", ("#1", "Webinar")),
    "done": (finished(LIST, ["bbbb3"], on=TODAY, today=TODAY), "Done", ("was #2", "Poster")),
    "declined": (declined(LIST, ["bbbb2"], today=TODAY, ended=SAID), "Said no", ("was #1", "Webinar (No room)")),
    "dropped": (
        declined(LIST, ["bbbb3"], today=TODAY, ended=SAID), "Dropped: no longer relevant", ("was #2", "Poster (No room)"),
    ),
    "reopened": (reopened(LIST, ["bbbb5"]), "Taken back or reopened", ("#4", "Fair")),
    "taken back": (
        with_status(LIST, ["bbbb3"], "request", today=TODAY, ended=SAID), "Taken back or reopened", ("#2", "Poster"),
    ),
    "moved": (moved(LIST, ["bbbb4"], to=1), "Moved", ("#3 → #1", "Film")),
    "bucket": (edited(LIST, ["bbbb3"], {"moscow": "must"}), "Bucket", ("Should → Must", "Poster (#2)")),
    "first bucket": (edited(LIST, ["bbbb2"], {"moscow": "could"}), "Bucket", ("none → Could", "Webinar (#1)")),
    "estimate": (edited(LIST, ["bbbb3"], {"estimate": "8d"}), "Estimates", ("5d → 8d", "Poster (#2)")),
    "no estimate": (edited(LIST, ["bbbb3"], {"estimate": None}), "Estimates", ("5d → none", "Poster (#2)")),
    "remaining": (edited(LIST, ["bbbb3"], {"remaining": "2d"}), "Estimates", ("remaining none → 2d", "Poster (#2)")),
    "parts": (
        edited(LIST, ["bbbb3"], {"parts": (Part(skill="copy", effort="2d"),)}), "Estimates",
        ("parts skill copy, effort 2d", "Poster (#2)"),
    ),
    "reviewed": (
        edited(LIST, ["bbbb3"], {"reviewed": Reviewed(date=TODAY, decision="keep", reason="Still wanted")}), "Reviewed",
        ("#2", "Poster: keep: Still wanted"),
    ),
    "another title": (edited(LIST, ["bbbb3"], {"title": "Banner"}), "Other changes", ("#2", "Banner: was called Poster")),
    "another owner": (edited(LIST, ["bbbb3"], {"owner": "ben"}), "Other changes", ("#2", "Poster: owner ben")),
    "an ended one edited": (edited(LIST, ["bbbb5"], {"team": "growth"}), "Other changes", ("bbbb5", "Fair: team growth")),
    "deleted": (
        _without("items/bbbb2.yaml"), "Files of requests were deleted",
        ("was #1", "Webinar: to say no, mbl decline keeps the request and the reason"),
    ),
    "a Guidepoint": (
        replace(LIST, guidepoints={"guidepoints/q4.yaml": Guidepoint(statement="More", from_=TODAY, to=TODAY)}),
        "The Guidepoint was touched", ("Add", "the Guidepoint q4"),
    ),
    "a Blueprint": (replace(LIST, blueprints={"blueprints/q4.yaml": Blueprint(months=())}), "Blueprint", ("Add", "the Blueprint q4")),
    "a team": (replace(LIST, teams={"teams/growth.yaml": Team()}), "Around the list", ("Add", "teams/growth.yaml")),
    "another file name": (
        replace(LIST, items={f"items/x-{found.id}.yaml" if found.id == "bbbb2" else path: found for path, found in LIST.items.items()}),
        "Other changes", ("#1", "Webinar: file items/bbbb2.yaml → items/x-bbbb2.yaml"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_every_kind_of_change_has_its_section(name: str) -> None:
    after, title, line = STEPS[name]
    assert [(section.title, section.lines) for section in _told(LIST, after)] == [(title, (line,))]


def _campaign(**fields: Any) -> Backlog:
    criterion = SuccessCriterion(id="calls", kind="count", is_="calls", at_least=fields.pop("at_least", "12"))
    made = Campaign(
        id="bcd23", title="Outreach", hypothesis="It works", start=date(2026, 11, 2), deadline=date(2026, 12, 11),
        success_criteria=(criterion,), **fields,
    )  # fmt: skip
    return replace(LIST, campaigns={"campaigns/outreach-bcd23.yaml": made})


READ = ({"date": TODAY, "calls": 3},)


@pytest.mark.parametrize(
    ("readings", "title", "loud"),
    [((), "Campaigns", False), (READ, "Criteria changed after the first reading", True)],
)
def test_a_criterion_is_loud_from_the_first_reading_on(readings: Any, title: str, loud: bool) -> None:
    [section] = _told(_campaign(readings=readings), _campaign(readings=readings, at_least="6"))
    assert (section.title, section.loud) == (title, loud)
    assert section.lines == (('The campaign "Outreach"', "success_criteria calls at_least 12 → 6"),)


def test_what_must_not_be_missed_comes_first() -> None:
    after = moved(STEPS["a Guidepoint"][0], ["bbbb4"], to=1)
    found = _told(LIST, after)
    assert [(section.title, section.loud) for section in found] == [
        ("The Guidepoint was touched", True), ("Moved", False),
    ]  # fmt: skip


def test_lines_that_follow_stand_in_their_section_before_its_own() -> None:
    [section] = _told(LIST, STEPS["a Blueprint"][0], Blueprint=[("falls out", "Poster")])
    assert section.lines == (("falls out", "Poster"), ("Add", "the Blueprint q4"))


def test_new_keys_that_move_nobody_are_counted_not_listed() -> None:
    long = backlog(*(item(rank=f"a{digit}V") for digit in range(9)))
    [section] = _told(long, rebalanced(long))
    assert section.lines == (("rank keys", "9 new; nobody changes places by them"),)


def test_a_key_of_what_ended_says_nothing() -> None:
    path = LIST.path_of["bbbb5"]
    assert _told(LIST, LIST.with_items({path: replace(LIST.item("bbbb5"), rank="a7")})) == ()


def test_titles_are_cut_and_on_one_line() -> None:
    [section] = _told(LIST, edited(LIST, ["bbbb4"], {"title": "A\x1b[31m\nlong " * 60}))
    [(_, text)] = section.lines
    assert text.isprintable()
    assert len(text) < 200
