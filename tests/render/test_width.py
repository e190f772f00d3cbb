"""Widths are what a terminal uses, and nothing made by them is wider than asked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from mbl.render import width as measure
from mbl.render.safe import shown
from mbl.render.width import cells, clusters, padded, shorten, wrapped

texts = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("a 日🚀🇩🇪\u0301\u200d\ufe0f👨👩👍🏽")
).map(shown)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Webinar", 7),
        ("Übersetzung – „Händler“", 23),
        ("価格表", 6),
        ("ｶﾞ", 2),
        ("가격", 4),
        ("🚀", 2),
        ("👨‍👩‍👧", 2),
        ("🇩🇪", 2),
        ("🇩🇪🇫🇷", 4),
        ("👍🏽", 2),
        ("❤️", 2),
        ("❤", 1),
        ("1️⃣", 2),
        ("e\u0301", 1),
        ("שלום", 4),
        ("␛[31m", 5),
        ("█▌…·─", 5),
    ],
)
def test_text_takes_as_many_cells_as_a_terminal_shows(text, width):
    assert cells(text) == width


def test_the_ranges_that_need_no_library_agree_with_it_for_every_character():
    narrow, wide = re.compile(f"[{measure._NARROW}]"), re.compile(f"[{measure._WIDE}]")
    characters = [chr(code) for code in range(0x20, 0x20000) if not 0xD800 <= code <= 0xDFFF]
    assert {wcwidth(character) for character in characters if narrow.match(character)} == {1}
    assert {wcwidth(character) for character in characters if wide.match(character)} == {2}


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Webinar for CTOs", 16, "Webinar for CTOs"),
        ("Webinar for CTOs", 15, "Webinar for CT…"),
        ("Webinar for CTOs", 9, "Webinar…"),
        ("価格表を更新", 12, "価格表を更新"),
        ("価格表を更新", 11, "価格表を更…"),
        ("価格表を更新", 10, "価格表を…"),
        ("👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"),
        ("👨‍👩‍👧👨‍👩‍👧", 2, "…"),
        ("cafe\u0301s", 4, "caf…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
    ],
)
def test_what_is_shortened_ends_in_an_ellipsis_and_keeps_characters_whole(text, width, expected):
    assert shorten(text, width) == expected


@given(texts, st.integers(0, 40))
def test_a_shortened_text_is_never_too_wide_and_a_short_one_untouched(text, width):
    short = shorten(text, width)
    assert cells(short) <= width
    assert short == text or cells(text) > width


@given(texts, st.integers(0, 40), st.booleans())
def test_a_padded_text_has_the_width_asked_for_unless_it_is_wider(text, width, right):
    full = padded(text, width, right=right)
    assert len(full) - len(text) == max(0, width - cells(text))
    assert full.endswith(text) if right else full.startswith(text)


@given(texts)
def test_clusters_are_the_whole_text(text):
    assert "".join(clusters(text)) == text


@given(texts, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, width):
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("  two  spaces stay", 30, ["  two  spaces stay"]),
        ("About 60 months of work", 10, ["About 60", "months of", "work"]),
        ("a-very-long-word that follows", 10, ["a-very-lon", "g-word", "that", "follows"]),
        ("価格表を更新する", 7, ["価格表", "を更新", "する"]),
    ],
)
def test_lines_break_at_spaces_or_inside_a_word_that_is_too_long(text, width, expected):
    assert wrapped(text, width) == expected
