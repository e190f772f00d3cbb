"""A calendar in a terminal of any width: lines that do not wrap, months below their names, nobody left out."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import CLUSTERS, TITLES, calendar, canvas, report
from test_terminal import STAND_INS

from mbl.core.report import Calendar, Cell
from mbl.render import drawn
from mbl.render.width import cells

MONTHS = ("October 2026", "November 2026", "December 2026")
SHORT = [title for title in (*TITLES, *CLUSTERS) if 0 < len(title) < 100]


def quarter(*entries: tuple[str, str], load=8.2, lane="growth"):
    first = Cell(entries=(("✓", "Saved hours: one page for each customer"),))
    middle = Cell(load=load, capacity=10, text=f"{load:g} of 10d", entries=entries)
    return Calendar(title="Calendar", what="Team", months=MONTHS, lanes=((lane, (first, middle, Cell())),))


def screen(block, width, *, color=False):
    output = drawn(report(block), canvas(width, tty=True, color=color))
    for cluster, stand_in in STAND_INS.items():
        output = output.replace(cluster, stand_in)
    found = pyte.Screen(width, output.count("\n") + 5)
    pyte.Stream(found).feed(output.replace("\n", "\r\n"))
    assert found.cursor.y == output.count("\n"), "no line wraps"
    return found


def test_months_stand_side_by_side_where_there_is_room():
    assert drawn(report(quarter(("•", "Landing page against the spreadsheet"))), canvas(80, tty=True)) == (
        "Calendar\n"
        "       │ October 2026          │ November 2026         │ December 2026\n"
        "───────┼───────────────────────┼───────────────────────┼──────────────────────\n"
        "growth │ ✓ Saved hours: one    │ ████████▎· 8.2 of 10d │\n"
        "       │   page for each       │ • Landing page        │\n"
        "       │   customer            │   against the         │\n"
        "       │                       │   spreadsheet         │\n"
    )


def test_in_a_narrow_terminal_they_stand_below_one_another():
    assert drawn(report(quarter(("•", "Landing page"))), canvas(60, tty=True)) == (
        "Calendar\n"
        "       │ October 2026\n"
        f"───────┼{'─' * 52}\n"
        "growth │ ✓ Saved hours: one page for each customer\n"
        "\n"
        "       │ November 2026\n"
        f"───────┼{'─' * 52}\n"
        "growth │ ████████▎· 8.2 of 10d\n"
        "       │ • Landing page\n"
        "\n"
        "       │ December 2026\n"
        f"───────┼{'─' * 52}\n"
        "growth │\n"
    )


def test_without_lanes_to_name_the_months_begin_at_the_edge():
    lines = drawn(report(quarter(lane="")), canvas(80)).splitlines()
    assert lines[1].startswith("October 2026")
    assert lines[3].startswith("✓ Saved hours")
    assert "│" not in drawn(report(quarter(lane="")), canvas(40))


@pytest.mark.parametrize("width", [60, 80, 140, 200])
@pytest.mark.parametrize("title", SHORT)
def test_whatever_script_a_title_is_in_the_months_stay_below_their_names(width, title):
    rows = screen(quarter(("•", title), ("•", title)), width).buffer
    lines = [[rows[y][x].data for x in range(width)] for y in range(1, len(rows))]
    edges = [x for x, cell in enumerate(lines[0]) if cell == "│"]
    assert len(edges) == (3 if width >= 80 else 1)
    for line in lines:
        if "".join(line).strip():
            assert {line[x] for x in edges} <= {"│", "┼"}, "".join(line)


@pytest.mark.parametrize("width", [20, 60, 80, 140])
@pytest.mark.parametrize("form", ["table", "md"])
def test_every_title_is_there_whole(width, form):
    titles = [f"Title number {number} of many words that need two lines" for number in range(12)]
    block = quarter(*(("•", title) for title in titles))
    output = drawn(report(block), canvas(width, tty=True), form=form)
    if form == "md":
        assert all(title in output for title in titles)
        return
    column = (
        "".join(line.split(" │")[2] for line in output.splitlines() if line.count(" │") == 3)
        if width >= 80
        else output.replace("\n", "").replace("│", "")
    )
    together = " ".join(column.split()).replace(" ", "")
    assert all(title.replace(" ", "") in together for title in titles)


@given(st.text(st.characters(exclude_categories=())), st.integers(1, 200), st.integers(1, 3))
def test_no_text_makes_a_line_wider_than_the_terminal(text, width, months):
    output = drawn(report(calendar(text, months=months)), canvas(width, tty=True))
    assert all(cells(line) <= max(20, width) for line in output.split("\n"))


@pytest.mark.parametrize(
    ("load", "capacity", "bar"),
    [
        (0, 10, "·········· x"),
        (0.01, 10, "▏········· x"),
        (5, 10, "█████····· x"),
        (10, 10, "██████████ x"),
        (15, 10, "██████████ x"),
        (5, 0, "x"),
        (float("nan"), 10, "·········· x"),
        (5, float("nan"), "x"),
        (5, float("inf"), "▏········· x"),
        (float("inf"), float("inf"), "██████████ x"),
    ],
)
def test_the_bar_says_how_full_a_month_is(load, capacity, bar):
    cell = Cell(load=load, capacity=capacity, text="x")
    block = Calendar(title="", what="Team", months=MONTHS[:1], lanes=(("a", (cell,)),))
    assert drawn(report(block), canvas(60)).splitlines()[-1] == f"a │ {bar}"


def test_where_bar_and_text_do_not_fit_side_by_side_the_text_stands_below():
    cell = Cell(load=5, capacity=10, text="1,234.5 of 12,345.6d")
    block = Calendar(title="", what="Team", months=MONTHS, lanes=(("content", (cell, cell, cell)),))
    *_, bars, texts = drawn(report(block), canvas(76)).splitlines()
    assert bars.count("█████·····") == 3
    assert texts.count("│ 1,234.5 of 12,345.6d") == 3


def test_a_pipe_gets_the_same_grid_and_colour_changes_no_character():
    block = quarter(("•", "Landing page"))
    told = screen(block, 80, color=True)
    piped = drawn(report(block), canvas(80)).splitlines()
    assert [line.rstrip() for line in told.display[: len(piped)]] == piped
    assert "\x1b[36m" in drawn(report(block), canvas(80, tty=True, color=True))


def test_markdown_has_a_row_for_each_team_and_a_break_after_each_title():
    block = quarter(("•", "Landing page | dock"), ("?", "*Webinar*"))
    assert drawn(report(block), canvas(), form="md") == (
        "**Calendar**\n\n"
        "| Team | October 2026 | November 2026 | December 2026 |\n"
        "| --- | --- | --- | --- |\n"
        "| growth | ✓ Saved hours: one page for each customer "
        "| 8.2 of 10d<br>• Landing page \\| dock<br>? \\*Webinar\\* |  |\n"
    )


def test_a_calendar_without_months_or_lanes_is_only_its_title():
    empty = Calendar(title="Calendar", what="Team", months=(), lanes=())
    assert drawn(report(empty), canvas(60)) == "Calendar\n"
    assert drawn(report(empty), canvas(60), form="md").startswith("**Calendar**")
