"""`mbl guidepoint new`: by options, and in a terminal by answers to what they leave open.

Refuses a horizon that runs backwards or meets another one before anybody has answered for the outcomes.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import typer

from mbl import session
from mbl.cli.guidepoint import report_guidepoint
from mbl.cli.open import place, today
from mbl.cli.options import Names, Writing, day, with_groups
from mbl.cli.outcomes import (
    OutcomeFields,
    answered,
    as_day,
    asked_outcomes,
    completed,
    fields_given,
    outcomes_named,
)
from mbl.cli.output import tell
from mbl.cli.question import may_ask
from mbl.core.guidepoints import edits
from mbl.core.guidepoints.next_one import first_day, last_day, usual_name
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint
from mbl.session import values as validated


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """What a Guidepoint says, and from when to when it holds."""

    statement: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What success looks like, in a sentence or two.")
    ] = None
    from_: Annotated[
        date | None, typer.Option("--from", metavar="DATE", parser=day, help="The first day.")
    ] = None
    to: Annotated[
        date | None,
        typer.Option("--to", metavar="DATE", parser=day, help="The last day (after three months)."),
    ] = None


@with_groups
def new(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Its name (by its first day, like 2026-q4).")
    ] = None,
    *,
    horizon: Horizon,
    outcome: Annotated[
        Names,
        typer.Option(metavar="TEXT", help='A word and a sentence: "pipeline: Shippers bring 3 million".'),
    ] = None,
    given: OutcomeFields,
    writing: Writing,
) -> None:
    """Write a Guidepoint; in a terminal, mbl asks for what you did not say."""
    at = place(ctx)
    backlog = session.opened(at, tell=lambda text: tell(ctx, text)).backlog
    asks = may_ask(ctx, form=writing.format, no_ask=False)
    outcomes = outcomes_named(outcome or ())
    said = fields_given(given, outcomes, backlog)

    held = _held(_asked(horizon, backlog, today(ctx, backlog)) if asks else horizon)
    usual = usual_name(held.from_)
    called = name or (answered("What is it called?", str, usual=usual) if asks else usual)
    edits.created(backlog, called, held)
    if asks:
        outcomes = outcomes or tuple(asked_outcomes())
        outcomes = tuple(completed(each, said.get(each.id, {}), held, backlog) for each in outcomes)
    whole = replace(held, outcomes=edits.outcomes_after(held, added=outcomes, values=said, on=held.from_))

    saved = session.changed(
        at, lambda backlog: edits.created(backlog, called, whole), dry_run=writing.dry_run, commit=writing.commit,
        tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    report_guidepoint(ctx, saved, called, writing)
    if saved.paths:
        tell(ctx, f"Once everybody agrees: mbl guidepoint agree {called} --by cmo,vp-sales")


def _asked(horizon: Horizon, backlog: Backlog, today: date) -> Horizon:
    """The horizon with answers for what was not said."""
    statement = horizon.statement or answered("What does success look like, in a sentence or two?", _words)
    from_ = horizon.from_ or answered("From which day?", as_day, usual=first_day(backlog, today).isoformat())
    to = horizon.to or answered("To which day?", as_day, usual=last_day(from_).isoformat())
    return Horizon(statement=statement, from_=from_, to=to)


def _words(text: str) -> str:
    if not text:
        raise MblError("A Guidepoint needs a statement: what will be true at its end?")
    return text


def _held(horizon: Horizon) -> Guidepoint:
    """The Guidepoint without outcomes. Raises MblError (exit code 2) for what is missing."""
    for option, value, example in (
        ("--statement", horizon.statement, '--statement "Shippers come to us"'),
        ("--from", horizon.from_, "--from 2027-01-01"),
    ):
        if not value:
            raise MblError(f"{option} is missing.", hint=f"For example: {example}", exit_code=2)
    first: date = horizon.from_  # type: ignore[assignment]
    dates = {"from": first.isoformat(), "to": (horizon.to or last_day(first)).isoformat()}
    held: Guidepoint = validated.valid(Guidepoint, {"statement": horizon.statement, **dates})
    return held
