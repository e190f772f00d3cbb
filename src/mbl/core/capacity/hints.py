"""What to look at below `mbl capacity`: contradicting methods, missing capacity, estimates or history, people booked twice.

Refuses nothing.
"""

from collections.abc import Iterator
from itertools import takewhile

from mbl.core.capacity.figures import Figures
from mbl.core.capacity.forecast import apart, cross_check
from mbl.core.capacity.rows import rows
from mbl.core.capacity.words import percent
from mbl.core.capacity.workdays import named_teams, overbooked
from mbl.model.backlog import Backlog


def hints(of: Figures) -> tuple[str, ...]:
    """What to look at: contradicting methods, missing capacity or estimates or history, people booked twice."""
    return (*_contradiction(of), *_untold_weeks(of), *_capacity_hints(of), *_overbooked(of.backlog))


def _contradiction(of: Figures) -> tuple[str, ...]:
    other = cross_check(of) if of.committed else None
    ratio = apart(of, other) if other else None
    if ratio is None:
        return ()
    if ratio > 1:
        return (f"What was finished and what is estimated contradict each other. Usual reasons: {_TOO_LOW}.",)
    return (f"What was finished and what is estimated contradict each other. Usual reasons: {_TOO_HIGH}.",)


_TOO_LOW = "the estimates are too low; the unplanned share in the team files is too low; the items are of very different size"
_TOO_HIGH = (
    "the estimates are too high; the team files count too few days; "
    "the items are of very different size, and the small ones were finished first"
)


def _untold_weeks(of: Figures) -> Iterator[str]:
    """Weeks without an end before the first one recorded: idle, or nobody wrote it down?"""
    weeks = of.history.recent
    empty = sum(1 for _ in takewhile(lambda week: not week.finished, weeks))
    if of.method == "throughput" and empty >= _SUSPICIOUS:
        start = weeks[empty].monday
        yield (
            f"Nothing is recorded as finished in the {empty} weeks before {start}, and they count as idle. "
            f"If nobody wrote it down then, set history_from: {start} in mbl.yaml."
        )


_SUSPICIOUS = 4


def _capacity_hints(of: Figures) -> tuple[str, ...]:
    if of.pool is None:
        return _no_capacity(of)
    if not of.committed:
        return ()
    if not of.days:
        return (_NO_ESTIMATES,)
    if not of.teams:
        return () if of.pool.later else _flat_zero(of)
    busy = {row.key for row in rows(of, "team") if row.days}
    return tuple(
        f"Team {name} has no days left for planned work: look at people, unplanned and recurring in its team file."
        for name, capacity in of.teams.items()
        if name in busy and not capacity.later
    )


def _no_capacity(of: Figures) -> tuple[str, ...]:
    empty = [name for name, team in named_teams(of.backlog).items() if not team.people]
    if not empty:
        return (_NO_CAPACITY,)
    return tuple(f"Team {name} has no people: name them in its team file, like ana: 0.8." for name in empty)


def _flat_zero(of: Figures) -> tuple[str, ...]:
    said = f"{of.backlog.settings.capacity or 0:g}"
    return (f"capacity in mbl.yaml is {said}: set the person-days a month for planned work.",)


_NO_CAPACITY = "Set capacity in mbl.yaml (person-days a month for planned work), or describe a team in teams/<name>.yaml."
_NO_ESTIMATES = "Estimate at least 5 of them, for example: mbl edit 1 --estimate 3d. The others are then guessed from these."


def _overbooked(backlog: Backlog) -> tuple[str, ...]:
    return tuple(
        f"{who} is booked for {percent(booking.share)} of their time "
        f"({', '.join(f'{team} {percent(share)}' for team, share in booking.teams.items())}): "
        "the real months are more. Lower a share in the team files."
        for who, booking in overbooked(backlog).items()
    )
