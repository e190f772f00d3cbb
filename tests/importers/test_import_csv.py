import csv as standard
import io
import re
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from importing import at, codes, good, imported, said, titles, values
from pydantic import TypeAdapter

from mbl.importers.draft import Drafts
from mbl.importers.headers import FIELDS
from mbl.model.item import Item


def test_every_field_of_a_list_arrives_in_the_spelling_of_the_files() -> None:
    header = (
        "id,title,status,accepted,started,ended,requester,moscow,requested,estimate,type,outcomes,how,remaining,team,"
        "owner,audience,channel,due,labels,links,description,reason,key"
    )
    row = (
        'k7f3x,Webinar for CTOs,dropped,2026-10-05,2026-11-02,2026-11-12,vp-sales,must,2026-10-01,2d-8d,webinar,"pipeline,'
        'brand",They book demos,2d,growth,ana,cto,event,2026-12-01,q4;launch,https://a.example https://b.example,'
        '"First line\nSecond line",Too late,T-1'
    )
    found = good(f"{header}\n{row}\n")
    (draft,) = found.drafts
    assert (draft.path, draft.line, draft.id, draft.key) == ("lists/sales.csv", 2, "k7f3x", "T-1")
    assert draft.fields == {
        "title": "Webinar for CTOs",
        "status": "dropped",
        "accepted": "2026-10-05",
        "started": "2026-11-02",
        "ended": "2026-11-12",
        "requester": "vp-sales",
        "moscow": "must",
        "requested": "2026-10-01",
        "estimate": "2d-8d",
        "type": "webinar",
        "outcomes": ("pipeline", "brand"),
        "how": "They book demos",
        "remaining": "2d",
        "team": "growth",
        "owner": "ana",
        "audience": "cto",
        "channel": "event",
        "due": "2026-12-01",
        "labels": ("q4", "launch"),
        "links": ("https://a.example", "https://b.example"),
        "description": "First line\nSecond line",
        "reason": "Too late",
    }


def test_what_arrives_is_valid_in_the_model() -> None:
    found = good(
        "id;Title;Status;Estimate;Due;Outcomes;Team;Labels;Links;Remaining;MoSCoW\n"
        "k7f3x;A;läuft;2-4 Tage;Nov 2026;more leads, brand;Growth Team;Q4 launch;https://a.example;1,5;Should-have"
    )
    (draft,) = found.drafts
    item = TypeAdapter(Item).validate_python({"id": draft.id, **draft.fields})
    assert (item.estimate, item.due, item.outcomes) == ("2d-4d", date(2026, 11, 30), ("more-leads", "brand"))


def test_every_field_that_a_list_can_have_is_one_of_an_item() -> None:
    assert set(FIELDS) - {"key", "reason"} <= {field.name for field in fields(Item)}


def test_the_source_is_the_file_without_folder_and_ending() -> None:
    assert good("Title\nA").source == "sales"


@pytest.mark.parametrize(
    "content",
    [
        "Nr;Titel;Wer fragt;Aufwand (Tage);Fällig;Status;Priorität\n1;Flyer;Vertrieb;2,5;31.12.2026;In Arbeit;Muss",
        "No.,Title,Requested by,Effort [days],Due date,Status,MoSCoW\n1,Flyer,Vertrieb,2.5,12/31/2026,In progress,Must",
        "N°;Título;Solicitante;Esfuerzo (días);Fecha límite;Estado;Prioridad\n1;Flyer;Vertrieb;2,5;31/12/2026;En curso;Debe",
        "番号\tタイトル\t依頼者\t工数（人日）\t納期\t状態\t優先度\n1\tFlyer\tVertrieb\t2.5\t2026年12月31日\t進行中\t必須",
    ],
)
def test_one_request_reads_the_same_in_four_languages(content: str) -> None:
    (draft,) = good(content).drafts
    assert draft.key == "1"
    assert draft.fields == {
        "title": "Flyer",
        "requester": "Vertrieb",
        "estimate": "2.5d",
        "due": "2026-12-31",
        "status": "doing",
        "moscow": "must",
    }


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("  Webinar\t", "Webinar"),
        ('"Web\r\ninar"', "Web inar"),
        ('"Web  \n\n  inar"', "Web inar"),
        ('"=cmd()"', "=cmd()"),
        ("-5 % offer", "-5 % offer"),
        ("+1", "+1"),
        ("../../etc", "../../etc"),
        ("[red]x[/red]", "[red]x[/red]"),
        ("a\x1b[31mb", "a\x1b[31mb"),
        ("a\u202eb", "a\u202eb"),
        ('"Say ""yes"""', 'Say "yes"'),
        ('5" banner', '5" banner'),
        ("x" * 5000, "x" * 5000),
        ("展示会 🎪", "展示会 🎪"),
    ],
)
def test_a_title_stays_as_it_is_in_one_line(title: str, kept: str) -> None:
    assert titles(good(f"Title;Owner\n{title};ana")) == [kept]


@pytest.mark.parametrize(
    "cell",
    [" " * 100_000 + "x", "x" + " " * 100_000 + "y", "(x" * 50_000, "\n" * 50_000 + "x", "1" * 100_000],
)
def test_a_very_long_cell_never_hangs(cell: str) -> None:
    found = imported(f'Title;Notes;Estimate;Due;Labels;Links;Status;MoSCoW\n"{cell}"' + f';"{cell}"' * 7)
    assert codes(found) == ["unknown-effort", "unknown-date", "unknown-status", "unknown-moscow"]
    assert len(found.drafts) == 1


def test_empty_cells_are_no_fields_and_short_rows_are_fine() -> None:
    first, second = good("Title;Owner;Estimate\nA\nB; ;2").drafts
    assert (first.fields, second.fields) == ({"title": "A"}, {"title": "B", "estimate": "2d"})


def test_the_user_fills_in_requester_and_owner_where_the_list_does_not() -> None:
    first, second = good("Title;Requester\nA;hr\nB;", requester="sales", owner="ana").drafts
    assert first.fields == {"title": "A", "requester": "hr", "owner": "ana"}
    assert second.fields == {"title": "B", "requester": "sales", "owner": "ana"}
    assert (first.key, second.key) == ("a|hr", "b|sales")


@pytest.mark.parametrize("header", ["Team", "Audience"])
def test_a_name_of_several_words_becomes_one_word_and_the_remarks_say_so(header: str) -> None:
    found = good(f"Title;{header}\nA;Growth Team\nB;SEO")
    assert [draft.fields[header.lower()] for draft in found.drafts] == ["growth-team", "SEO"]
    assert '"Growth Team" → growth-team' in said(found)


@pytest.mark.parametrize("mark", [", ", ";", " | ", "\n", "\r\n"])
def test_lists_are_split_at_every_common_mark(mark: str) -> None:
    assert values("outcomes", "Outcomes", f"pipeline{mark}brand love{mark}") == [("pipeline", "brand-love")]


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("https://a.example/x,y https://b.example", ("https://a.example/x,y", "https://b.example")),
        ("https://a.example\nhttps://b.example", ("https://a.example", "https://b.example")),
        ("Brief on the shared drive", ("Brief on the shared drive",)),
    ],
)
def test_links_are_split_at_spaces(cell: str, links: tuple[str, ...]) -> None:
    assert values("links", "Links", cell) == [links]


def test_several_columns_of_labels_and_notes_are_joined() -> None:
    (draft,) = good("Title;Tags;Category;Notes;Comment\nA;q4,web;web,print;One;Two").drafts
    assert draft.fields["labels"] == ("q4", "web", "print")
    assert draft.fields["description"] == "One\n\nTwo"


def test_what_was_read_and_what_was_left_out_is_said() -> None:
    remarks = said(good("Titel;Aufwand (Tage);Datum;Budget;\nA;1;x;5;note"))
    assert 'read: "Titel" → title, "Aufwand (Tage)" → estimate (days)' in remarks
    assert 'left out: "Datum", "Budget", column 5 (no header)' in remarks


def test_nothing_is_said_of_empty_columns_without_a_header() -> None:
    assert "left out" not in said(good("Title;;\nA;;"))


def test_all_problems_of_a_file_come_at_once_in_the_order_of_its_lines() -> None:
    found = imported("Title;Estimate;Due;Status\nA;soon;31.02.2026;foo\n;2;;\nB;1;2;3;4;5\nC;1.000;;")
    assert at(found) == [
        ("unknown-effort", 2),
        ("no-such-date", 2),
        ("unknown-status", 2),
        ("no-title", 3),
        ("too-many-cells", 4),
        ("ambiguous-number", 5),
    ]


def test_a_problem_names_the_line_where_its_row_begins() -> None:
    found = imported(
        'List of sales\r\n\r\nTitle;Notes;Due\r\nA;"one\ntwo\r\nthree";2026-01-01\r\n\r\nB;"x\ny";never'
    )
    assert at(found) == [("unknown-date", 8)]
    assert [draft.line for draft in found.drafts] == [4, 8]


def test_a_list_without_requests_says_so() -> None:
    found = good("Title;Estimate\n;\n")
    assert found.drafts == ()
    assert "there are no requests below the header" in found.remarks


def test_progress_is_told_about_every_hundred_rows() -> None:
    told: list[tuple[int, int]] = []
    good(
        "Title\n" + "\n".join(f"Item {n}" for n in range(250)),
        advance=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, 250), (100, 250), (200, 250), (250, 250)]


class TestKeys:
    def test_the_own_key_of_a_row_is_its_key(self) -> None:
        assert [draft.key for draft in good("Ticket;Title\nM-1;A\n;B").drafts] == ["M-1", "b|"]

    def test_without_one_the_title_and_the_requester_are(self) -> None:
        (draft,) = good('Title;Requester\n"  Ｗebinar   for\nCTOs ";VP  Sales').drafts
        assert draft.key == "webinar for ctos|vp sales"

    def test_two_rows_with_one_key_are_a_problem(self) -> None:
        found = imported("Nr;Title\n7;A\n8;B\n7;C")
        assert at(found) == [("duplicate-key", 4)]
        assert "line 2" in found.problems[0].message

    def test_equal_titles_of_one_requester_are_numbered_and_counted(self) -> None:
        found = good("Title;Requester\nFlyer;hr\nflyer ;HR\nFlyer;sales\nFLYER;hr")
        assert [draft.key for draft in found.drafts] == [
            "flyer|hr",
            "flyer|hr#2",
            "flyer|sales",
            "flyer|hr#3",
        ]
        assert "2 rows have the title and requester of an earlier row" in said(found)
        assert "(line 3, 5)" in said(found)

    def test_no_two_keys_are_ever_equal(self) -> None:
        rows = ["a;b", "a;b", "a;b#2", "a;b#2", "a;b"]
        keys = [draft.key for draft in good("Title;Requester\n" + "\n".join(rows)).drafts]
        assert len(set(keys)) == len(rows)

    def test_an_own_key_is_not_taken_by_a_title(self) -> None:
        assert [draft.key for draft in good("Key;Title\n;A\na|;B").drafts] == ["a|#2", "a|"]

    def test_the_keys_do_not_depend_on_the_other_columns(self) -> None:
        before = good("Title;Requester\nA;hr\nB;hr")
        after = good("Requester,Notes,Title\nhr,new,B\nhr,,A")
        assert {draft.key for draft in before.drafts} == {draft.key for draft in after.drafts}


class TestIds:
    def test_an_id_of_mbl_is_the_id(self) -> None:
        assert [draft.id for draft in good("ID;Title\nk7f3x;A\n;B").drafts] == ["k7f3x", None]

    def test_running_numbers_under_id_are_the_lists_own_keys(self) -> None:
        found = good("ID;Title\n1;A\n2;B")
        assert [(draft.id, draft.key) for draft in found.drafts] == [(None, "1"), (None, "2")]
        assert '"ID" → key (its values are no mbl ids)' in said(found)

    def test_beside_a_key_column_other_ids_are_left_out(self) -> None:
        found = good("ID;Nr;Title\nx1;7;A")
        assert [(draft.id, draft.key) for draft in found.drafts] == [(None, "7")]
        assert 'left out: "ID" (its values are no mbl ids)' in said(found)

    def test_a_mistyped_id_among_others_is_a_problem(self) -> None:
        assert at(imported("ID;Title\nk7f3x;A\nk7f3;B")) == [("bad-id", 3)]

    def test_what_the_user_calls_an_id_must_be_one(self) -> None:
        assert at(imported("Code;Title\n1;A", columns={"Code": "id"})) == [("bad-id", 2)]

    def test_an_id_that_comes_twice_is_a_problem(self) -> None:
        assert at(imported("ID;Title\nk7f3x;A\nk7f3x;B")) == [("duplicate-id", 3)]


TITLE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(
    st.lists(TITLE.filter(str.strip), min_size=1, max_size=8),
    st.sampled_from(";,\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example(["a;b", "c\td", 'e"f', "g,h"], ";", "\r\n", "utf-8")
def test_titles_come_back_whatever_the_delimiter_the_line_ends_and_the_encoding(
    wanted: list[str], delimiter: str, end: str, encoding: str
) -> None:
    text = io.StringIO(newline="")
    writer = standard.writer(text, delimiter=delimiter, lineterminator=end, quoting=standard.QUOTE_ALL)
    writer.writerows([("Title", "Requester"), *((title, "hr") for title in wanted)])
    found = good(text.getvalue().encode(encoding))
    assert [_unspaced(title) for title in titles(found)] == [_unspaced(title) for title in wanted]
    assert all(
        _bare(title) == back for title, back in zip(wanted, titles(found), strict=True) if _is_line(title)
    )
    assert all(_is_line(str(back)) for back in titles(found))


@given(
    st.lists(
        st.text("abc d'äé展=-", min_size=1, max_size=10).filter(str.strip),
        min_size=1,
        max_size=8,
        unique_by=str.strip,
    ),
    st.sampled_from(";,\t"),
)
def test_titles_come_back_without_quotes(wanted: list[str], delimiter: str) -> None:
    rows = [f"{title}{delimiter}hr" for title in wanted]
    assert titles(good("\n".join([f"Title{delimiter}Requester", *rows]))) == list(map(_bare, wanted))


def test_the_apostrophe_before_a_formula_is_the_spreadsheets_not_the_titles() -> None:
    assert titles(good("Title\n'=1+1\n'+49 call\n'-20 %\n'@home\n'twas\n")) == [
        "=1+1", "+49 call", "-20 %", "@home", "'twas",
    ]  # fmt: skip


def _bare(title: str) -> str:
    return re.sub(r"^'(?=\s*[=+@＝＋＠－-])", "", title.strip()).strip()


def _unspaced(text: object) -> str:
    return "".join(_bare(str(text)).split())


def _is_line(text: str) -> bool:
    return not re.search("[\r\n]", text)


SEEDS = (
    "Nr;Titel;Aufwand (Tage);Fällig;Status;Priorität\n1;Webinar;2,5;31.12.2026;erledigt;Muss\n",
    "id,title,estimate,due,labels\nk7f3x,A,2/4/12,03/04/2026,x\n",
)
WISHES = st.fixed_dictionaries(
    {},
    optional={
        "columns": st.dictionaries(
            st.sampled_from(["Titel", "due", "X", ""]), st.sampled_from(["title", "due:mdy", "", "x:y"])
        ),
        "point": st.sampled_from(["1d", "x", ""]),
    },
)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.tuples(st.sampled_from(SEEDS), st.text(';,\t\n\r"0123./- adhw?é日', max_size=80)).map(
            lambda both: "".join(both).encode()
        ),
        st.tuples(st.sampled_from(SEEDS), st.binary(max_size=40), st.integers(0, 80)).map(
            lambda cut: cut[0].encode()[: cut[2]] + cut[1] + cut[0].encode()[cut[2] :]
        ),
    ),
    WISHES,
)
def test_no_bytes_and_no_wishes_ever_raise(content: bytes, wishes: dict[str, Any]) -> None:
    found: Drafts = imported(content, **wishes)
    for problem in found.problems:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", problem.code)
        assert problem.message.endswith((".", ")"))
        assert problem.fix.endswith((".", '"', "d"))
    named = [str(draft.fields.get("title", "")).strip() or draft.id for draft in found.drafts]
    assert all(named) or found.problems
    assert found.drafts or found.problems or found.remarks


def test_a_large_list_is_read_whole() -> None:
    rows = "\n".join(f"Item {n};{n % 9}d;{n % 28 + 1}.11.2026;doing" for n in range(10_000))
    assert len(good(f"Title;Estimate;Due;Status\n{rows}").drafts) == 10_000


def test_a_wrong_map_and_a_missing_title_are_told_together() -> None:
    assert codes(imported("Foo;Bar\n1;2", columns={"Baz": "title"})) == ["unknown-column", "no-title-column"]
