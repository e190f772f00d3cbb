"""The order in which a verdict is found, and what it takes before anything can be told."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from mbl.core.campaigns.state import state
from mbl.core.campaigns.thresholds import count_of, least_days, least_tries, share_of
from mbl.core.campaigns.verdict import whole
from mbl.model.campaign import Campaign, SuccessCriterion

START = date(2026, 11, 2)
DEADLINE = START + timedelta(days=27)
ACCEPTANCE = {"id": "acceptance", "kind": "rate", "is_": "accepted", "of": "invites", "at_least": "10%"}
UNSUBS = {"id": "unsubs", "kind": "rate", "is_": "unsubs", "of": "sent", "at_most": "0.5%"}
SIGNUPS = {"id": "signups", "kind": "count", "is_": "signups", "at_least": "5"}
MEETINGS = {"id": "meetings", "kind": "count", "is_": "meetings", "of": "accepted", "at_least": "5"}


def verdict_of(*criteria: dict[str, Any], day=14, today=None, **counters: int):
    """The verdict after one reading on the first, second … day."""
    campaign = Campaign(
        id="k7f3x", title="A test", hypothesis="It works", start=START, deadline=DEADLINE,
        success_criteria=tuple(SuccessCriterion(**each) for each in criteria),
        readings=({"date": START + timedelta(days=day - 1), **counters},),
    )  # fmt: skip
    return state(campaign, START + timedelta(days=(today or day) - 1)).verdict


@pytest.mark.parametrize(
    ("n", "k", "verdict"),
    [
        (10, 0, "too-early"),
        (30, 0, "abort"),
        (40, 1, "abort"),
        (40, 2, "at-risk"),
        (60, 5, "at-risk"),
        (60, 8, "on-track"),
        (90, 12, "met"),
        (110, 0, "abort"),
        (0, 0, "no-data"),
        (28, 0, "too-early"),
        (29, 0, "abort"),
        (12, 12, "met"),
        (120, 11, "abort"),
        (130, 12, "abort"),
        (130, 13, "met"),
    ],
)
def test_the_verdict_on_12_of_120(n, k, verdict):
    assert verdict_of({**ACCEPTANCE, "planned": 120}, invites=n, accepted=k) == verdict


@pytest.mark.parametrize(
    ("x", "day", "verdict"),
    [
        (2, 14, "too-early"),
        (3, 14, "too-early"),
        (1, 10, "too-early"),
        (0, 16, "too-early"),
        (0, 17, "abort"),
        (1, 20, "abort"),
        (3, 17, "on-track"),
        (2, 17, "at-risk"),
        (5, 3, "met"),
    ],
)
def test_the_verdict_on_five_in_28_days(x, day, verdict):
    assert verdict_of(SIGNUPS, day=day, signups=x) == verdict


@pytest.mark.parametrize(
    ("k", "n", "verdict"),
    [
        (2, 400, "too-early"),
        (2, 600, "on-track"),
        (4, 600, "at-risk"),
        (5, 600, "abort"),
        (5, 700, "at-risk"),
        (6, 50, "abort"),
        (5, 1000, "met"),
        (0, 0, "no-data"),
    ],
)
def test_the_verdict_on_a_limit_of_5_in_1000(k, n, verdict):
    assert verdict_of({**UNSUBS, "planned": 1000}, sent=n, unsubs=k) == verdict


@pytest.mark.parametrize(
    ("k", "n", "verdict"),
    [
        (8, 60, "met"),
        (5, 60, "missed"),
        (6, 60, "met"),
        (2, 20, "inconclusive"),
        (0, 28, "inconclusive"),
        (0, 29, "missed"),
        (12, 13, "met"),
        (0, 0, "no-data"),
    ],
)
def test_after_the_end_what_was_sent_counts_and_not_what_was_planned(k, n, verdict):
    criterion = {**ACCEPTANCE, "planned": 120}
    assert verdict_of(criterion, day=20, today=29, invites=n, accepted=k) == verdict


def test_a_small_plan_that_was_carried_out_is_no_failure_to_try():
    criterion = {**ACCEPTANCE, "planned": 20}
    assert verdict_of(criterion, day=20, today=29, invites=20, accepted=1) == "missed"
    assert verdict_of(criterion, day=20, today=29, invites=19, accepted=1) == "inconclusive"
    assert verdict_of(criterion, day=20, invites=18, accepted=0) == "too-early"


@pytest.mark.parametrize(
    ("k", "n", "verdict"),
    [(3, 600, "met"), (4, 600, "missed"), (1, 300, "inconclusive"), (6, 300, "missed")],
)
def test_a_limit_after_the_end(k, n, verdict):
    criterion = {**UNSUBS, "planned": 1000}
    assert verdict_of(criterion, day=20, today=29, sent=n, unsubs=k) == verdict


def test_a_count_after_the_end_is_met_or_missed():
    assert verdict_of(SIGNUPS, day=20, today=29, signups=5) == "met"
    assert verdict_of(SIGNUPS, day=20, today=29, signups=4) == "missed"
    assert verdict_of(SIGNUPS, day=20, today=28, signups=4) == "on-track"


@pytest.mark.parametrize(
    ("limit", "x", "day", "verdict"),
    [
        (5, 6, 2, "abort"),
        (5, 0, 10, "too-early"),
        (5, 1, 17, "on-track"),
        (5, 5, 17, "at-risk"),
        (5, 5, 28, "on-track"),
        (0, 1, 2, "abort"),
    ],
)
def test_a_limit_on_a_count(limit, x, day, verdict):
    criterion = {"id": "complaints", "kind": "count", "is_": "complaints", "at_most": str(limit)}
    assert verdict_of(criterion, day=day, complaints=x) == verdict


@pytest.mark.parametrize(
    ("sent", "accepted", "met", "verdict"),
    [
        (60, 8, 2, "on-track"),
        (10, 1, 0, "too-early"),
        (90, 12, 2, "on-track"),
        (90, 12, 5, "met"),
        (90, 11, 5, "on-track"),
        (119, 12, 0, "on-track"),
        (60, 2, 2, "abort"),
        (120, 13, 0, "on-track"),
        (60, 5, 6, "no-data"),
    ],
)
def test_a_chain_is_met_only_as_a_whole(sent, accepted, met, verdict):
    chain = ({**ACCEPTANCE, "planned": 120}, MEETINGS)
    assert verdict_of(*chain, invites=sent, accepted=accepted, meetings=met) == verdict


def test_a_chain_that_cannot_bring_enough_any_more_is_aborted():
    chain = ({**ACCEPTANCE, "planned": 40}, {**MEETINGS, "at_least": "9"})
    assert verdict_of(*chain, invites=38, accepted=6, meetings=6) == "abort"
    assert verdict_of(*chain, invites=37, accepted=6, meetings=6) == "abort", "possible, but only just"
    assert verdict_of(*chain, invites=20, accepted=0, meetings=0) == "too-early"


@pytest.mark.parametrize(
    ("share", "tries"),
    [("1%", 299), ("2%", 149), ("5%", 59), ("10%", 29), ("20%", 14), ("30%", 9), ("50%", 5), ("100%", 1)],
)
def test_the_least_tries_before_which_it_is_too_early(share, tries):
    assert least_tries(Fraction(share[:-1]) / 100) == tries


@pytest.mark.parametrize(("need", "days", "least"), [(5, 28, 17), (20, 28, 5), (10, 14, 5), (0, 5, 15)])
def test_the_least_days_before_which_it_is_too_early(need, days, least):
    assert least_days(need, days) == least


@pytest.mark.parametrize(
    ("verdicts", "probability", "is_over", "verdict"),
    [
        (["met", "met"], 1, False, "met"),
        (["met", "on-track"], 0.9, False, "on-track"),
        (["on-track", "on-track"], 0.4, False, "at-risk"),
        (["at-risk", "at-risk"], 0.04, False, "abort"),
        (["on-track", "abort"], 0.01, False, "abort"),
        (["too-early", "abort"], 0.01, False, "abort"),
        (["too-early", "on-track"], 0.6, False, "too-early"),
        (["too-early", "on-track"], 0.01, False, "too-early"),
        (["no-data", "on-track"], None, False, "no-data"),
        (["no-data", "abort"], None, False, "abort"),
        (["missed", "on-track"], 0, False, "abort"),
        (["missed", "inconclusive"], None, True, "missed"),
        (["met", "inconclusive"], None, True, "inconclusive"),
        (["no-data", "met"], None, True, "no-data"),
        ([], None, False, "no-data"),
    ],
)
def test_the_whole_from_its_parts(verdicts, probability, is_over, verdict):
    assert whole(verdicts, probability, is_over=is_over) == verdict


@pytest.mark.parametrize(
    ("text", "share"),
    [("10%", Fraction(1, 10)), ("0.1", Fraction(1, 10)), ("7 %", Fraction(7, 100)), ("1", Fraction(1)),
     ("0%", None), ("101%", None), ("5", None), ("ten", None), ("", None)],
)  # fmt: skip
def test_the_threshold_of_a_rate(text, share):
    assert share_of(SuccessCriterion(**{**ACCEPTANCE, "at_least": text})) == share


@pytest.mark.parametrize(("text", "count"), [("5", 5), ("5.0", 5), ("4.5", None), ("10%", None), ("0", None)])
def test_the_threshold_of_a_count(text, count):
    assert count_of(SuccessCriterion(**{**SIGNUPS, "at_least": text})) == count


def test_seven_percent_of_a_hundred_are_seven():
    criterion = {**ACCEPTANCE, "at_least": "7%", "planned": 100}
    assert verdict_of(criterion, invites=80, accepted=7) == "met"
