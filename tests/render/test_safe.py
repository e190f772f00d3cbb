"""What a terminal would obey is shown instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbl.render.safe import lines, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Webinar for CTOs", "Webinar for CTOs"),
        ("価格表 🚀 Ü", "価格表 🚀 Ü"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\rb\nc\0", "a␍b␊c␀"),
        ("a\tb", "a b"),
        ("\x7f", "␡"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202eevil\u2066", r"\u202eevil\u2066"),
        ("\u200e\u200f\u061c", r"\u200e\u200f\u061c"),
        ("a\u2028b\u2029\x85", r"a\u2028b\u2029\x85"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("hidden\U000e0041\U000e0001", r"hidden\U000e0041\U000e0001"),
        ("\ud800x", "�x"),
        ("👨‍👩‍👧 ❤️ नमस्ते\u200c", "👨‍👩‍👧 ❤️ नमस्ते\u200c"),
        (
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        ),
        ("no\u00a0break\u3000wide", "no\u00a0break\u3000wide"),
    ],
)
def test_controls_are_shown_and_everything_else_is_kept(text, expected):
    assert shown(text) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_shown_text_is_one_line_that_any_terminal_takes(text):
    safe = shown(text)
    safe.encode()
    assert len(safe.splitlines()) <= 1
    assert not any(character < " " or "\x7f" <= character < "\xa0" for character in safe)
    assert shown(safe) == safe


def test_lines_end_at_newlines_of_either_system_and_not_at_lone_returns():
    assert lines("a\r\nb\n\nc\rd\n\n") == ["a", "b", "", "c␍d"]
