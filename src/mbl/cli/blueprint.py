"""`mbl blueprint` shows three months of deliverables; `agree` saves what was agreed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from mbl import session
from mbl.cli import clashes, complete
from mbl.cli.open import place, read, today
from mbl.cli.options import Names, Reading, Writing, listed, with_groups
from mbl.cli.output import report_saved, show, tell
from mbl.core.blueprint.agreeing import with_agreed
from mbl.core.blueprint.plan import planned
from mbl.core.blueprint.report import blueprint as blueprint_report
from mbl.core.blueprint.what_if import what_if
from mbl.core.blueprint.words import span
from mbl.core.conflicts.all_kinds import conflicts, span_of
from mbl.core.conflicts.report import tally
from mbl.core.report import Report, Words
from mbl.core.select import resolved
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session import Saved

_FARTHEST = 10
"""Years: nobody plans deliverables further away."""


def month(text: str) -> str:
    """A month: 2026-10. Raises the usage error Typer knows."""
    if not re.fullmatch(r"[1-9]\d{3}-(?:0[1-9]|1[0-2])", text, re.ASCII):
        raise typer.BadParameter(f"{text!r} is not a month: write it like 2026-11.")
    return text


From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="MONTH", parser=month, help="The first of the three months (2026-10).",
    ),
]  # fmt: skip


@with_groups
def blueprint(
    ctx: typer.Context,
    *,
    first_month: From = None,
    with_: Annotated[
        Names,
        typer.Option(
            "--with",
            metavar="REF",
            autocompletion=complete.refs,
            help="What if this were promised: what falls out?",
        ),
    ] = None,
    first: Annotated[bool, typer.Option("--first", help="And on top of the list.")] = False,
    days: Annotated[
        bool, typer.Option("--days", help="Also the days of each deliverable, month by month.")
    ] = False,
    reading: Reading,
) -> None:
    """Show which deliverable is finished in which of three months, and what does not fit."""
    if first and not with_:
        raise MblError("--first puts something on top: say what.", hint="--with REF --first", exit_code=2)
    backlog, now, whole = read(ctx)
    report = _report(backlog, now, _near(first_month, now), refs=with_ or (), on_top=first)
    clashes.forewarn(ctx, backlog, resolved(backlog, _parts(with_ or ())), now)
    table = (report.table,) if days and report.table else ()
    blocks = (*report.blocks, *table, *_remark(backlog, now))
    answer = report.answer and whole
    show(ctx, replace(report, blocks=blocks, answer=answer), form=reading.format, today=now, whole=True)


@with_groups
def agree(
    ctx: typer.Context,
    *,
    by: Annotated[
        list[str],
        typer.Option("--by", metavar="WHO", autocompletion=complete.field("requester"), help="Who agrees."),
    ],
    first_month: From = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="The name of its file (2026-q4, else 2026-11)."),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Though over-committed: agree to what fits, leave out the rest.")
    ] = False,
    instead: Annotated[
        bool, typer.Option("--replace", help="In the place of what was agreed under this name.")
    ] = False,
    writing: Writing,
) -> None:
    """Save today's plan as what was agreed: from then on mbl blueprint compares with it."""
    who = ", ".join(listed(by))
    if not who:
        raise MblError("Nobody agreed.", hint="Say who: --by cmo,vp-sales", exit_code=2)

    def agreed(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        plan = planned(backlog, now, first=_near(first_month, now))
        return with_agreed(backlog, plan, today=now, by=who, name=name, anyway=anyway, instead=instead)

    saved = session.changed(
        place(ctx), agreed, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    words = _words(saved, who, dry_run=writing.dry_run)
    now = today(ctx, saved.after)
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, words=words)
    left_out = planned(saved.before, now, first=_near(first_month, now)).rejected if anyway else ()
    for each in left_out:
        tell(ctx, f"Left out, because it does not fit: {each.row.item.title}")


def _report(
    backlog: Backlog, now: date, first: str | None, *, refs: list[str] | tuple[()], on_top: bool
) -> Report:
    if not refs:
        return blueprint_report(backlog, now, first=first)
    return what_if(backlog, now, ids=resolved(backlog, _parts(refs)), on_top=on_top, first=first)


def _parts(refs: Sequence[str]) -> list[str]:
    return [part for ref in refs for part in (ref.split(",") if " " not in ref else (ref,))]


def _remark(backlog: Backlog, now: date) -> tuple[Words, ...]:
    """How often what is promised gets in its own way."""
    found = tally(conflicts(backlog, span_of(now), kinds=("touches", "offers")), firm=True)
    return (
        (Words(text=f"Mind: {found} in what is promised. See: mbl conflicts", tone="hint"),) if found else ()
    )


def _near(month: str | None, now: date) -> str | None:
    """The month, if it is one to plan for. Raises MblError (exit code 2)."""
    if month and abs(int(month[:4]) - now.year) > _FARTHEST:
        raise MblError(
            f"--from {month} is far from today, {now}.", hint="Write it like 2026-11.", exit_code=2
        )
    return month


def _words(saved: Saved, who: str, *, dry_run: bool) -> str:
    """`cmo agreed to 20 deliverables from October to December 2026: blueprints/2026-q4.yaml`."""
    old = saved.before.blueprints
    new = {path: each for path, each in saved.after.blueprints.items() if old.get(path) != each}
    for path, each in new.items():
        verb = "would agree" if dry_run else "agreed"
        return f"{who} {verb} to {len(each.deliverables)} deliverables from {span(each.months)}: {path}"
    return ""
