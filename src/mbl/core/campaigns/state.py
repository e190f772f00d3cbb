"""The state of a campaign on one day: what its readings say of its criteria, and what to do.

Refuses nothing: readings that cannot be are left to `check`, and say "no data" here. A decided campaign stands where
it stood on the day of its decision.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from mbl.core.campaigns.advice import advice
from mbl.core.campaigns.judged import ENDED, Judged, Kind, Phase, State, Verdict
from mbl.core.campaigns.look import next_look
from mbl.core.campaigns.tally import Tally, closes, readings_until, tallies
from mbl.core.campaigns.verdict import ruled, whole
from mbl.model.campaign import Campaign

__all__ = ["Judged", "Kind", "Phase", "State", "Verdict", "state"]

_DAY = timedelta(days=1)


def state(campaign: Campaign, today: date) -> State:
    """Where the campaign stands on this day."""
    day = min(today, campaign.decision.date) if campaign.decision else today
    last = max(
        (closes(campaign.deadline, each) for each in campaign.success_criteria), default=campaign.deadline
    )
    readings = readings_until(campaign, day)
    counted = tallies(campaign, readings, day)
    judged, probability = ruled(counted)
    verdict = whole((each.verdict for each in judged), probability, is_over=day > last)
    phase = _phase(campaign, verdict, today, last)
    read = max((each.read for each in counted if each.read), default=None)
    of = State(
        campaign=campaign,
        today=today,
        phase=phase,
        verdict=verdict,
        probability=probability,
        judged=judged,
        first=campaign.start,
        read=read,
        closes=last,
        next_look=next_look(campaign, counted, judged, readings=readings, today=today, last=last)
        if phase in _GOING
        else None,
        days_left=max(0, (campaign.deadline - today) // _DAY),
        pace=_pace(counted),
        advice="",
        overdue_days=_overdue(campaign, today, last, read) if phase == "due" else 0,
    )
    return replace(of, advice=advice(of))


_GOING = ("planned", "running")


def _phase(campaign: Campaign, verdict: Verdict, today: date, last: date) -> Phase:
    if campaign.decision:
        return "decided"
    if today < campaign.start:
        return "planned"
    return "due" if verdict in ENDED or today > last else "running"


def _pace(counted: Sequence[Tally]) -> float | None:
    """The successes so far over those of a straight line to the target, of the criterion that lags most.

    The line goes to the day of the last reading; once it is over, to the end.
    """
    lines = [
        (each.k or 0) / each.need * (1 if each.is_over else each.days / each.elapsed)
        for each in counted
        if each.is_known and each.kind != "guard" and each.need
    ]
    return min(lines, default=None)


def _overdue(campaign: Campaign, today: date, last: date, read: date | None) -> int:
    """The days since a decision could be taken: since the last reading if that said enough, else since an end did."""
    ends = sorted({closes(campaign.deadline, each) for each in campaign.success_criteria})
    if read is not None and _verdict_on(campaign, read) in ENDED:
        since = read
    else:
        since = next((end for end in ends if end < last and _verdict_on(campaign, end + _DAY) in ENDED), last)
    return max(0, (today - since) // _DAY)


def _verdict_on(campaign: Campaign, day: date) -> Verdict:
    judged, probability = ruled(tallies(campaign, readings_until(campaign, day), day))
    return whole((each.verdict for each in judged), probability, is_over=False)
