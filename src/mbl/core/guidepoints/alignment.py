"""Which Guidepoint holds today, which outcomes are open, and which items serve one."""

from datetime import date

from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Item


def current_guidepoint(backlog: Backlog, today: date) -> Guidepoint | None:
    """The Guidepoint whose months hold today and that is not closed; of several the latest."""
    held = [
        guidepoint
        for guidepoint in backlog.guidepoints.values()
        if guidepoint.from_ <= today <= guidepoint.to
        and not (guidepoint.closed and guidepoint.closed <= today)
    ]
    return max(held, key=lambda guidepoint: guidepoint.from_, default=None)


def open_outcomes(backlog: Backlog, today: date) -> dict[str, Outcome]:
    """The outcomes of the current Guidepoint that are not closed, by id, in its order."""
    guidepoint = current_guidepoint(backlog, today)
    outcomes = guidepoint.outcomes if guidepoint else ()
    return {outcome.id: outcome for outcome in outcomes if not (outcome.closed and outcome.closed <= today)}


def is_aligned(item: Item, outcomes: dict[str, Outcome]) -> bool:
    """Whether the item names an open outcome and says how it would move it."""
    return bool(item.how) and any(outcome in outcomes for outcome in item.weights)
