"""`mbl guidepoint` shows it; `agree` and `close` say who stands behind it, and that it is over."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.open import place, read, today
from mbl.cli.options import Names, Reading, Writing, day, listed, with_groups
from mbl.cli.outcomes import answered
from mbl.cli.output import report_saved, show, tell
from mbl.cli.question import may_ask
from mbl.core.guidepoints import edits
from mbl.core.guidepoints.report import current_name, guidepoint_report, meant
from mbl.core.rules.around import guidepoints as guidepoint_rule
from mbl.core.rules.guidepoints import guidepoint_lint
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session import Saved

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME",
        autocompletion=complete.names("guidepoints"),
        help="Its name (the current one, else the next).",
    ),
]


@with_groups
def guidepoint(
    ctx: typer.Context,
    *,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="NAME",
            autocompletion=complete.names("guidepoints"),
            help="Another Guidepoint than the current one.",
        ),
    ] = None,
    reading: Reading,
) -> None:
    """Show what success looks like, how far each outcome has come, and what the promised work serves."""
    backlog, now, whole = read(ctx)
    report = guidepoint_report(backlog, now, name)
    show(ctx, replace(report, answer=whole), form=reading.format, today=now, whole=True)


@with_groups
def agree(
    ctx: typer.Context,
    name: Name = None,
    *,
    by: Annotated[
        Names,
        typer.Option("--by", metavar="WHO", autocompletion=complete.field("requester"), help="Who agrees."),
    ] = None,
    writing: Writing,
) -> None:
    """Note who agrees, today: from then on it is meant to hold."""
    at = place(ctx)
    backlog = session.opened(at, tell=lambda text: tell(ctx, text)).backlog
    meant_name = meant(backlog, today(ctx, backlog), name)
    who = listed(by)
    if not who and may_ask(ctx, form=writing.format, no_ask=False):
        who = answered(f"Who agrees to {meant_name}? (cmo, vp-sales)", lambda text: listed([text]))

    def agreed(backlog: Backlog) -> Backlog:
        return edits.agreed(backlog, meant_name, today=today(ctx, backlog), by=who)

    saved = session.changed(
        at, agreed, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    report_guidepoint(ctx, saved, meant_name, writing)


@with_groups
def close(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", autocompletion=complete.names("guidepoints"), help="Its name (the current one)."
        ),
    ] = None,
    *,
    on: Annotated[
        date | None, typer.Option("--date", metavar="DATE", parser=day, help="The day it ended (today).")
    ] = None,
    writing: Writing,
) -> None:
    """End a Guidepoint: it is judged by what was read until then, and makes room for the next."""
    at = place(ctx)

    def closed(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        ends = name or current_name(backlog, now)
        if ends is None:
            raise MblError(
                "No Guidepoint holds today.", hint="Name the one to close: mbl guidepoint close NAME"
            )
        return edits.closed(backlog, ends, on=on or now, today=now)

    saved = session.changed(
        at, closed, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    report_saved(ctx, saved, form=writing.format, today=today(ctx, saved.after), dry_run=writing.dry_run)
    if saved.paths:
        tell(ctx, "The next one: mbl guidepoint new")


def report_guidepoint(ctx: typer.Context, saved: Saved, name: str, writing: Writing) -> None:
    """Say what was changed, and what a good Guidepoint would have besides."""
    now = today(ctx, saved.after)
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run)
    path = edits.path_of(saved.after, name)
    found = (*guidepoint_rule(saved.after, now), *guidepoint_lint(saved.after, now))
    for each in found if saved.changes else ():
        if each.path == path:
            tell(ctx, f"Mind: {each.message}. {each.fix}")
