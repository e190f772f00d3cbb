"""`mbl guidepoint edit`: by options, or the file in the editor. Refuses to change what was agreed without a reason."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.guidepoint import Name, report_guidepoint
from mbl.cli.guidepoint_new import Horizon
from mbl.cli.open import place, today
from mbl.cli.options import Names, Writing, listed, with_groups
from mbl.cli.outcomes import OutcomeFields, answered, fields_given, outcomes_named
from mbl.cli.output import tell
from mbl.cli.question import may_ask
from mbl.core.guidepoints import edits
from mbl.core.guidepoints.report import meant
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint

Why = Callable[[Guidepoint, Guidepoint], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comings:
    """Which outcomes come, and which end."""

    add_outcome: Annotated[
        Names,
        typer.Option(
            "--add-outcome",
            metavar="TEXT",
            help='A word and a sentence: "pipeline: Shippers bring 3 million".',
        ),
    ] = None
    close_outcome: Annotated[
        Names,
        typer.Option(
            "--close-outcome",
            metavar="OUTCOME",
            autocompletion=complete.field("outcome"),
            help="It was reached, or given up.",
        ),
    ] = None


@with_groups
def edit(
    ctx: typer.Context,
    name: Name = None,
    *,
    horizon: Horizon,
    comings: Comings,
    given: OutcomeFields,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why; needed, and kept in the file, once it is agreed.")
    ] = None,
    writing: Writing,
) -> None:
    """Change a Guidepoint, or open its file in your editor."""
    at = place(ctx)
    now_there = session.opened(at, tell=lambda text: tell(ctx, text)).backlog
    now = today(ctx, now_there)
    called = meant(now_there, now, name)
    by, why = session.who(at), _why(reason, asks=may_ask(ctx, form=writing.format, no_ask=False))

    def accepted(backlog: Backlog, new: Guidepoint) -> Backlog:
        old = backlog.guidepoints[edits.path_of(backlog, called)]
        return edits.edited_guidepoint(backlog, called, _values(new), today=now, by=by, reason=why(old, new))

    def revised(backlog: Backlog) -> Backlog:
        old = backlog.guidepoints[edits.path_of(backlog, called)]
        return accepted(backlog, _revised(old, backlog, now, horizon=horizon, comings=comings, given=given))

    how: Any = {"dry_run": writing.dry_run, "commit": writing.commit, "tell": lambda text: tell(ctx, text)}
    if _says_nothing(horizon, comings, given):
        saved = session.edited_noun(at, edits.path_of(now_there, called), accepted, **how)
    else:
        revised(now_there)  # who must answer, answers before the others have to wait
        saved = session.changed(at, revised, **how)
    report_guidepoint(ctx, saved, called, writing)
    if reason and not saved.after.guidepoints[edits.path_of(saved.after, called)].agreed:
        tell(ctx, "Nobody agreed to it yet: no reason is needed, and none is kept.")


def _why(reason: str | None, *, asks: bool) -> Why:
    """The reason for a change; asked for, once, where it is needed and somebody is there."""
    said = [reason] if reason else []

    def why(old: Guidepoint, new: Guidepoint) -> str | None:
        if not said and asks and edits.needs_reason(old, new):
            answer = answered("People agreed to it. Why does it change? (The file keeps the reason.)", str)
            said.extend([answer] if answer else [])
        return said[0] if said else None

    return why


def _revised(
    old: Guidepoint, backlog: Backlog, now: date, *, horizon: Horizon, comings: Comings, given: OutcomeFields
) -> Guidepoint:
    """The Guidepoint as the options say. Raises MblError."""
    added = outcomes_named(comings.add_outcome or ())
    said = fields_given(given, (*old.outcomes, *added), backlog)
    ended = listed(comings.close_outcome)
    outcomes = edits.outcomes_after(old, added=added, values=said, closed=ended, on=now)
    plain = {key: value for key, value in _values(horizon).items() if value is not None}
    if not plain.get("statement", "kept").strip():
        raise MblError("A Guidepoint needs a statement.", exit_code=2)
    return replace(old, **plain, outcomes=outcomes)


def _says_nothing(*groups: Any) -> bool:
    return all(value is None for group in groups for value in _values(group).values())


def _values(noun: Any) -> dict[str, Any]:
    return {each.name: getattr(noun, each.name) for each in fields(noun)}
