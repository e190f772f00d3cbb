"""`mbl check`."""

from dataclasses import replace
from typing import Annotated

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.open import place, today
from mbl.cli.options import FORMATS, one_of, with_groups
from mbl.cli.output import show, tell, told
from mbl.core.rules.check import problem_report
from mbl.session.check import in_repository
from mbl.session.check import problems as problems_in

_FORMATS = (*FORMATS, "github")
Format = Annotated[
    str,
    typer.Option(
        "-f", "--format", metavar="FORMAT", callback=lambda value: one_of(value, _FORMATS, "--format"),
        autocompletion=complete.values(*_FORMATS),
        help="table, json, csv, md; or github: remarks beside the lines of a pull request.",
    ),
]  # fmt: skip


@with_groups
def check(
    ctx: typer.Context,
    *,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Mend what has one right answer: ranks, dates that a commit tells, names of files."
        ),
    ] = False,
    format: Format = "table",  # noqa: A002
) -> None:
    """Find every problem in every file at once."""
    at = place(ctx)
    if fix:
        saved = session.mended(at, tell=lambda text: tell(ctx, text))
        for change in saved.changes[:20]:
            tell(ctx, told(change))
        files = len(saved.paths)
        tell(ctx, f"Mended {files} {'file' if files == 1 else 'files'}." if files else "Nothing to mend.")
    day = today(ctx, session.opened(at, tell=lambda text: tell(ctx, text)).backlog)
    problems, files = problems_in(at, day)
    if format == "github":
        problems = tuple(replace(problem, path=in_repository(at, problem.path)) for problem in problems)
    show(ctx, problem_report(problems, files=files), form=format, today=day, whole=True)
