import re

import pytest
from importing import at, codes, good, imported, said, titles

from mbl.importers.headers import _MAYBE, FIELDS, recognised


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("TITLE", "title"),
        (" title: ", "title"),
        ("Título", "title"),
        ("Titulo", "title"),
        ("Schaetzung", "estimate"),
        ("Schätzung", "estimate"),
        ("SCHÄTZUNG", "estimate"),
        ("Größe", "estimate"),
        ("Story-Points", "estimate"),
        ("story_points", "estimate"),
        ("Lfd. Nr.", "key"),
        ("№", "key"),
        ("#", "key"),
        ("Requested\nby", "requester"),
        ("ＵＲＬ", "links"),
        ("見積もり", "estimate"),
        ("Fällig am", "due"),
        ("Estimate (rough, by team)", "estimate"),
        ("Days", "estimate"),
        ("Effort/days", "estimate"),
    ],
)
def test_case_accents_punctuation_and_notes_in_brackets_do_not_matter(header: str, field: str) -> None:
    found = recognised(header)
    assert found
    assert found.field == field


@pytest.mark.parametrize(
    "header", ["Date", "Datum", "Who", "Wer", "Start", "Budget", "", "x" * 500, "Title of the boss"]
)
def test_a_header_that_could_mean_anything_is_not_known(header: str) -> None:
    assert recognised(header) is None


def test_no_name_stands_for_two_fields() -> None:
    names = [
        name.strip().casefold()
        for table in (FIELDS, _MAYBE)
        for names in table.values()
        for name in re.split(r"[|\n]", names)
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_known_by_its_own_name(field: str) -> None:
    found = recognised(field)
    assert found
    assert found.field == field


def test_a_map_names_the_columns_of_the_user() -> None:
    found = good("Was gibt's?;Wieviel (h)\nA;3", columns={"Was gibt's?": "title", "Wieviel": "estimate"})
    assert [draft.fields for draft in found.drafts] == [{"title": "A", "estimate": "3h"}]


def test_a_map_finds_the_header_row_too() -> None:
    found = good("List of requests\n\nThing,Cost\nA,3\n", columns={"Thing": "title", "Cost": "estimate"})
    assert [draft.fields for draft in found.drafts] == [{"title": "A", "estimate": "3d"}]


def test_a_column_mapped_to_nothing_is_left_out() -> None:
    found = good("Title;Owner\nA;ana", columns={"Owner": ""})
    assert [draft.fields for draft in found.drafts] == [{"title": "A"}]
    assert "Owner" not in said(found)


def test_a_map_beats_a_known_name_and_the_remarks_say_so() -> None:
    found = good("Title;Name\nA;B", columns={"Name": "title"})
    assert titles(found) == ["B"]
    assert 'left out: "Title" (title is taken from "Name")' in said(found)


def test_a_map_of_an_unknown_header_names_the_nearest_and_all() -> None:
    found = imported("Title;Due\nA;", columns={"Titel": "title"})
    assert at(found) == [("unknown-column", 1)]
    assert found.problems[0].message == 'There is no column "Titel".'
    assert found.problems[0].fix == 'Did you mean "Title"? The columns are: "Title", "Due".'


def test_a_map_to_an_unknown_field_names_the_nearest_and_all() -> None:
    found = imported("Title;X\nA;", columns={"X": "estimat"})
    assert codes(found) == ["unknown-field"]
    assert "Did you mean estimate?" in found.problems[0].fix
    assert "requester" in found.problems[0].fix


@pytest.mark.parametrize(
    ("wish", "fix"),
    [("due:dym", "due:mdy"), ("estimate:miles", "estimate:hours"), ("owner:dmy", "Write owner alone")],
)
def test_a_map_with_an_unknown_form_says_which_there_are(wish: str, fix: str) -> None:
    found = imported("Title;X\nA;", columns={"X": wish})
    assert codes(found) == ["unknown-form"]
    assert fix in found.problems[0].fix


def test_without_a_title_the_columns_are_named_and_the_way_out() -> None:
    found = imported("Thing;Owner\nA;ana")
    assert codes(found) == ["no-title-column"]
    assert '"Thing", "Owner"' in found.problems[0].message
    assert found.problems[0].fix == 'Say which one it is: --map "Thing=title".'
    assert found.drafts == ()


def test_the_id_of_an_item_says_what_a_row_is_about_without_a_title() -> None:
    found = good("id,moscow,reason\nk7f3x,wont,No room\nbcdf2,Must,")
    assert [(draft.id, draft.key, dict(draft.fields)) for draft in found.drafts] == [
        ("k7f3x", "k7f3x", {"moscow": "wont", "reason": "No room"}),
        ("bcdf2", "bcdf2", {"moscow": "must"}),
    ]
    assert codes(imported("id,moscow\nMKT-12,must")) == ["no-title-column"]
    assert codes(imported("id,moscow\nk7f3x,must\n,could")) == ["no-title"]


def test_two_columns_for_one_field_are_a_problem_that_says_how_to_choose() -> None:
    found = imported("Title;Task;Owner\nA;B;ana")
    assert [(problem.code, problem.line, problem.column) for problem in found.problems] == [
        ("two-columns", 1, 2)
    ]
    assert '--map "Task="' in found.problems[0].fix


def test_two_columns_that_the_user_maps_to_one_field_are_a_problem() -> None:
    assert codes(imported("A;B\nx;y", columns={"A": "title", "B": "title"})) == ["two-columns"]


def test_the_days_that_mbl_writes_beside_an_estimate_are_left_out() -> None:
    found = good("title,effort_days,estimate\nA,3.0,M")
    assert [draft.fields for draft in found.drafts] == [{"title": "A", "estimate": "M"}]
    assert '"effort_days" (estimate is taken from "estimate")' in said(found)


@pytest.mark.parametrize(
    "words", [("Must", "could have", ""), ("Muss", "Soll", "Kann"), ("必須", "", "すべき")]
)
def test_a_priority_in_moscow_words_is_the_bucket(words: tuple[str, ...]) -> None:
    found = good("Title;Priority\n" + "\n".join(f"{n};{word}" for n, word in enumerate(words)))
    assert found.drafts[0].fields["moscow"] == "must"


@pytest.mark.parametrize("words", [("high", "low"), ("1", "2"), ("A", "B")])
def test_any_other_priority_is_left_out_and_said(words: tuple[str, ...]) -> None:
    found = good("Title;Priority\n" + "\n".join(f"{n};{word}" for n, word in enumerate(words)))
    assert "moscow" not in found.drafts[0].fields
    assert 'left out: "Priority" (its values are not must, should, could or wont)' in said(found)


def test_one_odd_word_among_buckets_is_a_problem() -> None:
    assert at(imported("Title;Priority\nA;must\nB;could\nC;perhaps")) == [("unknown-moscow", 4)]


def test_a_moscow_column_beats_a_priority() -> None:
    found = good("Title;Priority;MoSCoW\nA;could;must")
    assert found.drafts[0].fields["moscow"] == "must"
