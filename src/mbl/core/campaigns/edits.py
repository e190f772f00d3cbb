"""What can be done with a campaign besides logging: plan it, change it, decide it.

Refuses a campaign without a criterion or with dates that run backwards, an audience or outcome that nobody
described, a change to what was agreed beforehand without a reason, and a second decision that is not meant to be one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mbl.core.campaigns.criteria import criterion_words, refuse_odd_together, target_shown
from mbl.core.campaigns.readings import is_trace
from mbl.core.edit import file_name
from mbl.core.rules.finding import is_unread, nearest
from mbl.errors import MblError
from mbl.model.backlog import SETTINGS, Backlog
from mbl.model.campaign import Campaign, Decision, SuccessCriterion
from mbl.model.guidepoint import Revision

FROZEN = ("start", "deadline", "success_criteria")
"""The fields that say beforehand what success is: frozen by the first reading."""


def created(backlog: Backlog, campaign: Campaign) -> Backlog:
    """The backlog with this campaign in a file of its own. Raises MblError."""
    refuse_odd(backlog, campaign)
    noun: Any = campaign
    return with_campaign(backlog, f"campaigns/{file_name(noun)}", campaign)


def edited(
    backlog: Backlog, path: str, values: Mapping[str, Any], *, today: date, by: str | None, reason: str | None
) -> Backlog:
    """These fields with these values; once there is a reading, with who changed what was frozen, when and why.

    The reason may stand in the new `changes` already, as somebody wrote it there by hand. Raises MblError.
    """
    old = backlog.campaigns[path]
    new = replace(old, **values)
    if new == old:
        return backlog
    if new.id != old.id:
        raise MblError(f"The id must stay {old.id}: other files refer to it.")
    refuse_odd(backlog, new, before=old)
    changed = differences(old, new) if old.readings else ()
    if changed and not _says_why(old, new):
        new = replace(new, changes=(*new.changes, _revision(old, changed, today=today, by=by, reason=reason)))
    return with_campaign(backlog, path, new)


def needs_reason(old: Campaign, new: Campaign) -> bool:
    """Whether what was frozen by the first reading changes, and the change does not say why."""
    return bool(old.readings) and bool(differences(old, new)) and not _says_why(old, new)


def decided(backlog: Backlog, path: str, decision: Decision, *, today: date, again: bool = False) -> Backlog:
    """The campaign with this decision; the very same one again changes nothing. Raises MblError."""
    campaign = backlog.campaigns[path]
    if campaign.decision == decision:
        return backlog
    if campaign.decision and not again:
        before = campaign.decision
        raise MblError(
            f"“{campaign.title}” ({campaign.id}) was decided on {before.date}: {before.verdict}.",
            hint="To decide otherwise, add --again: the former decision stays in the history of the file.",
        )
    if not (decision.reason or "").strip():
        raise MblError(
            "A decision needs a reason.", hint='Add --reason "Nobody accepted in a week".', exit_code=2
        )
    _refuse_future(decision.date, today)
    if decision.follow_up == campaign.id:
        raise MblError(
            "A campaign cannot follow itself.", hint="Name the next campaign or item.", exit_code=2
        )
    return with_campaign(backlog, path, replace(campaign, decision=decision))


def differences(before: Campaign, after: Campaign) -> tuple[str, ...]:
    """What differs of that which was set beforehand, in words: `acceptance ≥ 10% → ≥ 5%`."""
    return tuple(words for _, words in differing(before, after))


def differing(before: Campaign, after: Campaign) -> Iterator[tuple[str, str]]:
    """What differs of that which was set beforehand: the name of the field or criterion, and the words."""
    for name in ("start", "deadline"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield name, f"{name} {was} → {now}"
    old = {each.id: each for each in before.success_criteria}
    new = {each.id: each for each in after.success_criteria}
    for id_, each in old.items():
        if id_ not in new:
            yield id_, f"{criterion_words(each)} → gone"
        elif new[id_] != each:
            yield id_, f"{id_} {_from_to(each, new[id_])}"
    yield from ((id_, f"{criterion_words(each)} is new") for id_, each in new.items() if id_ not in old)


def refuse_odd(backlog: Backlog, campaign: Campaign, *, before: Campaign | None = None) -> None:
    """Raise MblError for a campaign that cannot be judged, or that speaks of what nobody described.

    What was there `before` the change is not complained about.
    """
    if not campaign.title.strip() or not campaign.hypothesis.strip():
        raise MblError("A campaign needs a title and a hypothesis: what do we believe?", exit_code=2)
    if campaign.deadline < campaign.start:
        raise MblError(
            f"The deadline {campaign.deadline} lies before the start on {campaign.start}.",
            hint="Exchange or correct the two dates.",
            exit_code=2,
        )
    if before is None or campaign.success_criteria != before.success_criteria:
        refuse_odd_together(campaign.success_criteria)
    for name, known in (("audience", audiences), ("outcome", outcomes)):
        word = getattr(campaign, name)
        if word and (before is None or word != getattr(before, name)):
            refuse_unknown(word, name, known(backlog))


def refuse_unknown(word: str | None, name: str, known: tuple[str, ...]) -> None:
    """Raise MblError with the nearest for a word that is not known, where anything is."""
    if word and known and word not in known:
        hint = nearest(word, known) or f"There are: {', '.join(known)}."
        raise MblError(f"There is no {name} {word}.", hint=hint)


def audiences(backlog: Backlog) -> tuple[str, ...]:
    """The audiences that mbl.yaml describes; none if it describes none, or cannot be read."""
    return () if is_unread(backlog, SETTINGS) else tuple(each.id for each in backlog.settings.audiences)


def outcomes(backlog: Backlog) -> tuple[str, ...]:
    """The outcomes of all Guidepoints, the latest first; none if one cannot be read."""
    if is_unread(backlog, "guidepoints"):
        return ()
    held = sorted(backlog.guidepoints.values(), key=lambda each: each.from_, reverse=True)
    return tuple(dict.fromkeys(outcome.id for each in held for outcome in each.outcomes))


def with_campaign(backlog: Backlog, path: str, campaign: Campaign) -> Backlog:
    """The same backlog with this file added or replaced."""
    return replace(backlog, campaigns={**backlog.campaigns, path: campaign})


def criteria_after(
    campaign: Campaign, given: tuple[SuccessCriterion, ...], dropped: tuple[str, ...] = ()
) -> tuple[SuccessCriterion, ...]:
    """The criteria with these instead of those of the same name or else at the end, and without the dropped. Raises MblError."""
    known = [each.id for each in campaign.success_criteria]
    for id_ in dropped:
        if id_ not in known:
            hint = nearest(id_, known) or f"There are: {', '.join(known) or 'none'}."
            raise MblError(f"There is no criterion {id_}.", hint=hint, exit_code=2)
    by_id = {each.id: each for each in (*campaign.success_criteria, *given)}
    return tuple(each for id_, each in by_id.items() if id_ not in dropped)


def _from_to(was: SuccessCriterion, now: SuccessCriterion) -> str:
    """Only the threshold where nothing else changed."""
    same: Callable[[SuccessCriterion], SuccessCriterion] = lambda each: replace(  # noqa: E731 - used twice, here
        each, at_least=None, at_most=None
    )
    if same(was) == same(now):
        return f"{target_shown(was)} → {target_shown(now)}"
    return f"{_without_id(was)} → {_without_id(now)}"


def _without_id(each: SuccessCriterion) -> str:
    return criterion_words(each).partition(": ")[2]


def _says_why(old: Campaign, new: Campaign) -> bool:
    fresh = [change for change in new.changes if change not in old.changes]
    return any((change.reason or "").strip() and not is_trace(change) for change in fresh)


def _revision(
    old: Campaign, changed: tuple[str, ...], *, today: date, by: str | None, reason: str | None
) -> Revision:
    said = " ".join((reason or "").split())
    if said:
        return Revision(date=today, by=by, reason=f"{'; '.join(changed)}: {said}")
    first = min(
        (each["date"] for each in old.readings if isinstance(each.get("date"), date)), default=old.start
    )
    raise MblError(
        f"“{old.title}” ({old.id}) was first read on {first}: {'; '.join(changed)} needs a reason.",
        hint='Add --reason "…"; it is kept in the file.',
    )


def _refuse_future(day: date, today: date) -> None:
    if day > today:
        raise MblError(f"{day} lies in the future (today is {today}).", hint="Give the day of the decision.")
