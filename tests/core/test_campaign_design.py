"""What is said of a design before it starts."""

from datetime import date
from fractions import Fraction

import pytest

from mbl.core.campaigns.criteria import criterion
from mbl.core.campaigns.design import design_check, good_and_poor, passing, size_for, tries_for
from mbl.core.campaigns.thresholds import least_tries

START, DEADLINE = date(2026, 11, 2), date(2026, 11, 29)
ACCEPTANCE = criterion("acceptance: accepted of invites >= 10% planned 100")


def said(*texts: str):
    return design_check(tuple(map(criterion, texts)), START, DEADLINE)


@pytest.mark.parametrize(
    ("tries", "chances"),
    [(100, [0.028, 0.278, 0.549, 0.774, 0.945]), (300, [0.0003, 0.123, 0.528, 0.878, 0.996])],
)
def test_the_chance_to_pass_at_5_8_10_12_and_15_percent(tries, chances):
    found = [passing(ACCEPTANCE, Fraction(rate, 100), tries) for rate in (5, 8, 10, 12, 15)]
    assert found == pytest.approx(chances, abs=5e-4)


@pytest.mark.parametrize(
    ("rate", "chance", "tries"), [(0.025, 0.5, 187), (0.025, 0.8, 268), (0.05, 0.5, 94), (0.05, 0.8, 134)]
)
def test_the_invites_for_five_meetings(rate, chance, tries):
    assert tries_for(5, rate, chance=chance) == tries


def test_fifty_invites_are_too_few_for_five_meetings():
    assert passing(criterion("m: m of invites >= 10%"), Fraction(25, 1000), 50) == pytest.approx(
        0.008, abs=5e-4
    )


@pytest.mark.parametrize(
    ("text", "size"),
    [("a of b >= 10%", 30), ("a of b >= 1%", 300), ("a of b >= 50%", 6), ("a of b <= 0.5%", 1400)],
)
def test_the_size_that_tells_a_good_rate_from_a_poor_one(text, size):
    each = criterion(text)
    share = Fraction((each.at_least or each.at_most)[:-1]) / 100
    good, poor = good_and_poor(each, share)
    assert size_for(each) == size
    assert passing(each, good, size) >= 0.8
    assert passing(each, poor, size) <= 0.2
    smaller = size - int(1 / share)
    is_too_early = smaller < least_tries(share)
    assert is_too_early or passing(each, good, smaller) < 0.8 or passing(each, poor, smaller) > 0.2


def test_a_size_above_a_billion_is_none():
    assert size_for(criterion("a of b >= 0.0000001%")) is None
    assert tries_for(5, 1e-9) is None


@pytest.mark.parametrize(
    ("text", "good", "poor"),
    [
        ("a of b >= 10%", Fraction(15, 100), Fraction(5, 100)),
        ("a of b >= 80%", Fraction(90, 100), Fraction(40, 100)),
        ("a of b <= 1%", Fraction(5, 1000), Fraction(15, 1000)),
    ],
)
def test_a_good_and_a_poor_rate(text, good, poor):
    each = criterion(text)
    share = Fraction((each.at_least or each.at_most)[:-1]) / 100
    assert good_and_poor(each, share) == (good, poor)


def test_a_chain_is_checked_stage_by_stage():
    assert said("acceptance: accepted of invites >= 10% planned 100", "meetings of accepted >= 5") == (
        "acceptance: it takes 10 accepted of 100 invites (10 %).",
        "acceptance: a poor rate of 5 % would pass with a chance of 2.8 %, a good one of 15 % with 94 %.",
        "acceptance: to tell 15 % from 5 % with a chance of 80 % takes 30 invites.",
        "acceptance: before 29 invites it is too early to tell.",
        "meetings: 5 meetings of the 10 accepted that are needed: 50 % of them must bring one.",
        (
            "meetings: for a chance of 80 % of 5 meetings at 10 % and 50 % it takes 134 invites; "
            "if only 25 % bring one, 268."
        ),
        (
            "meetings: without a window no accepted counts as lost before the end, which flatters the chance; "
            "say how long it may take, like: window 10d."
        ),
    )


def test_a_small_test_cannot_be_stopped_early():
    assert said("a of b >= 10% planned 20") == (
        "a: it takes 2 a of 20 b (10 %).",
        "a: a poor rate of 5 % would pass with a chance of 26 %, a good one of 15 % with 82 %.",
        "a: to tell 15 % from 5 % with a chance of 80 % takes 30 b.",
        "a: too small to stop early, which takes 29 b; decide at the end.",
    )
    assert said("a of b >= 10% planned 29")[-1] == "a: before 29 b it is too early to tell."


def test_without_a_plan_the_size_is_recommended():
    first, second, _ = said("a of b >= 10%")
    assert first == "a: nobody says how many b are planned, so their number will be guessed from the pace."
    assert second == "a: to tell 15 % from 5 % with a chance of 80 % takes 30 b."


def test_a_limit_is_checked_the_other_way_round():
    assert said("unsubs of sent <= 0.5% planned 1000") == (
        "unsubs: at most 5 unsubs of 1,000 sent may happen (0.5 %).",
        "unsubs: a poor rate of 0.75 % would pass with a chance of 24 %, a good one of 0.25 % with 96 %.",
        "unsubs: to tell 0.25 % from 0.75 % with a chance of 80 % takes 1,400 sent.",
        "unsubs: before 598 sent it is too early to tell.",
    )


def test_a_count_is_checked_against_its_pace():
    assert said("signups >= 5") == (
        "signups: it takes 5 signups in 28 days.",
        "signups: half of that pace would pass with a chance of 11 %, one and a half of it with 87 %.",
        "signups: before day 17 it is too early to tell.",
    )
    assert said("deals >= 1")[-2:] == (
        "deals: for a chance of 80 % it takes a pace of 1.6 in 28 days.",
        "deals: too few to stop early; decide at the end.",
    )


def test_a_count_of_what_no_share_feeds_is_judged_by_the_days():
    assert (
        "deals: judged by the days, not by meetings: only the successes of a share can feed a count."
        in said("meetings >= 5", "deals of meetings >= 2")
    )


def test_a_chain_with_a_window_asks_for_none():
    assert not any("window" in each for each in said("a of b >= 10% planned 100", "m of a >= 5 window 10d"))


def test_a_large_enough_plan_hears_what_would_be_enough():
    assert "a: to tell 15 % from 5 % with a chance of 80 % takes 30 b." in said("a of b >= 10% planned 120")


def test_more_meetings_than_acceptances_cannot_be():
    assert said("a of b >= 10% planned 20", "m of a >= 5 window 10d")[-1] == (
        "m: 5 m of 2 a cannot be: more a are needed than the target asks for."
    )


@pytest.mark.parametrize(
    "text",
    [
        "a of b >= 0.000001% planned 999999999",
        "a of b >= 100% planned 1",
        "a >= 999999999",
        "a of b <= 99.99%",
    ],
)
def test_odd_sizes_are_checked_as_well(text):
    assert all(sentence.startswith("a: ") for sentence in said(text))
