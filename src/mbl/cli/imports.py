"""`mbl import`."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from mbl.cli import complete, question
from mbl.cli.open import place, today
from mbl.cli.options import Names, Writing, one_of, with_groups
from mbl.cli.output import change_report, progress, say, show, tell, told
from mbl.cli.twins import after_import, among_new
from mbl.errors import MblError
from mbl.importers import IMPORTERS
from mbl.importers.draft import Wishes
from mbl.session.imports import Imported, imported


@with_groups
def import_(
    ctx: typer.Context,
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]",
            autocompletion=complete.values(*IMPORTERS),
            help="What to import from; without it, the list of sources.",
        ),
    ] = None,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="The files.")] = None,
    *,
    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="STATUS",
            autocompletion=complete.values("committed", "request"),
            help="committed (promised) or request.",
        ),
    ] = "committed",
    map_: Annotated[
        Names,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="What a column means: Aufwand=estimate (Notes= leaves it out).",
        ),
    ] = None,
    point: Annotated[
        str | None, typer.Option(metavar="EFFORT", help="What a story point means: 0.5d.")
    ] = None,
    requester: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who asked, where the list does not say.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who answers for it, where the list does not say.")
    ] = None,
    no_ask: Annotated[
        bool, typer.Option("--no-ask", help="Do not ask what was asked for twice, also in a terminal.")
    ] = False,
    writing: Writing,
) -> None:
    """Bring in the lists you have; a second import updates, and doubles nothing."""
    if source is None:
        for row in IMPORTERS.values():
            typer.echo(f"{row.name}  {row.about}")
        return
    importer = IMPORTERS[one_of(source, tuple(IMPORTERS), "mbl import")]
    if not files:
        raise MblError("Say which files: mbl import csv FILE…", exit_code=2)
    status = one_of(as_, ("committed", "request"), "--as")
    wishes = Wishes(
        columns=_mapping(map_),
        point=point,
        requester=requester,
        owner=owner,
        advance=progress(ctx, "Reading"),
    )
    result = imported(
        place(ctx), importer, files, wishes, status=status, day=lambda backlog: today(ctx, backlog),
        dry_run=writing.dry_run, commit=writing.commit, advance=progress(ctx, "Saving"),
    )  # fmt: skip
    alike = among_new(ctx, result.saved)
    for remark in result.remarks:
        tell(ctx, remark)
    if writing.format != "table":
        report = change_report(result.saved, counts=result.counts, remarks=list(result.remarks))
        show(ctx, report, form=writing.format, today=today(ctx, result.saved.after))
    else:
        _say(result, dry_run=writing.dry_run)
        if result.saved.commit:
            tell(ctx, f"Committed as {result.saved.commit[:10]}.")
    asks = question.may_ask(ctx, form=writing.format, no_ask=no_ask) and not writing.dry_run
    after_import(ctx, alike, asks=asks, commit=writing.commit)


def _say(result: Imported, *, dry_run: bool) -> None:
    for change in result.saved.changes:
        if change.what != "added":
            say(told(change, dry_run=dry_run))
    statuses = Counter(
        result.saved.after.item(change.id).status for change in result.saved.changes if change.what == "added"
    )
    kinds = f" ({', '.join(f'{count:,} {name}' for name, count in statuses.items())})" if statuses else ""
    verb = "Would import" if dry_run else "Imported"
    counts = result.counts
    say(
        f"{verb} {counts['new']:,} new{kinds}, {counts['changed']:,} changed, {counts['unchanged']:,} unchanged."
    )


def _mapping(given: list[str] | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for entry in (part for text in given or () for part in _parts(text)):
        column, equals, field = entry.rpartition("=")
        if not equals or not column:
            raise MblError(
                f"--map {entry!r} should be COLUMN=field, like --map Aufwand=estimate.", exit_code=2
            )
        pairs[column.strip()] = field.strip()
    return pairs


def _parts(text: str) -> list[str]:
    """Pairs behind one another; a comma may also belong to the name of a column."""
    parts = text.split(",")
    return parts if all("=" in part for part in parts) else [text]
