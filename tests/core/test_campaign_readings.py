"""Readings: cumulative, by date, never falling; everything that is wrong is said at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog
from mbl.core.campaigns.counts import MOST, count, counts_typed, joined, rows_typed
from mbl.core.campaigns.criteria import criterion
from mbl.core.campaigns.readings import closing_day, is_trace, logged, reading_words
from mbl.errors import MblError
from mbl.model.campaign import Campaign, Decision
from mbl.model.guidepoint import Revision

TODAY = date(2026, 11, 22)
PATH = "campaigns/linkedin-q8n2k.yaml"


def on(day):
    return date.fromisoformat(f"2026-{day}")


def read(day, **counts: int):
    return {"date": on(day), **counts}


OUTREACH = Campaign(
    id="q8n2k",
    title="LinkedIn",
    hypothesis="They accept",
    start=on("11-02"),
    deadline=on("12-11"),
    success_criteria=(
        criterion("acceptance: accepted of invites >= 10% planned 120 window 7d"),
        criterion("meetings: meetings of accepted >= 5 window 10d"),
    ),
    readings=(read("11-06", invites=24, accepted=2), read("11-13", invites=60, accepted=6, meetings=1)),
)


def after(rows, campaign=OUTREACH, **how: object):
    given_ = {on(day): counts for day, counts in rows.items()}
    changed = logged(backlog(campaigns={PATH: campaign}), PATH, given_, today=TODAY, **how)
    return changed.campaigns[PATH]


def refusal(rows, campaign=OUTREACH, **how: object):
    with pytest.raises(MblError) as refused:
        after(rows, campaign, **how)
    return refused.value


# Log


def test_a_reading_joins_by_date():
    assert after({"11-20": {"invites": 61}}).readings == (*OUTREACH.readings, read("11-20", invites=61))
    early = after({"11-03": {"invites": 1}}).readings
    assert early == (read("11-03", invites=1), *OUTREACH.readings)
    between = after({"11-10": {"invites": 45, "accepted": 2}, "11-11": {"accepted": 5}}).readings
    assert [each["date"] for each in between] == [on(day) for day in ("11-06", "11-10", "11-11", "11-13")]


def test_readings_that_stand_in_any_order_stay_where_they_are():
    upside_down = replace(OUTREACH, readings=tuple(reversed(OUTREACH.readings)))
    assert after({"11-20": {"invites": 61}}, upside_down).readings[:2] == upside_down.readings
    assert after({"11-03": {"invites": 1}}, upside_down).readings[0]["date"] == on("11-03")


def test_a_counter_that_was_not_read_that_day_joins_the_reading_of_that_day():
    changed = after({"11-06": {"meetings": 0}})
    assert changed.readings[0] == read("11-06", invites=24, accepted=2, meetings=0)
    assert changed.changes == ()


def test_the_very_same_reading_again_changes_nothing():
    held = backlog(campaigns={PATH: OUTREACH})
    assert logged(held, PATH, {on("11-06"): {"accepted": 2}}, today=TODAY) is held


def test_the_name_of_a_counter_may_be_typed_in_any_case():
    assert after({"11-20": {"Invites": 61}}).readings[-1] == read("11-20", invites=61)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"11-20": {"accepted": 5}}, "accepted would fall from 6 on 2026-11-13 to 5 on 2026-11-20"),
        ({"11-10": {"invites": 61}}, "invites would fall from 61 on 2026-11-10 to 60 on 2026-11-13"),
        ({"11-10": {"invites": 23}}, "invites would fall from 24 on 2026-11-06 to 23 on 2026-11-10"),
        ({"11-20": {"accepted": 61}}, "61 accepted of 60 invites cannot be"),
        ({"11-20": {"invites": 70, "accepted": 71}}, "71 accepted of 70 invites cannot be"),
        ({"11-20": {"meetings": 7}}, "7 meetings of 6 accepted cannot be"),
        ({"11-23": {"invites": 61}}, "2026-11-23 lies in the future (today is 2026-11-22)"),
        ({"11-01": {"invites": 1}}, "2026-11-01 lies before the start on 2026-11-02"),
        ({"11-20": {"acepted": 8}}, "No criterion of this campaign uses 'acepted'"),
        ({"11-06": {"accepted": 3}}, "2026-11-06 was read already: accepted 2, not 3"),
        ({"11-20": {"accepted": None}}, "accepted: how many?"),
        ({}, "nothing to log"),
        ({"11-20": {}}, "nothing to log"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_with_the_reason(rows, says):
    error = refusal(rows)
    assert says in error.message
    assert error.hint
    assert error.exit_code == 1


def test_the_nearest_counter_is_named_else_all():
    assert refusal({"11-20": {"acepted": 8}}).hint == "Did you mean accepted?"
    assert refusal({"11-20": {"zzz": 8}}).hint == "It counts invites, accepted, meetings."


def test_everything_that_is_wrong_is_said_at_once():
    message = refusal({"11-20": {"clicks": 1}, "11-23": {"invites": 61}, "11-01": {"opens": 3}}).message
    for part in ("'clicks'", "'opens'", "2026-11-23 lies in the future", "2026-11-01 lies before"):
        assert part in message
    message = refusal({"11-20": {"invites": 59, "accepted": 5}}).message
    assert "invites would fall" in message
    assert "accepted would fall" in message


def test_successes_may_be_read_before_their_tries_are():
    """As long as a later reading shows that there were enough tries."""
    assert after({"11-10": {"accepted": 6}}).readings[1] == read("11-10", accepted=6)


def test_what_was_wrong_before_does_not_hinder_the_next_reading():
    odd = replace(OUTREACH, readings=(read("11-06", invites=9), read("11-13", invites=3, accepted=7)))
    assert after({"11-20": {"invites": 9}}, odd).readings[-1] == read("11-20", invites=9)


def test_the_numbers_of_a_decided_campaign_are_closed():
    stopped = replace(OUTREACH, decision=Decision(date=on("11-20"), verdict="stop", reason="No"))
    error = refusal({"11-20": {"invites": 70}}, stopped)
    assert "was decided on 2026-11-20: stop" in error.message
    assert "mbl campaign edit q8n2k" in error.hint


# Correct


def test_a_correction_keeps_what_was_read_before():
    changed = after({"11-13": {"accepted": 5}}, correct=True, by="ana", reason="One was counted twice")
    assert changed.readings[1] == read("11-13", invites=60, accepted=5, meetings=1)
    assert changed.changes == (
        Revision(date=TODAY, by="ana", reason="reading of 2026-11-13: accepted 6 → 5: One was counted twice"),
    )
    assert is_trace(changed.changes[0])


def test_several_corrections_leave_a_trace_each_and_new_days_none():
    changed = after(
        {"11-06": {"invites": 20, "accepted": 1}, "11-13": {"invites": 55}, "11-20": {"invites": 70}},
        correct=True,
    )
    assert [each.reason for each in changed.changes] == [
        "reading of 2026-11-06: invites 24 → 20, accepted 2 → 1",
        "reading of 2026-11-13: invites 60 → 55",
    ]


def test_a_count_that_is_wrong_altogether_can_be_taken_out():
    changed = after({"11-13": {"meetings": None}}, correct=True)
    assert changed.readings[1] == read("11-13", invites=60, accepted=6)
    assert changed.changes[0].reason == "reading of 2026-11-13: meetings 1 → nothing"
    gone = after({"11-06": {"invites": None, "accepted": None}}, correct=True)
    assert gone.readings == OUTREACH.readings[1:]


def test_a_correction_must_not_contradict_the_others():
    assert "would fall" in refusal({"11-06": {"invites": 61}}, correct=True).message
    assert "2 accepted of 1 invites" in refusal({"11-06": {"invites": 1}}, correct=True).message


def test_a_correction_that_corrects_nothing_changes_nothing():
    held = backlog(campaigns={PATH: OUTREACH})
    assert logged(held, PATH, {on("11-06"): {"accepted": 2}}, today=TODAY, correct=True) is held


COUNTS = st.dictionaries(
    st.sampled_from(["invites", "accepted", "meetings"]), st.integers(0, 12), min_size=1, max_size=3
)
ROWS = st.dictionaries(
    st.integers(0, 20).map(lambda days: on("11-02") + timedelta(days=days)), COUNTS, max_size=6
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, max_size=4), st.booleans())
def test_whatever_is_logged_what_stays_never_falls_and_has_no_more_successes_than_tries(logs, correct):
    held = backlog(campaigns={PATH: replace(OUTREACH, readings=())})
    for rows in logs:
        try:
            held = logged(held, PATH, rows, today=TODAY, correct=correct)
        except MblError:
            continue
    readings = held.campaigns[PATH].readings
    days = [each["date"] for each in readings]
    assert days == sorted(set(days))
    for name in ("invites", "accepted", "meetings"):
        series = [each[name] for each in readings if name in each]
        assert series == sorted(series)
    for successes, tries in (("accepted", "invites"), ("meetings", "accepted")):
        last = {
            name: max((each[name] for each in readings if name in each), default=0)
            for name in (successes, tries)
        }
        assert last[successes] <= last[tries]


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_logging_at_once_or_day_by_day_comes_to_the_same(rows):
    held = backlog(campaigns={PATH: replace(OUTREACH, readings=())})
    try:
        whole = logged(held, PATH, rows, today=TODAY)
    except MblError:
        return
    for day in sorted(rows):
        try:
            held = logged(held, PATH, {day: rows[day]}, today=TODAY)
        except MblError:  # successes whose tries are only read later
            return
    assert held.campaigns[PATH].readings == whole.campaigns[PATH].readings


# Type


@pytest.mark.parametrize(
    ("text", "number"), [("60", 60), (" 0 ", 0), ("007", 7), (str(MOST), MOST), ("", None)]
)
def test_a_count_is_a_whole_number(text, number):
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("-3", "less than nothing", "0 or more"),
        ("1,200", "may be 1200", "Write 1200"),
        ("1.200", "may be 1200", "Write 1200"),
        ("1 200", "may be 1200", "Write 1200"),
        ("8.5", "no count", "whole number"),
        ("ten", "no count", "whole number"),
        ("٣", "no count", "whole number"),
        ("1000000001", "more than a billion", "date or an amount"),
        ("9" * 5000, "more than a billion", ""),
    ],
)
def test_what_is_no_count(text, says, hint):
    with pytest.raises(MblError) as refused:
        count(text)
    assert says in refused.value.message
    assert hint in refused.value.hint
    assert len(refused.value.message) < 80


def test_counts_are_typed_as_words_and_all_that_is_wrong_is_said():
    assert counts_typed(["invites=60", "accepted=8", "meetings="]) == {
        "invites": 60, "accepted": 8, "meetings": None,
    }  # fmt: skip
    with pytest.raises(MblError) as refused:
        counts_typed(["invites", "accepted=x", "a=1", "a=2", "=3"])
    for part in (
        "'invites' is no count",
        "accepted: x is no count",
        "a stands there twice",
        "'=3' is no count",
    ):
        assert part in refused.value.message
    assert refused.value.exit_code == 2


def test_lines_have_a_date_or_are_of_the_day():
    text = "# Tuesdays\n2026-11-12 invites=60 accepted = 8\n\ninvites=61, accepted=9   # today\n2026-11-13: invites=60\n"
    assert rows_typed(text, on=TODAY) == {
        on("11-12"): {"invites": 60, "accepted": 8},
        TODAY: {"invites": 61, "accepted": 9},
        on("11-13"): {"invites": 60},
    }


def test_what_is_wrong_in_lines_is_said_with_the_line():
    with pytest.raises(MblError) as refused:
        rows_typed("2026-11-12 invites=60\n12.11.2026 invites=6\nyesterday\n2026-11-13 invites=x\n", on=TODAY)
    message = refused.value.message
    assert "line 2: '12.11.2026 invites=6' begins with no date" in message
    assert "line 3: 'yesterday' begins with no date" in message
    assert "line 4: invites: x is no count" in message


def test_two_numbers_of_one_counter_on_one_day_are_refused():
    assert joined([(TODAY, {"a": 1}), (TODAY, {"b": 2}), (TODAY, {"a": 1})]) == {TODAY: {"a": 1, "b": 2}}
    with pytest.raises(MblError, match="2026-11-22: a is 1 and 2"):
        joined([(TODAY, {"a": 1}), (TODAY, {"a": 2})])


def test_the_last_day_that_counts_is_the_deadline_and_the_longest_window():
    assert closing_day(OUTREACH) == on("12-21")
    assert closing_day(replace(OUTREACH, success_criteria=(criterion("a >= 3"),))) == on("12-11")


def test_a_reading_in_words():
    assert reading_words(read("11-13", invites=1200, accepted=6)) == "invites 1,200, accepted 6"
