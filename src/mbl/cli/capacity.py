"""`mbl capacity`."""

from dataclasses import replace
from typing import Annotated, cast

import typer

from mbl.cli import complete
from mbl.cli.open import read
from mbl.cli.options import Names, Reading, one_of, with_groups
from mbl.cli.output import show
from mbl.core.breakdown import BREAKDOWNS, By
from mbl.core.capacity import capacity as capacity_report
from mbl.core.select import where


@with_groups
def capacity(
    ctx: typer.Context,
    *,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            autocompletion=complete.values(*BREAKDOWNS),
            help="Only by team, person, moscow, outcome or requester.",
        ),
    ] = None,
    without: Annotated[
        Names,
        typer.Option(
            metavar="REF|FILTER",
            autocompletion=complete.refs,
            help="What if this were not promised: a request (3, k7f3x) or like requester=vp-sales.",
        ),
    ] = None,
    reading: Reading,
) -> None:
    """Say how many months of committed work there are, honestly, as a range."""
    backlog, today, whole = read(ctx)
    left_out = frozenset(id_ for condition in without or () for id_ in where(backlog, condition))
    breakdown = cast(By, one_of(by, tuple(BREAKDOWNS), "--by")) if by else None
    report = capacity_report(backlog, today, by=breakdown, without=left_out)
    show(ctx, replace(report, answer=whole), form=reading.format, today=today, whole=True)
