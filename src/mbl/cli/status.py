"""`mbl start`, `done`, `decline` and `reopen`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.open import place, today
from mbl.cli.options import Writing, day, with_groups
from mbl.cli.output import report_saved, tell
from mbl.cli.replies import Language, answering, report_answered
from mbl.core import edit
from mbl.core.select import resolved
from mbl.core.teams.serving import declined_for_audience
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended

Refs = Annotated[
    list[str],
    typer.Argument(
        metavar="REF...", autocompletion=complete.refs, help="Positions, ids, or words of a title."
    ),
]
EndedRefs = Annotated[
    list[str],
    typer.Argument(metavar="REF...", autocompletion=complete.ended_refs, help="Ids, or words of a title."),
]
On = Annotated[
    date | None, typer.Option("--date", metavar="DATE", parser=day, help="The day it happened (today).")
]
Verb = Callable[[Backlog, Sequence[str], date, date], Backlog]


@with_groups
def start(ctx: typer.Context, refs: Refs, *, on: On = None, writing: Writing) -> None:
    """Begin to work on it."""
    _step(ctx, refs, on, writing, lambda backlog, ids, on, now: edit.started(backlog, ids, on=on, today=now))


@with_groups
def done(ctx: typer.Context, refs: Refs, *, on: On = None, writing: Writing) -> None:
    """It is delivered."""
    _step(ctx, refs, on, writing, lambda backlog, ids, on, now: edit.finished(backlog, ids, on=on, today=now))


@with_groups
def reopen(ctx: typer.Context, refs: EndedRefs, *, writing: Writing) -> None:
    """Open again what was done, declined or dropped."""
    _step(ctx, refs, None, writing, lambda backlog, ids, on, now: edit.reopened(backlog, ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """Why not, until when, and who says so."""

    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why, in a sentence the requester may read.")
    ] = None
    not_ours: Annotated[
        bool,
        typer.Option("--not-ours", help="It is not for our audience: the reply says for whom we work."),
    ] = False
    revisit: Annotated[
        date | None, typer.Option(metavar="DATE", parser=day, help="When to look at it again.")
    ] = None
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who decided (the name git signs with).")] = (
        None
    )


@with_groups
def decline(
    ctx: typer.Context, refs: Refs, *, no: No, lang: Language = None, on: On = None, writing: Writing
) -> None:
    """Say no, kindly: end the request, and print the reply to send (again, if it was declined before)."""
    if no.not_ours and no.reason:
        raise MblError("--not-ours is a reason already: leave --reason out.", exit_code=2)
    at = place(ctx)
    decider = no.by or session.who(at)
    refused: list[str] = []

    def say_no(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        refused.extend(resolved(backlog, refs))
        ended = Ended(date=on or now, by=decider, reason=no.reason, revisit=no.revisit)
        declined = declined_for_audience if no.not_ours else edit.declined
        return declined(backlog, refused, today=now, ended=ended)

    saved = session.changed(
        at, answering(ctx, say_no, lang), dry_run=writing.dry_run, commit=writing.commit,
        tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    report_answered(
        ctx, saved, form=writing.format, today=today(ctx, saved.after), dry_run=writing.dry_run, lang=lang,
        ids=refused,
    )  # fmt: skip


def _step(ctx: typer.Context, refs: Sequence[str], on: date | None, writing: Writing, verb: Verb) -> None:
    def step(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        return verb(backlog, resolved(backlog, refs), on or now, now)

    saved = session.changed(
        place(ctx), step, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    report_saved(ctx, saved, form=writing.format, today=today(ctx, saved.after), dry_run=writing.dry_run)
