"""`mbl log`."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from mbl.cli import complete
from mbl.cli.open import place, today
from mbl.cli.options import Reading, at_least, day, with_groups
from mbl.cli.output import left_out, progress, show, tell
from mbl.core.campaigns.refs import campaign_path
from mbl.core.changes.story import story
from mbl.core.select import resolved
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session import opened
from mbl.session.story import chapters

_USUAL = 20
Limit = Annotated[
    int | None,
    typer.Option(
        metavar="N", callback=at_least(0), help=f"At most N commits (0: all); {_USUAL} for the whole backlog.",
    ),
]  # fmt: skip


@with_groups
def log(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="REF",
            autocompletion=complete.refs,
            help="The story of one request or campaign; without it: of all.",
        ),
    ] = None,
    *,
    since: Annotated[
        date | None, typer.Option(metavar="DATE", parser=day, help="Only what happened since.")
    ] = None,
    limit: Limit = None,
    reading: Reading,
) -> None:
    """Tell the story of a request, or of the whole backlog: who did what, when and why."""
    at = place(ctx)
    backlog = opened(at, progress(ctx, "Reading"), tell=lambda text: tell(ctx, text)).backlog
    now = today(ctx, backlog)
    id_, title = _meant(backlog, ref) if ref else (None, "")
    most = limit if limit is not None else 0 if ref or since else _USUAL
    told, left = chapters(
        at, backlog, today=now, id_=id_, since=since, limit=most,
        tell=lambda text: tell(ctx, text), advance=progress(ctx, "Reading the past", least=200),
    )  # fmt: skip
    report = replace(story(told, title=title, left=left), answer=not left_out(backlog))
    show(ctx, report, form=reading.format, today=now, whole=True)


def _meant(backlog: Backlog, ref: str) -> tuple[str, str]:
    """The id and title of the request, else of the campaign. Raises MblError."""
    try:
        item = backlog.item(resolved(backlog, [ref])[0])
    except MblError:
        try:
            campaign = backlog.campaigns[campaign_path(backlog, ref)]
        except MblError:
            campaign = None
        if campaign is None:
            raise
        return campaign.id, campaign.title
    return item.id, item.title
