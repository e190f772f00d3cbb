"""`mbl check`."""

from typing import Annotated

import typer

from mbl import session
from mbl.cli.open import place, today
from mbl.cli.options import Reading, with_groups
from mbl.cli.output import show, tell, told
from mbl.core.check import problem_report
from mbl.session.check import problems as problems_in


@with_groups
def check(
    ctx: typer.Context,
    *,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what has one right answer: ranks and names of files.")
    ] = False,
    reading: Reading,
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
    show(ctx, problem_report(problems, files=files), form=reading.format, today=day, whole=True)
