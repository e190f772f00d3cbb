"""CSV that a spreadsheet opens without running anything."""

import csv
import re
from datetime import date
from io import StringIO
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import canvas, report, table

from mbl.core.report import Column, Table, Words
from mbl.errors import MblError
from mbl.render import drawn


def written(*values: Any):
    columns = (
        Column(key="value", label="Value", value=lambda row: row),
        Column(key="b", label="B", value=lambda _: 1),
    )
    text = drawn(report(Words(text="x"), Table(columns=columns, rows=values)), canvas(), form="csv")
    head, *rows = csv.reader(StringIO(text, newline=""))
    assert head == ["value", "b"]
    return [value for value, _ in rows]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Webinar", "Webinar"),
        ('a, "b"', 'a, "b"'),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\nlines"),
        (None, ""),
        (True, "true"),
        (5, "5"),
        (5.0, "5"),
        (2.5, "2.5"),
        (-2.5, "-2.5"),
        (inf, ""),
        (nan, ""),
        (date(2026, 11, 30), "2026-11-30"),
        (("pipeline", "brand"), "pipeline, brand"),
        ({"pipeline": 2}, "pipeline"),
        ("=cmd()", "'=cmd()"),
        ("+1 more", "'+1 more"),
        ("-leading", "'-leading"),
        ("@sum(a)", "'@sum(a)"),
        (" =cmd()", "' =cmd()"),
        ("＝cmd()", "'＝cmd()"),
        ("\t=cmd()", "' =cmd()"),
        ("\rx", "'␍x"),
        (("=a", "b"), "'=a, b"),
        ("-5", "-5"),
        ("+4.5", "+4.5"),
        ("-5+cmd()", "'-5+cmd()"),
        ("\x1b[31m", "␛[31m"),
    ],
)
def test_a_cell_is_raw_and_harmless(value, expected):
    assert written(value) == [expected]


@given(st.lists(st.text(st.characters(exclude_categories=())) | st.floats() | st.integers(), min_size=1))
def test_no_cell_begins_a_formula(values):
    cells = written(*values)
    assert len(cells) == len(values)
    assert not [cell for cell in cells if re.match(r"\s*[=@]|\s*[+-](?![\d.e+-]*$)", cell)]


def test_the_head_has_the_keys_of_the_columns():
    text = drawn(report(table(["Webinar"])), canvas(), form="csv")
    assert (
        text
        == "position,title,moscow,outcomes,effort_days,requester,age\n1,Webinar,must,pipeline,2.5,vp-sales,12\n"
    )


def test_a_report_without_a_table_is_refused_with_the_formats_that_work():
    with pytest.raises(MblError, match="no table") as caught:
        drawn(report(Words(text="x")), canvas(), form="csv")
    assert caught.value.exit_code == 2
    assert "-f json" in caught.value.hint
