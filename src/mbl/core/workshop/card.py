"""What the room sees in a workshop: the Guidepoint on top, the buckets against the quarter, and one request.

Refuses nothing; what is not known is not shown.
"""

from collections.abc import Iterator
from datetime import date

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.capacity.words import days
from mbl.core.guidepoints.alignment import current_guidepoint, open_outcomes
from mbl.core.ranking import ranked
from mbl.core.report import Block, Facts, Words
from mbl.core.workshop.moscow import totals, totals_blocks
from mbl.model.backlog import Backlog
from mbl.model.item import Item

_LONGEST = 240
"""Characters of a description: who wants all of it looks into the file."""
BUCKET_NAMES = {"must": "Must", "should": "Should", "could": "Could", "wont": "Won't this time"}


def guidepoint_blocks(backlog: Backlog, today: date) -> tuple[Block, ...]:
    """What success looks like now: the statement, and each open outcome with its sentence."""
    guidepoint = current_guidepoint(backlog, today)
    if guidepoint is None:
        return (
            Words(text="No Guidepoint holds today: there is nothing to hold requests against.", tone="hint"),
        )
    outcomes = open_outcomes(backlog, today).values()
    facts = tuple((outcome.id, _line(outcome.text)) for outcome in outcomes)
    return (
        Words(text=_line(guidepoint.statement), tone="headline"),
        *((Facts(facts=facts),) if facts else ()),
    )


def guidepoint_line(backlog: Backlog, today: date) -> tuple[Block, ...]:
    """The same for a small screen: the names of the outcomes."""
    names = ", ".join(open_outcomes(backlog, today)) or "none"
    return (Words(text=f"Open outcomes: {names}", tone="headline"),)


def card(backlog: Backlog, today: date, *, id_: str, turn: tuple[int, int]) -> tuple[Block, ...]:
    """The buckets as they are, then the request that is up; `turn` is how many are done, of how many."""
    item = backlog.item(id_)
    done, of = turn
    place = next(row.position for row in ranked(backlog) if row.item.id == id_)
    classes = reference_classes(backlog.items.values(), backlog.settings)
    sized = effort_of(item, classes)
    effort = "unknown" if sized.days is None else days(sized.days) + (" (a guess)" if sized.guessed else "")
    return (
        *totals_blocks(totals(backlog, today)),
        Words(text=f"{done + 1} of {of}", tone="hint"),
        Words(text=f"#{place}  {_line(item.title)}", tone="headline"),
        Facts(facts=tuple(_facts(item, effort))),
    )


def _facts(item: Item, effort: str) -> Iterator[tuple[str, str]]:
    yield "Asked by", (item.requester or "nobody knows") + (f", {item.requested}" if item.requested else "")
    yield "Status", _status(item)
    yield "Effort", effort
    yield "Outcome", ", ".join(item.weights) or "none: press o to ask"
    if item.how:
        yield "Why it helps", _line(item.how)
    if item.asked:
        knows = f" ({item.asked.knows} knows the number)" if item.asked.knows else ""
        yield "They said", item.asked.answer + knows
    if item.due:
        yield "Due", f"{item.due}"
    if item.moscow:
        yield "Bucket", BUCKET_NAMES[item.moscow]
    if item.description:
        text = _line(item.description)
        yield "More", text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _status(item: Item) -> str:
    if item.status == "request":
        return "asked for, not promised"
    since = item.started if item.status == "doing" else item.accepted
    said = "begun" if item.status == "doing" else "promised"
    return f"{said} on {since}" if since else said


def _line(text: str) -> str:
    return " ".join(text.split())
