"""The words of campaigns: a chance never pretends to be certain, and never stands alone."""

from typing import get_args

import pytest
from campaign_samples import ACCEPTANCE, CALLS, MEETINGS, TODAY, UNSUBSCRIBED, campaign, first, read, second

from mbl.core.campaigns.judged import Verdict
from mbl.core.campaigns.state import state
from mbl.core.campaigns.words import (
    SHORT,
    VERDICTS,
    chance,
    days_words,
    interval_words,
    many,
    overdue,
    progress_words,
    sentence,
    target,
)
from mbl.model.campaign import SuccessCriterion


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (None, ""), (0.0, "0 %"), (1e-9, "under 0.1 %"), (0.0234, "2.3 %"), (0.5, "50 %"), (0.7452, "74.5 %"),
        (0.9994, "99.9 %"), (0.99951, "over 99.9 %"), (1 - 1e-12, "over 99.9 %"), (1.0, "100 %"),
    ],
)  # fmt: skip
def test_what_is_possible_is_never_none_and_never_all(probability: float | None, words: str) -> None:
    assert chance(probability) == words


def test_every_verdict_has_words() -> None:
    assert set(VERDICTS) == set(SHORT) == set(get_args(Verdict))
    assert VERDICTS["too-early"] == "too early to tell"


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (ACCEPTANCE, "≥ 10 % of invites"), (MEETINGS, "≥ 5 meetings"), (CALLS, "≥ 12 calls"), (UNSUBSCRIBED, "≤ 2 % of sent"),
        (SuccessCriterion(id="x", kind="count", is_="x"), "x"),
    ],
)  # fmt: skip
def test_a_target_in_words(criterion: SuccessCriterion, words: str) -> None:
    assert target(criterion) == words


def test_the_chance_stands_beside_its_counts() -> None:
    assert sentence(state(second(), TODAY)) == (
        "On track: 74.5 %, with 8/60 accepted, 2 meetings, read on 2026-11-20."
    )


@pytest.mark.parametrize(
    ("given", "day", "words"),
    [
        (first(), "2026-10-19", "Abort: 2.3 %, with 0/30 accepted, read on 2026-10-19."),
        (first(readings=()), "2026-10-19", "No data yet."),
        (first(), "2026-10-01", "Planned: it begins on 2026-10-12."),
        (campaign(readings=(read("2026-11-20", calls=12),)), "2026-11-20", "Met: 12 calls, read on 2026-11-20."),
        (campaign(readings=(read("2026-11-20", calls=2),)), "2026-12-31", "Missed: 2 calls, read on 2026-11-20."),
    ],
)  # fmt: skip
def test_what_is_over_has_no_chance(given, day, words) -> None:
    assert sentence(state(given, TODAY.fromisoformat(day))) == words


def test_counts_days_and_ranges_in_words() -> None:
    assert progress_words(state(first(readings=()), TODAY)) == "nothing read"
    partly = second(readings=(read("2026-11-10", invites=1000, accepted=900),))
    assert progress_words(state(partly, TODAY)) == "900/1,000 accepted, no meetings read"
    assert (days_words(1), days_words(0), days_words(1200)) == ("1 day", "0 days", "1,200 days")
    assert interval_words((0.0768, 0.2214)) == "7.7 to 22.1 %"
    assert interval_words(None) == ""


@pytest.mark.parametrize(
    ("count", "name", "said"),
    [
        (1, "meetings", "1 meeting"), (2, "meetings", "2 meetings"), (0, "meetings", "0 meetings"), (1, "enquiries", "1 enquiry"),
        (1, "accepted", "1 accepted"), (1, "news", "1 news"), (1, "boss", "1 boss"), (1, "Besuche", "1 Besuche"),
        (1, "no-shows", "1 no-show"), (1, "s", "1 s"), (1200, "calls", "1,200 calls"),
    ],
)  # fmt: skip
def test_one_of_something_is_no_plural(count: int, name: str, said: str) -> None:
    assert many(count, name) == said


def test_a_decision_is_due_today_and_then_overdue() -> None:
    days = [
        overdue(state(first(), TODAY.fromisoformat(day)))
        for day in ("2026-10-19", "2026-10-20", "2026-10-22")
    ]
    assert days == ["due today", "1 day overdue", "3 days overdue"]
