"""Which columns fit, and how wide they get."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import TITLES, table

from mbl.core.report import Column, Table
from mbl.render.grid import fitted, grid
from mbl.render.width import cells

columns = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 30)), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("naturals", "floors", "width", "expected"),
    [
        ((10, 5), (10, 5), 20, (10, 5)),
        ((60, 5), (20, 5), 40, (35, 5)),
        ((60, 40), (20, 10), 60, (40, 20)),
        ((60, 12), (20, 10), 60, (48, 12)),
        ((60, 40), (20, 10), 31, (21, 10)),
        ((60, 40), (20, 10), 30, (20, 10)),
        ((60, 40), (20, 10), 29, ()),
    ],
)
def test_crowded_columns_keep_the_same_multiple_of_their_floors(naturals, floors, width, expected):
    assert fitted(naturals, floors, width) == expected


@given(columns, st.integers(1, 300))
def test_widths_use_the_room_and_stay_between_floor_and_natural(columns, width):
    naturals = [natural for natural, _ in columns]
    floors = [min(natural, floor) for natural, floor in columns]
    widths = fitted(naturals, floors, width)
    assert bool(widths) == (sum(floors) <= width)
    if widths:
        assert sum(widths) == min(width, sum(naturals))
        assert all(
            floor <= size <= natural for floor, size, natural in zip(floors, widths, naturals, strict=True)
        )


def text_of(lines):
    return ["".join(text for text, _ in line) for line in lines]


@pytest.mark.parametrize("width", range(20, 201))
def test_no_line_is_wider_than_asked_at_any_width(width):
    lines = text_of(grid(table(TITLES), width, room=99))
    assert max(map(cells, lines)) <= width


def test_all_columns_appear_at_60_with_buckets_as_letters():
    head, _, row = text_of(grid(table(["Case study: how a hospital halved its waiting list"]), 60, room=9))
    assert head.split() == ["#", "Title", "B", "Outcome", "Effort", "Who", "ask…", "Age"]
    assert "  M  " in row
    assert row.index("  M  ") - len("1  ") >= 20


def test_columns_that_do_not_fit_are_left_out_from_the_right_and_named():
    head, _, _, *note = text_of(grid(table(["Webinar for CTOs"]), 30, room=9))
    assert head.split() == ["#", "Title", "B", "Outcome"]
    assert " ".join(note) == "Too narrow for: Effort, Who asked, Age"


def test_a_long_value_in_a_column_that_never_shrinks_does_not_push_the_others_out():
    columns = (
        Column(key="id", label="Id", value=lambda _: "x" * 500),
        Column(key="age", label="Age", value=lambda _: 12, kind="age"),
    )
    *_, row = text_of(grid(Table(columns=columns, rows=[1]), 80, room=9))
    assert row.endswith("…  12d")


def test_positions_ages_and_absent_values_are_not_the_first_thing_one_sees():
    *_, row = grid(table(["Webinar"], requester=None), 80, room=9)
    assert [text.strip() for text, role in row if role == "hint"] == ["1", "·", "12d"]


@pytest.mark.parametrize(
    ("rows", "room", "drawn", "more"),
    [
        (5, 5, 5, ""),
        (6, 5, 4, "… and 2 more items (--limit 0 shows all)"),
        (3, 1, 1, "… and 2 more items (--limit 0 shows all)"),
    ],
)
def test_rows_that_do_not_fit_are_counted(rows, room, drawn, more):
    lines = text_of(grid(table(["Webinar"] * rows), 80, room=room))
    assert sum("Webinar" in line for line in lines) == drawn
    assert (lines[-1] == more) if more else ("…" not in lines[-1])
    assert len(lines) - 2 <= max(room, 2)


def test_only_rows_that_are_drawn_are_read():
    class Watched(list[Any]):
        def __iter__(self) -> Iterator[Any]:
            raise AssertionError

    rows = Watched(table(["Webinar"] * 10_000).rows)
    assert len(grid(replace(table([]), rows=rows), 80, room=10)) == 12


def test_an_empty_table_says_so():
    assert text_of(grid(table([]), 80, room=9)) == ["No items."]
