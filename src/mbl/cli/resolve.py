"""`mbl resolve`."""

from typing import Annotated

import typer

from mbl import session
from mbl.cli import ask
from mbl.cli.open import place, today
from mbl.cli.options import Reading, with_groups
from mbl.cli.output import show, tell
from mbl.core.changes.merge import Disagreement, Side
from mbl.core.changes.resolve_report import Outcome, asked, resolve_report
from mbl.errors import MblError
from mbl.session.resolve import Ask, resolved, sides


@with_groups
def resolve(
    ctx: typer.Context,
    *,
    ours: Annotated[
        bool,
        typer.Option("--ours", help="Where both sides disagree, this side is right: the branch you are on."),
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where both disagree, the other side is right.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be put together, and change nothing.")
    ] = False,
    reading: Reading,
) -> None:
    """Put together what a merge could not, field by field, and ask only about real disagreements."""
    if ours and theirs:
        raise MblError("--ours and --theirs exclude each other.", hint="Choose one side.", exit_code=2)
    at = place(ctx)
    names = sides(at)
    answer = _always("ours") if ours else _always("theirs") if theirs else _never
    if not (ours or theirs or dry_run) and reading.format == "table" and ask.somebody_there():
        answer = _asking(names)
    found = resolved(at, answer, dry_run=dry_run, tell=lambda text: tell(ctx, text))
    outcomes = tuple(Outcome(each.path, each.title, each.open, each.why) for each in found)
    report = resolve_report(outcomes, names, dry_run=dry_run)
    show(ctx, report, form=reading.format, today=today(ctx, session.opened(at).backlog), whole=True)


def _always(side: Side) -> Ask:
    return lambda title, found: side


def _never(title: str, found: Disagreement) -> None:
    del title, found


def _asking(names: tuple[str, str]) -> Ask:
    """Ask whoever sits there; s leaves it open."""

    def answer(title: str, found: Disagreement) -> Side | None:
        ask.say(asked(title, found, names))
        pressed = ask.key({"o": names[0], "t": names[1], "s": "skip"}, question="Which is right?")
        return "ours" if pressed == "o" else "theirs" if pressed == "t" else None

    return answer
