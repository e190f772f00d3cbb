"""What a good Guidepoint has: outcomes with a number and a date, about customers or the business, and few of them.

Only warnings, and only about Guidepoints that still count. Refuses nothing.
"""

from collections.abc import Iterator
from datetime import date

from mbl.core.rules.finding import Finding
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint, Outcome

MOST_OUTCOMES = 5


def guidepoint_lint(backlog: Backlog, today: date) -> Iterator[Finding]:
    """The warnings about every Guidepoint that is neither over nor closed."""
    for path, guidepoint in backlog.guidepoints.items():
        if guidepoint.to >= today and not guidepoint.closed:
            yield from _warnings(backlog, path, guidepoint)


def _warnings(backlog: Backlog, path: str, guidepoint: Guidepoint) -> Iterator[Finding]:
    if len(guidepoint.outcomes) > MOST_OUTCOMES:
        yield Finding(
            path=path, at=("outcomes",), code="many-outcomes", level="warning",
            message=f"{len(guidepoint.outcomes)} outcomes: nobody works towards so many at once",
            fix=f"Keep the {MOST_OUTCOMES} that matter most.",
        )  # fmt: skip
    scopes = {measure.id: measure.scope for measure in backlog.measures.values()}
    for at, outcome in enumerate(guidepoint.outcomes):
        if outcome.closed is None:
            yield from _outcome_warnings(path, at, outcome, scopes.get(outcome.measure or ""))


def _outcome_warnings(path: str, at: int, outcome: Outcome, scope: str | None) -> Iterator[Finding]:
    missing = [key for key in ("measure", "baseline", "target") if getattr(outcome, key) is None]
    if missing:
        yield Finding(
            path=path, at=("outcomes", at), code="no-number", level="warning",
            message=f"the outcome {outcome.id} has no {', no '.join(missing)}: nobody can see it come nearer",
            fix=f"Say which number moves from what to what: add {', '.join(missing)}.",
        )  # fmt: skip
    if outcome.due is None:
        yield Finding(
            path=path, at=("outcomes", at), code="no-date", level="warning",
            message=f"the outcome {outcome.id} has no date", fix="Say by when: add `due`.",
        )  # fmt: skip
    if scope == "channel":
        yield Finding(
            path=path, at=("outcomes", at, "measure"), code="channel-measure", level="warning",
            message=f"the outcome {outcome.id} is measured by a channel's number ({outcome.measure})",
            fix="Ask what the customer or the business gains, and measure that.",
        )  # fmt: skip
