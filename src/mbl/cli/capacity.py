"""`mbl capacity`."""

from dataclasses import dataclass, replace
from typing import Annotated, cast

import typer

from mbl.cli import complete
from mbl.cli.open import read
from mbl.cli.options import Filters, Names, Reading, listed, one_of, with_groups
from mbl.cli.output import show, tell
from mbl.core.capacity import scenario
from mbl.core.capacity.breakdown import BREAKDOWNS, By
from mbl.core.capacity.report import capacity as capacity_report
from mbl.core.capacity.scenario import Step
from mbl.core.select import unmatched
from mbl.model.backlog import Backlog


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is supposed."""

    without: Annotated[
        Names,
        typer.Option(
            metavar="REF|FILTER",
            autocompletion=complete.refs,
            help="What if this were not promised: a request (3, k7f3x) or like requester=vp-sales.",
        ),
    ] = None
    capacity: Annotated[
        float | None,
        typer.Option(metavar="DAYS", help="What if there were so many person-days a month."),
    ] = None
    people: Annotated[
        Names,
        typer.Option(metavar="TEAM+N", help="What if a team had more or fewer people: growth+1, brand-0.5."),
    ] = None
    unplanned: Annotated[
        Names,
        typer.Option(metavar="SHARE", help="What if so much came unplanned: 10%, or of one team growth=10%."),
    ] = None

    def steps(self, backlog: Backlog) -> tuple[Step, ...]:
        """The suppositions as the core knows them."""
        return (
            *(scenario.without(backlog, condition) for condition in self.without or ()),
            *(() if self.capacity is None else (scenario.with_days(self.capacity),)),
            *(scenario.with_people(backlog, text) for text in listed(self.people)),
            *(scenario.with_unplanned(backlog, text) for text in listed(self.unplanned)),
        )


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
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every number that the answer is made of.")
    ] = False,
    pictures: Annotated[
        bool, typer.Option("--pictures", help="Draw when it is done, what comes and goes, how it grew.")
    ] = False,
    what_if: WhatIf,
    filters: Filters,
    reading: Reading,
) -> None:
    """Say how many months of committed work there are, honestly, as a range."""
    backlog, today, whole = read(ctx)
    query, steps = filters.query(), what_if.steps(backlog)
    breakdown = cast(By, one_of(by, tuple(BREAKDOWNS), "--by")) if by else None
    report = capacity_report(
        backlog, today, by=breakdown, steps=steps, query=query, explain=explain, pictures=pictures
    )
    for sentence in unmatched(backlog, query):
        tell(ctx, sentence)
    show(ctx, replace(report, answer=whole), form=reading.format, today=today, whole=True)
