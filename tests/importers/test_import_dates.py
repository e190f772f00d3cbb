from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import codes, column, said, values


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-30",
        "2026-11-30T12:00:00Z",
        "2026-11-30 00:00:00",
        "20261130",
        "2026/11/30",
        "2026.11.30",
        "2026年11月30日",
        "2026年11月30日(月)",
        "２０２６年１１月３０日",
        "30.11.2026",
        "30. 11. 2026",
        "30.11.26",
        "Mo, 30.11.2026",
        "30/11/2026",
        "30-11-2026",
        "30/11/26",
        "11/30/2026",
        "30 Nov 2026",
        "30-Nov-26",
        "30 November 2026",
        "30. November 2026",
        "30. Nov. 2026",
        "30th Nov 2026",
        "Nov 30, 2026",
        "November 30th, 2026",
        "Monday, 30 November 2026",
        "30 de noviembre de 2026",
        "30 noviembre 2026",
    ],
)
def test_a_day_is_read_in_every_common_spelling(cell: str) -> None:
    assert values("due", "Due", cell) == ["2026-11-30"]


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        *[(name, 1) for name in ("Jan", "January", "Januar", "enero", "ene", "Jän")],
        *[(name, 3) for name in ("Mar", "March", "März", "Maerz", "Mrz", "marzo")],
        *[(name, 5) for name in ("May", "Mai", "mayo")],
        *[(name, 8) for name in ("Aug", "August", "agosto", "ago")],
        *[(name, 9) for name in ("Sep", "Sept", "September", "septiembre")],
        *[(name, 10) for name in ("Oct", "Okt", "Oktober", "octubre")],
        *[(name, 12) for name in ("Dec", "Dez", "dic", "December", "Dezember", "diciembre")],
    ],
)
def test_months_have_names_in_three_languages(cell: str, month: int) -> None:
    assert values("due", "Due", f"7 {cell} 2026") == [f"2026-{month:02}-07"]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (("03/04/2026", "13/04/2026"), ["2026-04-03", "2026-04-13"]),
        (("03/04/2026", "04/13/2026"), ["2026-03-04", "2026-04-13"]),
        (("05/05/2026", "05/05/2026"), ["2026-05-05", "2026-05-05"]),
        (("05/05/2026", "05/13/2026"), ["2026-05-05", "2026-05-13"]),
        (("03.04.2026", "04/13/2026"), ["2026-04-03", "2026-04-13"]),
        (("2026-02-01", "13/04/2026"), ["2026-02-01", "2026-04-13"]),
    ],
)
def test_the_whole_column_decides_what_comes_first(cells: tuple[str, ...], days: list[str]) -> None:
    assert values("due", "Due", *cells) == days


def test_a_column_that_leaves_it_open_is_refused_once_and_says_how_to_decide() -> None:
    found = column("due", "Due date", "03/04/2026", "2026-11-30", "05/06/2026", "05/05/2026")
    assert codes(found) == ["ambiguous-dates"]
    assert '--map "Due date=due:dmy"' in found.problems[0].fix
    assert '--map "Due date=due:mdy"' in found.problems[0].fix
    assert found.problems[0].line == 2


@pytest.mark.parametrize(
    ("header", "order", "day"),
    [
        ("Due", "dmy", "2026-04-03"),
        ("Due", "mdy", "2026-03-04"),
        ("Due", "MDY", "2026-03-04"),
    ],
)
def test_the_user_decides_what_comes_first(header: str, order: str, day: str) -> None:
    assert values("due", header, "03/04/2026", columns={header: f"due:{order}"}) == [day]


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Due (dd/mm/yyyy)", "2026-04-03"),
        ("Due [MM/DD/YYYY]", "2026-03-04"),
        ("Fällig (TT/MM/JJJJ)", "2026-04-03"),
    ],
)
def test_the_header_may_say_what_comes_first(header: str, day: str) -> None:
    assert values("due", header, "03/04/2026") == [day]


def test_a_japanese_column_with_short_years_begins_with_the_year() -> None:
    assert values("due", "納期", "26/11/30", "26/12/01") == ["2026-11-30", "2026-12-01"]


def test_the_user_can_say_that_short_years_come_first() -> None:
    assert values("due", "Due", "26/11/30", columns={"Due": "due:ymd"}) == ["2026-11-30"]


def test_a_column_that_contradicts_itself_is_refused() -> None:
    found = column("due", "Due", "13/05/2026", "05/13/2026", "01/02/2026")
    assert codes(found) == ["contradicting-dates"]
    assert '"13/05/2026"' in found.problems[0].message
    assert '"05/13/2026"' in found.problems[0].message
    assert [draft.fields.get("due") for draft in found.drafts] == [None, None, None]


@pytest.mark.parametrize(
    "cell",
    [
        "31.02.2026",
        "2026-02-30",
        "2026-13-01",
        "32/12/2026",
        "31/31/2026",
        "30 Feb 2026",
        "2026-00-10",
        "13/2026",
        "01.01.1066",
        "29.02.2027",
    ],
)
def test_a_day_that_does_not_exist_is_refused(cell: str) -> None:
    assert codes(column("due", "Due", cell)) == ["no-such-date"]


@pytest.mark.parametrize(
    "cell",
    ["next week", "30 Nov", "Nov-26", "2026", "KW 48", "7 Foo 2026", "1/2", "12", "2026-1130", "30/11-2026"],
)
def test_a_text_that_is_no_date_is_refused_with_an_example(cell: str) -> None:
    found = column("due", "Due", cell)
    assert codes(found) == ["unknown-date"]
    assert "2026-11-30" in found.problems[0].fix
    assert (found.problems[0].line, found.problems[0].column) == (2, 2)


@pytest.mark.parametrize("header", ["Requested", "Accepted", "Started", "Ended on", "Due"])
def test_every_date_field_reads_dates(header: str) -> None:
    field = header.split(maxsplit=1)[0].lower()
    assert values(field, header, "31.12.2026") == ["2026-12-31"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11", "2026-11-30"),
        ("2026/11", "2026-11-30"),
        ("11/2026", "2026-11-30"),
        ("11.2026", "2026-11-30"),
        ("Nov 2026", "2026-11-30"),
        ("noviembre de 2026", "2026-11-30"),
        ("2026年11月", "2026-11-30"),
        ("2028-02", "2028-02-29"),
        ("Q4 2026", "2026-12-31"),
        ("2027-Q1", "2027-03-31"),
    ],
)
def test_what_is_due_in_a_month_is_due_on_its_last_day(cell: str, day: str) -> None:
    assert values("due", "Due", cell) == [day]
    assert "due: the last day is taken" in said(column("due", "Due", cell))


@pytest.mark.parametrize(("cell", "day"), [("2026-11", "2026-11-01"), ("Q4 2026", "2026-10-01")])
def test_what_was_requested_in_a_month_counts_from_its_first_day(cell: str, day: str) -> None:
    assert values("requested", "Requested", cell) == [day]
    assert "requested: the first day is taken" in said(column("requested", "Requested", cell))


def test_a_column_of_day_numbers_is_read_as_a_spreadsheet_does_and_says_so() -> None:
    found = column("due", "Due", "46356", "", "46357.5", "tbd")
    assert [draft.fields.get("due") for draft in found.drafts] == ["2026-11-30", None, "2026-12-01", None]
    assert "46356 is 2026-11-30" in said(found)


@pytest.mark.parametrize("cells", [("46356", "2026-11-30"), ("99999",), ("36525",), ("12345",)])
def test_a_day_number_among_dates_or_outside_this_century_is_refused(cells: tuple[str, ...]) -> None:
    assert codes(column("due", "Due", *cells)) == ["unknown-date"]


def test_the_first_and_last_day_numbers_of_the_century() -> None:
    assert values("due", "Due", "36526", "73415") == ["2000-01-01", "2100-12-31"]


@pytest.mark.parametrize("word", ["tbd", "asap", "ASAP", "sofort", "?", "-", "未定", "至急", "cuanto antes"])
def test_words_instead_of_a_date_leave_it_empty_and_are_counted(word: str) -> None:
    found = column("due", "Due", word, "2026-11-30")
    assert codes(found) == []
    assert [draft.fields.get("due") for draft in found.drafts] == [None, "2026-11-30"]
    assert f'due: 1 cell says "{word}": no date yet' in said(found)


@given(
    st.lists(st.dates(min_value=date(1970, 1, 1), max_value=date(2199, 12, 31)), min_size=1, max_size=8),
    st.booleans(),
)
def test_a_column_is_read_as_it_was_written_or_refused(days: list[date], day_first: bool) -> None:
    order = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    found = column("due", "Due", *[day.strftime(order) for day in days])
    if found.problems:
        assert codes(found) == ["ambiguous-dates"]
        assert all(day.day <= 12 for day in days)
    else:
        assert [draft.fields["due"] for draft in found.drafts] == [day.isoformat() for day in days]


@given(st.lists(st.text(alphabet="0123456789./- qQJanMDec年月日tT:", max_size=14), min_size=1, max_size=5))
def test_whatever_is_taken_for_a_date_is_one(cells: list[str]) -> None:
    for draft in column("due", "Due", *cells).drafts:
        if "due" in draft.fields:
            assert date.fromisoformat(str(draft.fields["due"]))
