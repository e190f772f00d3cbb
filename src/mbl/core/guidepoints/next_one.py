"""What to propose for the next Guidepoint: its three months and its name. A person may always say otherwise."""

from datetime import date, timedelta

from mbl.model.backlog import Backlog

_MONTHS = 3
_QUARTERS = {1: "q1", 4: "q2", 7: "q3", 10: "q4"}


def first_day(backlog: Backlog, today: date) -> date:
    """The day after the last Guidepoint, unless that is past; then the first day of this quarter."""
    ends = [held.closed or held.to + timedelta(days=1) for held in backlog.guidepoints.values()]
    latest = max(ends, default=today)
    return latest if latest > today else date(today.year, (today.month - 1) // _MONTHS * _MONTHS + 1, 1)


def last_day(first: date) -> date:
    """The last day of three months that begin so."""
    months = first.year * 12 + first.month - 1 + _MONTHS
    begins = date(months // 12, months % 12 + 1, 1)
    return begins + timedelta(days=min(first.day, 28) - 1) - timedelta(days=1)


def usual_name(first: date) -> str:
    """`2026-q4` for one that begins with a quarter, else its month: `2026-11`."""
    if first.day == 1 and first.month in _QUARTERS:
        return f"{first.year}-{_QUARTERS[first.month]}"
    return f"{first.year}-{first.month:02}"
