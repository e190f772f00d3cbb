import pytest
from importing import at, good, imported, said, titles

HEADER = "Nr;Title;Requester;Estimate\n"


def test_headers_that_printing_repeated_are_skipped_and_counted() -> None:
    page = f"Requests of sales;;;\n\n{HEADER}"
    found = good(f"{page}1;A;hr;2d\n{page}2;B;hr;3d\n Nr;Title ;Requester;Estimate;;\n3;C;hr;1d")
    assert titles(found) == ["A", "B", "C"]
    assert "skipped 3 repeated headers (lines 5, 7, 9)" in said(found)


def test_blank_rows_are_skipped_silently() -> None:
    assert titles(good(f"{HEADER}\n;;;\n1;A;;\n  ; ;;\n\n2;B;;\n")) == ["A", "B"]


@pytest.mark.parametrize(
    "row",
    [
        ";Total;;131",
        ";TOTAL:;;131",
        ";Grand total;;131",
        ";Summe;;131",
        ";Gesamt (PT);;131",
        ";Total 131,5 days;;",
        ";Suma;;131",
        ";合計;;131",
        "Summe;;;131",
        ";;;Total 131",
    ],
)
def test_a_row_of_totals_is_skipped_and_said(row: str) -> None:
    found = good(f"{HEADER}1;A;hr;2d\n{row}\n")
    assert titles(found) == ["A"]
    assert "skipped 1 row of totals (line 3)" in said(found)


@pytest.mark.parametrize(
    "row",
    [
        "2;Total;hr;2d",
        "2;Total makeover of the website;;2d",
        "2;Summer campaign;;2d",
        "2;Sum up;;",
        "2;Points;;",
    ],
)
def test_a_request_that_only_sounds_like_a_total_is_kept(row: str) -> None:
    assert len(good(f"{HEADER}1;A;hr;2d\n{row}\n").drafts) == 2


def test_rows_that_have_a_number_and_nothing_else_are_skipped_and_counted() -> None:
    found = good(f"{HEADER}1;A;hr;2d\n2;;;\n3;;;\n")
    assert titles(found) == ["A"]
    assert "skipped 2 rows without a title or anything else to import (lines 3, 4)" in said(found)


def test_a_row_that_says_something_needs_a_title() -> None:
    found = imported(f"{HEADER}1;A;hr;2d\n2;;hr;3d\n")
    assert at(found) == [("no-title", 3)]
    assert titles(found) == ["A"]


def test_a_row_with_too_many_cells_is_a_problem_that_names_the_delimiter() -> None:
    found = imported(f"{HEADER}1;A;hr;2d;;\n2;Videos; short;hr;3d\n")
    assert at(found) == [("too-many-cells", 3)]
    assert found.problems[0].message == "5 cells in this row, but the header has 4."
    assert "semicolon" in found.problems[0].fix
    assert titles(found) == ["A"]
