from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, committed, item
from mbl.core.capacity.history import RECENT
from mbl.core.measures.work_flow import Cycle, is_in_work, work_flow
from mbl.core.measures.work_flow_report import flow_part
from mbl.core.measures.work_flow_words import facts, notes, sentence
from mbl.core.report import Bars, Table, Words
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Ended, Part
from mbl.model.settings import Settings

TODAY = date(2026, 11, 22)
FIRST = date(2026, 8, 24)
ENDED = date(2026, 11, 8)
ORACLE = (3, 5, 8, 2, 13, 5, 4, 21, 6, 5)


def days(number):
    return timedelta(days=number)


def took(number, ended=ENDED, **fields: Any):
    """A finished item that took so many calendar days, asked for long before."""
    started = ended - days(number - 1)
    return item(
        status="done", requested=min(FIRST, started), started=started, ended=Ended(date=ended), **fields
    )


def doing(age, **fields: Any):
    started = TODAY - days(age - 1)
    return item(status="doing", requested=started, started=started, **fields)


def finished(*numbers: int):
    return [took(number) for number in numbers]


def words(part):
    return " ".join(block.text for block in part.full if isinstance(block, Words))


# The oracle: half within 5 days, 85 in 100 within 13, 95 in 100 within 21.


def test_cycle_times_are_nearest_rank_percentiles_of_calendar_days():
    of = work_flow(backlog(*finished(*ORACLE)), TODAY)
    assert of.cycle == Cycle(5, 13, 21)
    assert of.took == tuple(sorted(ORACLE))


@pytest.mark.parametrize(("age", "is_old"), [(13, False), (14, True)])
def test_work_is_old_when_it_takes_longer_than_85_in_100_finished_items(age, is_old):
    of = work_flow(backlog(*finished(*ORACLE), doing(age)), TODAY)
    assert [(row.age, row.is_old) for row in of.in_work] == [(age, is_old)]


def test_nothing_is_called_old_before_ten_finished_items():
    nine = backlog(*finished(*ORACLE[:9]), doing(500))
    assert work_flow(nine, TODAY).limit is None
    assert not work_flow(nine, TODAY).old
    ten = nine.with_items({"items/x.yaml": took(5)})
    assert [row.age for row in work_flow(ten, TODAY).old] == [500]


def test_start_and_end_on_one_day_are_one_day():
    assert work_flow(backlog(took(1)), TODAY).took == (1,)


# What counts


def test_done_without_a_start_counts_as_finished_and_has_no_cycle_time():
    unstarted = item(status="done", requested=FIRST, ended=Ended(date=TODAY - days(10)))
    of = work_flow(backlog(unstarted, took(4)), TODAY)
    assert (of.finished, of.took, of.unknown) == (2, (4,), 1)
    assert any("done without a start" in text for text in notes(of))


def test_a_reopened_item_counts_once_when_it_ends_again():
    ended = took(4, id="bcdfg", ended=TODAY - days(30))
    again = replace(ended, status="doing", ended=None)
    assert work_flow(backlog(ended), TODAY).finished == 1
    assert work_flow(backlog(again), TODAY).finished == 0
    assert [row.age for row in work_flow(backlog(again), TODAY).in_work] == [34]
    once_more = replace(again, status="done", ended=Ended(date=TODAY - days(8)))
    of = work_flow(backlog(once_more), TODAY)
    assert (of.finished, of.took) == (1, (26,))


def test_dropped_after_the_start_is_waste_and_not_throughput():
    dropped = replace(took(20), status="dropped")
    never_begun = item(status="dropped", accepted=FIRST, ended=Ended(date=TODAY - days(9)))
    of = work_flow(backlog(dropped, never_begun), TODAY)
    assert (of.finished, of.took) == (0, ())
    assert [(each.item.id, each.days) for each in of.wasted] == [(dropped.id, 20)]


def test_in_progress_is_what_was_started_and_did_not_end():
    assert is_in_work(doing(3))
    assert is_in_work(item(status="doing"))
    assert is_in_work(committed(started=FIRST))
    assert not is_in_work(committed())
    assert not is_in_work(took(3))


def test_in_progress_without_a_start_has_no_age_and_is_never_old():
    of = work_flow(backlog(*finished(*ORACLE), item(status="doing")), TODAY)
    assert [(row.age, row.is_old) for row in of.in_work] == [(None, False)]
    assert any("mbl check --fix" in text for text in notes(of))


@pytest.mark.parametrize(
    "odd",
    [
        item(status="done", requested=FIRST, started=TODAY - days(9), ended=Ended(date=TODAY - days(10))),
        item(status="done", requested=FIRST, started=FIRST, ended=Ended(date=TODAY + days(1))),
        item(status="done", requested=TODAY, started=FIRST, ended=Ended(date=TODAY - days(10))),
        item(status="doing", started=TODAY + days(3)),
    ],
    ids=["ended before it started", "ended tomorrow", "started before it was asked for", "starts in 3 days"],
)
def test_dates_that_contradict_each_other_are_left_out_and_told(odd):
    of = work_flow(backlog(odd, took(4)), TODAY)
    assert (of.finished, of.took, of.odd) == (1, (4,), 1)
    assert all(row.age is None for row in of.in_work)
    assert any("mbl check" in text for text in notes(of))


def test_everything_counts_from_the_day_that_the_settings_name():
    items = (took(4, ended=FIRST - days(1)), took(6))
    assert work_flow(backlog(*items), TODAY).took == (4, 6)
    since = Settings(history_from=FIRST)
    of = work_flow(backlog(*items, settings=since), TODAY)
    assert (of.took, of.since, of.weeks[0].monday) == ((6,), FIRST, FIRST)


def test_a_long_history_is_looked_at_for_half_a_year():
    old, new = took(4, ended=TODAY - days(300)), took(6)
    of = work_flow(backlog(old, new), TODAY)
    assert (len(of.weeks), of.took, of.since) == (RECENT, (6,), of.weeks[0].monday)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 120)), max_size=30))
def test_every_finished_item_of_the_whole_weeks_counts_exactly_once(rows):
    items = [took(number, ended=TODAY - days(before)) for number, before in rows]
    of = work_flow(backlog(*items), TODAY)
    whole = [
        each for each in items if of.weeks and of.weeks[0].monday <= each.ended.date < date(2026, 11, 16)
    ]
    assert of.finished == len(whole)
    assert len(of.took) + of.unknown <= len(items)
    if of.cycle:
        assert set(of.cycle) <= set(of.took)
        assert list(of.cycle) == sorted(of.cycle)


# What is said


def test_the_sentence_says_how_much_how_long_and_what_is_late():
    of = work_flow(backlog(*finished(*ORACLE), doing(3), doing(30)), TODAY)
    assert sentence(of).endswith(
        "Half took 5 days or less from start to end, 85 in 100 took 13 or less. "
        "2 items are in progress, 1 of them for longer than that."
    )
    assert sentence(of).startswith("10 items were finished in the last ")


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ((), ""),
        ((item(requested=TODAY),), ""),
        ((item(requested=FIRST),), "Nothing was finished in the last 11 weeks. Nothing is in progress."),
        (
            (doing(1),),
            "No whole week has passed yet. 1 item is in progress; how long is too long shows from 10",
        ),
        ((took(4), took(6)), "From start to end each took 4 to 6 days. Nothing is in progress."),
        ((took(4),), "From start to end it took 4 days. Nothing is in progress."),
        ((*finished(*ORACLE), doing(2)), "1 item is in progress, none for longer than that."),
        ((*finished(*ORACLE), doing(22)), "1 item is in progress, for longer than that."),
    ],
)
def test_what_cannot_be_said_yet_is_said_with_what_it_takes(items, says):
    said = sentence(work_flow(backlog(*items), TODAY))
    assert says in said
    assert bool(said) == bool(says)


def test_work_that_teams_share_is_said_to_be_shared():
    parts = (Part(effort="1d", team="a"), Part(effort="1d", team="b"))
    of = work_flow(backlog(doing(3, team="a", parts=parts), doing(3, team="b")), TODAY)
    assert ("In progress", "b works on 2, a on 1 (on 1 together)") in tuple(facts(of, backlog()))
    alone = work_flow(backlog(doing(3, team="a")), TODAY)
    assert ("In progress", "a works on 1") in tuple(facts(alone, backlog()))


def test_what_to_do_has_a_column_only_where_something_is_old():
    for age, has_column in ((3, False), (30, True)):
        part = flow_part(backlog(*finished(*ORACLE), doing(age)), TODAY)
        work = next(block for block in part.full if isinstance(block, Table))
        assert ("to_do" in [column.key for column in work.columns]) == has_column


def test_an_empty_backlog_learns_what_to_do():
    part = flow_part(backlog(), TODAY)
    assert "mbl start REF" in words(part)
    assert part.payload == {
        "throughput": [], "cycle_time": None, "age": [], "wip": 0, "waste": [], "not_counted": 0
    }  # fmt: skip


def test_the_payload_names_weeks_by_their_monday():
    part = flow_part(backlog(*finished(*ORACLE), doing(14, owner="ana")), TODAY)
    assert part.payload["throughput"][-1] == {"week": date(2026, 11, 9), "finished": 0}
    assert part.payload["throughput"][-2] == {"week": date(2026, 11, 2), "finished": 10}
    assert part.payload["cycle_time"] == {"p50": 5, "p85": 13, "p95": 21, "items": 10, "unknown": 0}
    (age,) = part.payload["age"]
    assert (age["age"], age["old"], age["to_do"]) == (14, True, "finish it, or cut it")
    assert part.payload["wip"] == 1


def test_each_old_item_is_told_what_to_do():
    wanted = Guidepoint(
        statement="More", from_=FIRST, to=TODAY + days(30), outcomes=(Outcome(id="pipeline", text="More"),)
    )
    waits = doing(50, outcomes=("pipeline",), depends_on=("zzzzz",))
    unwanted, nobodys = doing(40, owner="ana"), doing(30, outcomes=("pipeline",))
    fine = doing(20, owner="ana", outcomes=("pipeline",))
    rows = (*finished(*ORACLE), waits, unwanted, nobodys, fine, committed(id="zzzzz"))
    part = flow_part(backlog(*rows, guidepoints={"guidepoints/q4.yaml": wanted}), TODAY)
    assert [row["to_do"] for row in part.payload["age"]] == [
        "first zzzzz", "ask if it is wanted", "name an owner", "finish it, or cut it",
    ]  # fmt: skip


def test_in_full_it_draws_every_week_all_work_the_waste_and_the_teams():
    rows = [
        *finished(*ORACLE),
        doing(14, team="growth"),
        took(3, team="brand"),
        replace(took(9), status="dropped"),
    ]
    part = flow_part(backlog(*rows), TODAY)
    bars = next(block for block in part.full if isinstance(block, Bars))
    assert sum(bar.value for bar in bars.bars) == 11
    tables = [block.title for block in part.full if isinstance(block, Table)]
    assert tables == [
        "In progress, the oldest first", "Dropped after work had begun", "By team: what several worked on counts for each",
    ]  # fmt: skip
    assert [row["team"] for row in next(b for b in part.full if isinstance(b, Table) and b.what == "teams").records()] == [
        "brand", "growth", "no team",
    ]  # fmt: skip


def test_only_the_items_that_are_meant_are_counted():
    mine, other = took(3, team="growth"), took(9, team="brand")
    of = work_flow(backlog(mine, other), TODAY, only=frozenset({mine.id}))
    assert (of.took, of.finished) == ((3,), 1)
    assert words(flow_part(backlog(mine), TODAY, only=frozenset())) == "No request fits."
