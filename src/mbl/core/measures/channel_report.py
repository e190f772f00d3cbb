"""Channel against customer as part of `mbl measures`: a sentence for each conflict, and what to do next.

Refuses nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter

from mbl.core.measures.channels import Code, Conflict, channel_conflicts
from mbl.core.measures.part import MeasurePart
from mbl.core.report import Block, Column, Facts, Table, Words
from mbl.core.wording import short
from mbl.model.backlog import Backlog


def channel_part(backlog: Backlog, today: date) -> MeasurePart:
    """The conflicts of this day; beside other parts without what to do, and silent where all is well."""
    found = channel_conflicts(backlog, today)
    table = Table(columns=_COLUMNS, rows=found, what="conflicts")
    titles: dict[str | None, str] = {campaign.id: campaign.title for campaign in backlog.campaigns.values()}
    rows = _rows(found, titles)
    return MeasurePart(
        brief=_facts((label, text.partition("\n")[0]) for label, text in rows) + (_MORE if rows else ()),
        full=_facts(rows) or _all_is_well(backlog),
        payload={"channel_conflicts": table.records()},
        table=table,
    )


_TITLE = 60
_LABELS: Mapping[Code, str] = {
    "opposite-directions": "Proven",
    "channel-only-team": "Team",
    "channel-only-work": "Work",
    "channel-only-campaign": "Campaign",
}


_MORE = (Words(text="What to do about each: mbl measures --channels", tone="hint"),)


def _facts(rows: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    facts = tuple(rows)
    return (Facts(title="Channel against customer", facts=facts),) if facts else ()


def _rows(found: Sequence[Conflict], titles: Mapping[str | None, str]) -> list[tuple[str, str]]:
    """A label and a text for each, in its first line what is the case; several campaigns stand together."""
    campaigns = [conflict for conflict in found if conflict.campaign]
    others = found if len(campaigns) < 2 else [each for each in found if not each.campaign]  # noqa: PLR2004
    rows = [(_label(conflict), f"{conflict.words}\nNext: {conflict.to_do}") for conflict in others]
    return [*rows, ("Campaigns", _together(campaigns, titles))] if len(others) < len(found) else rows


def _together(campaigns: Sequence[Conflict], titles: Mapping[str | None, str]) -> str:
    """Several campaigns that are judged by their channel alone, a line each."""
    lines = [f"- {short(titles[one.campaign], _TITLE)}: {', '.join(one.counters)}" for one in campaigns]
    many = f"{len(campaigns)} campaigns are for customers or the business, but count only what their channel did."
    cure = "Add a criterion for what is gained; or, if a counter is just that, say so once"
    example = f"mbl measures new {campaigns[-1].counters[-1]} --scope business"
    return "\n".join((many, *lines, f"Next: {cure}: {example}"))


def _label(conflict: Conflict) -> str:
    return _LABELS[conflict.code] if conflict.proven else "Perhaps"


def _all_is_well(backlog: Backlog) -> tuple[Block, ...]:
    channels = [measure for measure in backlog.measures.values() if measure.scope == "channel"]
    if channels:
        return (Words(text="No channel's number stands against those of its customers.", tone="good"),)
    return (
        Words(text="No measure is a channel's: there is nothing to hold against those of the customers."),
        Words(text="Next: mbl measures new opens --scope channel --audience AUDIENCE", tone="hint"),
    )


_COLUMNS = tuple(
    Column(key=key, label=key.replace("_", " ").capitalize(), value=attrgetter(key))
    for key in (
        *(
            "code",
            "words",
            "to_do",
            "measures",
            "audience",
            "teams",
            "share",
            "proven",
            "items",
            "campaign",
            "counters",
        ),
    )
)
