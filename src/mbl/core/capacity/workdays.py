"""Who has how many days for planned work in a calendar month: weekdays less holidays, leave and the unplanned.

A month is a text, `2026-10`. Refuses nothing: a person without an entry in `people.yaml` has no holidays and
no leave; shares above one whole person are named by `overbooked`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import MAXYEAR, date, timedelta
from itertools import count
from math import fsum
from typing import NamedTuple

from mbl.core.capacity.effort import parse
from mbl.model.backlog import Backlog
from mbl.model.settings import Settings
from mbl.model.team import Leave, Person, Team

MONTHS_KNOWN = 12
"""Leave is not planned further ahead."""

_SATURDAY = 5
_LAST_MONTH = MAXYEAR * 12 + 11
_DAY = timedelta(days=1)


def coming_month(today: date) -> str:
    """The first whole month of work to come: the next one, on the first of a month this one."""
    return month_of(today) if today.day == 1 else next(months_from(month_of(today), skip=1))


def month_of(day: date) -> str:
    """The month of a day."""
    return day.isoformat()[:7]


def months_from(month: str, skip: int = 0) -> Iterator[str]:
    """The months from this one on (or from `skip` later), without end; the calendar's last one stays the last."""
    for number in count(int(month[:4]) * 12 + int(month[5:]) - 1 + skip):
        year, index = divmod(min(number, _LAST_MONTH), 12)
        yield f"{year:04}-{index + 1:02}"


def weekdays(month: str) -> tuple[date, ...]:
    """Monday to Friday."""
    first = date.fromisoformat(f"{month}-01")
    days = (first + n * _DAY for n in range(31))
    return tuple(day for day in days if day.month == first.month and day.weekday() < _SATURDAY)


def working_days(person: Person, month: str, settings: Settings) -> float:
    """The person's days at work: weekdays less holidays and leave, no day taken off twice."""
    holidays = settings.holidays.get(person.holidays or "", ())
    days = [day for day in weekdays(month) if day not in holidays]
    leave = [leave for leave in person.leave if days and leave.from_ <= days[-1] and leave.to >= days[0]]
    return len(days) - fsum(_away(leave, day) for day in days) if leave else float(len(days))


def gross(team: Team, month: str, backlog: Backlog) -> dict[str, float]:
    """Each person's days for the team: their share of their working days."""
    return {
        who: share * working_days(backlog.people.get(who, _NOBODY), month, backlog.settings)
        for who, share in team.people.items()
    }


def net(team: Team, month: str, backlog: Backlog) -> float:
    """The team's days for planned work: gross x (1 - unplanned) - recurring, at least 0.

    Weekly recurring work comes weekdays/5 times a month.
    """
    planned = fsum(gross(team, month, backlog).values()) * (1 - share_of(team.unplanned))
    return max(0.0, planned - _recurring(team, month, backlog.settings))


def known_months(people: Iterable[Person], first: str, settings: Settings) -> tuple[str, ...]:
    """The months whose leave is known: from `first` to the last with a holiday or leave of these people.

    12 months at most, one at least; where nothing is recorded at all, 12: there is nothing to wait for.
    """
    last = max((month_of(day) for person in people for day in _last_days_off(person, settings)), default="")
    months = months_from(first)
    ahead = [next(months) for _ in range(MONTHS_KNOWN)]
    return tuple(month for month in ahead if month <= last) or tuple(ahead)


def named_teams(backlog: Backlog) -> dict[str, Team]:
    """The teams by the word that items use: the name of the file."""
    return {path.rpartition("/")[2].rpartition(".")[0]: team for path, team in backlog.teams.items()}


class Booking(NamedTuple):
    """How much of a person's time the teams claim: in sum (1 is all of it), and each."""

    share: float
    teams: Mapping[str, float]


def overbooked(backlog: Backlog) -> dict[str, Booking]:
    """The people whom the teams claim for more than all of their time."""
    claims: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name, team in named_teams(backlog).items():
        for who, share in team.people.items():
            claims[who][name] = share
    booked = {who: Booking(fsum(teams.values()), teams) for who, teams in claims.items()}
    return {who: booking for who, booking in booked.items() if booking.share > 1 + 1e-9}


def share_of(text: str) -> float:
    """`20%` or `0.2` as a number from 0 to 1."""
    return float(text.strip().removesuffix("%")) / 100 if "%" in text else float(text)


_NOBODY = Person()


def _away(leave: Iterable[Leave], day: date) -> float:
    return min(1.0, fsum(days.days_per_day for days in leave if days.from_ <= day <= days.to))


def _recurring(team: Team, month: str, settings: Settings) -> float:
    weeks = len(weekdays(month)) / 5
    efforts = ((parse(work.effort, settings), work.per) for work in team.recurring)
    return fsum(effort.mean * (weeks if per == "week" else 1) for effort, per in efforts if effort)


def _last_days_off(person: Person, settings: Settings) -> Iterator[date]:
    yield from (leave.to for leave in person.leave)
    yield from settings.holidays.get(person.holidays or "", ())
