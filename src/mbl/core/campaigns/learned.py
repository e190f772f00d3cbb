"""What earlier campaigns taught: found by words, or because they spoke to the same people in the same place.

Refuses nothing; only what was decided has taught something.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mbl.core.report import Block, Column, Facts, Report, Table, Words
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign, Decision

_FOLLOWS = {"scale": "was scaled", "repeat": "was repeated", "stop": "was stopped"}


def decided_campaigns(backlog: Backlog, words: Sequence[str] = ()) -> tuple[tuple[str, Campaign], ...]:
    """The decided campaigns with their paths that mention every word, the latest decision first."""
    needles = [word for text in words for word in text.casefold().split()]
    found = [
        (path, campaign)
        for path, campaign in backlog.campaigns.items()
        if campaign.decision and all(needle in _text(campaign) for needle in needles)
    ]
    return tuple(sorted(found, key=lambda row: (_decision(row[1]).date, row[1].id), reverse=True))


def earlier(
    backlog: Backlog, *, audience: str | None, channel: str | None, apart: str | None = None
) -> tuple[Campaign, ...]:
    """The decided campaigns with this audience or channel, those with both first, then the latest; `apart` from this id."""

    def near(campaign: Campaign) -> int:
        return _same(campaign.audience, audience) + _same(campaign.channel, channel)

    found = [each for _, each in decided_campaigns(backlog) if near(each) and each.id != apart]
    return tuple(sorted(found, key=near, reverse=True))


def earlier_words(campaign: Campaign) -> str:
    """An earlier campaign and what it taught, in a line or two."""
    decision = _decision(campaign)
    about = ", ".join(filter(None, (campaign.audience, campaign.channel)))
    head = f"“{campaign.title}” ({campaign.id}{f': {about}' if about else ''}) {_FOLLOWS[decision.verdict]}"
    said = decision.learned or decision.reason or ""
    return f"{head} on {decision.date}. {' '.join(said.split())}".rstrip()


def learned_report(backlog: Backlog, words: Sequence[str]) -> Report:
    """The answer of `mbl campaign learned`."""
    rows = decided_campaigns(backlog, words)
    table = Table(columns=_columns(), rows=rows, what="learned")
    return Report(
        kind="learned",
        payload=lambda: {"learned": table.records()},
        blocks=tuple(_blocks(rows, words)),
        table=table,
    )


def record(path: str, campaign: Campaign) -> dict[str, Any]:
    """A decided campaign as JSON has it in `earlier` and `learned`."""
    return {column.key: column.value((path, campaign)) for column in _columns()}


def _columns() -> tuple[Column, ...]:
    own = ("id", "title", "audience", "channel", "outcome", "hypothesis")
    decision = ("date", "verdict", "by", "reason", "learned", "follow_up")
    return (
        *(Column(key=key, label=key.capitalize(), value=_of_campaign(key)) for key in own[:2]),
        *(
            Column(
                key=key, label=key.replace("_", " ").capitalize(), value=_of_decision(key),
                kind="date" if key == "date" else "text",
            )
            for key in decision
        ),
        *(Column(key=key, label=key.capitalize(), value=_of_campaign(key)) for key in own[2:]),
        Column(key="path", label="Path", value=lambda row: row[0]),
    )  # fmt: skip


def _of_campaign(key: str) -> Any:
    return lambda row: getattr(row[1], key)


def _of_decision(key: str) -> Any:
    return lambda row: getattr(row[1].decision, key)


def _blocks(rows: Sequence[tuple[str, Campaign]], words: Sequence[str]) -> Iterator[Block]:
    if not rows and words:
        yield Words(text=f"No decided campaign mentions {' '.join(words)}.")
    elif not rows:
        yield Words(text="No campaign was decided yet: nothing was learned so far.")
        yield Words(
            text='Once one is over: mbl campaign decide REF stop --reason "…" --learned "…"', tone="hint"
        )
    for _, campaign in rows:
        yield Facts(title=_title(campaign), facts=tuple(_facts(campaign)))


def _title(campaign: Campaign) -> str:
    decision = _decision(campaign)
    by = f" by {decision.by}" if decision.by else ""
    return f"{' '.join(campaign.title.split())} ({campaign.id}): {decision.verdict}, {decision.date}{by}"


def _facts(campaign: Campaign) -> Iterator[tuple[str, str]]:
    decision = _decision(campaign)
    yield "Learned", decision.learned or "nothing was written down"
    if decision.reason:
        yield "Why", decision.reason
    yield "We believed", campaign.hypothesis
    about = ", ".join(filter(None, (campaign.audience, campaign.channel, campaign.outcome)))
    if about:
        yield "About", about
    if decision.follow_up:
        yield "Then", decision.follow_up


def _text(campaign: Campaign) -> str:
    decision = _decision(campaign)
    texts: Iterable[str | None] = (
        campaign.title, campaign.hypothesis, campaign.audience, campaign.channel, decision.reason, decision.learned,
        campaign.outcome, campaign.id, decision.verdict,
    )  # fmt: skip
    return " ".join(filter(None, texts)).casefold()


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other) and (one or "").casefold() == (other or "").casefold()


def _decision(campaign: Campaign) -> Decision:
    decision: Any = campaign.decision
    return decision  # type: ignore[no-any-return]
