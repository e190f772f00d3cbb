"""Changes in the files that hold no item, in words: what was read, decided, agreed; what comes in and falls out."""

from datetime import date
from typing import Any

import pytest

from build import backlog, item
from mbl.core.changes.diff import diff
from mbl.core.changes.files import called, unsaid
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint, BlueprintAgreement, Deliverable
from mbl.model.campaign import Campaign, Decision
from mbl.model.guidepoint import Agreement, Guidepoint, Outcome, Revision
from mbl.model.measure import Measure, Reading
from mbl.model.settings import Settings
from mbl.model.team import Person, Team

DAY, LATER = date(2026, 11, 6), date(2026, 11, 13)
FIRST, SECOND = item(id="bbbb2", title="Webinar"), item(id="bbbb3", title="Poster")


def _campaign(**more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"title": "Outreach", "hypothesis": "It works", "start": DAY, "deadline": LATER}
    return {"campaigns": {"campaigns/outreach-bcd23.yaml": Campaign(id="bcd23", **{**known, **more})}}


def _guidepoint(**more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"statement": "More leads", "from_": DAY, "to": LATER}
    return {"guidepoints": {"guidepoints/2026-q4.yaml": Guidepoint(**{**known, **more})}}


def _blueprint(*planned: tuple[str, str], **more: Any) -> dict[str, Any]:
    deliverables = tuple(Deliverable(item=id_, month=month) for id_, month in planned)
    made = Blueprint(months=("2026-10", "2026-11", "2026-12"), deliverables=deliverables, **more)
    return {"blueprints": {"blueprints/2026-q4.yaml": made}}


def _measure(*readings: Reading) -> dict[str, Any]:
    made = Measure(id="leads", name="Leads", scope="business", readings=readings)
    return {"measures": {"measures/leads.yaml": made}}


def _team(**more: Any) -> dict[str, Any]:
    return {"teams": {"teams/growth.yaml": Team(**more)}}


def _of(**nouns: Any) -> Backlog:
    return backlog(FIRST, SECOND, **nouns)


READ = {"date": DAY, "invites": 24, "accepted": 2}
CASES: dict[str, tuple[Backlog, Backlog, list[str]]] = {
    "a reading": (
        _of(**_campaign(readings=(READ,))), _of(**_campaign(readings=(READ, {"date": LATER, "invites": 60, "accepted": 8}))),
        ['edit the campaign "Outreach": readings 2026-11-13: invites 60, accepted 8'],
    ),
    "a corrected reading": (
        _of(**_campaign(readings=(READ,))), _of(**_campaign(readings=({**READ, "accepted": 3},))),
        ['edit the campaign "Outreach": readings 2026-11-06: invites 24, accepted 3'],
    ),
    "a reading taken back": (
        _of(**_campaign(readings=(READ,))), _of(**_campaign()), ['edit the campaign "Outreach": readings 2026-11-06: removed'],
    ),
    "a decision": (
        _of(**_campaign()), _of(**_campaign(decision=Decision(date=LATER, verdict="stop", reason="Nobody came"))),
        ['edit the campaign "Outreach": decided to stop: Nobody came'],
    ),
    "a decision taken back": (
        _of(**_campaign(decision=Decision(date=LATER, verdict="stop"))), _of(**_campaign()),
        ['edit the campaign "Outreach": the decision was taken back'],
    ),
    "a later deadline": (
        _of(**_campaign()), _of(**_campaign(deadline=date(2026, 12, 1))),
        ['edit the campaign "Outreach": deadline 2026-11-13 → 2026-12-01'],
    ),
    "the reason for a change": (
        _of(**_guidepoint()), _of(**_guidepoint(changes=(Revision(date=DAY, by="ana", reason="A better fair"),))),
        ["edit the Guidepoint 2026-q4: why: A better fair (ana)"],
    ),
    "an agreement": (
        _of(**_guidepoint()), _of(**_guidepoint(agreed=Agreement(date=DAY, by=("cmo", "vp-sales")))),
        ["edit the Guidepoint 2026-q4: agreed on 2026-11-06 by cmo, vp-sales"],
    ),
    "an agreement taken back": (
        _of(**_guidepoint(agreed=Agreement(date=DAY))), _of(**_guidepoint()),
        ["edit the Guidepoint 2026-q4: the agreement was taken back"],
    ),
    "another target": (
        _of(**_guidepoint(outcomes=(Outcome(id="pipeline", text="More", target=3000),))),
        _of(**_guidepoint(outcomes=(Outcome(id="pipeline", text="More", target=3200),))),
        ["edit the Guidepoint 2026-q4: outcomes pipeline target 3000 → 3200"],
    ),
    "deliverables": (
        _of(**_blueprint(("bbbb2", "2026-10"), ("zzzz9", "2026-10"))), _of(**_blueprint(("bbbb2", "2026-11"), ("bbbb3", "2026-12"))),
        ['edit the Blueprint 2026-q4: "Webinar" 2026-10 → 2026-11; "Poster" comes in (2026-12); "zzzz9" falls out (was 2026-10)'],
    ),
    "deliverables in another order": (
        _of(**_blueprint(("bbbb2", "2026-10"), ("bbbb3", "2026-10"))), _of(**_blueprint(("bbbb3", "2026-10"), ("bbbb2", "2026-10"))),
        ["edit the Blueprint 2026-q4: deliverables in another order"],
    ),
    "an agreed Blueprint": (
        _of(**_blueprint()), _of(**_blueprint(agreed=BlueprintAgreement(date=DAY, by="cmo"))),
        ["edit the Blueprint 2026-q4: agreed on 2026-11-06 by cmo"],
    ),
    "a measure read": (
        _of(**_measure()), _of(**_measure(Reading(date=DAY, value=12), Reading(date=LATER, k=3, n=9))),
        ["edit the measure leads: readings 2026-11-06: 12; 2026-11-13: 3 of 9"],
    ),
    "a team": (_of(**_team(unplanned="10%")), _of(**_team(unplanned="20%")), ["edit teams/growth.yaml: unplanned 10% → 20%"]),
    "somebody new": (
        _of(people={"ana": Person()}), _of(people={"ana": Person(), "ben": Person(skills={"copy": 2})}),
        ["edit people.yaml: ben skills copy 2"],
    ),
    "the settings": (
        _of(settings=Settings(capacity=30)), _of(settings=Settings(capacity=40)), ["edit mbl.yaml: capacity 30 → 40"],
    ),
    "a file that came": (_of(), _of(**_campaign()), ['add the campaign "Outreach"']),
    "a file that went": (_of(**_guidepoint()), _of(), ["remove the Guidepoint 2026-q4"]),
    "nothing": (_of(**_campaign()), _of(**_campaign()), []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_change_has_its_words(name: str) -> None:
    before, after, words = CASES[name]
    assert [change.words for change in diff(before, after)] == words


def test_a_renamed_campaign_is_one_change() -> None:
    before = _of(**_campaign())
    [campaign] = before.campaigns.values()
    after = _of(campaigns={"campaigns/other-bcd23.yaml": campaign})
    [change] = diff(before, after)
    assert (change.field, change.words) == (
        "path", "rename campaigns/outreach-bcd23.yaml → campaigns/other-bcd23.yaml",
    )  # fmt: skip


def test_user_text_is_one_line_without_control_characters() -> None:
    before = _of(**_campaign())
    nasty = "No\nroom\x1b[31m\u202e" + "x" * 500
    after = _of(**_campaign(decision=Decision(date=DAY, verdict="stop", reason=nasty)))
    [change] = diff(before, after)
    assert change.words.isprintable()
    assert len(change.words) < 400


def test_files_of_which_nothing_is_said_are_named() -> None:
    found = unsaid(
        (), {"replies/en.md": None, "replies/fr.md": True, "replies/de.md": False, "items/x-bbbb2.yaml": None}
    )
    assert [change.words for change in found] == [
        "edit replies/en.md", "add replies/fr.md", "remove replies/de.md", "edit items/x-bbbb2.yaml",
    ]  # fmt: skip
    assert unsaid(diff(_of(), _of(**_guidepoint())), {"guidepoints/2026-q4.yaml": True}) == ()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("guidepoints/2026-q4.yaml", "the Guidepoint 2026-q4"),
        ("blueprints/a.b.yml", "the Blueprint a.b"),
        ("measures/leads.yaml", "the measure leads"),
        ("teams/growth.yaml", "teams/growth.yaml"),
        ("mbl.yaml", "mbl.yaml"),
    ],
)
def test_a_file_is_called_as_people_call_it(path: str, name: str) -> None:
    assert called(path, None) == name
