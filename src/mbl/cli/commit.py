"""`mbl commit`."""

from typing import Annotated

import typer

from mbl import session
from mbl.cli.open import place, today
from mbl.cli.options import Writing, with_groups
from mbl.cli.output import report_saved, tell


@with_groups
def commit(
    ctx: typer.Context,
    *,
    message: Annotated[
        str | None,
        typer.Option("-m", "--message", metavar="TEXT", help="The message, instead of mbl's own words."),
    ] = None,
    writing: Writing,
) -> None:
    """Commit the backlog's changed files, and nothing else, with a message in words."""
    at = place(ctx)
    change = session.uncommitted(at, tell=lambda text: tell(ctx, text))
    if not writing.dry_run:
        change = session.committed(at, change, text=message, tell=lambda text: tell(ctx, text))
    if not change.paths and writing.format == "table":
        tell(ctx, "Nothing to commit.")
        return
    report_saved(ctx, change, form=writing.format, today=today(ctx, change.after), dry_run=writing.dry_run)
