"""`mbl campaign decide`: scale, repeat or stop; why, what was learned, and what follows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import typer

from mbl import session
from mbl.cli import ask, complete
from mbl.cli.campaign_log import Ref
from mbl.cli.open import place, today
from mbl.cli.options import Writing, day, one_of, with_groups
from mbl.cli.outcomes import answered
from mbl.cli.output import report_saved, tell
from mbl.cli.question import may_ask
from mbl.core.campaigns import edits
from mbl.core.campaigns.judged import ENDED, State
from mbl.core.campaigns.next import linked, next_campaign, next_item
from mbl.core.campaigns.refs import campaign_meant, campaign_path
from mbl.core.campaigns.state import state
from mbl.core.edit import added
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign, Decision
from mbl.session import values as validated

VERDICTS = ("scale", "repeat", "stop")
KINDS = ("campaign", "item")
_USUAL = {"repeat": "campaign", "scale": "item"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the decision says."""

    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None
    learned: Annotated[str | None, typer.Option(metavar="TEXT", help="What was learned.")] = None
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who decided (the name git signs with).")] = (
        None
    )
    follow_up: Annotated[
        str | None,
        typer.Option(
            "--follow-up",
            metavar="TITLE|REF",
            autocompletion=complete.campaigns,
            help="What follows: the id of a campaign or item, or the title of a new one.",
        ),
    ] = None
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="KIND",
            autocompletion=complete.values(*KINDS),
            help="What the new one is: campaign (to repeat) or item (to scale).",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """On which day, and whether it replaces an earlier decision."""

    on: Annotated[
        date | None,
        typer.Option("--date", metavar="DATE", parser=day, help="The day of the decision (today)."),
    ] = None
    again: Annotated[bool, typer.Option("--again", help="Replace an earlier decision.")] = False


@with_groups
def decide(
    ctx: typer.Context,
    ref: Ref,
    verdict: Annotated[
        str | None,
        typer.Argument(
            metavar="scale|repeat|stop",
            autocompletion=complete.values(*VERDICTS),
            help="Make it big, try again, or stop.",
        ),
    ] = None,
    *,
    said: Said,
    when: When,
    writing: Writing,
) -> None:
    """Decide a campaign: make it big, try again or stop; with the reason, and what was learned."""
    at = place(ctx)
    backlog = session.opened(at, tell=lambda text: tell(ctx, text)).backlog
    campaign, now = campaign_meant(backlog, ref), today(ctx, backlog)
    before = state(replace(campaign, decision=None), now)
    asks = may_ask(ctx, form=writing.format, no_ask=False) and (campaign.decision is None or when.again)
    if asks:
        verdict, said = _asked(verdict, said, before)
    chosen, said = _chosen(verdict), replace(said, by=said.by or session.who(at))

    def decided(backlog: Backlog) -> Backlog:
        return _decided(backlog, campaign.id, chosen, said=said, when=when, today=now)

    saved = session.changed(
        at, decided, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    words = _words(saved.before, saved.after, campaign.id) if saved.paths else ""
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, words=words)
    if saved.changes:
        _remark(ctx, campaign_meant(saved.after, campaign.id), before, advice="" if asks else before.advice)


def _chosen(verdict: str | None) -> str:
    if verdict is None:
        raise MblError("What was decided?", hint="Say scale, repeat or stop.", exit_code=2)
    return one_of(verdict, VERDICTS, "mbl campaign decide")


def _decided(backlog: Backlog, id_: str, chosen: str, *, said: Said, when: When, today: date) -> Backlog:
    """The backlog with the decision, and with what follows if something shall. Raises MblError."""
    if said.as_ and not said.follow_up:
        raise MblError("--as belongs to --follow-up: what follows?", exit_code=2)
    path = campaign_path(backlog, id_)
    campaign = backlog.campaigns[path]
    decision = _decision(campaign, chosen, said, on=when.on, today=today)
    after = edits.decided(backlog, path, decision, today=today, again=when.again)
    if not said.follow_up:
        return after
    as_ = one_of(said.as_, KINDS, "--as") if said.as_ else None
    after, next_ = _followed(after, campaign, decision, title=said.follow_up, as_=as_, today=today)
    return edits.decided(after, path, replace(decision, follow_up=next_), today=today, again=True)


def _asked(verdict: str | None, said: Said, before: State) -> tuple[str, Said]:
    """The decision with answers for what was not said."""
    ask.say(f"“{before.campaign.title}” ({before.campaign.id}). {before.advice}")
    chosen = verdict or answered("scale, repeat or stop?", _chosen)
    reason = said.reason or answered("Why?", _words_given)
    learned = said.learned
    if learned is None:
        learned = answered("What was learned? (Enter: nothing)", lambda text: text or None)
    talks = verdict is None or said.reason is None
    follow_up = said.follow_up
    if talks and follow_up is None and chosen in _USUAL and said.as_ is None:
        kind = _USUAL[chosen]
        follow_up = answered(
            f"What follows? The title of a new {kind}, or the id of one that is there. (Enter: nothing yet)",
            lambda text: text or None,
        )
    return chosen, replace(said, reason=reason, learned=learned, follow_up=follow_up)


def _words_given(text: str) -> str:
    if not text:
        raise MblError("A decision needs a reason: whoever reads it in a year was not there.")
    return text


def _decision(campaign: Campaign, verdict: str, said: Said, *, on: date | None, today: date) -> Decision:
    """The decision; what was learned stays learned, and of the same decision again all that is not said anew."""
    before = campaign.decision
    former = before if before and before.verdict == verdict else None
    day_ = on or (former.date if former else today)
    given = {
        "date": day_.isoformat(), "verdict": verdict, "by": said.by, "reason": said.reason, "learned": said.learned,
    }  # fmt: skip
    made: Decision = validated.valid(Decision, given)
    if before:
        made = replace(made, learned=made.learned or before.learned)
    return replace(made, reason=made.reason or former.reason, follow_up=former.follow_up) if former else made


def _followed(
    backlog: Backlog, campaign: Campaign, decision: Decision, *, title: str, as_: str | None, today: date
) -> tuple[Backlog, str]:
    """The backlog with what follows, made if it is not there, and its id. Raises MblError."""
    there = linked(backlog, title)
    if there and as_:
        raise MblError(f"{there} is there already.", hint="Leave out --as to link it.", exit_code=2)
    if there:
        return backlog, there
    kind = as_ or _USUAL.get(decision.verdict)
    if kind is None:
        raise MblError(
            f"What should “{title.strip()}” become?", hint="Say --as campaign or --as item.", exit_code=2
        )
    id_, title = validated.new_ids(backlog, 1)[0], " ".join(title.split())
    if kind == "campaign":
        after = max(decision.date, today)
        return edits.created(backlog, next_campaign(campaign, id_=id_, title=title, after=after)), id_
    item = next_item(campaign, decision, id_=id_, title=title, asks=decision.by, today=today)
    return added(backlog, [item]), id_


def _words(before: Backlog, after: Backlog, id_: str) -> str:
    """What was decided, and what was made for it."""
    campaign = campaign_meant(after, id_)
    verdict = campaign.decision.verdict if campaign.decision else ""
    lines = [f"Decided “{campaign.title}” ({id_}): {verdict}"]
    there = {**before.campaigns, **before.items}
    lines += [_came(after, path) for path in {**after.campaigns, **after.items} if path not in there]
    return "\n".join(lines)


def _came(after: Backlog, path: str) -> str:
    made = after.campaigns.get(path)
    if made is None:
        item = after.items[path]
        return f"Added the request “{item.title}” ({item.id}): {path}"
    return f"Added the campaign “{made.title}” ({made.id}), from {made.start} to {made.deadline}: {path}"


def _remark(ctx: typer.Context, campaign: Campaign, before: State, *, advice: str) -> None:
    """What speaks against it, and what is still missing."""
    if before.phase in ("planned", "running") and before.verdict not in ENDED:
        verdict = before.verdict.replace("-", " ")
        tell(ctx, f"Mind: it was decided before it was over ({verdict}). {advice}".rstrip())
    if campaign.decision and not campaign.decision.learned:
        tell(
            ctx,
            f"Nobody wrote down what was learned: mbl campaign decide {campaign.id} {campaign.decision.verdict} "
            '--again --learned "…"',
        )
