"""`mbl campaign new`: by options, and in a terminal by answers to what they leave open.

Refuses a campaign that nobody could judge later: without a hypothesis, dates, and a criterion set beforehand.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli import ask
from mbl.cli.campaign_plan import Plan, criteria_typed
from mbl.cli.open import place, today
from mbl.cli.options import Writing, with_groups
from mbl.cli.outcomes import answered, as_day
from mbl.cli.output import change_report, report_saved, say, show, tell
from mbl.cli.question import may_ask
from mbl.core.campaigns import edits
from mbl.core.campaigns.criteria import EXAMPLES, counters, criterion, refuse_odd_together
from mbl.core.campaigns.design import design_check
from mbl.core.campaigns.learned import earlier, earlier_words, record
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign, SuccessCriterion
from mbl.session import Saved
from mbl.session import values as validated

_EARLIER = 3
_MISSING = {
    "hypothesis": '--hypothesis "CTOs accept a personal invitation, and half of them want to talk"',
    "start": "--start 2026-11-30",
    "deadline": "--deadline 2027-01-15",
    "criterion": f'--criterion "{EXAMPLES[0]}"',
}


@with_groups
def new(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The campaign in a few words.")],
    *,
    plan: Plan,
    writing: Writing,
) -> None:
    """Plan a small test: what we believe, until when, and what must come out for it to be right."""
    if not title.strip():
        raise MblError(
            "A campaign needs a title.", hint='For example: mbl campaign new "Outreach to CTOs"', exit_code=2
        )
    at = place(ctx)
    backlog = session.opened(at, tell=lambda text: tell(ctx, text)).backlog
    now = today(ctx, backlog)
    criteria = criteria_typed(plan.criterion)
    talks = may_ask(ctx, form=writing.format, no_ask=False) and not _is_whole(plan)
    if not talks:
        _demand(plan)
    plan = _placed(plan, backlog, asks=talks)
    found = earlier(backlog, audience=plan.audience, channel=plan.channel)[:_EARLIER]
    for each in found:
        tell(ctx, f"Earlier: {earlier_words(each)}")
    if talks:
        plan, criteria = _asked(plan, now), criteria or _asked_criteria()
    held = _held(title, plan, criteria)
    edits.refuse_odd(backlog, held)
    for remark in _remarks(backlog, held, now):
        tell(ctx, f"Mind: {remark}")

    def planned(backlog: Backlog) -> Backlog:
        return edits.created(backlog, replace(held, id=validated.new_ids(backlog, 1)[0]))

    saved = session.changed(
        at, planned, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    _report(ctx, saved, held, found, writing)


def _is_whole(plan: Plan) -> bool:
    return all(getattr(plan, name) for name in _MISSING)


def _demand(plan: Plan) -> None:
    """Raise MblError (exit code 2) that names every option that is missing."""
    missing = [name for name in _MISSING if not getattr(plan, name)]
    if missing:
        options = " and ".join(", ".join(f"--{name}" for name in missing).rsplit(", ", 1))
        verb = "is" if len(missing) == 1 else "are"
        examples = "\n".join(_MISSING[name] for name in missing)
        raise MblError(f"{options} {verb} missing.", hint=f"For example:\n{examples}", exit_code=2)


def _placed(plan: Plan, backlog: Backlog, *, asks: bool) -> Plan:
    """The plan with its audience, channel and outcome: they tell which earlier campaigns are worth a look."""
    said: dict[str, Any] = {}
    for name, question, known in (
        ("audience", "Who is it for?", edits.audiences(backlog)),
        ("channel", "Through which channel?", ()),
        ("outcome", "Which outcome does it serve?", edits.outcomes(backlog)),
    ):
        given = getattr(plan, name)
        if given is None and asks:
            offered = f" ({', '.join(known)})" if known else ""
            said[name] = answered(f"{question}{offered} (Enter: leave open)", _one_of(name, known))
        elif given is not None:
            said[name] = _one_of(name, known)(given)
    return replace(plan, **said)


def _one_of(name: str, known: Sequence[str]) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        made: Campaign = validated.valid(Campaign, {**_ANY, name: text} if text.strip() else _ANY)
        value: str | None = getattr(made, name)
        edits.refuse_unknown(value, name, tuple(known))
        return value

    return read


def _asked(plan: Plan, now: date) -> Plan:
    """The plan with answers for what was not said."""
    hypothesis = plan.hypothesis or answered(
        "What do we believe will happen, and why? (Like: CTOs accept a personal invitation, and half of them want to talk.)",
        _words,
    )
    start = plan.start or answered("From which day?", as_day, usual=now.isoformat())
    deadline = plan.deadline or answered(
        "Until which day? (like 2026-12-31)", lambda text: _not_before(start, text)
    )
    return replace(plan, hypothesis=hypothesis, start=start, deadline=deadline)


def _asked_criteria() -> tuple[SuccessCriterion, ...]:
    """The criteria that somebody types, until Enter alone; at least one."""
    ask.say(
        "What must come out for it to be right? For example:\n" + "\n".join(f"  {text}" for text in EXAMPLES)
    )
    found: list[SuccessCriterion] = []

    def read(text: str) -> SuccessCriterion | None:
        made = criterion(text) if text or not found else None
        refuse_odd_together((*found, *([made] if made else ())))
        return made

    while made := answered(f"Criterion {len(found) + 1}:{' (Enter: no more)' if found else ''}", read):
        found.append(made)
    return tuple(found)


def _words(text: str) -> str:
    if not text:
        raise MblError("A campaign needs a hypothesis: without one, nothing can be learned.")
    return text


def _not_before(start: date, text: str) -> date:
    deadline = as_day(text)
    if deadline < start:
        raise MblError(f"The deadline {deadline} lies before the start on {start}.")
    return deadline


_ANY = {
    "id": "bbbbb", "title": "x", "hypothesis": "x", "start": "2000-01-01", "deadline": "2000-01-01",
}  # fmt: skip
"""What every campaign must say."""


def _held(title: str, plan: Plan, criteria: tuple[SuccessCriterion, ...]) -> Campaign:
    """The campaign, with an id to be replaced. Raises MblError (exit code 2)."""
    said = {
        "title": " ".join(title.split()), "hypothesis": plan.hypothesis, "start": str(plan.start),
        "deadline": str(plan.deadline), "outcome": plan.outcome, "audience": plan.audience, "channel": plan.channel,
    }  # fmt: skip
    made: Campaign = validated.valid(Campaign, {**_ANY, **said})
    return replace(made, success_criteria=criteria)


def _remarks(backlog: Backlog, held: Campaign, now: date) -> Iterator[str]:
    if held.deadline < now:
        yield f"its deadline, {held.deadline}, has passed: it can only be recorded."
    elif held.start < now:
        yield f"it has been running since {held.start}. Log what was counted so far with --date."
    for each in backlog.campaigns.values():
        if each.decision is None and each.title.casefold() == held.title.casefold():
            yield f"there is a campaign of this title already: {each.id}, from {each.start} to {each.deadline}."


def _report(
    ctx: typer.Context, saved: Saved, held: Campaign, found: Sequence[Campaign], writing: Writing
) -> None:
    now = today(ctx, saved.after)
    design = design_check(held.success_criteria, held.start, held.deadline)
    path, made = next(row for row in saved.after.campaigns.items() if row[0] not in saved.before.campaigns)
    if writing.format == "json":
        paths = {each.id: path for path, each in saved.after.campaigns.items()}
        past = [record(paths[each.id], each) for each in found]
        more = {"campaign": made.id if saved.paths else None, "design": list(design), "earlier": past}
        show(ctx, change_report(saved, **more), form="json", today=now)
        return
    words = "" if writing.dry_run else f"Planned {made.id}: {path}"
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, words=words)
    if writing.format == "table" and design:
        say("\n".join(design))
    if saved.paths:
        used = " ".join(f"{name}=…" for name in counters(made))
        tell(ctx, f"Once there are numbers: mbl campaign log {made.id} {used}")
