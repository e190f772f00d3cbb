"""`mbl add`."""

import sys
from datetime import date
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli import clashes, complete, ours, question
from mbl.cli.checked import checked
from mbl.cli.open import place, today
from mbl.cli.options import Names, Writing, day, listed, one_of, with_groups
from mbl.cli.output import report_saved, tell
from mbl.cli.replies import say_replies
from mbl.core.edit import added, bucketed
from mbl.core.select import same_title
from mbl.core.teams.serving import declined_for_audience
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import MOSCOW, Ended
from mbl.session import values as validated


@with_groups
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is asked for, in a few words.")],
    *,
    requester: Annotated[
        str | None,
        typer.Option(metavar="WHO", autocompletion=complete.field("requester"), help="Who asks for it."),
    ] = None,
    outcome: Annotated[
        Names,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            autocompletion=complete.field("outcome"),
            help="The outcome it serves.",
        ),
    ] = None,
    how: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it would move that outcome.")] = None,
    asked: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="What came back to the question for an outcome, if none was named."
        ),
    ] = None,
    knows: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who knows which number matters, with --asked.")
    ] = None,
    no_ask: Annotated[bool, typer.Option("--no-ask", help="Ask nothing, also in a terminal.")] = False,
    estimate: Annotated[
        str | None, typer.Option(metavar="EFFORT", help="5d, 4h, 2w, M, 2d-8d or 2d/4d/12d.")
    ] = None,
    type_: Annotated[
        str | None,
        typer.Option(
            "--type", metavar="TYPE", autocompletion=complete.field("type"), help="webinar, email, video …"
        ),
    ] = None,
    team: Annotated[
        str | None,
        typer.Option(
            "--team", metavar="TEAM", autocompletion=complete.field("team"), help="The team that would do it."
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(metavar="WHO", autocompletion=complete.field("owner"), help="Who answers for it."),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience", metavar="AUDIENCE", autocompletion=complete.field("audience"), help="Who it is for."
        ),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel",
            metavar="CHANNEL",
            autocompletion=complete.field("channel"),
            help="email, event, social …",
        ),
    ] = None,
    due: Annotated[
        date | None, typer.Option(metavar="DATE", parser=day, help="The day it is needed.")
    ] = None,
    moscow: Annotated[
        str | None,
        typer.Option(
            metavar="BUCKET", autocompletion=complete.values(*MOSCOW), help="must, should, could or wont."
        ),
    ] = None,
    status: Annotated[
        str,
        typer.Option(
            "--status",
            metavar="STATUS",
            autocompletion=complete.values("request", "committed"),
            help="request, or committed (promised already).",
        ),
    ] = "request",
    label: Annotated[
        Names,
        typer.Option(
            "--label", metavar="LABEL", autocompletion=complete.field("label"), help="A word to find it by."
        ),
    ] = None,
    link: Annotated[Names, typer.Option(metavar="URL", help="The address of a brief or draft.")] = None,
    description: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Everything else (-: read it from standard input).")
    ] = None,
    clash: clashes.Clashes,
    writing: Writing,
) -> None:
    """Log a request: it joins the bottom of the list, nothing is promised yet."""
    if not title.strip():
        raise MblError(
            "A request needs a title.", hint='For example: mbl add "Webinar for CTOs"', exit_code=2
        )
    at = place(ctx)
    values: dict[str, Any] = {
        "title": title.strip(), "requester": requester, "outcomes": listed(outcome) or None, "how": how,
        "estimate": estimate, "type": type_, "team": team, "owner": owner, "audience": audience, "channel": channel,
        "due": due.isoformat() if due else None, "status": one_of(status, ("request", "committed"), "--status"),
        "labels": listed(label), "links": tuple(link or ()),
        "description": sys.stdin.read() if description == "-" else description,
        **question.asked(asked, by=requester, knows=knows), **clash.values(),
    }  # fmt: skip
    bucket = one_of(moscow, MOSCOW, "--moscow") if moscow else None
    is_answered = listed(outcome) or how or asked or description == "-" or bucket == "wont"
    if not is_answered and question.may_ask(ctx, form=writing.format, no_ask=no_ask):
        validated.item_values(values)  # what is wrong is said before anybody types an answer
        values |= question.outcome_answer(ctx, session.opened(at).backlog, by=requester)
    asks = bool(audience) and bucket != "wont" and question.may_ask(ctx, form=writing.format, no_ask=no_ask)
    answer = ours.asked_new(ctx, session.opened(at).backlog, values) if asks else ours.New()
    values["team"] = answer.team or values["team"]
    asks_twins = question.may_ask(ctx, form=writing.format, no_ask=no_ask)
    settled = clash.asked(ctx, session.opened(at).backlog, values) if asks_twins and bucket != "wont" else {}

    def log(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        id_ = validated.new_ids(backlog, 1)[0]
        promised = {"accepted": now.isoformat()} if values["status"] == "committed" else {}
        same = {**clash.answers(backlog), **settled}
        item = validated.item({"id": id_, "requested": now.isoformat(), **promised, **values, **same})
        for row in same_title(backlog, item.title):
            asked = f", asked by {row.item.requester}" if row.item.requester else ""
            tell(ctx, f'"{row.item.title}" is on the list already: #{row.position}, {row.item.id}{asked}.')
        if bucket != "wont":
            clashes.remark(ctx, backlog, item, asked=asks_twins)
        if not asks and bucket != "wont":
            ours.remark(ctx, backlog, [item])
        after = added(backlog, [item])
        if bucket:
            ended = Ended(date=now, by=session.who(at) if bucket == "wont" else None)
            after = bucketed(after, [id_], bucket, today=now, ended=ended)
        if answer.declines:
            after = declined_for_audience(after, [id_], today=now, ended=Ended(date=now, by=session.who(at)))
        return checked(ctx, backlog, after, now)

    saved = session.changed(
        at, log, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    now = today(ctx, saved.after)
    words = "" if writing.dry_run else _place(saved)
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, words=words)
    if answer.declines:
        say_replies(ctx, saved.after, [change.id for change in saved.changes[:1]], now, None)


def _place(saved: session.Saved) -> str:
    from mbl.core.ranking import ranked

    id_ = saved.changes[0].id
    position = next((row.position for row in ranked(saved.after) if row.item.id == id_), None)
    place = f"at #{position}" if position else f"({saved.after.item(id_).status})"
    return f"Added {id_} {place}: {saved.after.path_of[id_]}"
