"""Bare `mbl`: where things stand, and what to do next."""

from dataclasses import replace

import typer

from mbl.cli.open import place, read
from mbl.cli.output import show
from mbl.core.standing import standing
from mbl.session.unfinished import workshop_since


def home(ctx: typer.Context) -> None:
    """Show months of committed work, what is new, what is due."""
    backlog, today, whole = read(ctx)
    report = standing(backlog, today, workshop=workshop_since(place(ctx)))
    show(ctx, replace(report, answer=whole), form="table", today=today, whole=True)
