"""Campaigns for tests of what is shown: the two outreach campaigns of the example, and small ones."""

from datetime import date
from typing import Any

from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign, Decision, SuccessCriterion

TODAY = date(2026, 11, 22)
ACCEPTANCE = SuccessCriterion(
    id="acceptance", kind="rate", is_="accepted", of="invites", at_least="10%", planned=120, window_days=7
)
MEETINGS = SuccessCriterion(
    id="meetings", kind="count", is_="meetings", of="accepted", at_least="5", window_days=10
)
CALLS = SuccessCriterion(id="calls", kind="count", is_="calls", at_least="12")
UNSUBSCRIBED = SuccessCriterion(
    id="unsubscribed", kind="rate", is_="unsubscribed", of="sent", at_most="2%", planned=200
)


def read(day: str, **counts: int) -> dict[str, Any]:
    """A reading."""
    return {"date": date.fromisoformat(day), **counts}


def campaign(id_: str = "bbbbb", **fields: Any) -> Campaign:
    """A campaign from 2 November to 11 December with the criterion of twelve calls, unless given."""
    given = {
        "title": f"Test {id_}", "hypothesis": "It works", "start": date(2026, 11, 2), "deadline": date(2026, 12, 11),
        "success_criteria": (CALLS,), **fields,
    }  # fmt: skip
    return Campaign(id=id_, **given)


def first(**fields: Any) -> Campaign:
    """The first outreach: 30 sent, nobody accepted."""
    given = {
        "title": "Outreach", "start": date(2026, 10, 12), "deadline": date(2026, 11, 27),
        "success_criteria": (SuccessCriterion(id="acceptance", kind="rate", is_="accepted", of="invites", at_least="10%", planned=120),),
        "readings": (read("2026-10-14", invites=12, accepted=0), read("2026-10-19", invites=30, accepted=0)), **fields,
    }  # fmt: skip
    return campaign("m4v7d", **given)


def second(**fields: Any) -> Campaign:
    """The second: 8 of 60 accepted, 52 did not, 2 met us, 3 who accepted will not."""
    given = {
        "title": "Outreach, second try", "success_criteria": (ACCEPTANCE, MEETINGS),
        "readings": (
            read("2026-11-10", invites=45, accepted=5, meetings=1), read("2026-11-13", invites=60, accepted=6, meetings=1),
            read("2026-11-20", invites=60, accepted=8, meetings=2),
        ), **fields,
    }  # fmt: skip
    return campaign("q8n2k", **given)


def stopped(**fields: Any) -> Decision:
    """A decision to stop."""
    return Decision(**{"date": date(2026, 10, 19), "verdict": "stop", "by": "ana", **fields})


def holding(*campaigns: Campaign, **fields: Any) -> Backlog:
    """A backlog of these campaigns."""
    return Backlog(campaigns={f"campaigns/{each.id}.yaml": each for each in campaigns}, **fields)
