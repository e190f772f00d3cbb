"""`mbl init`."""

from pathlib import Path
from typing import Annotated

import typer

from mbl.cli.app import App
from mbl.cli.output import say, tell


def init(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="The folder; made if need be.")] = ".",
    *,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What the backlog is called.")
    ] = None,
    capacity: Annotated[
        float | None,
        typer.Option(metavar="DAYS", min=0, help="Person-days a month the team has for planned work."),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(metavar="TZ", help="The time zone that decides what day it is: Europe/Berlin."),
    ] = None,
    no_git: Annotated[bool, typer.Option("--no-git", help="Do not make a git repository.")] = False,
) -> None:
    """Start a backlog in a folder, with a git repository around it; commits nothing."""
    from mbl.session.create import create

    app: App = ctx.find_root().ensure_object(App)
    target = Path(app.root or "") / folder
    made = create(
        target,
        name=name,
        capacity=capacity,
        timezone=timezone,
        git=not no_git,
        tell=lambda text: tell(ctx, text),
    )
    say(f"A backlog begins in {target.resolve()}" + (", in a new git repository." if made else "."))
    tell(
        ctx,
        'Next: mbl add "What somebody asked for" --requester WHO, or mbl import csv FILE… for the lists you have.',
    )
