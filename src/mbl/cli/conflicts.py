"""`mbl conflicts`: who hears from us too often, which offers contradict each other, what was asked for twice."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from mbl.cli.open import read
from mbl.cli.options import Reading, day, with_groups
from mbl.cli.output import progress, show
from mbl.core.conflicts.all_kinds import KINDS, span_of
from mbl.core.conflicts.all_kinds import conflicts as found
from mbl.core.conflicts.report import conflicts_report
from mbl.errors import MblError


@with_groups
def conflicts(
    ctx: typer.Context,
    *,
    touches: Annotated[
        bool, typer.Option("--touches", help="Who hears from us too often within a few days.")
    ] = False,
    offers: Annotated[bool, typer.Option("--offers", help="Offers that contradict each other.")] = False,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="The same work, asked for twice, and what could be reused.")
    ] = False,
    since: Annotated[
        date | None, typer.Option("--from", metavar="DATE", parser=day, help="The first day (today).")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--to", metavar="DATE", parser=day, help="The last day (90 days later).")
    ] = None,
    ask: Annotated[
        bool,
        typer.Option("--ask", help="Ask of every likely duplicate whether it is one; with --duplicates."),
    ] = False,
    commit: Annotated[bool, typer.Option("--commit", help="Commit each answer at once, with --ask.")] = False,
    reading: Reading,
) -> None:
    """Show where pieces of work get in each other's way: audiences, offers, the same work twice."""
    kinds = [kind for kind, wanted in zip(KINDS, (touches, offers, duplicates), strict=True) if wanted]
    if commit and not ask:
        raise MblError("--commit belongs to --ask: looking changes nothing.", exit_code=2)
    if ask:
        _ask(ctx, kinds, form=reading.format, commit=commit)
        return
    backlog, now, whole = read(ctx)
    span = span_of(now, since=since, until=until)
    report = conflicts_report(found(backlog, span, kinds=kinds, advance=progress(ctx, "Comparing")))
    show(ctx, replace(report, answer=whole), form=reading.format, today=now, whole=True)


def _ask(ctx: typer.Context, kinds: list[str], *, form: str, commit: bool) -> None:
    """Refuses what cannot be asked, before anything is read. Raises MblError (exit code 2)."""
    from mbl.cli import ask
    from mbl.cli.twins import walk

    if kinds not in ([], ["duplicates"]) or form != "table":
        raise MblError(
            "--ask goes with --duplicates, and answers in words.",
            hint="mbl conflicts --duplicates --ask",
            exit_code=2,
        )
    if not ask.somebody_there():
        raise MblError(
            "Nobody can be asked here.",
            hint="In a script: mbl edit REF --duplicate-of ID, or --not-duplicate-of ID.",
            exit_code=2,
        )
    walk(ctx, commit=commit)
