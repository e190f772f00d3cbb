"""What happened to the campaigns between two looks, in words; and what stands in for files that cannot be read just now."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from mbl.core.campaigns.readings import counts_of
from mbl.core.campaigns.state import state
from mbl.core.campaigns.words import VERDICTS
from mbl.model.backlog import SETTINGS, Backlog
from mbl.model.campaign import Campaign


def news(before: Backlog, after: Backlog, today: date, *, only: str | None = None) -> tuple[str, ...]:
    """`LinkedIn outreach: accepted 8 → 9, now met`, a line for each campaign; of one alone without its title."""
    then, now = _by_id(before), _by_id(after)
    ids = [id_ for id_ in {**now, **then} if only in (None, id_)]
    said = ((id_, _said(then.get(id_), now.get(id_), today)) for id_ in ids)
    titles = {id_: "" if only else f"{(now.get(id_) or then[id_]).title}: " for id_ in ids}
    return tuple(f"{titles[id_]}{words}" for id_, words in said if words)


def stood_in(before: Backlog, now: Backlog) -> Backlog:
    """The backlog as it is now; what cannot be read just now is as it was before."""
    broken = {problem.path for problem in now.broken}
    unread = "campaigns" in broken
    held = {path: each for path, each in before.campaigns.items() if unread or path in broken}
    campaigns = dict(sorted({**held, **now.campaigns}.items()))
    settings = before.settings if SETTINGS in broken else now.settings
    return replace(now, campaigns=campaigns, settings=settings)


def _by_id(backlog: Backlog) -> Mapping[str, Campaign]:
    return {each.id: each for each in backlog.campaigns.values()}


def _said(then: Campaign | None, now: Campaign | None, today: date) -> str:
    if then is None or now is None:
        return "its file is gone" if now is None else "new"
    if then == now:
        return ""
    return ", ".join(_differences(then, now, today)) or "changed"


def _differences(then: Campaign, now: Campaign, today: date) -> Iterator[str]:
    before, after = _counts(then), _counts(now)
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield f"{name} {_number(before.get(name))} → {_number(after.get(name))}"
    if before == after and len(now.readings) > len(then.readings):
        yield "read again, no change"
    if now.success_criteria != then.success_criteria:
        yield "its criteria changed"
    if now.decision != then.decision:
        yield f"decided: {now.decision.verdict}" if now.decision else "its decision was taken back"
    was, is_ = state(then, today).verdict, state(now, today).verdict
    if was != is_:
        yield f"now {VERDICTS[is_]}"


def _counts(campaign: Campaign) -> dict[str, int]:
    """What each counter stood at when it was last read."""
    dated = [reading for reading in campaign.readings if isinstance(reading.get("date"), date)]
    counts: dict[str, int] = {}
    for reading in sorted(dated, key=lambda reading: reading["date"]):
        counts |= counts_of(reading)
    return counts


def _number(count: int | None) -> str:
    return "unread" if count is None else f"{count:,}"
