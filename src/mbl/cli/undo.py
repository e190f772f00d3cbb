"""`mbl undo`."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer

from mbl.cli import ask
from mbl.cli.open import place, read, today
from mbl.cli.options import Writing, with_groups
from mbl.cli.output import report_saved, show, tell, told
from mbl.core.report import Column, Report, Table
from mbl.session.undo import Undoable, undoable, undone


@with_groups
def undo(
    ctx: typer.Context,
    *,
    list_: Annotated[
        bool, typer.Option("--list", help="Show the last actions, and which can be undone.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, also in a terminal.")] = False,
    writing: Writing,
) -> None:
    """Take back the last action, as long as nobody changed its files since and it is not committed."""
    at = place(ctx)
    if list_:
        _backlog, now, whole = read(ctx)
        show(ctx, replace(_listed(undoable(at)), answer=whole), form=writing.format, today=now, whole=True)
        return
    if ask.somebody_there() and not (yes or writing.dry_run):
        would = undone(at, dry_run=True)
        if would.changes:
            ask.say("\n".join(told(change, dry_run=True) for change in would.changes))
            if not ask.yes("Undo this?"):
                return
    saved = undone(at, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text))
    if not saved.changes and not saved.paths:
        tell(ctx, "Nothing to undo.")
        return
    report_saved(ctx, saved, form=writing.format, today=today(ctx, saved.after), dry_run=writing.dry_run)


def _listed(actions: tuple[Undoable, ...]) -> Report:
    table = Table(columns=_COLUMNS, rows=actions, what="actions to undo")
    return Report(kind="actions", payload=lambda: {"actions": table.records()}, blocks=(table,))


_COLUMNS = (
    Column(
        key="when",
        label="When",
        value=lambda row: f"{datetime.fromtimestamp(row.action.when).astimezone():%Y-%m-%d %H:%M}",
    ),
    Column(key="words", label="What", value=lambda row: row.action.words, least=30),
    Column(key="files", label="Files", value=lambda row: len(row.action.files), kind="number"),
    Column(key="standing", label="Undo", value=lambda row: row.standing),
)
