"""A plot without colour, at any width: what was read can be told from the straight line, and stands where it belongs."""

from datetime import date, timedelta
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_samples import canvas, plot, report

from mbl.core.report import Plot, Series, Straight
from mbl.render import FORMATS, drawn
from mbl.render.width import cells

_BRAILLE = range(0x2801, 0x2900)
values = st.floats(allow_nan=True, allow_infinity=True)
points = st.lists(st.tuples(st.dates(), values), max_size=8).map(lambda some: tuple(sorted(some)))


def lines_of(block: Plot, width: int = 60) -> list[str]:
    return drawn(report(block), canvas(width, tty=True)).splitlines()


def test_a_plot_at_60_columns() -> None:
    assert lines_of(plot("accepted", (1, 0), (8, 2), (15, 8), title="Accepted", height=6)) == [
        "Accepted",
        "12 ┤                                               ⢀ ⠠ ⠠ ⠐ ⠈",
        "   │                                     ⢀ ⢀ ⠠ ⠐ ⠈",
        "   │                       ⣀⠤⠔⠊● ⢀ ⠠ ⠐ ⠈",
        " 5 ┤                  ⣀⣠⠔⠪⠉⠐ ⠈ ⠈",
        "   │         ⢀ ⠠⣀●⡠⠔⠒⠉",
        " 0 ┤●⣠⠤⠤⠤⠔⠒⠚⠊⠉⠉⠉",
        "   └────────────────────────────────────────────────────────",
        "    2026-11-01            2026-11-15              2026-11-30",
        "● accepted   ⠂⠐⠂ accepted",
    ]


def test_the_series_is_a_solid_line_with_marks_and_the_straight_line_loose_dots() -> None:
    read = "".join(lines_of(plot(lines=()))[1:9])
    line = "".join(lines_of(plot(series=(Series(name="x", points=()),)))[1:9])
    assert read.count("●") == 3
    assert "●" not in line
    loose = [mark for mark in line if ord(mark) in _BRAILLE]
    assert all((ord(mark) - 0x2800).bit_count() == 1 for mark in loose)


def test_a_mark_stands_above_its_day_and_beside_its_value() -> None:
    rows = lines_of(plot("x", (1, 0), (30, 12)), 60)
    assert rows[1].startswith("12 ┤")
    assert rows[1].endswith("●")
    assert rows[8].startswith(" 0 ┤●")
    assert {len(row) for row in (rows[1], rows[9], rows[10])} == {60}


def test_two_series_have_two_marks() -> None:
    day = date(2026, 11, 1)
    both = tuple(Series(name=name, points=((day, value),)) for name, value in (("a", 1.0), ("b", 2.0)))
    text = "\n".join(lines_of(Plot(title="", series=both)))
    assert "● a   ○ b" in text


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ((), "Nothing to draw yet."),
        (((5, nan), (6, inf), (7, 1e300)), "Nothing to draw yet."),
        (((5, 0),), " 0 ┤"),
        (((5, 3), (6, nan), (7, 4)), "●"),
        (((5, -3), (7, 4)), "-2 ┤"),
        (((5, 123456789),), "100,000,000 ┤"),
    ],
    ids=str,
)
def test_odd_numbers_are_drawn_or_left_out(read, shown) -> None:
    series = (Series(name="x", points=tuple((date(2026, 11, day), value) for day, value in read)),)
    assert shown.strip() in "\n".join(lines_of(Plot(title="x", series=series)))


@settings(max_examples=60, deadline=None)
@given(points, points, st.integers(1, 200), st.integers(0, 12))
def test_nothing_is_wider_than_the_terminal_or_higher_than_asked(first, second, width, height) -> None:
    line = tuple(Straight(name="line", start=first[0], end=first[-1]) for _ in range(1) if first)
    block = Plot(
        title="T",
        series=(Series(name="a", points=first), Series(name="b", points=second)),
        lines=line,
        height=height,
    )
    rows = lines_of(block, width)
    assert all(cells(row) <= max(20, width) for row in rows)
    assert len(rows) <= 1 + max(2, height) + 2 + 3


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_what_never_falls_is_never_drawn_falling(steps) -> None:
    total, read = 0, []
    for at, step in enumerate(steps):
        total += step
        read.append((date(2026, 1, 1) + timedelta(days=at), float(total)))
    rows = lines_of(Plot(title="", series=(Series(name="x", points=tuple(read)),)), 100)[:8]
    tops = [
        min(y for y, row in enumerate(rows) if x < len(row) and row[x] == "●")
        for x in range(100)
        if any(x < len(row) and row[x] == "●" for row in rows)
    ]
    assert tops == sorted(tops, reverse=True)


def test_in_markdown_it_is_a_table_that_says_where_the_line_stands() -> None:
    text = drawn(report(plot("x", (1, 0), (30, 11))), canvas(), form="md")
    assert "| Date | x | x |" in text
    assert "| 2026-11-30 | 11 | 12 |" in text
    assert "Nothing to draw" in drawn(report(Plot(title="x", series=())), canvas(), form="md")


def test_in_csv_every_point_is_a_row() -> None:
    assert drawn(report(plot("a", (1, 0), (8, 2.5))), canvas(), form="csv") == (
        "date,series,value\n2026-11-01,a,0\n2026-11-08,a,2.5\n"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_draws_a_plot(form) -> None:
    assert drawn(report(plot(), points=[1]), canvas(), form=form)
