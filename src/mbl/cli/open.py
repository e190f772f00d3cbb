"""The first lines of every command: which backlog, which day."""

from datetime import date

import typer

from mbl import session
from mbl.cli.app import App
from mbl.cli.options import day
from mbl.cli.output import left_out, progress, tell
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session import Place


def place(ctx: typer.Context) -> Place:
    """The backlog the user means."""
    return session.place(_app(ctx).root)


def read(ctx: typer.Context) -> tuple[Backlog, date, bool]:
    """The backlog, the day, and whether every file could be read."""
    at = place(ctx)
    reading = session.opened(at, progress(ctx, "Reading"), tell=lambda text: tell(ctx, text))
    return reading.backlog, today(ctx, reading.backlog), not left_out(reading.backlog)


def today(ctx: typer.Context, backlog: Backlog) -> date:
    """The day: --today, else the present day where the backlog lives. Raises MblError (exit code 2)."""
    given = _app(ctx).today
    if given is None:
        return session.today(backlog)
    try:
        return day(given)
    except typer.BadParameter as error:
        raise MblError(f"--today: {error.message}", exit_code=2) from None


def _app(ctx: typer.Context) -> App:
    app: App = ctx.find_root().ensure_object(App)
    return app
