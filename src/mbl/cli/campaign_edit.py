"""`mbl campaign edit`: by options, or the file in the editor.

Refuses to change, without a reason, what was set beforehand, once the first reading is there.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli.campaign_log import Ref
from mbl.cli.campaign_plan import Plan, criteria_typed
from mbl.cli.checked import checked
from mbl.cli.open import place, today
from mbl.cli.options import Names, Writing, listed, with_groups
from mbl.cli.outcomes import answered
from mbl.cli.output import report_saved, say, tell
from mbl.cli.question import may_ask
from mbl.core.campaigns import edits
from mbl.core.campaigns.design import design_check
from mbl.core.campaigns.refs import campaign_meant, campaign_path
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign
from mbl.session import values as validated

Why = Callable[[Campaign, Campaign], str | None]
_CLEARABLE = ("audience", "outcome", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """What else can change."""

    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Another title.")] = None
    drop_criterion: Annotated[
        Names, typer.Option("--drop-criterion", metavar="ID", help="A criterion that no longer holds.")
    ] = None


@with_groups
def edit(
    ctx: typer.Context,
    ref: Ref,
    *,
    plan: Plan,
    other: Other,
    reason: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Why; needed, and kept in the file, once there is a reading."),
    ] = None,
    writing: Writing,
) -> None:
    """Change a campaign (an empty value clears), or open its file in your editor."""
    at = place(ctx)
    backlog = session.opened(at, tell=lambda text: tell(ctx, text)).backlog
    id_, now = campaign_meant(backlog, ref).id, today(ctx, backlog)
    criteria = criteria_typed(plan.criterion)
    by, why = session.who(at), _why(reason, asks=may_ask(ctx, form=writing.format, no_ask=False))

    def accepted(backlog: Backlog, new: Campaign) -> Backlog:
        path = campaign_path(backlog, id_)
        old = backlog.campaigns[path]
        after = edits.edited(backlog, path, _values(new), today=now, by=by, reason=why(old, new))
        return checked(ctx, backlog, after, now)

    def revised(old: Campaign) -> Campaign:
        kept = edits.criteria_after(old, criteria, listed(other.drop_criterion))
        return replace(old, **_said(plan, other), success_criteria=kept)

    how: Any = {"dry_run": writing.dry_run, "commit": writing.commit, "tell": lambda text: tell(ctx, text)}
    if all(value is None for group in (plan, other) for value in _values(group).values()):
        saved = session.edited_noun(at, campaign_path(backlog, id_), accepted, **how)
    else:
        old = campaign_meant(backlog, id_)
        why(old, revised(old))  # who must answer, answers before the others have to wait
        saved = session.changed(at, lambda held: accepted(held, revised(campaign_meant(held, id_))), **how)
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run)
    _remark(
        ctx, campaign_meant(saved.before, id_), campaign_meant(saved.after, id_), reason, form=writing.format
    )


def _remark(ctx: typer.Context, before: Campaign, after: Campaign, reason: str | None, *, form: str) -> None:
    if reason and after.changes == before.changes:
        tell(ctx, "No reason is needed for this, and none is kept: nothing that was set beforehand changed.")
    if edits.differences(before, after) and form == "table":
        _say_design(after)


def _say_design(campaign: Campaign) -> None:
    if design := design_check(campaign.success_criteria, campaign.start, campaign.deadline):
        say("\n".join(design))


def _why(reason: str | None, *, asks: bool) -> Why:
    """The reason for a change; asked for, once, where it is needed and somebody is there."""
    said = [reason] if reason else []

    def why(old: Campaign, new: Campaign) -> str | None:
        if not said and asks and edits.needs_reason(old, new):
            answer = answered(
                "There are readings already. Why does it change? (The file keeps the reason.)", str
            )
            said.extend([answer] if answer else [])
        return said[0] if said else None

    return why


def _said(plan: Plan, other: Other) -> dict[str, Any]:
    """The fields that the options set. Raises MblError (exit code 2)."""
    given = {"title": other.title, "hypothesis": plan.hypothesis} | {
        name: getattr(plan, name) for name in _CLEARABLE
    }
    for name in ("title", "hypothesis"):
        if (text := given[name]) is not None and not text.strip():
            raise MblError(f"A campaign needs a {name}.", exit_code=2)
    filled = {name: value.strip() for name, value in given.items() if value and value.strip()}
    made: Campaign = validated.valid(
        Campaign,
        {
            "id": "bbbbb",
            "title": "x",
            "hypothesis": "x",
            "start": "2000-01-01",
            "deadline": "2000-01-01",
            **filled,
        },
    )
    days = {name: value for name in ("start", "deadline") if (value := getattr(plan, name)) is not None}
    return {
        **days,
        **{
            name: getattr(made, name) if name in filled else None for name in given if given[name] is not None
        },
    }


def _values(noun: Any) -> dict[str, Any]:
    return {each.name: getattr(noun, each.name) for each in fields(noun)}
