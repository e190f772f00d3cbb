"""The random sample of a review: which promises it asks about, and what the answers say of the whole list.

Refuses nothing: the same backlog, size and seed (`seed` in mbl.yaml) draw the same promises.
"""

from collections.abc import Mapping
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

from mbl.core.capacity.figures import figures
from mbl.core.capacity.words import count, month_count, number, percent
from mbl.core.report import Block, Column, Facts, Table
from mbl.core.review.relevance import as_promised, dropped_since, is_kept
from mbl.core.review.sample import Decided, Estimate, Span, drawn, estimated
from mbl.model.backlog import Backlog
from mbl.model.item import Item


class Sampled(NamedTuple):
    """A promise that was drawn: its effort in days (None: unknown), and "dropped", "kept" or "" (nobody decided)."""

    item: Item
    days: float | None
    decision: str


class Sample(NamedTuple):
    """What was drawn of so many, in the order of the draw, and what the decisions say of all."""

    rows: tuple[Sampled, ...]
    population: int
    estimate: Estimate | None

    @property
    def undecided(self) -> tuple[str, ...]:
        return tuple(row.item.id for row in self.rows if not row.decision)


def sampled(backlog: Backlog, today: date, since: date, *, size: int) -> Sample:
    """A random sample of the promises, those dropped since this day included, to be decided in its order."""
    gone = {item.id: item for item in dropped_since(backlog, since, today)}
    whole = backlog.with_items({backlog.path_of[id_]: as_promised(item) for id_, item in gone.items()})
    effort = {item.id: sized.days for item, sized in figures(whole, today).committed}
    rows = tuple(
        Sampled(backlog.item(id_), effort[id_], _decision(backlog.item(id_), today))
        for id_ in drawn(effort, size, seed=backlog.settings.seed)
    )
    # Only the unbroken beginning of the draw: whoever decides the dead ones first would bias the estimate.
    first = takewhile(lambda row: row.decision, rows)
    decisions = [Decided(row.days, row.decision == _DROPPED) for row in first]
    return Sample(rows, len(effort), estimated(decisions, len(effort)))


def sample_record(sample: Sample, months: float | None) -> Mapping[str, Any]:
    """The sample as JSON; `months` is what all promises take now (None: unknown)."""
    said = _estimate_record(sample.estimate, months) if sample.estimate else {}
    return {
        "ids": [row.item.id for row in sample.rows],
        "undecided": list(sample.undecided),
        "population": sample.population,
        **_NOTHING_SAID,
        **said,
    }


def sample_blocks(sample: Sample, months: float | None) -> tuple[Block, ...]:
    """What was drawn, and the estimate in words."""
    title = f"Random sample of {count(len(sample.rows), 'promise')} out of {sample.population:,}"
    return (Table(columns=_COLUMNS, rows=sample.rows, what="promises", title=title), *told(sample, months))


def told(sample: Sample, months: float | None) -> tuple[Block, ...]:
    """The estimate in words, once there is a decision."""
    facts = _estimate_facts(sample.estimate, months) if sample.estimate else ()
    left = (("to decide", str(len(sample.undecided) or "nothing more")),)
    return (Facts(title="How much of the list is dead", facts=(*facts, *left)),)


def left_over(of: Estimate, months: float | None) -> Span | None:
    """The months that would be left without the dead share, if effort is unrelated to relevance."""
    if months is None:
        return None
    low, middle, high = of.share
    return Span(*(round(months * (1 - dead), 2) for dead in (high, middle, low)))


_DROPPED = "dropped"


def _decision(item: Item, today: date) -> str:
    if item.status == _DROPPED:
        return _DROPPED
    return "kept" if is_kept(item, today) else ""


_COLUMNS = (
    Column(key="id", label="Id", value=lambda row: row.item.id),
    Column(key="title", label="Title", value=lambda row: row.item.title, least=20),
    Column(key="requester", label="Asked by", value=lambda row: row.item.requester, least=8),
    Column(key="effort_days", label="Effort", value=lambda row: row.days, kind="days"),
    Column(key="decision", label="Decision", value=lambda row: row.decision or None),
)

_NOTHING_SAID: Mapping[str, Any] = {
    "decided": 0,
    "dropped": 0,
    "rest": None,
    "share": None,
    "more_than_half": None,
    "months": None,
    "by_effort": None,
    "enough": False,
}


def _estimate_record(of: Estimate, months: float | None) -> Mapping[str, Any]:
    left = left_over(of, months)
    return {
        "decided": of.decided,
        "dropped": of.dropped,
        "rest": of.rest._asdict(),
        "share": {key: round(value, 4) for key, value in of.share._asdict().items()},
        "more_than_half": round(of.more_than_half, 4),
        "months": left and left._asdict(),
        "by_effort": of.by_effort,
        "enough": of.by_effort is not None and of.by_effort.is_enough,
    }


def _estimate_facts(of: Estimate, months: float | None) -> tuple[tuple[str, str], ...]:
    low, middle, high = (percent(share) for share in of.share)
    left, by_effort = left_over(of, months), of.by_effort
    facts = [
        ("decided", f"{of.decided}, {of.dropped} of them dropped"),
        (
            "dead",
            f"about {middle} of the list ({low} to {high}); that it is more than half: {percent(of.more_than_half)}",
        ),
    ]
    if left is not None:
        facts.append(("left", f"{month_count(left.middle)} ({number(left.low)} to {number(left.high)})"))
    if by_effort is not None:
        error = "" if not by_effort.se else f", give or take {percent(by_effort.se)}"
        enough = "" if by_effort.is_enough else ": too few, sample more"
        facts.append(("by effort", f"{percent(by_effort.share)}{error}{enough}"))
    return tuple(facts)
