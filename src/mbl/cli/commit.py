"""`mbl commit`."""

from typing import Annotated

import typer

from mbl import session
from mbl.cli.open import place, today
from mbl.cli.options import Writing, with_groups
from mbl.cli.output import change_report, report_saved, say, show, tell
from mbl.core.changes.message import summary
from mbl.core.changes.report import Side, diff_report
from mbl.render import Canvas, drawn
from mbl.session import Saved


@with_groups
def commit(
    ctx: typer.Context,
    *,
    message: Annotated[
        str | None,
        typer.Option("-m", "--message", metavar="TEXT", help="The message, instead of mbl's own words."),
    ] = None,
    branch: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Commit on a new branch of this name, and print the text of its pull request.",
        ),
    ] = None,
    writing: Writing,
) -> None:
    """Commit the backlog's changed files, and nothing else, with a message in words."""
    at = place(ctx)
    change = session.uncommitted(at, tell=lambda text: tell(ctx, text))
    if not change.paths and writing.format == "table":
        tell(ctx, "Nothing to commit.")
        return
    if not writing.dry_run:
        change = session.committed(at, change, text=message, branch=branch, tell=lambda text: tell(ctx, text))
    if branch:
        _pull_request(ctx, change, branch=branch, message=message, writing=writing)
        return
    report_saved(ctx, change, form=writing.format, today=today(ctx, change.after), dry_run=writing.dry_run)


def _pull_request(
    ctx: typer.Context, change: Saved, *, branch: str, message: str | None, writing: Writing
) -> None:
    """Print the title and the body, ready to be pasted; nothing is pushed."""
    now = today(ctx, change.after)
    title = message.strip().partition("\n")[0] if message and message.strip() else summary(change.changes)
    report = diff_report(Side("the last commit", None, change.before), Side(branch, None, change.after), now)
    canvas = Canvas(today=now, width=80, height=24, tty=False, color=False, whole=True)
    body = drawn(report, canvas, form="md")
    if writing.format != "table":
        more = {"branch": branch, "pull_request": {"title": title, "body": body}}
        show(ctx, change_report(change, **more), form=writing.format, today=now)
        return
    say(f"{title}\n\n{body}", verbatim=True)
    if change.commit:
        tell(ctx, f"Committed as {change.commit[:10]} on the branch {branch}.")
        tell(
            ctx, f"To ask for a review: git push -u origin {branch}, then open a pull request with this text."
        )
