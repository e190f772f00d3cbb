"""What follows a decided campaign: one that is there already, the next campaign, or an item of the backlog.

Refuses a word that looks like an id and is none, and the beginning of several ids.
"""

import re
from datetime import date
from typing import get_args

from mbl.core.campaigns.tally import shifted
from mbl.core.rules.finding import nearest
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign, Decision
from mbl.model.item import Item
from mbl.model.noun import Id

_SHORTEST_ID = 3
_LOOKS_LIKE_AN_ID = re.compile(get_args(Id)[1].pattern)


def linked(backlog: Backlog, ref: str) -> str | None:
    """The id of the campaign or item that is meant; None for what is no id, the title of something new. Raises MblError."""
    wanted = ref.strip()
    known = [*(each.id for each in backlog.campaigns.values()), *backlog.path_of]
    if wanted in known:
        return wanted
    begun = [id_ for id_ in known if len(wanted) >= _SHORTEST_ID and id_.startswith(wanted)]
    if len(begun) > 1:
        raise MblError(
            f"{wanted!r} begins {len(begun)} ids: {', '.join(begun)}.", hint="Write one of them whole."
        )
    if not begun and _LOOKS_LIKE_AN_ID.fullmatch(wanted):
        hint = nearest(wanted, known) or "Name one that is there, or a title in several words for a new one."
        raise MblError(f"There is no campaign or item {wanted}.", hint=hint)
    return begun[0] if begun else None


def next_campaign(campaign: Campaign, *, id_: str, title: str, after: date) -> Campaign:
    """The same test once more: it starts the day after, lasts as long, and has no numbers yet."""
    start = shifted(after, 1)
    return Campaign(
        id=id_, title=title, hypothesis=campaign.hypothesis, start=start,
        deadline=shifted(start, (campaign.deadline - campaign.start).days), outcome=campaign.outcome,
        audience=campaign.audience, channel=campaign.channel, success_criteria=campaign.success_criteria,
    )  # fmt: skip


def next_item(
    campaign: Campaign, decision: Decision, *, id_: str, title: str, asks: str | None, today: date
) -> Item:
    """The request to make it big: for the same people, with what was learned as the reason why."""
    return Item(
        id=id_, title=title, requester=asks, requested=today,
        outcomes=(campaign.outcome,) if campaign.outcome else (),
        how=decision.learned or decision.reason, audience=campaign.audience, channel=campaign.channel,
        description=f"It follows the campaign “{campaign.title}” ({campaign.id}).",
    )  # fmt: skip
