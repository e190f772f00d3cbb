"""`mbl commit`."""

from dataclasses import replace
from typing import Annotated

import typer

from mbl import session
from mbl.cli.open import place, today
from mbl.cli.options import Writing, with_groups
from mbl.cli.output import report_saved, tell
from mbl.core.diff import message as described


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
    change = session.uncommitted(at)
    text = message or described(change.changes)
    if change.paths and not writing.dry_run:
        if session.is_detached(at):
            tell(
                ctx,
                "You are on no branch (a detached HEAD): make one with `git switch -c NAME` to keep this commit.",
            )
        change = replace(change, commit=session.commit_paths(at, change.paths, text))
    if not change.paths and writing.format == "table":
        tell(ctx, "Nothing to commit.")
        return
    report_saved(ctx, change, form=writing.format, today=today(ctx, change.after), dry_run=writing.dry_run)
    if writing.format == "table" and not change.changes:
        typer.echo("\n".join(change.paths))
