"""`mbl list` and `mbl show`."""

from dataclasses import replace
from typing import Annotated

import typer

from mbl.cli import complete
from mbl.cli.open import read
from mbl.cli.options import Filters, Reading, Shown, with_groups
from mbl.cli.output import show as show_report
from mbl.cli.output import tell
from mbl.core.listing import item_report, listing
from mbl.core.select import resolved, unmatched


@with_groups
def list_(ctx: typer.Context, *, filters: Filters, shown: Shown, reading: Reading) -> None:
    """Show the ranked list, or the part of it that fits your filters."""
    show_list(ctx, filters, shown=shown, form=reading.format)


def show_list(ctx: typer.Context, filters: Filters, *, shown: Shown, form: str) -> None:
    """Print the list; a filter that no item fits gets a remark with the nearest one."""
    backlog, today, whole = read(ctx)
    query = filters.query()
    report = listing(backlog, today, query=query, view=shown.view())
    for sentence in unmatched(backlog, query):
        tell(ctx, sentence)
    show_report(ctx, replace(report, answer=whole), form=form, today=today, whole=shown.limit is not None)


@with_groups
def show(
    ctx: typer.Context,
    refs: Annotated[
        list[str],
        typer.Argument(
            metavar="REF...", autocompletion=complete.refs, help="A position, an id, or words of a title."
        ),
    ],
    *,
    reading: Reading,
) -> None:
    """Show everything about a request: effort, dates, links, its story."""
    backlog, today, whole = read(ctx)
    report = item_report(backlog, resolved(backlog, refs), today)
    show_report(ctx, replace(report, answer=whole), form=reading.format, today=today, whole=True)
