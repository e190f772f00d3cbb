"""Days in as few words as are clear."""

from datetime import date

import pytest

from mbl.core.conflicts.day_words import short_days, short_span, span_words

NOV, DEC, JAN = date(2026, 11, 30), date(2026, 12, 6), date(2027, 1, 2)


@pytest.mark.parametrize(
    ("first", "last", "long", "short"),
    [
        (NOV, NOV, "30 November 2026", "30 Nov"),
        (NOV, DEC, "30 November to 6 December 2026", "30 Nov to 6 Dec"),
        (date(2026, 12, 1), DEC, "1 to 6 December 2026", "1 to 6 Dec"),
        (DEC, JAN, "6 December 2026 to 2 January 2027", "6 Dec to 2 Jan"),
        (DEC, date(2027, 12, 6), "6 December 2026 to 6 December 2027", "6 Dec to 6 Dec"),
    ],
)
def test_what_two_days_have_in_common_is_said_once(first: date, last: date, long: str, short: str) -> None:
    assert span_words(first, last) == long
    assert short_span(first, last) == short


def test_days_of_one_month_share_its_name() -> None:
    assert short_days((NOV, date(2026, 12, 2), DEC)) == "30 Nov, 2 and 6 Dec"
    assert short_days((NOV,)) == "30 Nov"
    assert short_days(()) == ""
