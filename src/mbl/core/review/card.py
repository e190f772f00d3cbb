"""One item of a review on one screen: what it is, who asked for it and when, what it takes, and why to ask.

Refuses nothing; what is not known is not shown.
"""

from collections.abc import Iterator
from datetime import date

from mbl.core.capacity.words import days
from mbl.core.replies.letters import sentence
from mbl.core.report import Block, Facts, Words
from mbl.core.review.reasons import words
from mbl.core.review.relevance import Asked
from mbl.model.item import Item

_LONGEST = 300
"""Characters of a description: who wants all of it looks into the file."""
_MONTH = 30.44
_LAST_IN_DAYS = 60


def card(row: Asked, today: date, *, title: str = "Still relevant?") -> tuple[Block, ...]:
    """The item as a question, below this title."""
    place = f"#{row.position} " if row.position else ""
    return (
        Words(text=title, tone="hint"),
        Words(text=f"{place}{' '.join(row.item.title.split())}", tone="headline"),
        Facts(facts=tuple(_facts(row, today))),
    )


def suggested(row: Asked) -> str:
    """The first reason to ask as a reason to say no: `Its due date has passed`; empty if there is none.

    That nobody confirmed it is the last one: it says more about us than about the request.
    """
    codes = sorted(row.reasons, key=lambda code: code == "unconfirmed")
    said = words(codes[0]) if codes else ""
    return said[:1].upper() + said[1:]


def _facts(row: Asked, today: date) -> Iterator[tuple[str, str]]:
    item = row.item
    yield "Asked by", item.requester or "nobody knows"
    if item.requested:
        yield "Asked on", f"{item.requested}, {_ago(item.requested, today)}"
    yield "Status", _status(item)
    yield "Effort", _effort(row)
    if item.due:
        yield "Due", f"{item.due}"
    if item.weights:
        yield "Outcome", ", ".join(item.weights)
    if item.how:
        yield "Why it helps", sentence(item.how)
    if item.asked:
        yield "They said", item.asked.answer
    if item.reviewed:
        by = f" by {item.reviewed.by}" if item.reviewed.by else ""
        yield "Last review", f"{item.reviewed.decision}{by}, {_ago(item.reviewed.date, today)}"
    if item.description:
        text = " ".join(item.description.split())
        yield "More", text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    yield "Why ask", "\n".join(map(words, row.reasons)) or "it was drawn by chance"


def _effort(row: Asked) -> str:
    if row.days is None:
        return "unknown"
    is_guess = not (row.item.estimate or row.item.parts or row.item.remaining)
    return days(row.days) + (" (a guess)" if is_guess else "")


def _status(item: Item) -> str:
    if item.status == "request":
        return "asked for, not promised"
    since = item.started if item.status == "doing" else item.accepted
    said = "begun" if item.status == "doing" else "promised"
    return f"{said} on {since}" if since else said


def _ago(day: date, today: date) -> str:
    past = (today - day).days
    if past < 1:
        return "today" if past == 0 else "still to come"
    if past == 1:
        return "yesterday"
    return f"{past} days ago" if past < _LAST_IN_DAYS else f"{past / _MONTH:.0f} months ago"
