"""`mbl review`: what may no longer be relevant, how many months the decisions relieve, and how much is dead at a guess.

Refuses nothing. With a sample, its promises are shown instead of the queue.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mbl.core.report import Block, Column, Facts, Report, Table, Words
from mbl.core.review.reasons import words
from mbl.core.review.relevance import Asked, chosen, queue
from mbl.core.review.sample_report import sample_blocks, sample_record, sampled
from mbl.core.review.turn import months, turn, turn_record, turn_words
from mbl.core.select import Query
from mbl.model.backlog import Backlog
from mbl.model.item import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the review shows: decisions since this day (today), a sample of this size (0: none), so many rows (None: all).

    Of the queue only what fits the filters and carries one of the reasons in `why` (none: any).
    """

    since: date | None = None
    sample: int = 0
    limit: int | None = None
    query: Query = field(default_factory=Query)
    why: tuple[str, ...] = ()


def review_report(
    backlog: Backlog, today: date, *, gone: Collection[str] = frozenset(), wish: Wish | None = None
) -> Report:
    """The queue, the months before and after, the sample if wanted, and what comes back today. `gone`: requesters who left."""
    wish = wish or Wish()
    asked = queue(backlog, today, gone=gone)
    since = wish.since or today
    turned = turn(backlog, today, since, asked)
    shown = chosen(backlog, asked, query=wish.query, why=wish.why)
    sample = sampled(backlog, today, since, size=wish.sample) if wish.sample else None
    before = months(turned.before).exact
    back = coming_back(backlog, today)
    payload = {
        "queue": [_record(row) for row in shown],
        **turn_record(turned),
        "since": since,
        "sample": sample and sample_record(sample, before),
        "revisit": [item.id for item in back],
    }
    body = sample_blocks(sample, before) if sample else _queue_blocks(shown, len(asked), wish.limit)
    blocks = (*turn_blocks(turn_words(turned)), *body, *_back_blocks(back))
    return Report(kind="review", payload=lambda: payload, blocks=blocks)


def turn_blocks(sentences: tuple[str, ...]) -> tuple[Words, ...]:
    """Months before and after: the first sentence says it."""
    first, *rest = sentences
    return (Words(text=first, tone="headline"), *(Words(text=text) for text in rest))


def coming_back(backlog: Backlog, today: date) -> tuple[Item, ...]:
    """What was declined until a day that has come, the longest waiting first."""
    waiting = [
        (item.ended.revisit, item.id, item)
        for item in backlog.items.values()
        if not item.is_open and item.ended is not None and item.ended.revisit and item.ended.revisit <= today
    ]
    return tuple(item for _, _, item in sorted(waiting, key=lambda row: row[:2]))


def _queue_blocks(asked: tuple[Asked, ...], whole: int, limit: int | None) -> tuple[Block, ...]:
    rows = asked[:limit] if limit else asked
    more = (
        (Words(text=f"… and {len(asked) - len(rows)} more", tone="hint"),) if len(rows) < len(asked) else ()
    )
    title = "Still relevant?" if len(asked) == whole else f"Still relevant? ({len(asked)} of {whole})"
    return (Table(columns=_COLUMNS, rows=rows, what="items to ask about", title=title if rows else ""), *more)


_COLUMNS = (
    Column(key="position", label="#", value=lambda row: row.position, kind="position"),
    Column(key="id", label="Id", value=lambda row: row.item.id),
    Column(key="title", label="Title", value=lambda row: row.item.title, least=20),
    Column(key="requester", label="Asked by", value=lambda row: row.item.requester, least=8),
    Column(key="effort_days", label="Effort", value=lambda row: row.days, kind="days"),
    Column(key="relief", label="Relief", value=lambda row: row.relief, kind="days"),
    Column(
        key="reasons",
        label="Why ask",
        value=lambda row: [words(code) for code in row.reasons],
        kind="names",
        least=16,
    ),
)


def _record(row: Asked) -> Mapping[str, Any]:
    return {
        "id": row.item.id,
        "reasons": list(row.reasons),
        "effort_days": _rounded(row.days),
        "relief": _rounded(row.relief),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _back_blocks(back: tuple[Item, ...]) -> tuple[Block, ...]:
    if not back:
        return ()
    facts = tuple(
        (item.id, f"{item.title} ({item.status}, look again since {item.ended.revisit})")
        for item in back
        if item.ended
    )
    return (Facts(title="Time to look again", facts=facts),)
