"""`mbl team` shows who serves whom; `mbl team skills` who can do what."""

from dataclasses import replace
from typing import Annotated

import typer

from mbl.cli import complete
from mbl.cli.open import read
from mbl.cli.options import Reading, with_groups
from mbl.cli.output import show
from mbl.core.teams.grid import skills_report
from mbl.core.teams.report import team_report


@with_groups
def team(ctx: typer.Context, *, reading: Reading) -> None:
    """Show who serves whom, what each team can do of its own work, and which skills hang on one person."""
    backlog, now, whole = read(ctx)
    show(ctx, replace(team_report(backlog, now), answer=whole), form=reading.format, today=now, whole=True)


@with_groups
def skills(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="TEAM", autocompletion=complete.names("teams"), help="Only this team."),
    ] = None,
    *,
    reading: Reading,
) -> None:
    """Show skills and people in one grid, with the work that asks for each skill."""
    backlog, now, whole = read(ctx)
    report = skills_report(backlog, now, name)
    show(ctx, replace(report, answer=whole), form=reading.format, today=now, whole=True)
