"""The campaigns that ask for a decision, for the screen that says where things stand. Refuses nothing.

What judges them is loaded only where something is undecided: bare `mbl` must not wait for it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mbl.core.campaigns.judged import State
from mbl.core.report import Facts
from mbl.model.backlog import Backlog

_MOST = 5


def decisions_due(backlog: Backlog, today: date) -> tuple[State, ...]:
    """Who waits longest first."""
    undecided = [campaign for campaign in backlog.campaigns.values() if campaign.decision is None]
    if not undecided:
        return ()
    from mbl.core.campaigns.state import state

    due = [of for campaign in undecided if (of := state(campaign, today)).phase == "due"]
    return tuple(sorted(due, key=lambda of: (-of.overdue_days, of.campaign.id)))


def due_facts(due: Sequence[State]) -> tuple[Facts, ...]:
    """The first of them, each with its verdict and its counts; nothing if there is none."""
    if not due:
        return ()
    facts = [(of.campaign.id, _words(of)) for of in due[:_MOST]]
    if len(due) > _MOST:
        facts.append(("…", f"and {len(due) - _MOST} more"))
    return (Facts(title="Decisions due", facts=tuple(facts)),)


def due_record(of: State) -> dict[str, Any]:
    """One of them as an object."""
    return {"id": of.campaign.id, "verdict": of.verdict, "overdue_days": of.overdue_days}


def _words(of: State) -> str:
    from mbl.core.campaigns.words import VERDICTS, overdue, progress_words

    return f"{of.campaign.title} ({VERDICTS[of.verdict]}, {progress_words(of)}; {overdue(of)})"
