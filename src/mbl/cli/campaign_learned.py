"""`mbl campaign learned`: what decided campaigns taught."""

from dataclasses import replace
from typing import Annotated

import typer

from mbl.cli.open import read
from mbl.cli.options import Reading, with_groups
from mbl.cli.output import show
from mbl.core.campaigns.learned import learned_report


@with_groups
def learned(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS...", help="Only what mentions all of these words."),
    ] = None,
    *,
    reading: Reading,
) -> None:
    """Show what decided campaigns taught, the latest first."""
    backlog, now, whole = read(ctx)
    report = learned_report(backlog, words or ())
    show(ctx, replace(report, answer=whole), form=reading.format, today=now, whole=True)
