"""What leaves the program: answers on standard output, everything else on standard error."""

import os
import sys
from datetime import date
from operator import attrgetter
from typing import Any

import typer

from mbl import session
from mbl.cli.app import App
from mbl.core.changes.change import Change
from mbl.core.report import Report
from mbl.core.wording import DONE
from mbl.errors import MblError
from mbl.render import Canvas, drawn
from mbl.render.safe import shown
from mbl.session import Saved

_MOST_WORDS = 20
_NARROWEST = 20
_TO_DO = {"done": "finish", "rank": "move", "edit": "change", "new rank key for": "give a new rank key to"}


def show(ctx: typer.Context, report: Report, *, form: str, today: date, whole: bool = False) -> None:
    """Print the report; exit with 1 if its answer is no."""
    typer.echo(drawn(report, canvas(ctx, today, whole=whole), form=form), nl=False)
    if not report.answer:
        raise typer.Exit(1)


def canvas(ctx: typer.Context, today: date, *, whole: bool = False) -> Canvas:
    """The terminal as it is now, or a pipe."""
    size = _terminal_size()
    app: App = ctx.find_root().ensure_object(App)
    tty = sys.stdout.isatty()
    color = tty and app.color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Canvas(today=today, width=size[0], height=size[1], tty=tty, color=color, whole=whole)


def tell(ctx: typer.Context, text: str) -> None:
    """A remark that is not the answer; --quiet keeps it back."""
    app: App = ctx.find_root().ensure_object(App)
    if not app.quiet and text:
        say(text, err=True)


def say(text: str, *, err: bool = False, verbatim: bool = False) -> None:
    """Print lines, harmless ones. A terminal gets them broken between words, unless they are `verbatim`: to be copied."""
    lines = [shown(line) for line in text.splitlines()]
    if (sys.stderr if err else sys.stdout).isatty() and not verbatim:
        width = max(_terminal_size()[0], _NARROWEST)
        lines = [part for line in lines for part in _broken(line, width)]
    typer.echo("\n".join(lines), err=err)


def left_out(backlog: Any) -> bool:
    """Say which files are broken and therefore left out; whether there are any."""
    for problem in backlog.broken:
        fix = f" {problem.fix}" if problem.fix else ""
        say(f"Left out: {problem.where}: {problem.message.removesuffix('.')}.{fix}", err=True)
    return bool(backlog.broken)


def fail(error: MblError, *, as_json: bool) -> None:
    """Print the error where errors go, in the format that was asked for."""
    if as_json:
        from mbl.render.jsontext import error_text

        typer.echo(error_text(error), err=True, nl=False)
        return
    say("\n".join(filter(None, (error.message, error.hint))), err=True)


def report_saved(
    ctx: typer.Context, saved: Saved, *, form: str, today: date, dry_run: bool, words: str = ""
) -> None:
    """Say what was changed: in words for people (or in these), as a `change` object for programs."""
    if form != "table":
        show(ctx, change_report(saved), form=form, today=today)
        return
    if not saved.changes and not saved.paths:
        tell(ctx, "Nothing to change.")
        return
    lines = [words] if words else [told(change, dry_run=dry_run) for change in saved.changes[:_MOST_WORDS]]
    if not words and len(saved.changes) > len(lines):
        lines.append(f"… and {len(saved.changes) - len(lines)} more")
    say("\n".join(lines))
    if saved.commit:
        tell(ctx, f"Committed as {saved.commit[:10]}.")


def told(change: Change, *, dry_run: bool = False) -> str:
    """A change that was made, or would be: `Accepted "Webinar for CTOs"`."""
    verb = next((verb for verb in DONE if change.words.startswith(f"{verb} ")), "")
    done = DONE.get(verb, "") if not dry_run else f"would {_TO_DO.get(verb, verb)}"
    said = done + change.words.removeprefix(verb)
    return said[:1].upper() + said[1:]


def change_report(saved: Saved, **more: Any) -> Report:
    """A change as a report."""
    from mbl.core.report import Column, Table, Words

    names = ("id", "what", "field", "before", "after", "words")
    columns = tuple(Column(key=name, label=name.capitalize(), value=attrgetter(name)) for name in names)
    table = Table(columns=columns, rows=saved.changes, what="changes")
    payload = {"changes": table.records(), "paths": list(saved.paths), "commit": saved.commit, **more}
    words = tuple(Words(text=change.words) for change in saved.changes) or (Words(text="Nothing to change."),)
    return Report(kind="change", payload=lambda: payload, blocks=words, table=table)


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


def _terminal_size() -> tuple[int, int]:
    """Columns and lines of the terminal; 80 by 24 in a pipe. (`shutil` costs a list more than it is worth.)"""
    if not sys.stdout.isatty():
        return 80, 24
    import shutil

    return shutil.get_terminal_size()


def _broken(line: str, width: int) -> list[str]:
    from mbl.render.width import wrapped

    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    return [indent + part for part in wrapped(text, width - len(indent))]
