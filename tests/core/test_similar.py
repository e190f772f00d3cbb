"""What looks alike is found without comparing each with each, and nothing else is."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.conflicts.ngrams import dice, grams
from mbl.core.conflicts.similar import alike, alike_pairs

WORDS = [
    "webinar",
    "newsletter",
    "dealer",
    "dealers",
    "spring",
    "autumn",
    "X200",
    "X300",
    "für",
    "Händler",
    "価格表",
    "更新",
    "の",
    "price",
    "list",
    "q4",
    "a",
]
TITLES = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(max_size=12), max_size=25
)


def brute(titles: list[str]) -> dict[tuple[int, int], float]:
    sets = list(map(grams, titles))
    scores = {(i, j): dice(sets[i], sets[j]) for i, j in combinations(range(len(titles)), 2)}
    return {pair: score for pair, score in scores.items() if score >= 0.6 - 1e-12}


@settings(max_examples=80, deadline=None)
@given(TITLES)
def test_the_filter_loses_nothing_and_adds_nothing(titles: list[str]) -> None:
    found = list(alike_pairs(titles))
    assert {(pair.one, pair.other): pair.score for pair in found} == brute(titles)
    assert len(found) == len(brute(titles))


@settings(max_examples=60, deadline=None)
@given(TITLES, st.data())
def test_among_some_only_their_pairs_are_found(titles: list[str], data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(range(len(titles))))) if titles else set()
    found = {(pair.one, pair.other) for pair in alike_pairs(titles, among=some)}
    assert found == {pair for pair in brute(titles) if set(pair) & some}


@settings(max_examples=80, deadline=None)
@given(TITLES.filter(bool))
def test_one_against_all_finds_what_comparing_finds(titles: list[str]) -> None:
    wanted, *others = titles
    expected = [
        (i, score)
        for i, other in enumerate(others)
        if (score := dice(grams(wanted), grams(other))) >= 0.6 - 1e-12
    ]
    assert alike(wanted, others) == sorted(expected, key=lambda each: (-each[1], each[0]))


def test_fifteen_hundred_titles_as_by_brute_force() -> None:
    random = Random(7)
    titles = [" ".join(random.choice(WORDS) for _ in range(random.randint(2, 6))) for _ in range(1500)]
    assert {(pair.one, pair.other) for pair in alike_pairs(titles)} == brute(titles).keys()


def test_somebody_who_waits_is_told_of_every_title() -> None:
    told: list[tuple[int, int]] = []
    list(alike_pairs(["one", "two", "!"], lambda done, total: told.append((done, total))))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("titles", [[], [""], ["!", "?"]])
def test_nothing_is_alike_where_nothing_is_written(titles: list[str]) -> None:
    assert list(alike_pairs(titles)) == []
    assert alike("", titles) == []
