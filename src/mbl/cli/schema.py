"""`mbl schema`."""

from typing import Annotated

import typer

from mbl.cli import complete
from mbl.cli.open import place
from mbl.cli.options import one_of
from mbl.cli.output import tell
from mbl.session.schemas import SCHEMAS, write_schemas
from mbl.session.schemas import schema as schema_of


def schema(
    ctx: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            autocompletion=complete.values(*SCHEMAS),
            help="Print one: item, team, guidepoint …",
        ),
    ] = None,
) -> None:
    """Renew the JSON Schemas that help editors check the files, or print one."""
    import json

    if kind is not None:
        name = one_of(kind, SCHEMAS, "mbl schema")
        typer.echo(json.dumps(schema_of(name), indent=2, ensure_ascii=False))
        return
    written = write_schemas(place(ctx).root)
    for path in written:
        typer.echo(path)
    if not written:
        tell(ctx, "Nothing to change.")
