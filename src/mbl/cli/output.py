"""What leaves the program: answers on standard output, everything else on standard error."""

import os
import shutil
import sys
from datetime import date
from typing import Any

import typer

from mbl import session
from mbl.cli.app import App
from mbl.core.report import Report
from mbl.errors import MblError
from mbl.render import Canvas, drawn
from mbl.render.safe import shown
from mbl.session import Saved

_MOST_WORDS = 20


def show(ctx: typer.Context, report: Report, *, form: str, today: date, whole: bool = False) -> None:
    """Print the report; exit with 1 if its answer is no."""
    typer.echo(drawn(report, canvas(ctx, today, whole=whole), form=form), nl=False)
    if not report.answer:
        raise typer.Exit(1)


def canvas(ctx: typer.Context, today: date, *, whole: bool = False) -> Canvas:
    """The terminal as it is now, or a pipe."""
    size = shutil.get_terminal_size()
    app: App = ctx.find_root().ensure_object(App)
    tty = sys.stdout.isatty()
    color = tty and app.color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Canvas(today=today, width=size.columns, height=size.lines, tty=tty, color=color, whole=whole)


def tell(ctx: typer.Context, text: str) -> None:
    """A remark that is not the answer; --quiet keeps it back."""
    app: App = ctx.find_root().ensure_object(App)
    if not app.quiet and text:
        typer.echo("\n".join(shown(line) for line in text.splitlines()), err=True)


def left_out(backlog: Any) -> bool:
    """Say which files are broken and therefore left out; whether there are any."""
    for problem in backlog.broken:
        fix = f" {problem.fix}" if problem.fix else ""
        typer.echo(shown(f"Left out: {problem.where}: {problem.message}.{fix}"), err=True)
    return bool(backlog.broken)


def fail(error: MblError, app: App) -> None:
    """Print the error where errors go, in the format that was asked for."""
    if app.format == "json":
        from mbl.render.jsontext import error_text

        typer.echo(error_text(error), err=True, nl=False)
        return
    lines = [*error.message.splitlines(), *error.hint.splitlines()]
    typer.echo("\n".join(shown(line) for line in lines), err=True)


def report_saved(
    ctx: typer.Context, saved: Saved, *, form: str, today: date, dry_run: bool, words: str = ""
) -> None:
    """Say what was changed: in words for people, as a `change` object for programs."""
    if form != "table":
        show(ctx, change_report(saved), form=form, today=today)
        return
    changes = saved.changes
    if not changes and not saved.paths:
        tell(ctx, "Nothing to change.")
        return
    verb = "Would " if dry_run else ""
    for change in changes[:_MOST_WORDS]:
        typer.echo(shown(verb + change.words if dry_run else change.words[:1].upper() + change.words[1:]))
    if len(changes) > _MOST_WORDS:
        typer.echo(f"… and {len(changes) - _MOST_WORDS} more changes")
    if words:
        typer.echo(words)
    if saved.commit:
        tell(ctx, f"Committed as {saved.commit[:10]}.")


def change_report(saved: Saved, **more: Any) -> Report:
    """A change as a report."""
    from mbl.core.report import Words

    records = [
        {name: getattr(change, name) for name in ("id", "what", "field", "before", "after", "words")}
        for change in saved.changes
    ]
    payload = {"changes": records, "paths": list(saved.paths), "commit": saved.commit, **more}
    words = tuple(Words(text=change.words) for change in saved.changes) or (Words(text="Nothing to change."),)
    return Report(kind="change", payload=lambda: payload, blocks=words)


def progress(ctx: typer.Context, label: str, *, least: int = 1000) -> session.Advance:
    """A progress bar on standard error for long work; nothing below `least` steps, or when nobody watches."""
    app: App = ctx.find_root().ensure_object(App)
    wanted = not app.quiet and sys.stderr.isatty()

    def advance(done: int, total: int) -> None:
        if not wanted or total < least or (done % 50 and done != total):
            return
        filled = round(24 * done / total)
        bar = "█" * filled + "·" * (24 - filled)
        sys.stderr.write(f"\r{label} {bar} {done:,} of {total:,}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    return advance
