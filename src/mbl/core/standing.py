"""Where things stand, on one screen: months of work, what is new, what is due, what comes back; and the next step."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from mbl.core.campaigns.due import decisions_due, due_facts, due_record
from mbl.core.campaigns.judged import State
from mbl.core.capacity.figures import figures, range_of
from mbl.core.capacity.words import headline
from mbl.core.ranking import Ranked, with_ended
from mbl.core.report import Block, Facts, Report, Words
from mbl.model.backlog import Backlog

_NEW = timedelta(days=14)
_SOON = timedelta(days=14)
_MOST = 5


def standing(backlog: Backlog, today: date, *, workshop: date | None = None) -> Report:
    """The answer of bare `mbl`; `workshop` is the day on which one began that has not ended."""
    rows = with_ended(backlog)
    of = figures(backlog, today)
    new = [
        row
        for row in rows
        if row.item.status == "request" and _within(row.item.requested, today - _NEW, today)
    ]
    due = sorted(
        (row for row in rows if row.item.is_committed and row.item.due and row.item.due <= today + _SOON),
        key=lambda row: row.item.due or today,
    )
    back = [
        row for row in rows if row.item.ended and row.item.ended.revisit and row.item.ended.revisit <= today
    ]
    decisions = decisions_due(backlog, today)
    blocks: list[Block] = [Words(text=backlog.settings.name, tone="headline")]
    if backlog.items:
        blocks += [Words(text=headline(of, range_of(of))), Words(text=_counts(rows, today))]
    blocks += [
        *_unfinished(workshop),
        *due_facts(decisions),
        *_section("New requests", new, lambda row: row.item.requester or ""),
        *_section("Due soon, or overdue", due, lambda row: _due(row, today)),
        *_section(
            "Time to look again", back, lambda row: f"{row.item.status}, look again since {_revisit(row)}"
        ),
        Words(text=_next(backlog, rows, today, new=new, back=back, decisions=decisions), tone="hint"),
    ]
    payload = {
        "months": of.months,
        "new": [row.item.id for row in new],
        "due": [row.item.id for row in due],
        "revisit": [row.item.id for row in back],
        "decisions": [due_record(each) for each in decisions],
        "workshop": workshop,
    }
    return Report(kind="standing", payload=lambda: payload, blocks=tuple(blocks))


def _unfinished(workshop: date | None) -> tuple[Words, ...]:
    said = f"The workshop of {workshop} is not finished: mbl workshop goes on with it."
    return (Words(text=said),) if workshop else ()


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _counts(rows: Sequence[Ranked], today: date) -> str:
    counts = Counter(row.item.status for row in rows)
    month = today - timedelta(days=30)
    done = sum(
        row.item.status == "done" and row.item.ended is not None and row.item.ended.date >= month
        for row in rows
    )
    return (
        f"{counts['doing']} in progress, {counts['committed']} promised, {counts['request']} asked for; "
        f"{done} done in the last 30 days."
    )


def _section(title: str, rows: Sequence[Ranked], text: object) -> tuple[Facts, ...]:
    if not rows or not callable(text):
        return ()
    facts = [
        (_name(row), f"{row.item.title}" + (f" ({said})" if (said := text(row)) else ""))
        for row in rows[:_MOST]
    ]
    if len(rows) > _MOST:
        facts.append(("…", f"and {len(rows) - _MOST} more"))
    return (Facts(title=title, facts=tuple(facts)),)


def _name(row: Ranked) -> str:
    return f"#{row.position}" if row.position else row.item.id


def _due(row: Ranked, today: date) -> str:
    due = row.item.due or today
    days = (due - today).days
    if days < 0:
        return f"overdue since {due}"
    return "due today" if days == 0 else f"due {due}"


def _revisit(row: Ranked) -> str:
    return str(row.item.ended and row.item.ended.revisit)


def _next(
    backlog: Backlog,
    rows: Sequence[Ranked],
    today: date,
    *,
    new: Sequence[Ranked],
    back: Sequence[Ranked],
    decisions: Sequence[State],
) -> str:
    if decisions:
        return f"Next: mbl campaign show {decisions[0].campaign.id}, then mbl campaign decide {decisions[0].campaign.id}"
    if not rows:
        return 'Next: mbl add "What somebody asked for" --requester WHO, or mbl import csv FILE…'
    if backlog.settings.capacity is None and not backlog.teams:
        return "Next: write `capacity: 30` (person-days a month) into mbl.yaml, so that months can be told."
    if back:
        return f"Next: mbl reopen {back[0].item.id}, or mbl show {back[0].item.id} to look again."
    if new:
        return f"Next: mbl show {new[0].position}, then mbl accept or mbl decline it."
    if any(row.item.is_committed and row.item.due and row.item.due < today for row in rows):
        return "Next: mbl review asks whether what is overdue is still wanted."
    return "Next: mbl list"
