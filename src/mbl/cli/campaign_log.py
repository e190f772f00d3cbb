"""`mbl campaign log`: readings from words, from standard input, from a CSV file, or by answers in a terminal."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.open import place, today
from mbl.cli.options import Writing, day, with_groups
from mbl.cli.outcomes import answered
from mbl.cli.output import report_saved, tell
from mbl.cli.question import may_ask
from mbl.core.campaigns import readings as verbs
from mbl.core.campaigns.counts import Rows, count, counts_typed, rows_typed
from mbl.core.campaigns.criteria import counters
from mbl.core.campaigns.refs import campaign_meant, campaign_path
from mbl.core.campaigns.state import state
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign

Ref = Annotated[
    str,
    typer.Argument(metavar="REF", autocompletion=complete.campaigns, help="An id, or words of a title."),
]
_MOST_LINES = 20
_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Of which day it is, where more of it stands, and whether it corrects what was read."""

    on: Annotated[
        date | None, typer.Option("--date", metavar="DATE", parser=day, help="The day it was read (today).")
    ] = None
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A CSV file: a column of dates, and one for each counter."),
    ] = None
    correct: Annotated[
        bool, typer.Option("--correct", help="Replace what was read that day; the file keeps what it was.")
    ] = False
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, with --correct.")] = None


@with_groups
def log(
    ctx: typer.Context,
    ref: Ref,
    counts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="COUNTER=N...",
            autocompletion=complete.counters,
            help="What each counter stands at since the start (-: read lines or CSV from standard input).",
        ),
    ] = None,
    *,
    when: When,
    writing: Writing,
) -> None:
    """Write down what the counters of a campaign stand at, counted from its start."""
    at = place(ctx)
    backlog = session.opened(at, tell=lambda text: tell(ctx, text)).backlog
    campaign, now = campaign_meant(backlog, ref), today(ctx, backlog)
    if when.reason and not when.correct:
        raise MblError("--reason belongs to --correct.", exit_code=2)
    asks = may_ask(ctx, form=writing.format, no_ask=False)
    rows = _rows(counts or [], when.csv, campaign, on=when.on or now, asks=asks)
    by = session.who(at) if when.correct else None

    def logged(backlog: Backlog) -> Backlog:
        path = campaign_path(backlog, campaign.id)
        how: Any = {"today": now, "correct": when.correct, "by": by, "reason": when.reason}
        return verbs.logged(backlog, path, rows, **how)

    saved = session.changed(
        at, logged, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    after = campaign_meant(saved.after, campaign.id)
    words = _words(campaign, after) if saved.paths else ""
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, words=words)
    if saved.changes:
        _tell_meaning(ctx, after, rows, now)


def _rows(counts: Sequence[str], csv: Path | None, campaign: Campaign, *, on: date, asks: bool) -> Rows:
    """What was given, one way or the other. Raises MblError."""
    if csv is not None and counts:
        raise MblError("--csv and counts exclude each other.", hint="Log the file first.", exit_code=2)
    if csv is not None:
        return _from_csv(str(csv), _content(csv), campaign)
    if "-" in counts:
        if len(counts) > 1:
            raise MblError("- reads everything from standard input: no counts beside it.", exit_code=2)
        return _from_text(sys.stdin.read(), campaign, on=on)
    if not counts and asks:
        return {on: _answers(campaign, on)}
    if not counts:
        example = " ".join(f"{name}=…" for name in counters(campaign)) or "invites=60"
        raise MblError(
            "What do the counters stand at?",
            hint=f"For example: mbl campaign log {campaign.id} {example}",
            exit_code=2,
        )
    return {on: counts_typed(counts)}


def _from_text(text: str, campaign: Campaign, *, on: date) -> Rows:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if "=" in first or not first:
        return rows_typed(text, on=on)
    return _from_csv("standard input", text.encode("utf-8", "surrogateescape"), campaign)


def _from_csv(name: str, content: bytes, campaign: Campaign) -> Rows:
    from mbl.importers.readings import readings

    return readings(name, content, counters=counters(campaign))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise MblError(f"{file} is larger than 5 MB.", hint="A campaign has a reading a day at most.")
        return file.read_bytes()
    except OSError as error:
        raise MblError(f"{file}: {error.strerror or error}.", hint="Check the name of the file.") from None


def _answers(campaign: Campaign, on: date) -> dict[str, int | None]:
    """What somebody types for each counter; Enter leaves one out."""
    said: dict[str, int | None] = {}
    for name in counters(campaign):
        last = next((each for each in reversed(campaign.readings) if name in each), None)
        before = f" It was {last[name]:,} on {last['date']}." if last else ""
        if (
            value := answered(f"{name} on {on}, counted from the start?{before} (Enter: not read)", _count)
        ) is not None:
            said[name] = value
    return said


def _count(text: str) -> int | None:
    try:
        return count(text)
    except MblError as error:
        raise MblError(f"{error.message}.", hint=error.hint) from None


def _words(before: Campaign, after: Campaign) -> str:
    """The readings that are new or other than before, a line each."""
    fresh = [each for each in after.readings if each not in before.readings]
    lines = [f"{each['date']}: {verbs.reading_words(each)}" for each in fresh[-_MOST_LINES:]]
    if len(fresh) > _MOST_LINES:
        lines.insert(0, f"… and {len(fresh) - _MOST_LINES} earlier days")
    gone = [str(each["date"]) for each in before.readings if each.get("date") not in _days(after)]
    lines.extend(f"{day}: taken out" for day in gone)
    return "\n".join([f"Logged in “{after.title}” ({after.id}):", *(f"  {line}" for line in lines)])


def _days(campaign: Campaign) -> frozenset[object]:
    return frozenset(each.get("date") for each in campaign.readings)


def _tell_meaning(ctx: typer.Context, after: Campaign, rows: Rows, now: date) -> None:
    """What it means for the campaign, and which of it comes too late to mean anything."""
    closes = verbs.closing_day(after)
    if late := [day for day in sorted(rows) if day > closes]:
        tell(
            ctx, f"Mind: {late[0]} lies after {closes}, the last day that counts: it is kept, but not judged."
        )
    said = state(after, now)
    tell(ctx, said.advice)
    if said.phase == "due":
        tell(ctx, f"It asks for a decision: mbl campaign decide {after.id} scale|repeat|stop")
