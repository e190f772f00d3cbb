"""`mbl campaign`: what asks for a decision, what is running, what is planned, and how many are decided.

No probability without the counts behind it and what it assumes. Refuses nothing: a filter that fits none says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mbl.core.campaigns.columns import COLUMNS, RAW, TITLES, Row
from mbl.core.campaigns.judged import Phase
from mbl.core.campaigns.payload import campaign_record
from mbl.core.campaigns.state import state
from mbl.core.campaigns.words import ASSUMPTION, chance_of, decide
from mbl.core.report import Block, Report, Table, Words
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign

PHASES: tuple[Phase, ...] = ("due", "running", "planned", "decided")
NONE = "none"
"""The filter value for "has none"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which campaigns are meant: every filter that is given must fit; without phases, what is not decided."""

    phase: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    limit: int | None = None


def campaigns_report(backlog: Backlog, today: date, asked: Asked | None = None) -> Report:
    """The campaigns that are asked for, what is due first."""
    asked = asked or Asked()
    rows = tuple(Row(path, state(each, today)) for path, each in _matching(backlog, asked))
    wanted = asked.phase or PHASES[:-1]
    found = [row for phase in PHASES if phase in wanted for row in _in_order(rows, phase)]
    shown = found[: asked.limit] if asked.limit else found
    decided = sum(row.of.phase == "decided" for row in rows)
    return Report(
        kind="campaigns",
        payload=lambda: {
            "campaigns": [campaign_record(row.path, row.of) for row in shown],
            "decided": decided,
            "assumption": ASSUMPTION,
        },
        blocks=tuple(_blocks(backlog, shown, more=len(found) - len(shown), decided=_unseen(decided, wanted))),
        table=Table(columns=RAW, rows=shown, what="campaigns"),
    )


def unmatched(backlog: Backlog, asked: Asked) -> tuple[str, ...]:
    """A sentence for each filter value that no campaign has, with the nearest one that exists."""
    from mbl.core.rules.finding import nearest

    said: list[str] = []
    for name in _FIELDS:
        have = {value for each in backlog.campaigns.values() if (value := getattr(each, name))}
        known = {NONE, *(value.casefold() for value in have)}
        unknown = (value for value in getattr(asked, name) if value.casefold() not in known)
        said += (
            f"No campaign has {name} {value}. {nearest(value, sorted(have))}".strip() for value in unknown
        )
    return tuple(said)


_FIELDS = ("outcome", "audience", "channel")


def _matching(backlog: Backlog, asked: Asked) -> list[tuple[str, Campaign]]:
    tests = [_test(name, getattr(asked, name)) for name in _FIELDS if getattr(asked, name)]
    if asked.text:
        tests.append(_mentions(asked.text))
    return [(path, each) for path, each in backlog.campaigns.items() if all(test(each) for test in tests)]


def _test(name: str, wanted: Sequence[str]) -> Callable[[Campaign], bool]:
    accepted = frozenset(value.casefold() for value in wanted)
    return lambda campaign: (getattr(campaign, name) or NONE).casefold() in accepted


def _mentions(texts: Sequence[str]) -> Callable[[Campaign], bool]:
    """Whether the campaign mentions every word of one of the texts."""
    needles = [text.casefold().split() for text in texts]

    def mentions(campaign: Campaign) -> bool:
        learned = campaign.decision.learned if campaign.decision else ""
        text = f"{campaign.id} {campaign.title} {campaign.hypothesis} {learned or ''}".casefold()
        return any(all(needle in text for needle in words) for words in needles)

    return mentions


def _in_order(rows: Iterable[Row], phase: Phase) -> list[Row]:
    """Due: who waits longest; running: who ends first; planned: who begins first; decided: the latest."""
    keys: dict[Phase, Callable[[Row], Any]] = {
        "due": lambda row: -row.of.overdue_days,
        "running": lambda row: row.of.days_left,
        "planned": lambda row: row.of.campaign.start,
        "decided": lambda row: -(row.of.campaign.decision or row.of).date.toordinal(),  # type: ignore[union-attr]
    }
    of_phase = sorted((row for row in rows if row.of.phase == phase), key=lambda row: row.of.campaign.id)
    return sorted(of_phase, key=keys[phase])


def _unseen(decided: int, wanted: Sequence[str]) -> int:
    return 0 if "decided" in wanted else decided


def _blocks(backlog: Backlog, rows: Sequence[Row], *, more: int, decided: int) -> Iterable[Block]:
    if not backlog.campaigns:
        yield Words(text="No campaign yet.")
        yield Words(text='Next: mbl campaign new "Outreach to CTOs"', tone="hint")
        return
    if not rows:
        yield Words(text="No campaign fits." if not decided else "No campaign is running or planned.")
    by_phase = {phase: [row for row in rows if row.of.phase == phase] for phase in PHASES}
    for phase, of_phase in by_phase.items():
        if of_phase:
            yield Table(title=TITLES[phase], columns=COLUMNS[phase], rows=of_phase, what="campaigns")
        if of_phase and phase == "due":
            yield Words(text=f"Decide: {decide(of_phase[0].of.campaign.id)}", tone="hint")
    if more:
        yield Words(text=f"… and {more} more (--limit 0 shows all)", tone="hint")
    if any(chance_of(row.of) for row in rows if row.of.phase != "decided"):
        yield Words(text=ASSUMPTION, tone="hint")
    if decided:
        yield Words(text=f"{decided} decided (--all shows {'it' if decided == 1 else 'them'}).", tone="hint")
