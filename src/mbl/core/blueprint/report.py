"""`mbl blueprint`: which deliverable is finished in which of three months, what does not fit, what changed since.

The answer is no when it is over-committed: a Must, or what is due in these months, does not fit. A backlog without
capacity and a circle of dependencies are refused by `plan`.
"""

from datetime import date

from mbl.core.blueprint.agreed import against, agreed_for
from mbl.core.blueprint.blocks import calendar, changes, days, mind, misfits
from mbl.core.blueprint.payload import payload
from mbl.core.blueprint.plan import planned
from mbl.core.blueprint.words import headline, hints, remarks
from mbl.core.report import Report, Words
from mbl.model.backlog import Backlog


def blueprint(backlog: Backlog, today: date, *, first: str | None = None) -> Report:
    """Three months from `first` (`2026-10`), else from the current Guidepoint's first one, else from this one.

    Raises MblError without a stated capacity, and at a circle of dependencies.
    """
    plan = planned(backlog, today, first=first)
    agreed = agreed_for(backlog, plan)
    compared = against(agreed, plan, backlog, today) if agreed else ()
    return Report(
        kind="blueprint",
        payload=lambda: payload(plan, backlog, agreed=agreed, compared=compared),
        blocks=(
            Words(text=headline(plan), tone="headline"),
            *(Words(text=text) for text in remarks(plan, today)),
            calendar(plan),
            *misfits(plan, backlog),
            *changes(agreed, compared),
            *mind(plan),
            *(Words(text=text, tone="hint") for text in hints(plan)),
        ),
        answer=plan.status == "fits",
        table=days(plan),
    )
