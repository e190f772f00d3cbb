"""Bare `mbl`: where things stand, and what to do next."""

from dataclasses import replace

import typer

from mbl.cli.open import read
from mbl.cli.output import show
from mbl.core.standing import standing


def home(ctx: typer.Context) -> None:
    """Show months of committed work, what is new, what is due."""
    backlog, today, whole = read(ctx)
    show(ctx, replace(standing(backlog, today), answer=whole), form="table", today=today, whole=True)
