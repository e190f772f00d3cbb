"""Where a campaign stands: its numbers out of the readings, its phase, the next look, the advice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.campaigns.chances import rate_chance
from mbl.core.campaigns.criteria import criterion
from mbl.core.campaigns.judged import ENDED
from mbl.core.campaigns.state import state
from mbl.model.campaign import Campaign, Decision, SuccessCriterion

START, DEADLINE = date(2026, 11, 2), date(2026, 12, 11)
FIRST, TODAY = date(2026, 10, 12), date(2026, 11, 22)
ACCEPTANCE = criterion("acceptance: accepted of invites >= 10% planned 120")
WINDOWED = criterion("acceptance: accepted of invites >= 10% planned 120 window 7d")
MEETINGS = criterion("meetings: meetings of accepted >= 5 window 10d")
SIGNUPS = criterion("signups: signups >= 5")
UNSUBS = criterion("unsubs: unsubs of sent <= 0.5% planned 1000")
SECOND_TRY = [(6, 24, 2, 0), (10, 45, 5, 1), (13, 60, 6, 1), (17, 60, 7, 2), (20, 60, 8, 2)]


def november(day):
    return date(2026, 11, day)


def campaign(*criteria: SuccessCriterion, readings=(), start=START, deadline=DEADLINE, **fields: Any):
    return Campaign(
        id="q8n2k", title="LinkedIn outreach", hypothesis="They accept", start=start, deadline=deadline,
        success_criteria=criteria, readings=tuple(readings), **fields,
    )  # fmt: skip


def read(day, **counters: Any):
    return {"date": november(day), **counters}


def second_try(*criteria: SuccessCriterion, **fields: Any):
    readings = [read(day, invites=n, accepted=k, meetings=m) for day, n, k, m in SECOND_TRY]
    return campaign(*(criteria or (WINDOWED, MEETINGS)), readings=readings, **fields)


def numbers(of):
    return [(each.k, each.n, each.planned, each.need, each.failures) for each in of.judged]


# The two campaigns of the story


def test_the_first_try_is_dropped_after_a_week():
    readings = [
        {"date": date(2026, 10, 14), "invites": 12, "accepted": 0},
        {"date": date(2026, 10, 19), "invites": 30, "accepted": 0},
    ]
    of = state(campaign(ACCEPTANCE, readings=readings, start=FIRST), date(2026, 10, 19))
    assert (of.phase, of.verdict) == ("due", "abort")
    assert of.probability == pytest.approx(0.0234, abs=5e-5)
    assert of.advice == (
        "0 of 30 accepted so far (0 %, likely 0 to 8 %): only 2.3 % likely to reach 12 accepted by 11 December if the "
        "rate stays as it is, with 120 invites in all; stop and keep the other 90 invites for a better try: "
        "`mbl campaign decide q8n2k stop`."
    )


def test_the_second_try_is_on_track():
    of = state(second_try(), TODAY)
    assert (of.phase, of.verdict) == ("running", "on-track")
    assert of.probability == pytest.approx(0.7452, abs=5e-5)
    assert [each.probability for each in of.judged] == pytest.approx([0.9334, 0.7740], abs=5e-5)
    assert numbers(of) == [(8, 60, 120, 12, 52), (2, 8, None, 5, 3)]
    assert [each.chained for each in of.judged] == [False, True]
    assert of.judged[0].interval == pytest.approx((0.077, 0.2215), abs=5e-4)
    assert of.judged[0].true_rate == pytest.approx(0.848, abs=5e-4)
    assert (of.read, of.closes, of.days_left) == (november(20), date(2026, 12, 21), 19)
    assert of.advice == (
        "8 of 60 accepted so far (13 %, likely 8 to 22 %) and 2 meetings so far: 75 % likely to reach both targets by "
        "21 December if the rates stay as they are, with 120 invites in all; go on and look again on 23 November."
    )


def test_a_rate_that_is_met_still_feeds_its_chain_and_says_with_how_many():
    of = state(second_try(replace(WINDOWED, at_least="5%"), MEETINGS), TODAY)
    assert [each.verdict for each in of.judged] == ["met", "on-track"]
    assert "if the rates stay as they are, with 120 invites in all" in of.advice


def test_criteria_in_another_order_say_the_same():
    turned = state(second_try(MEETINGS, WINDOWED), TODAY)
    assert turned.probability == state(second_try(), TODAY).probability
    assert [each.criterion.id for each in turned.judged] == ["meetings", "acceptance"]


# What the readings say


def test_of_a_rate_with_a_window_only_old_tries_are_failures():
    of = state(second_try(WINDOWED), november(17))
    assert numbers(of) == [(7, 60, 120, 12, 38)], "45 of the 60 were sent a week before the last reading"
    assert of.probability == pytest.approx(rate_chance(7, 60, planned=120, need=12, failures=38))
    assert "15 not answered yet" in of.advice


def test_what_was_tried_after_the_successes_were_read_has_not_failed():
    readings = [read(10, sent=300, unsubs=1), read(20, sent=700)]
    of = state(campaign(UNSUBS, readings=readings), november(20))
    assert numbers(of) == [(1, 700, 1000, 5, 299)]
    assert "1 of 700 unsubs (0.1 %, 400 not answered yet)" in of.advice
    (with_window,) = state(second_try(WINDOWED), november(20)).judged
    later = [*second_try(WINDOWED).readings, read(27, invites=90)]
    assert state(campaign(WINDOWED, readings=later), november(27)).judged[0].failures == with_window.failures


def test_tries_that_were_read_later_than_the_successes_are_the_first_that_are_known():
    of = state(campaign(ACCEPTANCE, readings=[read(10, accepted=3), read(12, invites=40)]), november(12))
    assert numbers(of) == [(3, 40, 120, 12, 37)]


def test_a_counter_of_tries_that_are_their_own_successes_cannot_be_judged():
    same = replace(ACCEPTANCE, is_="invites")
    of = state(campaign(same, readings=[read(12, invites=40)]), november(12))
    assert (of.verdict, of.probability) == ("no-data", None)
    assert "cannot be right" in of.advice


def test_open_tries_speak_against_the_rate_behind_the_numbers():
    readings = [read(10, invites=60, accepted=8), read(20, invites=90, accepted=12)]
    of = state(campaign(WINDOWED, readings=readings), november(20))
    assert (of.verdict, of.judged[0].failures) == ("met", 48)
    assert of.judged[0].true_rate == pytest.approx(0.880, abs=5e-4)
    (limit,) = state(
        campaign(replace(UNSUBS, window_days=7), readings=[read(20, sent=300, unsubs=1)]), november(20)
    ).judged
    assert limit.true_rate == pytest.approx(0.005**2), "nobody who got it last week has had the time to go"


def test_what_is_planned_stands_there_before_the_first_number():
    (judged,) = state(campaign(ACCEPTANCE), november(12)).judged
    assert (judged.planned, judged.need) == (120, 12)


def test_before_the_first_window_is_over_nothing_failed_and_nothing_can_be_told():
    of = state(second_try(WINDOWED), november(8))
    assert numbers(of) == [(2, 24, 120, 12, 0)]
    assert of.verdict == "too-early"


def test_without_a_window_what_has_not_succeeded_has_failed_but_a_meeting_may_still_come():
    of = state(second_try(ACCEPTANCE, replace(MEETINGS, window_days=None)), november(17))
    assert numbers(of) == [(7, 60, 120, 12, 53), (2, 7, None, 5, 0)]


@pytest.mark.parametrize(
    "readings",
    [
        [read(20, invites=60, accepted=8), read(6, invites=24, accepted=2)],
        [read(20, invites=60), read(20, invites=60, accepted=8)],
        [read(13, accepted=8), read(20, invites=60)],
        [read(20, invites=60, accepted=8), read(30, invites=90, accepted=9)],
        [read(20, invites=60, accepted=8), {"date": date(2026, 11, 1), "invites": 99, "accepted": 99}],
        [read(20, invites=60, accepted=8), read(21, invites=-5, accepted=10**15)],
        [read(20, invites=60, accepted=8), {"invites": 99}, {"date": 5, "accepted": 60}],
        [read(20, invites=60, accepted=8), read(21, invites=november(1), accepted=True)],
        [read(10, invites=90, accepted=9), read(20, invites=60, accepted=8)],
    ],
)
def test_odd_readings_are_passed_over(readings):
    of = state(campaign(ACCEPTANCE, readings=readings), TODAY)
    assert numbers(of) == [(8, 60, 120, 12, 52)]


@pytest.mark.parametrize(
    "readings", [[], [read(20, invites=60)], [read(20, accepted=8)], [read(20, invites=5, accepted=8)], [read(20, other=3)]]
)  # fmt: skip
def test_what_cannot_be_judged_is_no_data(readings):
    of = state(campaign(ACCEPTANCE, readings=readings), TODAY)
    assert (of.phase, of.verdict, of.probability) == ("running", "no-data", None)


def test_what_was_sent_beyond_the_plan_is_the_plan():
    of = state(campaign(ACCEPTANCE, readings=[read(20, invites=150, accepted=8)]), TODAY)
    assert numbers(of) == [(8, 150, 150, 15, 142)]


def test_without_a_plan_the_pace_is_the_guess_and_nothing_is_met_for_good():
    unplanned = replace(ACCEPTANCE, planned=None)
    of = state(campaign(unplanned, readings=[read(11, invites=60, accepted=30)]), november(11))
    assert numbers(of) == [(30, 60, 240, 24, 30)], "60 in 10 of 40 days"
    assert of.judged[0].planned_is_guess
    assert (of.verdict, of.probability) == ("on-track", 1)
    assert "about 240 invites in all at this pace" in of.advice
    at_the_end = campaign(unplanned, readings=[{"date": DEADLINE, "invites": 60, "accepted": 30}])
    assert state(at_the_end, DEADLINE).verdict == "met"


def test_after_the_deadline_only_what_was_sent_can_still_succeed():
    late = [read(20, invites=60, accepted=5), {"date": date(2026, 12, 12), "invites": 60, "accepted": 5}]
    of = state(campaign(WINDOWED, readings=late), date(2026, 12, 12))
    assert numbers(of) == [(5, 60, 60, 6, 55)]
    assert of.verdict == "abort"
    young = [{"date": date(2026, 12, 11), "invites": 60, "accepted": 5}]
    of = state(campaign(WINDOWED, readings=young), date(2026, 12, 12))
    assert (numbers(of), of.verdict) == ([(5, 60, 60, 6, 0)], "too-early")


def test_a_success_counts_until_the_window_is_over_and_no_longer():
    readings = [
        {"date": DEADLINE, "invites": 60, "accepted": 5},
        {"date": DEADLINE + timedelta(days=7), "invites": 60, "accepted": 6},
        {"date": DEADLINE + timedelta(days=8), "invites": 60, "accepted": 7},
    ]
    of = state(campaign(WINDOWED, readings=readings), DEADLINE + timedelta(days=30))
    assert numbers(of) == [(6, 60, 60, 6, 54)]
    assert (of.verdict, of.phase, of.overdue_days) == ("met", "due", 23)
    assert state(campaign(ACCEPTANCE, readings=readings), DEADLINE + timedelta(days=30)).verdict == "missed"


def test_several_chains_from_one_rate_share_it_and_the_rest_is_independent():
    demos = criterion("demos: demos of accepted >= 4 window 10d")
    readings = [{**each, "demos": each["meetings"], "signups": 4} for each in second_try().readings]
    alone = state(second_try(), TODAY)
    of = state(campaign(WINDOWED, MEETINGS, demos, SIGNUPS, readings=readings), TODAY)
    rate, meetings, more, signups = [each.probability for each in of.judged]
    assert meetings == alone.judged[1].probability
    both = state(campaign(WINDOWED, demos, readings=readings), TODAY).probability
    assert of.probability == pytest.approx(alone.probability * both / rate * signups)
    assert more > meetings


def test_a_count_of_another_count_is_judged_by_the_days():
    deals = criterion("deals: deals of meetings >= 2")
    readings = [{**each, "deals": 1} for each in second_try().readings]
    of = state(campaign(WINDOWED, MEETINGS, deals, readings=readings), TODAY)
    assert [each.chained for each in of.judged] == [False, True, False]
    assert (of.judged[2].n, of.judged[2].elapsed, of.judged[2].days) == (None, 19, 40)


def test_a_rate_of_another_rate_is_independent():
    bookings = criterion("bookings: meetings of accepted >= 20% planned 12")
    of = state(second_try(WINDOWED, bookings), TODAY)
    rate, second = [each.probability for each in of.judged]
    assert of.probability == pytest.approx(rate * second)


# Phases, the next look, the pace


@pytest.mark.parametrize(
    ("today", "phase", "verdict", "overdue"),
    [
        (date(2026, 11, 1), "planned", "no-data", 0),
        (november(2), "running", "no-data", 0),
        (november(22), "running", "on-track", 0),
        (date(2026, 12, 21), "running", "at-risk", 0),
        (date(2026, 12, 22), "due", "missed", 1),
        (date(2027, 1, 4), "due", "missed", 14),
    ],
)
def test_a_campaign_runs_and_then_wants_a_decision(today, phase, verdict, overdue):
    of = state(second_try(), today)
    assert (of.phase, of.verdict, of.overdue_days) == (phase, verdict, overdue)


def test_a_verdict_before_the_end_is_overdue_from_its_reading_on():
    hopeless = campaign(ACCEPTANCE, readings=[read(10, invites=40, accepted=0)])
    assert state(hopeless, november(15)).overdue_days == 5
    after = state(hopeless, date(2026, 12, 20))
    assert (after.verdict, after.overdue_days) == ("missed", 40)


def test_a_deadline_without_readings_wants_a_decision():
    of = state(campaign(SIGNUPS), date(2026, 12, 14))
    assert (of.phase, of.verdict, of.overdue_days, of.next_look) == ("due", "no-data", 3, None)
    assert of.advice == (
        "It ended on 11 December without numbers of signups: log the last ones, "
        "`mbl campaign log q8n2k signups=… --date 2026-12-11`, or decide: `mbl campaign decide q8n2k stop`."
    )


def test_a_decided_campaign_stands_as_on_the_day_of_its_decision():
    decision = Decision(date=november(20), verdict="repeat")
    of = state(second_try(decision=decision), date(2027, 3, 1))
    assert (of.phase, of.verdict, of.next_look, of.overdue_days) == ("decided", "on-track", None, 0)
    assert of.advice.startswith("Decided on 20 November to repeat, after 8 of 60 accepted (13 %")


@pytest.mark.parametrize(
    ("of", "today", "look"),
    [
        (campaign(ACCEPTANCE), date(2026, 10, 20), november(11)),
        (campaign(SIGNUPS), november(5), november(25)),
        (campaign(WINDOWED, MEETINGS), november(21), november(21)),
        (campaign(ACCEPTANCE, readings=[read(3, invites=10, accepted=0)]), november(3), november(7)),
        (campaign(ACCEPTANCE, readings=[read(3, invites=10, accepted=0)]), november(10), november(10)),
        (campaign(SIGNUPS, readings=[read(3, signups=1)]), november(3), november(25)),
        (
            campaign(replace(ACCEPTANCE, planned=20), readings=[read(3, invites=5, accepted=1)]),
            november(4),
            DEADLINE,
        ),
        (campaign(ACCEPTANCE, readings=[read(13, invites=60, accepted=8)]), november(13), november(20)),
        (second_try(), november(17), november(20)),
        (second_try(), date(2026, 12, 20), date(2026, 12, 20)),
    ],
)
def test_the_next_look_is_when_the_numbers_can_say_more(of, today, look):
    assert state(of, today).next_look == look


def test_the_pace_is_that_of_the_criterion_that_lags_most():
    half = campaign(ACCEPTANCE, SIGNUPS, readings=[read(21, invites=60, accepted=6, signups=1)])
    assert state(half, november(21)).pace == pytest.approx(0.4), (
        "1 of the 2.5 that 20 of 40 days should bring"
    )
    assert state(campaign(UNSUBS, readings=[read(20, sent=400, unsubs=2)]), TODAY).pace is None


def test_where_one_criterion_ends_before_the_others_the_decision_is_due_from_its_end_on():
    of = campaign(WINDOWED, UNSUBS, readings=[read(12, invites=9, accepted=1, sent=9, unsubs=0)])
    assert state(of, date(2026, 12, 11)).phase == "running"
    found = state(of, date(2026, 12, 30))
    assert (found.verdict, found.closes, found.overdue_days) == ("inconclusive", date(2026, 12, 18), 19)


def test_after_the_end_the_pace_is_what_was_reached_of_the_target():
    of = campaign(ACCEPTANCE, readings=[read(12, invites=60, accepted=3)])
    assert state(of, november(12)).pace == pytest.approx(3 * 40 / (12 * 11))
    assert state(of, date(2026, 12, 12)).pace == pytest.approx(3 / 6)


# The advice


@pytest.mark.parametrize(
    ("of", "today", "advice"),
    [
        (
            campaign(ACCEPTANCE, readings=[read(12, invites=20, accepted=1)]), november(12),
            ("Too early to tell, with 1 of 20 accepted (5 %, likely 1.1 to 20 %): it takes at least 29 invites; "
            "look again on 17 November."),
        ),
        (
            campaign(SIGNUPS, readings=[read(12, signups=2)]), november(12),
            ("Too early to tell, with 2 signups in 11 of 40 days: signups can be judged after 24 days; "
            "look again on 25 November."),
        ),
        (
            campaign(replace(ACCEPTANCE, planned=20), readings=[read(12, invites=18, accepted=0)]), november(12),
            ("Too early to tell, with 0 of 18 accepted (0 %, likely 0 to 13 %): 20 invites are too few to stop early, "
            "so decide at the end, on 11 December."),
        ),
        (
            campaign(ACCEPTANCE, readings=[read(20, invites=40, accepted=2)]), november(28),
            ("2 of 40 accepted so far (5 %, likely 1.7 to 14 %): only 16 % likely to reach 12 accepted by 11 December if "
            "the rate stays as it is, with 120 invites in all; find out what holds it back and log the latest numbers "
            "(`mbl campaign log q8n2k invites=… accepted=…`)."),
        ),
        (
            campaign(ACCEPTANCE, readings=[read(20, invites=110, accepted=0)]), november(20),
            ("0 of 110 accepted so far (0 %, likely 0 to 2.4 %): 12 accepted cannot be reached any more; stop and keep "
            "the other 10 invites for a better try: `mbl campaign decide q8n2k stop`."),
        ),
        (
            campaign(UNSUBS, readings=[read(20, sent=300, unsubs=7)]), november(20),
            ("7 of 300 unsubs (2.3 %, likely 1.3 to 4.2 %), where at most 5 unsubs may happen; stop before it does more "
            "harm: `mbl campaign decide q8n2k stop`."),
        ),
        (
            campaign(ACCEPTANCE, readings=[read(20, invites=90, accepted=12)]), november(20),
            ("Met, with 12 of 90 accepted (13 %, likely 8 to 20 %), and the rate behind it is 88 % likely to be 10 % or "
            "more; repeat it or make it big: `mbl campaign decide q8n2k scale`."),
        ),
        (
            campaign(replace(ACCEPTANCE, planned=100), readings=[read(20, invites=100, accepted=10)]), november(20),
            ("Met, with 10 of 100 accepted (10 %, likely 6 to 16 %), but the rate behind it is 57 % likely to be 10 % or "
            "more: it may have been luck, so repeat it small: `mbl campaign decide q8n2k repeat`."),
        ),
        (
            campaign(SIGNUPS, readings=[read(20, signups=5)]), november(20),
            "Met, with 5 signups in 19 of 40 days; repeat it or make it big: `mbl campaign decide q8n2k scale`.",
        ),
        (
            campaign(ACCEPTANCE, readings=[read(20, invites=60, accepted=3)]), date(2026, 12, 12),
            ("Missed, with 3 of 60 accepted (5 %, likely 2 to 12 %), where it took 6 accepted; these are of "
            "20 November, so log the final ones first (`mbl campaign log q8n2k invites=… accepted=… --date "
            "2026-12-11`), then decide: `mbl campaign decide q8n2k stop`."),
        ),
        (
            campaign(ACCEPTANCE, readings=[{"date": DEADLINE, "invites": 12, "accepted": 3}]), date(2026, 12, 12),
            ("It cannot be told, with 3 of 12 accepted (25 %, likely 10 to 49 %): it takes at least 29 invites; repeat it with "
            "enough of them: `mbl campaign decide q8n2k repeat`."),
        ),
        (campaign(), TODAY, "Nothing says what must come out: add a success criterion with `mbl campaign edit q8n2k`."),
        (
            campaign(ACCEPTANCE, readings=[read(20, invites=5, accepted=8)]), TODAY,
            "The numbers or the target of acceptance cannot be right: see `mbl check`.",
        ),
        (
            campaign(SIGNUPS), TODAY, "No numbers of signups yet: `mbl campaign log q8n2k signups=…`.",
        ),
        (
            campaign(SIGNUPS), date(2026, 10, 1),
            "It starts on 2 November; from then on log its numbers: `mbl campaign log q8n2k signups=…`.",
        ),
    ],
)  # fmt: skip
def test_the_advice_names_its_numbers_and_its_assumption(of, today, advice):
    assert state(of, today).advice == advice


# Nothing in a file stops it

names = st.sampled_from(["a", "b", "c", "date"])
amounts = st.sampled_from(
    ["10%", "0%", "100%", "250 %", "0.5", "1", "0", "5", "4.5", "999999999", "0.00000000000000000001%", "99.99999999999999999999%"]
)  # fmt: skip
days = st.dates(date(2026, 10, 25), date(2026, 12, 25)) | st.sampled_from([date.min, date.max])
counted = st.integers(-3, 200) | st.sampled_from([10**9, 10**30]) | days
criteria = st.builds(
    SuccessCriterion, id=names, kind=st.sampled_from(["rate", "count"]), is_=names, of=names | st.none(),
    at_least=amounts | st.none(), at_most=amounts | st.none(),
    planned=st.sampled_from([None, -1, 0, 1, 40, 10**9, 10**40]),
    window_days=st.sampled_from([None, -4, 0, 7, 10**9]),
)  # fmt: skip
readings = st.dictionaries(names, counted, max_size=4).map(lambda each: {"date": november(20), **each})
decisions = st.none() | st.builds(Decision, date=days, verdict=st.just("stop"))
anything = st.builds(
    Campaign, id=st.just("k7f3x"), title=st.just("Odd"), hypothesis=st.just("Odd"), start=days, deadline=days,
    success_criteria=st.lists(criteria, max_size=4).map(tuple), readings=st.lists(readings, max_size=5).map(tuple),
    decision=decisions,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(of=anything, today=days)
def test_no_file_and_no_day_stops_it(of, today):
    found = state(of, today)
    assert found.advice.endswith(".")
    assert found.probability is None or 0 <= found.probability <= 1
    assert (found.phase == "due") or not found.overdue_days
    assert found.next_look is None or today <= found.next_look or found.next_look == found.closes
    assert len(found.judged) == len(of.success_criteria)
    if found.phase == "running":
        assert found.verdict not in ENDED
    for each in found.judged:
        assert each.probability is None or -1e-9 <= each.probability <= 1 + 1e-9
        assert each.interval is None or 0 <= each.interval[0] <= each.interval[1] <= 1


@pytest.mark.parametrize("criteria", [(WINDOWED, MEETINGS), (UNSUBS,), (SIGNUPS,)])
def test_a_billion_is_judged_like_anything_else(criteria):
    billion = 10**9
    each = read(
        20, invites=billion // 2, accepted=billion // 20, meetings=billion // 50, sent=billion, unsubs=5, signups=billion
    )  # fmt: skip
    big = tuple(replace(one, planned=billion if one.kind == "rate" else None) for one in criteria)
    assert state(campaign(*big, readings=[each]), TODAY).probability == pytest.approx(1, abs=1e-3)
