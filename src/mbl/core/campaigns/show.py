"""`mbl campaign show`: one campaign in full, and at a glance for whoever watches it.

The verdict with the counts behind it, each criterion, the way so far against the straight line, what was
changed meanwhile, the readings, the decision. Refuses a campaign that does not exist.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from mbl.core.campaigns.advice import waiting
from mbl.core.campaigns.judged import Judged, State
from mbl.core.campaigns.payload import campaign_record
from mbl.core.campaigns.plot import plots
from mbl.core.campaigns.refs import campaign_by_id, campaign_path
from mbl.core.campaigns.said import first_up, unanswered
from mbl.core.campaigns.state import state
from mbl.core.campaigns.words import (
    ASSUMPTION,
    CERTAIN,
    SHORT,
    TONES,
    asks,
    chance_of,
    days_words,
    decide,
    interval_words,
    sentence,
    target,
)
from mbl.core.report import Block, Column, Facts, Report, Table, Words
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign


def campaign_show(backlog: Backlog, path: str, today: date, *, changed: Sequence[str] = ()) -> Report:
    """The campaign of this file in full; `changed` says which criteria differ from what git remembers."""
    campaign = backlog.campaigns[path]
    of = state(campaign, today)
    record = {
        **campaign_record(path, of),
        "readings": campaign.readings,
        "changes": campaign.changes,
        "changed_criteria": list(changed),
    }
    readings = _readings(campaign)
    blocks: tuple[Block, ...] = (
        *_head(of),
        *(Words(text=f"Mind: {text}.", tone="bad") for text in changed),
        *_decision(backlog, campaign),
        _criteria(of),
        *_assumption(of),
        *plots(of, today),
        _about(path, of),
        *_changes(campaign),
        *readings,
    )
    return Report(
        kind="campaigns",
        payload=lambda: {"campaigns": [record], "assumption": ASSUMPTION},
        blocks=blocks,
        table=next(iter(readings), None),
    )


def campaign_glance(backlog: Backlog, ref: str, today: date) -> Report:
    """What changes from reading to reading, without the rest. Raises MblError."""
    path = campaign_path(backlog, ref)
    of = state(backlog.campaigns[path], today)
    blocks: tuple[Block, ...] = (*_head(of), _criteria(of), *_assumption(of), *plots(of, today))
    return Report(kind="campaigns", payload=lambda: {"campaigns": [campaign_record(path, of)]}, blocks=blocks)


def _head(of: State) -> Iterator[Words]:
    yield Words(text=f"{of.campaign.title} ({of.campaign.id})", tone="headline")
    tone = TONES.get(of.verdict, "plain")
    says_it_all = of.phase == "planned" or (of.verdict in CERTAIN and of.phase != "decided")
    if not says_it_all:
        yield Words(text=sentence(of), tone=tone)
    if of.phase == "running" and of.verdict == "too-early":
        yield Words(text=f"{first_up(waiting(of))}.")
    elif of.phase != "decided":
        yield Words(text=of.advice, tone=tone if says_it_all else "plain")
    if of.phase == "due":
        yield Words(text=f"{first_up(asks(of))}: {decide(of.campaign.id)}", tone="hint")


def _decision(backlog: Backlog, campaign: Campaign) -> Iterator[Facts]:
    decision = campaign.decision
    if decision is None:
        return
    by = f" by {decision.by}" if decision.by else ""
    following = campaign_by_id(backlog, decision.follow_up)
    item = next((each for each in backlog.items.values() if each.id == decision.follow_up), None)
    after = following or item
    pairs = (
        ("Decision", f"{decision.verdict}, on {decision.date}{by}"),
        ("Reason", decision.reason),
        ("Learned", decision.learned),
        ("Follow-up", f"{decision.follow_up}: {after.title}" if after else decision.follow_up),
    )
    yield Facts(facts=tuple((label, value) for label, value in pairs if value))


def _criteria(of: State) -> Table:
    return Table(columns=_CRITERIA, rows=of.judged, what="success criteria")


def _assumption(of: State) -> Iterator[Words]:
    if any(each.planned_is_guess for each in of.judged):
        text = "No `planned` number in the file: it is guessed from the pace so far (marked with ~)."
        yield Words(text=text, tone="hint")
    yield from (Words(text=text, tone="hint") for each in of.judged if (text := _open(each)))
    if chance_of(of):
        yield Words(text=ASSUMPTION, tone="hint")


def _open(judged: Judged) -> str:
    """That the rate is not the last word while tries may still succeed."""
    open_ = unanswered(judged)
    if not open_ or judged.verdict in CERTAIN:
        return ""
    said = f"{judged.criterion.id}: {open_:,} of {judged.n or 0:,} {judged.criterion.of} are still open"
    if judged.chained and judged.criterion.window_days is None:
        return (
            f"{said}. Without a window none of them counts as lost before the end, which flatters the chance."
        )
    return f"{said}, so the rate may still rise."


def _about(path: str, of: State) -> Facts:
    campaign = of.campaign
    pace = "" if of.pace is None else f"{of.pace:.0%}".replace("%", " % of the straight line")
    pairs = (
        ("Hypothesis", campaign.hypothesis.strip()),
        ("Time", _time(of)),
        ("Next look", str(of.next_look or "")),
        ("Pace", pace),
        ("Outcome", campaign.outcome),
        ("Audience", campaign.audience),
        ("Channel", campaign.channel),
        ("File", path),
    )
    return Facts(facts=tuple((label, value) for label, value in pairs if value))


def _time(of: State) -> str:
    campaign = of.campaign
    span = f"{campaign.start} to {campaign.deadline}"
    if of.closes > campaign.deadline:
        span += f", and until {of.closes} for what is begun by then"
    return f"{span} ({left})" if (left := _left(of)) else span


def _left(of: State) -> str:
    if of.phase not in ("running", "due") or of.today > of.closes:
        return ""
    if of.days_left:
        return f"{days_words(of.days_left)} left"
    return "the last day" if of.today == of.campaign.deadline else "only answers count now"


def _changes(campaign: Campaign) -> Iterator[Block]:
    if campaign.changes:
        facts = (
            (str(each.date), " ".join(filter(None, (each.by and f"{each.by}:", each.reason))))
            for each in campaign.changes
        )
        yield Facts(title="Changed since the first reading", facts=tuple(facts))


def _readings(campaign: Campaign) -> tuple[Table, ...]:
    if not campaign.readings:
        return ()
    names = dict.fromkeys(name for reading in campaign.readings for name in reading if name != "date")
    columns = (_counter("date", "Date"), *(_counter(name, name) for name in names))
    title = "Readings, counted from the start"
    return (Table(title=title, columns=columns, rows=campaign.readings, what="readings"),)


def _counter(name: str, label: str) -> Column:
    def value(reading: dict[str, Any]) -> Any:
        return reading.get(name)

    return Column(key=name, label=label, value=value, kind="date" if name == "date" else "number")


def _count(judged: Judged) -> str:
    if judged.k is None:
        return ""
    return f"{judged.k:,}" if judged.n is None else f"{judged.k:,} of {judged.n:,}"


def _need(judged: Judged) -> str:
    if judged.need is None:
        return ""
    most = "at most " if judged.kind == "guard" else ""
    guess = "~" if judged.planned_is_guess else ""
    planned = judged.planned
    return f"{most}{judged.need:,}" + (f" of {guess}{planned:,}" if planned is not None else "")


_CRITERIA = (
    Column(key="id", label="Criterion", value=lambda each: each.criterion.id, least=9),
    Column(key="target", label="Target", value=lambda each: target(each.criterion), least=8),
    Column(key="so_far", label="So far", value=_count),
    Column(key="need", label="Needed", value=_need),
    Column(key="probability", label="Chance", value=chance_of),
    Column(key="verdict", label="Verdict", value=lambda each: SHORT[each.verdict], least=9),
    Column(key="interval", label="Rate (90 %)", value=lambda each: interval_words(each.interval)),
)
