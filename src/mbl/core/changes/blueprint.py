"""What a change does to the agreed Blueprint of the present months: what falls out, what moves, what comes in.

Refuses nothing: without an agreement nothing can fall out, and where nothing can be planned nothing is said.
"""

from datetime import date

from mbl.core.blueprint.agreed import Compared, against
from mbl.core.blueprint.plan import planned
from mbl.core.blueprint.words import month_name
from mbl.core.capacity.workdays import month_of
from mbl.core.changes.sections import Line
from mbl.core.wording import LONGEST_TEXT, LONGEST_TITLE, short
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.blueprint import Blueprint


def blueprint_shifts(before: Backlog, after: Backlog, today: date) -> tuple[Line, ...]:
    """What the change does to the deliverables that were agreed for the present months: what falls out, what moves."""
    agreed = _agreed(after, today)
    if agreed is None:
        return ()
    old, new = (_compared(agreed, backlog, today) for backlog in (before, after))
    shifted = (_shift(old.get(id_), now, before) for id_, now in new.items())
    gone = (_gone(was, after) for id_, was in old.items() if new and id_ not in new)
    return (*filter(None, shifted), *filter(None, gone))


def _agreed(backlog: Backlog, today: date) -> Blueprint | None:
    """The Blueprint that was agreed last for a time in which today lies."""
    found = [each for each in backlog.blueprints.values() if each.agreed and month_of(today) in each.months]
    return max(found, key=lambda each: each.agreed.date if each.agreed else date.min, default=None)


def _compared(agreed: Blueprint, backlog: Backlog, today: date) -> dict[str, Compared]:
    try:
        plan = planned(backlog, today, first=min(agreed.months))
    except MblError:
        return {}
    return {each.id: each for each in against(agreed, plan, backlog, today)}


def _gone(was: Compared, after: Backlog) -> Line | None:
    """The line about what was planned though nobody had agreed to it, and is planned no longer."""
    if was.now is None:
        return None
    title = short(was.title, LONGEST_TITLE)
    if was.id in after.path_of and after.item(was.id).status == "done":
        return "done", title
    return "falls out", f"{title} (was planned for {month_name(was.now)})"


def _shift(was: Compared | None, now: Compared, before: Backlog) -> Line | None:
    """The line about one deliverable; None where the change did nothing to it."""
    if was is not None and (was.now, was.verdict) == (now.now, now.verdict):
        return None
    title = short(before.item(now.id).title if now.id in before.path_of else now.title, LONGEST_TITLE)
    if now.verdict == "done":
        return "done", title
    if now.now is None:
        agreed = f" (agreed for {month_name(now.agreed)})" if now.agreed else ""
        return "falls out", f"{title}{agreed}: {short(now.why, LONGEST_TEXT)}"
    if was is None or was.now is None:
        return "comes in", f"{title} ({month_name(now.now)})"
    if was.now == now.now:
        return None
    return f"{month_name(was.now)} → {month_name(now.now)}", title
