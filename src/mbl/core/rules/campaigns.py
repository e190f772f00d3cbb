"""What must hold of a campaign: dates that run forward, criteria that can be judged, a decision at its end.

Its readings are looked at in `rules_readings`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from mbl.core.campaigns.counts import MOST
from mbl.core.campaigns.criteria import LONGEST_WINDOW, chain, threshold
from mbl.core.campaigns.edits import audiences, outcomes
from mbl.core.campaigns.judged import State
from mbl.core.campaigns.state import state
from mbl.core.campaigns.words import VERDICTS, asks, decide, progress_words
from mbl.core.rules.finding import Finding, is_unread, nearest, unread_names
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign, SuccessCriterion


def campaigns(backlog: Backlog, today: date) -> Iterator[Finding]:
    """A campaign ends after it begins, and speaks of an audience and an outcome that somebody described."""
    del today
    for path, campaign in backlog.campaigns.items():
        if campaign.deadline < campaign.start:
            yield Finding(
                path=path, at=("deadline",), code="dates-backwards", message="the deadline lies before the start",
                fix="Exchange or correct the two dates.",
            )  # fmt: skip
        known = audiences(backlog)
        if campaign.audience and known and campaign.audience not in known:
            yield Finding(
                path=path, at=("audience",), code="unknown-audience", message=f"no audience {campaign.audience} in mbl.yaml",
                fix=nearest(campaign.audience, known) or "Add it to mbl.yaml: audiences.",
            )  # fmt: skip
        known = outcomes(backlog)
        if campaign.outcome and known and campaign.outcome not in known:
            yield Finding(
                path=path, at=("outcome",), code="unknown-outcome", message=f"no outcome {campaign.outcome} in any Guidepoint",
                fix=nearest(campaign.outcome, known) or f"Known: {', '.join(known)}.",
            )  # fmt: skip


def criteria(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Every campaign says what must come out, in criteria that can be met and missed."""
    del today
    for path, campaign in backlog.campaigns.items():
        if not campaign.success_criteria:
            yield Finding(
                path=path, code="no-criteria", message="no success criteria: nobody could say whether it worked",
                fix="Say what must come out: success_criteria: [{id: signups, kind: count, is: signups, at_least: 40}]",
            )  # fmt: skip
        yield from _together(path, campaign.success_criteria)
        for at, each in enumerate(campaign.success_criteria):
            yield from _bounds(path, at, each)
            yield from _counters(path, at, each)


def decisions(backlog: Backlog, today: date) -> Iterator[Finding]:
    """A decision falls while there is something to decide, leads to something that exists, and is not put off."""
    for path, campaign in backlog.campaigns.items():
        if campaign.decision is None:
            yield from _undecided(path, state(campaign, today))
        else:
            yield from _decision_day(path, campaign, campaign.decision.date, today)
            yield from _follow_up(backlog, path, campaign)


def _together(path: str, all_: Sequence[SuccessCriterion]) -> Iterator[Finding]:
    times, fed = Counter(each.id for each in all_), chain(all_)
    for at, each in enumerate(all_):
        if times[each.id] > 1:
            yield Finding(
                path=path, at=("success_criteria", at), code="equal-id", message=f"two criteria are called {each.id}",
                fix="Give one of them another id.",
            )  # fmt: skip
        elif _circles(each.id, fed):
            yield Finding(
                path=path, at=("success_criteria", at), code="cycle",
                message=f"{each.id} would be a share of itself ({each.is_} of {each.of})",
                fix="A chain goes one way: accepted of invites, then meetings of accepted.",
            )  # fmt: skip


def _circles(start: str, fed: dict[str, SuccessCriterion]) -> bool:
    seen: set[str] = set()
    step = fed.get(start)
    while step is not None and step.id not in seen:
        seen.add(step.id)
        step = fed.get(step.id)
    return start in seen


def _bounds(path: str, at: int, each: SuccessCriterion) -> Iterator[Finding]:
    place = ("success_criteria", at)
    bound = each.at_least or each.at_most
    if bound is None:
        yield Finding(
            path=path, at=place, code="no-threshold", message=f"the criterion {each.id} does not say how much",
            fix="Add at_least (or at_most): 10% of tries, or a count like 5.",
        )  # fmt: skip
    elif each.at_least and each.at_most:
        yield Finding(
            path=path, at=place, code="two-thresholds", message=f"the criterion {each.id} has at_least and at_most",
            fix="Keep one; a second limit is a criterion of its own.",
        )  # fmt: skip
    elif wrong := _wrong_bound(each, bound):
        key = "at_least" if each.at_least else "at_most"
        yield Finding(path=path, at=(*place, key), code="wrong-threshold", message=wrong[0], fix=wrong[1])


def _wrong_bound(each: SuccessCriterion, bound: str) -> tuple[str, str] | None:
    amount = threshold(bound)
    if each.kind == "rate" and not 0 < amount <= 1:
        return f"a share of {bound} cannot come out", "A share lies above 0 and at most at 100%: write 10%."
    if each.kind == "count" and each.at_most:
        return "a limit on a count is met by waiting", "Make it a share: kind: rate, of: sent, at_most: 0.5%."
    if each.kind == "count" and (not isinstance(amount, int) or amount < 1):
        return f"a count of {bound} cannot come out", "Write a whole number like 5; a share is of kind: rate."
    return None


def _counters(path: str, at: int, each: SuccessCriterion) -> Iterator[Finding]:
    place = ("success_criteria", at)
    if each.kind == "rate" and not each.of:
        yield Finding(
            path=path, at=place, code="no-tries", message=f"the criterion {each.id} is a share of nothing",
            fix="Name the counter of tries: of: invites.",
        )  # fmt: skip
    if each.of == each.is_:
        yield Finding(
            path=path, at=place, code="same-counter", message=f"{each.is_} counts tries and successes",
            fix="Give them two names: is: accepted, of: invites.",
        )  # fmt: skip
    for key, number, most in (
        ("planned", each.planned, MOST),
        ("window_days", each.window_days, LONGEST_WINDOW),
    ):
        if number is not None and number < 1:
            yield Finding(
                path=path, at=(*place, key), code="negative", message=f"{key} is {number}",
                fix="Write a whole number from 1 on, or leave it out.",
            )  # fmt: skip
        elif number is not None and number > most:
            yield Finding(
                path=path, at=(*place, key), code="too-large", message=f"{key} is {number:,}",
                fix=f"Write a whole number from 1 to {most:,}, or leave it out.",
            )  # fmt: skip


def _undecided(path: str, of: State) -> Iterator[Finding]:
    campaign = of.campaign
    if of.phase != "due":
        return
    if not campaign.readings:
        yield Finding(
            path=path, at=("deadline",), code="no-readings", level="warning",
            message=f"the deadline has passed without a single reading: {asks(of)}",
            fix=f"mbl campaign log {campaign.id} counter=number --date DATE, or: {decide(campaign.id)}",
        )  # fmt: skip
    else:
        yield Finding(
            path=path, at=("deadline",), code="decision-due", level="warning",
            message=f"{asks(of)}: {VERDICTS[of.verdict]}, {progress_words(of)}",
            fix=decide(campaign.id),
        )  # fmt: skip


def _decision_day(path: str, campaign: Campaign, day: date, today: date) -> Iterator[Finding]:
    if day > today:
        yield Finding(
            path=path, at=("decision", "date"), code="future-date", message=f"decided on {day}, which lies in the future",
            fix="Write the day of the decision.",
        )  # fmt: skip
    if day < campaign.start:
        yield Finding(
            path=path, at=("decision", "date"), code="before-start", message=f"decided on {day}, before the start",
            fix="Correct the date, or the start.",
        )  # fmt: skip


def _follow_up(backlog: Backlog, path: str, campaign: Campaign) -> Iterator[Finding]:
    follow_up = campaign.decision.follow_up if campaign.decision else None
    if follow_up is None:
        return
    unread = {name[-5:] for folder in ("items", "campaigns") for name in unread_names(backlog, folder)}
    known = {*backlog.path_of, *(each.id for each in backlog.campaigns.values()), *unread} - {campaign.id}
    if follow_up not in known and not is_unread(backlog, "campaigns"):
        yield Finding(
            path=path, at=("decision", "follow_up"), code="unknown-follow-up",
            message="it follows itself" if follow_up == campaign.id else f"there is no campaign and no item {follow_up}",
            fix=nearest(follow_up, sorted(known)) or "Take it out, or restore the file.",
        )  # fmt: skip
