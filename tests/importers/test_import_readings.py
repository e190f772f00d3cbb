"""Readings of a campaign from a CSV file, as spreadsheets write them."""

from datetime import date

import pytest

from mbl.errors import MblError
from mbl.importers.readings import readings

COUNTERS = ("invites", "accepted")
DAYS = {date(2026, 11, 6): {"invites": 24, "accepted": 2}, date(2026, 11, 13): {"invites": 60}}


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    return readings("numbers.csv", content, counters=COUNTERS)


@pytest.mark.parametrize(
    "text",
    [
        "date,invites,accepted\n2026-11-06,24,2\n2026-11-13,60,\n",
        "Date;Invites;Accepted\r\n06.11.2026;24;2\r\n13.11.2026;60;\r\n",
        "accepted\tDatum\tinvites\n2\t2026-11-06\t24\n\t2026-11-13\t60\n",
        "LinkedIn numbers\n\ndate,invites,accepted\n2026-11-06,24,2\n\n2026-11-13,60,\n,,\n",
        "date,invites,accepted,\n2026-11-06,24,2,\n2026-11-13,60\n",
        "date,invites,accepted\n2026-11-13,60,\n2026-11-06,24,2\n2026-11-06,24,\n",
        "日付,invites,accepted\n2026/11/06,24,2\n2026/11/13,60,\n",
        b"\xff\xfe" + "date,invites,accepted\n2026-11-06,24,2\n2026-11-13,60,\n".encode("utf-16-le"),
    ],
)
def test_a_column_of_dates_and_one_for_each_counter(text):
    assert read(text) == DAYS


def test_a_column_of_another_name_keeps_it():
    assert read("date,clicks\n2026-11-06,24\n") == {date(2026, 11, 6): {"clicks": 24}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty"),
        (b"\0\1\2", "no text file"),
        ("invites,accepted\n24,2\n", "numbers.csv has no column of dates"),
        ("date,invites\nyesterday,24\n", "numbers.csv:2:"),
        ("date,invites\n04/05/2026,24\n", "numbers.csv:2:"),
        ("date,invites\n2026-11,24\n", "a month is no day"),
        ("date,invites\n,24\nn/a,25\n", "line 2: there is no date"),
        ('date,invites,accepted\n2026-11-06,x,-2\n2026-11-07,"1,200",3.5\n', "line 2: invites: x is no count"),
        ('date,invites,accepted\n2026-11-06,x,-2\n2026-11-07,"1,200",3.5\n', "line 3: invites: 1,200 may be 1200"),
        ("date,invites,invites\n2026-11-06,24,25\n", "invites in two columns"),
        ("date,invites\n2026-11-06,24\n2026-11-06,25\n", "2026-11-06: invites is 24 and 25"),
        ('date,invites\n2026-11-06,"24\n', "never closes"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(text, says):
    with pytest.raises(MblError) as refused:
        read(text)
    assert says in refused.value.message
    assert refused.value.hint
