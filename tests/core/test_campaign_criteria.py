"""Criteria in words: read, written, read back; and what cannot be a criterion."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.campaigns.criteria import (
    EXAMPLES,
    chain,
    counters_of,
    criterion,
    criterion_words,
    refuse_odd_together,
    target_shown,
    threshold,
)
from mbl.errors import MblError
from mbl.model.campaign import SuccessCriterion

RATE = SuccessCriterion(
    id="acceptance", kind="rate", is_="accepted", of="invites", at_least="10%", planned=120, window_days=7
)
COUNT = SuccessCriterion(
    id="meetings", kind="count", is_="meetings", of="accepted", at_least="5", window_days=10
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("acceptance: accepted of invites >= 10% planned 120 window 7d", RATE),
        ("  acceptance:  accepted of   invites>=10%   planned 120  window 7d ", RATE),
        ("acceptance: accepted of invites ≥ 10 %, planned 120, window 1 week", RATE),
        ("acceptance: accepted of invites at least 10% planned 120 window 7", RATE),
        ("acceptance:accepted of invites >= 10% planned 120 window 7 days", RATE),
        ("meetings of accepted >= 5 window 10d", COUNT),
        ("meetings: meetings OF accepted => 5 WINDOW 10D", COUNT),
        ("signups >= 40", SuccessCriterion(id="signups", kind="count", is_="signups", at_least="40")),
        (
            "unsubs: unsubs of sent <= 0.5%",
            SuccessCriterion(id="unsubs", kind="rate", is_="unsubs", of="sent", at_most="0.5%"),
        ),
        (
            "a of b at most 0.1",
            SuccessCriterion(id="a", kind="rate", is_="a", of="b", at_most="0.1"),
        ),
        (
            "予約: 予約 of 招待 >= 10%",
            SuccessCriterion(id="予約", kind="rate", is_="予約", of="招待", at_least="10%"),
        ),
    ],
)
def test_what_people_write_is_read(text, read):
    assert criterion(text) == read


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_that_is_shown_is_read_and_written_the_same(text):
    assert criterion_words(criterion(text)) == text


NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters=",="),
    min_size=1,
    max_size=8,
).filter(lambda name: name == "".join(name.split()) and name != "date")
WINDOWS = st.none() | st.integers(1, 365)
SHARES = st.decimals(min_value="0.001", max_value=100, places=3).map(lambda share: f"{share.normalize():f}%")


@st.composite
def criteria(draw):
    id_, is_, of = (draw(NAMES) for _ in range(3))
    window = draw(WINDOWS)
    if draw(st.booleans()):
        share, planned = draw(SHARES), draw(st.none() | st.integers(1, 10**9 - 1))
        side = {draw(st.sampled_from(["at_least", "at_most"])): share}
        made = SuccessCriterion(
            id=id_, kind="rate", is_=is_, of=of, planned=planned, window_days=window, **side
        )
    else:
        count = str(draw(st.integers(1, 10**9 - 1)))
        made = SuccessCriterion(
            id=id_,
            kind="count",
            is_=is_,
            of=draw(st.sampled_from([None, of])),
            at_least=count,
            window_days=window,
        )
    return made if made.of != made.is_ else replace(made, of=f"{of}x")


@settings(max_examples=300, deadline=None)
@given(criteria())
def test_the_words_of_any_criterion_are_read_back_as_the_same_criterion(made):
    assert criterion(criterion_words(made)) == made


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("", "needs words", "accepted of invites"),
        ("more leads", "does not say how much", ">="),
        ("accepted of invites >= 0%", "above 0", "10%"),
        ("accepted of invites >= 0.0", "above 0", "10%"),
        ("accepted of invites >= 101%", "at most at 100 %", "count"),
        ("accepted of invites <= 100.5%", "at most at 100 %", ""),
        ("accepted of invites >= -10%", "less than nothing", ""),
        ("accepted of invites >= 10% planned 0", "at least one try", "planned 120"),
        ("accepted >= 10%", "a share of what?", "of invites"),
        ("accepted of accepted >= 10%", "counted like the tries", "two names"),
        ("meetings >= 0", "at least 1", ">= 5"),
        ("meetings <= 5", "a limit is a share", "<= 0.5%"),
        ("meetings >= 5 planned 100", "only a share", "planned"),
        ("meetings >= 5 window 0d", "1 to 365 days", "7d"),
        ("meetings >= 5 window 53 weeks", "1 to 365 days", "7d"),
        ("meetings >= 5 planed 100", "cannot be read", "Did you mean planned?"),
        ("meetings >= 5 windw 7d", "cannot be read", "Did you mean window?"),
        ("meetings >= 1e9", "cannot be read", ""),
        ("unsubs of sent <= 0,5%", "cannot be read", "Write 0.5%, with a point."),
        ("a of b >= 10% planned 1,000", "cannot be read", "Write 1000, without separators."),
        ("x: sign ups of invites >= 4%", "cannot be read", "A counter is one word: sign-ups."),
        ("meetings >= 99999999999", "cannot be read", ""),
        ("date >= 5", "cannot be called 'date'", "invites"),
        ("a, b of c >= 5%", "cannot be read", ""),
        (">= 5", "cannot be read", ""),
    ],
)
def test_what_is_no_criterion_is_refused_with_a_way_out(text, says, hint):
    with pytest.raises(MblError) as refused:
        criterion(text)
    assert says in refused.value.message
    assert hint in refused.value.hint
    assert refused.value.exit_code == 2
    assert refused.value.hint


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_is_a_criterion_or_refused(text):
    try:
        made = criterion(text)
    except MblError:
        return
    assert criterion(criterion_words(made)) == made


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10%", Fraction(1, 10)), ("0.5 %", Fraction(1, 200)), ("0.1", Fraction(1, 10)), ("5", 5), ("100%", Fraction(1)),
        (" 12 ", 12),
    ],
)  # fmt: skip
def test_the_number_behind_a_threshold(text, number):
    assert threshold(text) == number
    assert isinstance(threshold(text), type(number))


@pytest.mark.parametrize("text", ["", "%", "ten", "-5", "1e3", "5%%"])
def test_what_is_no_threshold(text):
    with pytest.raises(MblError, match="no threshold"):
        threshold(text)


def test_a_chain_is_told_by_what_feeds_what():
    assert chain((RATE, COUNT)) == {"meetings": RATE}
    assert chain((COUNT, RATE)) == {"meetings": RATE}
    assert chain((RATE,)) == {}


def test_the_counters_stand_in_the_order_of_the_chain():
    assert counters_of((RATE, COUNT)) == ("invites", "accepted", "meetings")


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ((), "needs a success criterion"),
        (("a: x of y >= 5%", "a: z >= 3"), "Two criteria are called a"),
        (("x of y >= 5%", "y of x >= 5%"), "share of itself"),
        (("x of y >= 5%", "y of z >= 5%", "z of x >= 5%"), "share of itself"),
    ],
)
def test_criteria_that_do_not_go_together_are_refused(texts, says):
    with pytest.raises(MblError) as refused:
        refuse_odd_together(tuple(criterion(text) for text in texts))
    assert says in refused.value.message
    assert refused.value.exit_code == 2


def test_criteria_that_go_together_are_not():
    refuse_odd_together((RATE, COUNT))
    refuse_odd_together((criterion("a: x of y >= 5%"), criterion("b: z of y <= 1%")))


def test_a_share_without_its_sign_is_shown_with_it():
    assert target_shown(replace(RATE, at_least="0.1")) == "≥ 0.1"
    assert target_shown(replace(RATE, at_least="1")) == "≥ 100%"
    assert target_shown(replace(RATE, at_least=None, at_most="0.5%")) == "≤ 0.5%"
