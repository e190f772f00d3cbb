"""What can be done with a Guidepoint: write it, change it, agree to it, close it.

Refuses a horizon that runs backwards or meets another one (exactly one is current at a time), two outcomes
of one name, and a change to an agreed Guidepoint without a reason: it is meant to hold.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from mbl.core.rules.finding import nearest
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Agreement, Guidepoint, Outcome, Revision


def created(backlog: Backlog, name: str, guidepoint: Guidepoint) -> Backlog:
    """The backlog with this Guidepoint in guidepoints/<name>.yaml. Raises MblError."""
    if name in names(backlog):
        raise MblError(
            f"There is a Guidepoint {name} already.", hint=f"To change it: mbl guidepoint edit {name}"
        )
    if not name.strip() or "/" in name or "\\" in name or name.startswith("."):
        raise MblError(f"{name!r} cannot be the name of a file.", hint="Take a name like 2026-q4.")
    path = f"guidepoints/{name}.yaml"
    _refuse_odd(backlog, path, guidepoint)
    return _with(backlog, path, guidepoint)


def edited_guidepoint(
    backlog: Backlog, name: str, values: Mapping[str, Any], *, today: date, by: str | None, reason: str | None
) -> Backlog:
    """These fields with these values; once agreed, with who changed it, when and why. Raises MblError.

    The reason may stand in the new `changes` already, as somebody wrote it there by hand.
    """
    path = path_of(backlog, name)
    old = backlog.guidepoints[path]
    new = replace(old, **values)
    if new == old:
        return backlog
    _refuse_odd(backlog, path, new)
    if old.agreed and (reason or needs_reason(old, new)):
        new = replace(new, changes=(*new.changes, _revision(old, name, today=today, by=by, reason=reason)))
    return _with(backlog, path, new)


def needs_reason(old: Guidepoint, new: Guidepoint) -> bool:
    """Whether people agreed to something else, and the change does not say why."""
    return old.agreed is not None and bool(changed_since_agreement(old, new))


def outcomes_after(
    guidepoint: Guidepoint,
    *,
    added: Sequence[Outcome] = (),
    values: Mapping[str, Mapping[str, Any]],
    closed: Sequence[str] = (),
    on: date,
) -> tuple[Outcome, ...]:
    """The outcomes with these added, these with other values, and these closed on this day. Raises MblError."""
    outcomes = (*guidepoint.outcomes, *added)
    known = [outcome.id for outcome in outcomes]
    for id_ in (*values, *closed):
        if id_ not in known:
            others = (
                f"There are: {', '.join(known)}."
                if known
                else 'Add it: --add-outcome "id: what will be true"'
            )
            raise MblError(f"There is no outcome {id_} in it.", hint=nearest(id_, known) or others)
    ends = {outcome.id: {"closed": outcome.closed or on} for outcome in outcomes if outcome.id in closed}
    return tuple(
        replace(outcome, **{**values.get(outcome.id, {}), **ends.get(outcome.id, {})}) for outcome in outcomes
    )


def agreed(backlog: Backlog, name: str, *, today: date, by: Sequence[str]) -> Backlog:
    """Who agreed, from today on; names that come later join, unless it changed meanwhile: then it is agreed anew.

    Raises MblError if nobody is named, or for a Guidepoint that is closed.
    """
    path = path_of(backlog, name)
    guidepoint = backlog.guidepoints[path]
    who = tuple(dict.fromkeys(" ".join(each.split()) for each in by if each.strip()))
    if not who:
        raise MblError("Nobody agreed.", hint="Say who: --by cmo,vp-sales", exit_code=2)
    if guidepoint.closed:
        raise MblError(
            f"The Guidepoint {name} was closed on {guidepoint.closed}.", hint="Agree to the next one."
        )
    before = guidepoint.agreed
    if before is None or any(change.date > before.date for change in guidepoint.changes):
        agreement = Agreement(date=today, by=who)
    else:
        agreement = replace(before, by=tuple(dict.fromkeys((*before.by, *who))))
    if agreement == before:
        return backlog
    return _with(backlog, path, replace(guidepoint, agreed=agreement))


def closed(backlog: Backlog, name: str, *, on: date, today: date) -> Backlog:
    """The Guidepoint closed on this day; one that is closed stays as it is. Raises MblError for a day to come."""
    path = path_of(backlog, name)
    guidepoint = backlog.guidepoints[path]
    if guidepoint.closed:
        return backlog
    if on > today:
        raise MblError(f"{on} lies in the future (today is {today}).", hint="Close it on the day it ends.")
    return _with(backlog, path, replace(guidepoint, closed=on))


def changed_since_agreement(agreed_version: Guidepoint, now: Guidepoint) -> tuple[str, ...]:
    """What changed since this version was agreed, in words; nothing if a reason was recorded meanwhile."""
    reasons = [change for change in now.changes if change not in agreed_version.changes]
    if any((change.reason or "").strip() for change in reasons):
        return ()
    return differences(agreed_version, now)


def differences(before: Guidepoint, after: Guidepoint) -> tuple[str, ...]:
    """What differs of that which people agree to, in words: statement, horizon, outcomes.

    That an outcome was reached or given up (`closed`) is how a Guidepoint goes, not a change of it.
    """
    return tuple(_differences(before, after))


def names(backlog: Backlog) -> dict[str, str]:
    """The path of every Guidepoint by its name: the file's."""
    return {path.rpartition("/")[2].rpartition(".")[0]: path for path in backlog.guidepoints}


def path_of(backlog: Backlog, name: str) -> str:
    """The file of the Guidepoint. Raises MblError with the nearest name."""
    known = names(backlog)
    if name not in known:
        others = f"There are: {', '.join(sorted(known))}." if known else "To write one: mbl guidepoint new"
        raise MblError(f"There is no Guidepoint {name}.", hint=nearest(name, known) or others)
    return known[name]


def _with(backlog: Backlog, path: str, guidepoint: Guidepoint) -> Backlog:
    return replace(backlog, guidepoints={**backlog.guidepoints, path: guidepoint})


def _revision(old: Guidepoint, name: str, *, today: date, by: str | None, reason: str | None) -> Revision:
    if old.agreed is None or (reason and reason.strip()):
        return Revision(date=today, by=by, reason=reason)
    who = f" by {', '.join(old.agreed.by)}" if old.agreed.by else ""
    raise MblError(
        f"The Guidepoint {name} was agreed on {old.agreed.date}{who}: a change needs a reason.",
        hint='Add --reason "…"; it is kept in the file.',
    )


def _refuse_odd(backlog: Backlog, path: str, guidepoint: Guidepoint) -> None:
    if guidepoint.to < guidepoint.from_:
        raise MblError(
            f"The Guidepoint ends on {guidepoint.to}, before it begins on {guidepoint.from_}.",
            hint="Exchange or correct the two dates.",
        )
    twice = [id_ for id_, times in Counter(each.id for each in guidepoint.outcomes).items() if times > 1]
    if twice:
        raise MblError(f"Two outcomes are called {twice[0]}.", hint="Give one of them another name.")
    for other_path, other in backlog.guidepoints.items():
        if other_path != path and _meet(guidepoint, other):
            raise MblError(
                f"{other_path} holds from {other.from_} to {_last_day(other)}: two Guidepoints would be current.",
                hint="Close that one first, or choose other dates.",
            )


def _meet(one: Guidepoint, other: Guidepoint) -> bool:
    return max(one.from_, other.from_) <= min(_last_day(one), _last_day(other))


def _last_day(guidepoint: Guidepoint) -> date:
    """The last day on which it is current."""
    return min(guidepoint.to, guidepoint.closed - timedelta(days=1)) if guidepoint.closed else guidepoint.to


def _differences(before: Guidepoint, after: Guidepoint) -> Iterator[str]:
    if before.statement.split() != after.statement.split():
        yield "the statement changed"
    for key, was, is_ in (("from", before.from_, after.from_), ("to", before.to, after.to)):
        if was != is_:
            yield f"`{key}` went from {was} to {is_}"
    old = {outcome.id: outcome for outcome in before.outcomes}
    new = {outcome.id: outcome for outcome in after.outcomes}
    yield from (f"the outcome {id_} is gone" for id_ in old if id_ not in new)
    yield from (f"the outcome {id_} is new" for id_ in new if id_ not in old)
    for id_ in (id_ for id_ in new if id_ in old):
        yield from _outcome_differences(old[id_], new[id_])


def _outcome_differences(old: Outcome, new: Outcome) -> Iterator[str]:
    for field in fields(Outcome):
        was, is_ = getattr(old, field.name), getattr(new, field.name)
        if was != is_ and field.name != "closed":
            yield f"{field.name} of the outcome {new.id} went from {_said(was)} to {_said(is_)}"


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "nothing" if value is None else str(value)
