"""What a what-if changes, in words: before → after, each supposition alone and all of them together."""

from collections.abc import Sequence
from math import isinf

from mbl.core.capacity.figures import Figures
from mbl.core.capacity.forecast import finish
from mbl.core.capacity.scenario import Supposed
from mbl.core.capacity.words import count, days, long_date, months_said, number
from mbl.core.report import Facts
from mbl.core.select import FILTERS, Query


def turned(before: Figures, after: Figures, steps: Sequence[Supposed]) -> str:
    """`Without 14 items (560 days): 60 months → 27 months of committed work.`"""
    words = "All of it together" if len(steps) > 1 else _told(before, steps[0])
    if len(steps) == 1 and steps[0].step.without and len(before.committed) == len(after.committed):
        return "Nothing of this is committed work: the months stay as they are."
    was, now = _said(before), _said(after)
    of_what = "" if "never done" in (was, now) else " of committed work"
    return f"{words}: {was} → {now}{of_what}{_safe(before, after)}."


def step_facts(before: Figures, steps: Sequence[Supposed]) -> tuple[Facts, ...]:
    """Each supposition by itself, where there are several."""
    if len(steps) < 2:  # noqa: PLR2004
        return ()
    facts = [(step.words, f"{_said(before)} → {_said(step.after)}{_gone(before, step)}") for step in steps]
    return (Facts(title="Each by itself", facts=tuple(facts)),)


def caveats(before: Figures, after: Figures, steps: Sequence[Supposed]) -> tuple[str, ...]:
    """What the answer takes for granted."""
    said = tuple(dict.fromkeys(step.step.caveat for step in steps if step.step.caveat))
    if after.method == "effort" or after.paces.get(None, 1.0) == 1 or not before.pool or not after.pool:
        return said
    was, now = number(before.pool.later), days(after.pool.later)
    alike = ", as if everybody could do everything" if len(after.teams) > 1 else ""
    return (*said, f"Finished items are taken to change with the net days: {was} → {now} a month{alike}.")


def filters_said(of: Figures, query: Query) -> str:
    """`Counted: 12 of 40 promised items (team content); the others are taken to wait.`"""
    whole = sum(item.is_committed for item in of.backlog.items.values())
    said = [
        f"{name} {' or '.join(getattr(query, name))}" for name in (*FILTERS, "text") if getattr(query, name)
    ]
    since = [f"since {query.since}"] if query.since else []
    counted = f"{len(of.committed)} of {count(whole, 'promised item')} ({', '.join((*said, *since))})"
    return f"Counted: {counted}, as if nothing else were done first."


def _told(before: Figures, step: Supposed) -> str:
    if not step.step.without:
        return step.words
    gone = len(before.committed) - len(step.after.committed)
    return f"Without {count(gone, 'item')} ({days(before.days - step.after.days)})"


def _gone(before: Figures, step: Supposed) -> str:
    gone = len(before.committed) - len(step.after.committed)
    return f" ({count(gone, 'item')}, {days(before.days - step.after.days)})" if gone else ""


def _said(of: Figures) -> str:
    is_never = of.expected is not None and isinf(of.expected)
    return "never done" if is_never else months_said(of)


def _safe(before: Figures, after: Figures) -> str:
    """The safe day, before and after."""
    was, now = finish(before), finish(after)
    if was is None or now is None or was.p85 == now.p85 or now.p85 is None:
        return ""
    return f"; safe to say: done by {long_date(now.p85)} instead of {long_date(was.p85)}"
