from datetime import date
from itertools import pairwise
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog
from mbl.core.measures.before_after import compared, usual_range
from mbl.core.measures.report import before_after_report
from mbl.core.probability import wilson
from mbl.core.report import Facts, Table, Words
from mbl.errors import MblError
from mbl.model.measure import Measure, Reading

TODAY = date(2026, 11, 22)
DAY = date(2026, 7, 1)


def shares(*readings: tuple[str, int, int], **fields: Any):
    made = tuple(Reading(date=date.fromisoformat(f"2026-{day}"), k=k, n=n) for day, k, n in readings)
    return Measure(id="trust", **{"scope": "customer", "readings": made, **fields})


def numbers(before, since, **fields: Any):
    """One reading a month: those before the day, from its end backwards, and those since."""
    months = [*range(7 - len(before), 7), *range(7, 7 + len(since))]
    made = tuple(
        Reading(date=date(2026, month, 15), value=value)
        for month, value in zip(months, (*before, *since), strict=True)
    )
    return Measure(id="leads", **{"readings": made, **fields})


@pytest.mark.parametrize(
    ("measure", "answer", "direction"),
    [
        (shares(("06-30", 66, 150), ("10-31", 104, 151)), "different", "better"),
        (shares(("06-30", 66, 150), ("10-31", 104, 151), better="down"), "different", "worse"),
        (shares(("06-30", 104, 151), ("10-31", 66, 150)), "different", "worse"),
        (shares(("06-30", 4, 8), ("10-31", 7, 8)), "cannot tell", None),
        (shares(("06-30", 4, 8), ("10-31", 40, 80)), "unchanged", None),
        (shares(("06-30", 4, 8)), "cannot tell", None),
        (shares(("10-31", 4, 8)), "cannot tell", None),
        (shares(), "cannot tell", None),
        (numbers((41, 38, 44, 40, 43, 39), (30, 22), better="down"), "different", "better"),
        (numbers((41, 38, 44, 40, 43, 39), (30, 22)), "different", "worse"),
        (numbers((41, 38, 44, 40, 43, 39), (30, 33)), "cannot tell", None),
        (numbers((38, 44, 39), (20,)), "cannot tell", None),
        (numbers((10, 20, 30, 40), (90,)), "cannot tell", None),
        (numbers((40, 40, 40, 40), (41,)), "different", "better"),
        (numbers((40, 40, 40, 40), (40,)), "unchanged", None),
    ],
)
def test_it_is_different_only_where_that_can_be_said(measure, answer, direction):
    row = compared(measure, DAY, TODAY)
    assert (row.answer, row.direction) == (answer, direction)
    assert row.why


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_two_shares_differ_exactly_if_their_intervals_do_not_overlap(n, m, data):
    k, j = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    row = compared(shares(("06-30", k, n), ("10-31", j, m)), DAY, TODAY)
    one, other = sorted((wilson(k, n), wilson(j, m)))
    assert (row.answer == "different") == (other[0] > one[1])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=12))
def test_the_usual_range_is_the_mean_with_2_66_mean_steps_on_either_side(values):
    low, high = usual_range(values)
    steps = fmean(abs(b - a) for a, b in pairwise(values))
    assert (low, high) == pytest.approx((fmean(values) - 2.66 * steps, fmean(values) + 2.66 * steps))


def test_the_usual_range_of_41_38_44_40_43_39():
    # Mean 40.83, steps 3 6 4 3 4 with mean 4: 40.83 ± 10.64.
    assert usual_range((41, 38, 44, 40, 43, 39)) == pytest.approx((30.1933, 51.4733), abs=1e-4)


def test_the_day_itself_belongs_to_what_came_after():
    row = compared(shares(("06-30", 1, 10), ("07-01", 9, 10)), DAY, TODAY)
    assert (row.before.k, row.after.k) == (1, 9)


def test_the_last_reading_before_and_the_latest_since_are_compared():
    row = compared(
        shares(("05-30", 0, 99), ("06-30", 1, 10), ("07-30", 50, 99), ("10-31", 9, 10), ("12-31", 0, 9)),
        DAY,
        TODAY,
    )
    assert (row.before.date, row.after.date) == (date(2026, 6, 30), date(2026, 10, 31))


def test_numbers_on_one_side_and_shares_on_the_other_cannot_be_compared():
    mixed = shares(("06-30", 1, 10))
    mixed = Measure(id="x", readings=(*mixed.readings, Reading(date=date(2026, 10, 1), value=9.0)))
    assert compared(mixed, DAY, TODAY).answer == "cannot tell"


def test_what_four_people_of_a_team_said_is_neither_shown_nor_compared():
    morale = shares(("06-30", 4, 4), ("10-31", 1, 9), scope="team")
    report = before_after_report(backlog(measures={"measures/trust.yaml": morale}), TODAY, DAY)
    (row,) = report.payload()["before_after"]["measures"]
    assert (row["before"], row["after"]["k"]) == (None, 1)
    assert any("1 reading is not shown" in block.text for block in report.blocks if isinstance(block, Words))


def test_the_screen_says_what_got_better_why_and_that_this_is_no_cause():
    measures = {
        "measures/trust.yaml": shares(("06-30", 66, 150), ("10-31", 104, 151)),
        "measures/leads.yaml": numbers((41, 38, 44, 40, 43, 39), (30, 33), unit="leads"),
        "measures/new.yaml": Measure(id="new"),
    }
    report = before_after_report(backlog(measures=measures), TODAY, DAY)
    texts = [block.text for block in report.blocks if isinstance(block, Words)]
    assert texts[0] == "Since 2026-07-01 trust got better; of 1 other nobody can tell."
    assert "Not read both before and since: new." in texts
    assert any("does not mean because of it" in text for text in texts)
    (facts,) = (block for block in report.blocks if isinstance(block, Facts))
    assert facts.facts == (
        ("leads", "within its usual range before, 30.2 to 51.5 leads"),
        ("trust", "37 % to 51 % then, 62 % to 75 % now: the likely ranges do not overlap"),
    )
    (table,) = (block for block in report.blocks if isinstance(block, Table))
    assert [(row["id"], row["before"], row["answer"]) for row in table.records()] == [
        ("leads", "39 leads", "cannot tell"),
        ("trust", "44 % (66 of 150)", "better"),
    ]


def test_a_day_to_come_and_an_unknown_measure_are_refused():
    with pytest.raises(MblError, match="lies in the future"):
        before_after_report(backlog(), TODAY, date(2026, 11, 23))
    with pytest.raises(MblError, match="no measure trust"):
        before_after_report(backlog(), TODAY, DAY, ids=["trust"])


def test_without_any_measure_the_first_step_is_named():
    report = before_after_report(backlog(), TODAY, DAY)
    assert "mbl measures new" in report.blocks[-1].text
