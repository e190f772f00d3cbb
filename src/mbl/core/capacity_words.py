"""The sentences of `mbl capacity`: plain, honest, and with what to do where something cannot be said.

Months have one decimal under ten and none above. Refuses nothing.
"""

from math import isinf

from mbl.core import supply
from mbl.core.capacity_rows import rows
from mbl.core.figures import Figures, Range, range_of
from mbl.core.workdays import overbooked
from mbl.model.backlog import Backlog

_WHOLE_FROM = 9.95
_LEAST = 0.1


def headline(of: Figures, months: Range | None) -> str:
    """The honest sentence: how long the committed work takes, how sure that is, and what it assumes."""
    if not of.committed:
        return _nothing(of)
    if of.pool is None or of.expected is None or months is None:
        return _unsayable(of)
    if isinf(of.expected):
        return f"{days(of.days)} of committed work, and no capacity left to do it: it is never done."
    left_out = f"{count(of.unknown, 'item')} of unknown effort not counted; " if of.unknown else ""
    return f"{_lead(of, months)}; {left_out}{_guess_words(of)}; this assumes nothing new is accepted."


def month_words(of: Figures, months: Range | None) -> str:
    """`60 months`, `24 to 34 months` above 30 % guessed, or `unknown`."""
    if of.expected is None or months is None:
        return "unknown"
    if of.months is not None:
        return month_count(of.months)
    low, high = number(months.p15), number(months.p85)
    return month_count(months.p85) if low == high else f"{low} to {month_count(months.p85)}"


def change(before: Figures, after: Figures, months: Range | None) -> str:
    """What leaving items out does: `Without 14 items (560 days): 60 months → 27 months of committed work.`"""
    gone = len(before.committed) - len(after.committed)
    if not gone:
        return "Nothing of this is committed work: the months stay as they are."
    was = month_words(before, range_of(before))
    left_out = f"{count(gone, 'item')} ({days(before.days - after.days)})"
    return f"Without {left_out}: {was} → {month_words(after, months)} of committed work."


def remarks(of: Figures, months: Range | None) -> tuple[str, ...]:
    """What else is worth a line: the finish, the team that takes longest, what was only asked for."""
    return tuple(text for text in (_finish(of, months), _longest(of), _requested(of)) if text)


def hints(of: Figures) -> tuple[str, ...]:
    """What the user should look at: missing capacity or estimates, and people booked for more than all of their time."""
    return (*_capacity_hints(of), *_overbooked(of.backlog))


def number(months: float) -> str:
    """`4.8`, `60`."""
    if isinf(months):
        return "no end of"
    if months >= _WHOLE_FROM:
        return f"{months:,.0f}"
    return f"{max(months, _LEAST) if months else 0:.1f}".removesuffix(".0")


def month_count(months: float) -> str:
    """`1 month`, `4.8 months`."""
    return f"{number(months)} {'month' if number(months) == '1' else 'months'}"


def days(effort: float) -> str:
    """`1 day`, `2.5 days`, `1,888 days`."""
    return f"{number(effort)} {'day' if number(effort) == '1' else 'days'}"


def count(n: int, what: str) -> str:
    """`1 item`, `1,200 items`."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def percent(share: float) -> str:
    """`8 %`; what is not quite nothing or everything does not look like it."""
    if 0 < share < 0.005:  # noqa: PLR2004
        return "less than 1 %"
    return "more than 99 %" if 0.995 <= share < 1 else f"{share:.0%}".replace("%", " %")  # noqa: PLR2004


def _nothing(of: Figures) -> str:
    if not of.backlog.items:
        return 'The backlog is empty: nothing is promised, nothing asked for. Begin with: mbl add "Webinar for CTOs"'
    return "No committed work: nothing is promised."


def _lead(of: Figures, months: Range) -> str:
    """While some effort is unknown nothing is safe: then the range has no upper promise."""
    span, low, safe = month_words(of, months), number(months.p15), number(months.p85)
    promise = "" if of.unknown else f"safe: {safe}"
    if of.months is None:
        return f"{'At least ' if of.unknown else ''}{span} of committed work{_aside(promise)}"
    likely = f"likely {low} to {safe}" if low != safe else ""
    aside = _aside(likely, promise) if {low, safe} != {number(of.months)} else ""
    return f"{'At least' if of.unknown else 'About'} {span} of committed work{aside}"


def _aside(*words: str) -> str:
    said = "; ".join(word for word in words if word)
    return f" ({said})" if said else ""


def _unsayable(of: Figures) -> str:
    items = count(len(of.committed), "item")
    if not of.days:
        return f"{items} of committed work without any estimate: how many months that is, nobody knows."
    more = "at least " if of.unknown else ""
    return (
        f"{items} of committed work, {more}{days(of.days)}: how many months that is depends on your capacity."
    )


def _guess_words(of: Figures) -> str:
    if not of.guess_share:
        return "none of the effort is guessed"
    if of.guess_share > 1 - 1e-9:
        return "all of the effort is guessed"
    return f"{percent(of.guess_share)} of the effort is guessed"


def _finish(of: Figures, months: Range | None) -> str:
    day = supply.finish(of.today, months.p85) if months and of.committed and not of.unknown else None
    return f"Safe to say: done by {day:%B %Y}." if day else ""


def _longest(of: Figures) -> str:
    if not of.teams or of.pooled_months is None or of.months is None or isinf(of.months):
        return ""
    longest = max(rows(of, "team"), key=lambda row: row.months or 0.0, default=None)
    if longest is None or number(of.pooled_months) == number(of.months):
        return ""
    who = f"Team {longest.key}" if longest.key in of.teams else "The work of no team"
    return (
        f"{who} takes longest; if everybody could do everything, it would be {month_count(of.pooled_months)}."
    )


def _requested(of: Figures) -> str:
    if not of.requested:
        return ""
    return f"Asked for, not promised: {count(len(of.requested), 'item')}, {_more(of)}."


def _more(of: Figures) -> str:
    if not of.requested_days:
        return "effort unknown"
    least = "at least" if any(sized.days is None for _, sized in of.requested) else "about"
    if isinf(of.requested_months) or of.requested_months < _LEAST:
        return f"{least} {days(of.requested_days)}"
    return f"{least} {month_count(of.requested_months)} more"


def _capacity_hints(of: Figures) -> tuple[str, ...]:
    if of.pool is None:
        return (_NO_CAPACITY,)
    if not of.committed:
        return ()
    if not of.days:
        return (_NO_ESTIMATES,)
    if not of.teams:
        return () if of.pool.later else (_FLAT_ZERO,)
    busy = {row.key for row in rows(of, "team") if row.days}
    return tuple(
        f"Team {name} has no days left for planned work: look at people, unplanned and recurring in its team file."
        for name, capacity in of.teams.items()
        if name in busy and not capacity.later
    )


_NO_CAPACITY = "Set capacity in mbl.yaml (person-days a month for planned work), or describe a team in teams/<name>.yaml."
_FLAT_ZERO = "capacity in mbl.yaml is 0: set the person-days a month for planned work."
_NO_ESTIMATES = "Estimate at least 5 of them, for example: mbl edit 1 --estimate 3d. The others are then guessed from these."


def _overbooked(backlog: Backlog) -> tuple[str, ...]:
    return tuple(
        f"{who} is booked for {percent(booking.share)} of their time "
        f"({', '.join(f'{team} {percent(share)}' for team, share in booking.teams.items())}): "
        "the real months are more. Lower a share in the team files."
        for who, booking in overbooked(backlog).items()
    )
