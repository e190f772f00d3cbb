from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import codes, column, said, values
from pydantic import TypeAdapter

from mbl.importers.draft import Value
from mbl.model.noun import Effort, Estimate

ESTIMATE: TypeAdapter[str] = TypeAdapter(Estimate)
EFFORT: TypeAdapter[str] = TypeAdapter(Effort)


@pytest.mark.parametrize(
    ("cell", "estimate"),
    [
        ("5", "5d"),
        ("5d", "5d"),
        ("5 days", "5d"),
        ("1 day", "1d"),
        ("5 Tage", "5d"),
        ("1 Tag", "1d"),
        ("3 días", "3d"),
        ("1 día", "1d"),
        ("3日", "3d"),
        ("３人日", "3d"),
        ("2 PT", "2d"),
        ("2 person-days", "2d"),
        ("2 person days", "2d"),
        ("4 Personentage", "4d"),
        ("4h", "4h"),
        ("4 hours", "4h"),
        ("16 Std.", "16h"),
        ("1 Stunde", "1h"),
        ("6 horas", "6h"),
        ("6時間", "6h"),
        ("2w", "2w"),
        ("2 weeks", "2w"),
        ("3 Wochen", "3w"),
        ("1 semana", "1w"),
        ("2週間", "2w"),
        ("2,5", "2.5d"),
        ("2.5", "2.5d"),
        ("2,5 Tage", "2.5d"),
        ("0.125", "0.125d"),
        ("0,125 w", "0.125w"),
        ("2.50", "2.5d"),
        ("0.33333333", "0.3333d"),
        ("½", "0.5d"),
        ("1½ Tage", "1.5d"),
        ("1000", "1000d"),
        ("0", "0d"),
        ("2-4 days", "2d-4d"),
        ("2 - 4", "2d-4d"),
        ("2–4 Tage", "2d-4d"),
        ("2〜4日", "2d-4d"),
        ("2～4日", "2d-4d"),
        ("2 bis 4 Tage", "2d-4d"),
        ("2 to 4 h", "2h-4h"),
        ("de 2 a 4 días", "2d-4d"),
        ("4h-1d", "4h-1d"),
        ("2 days - 4", "2d-4d"),
        ("1,5-2,5", "1.5d-2.5d"),
        ("2/4/12", "2d/4d/12d"),
        ("2 / 4 / 12 h", "2h/4h/12h"),
        ("ca. 5 Tage", "5d"),
        ("~5d", "5d"),
        ("約5日", "5d"),
        ("5d?", "5d"),
        ("M", "M"),
        ("xl", "XL"),
        ("klein", "S"),
        ("groß", "L"),
    ],
)
def test_an_estimate_keeps_its_unit(cell: str, estimate: str) -> None:
    assert values("estimate", "Estimate", cell) == [estimate]
    ESTIMATE.validate_python(estimate)


@pytest.mark.parametrize(
    "cell", ["?", "??", "tbd", "TBD", "unklar", "-", "–", "未定", "n/a", "k. A.", "offen", ""]
)
def test_a_cell_that_says_nothing_is_no_estimate(cell: str) -> None:
    assert values("estimate", "Estimate", cell) == [None]


def test_cells_that_say_nothing_are_counted() -> None:
    assert 'estimate: 3 cells say "?", "tbd": no effort yet' in said(
        column("estimate", "Estimate", "?", "?", "tbd")
    )


@pytest.mark.parametrize(
    ("header", "estimate"),
    [
        ("Estimate", "3d"),
        ("Aufwand (Tage)", "3d"),
        ("Effort [h]", "3h"),
        ("Effort in hours", "3h"),
        ("Estimate weeks", "3w"),
        ("Aufwand in Stunden", "3h"),
        ("工数（人日）", "3d"),
        ("工数(時間)", "3h"),
        ("Schätzung (PT)", "3d"),
        ("Esfuerzo en horas", "3h"),
        ("Hours", "3h"),
        ("effort_hours", "3h"),
    ],
)
def test_the_header_gives_a_bare_number_its_unit(header: str, estimate: str) -> None:
    assert values("estimate", header, "3") == [estimate]


def test_a_stated_unit_beats_the_header() -> None:
    assert values("estimate", "Effort [h]", "3 days", "3") == ["3d", "3h"]


@pytest.mark.parametrize(
    "cell", ["1.000", "1,000", "2.500 Tage", "1.234,5", "1 000", "1'000 h", "2.000-4.000"]
)
def test_a_separator_that_could_mean_thousands_is_refused(cell: str) -> None:
    assert codes(column("estimate", "Estimate", cell)) == ["ambiguous-number"]


@pytest.mark.parametrize(
    "cell",
    [
        "soon",
        "-3",
        "5+",
        "5 pt",
        "2 months",
        "2d 4h",
        "8-2",
        "12/4/2",
        "2/4",
        "1-2-3",
        "5 €",
        "100000",
        "2,3,4",
        "XXXXL",
        "5 d per week",
        "9" * 400,
    ],
)
def test_anything_else_is_refused_with_examples(cell: str) -> None:
    found = column("estimate", "Estimate", cell)
    assert codes(found) == ["unknown-effort"]
    assert "2d/4d/12d" in found.problems[0].fix
    assert (found.problems[0].line, found.problems[0].column) == (2, 2)


@pytest.mark.parametrize(
    "cell", ["02. Apr", "4-Feb", "Apr-24", "02.04.2012", "2/4/2012", "2026-04-02", "46024"]
)
def test_a_range_that_a_spreadsheet_made_a_date_is_explained(cell: str) -> None:
    found = column("estimate", "Estimate", cell)
    assert codes(found) == ["unknown-effort"]
    assert "turned a range like 2-4 into a date" in found.problems[0].fix


@pytest.mark.parametrize(
    ("header", "cell", "point", "estimate"),
    [
        ("Estimate", "5 SP", "0.5d", "2.5d"),
        ("Estimate", "5 points", "4h", "20h"),
        ("Points", "3", "2", "6d"),
        ("Story Points", "3", "0,5d", "1.5d"),
        ("Punkte", "3-5", "1d", "3d-5d"),
        ("Aufwand (Punkte)", "1/2/3", "0.1d", "0.1d/0.2d/0.3d"),
        ("Puntos", "3 días", "1d", "3d"),
        ("Points", "M", "1d", "M"),
    ],
)
def test_points_are_worth_what_the_user_says(header: str, cell: str, point: str, estimate: str) -> None:
    assert values("estimate", header, cell, point=point) == [estimate]


def test_points_without_a_worth_are_one_problem_that_says_how() -> None:
    found = column("estimate", "Points", "5", "3", "2d", "8")
    assert codes(found) == ["points-unknown"]
    assert "2 more like it" in found.problems[0].message
    assert "--point 0.5d" in found.problems[0].fix
    assert [draft.fields.get("estimate") for draft in found.drafts] == [None, None, "2d", None]


@pytest.mark.parametrize("point", ["lots", "5 SP", "1.000", "-1d"])
def test_a_worth_that_nobody_can_read_is_refused(point: str) -> None:
    assert codes(column("estimate", "Points", "5", point=point)) == ["bad-point"]


def test_the_user_can_state_the_unit_of_a_column() -> None:
    wish = {"Umfang": "estimate:hours"}
    assert values("estimate", "Umfang", "3", columns=wish) == ["3h"]


@pytest.mark.parametrize(("cell", "left"), [("2", "2d"), ("3 h", "3h"), ("", None)])
def test_what_remains_is_one_effort(cell: str, left: str | None) -> None:
    assert values("remaining", "Remaining", cell) == [left]


@pytest.mark.parametrize("cell", ["2-4", "M", "1/2/3"])
def test_what_remains_is_neither_a_range_nor_a_size(cell: str) -> None:
    assert codes(column("remaining", "Rest", cell)) == ["unknown-effort"]


NUMBERS = st.decimals(min_value=0, max_value=9999, places=2, allow_nan=False)
WORDS = st.sampled_from(
    [("d", "d"), (" Tage", "d"), (" h", "h"), ("時間", "h"), (" weeks", "w"), (" semanas", "w"), ("", "d")]
)


@given(NUMBERS, WORDS, st.sampled_from([".", ","]))
def test_every_number_with_every_unit_is_read_exactly(
    number: Decimal, word: tuple[str, str], mark: str
) -> None:
    written, unit = word
    (estimate,) = values("estimate", "Estimate", str(number).replace(".", mark) + written)
    assert isinstance(estimate, str)
    assert (float(estimate[:-1]), estimate[-1]) == (float(number), unit)
    EFFORT.validate_python(estimate)


@given(
    st.lists(st.text(alphabet="0123456789.,-/ dhwSPM½~?bisto約日人〜", max_size=12), min_size=1, max_size=5)
)
def test_whatever_is_taken_for_an_estimate_is_one(cells: list[str]) -> None:
    found = column("estimate", "Estimate", *cells, point="0.5d")
    taken: list[Value] = [draft.fields["estimate"] for draft in found.drafts if "estimate" in draft.fields]
    assert all(ESTIMATE.validate_python(estimate) for estimate in taken)
