"""Rows of small columns: on one scale, in any width, without colour; what is unknown is blank and nothing is a dot."""

from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_samples import CLUSTERS, TITLES, canvas, report, strips

from mbl.core.report import Strip, Strips
from mbl.render import drawn
from mbl.render.width import cells


def block(*rows: tuple[float | None, ...], text: str = "") -> Strips:
    """Rows named a, b …; the columns are the Mondays from the fifth of October on."""
    periods = ("2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09")
    labels = ("accepted", "finished")
    return Strips(
        title="Week by week",
        what="Week of",
        periods=periods[: len(rows[0])] if rows else (),
        rows=tuple(
            Strip(label=name, values=values, text=text) for name, values in zip(labels, rows, strict=False)
        ),
    )


def lines_of(of: Strips, width: int = 80, *, tty: bool = True) -> list[str]:
    return drawn(report(of), canvas(width, tty=tty)).splitlines()


WEEKS = block((None, 1, 8, 16, 3, 0), (0, 0, 2, 4, 9, 16), text="3.1 a week")
ROWS = [
    "Week by week",
    "                      ███",
    "accepted      ▁▁▁ ███ ███ ▃▃▃ ···   3.1 a week",
    "                          ▁▁▁ ███",
    "finished  ··· ··· ▂▂▂ ▄▄▄ ███ ███   3.1 a week",
    "          2026-10-05   2026-11-09",
]


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("tty", [True, False])
def test_two_rows_on_one_scale(width: int, *, tty: bool) -> None:
    assert [line.rstrip() for line in lines_of(WEEKS, width, tty=tty)] == ROWS


def test_where_there_is_no_room_for_the_days_they_become_a_sentence() -> None:
    narrow = lines_of(block((1, 2, 3), (4, 5, 6)), 30)
    assert narrow[-1] == "Week of: 2026-10-05 to 2026-1…"


def test_where_not_all_weeks_fit_the_last_ones_are_shown() -> None:
    many = strips("w", weeks=90)
    rows = lines_of(many, 40)
    assert all(cells(row) <= 40 for row in rows)
    assert rows[-1].rstrip().endswith("w 89")


def test_markdown_is_a_table_with_a_row_a_week() -> None:
    assert drawn(report(WEEKS), canvas(), form="md").splitlines() == [
        "**Week by week**",
        "",
        "| Week of | accepted · 3.1 a week | finished · 3.1 a week |",
        "| --- | ---: | ---: |",
        "| 2026-10-05 |  | 0 |",
        "| 2026-10-12 | 1 | 0 |",
        "| 2026-10-19 | 8 | 2 |",
        "| 2026-10-26 | 16 | 4 |",
        "| 2026-11-02 | 3 | 9 |",
        "| 2026-11-09 | 0 | 16 |",
    ]


@pytest.mark.parametrize("of", [block(), block(()), block((), ())], ids=str)
def test_without_weeks_it_says_so(of: Strips) -> None:
    assert lines_of(of)[-1] == "Nothing to draw yet."


values = st.one_of(st.none(), st.floats(), st.sampled_from([inf, nan, -1.0, 0.0, 1e300]))


@given(
    rows=st.integers(0, 70).flatmap(
        lambda weeks: st.lists(
            st.lists(values, min_size=weeks, max_size=weeks).map(tuple), min_size=1, max_size=3
        )
    ),
    width=st.integers(20, 120),
    text=st.sampled_from([*TITLES, *CLUSTERS]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_numbers_and_names_no_line_is_too_wide(
    rows: list[tuple[float | None, ...]], width: int, text: str
) -> None:
    of = Strips(
        title=text,
        what=text,
        periods=tuple(f"{text} {week}" for week in range(len(rows[0]))),
        rows=tuple(Strip(label=text, values=values, text=text) for values in rows),
    )
    assert all(cells(line) <= width for line in lines_of(of, width))


def test_the_smallest_number_is_seen_and_none_is_a_dot() -> None:
    rows = lines_of(block((0.001, 1000, 0, None)))
    assert rows[2].split("  ", 1)[1].startswith("▁▁▁ ███ ···")
