"""`mbl diff`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from mbl.cli import complete
from mbl.cli.open import place, today
from mbl.cli.options import Reading, with_groups
from mbl.cli.output import left_out, progress, show, tell
from mbl.core.changes.report import Side, diff_report
from mbl.errors import Problem
from mbl.session import opened
from mbl.session.past import State, span

_MOST = 5


@with_groups
def diff(
    ctx: typer.Context,
    between: Annotated[
        str | None,
        typer.Argument(
            metavar="BASE[..HEAD]",
            autocompletion=complete.branches,
            help="A branch, tag or commit (main), or two of them (v1..v2). Without it: the last commit.",
        ),
    ] = None,
    *,
    reading: Reading,
) -> None:
    """Show what changed in marketing words: since the last commit, or on this branch since it left BASE."""
    at = place(ctx)
    found = span(
        at,
        lambda: opened(at, progress(ctx, "Reading"), tell=lambda text: tell(ctx, text)).backlog,
        between,
        advance=progress(ctx, "Reading the past"),
    )
    now = today(ctx, found.head.backlog)
    report = diff_report(_side(found.base), _side(found.head), now, commits=found.commits)
    whole = not left_out(found.head.backlog)
    still = frozenset(found.head.backlog.broken)
    if broken := [problem for problem in found.base.backlog.broken if problem not in still]:
        tell(ctx, _unreadable(broken, found.base.name))
    show(ctx, replace(report, answer=whole), form=reading.format, today=now, whole=True)


def _unreadable(broken: Sequence[Problem], name: str) -> str:
    """What of the former state nobody can read; what is broken today is told as everywhere."""
    paths = tuple(dict.fromkeys(problem.path for problem in broken))
    more = f" and {len(paths) - _MOST:,} more" if len(paths) > _MOST else ""
    it = "it is" if len(paths) == 1 else "they are"
    return f"Cannot be read as of {name}, so {it} not compared: {', '.join(paths[:_MOST])}{more}."


def _side(state: State) -> Side:
    return Side(state.name, state.commit, state.backlog)
