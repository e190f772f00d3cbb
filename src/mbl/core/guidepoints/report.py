"""`mbl guidepoint`: what success looks like, how far each outcome has come, and how much promised work serves it.

Refuses a name that no Guidepoint has. What cannot be said (no reading, no effort) is null, never 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import fsum
from typing import Any

from mbl.core.capacity.words import days, percent
from mbl.core.guidepoints.alignment import current_guidepoint
from mbl.core.guidepoints.alignment_score import Score
from mbl.core.guidepoints.edits import names, path_of
from mbl.core.guidepoints.progress import GuidepointProgress, OutcomeProgress, guidepoint_progress, scores
from mbl.core.measures.series import value_of, value_words
from mbl.core.report import Bar, Bars, Block, Column, Facts, Report, Table, Words
from mbl.core.rules.finding import Finding
from mbl.core.rules.guidepoints import guidepoint_lint
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint


def guidepoint_report(backlog: Backlog, today: date, name: str | None = None) -> Report:
    """This Guidepoint, the current one unless named. Raises MblError for a name that does not exist."""
    name = current_name(backlog, today) if name is None else name
    if name is None:
        return _without(backlog, today)
    path = path_of(backlog, name)
    of = guidepoint_progress(backlog, today, backlog.guidepoints[path])
    lint = tuple(finding for finding in guidepoint_lint(backlog, today) if finding.path == path)
    payload = {
        "guidepoint": {"name": name, "path": path, **_whole(of)},
        **_shares(of.whole),
        "gap": _rounded(of.gap),
        "above_cut_line": of.above and _shares(of.above),
        "warnings": [finding.message for finding in lint],
    }
    return Report(kind="guidepoint", payload=lambda: payload, blocks=_blocks(of, name, lint))


def current_name(backlog: Backlog, today: date) -> str | None:
    """The name of the Guidepoint that holds today; None if none does."""
    current = current_guidepoint(backlog, today)
    return next((name for name, path in names(backlog).items() if backlog.guidepoints[path] is current), None)


def meant(backlog: Backlog, today: date, name: str | None = None) -> str:
    """The name of the Guidepoint that is meant: this one, else the current, else the next. Raises MblError."""
    if name is not None:
        path_of(backlog, name)
        return name
    if found := current_name(backlog, today) or next(iter(_coming(backlog, today)), None):
        return found
    known = ", ".join(sorted(names(backlog)))
    hint = f"Name one: {known}." if known else "To write one: mbl guidepoint new"
    raise MblError("No Guidepoint holds today.", hint=hint)


def _coming(backlog: Backlog, today: date) -> list[str]:
    """The names of those that begin later, the next one first."""
    held = ((name, backlog.guidepoints[path]) for name, path in names(backlog).items())
    later = [(each.from_, name) for name, each in held if each.from_ > today and not each.closed]
    return [name for _, name in sorted(later)]


def _without(backlog: Backlog, today: date) -> Report:
    whole, above = scores(backlog, today, None)
    payload = {
        "guidepoint": None,
        **_shares(whole),
        "gap": None,
        "above_cut_line": above and _shares(above),
        "warnings": [],
    }
    hint = "Next: mbl guidepoint new, together with everybody who asks for marketing work."
    for name in _coming(backlog, today)[:1]:
        first = backlog.guidepoints[path_of(backlog, name)].from_
        hint = f"The next one, {name}, begins on {first}: mbl guidepoint --name {name}"
    blocks = (
        Words(text="No Guidepoint holds today.", tone="headline"),
        *_effort(whole, above),
        Words(text=hint, tone="hint"),
    )
    return Report(kind="guidepoint", payload=lambda: payload, blocks=blocks)


def _whole(of: GuidepointProgress) -> Mapping[str, Any]:
    guidepoint = of.guidepoint
    return {
        "statement": guidepoint.statement,
        "from": guidepoint.from_,
        "to": guidepoint.to,
        "agreed": guidepoint.agreed,
        "closed": guidepoint.closed,
        "changes": guidepoint.changes,
        "elapsed": _rounded(of.elapsed),
        "outcomes": [_record(row) for row in of.outcomes],
    }


def _record(row: OutcomeProgress) -> Mapping[str, Any]:
    served, reading = row.served, row.reading
    return {
        **{key: getattr(row.outcome, key) for key in row.outcome.__slots__},  # type: ignore[attr-defined]
        "share": _rounded(served.share) if served else None,
        "days": _rounded(served.days) if served else None,
        "items": served.items if served else None,
        "claimed_days": _rounded(served.claimed_days) if served else None,
        "progress": _rounded(row.progress),
        "elapsed": _rounded(row.elapsed),
        "reading": reading and {"date": reading.date, "value": value_of(reading)},
    }


def _shares(of: Score) -> Mapping[str, Any]:
    return {
        "aligned": _rounded(of.aligned),
        "claimed": _rounded(of.claimed),
        "unaligned": _rounded(of.unaligned),
        "stale": _rounded(of.stale),
        "starved": list(of.starved),
        "days": _rounded(of.days),
        "unknown": of.unknown,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _blocks(of: GuidepointProgress, name: str, lint: Sequence[Finding]) -> tuple[Block, ...]:
    texts = [(row.outcome.id, row.outcome.text + _closed(row)) for row in of.outcomes]
    table = Table(columns=_COLUMNS, rows=of.outcomes, what="outcomes")
    return (
        Words(text=" ".join(of.guidepoint.statement.split()), tone="headline"),
        Words(text=_agreement(of.guidepoint, name, of.elapsed)),
        *((Facts(facts=tuple(texts)), table) if of.outcomes else (Words(text="It has no outcome yet."),)),
        *(() if of.is_over else _effort(of.whole, of.above)),
        *(Words(text=text) for text in (_verdicts(of) if of.is_over else _remarks(of))),
        *(
            Words(text=f"{finding.message[:1].upper()}{finding.message[1:]}. {finding.fix}", tone="hint")
            for finding in lint
        ),
    )


def _closed(row: OutcomeProgress) -> str:
    return f" (closed on {row.outcome.closed})" if row.served is None else ""


def _agreement(guidepoint: Guidepoint, name: str, elapsed: float) -> str:
    span = f"{name}: {guidepoint.from_} to {guidepoint.to}, {percent(elapsed)} of the time is over."
    if guidepoint.closed:
        span = f"{name}: {guidepoint.from_} to {guidepoint.to}, closed on {guidepoint.closed}."
    if guidepoint.agreed is None:
        return f"{span} Nobody agreed to it yet."
    by = f" by {', '.join(guidepoint.agreed.by)}" if guidepoint.agreed.by else ""
    changed = "".join(
        f" Changed on {each.date}: {each.reason.rstrip('.')}." for each in guidepoint.changes if each.reason
    )
    return f"{span} Agreed on {guidepoint.agreed.date}{by}.{changed}"


_COLUMNS = (
    Column(key="outcome", label="Outcome", value=lambda row: row.outcome.id, least=8),
    Column(key="baseline", label="From", value=lambda row: value_words(row.outcome.baseline, row.measure)),
    Column(
        key="now",
        label="Now",
        value=lambda row: value_words(row.reading and value_of(row.reading), row.measure),
    ),
    Column(key="target", label="To", value=lambda row: value_words(row.outcome.target, row.measure)),
    Column(key="trend", label="Trend", value=lambda row: row.trend),
    Column(key="progress", label="Way", value=lambda row: row.progress, kind="share"),
    Column(key="elapsed", label="Time", value=lambda row: row.elapsed, kind="share"),
    Column(key="share", label="Effort", value=lambda row: row.served and row.served.share, kind="share"),
    Column(key="days", label="Days", value=lambda row: row.served and row.served.days, kind="days"),
    Column(key="items", label="Items", value=lambda row: row.served and row.served.items, kind="number"),
)


def _effort(whole: Score, above: Score | None) -> Iterator[Block]:
    """Where the promised effort goes, as bars and a sentence."""
    if not whole.days:
        yield Words(text="No committed work with an effort: nothing to hold against the outcomes.")
        return
    claimed = fsum(own.claimed_days for own in whole.outcomes.values())
    rest = (
        ("claimed, no word on how", claimed, whole.claimed),
        ("a closed or unknown outcome", whole.days * (whole.stale or 0.0), whole.stale),
        ("no outcome", whole.days * (whole.unaligned or 0.0), whole.unaligned),
    )
    served = ((id_, own.days, own.share) for id_, own in whole.outcomes.items())
    bars = (
        Bar(label=label, value=effort, text=f"{percent(share or 0.0)}, {days(effort)}")
        for label, effort, share in (*served, *rest)
        if effort or label in whole.outcomes
    )
    yield Bars(title="Whom the committed effort serves", bars=tuple(bars))
    text = f"{percent(whole.aligned or 0.0)} of the committed effort is aligned"
    if above is not None and above.aligned is not None:
        text += f"; of what fits into the coming quarter, {percent(above.aligned)}"
    yield Words(text=f"{text}.")


def _verdicts(of: GuidepointProgress) -> Iterator[str]:
    missed = [
        f"{row.outcome.id} ({percent(row.progress or 0.0)} of the way)"
        for row in of.outcomes
        if row.is_behind
    ]
    if missed:
        yield f"Not reached: {', '.join(missed)}."


def _remarks(of: GuidepointProgress) -> Iterator[str]:
    if of.whole.starved:
        yield f"Nobody works on: {', '.join(of.whole.starved)}."
    behind = [
        f"{row.outcome.id} ({percent(row.progress or 0.0)} of the way, {percent(row.elapsed)} of the time)"
        for row in of.outcomes
        if row.is_behind
    ]
    if behind:
        yield f"Behind the calendar: {', '.join(behind)}."
    unread = [
        row.outcome.id for row in of.outcomes if row.served and row.outcome.measure and row.reading is None
    ]
    if unread:
        yield f"Not read yet: {', '.join(unread)}."
    if of.whole.unknown:
        yield f"Not counted, because nobody knows their effort: {of.whole.unknown} items."
