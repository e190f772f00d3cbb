"""Lines across a table, and the marks of what fits: in a terminal, a pipe and Markdown, never in CSV or JSON."""

from dataclasses import replace

import pytest
from render_samples import COLUMNS, canvas, report, table

from mbl.core.report import Column, Rule, Table
from mbl.render import drawn
from mbl.render.grid import grid
from mbl.render.width import cells

RULES = (Rule(1, "31 days left this quarter: above fits, below might"), Rule(2, "below does not fit"))
LIST = table(["Webinar for CTOs", "Price list", "Booth", "Film"], rules=RULES)


def rows_of(of: Table, *, width: int = 80, room: int = 99) -> list[str]:
    """The lines below the header."""
    return ["".join(text for text, _ in line) for line in grid(of, width, room=room)[2:]]


@pytest.mark.parametrize("width", [60, 80])
def test_a_line_crosses_the_table_from_end_to_end(width: int) -> None:
    rows = rows_of(LIST, width=width)
    header = "".join(text for text, _ in grid(LIST, width, room=99)[1])
    assert [row.split()[0] for row in rows] == ["1", "──", "2", "──", "3", "4"]
    assert rows[1].startswith("── 31 days left this quarter: above fits, below might ─")
    assert {cells(rows[1]), cells(rows[3])} == {cells(header)}


def test_a_line_can_stand_above_the_first_row_and_below_the_last() -> None:
    both = replace(LIST, rules=(Rule(0, "nothing fits"), Rule(4, "the end")))
    assert [row.split()[0] for row in rows_of(both)] == ["──", "1", "2", "3", "4", "──"]


@pytest.mark.parametrize(
    ("room", "first"),
    [
        (99, ["1", "──", "2", "──", "3", "4"]),
        (6, ["1", "──", "2", "──", "3", "4"]),
        (5, ["1", "──", "2", "──", "…"]),
        (4, ["1", "──", "…"]),
        (3, ["1", "──", "…"]),
        (2, ["1", "──", "…"]),
        (1, ["1", "──", "…"]),
    ],
)
def test_lines_take_room_from_the_rows(room: int, first: list[str]) -> None:
    assert [row.split()[0] for row in rows_of(LIST, room=room)] == first


@pytest.mark.parametrize("width", range(20, 60, 7))
def test_a_line_is_never_wider_than_the_table(width: int) -> None:
    long = replace(LIST, rules=(Rule(1, "a very long meaning " * 9),))
    assert all(cells(row) <= width for row in rows_of(long, width=width))


def test_a_terminal_keeps_a_line_for_the_prompt() -> None:
    many = table(["Booth"] * 50, rules=RULES)
    assert len(drawn(report(many), canvas(height=24, tty=True)).splitlines()) == 23 - 1


def test_a_pipe_gets_the_lines_between_the_rows() -> None:
    lines = drawn(report(LIST), canvas()).splitlines()
    assert [line.split()[0] for line in lines] == ["#", "1", "──", "2", "──", "3", "4"]
    assert lines[2] == "── 31 days left this quarter: above fits, below might ──"


def test_markdown_gets_a_row_that_says_it() -> None:
    lines = drawn(report(LIST), canvas(), form="md").splitlines()
    assert (
        lines[3]
        == f"| {' | '.join(['', '**31 days left this quarter: above fits, below might**', *[''] * 5])} |"
    )
    assert lines[5].count("|") == len(COLUMNS) + 1


def test_a_table_of_one_column_has_the_meaning_in_it() -> None:
    one = Table(columns=COLUMNS[1:2], rows=LIST.rows, rules=(Rule(1, "below does not fit"),))
    assert drawn(report(one), canvas(), form="md").splitlines()[3] == "| **below does not fit** |"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_programs_get_the_rows_alone(form: str) -> None:
    without = replace(LIST, rules=())
    said = [drawn(report(of, items=of), canvas(), form=form) for of in (LIST, without)]
    assert said[0] == said[1]


def test_what_fits_is_a_full_a_half_or_an_empty_mark() -> None:
    zones = ["will", "might", "wont", None]
    fit = Column(key="fit", label="Fit", value=lambda zone: zone, kind="fit")
    of = Table(columns=(fit,), rows=zones)
    assert [row.strip() for row in rows_of(of)] == ["●", "◐", "○", "·"]
    assert drawn(report(of), canvas()).split() == ["Fit", "●", "◐", "○", "-"]
    assert drawn(report(of), canvas(), form="csv").split() == ["fit", "will", "might", "wont", '""']
