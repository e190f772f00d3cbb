from datetime import date, timedelta
from typing import Any

import pytest

from build import backlog, committed, item
from mbl.core.capacity.history import RECENT, Week, dates_agree, monday_of, weekly
from mbl.model.item import Ended, Part, Source
from mbl.model.settings import Settings
from pasts import MONDAY, PACE, WEEK, finished, waiting

FRIDAY = date(2026, 10, 2)
"""The week of 28 September, in which the first item existed; the first whole one begins on 5 October."""

FIRST = date(2026, 10, 5)


def done(ended, **fields: Any):
    known = {"status": "done", "requested": FRIDAY, "accepted": FRIDAY, **fields}
    return item(**known, ended=Ended(date=ended) if ended else None)


def test_every_complete_week_is_there_also_the_empty_ones():
    history = weekly(backlog(done(date(2026, 10, 11)), done(date(2026, 10, 26))), MONDAY)
    assert [week.monday for week in history.weeks] == [FIRST + n * WEEK for n in range(7)]
    assert [week.finished for week in history.weeks] == [1, 0, 0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 22), date(2026, 11, 9)),
        (date(2026, 11, 23), date(2026, 11, 16)),
        (date(2026, 11, 29), date(2026, 11, 16)),
        (date(2026, 10, 12), FIRST),
    ],
)
def test_a_week_counts_when_its_sunday_is_over(today, last):
    assert weekly(backlog(done(FRIDAY)), today).weeks[-1].monday == last


@pytest.mark.parametrize("today", [FRIDAY, date(2026, 10, 4), date(2026, 10, 11), date(2026, 9, 1)])
def test_before_the_first_week_is_over_there_is_no_history(today):
    history = weekly(backlog(committed(requested=FRIDAY)), today)
    assert (history.weeks, history.recent) == ((), ())


def test_an_empty_backlog_has_no_history():
    assert weekly(backlog(), MONDAY).weeks == ()
    assert weekly(backlog(committed()), MONDAY).weeks == ()


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("2026-10-19", "2026-10-19"),
        ("2026-10-20", "2026-10-26"),
        ("2026-10-25", "2026-10-26"),
        ("2026-09-21", "2026-09-21"),
    ],
)
def test_history_from_names_the_first_whole_week(start, first):
    some = backlog(done(date(2026, 10, 30)), settings=Settings(history_from=date.fromisoformat(start)))
    assert weekly(some, MONDAY).weeks[0].monday == date.fromisoformat(first)


def test_history_from_in_the_future_leaves_nothing():
    some = backlog(done(FRIDAY), settings=Settings(history_from=date(2027, 1, 1)))
    assert weekly(some, MONDAY).weeks == ()
    assert weekly(backlog(settings=Settings(history_from=date.max)), MONDAY).weeks == ()


def test_only_the_last_26_weeks_are_recent():
    history = weekly(backlog(done(date(2026, 11, 2), requested=date(2024, 1, 5))), MONDAY)
    assert len(history.weeks) > 100
    assert history.recent == history.weeks[-RECENT:]


CAME = {"accepted": date(2026, 10, 7)}
LEFT = Ended(date=date(2026, 10, 9))


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({"status": "committed", **CAME}, (0, 1, 0)),
        ({"status": "doing", **CAME}, (0, 1, 0)),
        ({"status": "request", **CAME}, (0, 0, 0)),
        ({"status": "committed"}, (0, 0, 0)),
        ({"status": "done", **CAME, "ended": LEFT}, (1, 1, 0)),
        ({"status": "done", **CAME}, (0, 1, 0)),
        ({"status": "dropped", **CAME, "ended": LEFT}, (0, 1, 1)),
        ({"status": "declined", "ended": LEFT}, (0, 0, 0)),
        ({"status": "declined", **CAME, "ended": LEFT}, (0, 1, 1)),
        ({"status": "done", "ended": LEFT}, (1, 1, 0)),
        ({"status": "done", "ended": LEFT, "source": Source(system="csv", key="1")}, (1, 0, 0)),
        ({"status": "dropped", "ended": LEFT, "source": Source(system="csv", key="1")}, (0, 0, 1)),
    ],
)
def test_what_each_item_adds_to_its_weeks(fields, counted):
    week = weekly(backlog(item(requested=FRIDAY, **fields)), MONDAY).weeks[0]
    assert (week.finished, week.arrived, week.dropped) == counted
    assert week.growth == counted[1] - counted[0] - counted[2]


@pytest.mark.parametrize(
    "wrong",
    [
        done(date(2026, 10, 9), started=date(2026, 10, 20)),
        done(date(2026, 10, 9), accepted=date(2026, 10, 20)),
        done(date(2026, 10, 9), requested=date(2026, 10, 20), accepted=None),
        done(date(2027, 10, 9)),
        done(None),
    ],
)
def test_dates_that_cannot_be_are_not_counted(wrong):
    history = weekly(backlog(committed(requested=FRIDAY), wrong), MONDAY)
    assert sum(week.finished for week in history.weeks) == 0


def test_dates_follow_each_other():
    assert dates_agree(item())
    assert dates_agree(done(FRIDAY, started=FRIDAY))
    assert not dates_agree(done(FRIDAY, started=FRIDAY + timedelta(days=1)))


def test_of_500_done_items_of_an_import_those_with_a_date_of_their_own_count():
    source = Source(system="csv", key="1")
    dated = [
        item(status="done", source=source, ended=Ended(date=FIRST + timedelta(days=n % 49)))
        for n in range(250)
    ]
    undated = [item(status="done", source=source) for _ in range(250)]
    history = weekly(backlog(committed(requested=FRIDAY), *dated, *undated), MONDAY)
    assert sum(week.finished for week in history.weeks) == 250
    assert all(week.finished == pytest.approx(36, abs=5) for week in history.weeks)
    assert all((week.arrived, week.dropped) == (0, 0) for week in history.weeks)


def test_all_promises_are_known_from_the_week_after_the_first_recorded_one():
    imported = [committed(requested=FRIDAY, source=Source(system="csv", key=str(n))) for n in range(3)]
    assert weekly(backlog(*imported), MONDAY).accepting_from is None
    later = committed(requested=FRIDAY, accepted=date(2026, 10, 14))
    assert weekly(backlog(*imported, later), MONDAY).accepting_from == date(2026, 10, 19)


def test_a_team_counts_its_own_items_and_an_item_of_two_counts_for_both():
    day = date(2026, 10, 9)
    items = [
        done(day, team="growth"),
        done(day, parts=(Part(team="growth"), Part(team="brand"))),
        done(day, team="brand", parts=(Part(skill="copy"),)),
        done(day),
        done(day, parts=(Part(skill="copy"),)),
    ]
    history = weekly(backlog(*items), MONDAY)
    counts = {team: weeks[0].finished for team, weeks in history.by_team.items()}
    assert counts == {None: 2, "brand": 2, "growth": 2}
    assert history.weeks[0].finished == 5
    assert all(len(weeks) == len(history.weeks) for weeks in history.by_team.values())


def test_some_items_alone_keep_the_weeks_of_all():
    items = [done(date(2026, 10, 9)), done(date(2026, 10, 16))]
    history = weekly(backlog(*items), MONDAY, only=frozenset([items[1].id]))
    assert [week.finished for week in history.weeks] == [0, 1, 0, 0, 0, 0, 0]


def test_the_builder_of_a_past_makes_the_weeks_it_says():
    history = weekly(backlog(*finished(PACE), *waiting(3)), MONDAY)
    assert tuple(week.finished for week in history.weeks) == PACE
    assert history.weeks[0] == Week(date(2026, 8, 31), 3, 0, 0)
    assert history.accepting_from == monday_of(date(2026, 8, 31))
