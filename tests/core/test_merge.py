"""Three versions become one: the laws of a merge, and what each kind of value comes to."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.changes.merge import Disagreement, Side, merged

DAYS = st.dates(date(2026, 10, 1), date(2026, 10, 6))
WORDS = st.lists(st.sampled_from("abcd"), unique=True, max_size=3)
READINGS = st.dictionaries(DAYS, st.integers(0, 3), max_size=3).map(
    lambda found: [{"date": day, "invites": count} for day, count in sorted(found.items())]
)
REASONS = st.lists(st.fixed_dictionaries({"date": DAYS, "reason": st.sampled_from("xyz")}), max_size=2).map(
    lambda found: sorted(found, key=lambda entry: (entry["date"], entry["reason"]))
)
STEPS = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"status": st.just("committed"), "accepted": DAYS}),
    st.fixed_dictionaries({"status": st.just("done"), "ended": st.fixed_dictionaries({"date": DAYS})}),
)
FILES = st.builds(
    lambda plain, step: {**plain, **step},
    st.fixed_dictionaries(
        {"id": st.just("kdw22")},
        optional={
            "title": st.sampled_from(["Webinar", "Fair"]),
            "estimate": st.sampled_from(["2d", "5d"]),
            "labels": WORDS.filter(bool),
            "outcomes": st.one_of(
                WORDS.filter(bool), st.dictionaries(st.sampled_from("ab"), st.integers(1, 3), min_size=1)
            ),
            "readings": READINGS.filter(bool),
            "changes": REASONS.filter(bool),
            "offer": st.fixed_dictionaries(
                {"product": st.sampled_from("pq")}, optional={"value": st.just("20%")}
            ),
            "reviewed": st.fixed_dictionaries({"date": DAYS, "decision": st.sampled_from(["keep", "later"])}),
        },
    ),
    STEPS,
)
LAW = settings(max_examples=150, deadline=None)


def nobody(found: Disagreement) -> None:
    """Nobody knows which side is right."""
    del found


def always(side: Side) -> Any:
    """This side is right."""
    return lambda found: side


def unordered(value: Any) -> Any:
    """The same value whatever the order of its lists."""
    if isinstance(value, Mapping):
        return {key: unordered(entry) for key, entry in value.items()}
    return sorted(map(repr, map(unordered, value))) if isinstance(value, list) else value


@LAW
@given(FILES, FILES)
def test_what_only_one_side_changed_is_taken_from_it(base: dict[str, Any], other: dict[str, Any]) -> None:
    assert merged(base, other, base, nobody) == (other, ())
    assert merged(base, base, other, nobody) == (other, ())


@LAW
@given(FILES, FILES)
def test_what_both_changed_alike_is_as_both_have_it(base: dict[str, Any], same: dict[str, Any]) -> None:
    assert merged(base, same, deepcopy(same), nobody) == (same, ())


@LAW
@given(FILES, FILES, FILES)
def test_the_sides_may_be_exchanged_unless_they_disagree(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one, left = merged(base, ours, theirs, nobody)
    other, right = merged(base, theirs, ours, nobody)
    assert {found.where for found in left} == {found.where for found in right}
    assert {(found.where, repr(found.ours)) for found in left} == {
        (found.where, repr(found.theirs)) for found in right
    }
    if not left:
        assert unordered(one) == unordered(other)


@LAW
@given(FILES, FILES, FILES)
def test_nothing_that_one_side_wrote_is_lost(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    whole, left = merged(base, ours, theirs, nobody)
    disputed = {found.where[0] for found in left}
    for side, other in ((ours, theirs), (theirs, ours)):
        for key in side.keys() - disputed - {"status", "accepted", "ended", "reviewed"}:
            if other.get(key) == base.get(key):
                assert whole[key] == side[key], key
            elif isinstance(side[key], list):
                kept = [entry for entry in side[key] if entry not in (base.get(key) or [])]
                days = {entry["date"] for entry in whole.get(key, ())} if key == "readings" else set()
                assert all(
                    entry in whole.get(key, ()) or (days and entry["date"] in days) for entry in kept
                ), key


@LAW
@given(FILES, FILES, FILES)
def test_a_side_that_is_right_wins_exactly_what_was_open(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    undecided, left = merged(base, ours, theirs, nobody)
    mine, _ = merged(base, ours, theirs, always("ours"))
    other, nothing = merged(base, ours, theirs, always("theirs"))
    assert mine == undecided
    assert nothing == ()
    for found in left:
        if len(found.where) == 1 and found.where[0] not in ("status", "ended"):
            assert other.get(found.where[0]) == found.theirs


CASES: dict[str, tuple[Any, Any, Any, Any]] = {
    "one field here, another there": (
        {"title": "A", "owner": "ana"}, {"title": "B", "owner": "ana"}, {"title": "A", "owner": "ben"},
        {"title": "B", "owner": "ben"},
    ),
    "a step, and an edit": (
        {"title": "A"}, {"title": "A", "status": "committed", "accepted": date(2026, 10, 2)}, {"title": "B"},
        {"title": "B", "status": "committed", "accepted": date(2026, 10, 2)},
    ),
    "the same step on two days happened on the first": (
        {}, {"status": "doing", "accepted": date(2026, 10, 2), "started": date(2026, 10, 5)},
        {"status": "doing", "accepted": date(2026, 10, 1), "started": date(2026, 10, 6)},
        {"status": "doing", "accepted": date(2026, 10, 1), "started": date(2026, 10, 5)},
    ),
    "of two reviews the later counts": (
        {}, {"reviewed": {"date": date(2026, 10, 2), "decision": "keep"}},
        {"reviewed": {"date": date(2026, 10, 3), "decision": "later"}},
        {"reviewed": {"date": date(2026, 10, 3), "decision": "later"}},
    ),
    "labels are a set": (
        {"labels": ["a", "b"]}, {"labels": ["b", "c"]}, {"labels": ["a", "b", "d"]}, {"labels": ["b", "c", "d"]},
    ),
    "readings are kept by their days": (
        {"readings": [{"date": date(2026, 10, 1), "n": 1}]},
        {"readings": [{"date": date(2026, 10, 1), "n": 1}, {"date": date(2026, 10, 8), "n": 3}]},
        {"readings": [{"date": date(2026, 10, 1), "n": 1}, {"date": date(2026, 10, 5), "n": 2}]},
        {"readings": [
            {"date": date(2026, 10, 1), "n": 1}, {"date": date(2026, 10, 5), "n": 2}, {"date": date(2026, 10, 8), "n": 3},
        ]},
    ),
    "an entry deleted here and changed there stays": (
        {"deliverables": [{"item": "bbbbb", "month": "2026-10"}, {"item": "ccccc", "month": "2026-10"}]},
        {"deliverables": [{"item": "ccccc", "month": "2026-10"}]},
        {"deliverables": [{"item": "bbbbb", "month": "2026-11"}, {"item": "ccccc", "month": "2026-12"}]},
        {"deliverables": [{"item": "ccccc", "month": "2026-12"}, {"item": "bbbbb", "month": "2026-11"}]},
    ),
    "shares of people": (
        {"people": {"ana": 1.0}}, {"people": {"ana": 0.5}}, {"people": {"ana": 1.0, "ben": 0.2}},
        {"people": {"ana": 0.5, "ben": 0.2}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_sides_are_in_what_comes_of(name: str) -> None:
    base, ours, theirs, whole = CASES[name]
    assert merged(base, ours, theirs, nobody) == (whole, ())


REAL: dict[str, tuple[Any, Any, Any, tuple[str, ...]]] = {
    "two values": ({"owner": "ana"}, {"owner": "ben"}, {"owner": "chie"}, ("owner",)),
    "done and declined": ({}, {"status": "done"}, {"status": "declined"}, ("status",)),
    "taken back and begun": (
        {"status": "committed", "accepted": date(2026, 10, 1)}, {"accepted": date(2026, 10, 1)},
        {"status": "doing", "accepted": date(2026, 10, 1), "started": date(2026, 10, 3)}, ("status",),
    ),
    "two counts of one day": (
        {}, {"readings": [{"date": date(2026, 10, 1), "n": 1}]}, {"readings": [{"date": date(2026, 10, 1), "n": 2}]},
        ("readings", "2026-10-01", "n"),
    ),
    "two offers are never half and half": (
        {"offer": {"product": "p", "value": "10%"}}, {"offer": {"product": "q", "value": "10%"}},
        {"offer": {"product": "p", "value": "20%"}}, ("offer",),
    ),
    "deleted and changed": ({"due": 1}, {}, {"due": 2}, ("due",)),
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_a_real_disagreement_is_left_and_ours_stands_meanwhile(name: str) -> None:
    base, ours, theirs, where = REAL[name]
    whole, left = merged(base, ours, theirs, nobody)
    assert [found.where for found in left] == [where]
    assert whole == ours
    assert merged(base, ours, theirs, always("theirs"))[0] == theirs
