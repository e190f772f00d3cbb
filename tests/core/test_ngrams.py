"""Titles are alike by their pieces, in every script."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.conflicts.ngrams import dice, grams, is_alike, pieces, plain, roughly_plain


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Spring newsletter for dealers", "Newsletter for dealers, spring", 1.0),
        ("Spring newsletter for dealers", "Spring newsletter for partners", 0.792),
        ("価格表を更新", "価格表の更新", 0.60),
        ("LinkedInの採用広告", "採用広告（LinkedIn）", 0.957),
    ],
)
def test_the_pairs_of_the_method(one: str, other: str, score: float) -> None:
    assert dice(grams(one), grams(other)) == pytest.approx(score, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café für Händler", "cafe fur handler"),
        ("ＬＰ　ｶﾞｲﾄﾞ", "LP ガイド"),
        ("STRASSE", "straße"),
        ("snake_case", "snake case"),
        ("  Webinar!  (CTOs) ", "webinar ctos"),
    ],
)
def test_spelling_does_not_count(one: str, other: str) -> None:
    assert grams(one) == grams(other)


def test_kana_keep_their_marks_which_are_no_accents() -> None:
    assert grams("カイト") != grams("ガイド")


def test_a_word_ends_where_the_script_changes() -> None:
    assert plain("Q4の価格表2027年版") == "q4 の価格表 2027 年版"
    assert pieces("の") == {"の"}
    assert grams("한국어") == {"한국", "국어"}


def test_vowel_signs_belong_to_their_letters() -> None:
    assert plain("हिन्दी, सामग्री") == "हिन्दी सामग्री"


@pytest.mark.parametrize("nothing", ["", "!!! …", "🚀"])
def test_without_letters_or_digits_nothing_is_alike(nothing: str) -> None:
    assert grams(nothing) == frozenset()
    assert dice(grams(nothing), grams(nothing)) == 0


def test_the_threshold_is_three_in_five_without_rounding() -> None:
    assert is_alike(3, 5, 5)
    assert not is_alike(2999, 5000, 5000)
    assert not is_alike(0, 0, 0)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_pieces_of_a_rough_line_are_there_too(title: str) -> None:
    (rough,) = roughly_plain([title])
    assert all(piece in rough for piece in grams(title))
