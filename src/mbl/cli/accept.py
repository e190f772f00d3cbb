"""`mbl accept`: a request becomes committed work, after one question where it is not for our audience."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli import clashes, complete, ours, question
from mbl.cli.checked import checked
from mbl.cli.open import place, today
from mbl.cli.options import Writing, with_groups
from mbl.cli.output import report_saved, tell
from mbl.cli.replies import answering, report_answered
from mbl.cli.status import On, Refs
from mbl.core import edit
from mbl.core.select import resolved
from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.session import values

Team = Annotated[
    str | None,
    typer.Option(
        "--team", metavar="TEAM", autocompletion=complete.field("team"), help="The team that does it."
    ),
]
NoAsk = Annotated[bool, typer.Option("--no-ask", help="Ask nothing, also in a terminal.")]


@with_groups
def accept(
    ctx: typer.Context,
    refs: Refs,
    *,
    on: On = None,
    team: Team = None,
    no_ask: NoAsk = False,
    writing: Writing,
) -> None:
    """Say yes: a request becomes committed work."""
    at = place(ctx)
    given = values.item_values({"team": team}) if team else {}
    asks = team is None and question.may_ask(ctx, form=writing.format, no_ask=no_ask)
    answers = _asked(ctx, session.opened(at).backlog, refs) if asks else {}
    says_no = ours.DECLINE in answers.values()
    who = session.who(at) if says_no else None

    def say_yes(backlog: Backlog) -> Backlog:
        now, ids = today(ctx, backlog), resolved(backlog, refs)
        after = edit.edited(backlog, ids, given)
        if not asks:
            ours.remark(ctx, after, _requests(after, refs))
        accepted = ours.carried_out(
            answers,
            on=now,
            who=who,
            step=lambda held, some: edit.accepted(held, some, on=on or now, today=now),
        )
        return _weighed(ctx, backlog, accepted(after, ids), given=given)

    saved = session.changed(
        at, answering(ctx, say_yes, None), dry_run=writing.dry_run, commit=writing.commit,
        tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    now = today(ctx, saved.after)
    if says_no:
        report_answered(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, lang=None)
    else:
        report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run)


def _asked(ctx: typer.Context, backlog: Backlog, refs: Sequence[str]) -> ours.Answers:
    return ours.asked(ctx, backlog, _requests(backlog, refs))


def _weighed(ctx: typer.Context, before: Backlog, after: Backlog, *, given: Mapping[str, Any]) -> Backlog:
    """The changed backlog, with remarks on it; what is promised as it stood is not judged again."""
    if given:
        return checked(ctx, before, after, today(ctx, after))
    clashes.warn(ctx, before, after, today(ctx, after))
    return after


def _requests(backlog: Backlog, refs: Sequence[str]) -> list[Item]:
    """Those of them to which nobody said yes before."""
    items = (backlog.item(id_) for id_ in resolved(backlog, refs))
    return [item for item in items if item.status == "request"]
