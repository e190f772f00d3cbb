"""A micro-campaign: a small test with success criteria set beforehand (`campaigns/<slug>-<id>.yaml`)."""

from typing import Annotated, Literal

from mbl.model.guidepoint import Revision
from mbl.model.noun import Day, Form, Help, Id, Name, Text, noun

Threshold = Annotated[str, Form(r"\d{1,9}(?:\.\d+)?\s*%?", "a share like 10% or a count like 5", number=True)]


@noun
class SuccessCriterion:
    """What must come out: at least (or at most) a share of n, or a count by the deadline."""

    id: Annotated[Name, Help("The criterion's word")]
    kind: Annotated[Literal["rate", "count"], Help("rate (k of n) or count (so many by the deadline)")]
    is_: Annotated[Name, Help("The counter of successes")]
    of: Annotated[Name | None, Help("The counter of tries")] = None
    at_least: Annotated[Threshold | None, Help("At least this")] = None
    at_most: Annotated[Threshold | None, Help("At most this")] = None
    planned: Annotated[int | None, Help("How many tries are planned")] = None
    window_days: Annotated[int | None, Help("How long a success may take")] = None


@noun
class Decision:
    """What was decided at the end, and what was learned."""

    date: Annotated[Day, Help("The day")]
    verdict: Annotated[Literal["scale", "repeat", "stop"], Help("scale, repeat or stop")]
    by: Annotated[str | None, Help("Who decided")] = None
    reason: Annotated[str | None, Help("Why")] = None
    learned: Annotated[str | None, Help("What was learned")] = None
    follow_up: Annotated[Id | None, Help("The next campaign or item")] = None


@noun
class Campaign:
    """A hypothesis, its criteria, its numbers."""

    id: Annotated[Id, Help("The id, also the end of the file's name")]
    title: Annotated[Text, Help("The campaign in a few words")]
    hypothesis: Annotated[Text, Help("What we believe will happen, and why")]
    start: Annotated[Day, Help("The first day")]
    deadline: Annotated[Day, Help("The last day")]
    outcome: Annotated[Name | None, Help("The outcome it serves")] = None
    audience: Annotated[Name | None, Help("The audience")] = None
    channel: Annotated[str | None, Help("The channel")] = None
    success_criteria: Annotated[tuple[SuccessCriterion, ...], Help("What must come out")] = ()
    readings: Annotated[tuple[dict[Name, Day | int], ...], Help("Counts so far: [{date, counter: n}]")] = ()
    changes: Annotated[tuple[Revision, ...], Help("Changes to the criteria: [{date, by, reason}]")] = ()
    decision: Annotated[Decision | None, Help("{date, by, verdict, reason, learned, follow_up}")] = None
