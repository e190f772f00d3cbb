"""What stands below the first sentence of `mbl capacity`: when, what was finished; the other method, the requests.

Refuses nothing: what cannot be said is left out, or said to be unknown.
"""

from math import isinf

from mbl.core.capacity.figures import Figures
from mbl.core.capacity.forecast import (
    cross_check,
    finish,
    finished_lately,
    finished_until,
    is_least,
    next_quarter,
)
from mbl.core.capacity.growth_words import at_present_rate
from mbl.core.capacity.lanes import ByEffort
from mbl.core.capacity.line import quarter_line
from mbl.core.capacity.words import (
    LEAST,
    count,
    days,
    long_date,
    month_count,
    months_said,
    number,
    rate,
)
from mbl.core.report import Facts


def remarks(of: Figures) -> tuple[str, ...]:
    """What is worth a sentence: the two rates, the last and the next three months."""
    said = (_nothing_new(of), at_present_rate(of), _lately(of))
    return tuple(text for text in said if text)


def beside(of: Figures) -> tuple[Facts, ...]:
    """What is worth a line: who takes longest, the other method, what fits this quarter, the requests."""
    facts = (("Longest", _longest(of)), ("Checked by effort", _by_effort(of)), *_fits(of), *_requested(of))
    said = tuple((label, text) for label, text in facts if text)
    return (Facts(facts=said),) if said else ()


def _nothing_new(of: Figures) -> str:
    if not of.committed or of.expected is None:
        return ""
    if isinf(of.expected):
        return "If nothing new were accepted: never."
    least = "at least " if is_least(of) else ""
    said = f"If nothing new were accepted: {least}{months_said(of)}{_pace(of)}."
    return said if (days_ := finish(of)) is None else f"{said} {_done_by(*map(long_date, days_))}"


def _pace(of: Figures) -> str:
    """Whose pace it is: that of the team that takes longest."""
    last = max(of.lanes, key=lambda lane: lane.months)
    if of.method == "effort":
        return ""
    if isinstance(last, ByEffort):
        return f" (team {last.key} finished too few items to count them, and is taken by effort)"
    who = f" of team {last.key}" if last.key else ""
    return f" at the pace{who} of the last {len(last.finished)} weeks ({rate(last.per_week)} a week)"


def _done_by(even: str, safe: str, very_safe: str) -> str:
    if even == very_safe:
        return f"Done by {even}."
    return f"Even odds: done by {even}; safe: {safe}; very safe: {very_safe}."


def _lately(of: Figures) -> str:
    if not of.committed:
        return ""
    ahead = next_quarter(of) if of.is_whole else None
    done = finished_lately(of)
    said = (
        f"You finished {count(done, 'item')} in the last three months"
        if done
        else ("Nothing is marked as done in the last three months")
    )
    more = f"; at this pace {ahead.low:,.0f} to {ahead.high:,.0f} in the next three" if ahead else ""
    return f"{said}{', whatever the filters' if of.part else ''}{more}."


def _by_effort(of: Figures) -> str:
    """The other method; nothing where it decides already."""
    other = cross_check(of)
    if other is None or not of.committed or other.expected == of.expected:
        return ""
    if isinf(other.expected or 0.0):
        return "never done"
    least = "at least " if other.unknown else ""
    longest = _longest(other)
    return f"{least}{months_said(other)}{f' ({longest})' if longest else ''}"


def _longest(of: Figures) -> str:
    pooled = of.pooled_months
    if of.months is None or pooled is None or isinf(of.months) or number(pooled) == number(of.months):
        return ""
    longest = max(of.lanes, key=lambda lane: lane.months)
    who = f"team {longest.key}" if longest.key else "the work of no team"
    return f"{who}; if everybody could do everything, {month_count(pooled)}"


def _fits(of: Figures) -> tuple[tuple[str, str], ...]:
    """The cut line in one line; beside it what the pace of the past brings until then: two methods, two answers."""
    line = quarter_line(of) if of.committed else None
    if line is None or line.capacity_days is None:
        return ()
    zones = (("will", line.will), ("might", line.might), ("will not", line.wont))
    first, *others = [f"{len(ids):,} {verb}" for verb, ids in zones if ids] or [""]
    fit = f"{', '.join((f'{first} fit', *others))} (by effort)" if first else ""
    unknown = f"of {len(line.unknown):,} nobody knows" if line.unknown else ""
    until = line.quarter[1]
    pace = finished_until(of, until) if of.is_whole else None
    paced = f"; at the pace of the past weeks {pace.low:,.0f} to {pace.high:,.0f} get done" if pace else ""
    return ((f"Until {until.day} {until:%B}", f"{', '.join(filter(None, (fit, unknown)))}{paced}"),)


def _requested(of: Figures) -> tuple[tuple[str, str], ...]:
    if not of.requested:
        return ()
    return (("Only asked for", f"{count(len(of.requested), 'item')}, {_more(of)}"),)


def _more(of: Figures) -> str:
    if not of.requested_days:
        return "effort unknown"
    least = "at least" if any(sized.days is None for _, sized in of.requested) else "about"
    if isinf(of.requested_months) or of.requested_months < LEAST:
        return f"{least} {days(of.requested_days)}"
    return f"{least} {month_count(of.requested_months)} more"
