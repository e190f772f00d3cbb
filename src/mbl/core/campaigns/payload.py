"""Campaigns as JSON: what the contract promises, and what the screen says besides. Refuses nothing."""

from collections.abc import Mapping
from typing import Any

from mbl.core.campaigns.judged import Judged, State
from mbl.model.campaign import Campaign

_OWN = ("outcome", "audience", "channel", "hypothesis", "start", "deadline")


def campaign_record(path: str, of: State) -> dict[str, Any]:
    """One campaign as an object; probabilities and shares 0…1, dates as dates."""
    campaign = of.campaign
    return {
        "id": campaign.id,
        "title": campaign.title,
        "phase": of.phase,
        "verdict": of.verdict,
        "probability": rounded(of.probability),
        "success_criteria": [criterion_record(each) for each in of.judged],
        "next_look": of.next_look,
        "days_left": of.days_left,
        "overdue_days": of.overdue_days,
        "pace": rounded(of.pace),
        "read": of.read,
        "closes": of.closes,
        "advice": of.advice,
        "decision": decision_record(campaign),
        **{key: getattr(campaign, key) for key in _OWN},
        "path": path,
    }


def criterion_record(judged: Judged) -> dict[str, Any]:
    """One criterion, with the counts behind its probability."""
    criterion = judged.criterion
    return {
        "id": criterion.id,
        "kind": criterion.kind,
        "n": judged.n,
        "k": judged.k,
        "need": judged.need,
        "probability": rounded(judged.probability),
        "interval": None if judged.interval is None else [rounded(end) for end in judged.interval],
        "verdict": judged.verdict,
        "is": criterion.is_,
        "of": criterion.of,
        "at_least": criterion.at_least,
        "at_most": criterion.at_most,
        "planned": judged.planned,
        "planned_is_guess": judged.planned_is_guess,
        "window_days": criterion.window_days,
        "failures": judged.failures,
        "chained": judged.chained,
        "true_rate": rounded(judged.true_rate),
        "least": judged.least,
    }


def decision_record(campaign: Campaign) -> Mapping[str, Any] | None:
    """What was decided; None while nothing is."""
    decision = campaign.decision
    if decision is None:
        return None
    return {
        key: getattr(decision, key) for key in ("date", "by", "verdict", "reason", "learned", "follow_up")
    }


def rounded(value: float | None) -> float | None:
    """A probability or share as machines get it: six decimals."""
    return None if value is None else round(value, 6)
