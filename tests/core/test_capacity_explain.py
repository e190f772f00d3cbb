from typing import Any

from test_figures import OCTOBER, known_and_guessed

from build import backlog, committed, item, team_of_three
from mbl.core.capacity.report import capacity
from mbl.core.capacity.scenario import with_people
from mbl.core.report import Bars, Facts, Plot, Strips, Words
from mbl.model.settings import Settings
from pasts import MONDAY, PACE, finished, waiting


def facts(report):
    return {block.title: dict(block.facts) for block in report.blocks if isinstance(block, Facts)}


def past(**fields: Any):
    return backlog(*finished(PACE), *waiting(60), settings=Settings(capacity=20), **fields)


def test_the_sum_by_throughput_is_shown_with_its_numbers():
    found = facts(capacity(past(), MONDAY, explain=True))
    assert found["By throughput"]["Everybody"] == (
        "finished each week: 3 5 2 4 0 6 3 4 2 5 1 4\n60 items ÷ 3.25 a week = 18.5 weeks ÷ 4.348 = 4.2 months on the mean"
    )
    how = found["How the answer is found"]
    assert how["Past weeks"] == "12 complete, 2026-08-31 to 2026-11-22; 39 items finished"
    assert (
        how["Futures"]
        == "10,000, seed 1; the 15th, 50th, 85th and 95th of a hundred: 3.7, 4.4, 5.3, 6.0 months"
    )
    assert how["So the answer is"].startswith("by throughput")


def test_the_growth_is_shown_week_by_week():
    found = facts(capacity(past(), MONDAY, explain=True))["Is it growing? accepted - finished - dropped"]
    assert found["Finished"] == "3 5 2 4 0 6 3 4 2 5 1 4"
    assert found["On the whole"] == "-3.25 items a week"
    assert found["Growing"] == "in 0 % of the futures: 10 % or less, so it shrinks"


def test_without_a_past_it_says_what_is_missing():
    found = facts(
        capacity(backlog(committed(estimate="5d"), settings=Settings(capacity=5)), OCTOBER, explain=True)
    )
    assert found["How the answer is found"]["Past weeks"] == "no complete one yet; 0 items finished"
    assert (
        found["How the answer is found"]["By throughput from"] == "8 complete weeks and 15 finished items on"
    )
    assert found["The days"] == {"capacity in mbl.yaml": "5 person-days a month, in every month"}
    assert "By throughput" not in found


def test_net_days_come_from_people_less_the_unplanned_and_the_recurring():
    report = capacity(team_of_three(committed(estimate="151d", team="growth")), OCTOBER, explain=True)
    shown = facts(report)
    days = next(facts for title, facts in shown.items() if title.startswith("Net days of 2026-10"))
    assert days == {
        "growth": "ana 17 + ben 17.6 + chie 11 = 45.6 gross - 9.1 unplanned (20%) - 6.0 recurring = 30.5"
    }
    assert shown["By effort: days ÷ net days, month by month"] == {
        "Team growth": "1 item, 151 days ÷ 30.5 32.6 31.3 then 31.5 a month = 4.8 months"
    }


def test_somebody_supposed_has_no_name():
    some = team_of_three(committed(estimate="151d", team="growth"))
    report = capacity(some, OCTOBER, explain=True, steps=[with_people(some, "growth+1")])
    days = next(facts for title, facts in facts(report).items() if title.startswith("Net days"))
    assert "+ somebody new 22 = 67.6 gross" in days["growth"]


def test_every_guess_says_where_it_comes_from():
    some = backlog(
        *known_and_guessed(),
        item(estimate="1d", type="poster"),
        committed(title="A poster", type="poster"),
        settings=Settings(capacity=20),
    )
    report = capacity(some, OCTOBER, explain=True)
    guesses = next(facts for title, facts in facts(report).items() if title.startswith("Without an estimate"))
    assert len(guesses) == 17
    said = "3 days: the mean of 5 estimated items of type email (1 1 2 3 8; the middle one 2 days)"
    assert sum(text.endswith(said) for text in guesses.values()) == 12
    poster = next(text for text in guesses.values() if text.startswith("A poster\n"))
    assert "the mean of 12 estimated items of every type (" in poster
    record = report.payload()["explain"]["guesses"]
    assert (record[0]["days"], record[0]["from"]) == (3.0, said)


def test_what_nobody_can_guess_is_said():
    report = capacity(
        backlog(committed(title="A", id="kdw22"), settings=Settings(capacity=20)), OCTOBER, explain=True
    )
    assert facts(report)["Without an estimate: 1 item"] == {
        "kdw22": "A\nfewer than 5 items have an estimate: it is not counted by effort"
    }


def test_the_pictures_are_drawn_beside_the_words():
    report = capacity(past(), MONDAY, pictures=True)
    kinds = [type(block) for block in report.blocks if not isinstance(block, Words)]
    assert kinds == [Facts, Bars, Strips, Plot]
    histogram = next(block for block in report.blocks if isinstance(block, Bars))
    marked = " ".join(bar.text for bar in histogram.bars)
    assert all(mark in marked for mark in ("P50 2027-04-05", "P85 2027-05-03", "P95 2027-05-24"))
    assert sum(bar.value for bar in histogram.bars) == 10_000


def test_without_uncertainty_there_is_no_histogram():
    some = backlog(committed(estimate="5d"), settings=Settings(capacity=5))
    assert not any(isinstance(block, Bars) for block in capacity(some, OCTOBER, pictures=True).blocks)


def test_a_spreadsheet_gets_the_rows():
    table = capacity(past(), MONDAY).table
    assert table is not None
    assert {row["by"] for row in table.records()} == {"team", "person", "moscow", "outcome", "requester"}
    alone = capacity(past(), MONDAY, by="moscow").table
    assert alone is not None
    assert [(row["by"], row["key"], row["items"]) for row in alone.records()] == [("moscow", None, 60)]
