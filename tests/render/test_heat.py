"""A heat strip says with a shade and a number how full a week is: without colour, at any width."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_samples import TITLES, canvas, heat, report

from mbl.core.report import Heat, Lane
from mbl.render import drawn
from mbl.render.heat import shaded
from mbl.render.width import cells

WEEKS = (("Nov", "23"), ("Nov", "30"), ("Dec", "7"), ("Dec", "14"))
STRIP = Heat(
    title="How often",
    what="Audience",
    columns=WEEKS,
    lanes=(
        Lane(label="dealers", values=(0, 6, 3, 2), most=3),
        Lane(label="cto", values=(1, 0, 0, 12), most=3),
    ),
)


def lines_of(block: Heat, width: int = 60, form: str = "table") -> list[str]:
    return drawn(report(block), canvas(width, tty=True), form=form).splitlines()


@pytest.mark.parametrize(
    ("value", "most", "text"),
    [
        (0, 3, "·"), (1, 3, "░1"), (2, 3, "▒2"), (3, 3, "▓3"), (4, 3, "█4"), (1, 1, "▓1"), (1, 2, "▒1"), (2, 7, "░2"),
        (7, 7, "▓7"), (1, 0, "█1"), (0, 0, "·"),
    ],
)  # fmt: skip
def test_the_darker_the_nearer_to_what_is_allowed_and_only_more_is_full(
    value: int, most: int, text: str
) -> None:
    assert shaded(value, most) == text


def test_weeks_stand_side_by_side_below_their_months() -> None:
    assert lines_of(STRIP) == [
        "How often",
        "          Nov     Dec",
        "Audience  23  30  7   14",
        "dealers   ·   █6  ▓3  ▒2",
        "cto       ░1  ·   ·   █12",
    ]  # fmt: skip


def test_weeks_that_find_no_room_stand_below() -> None:
    assert lines_of(STRIP, 20) == [
        "How often",
        "        Nov     Dec",
        "Audie…  23  30  7",
        "deale…  ·   █6  ▓3",
        "cto     ░1  ·   ·",
        "",
        "        Dec",
        "Audie…  14",
        "deale…  ▒2",
        "cto     █12",
    ]


def test_in_markdown_it_is_a_table_with_the_same_cells() -> None:
    assert lines_of(STRIP, form="md") == [
        "**How often**",
        "",
        "| Audience | 23 Nov | 30 Nov | 7 Dec | 14 Dec |",
        "| --- | --- | --- | --- | --- |",
        "| dealers | · | █6 | ▓3 | ▒2 |",
        "| cto | ░1 | · | · | █12 |",
    ]


@pytest.mark.parametrize(
    "empty", [heat(columns=0), Heat(title="How often", what="x", columns=WEEKS, lanes=())]
)
def test_without_weeks_or_lanes_there_is_nothing_to_show(empty: Heat) -> None:
    assert lines_of(empty)[-1] == "Nothing to show."


@pytest.mark.parametrize("text", TITLES)
@pytest.mark.parametrize("width", [20, 33, 80])
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    assert max(map(cells, lines_of(heat(text, columns=30), width))) <= width


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.integers(0, 9), st.integers(20, 120))
def test_every_number_is_there_at_every_width(values: list[int], most: int, width: int) -> None:
    columns = tuple(("Nov", str(at)) for at in range(len(values)))
    block = Heat(
        title="", what="", columns=columns, lanes=(Lane(label="x", values=tuple(values), most=most),)
    )
    drawn_cells = [
        cell for line in lines_of(block, width) if line.startswith("x") for cell in line.split()[1:]
    ]
    assert drawn_cells == [shaded(value, most) for value in values]
