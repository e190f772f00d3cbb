import pytest
from importing import at, codes, good, imported, said, titles

LIST = "Titel;Wer fragt\nMesse Köln;Büro\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_common_encoding_is_read(encoding: str) -> None:
    found = good(LIST.encode(encoding))
    assert titles(found) == ["Messe Köln"]
    assert ("cp1252" in said(found)) == (encoding == "cp1252")


def test_big_endian_text_with_a_mark_is_read() -> None:
    assert titles(good(b"\xfe\xff" + LIST.encode("utf-16-be"))) == ["Messe Köln"]


def test_the_text_of_japanese_windows_is_read_and_said() -> None:
    found = good("タイトル,依頼者\n展示会のパネル,営業部\n".encode("cp932"))
    assert titles(found) == ["展示会のパネル"]
    assert "cp932" in said(found)


def test_western_text_is_never_taken_for_japanese() -> None:
    title = "Größe für Café – „Ärzte“ ÄÖÜß ñ é"
    assert titles(good(f"Titel;Nr\n{title};1".encode("cp1252"))) == [title]


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0",
        b"Title\nA\0B",
        b"\xff\xfeT",
        "Title\nA".encode("utf-16-le"),
        b"Title\n\x81\x8d",
    ],
)
def test_what_is_no_text_is_one_clear_problem(content: bytes) -> None:
    found = imported(content)
    assert (codes(found), found.drafts) == (["not-text"], ())


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\r\n  \n", b";;;\n;;\n"])
def test_an_empty_file_is_one_problem(content: bytes) -> None:
    assert codes(imported(content)) == ["empty-file"]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Title;Owner\nA, B and C;ana\n", ["A, B and C"]),
        ("Title,Owner\nA; B; C,ana\n", ["A; B; C"]),
        ("Title\tOwner\nA, B; C\tana\n", ["A, B; C"]),
        ("Title\nA, B and C\nD; E\n", ["A, B and C", "D; E"]),
        ("My list, as of May, in full\nTitle;Owner\nA;ana\n", ["A"]),
        ('Title,"Owner; who does it"\nA,ana\n', ["A"]),
        ("sep=,\nTitle,Owner\nA;B,ana\n", ["A;B"]),
        ("sep=|\nTitle|Owner\nA;B|ana\n", ["A;B"]),
        ('"Title";"Owner"\r\n"A;B";"a,n,a"\r\n', ["A;B"]),
        ("Title;Estimate\nA;2,5\nB;3,5\n", ["A", "B"]),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_header(content: str, wanted: list[str]) -> None:
    assert titles(good(content)) == wanted


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end: str) -> None:
    found = good(end.join(["Title;Notes", 'A;"x', 'y"', "", "B;", ""]))
    assert [(draft.line, draft.fields["title"]) for draft in found.drafts] == [(2, "A"), (5, "B")]


@pytest.mark.parametrize(
    "above",
    [
        "Requests of sales 2026\n",
        "\n\n\n",
        "Requests;;\nAs of;30.09.2026;\n\n",
        "Owner: Ana;;\n;;\nTitle: our list;;\n",
        "Title;Marketing list;\n",
        "x;y;z\n" * 60,
    ],
)
def test_the_header_may_stand_further_down(above: str) -> None:
    found = good(f"{above}Nr;Title;Estimate\n1;A;2d\n")
    assert [(draft.fields, draft.line) for draft in found.drafts] == [
        ({"title": "A", "estimate": "2d"}, above.count("\n") + 2)
    ]


def test_a_quote_that_never_closes_names_its_row_and_keeps_what_stands_before() -> None:
    found = imported('Title;Notes\nA;ok\n"B;x\nC;y\n')
    assert at(found) == [("open-quote", 3)]
    assert titles(found) == ["A"]


def test_a_cell_that_is_too_long_is_a_problem_with_its_line() -> None:
    found = imported(f"Title;Notes\nA;ok\nB;{'x' * 10_000_000}\nC;y\n")
    assert at(found) == [("cell-too-long", 3)]
    assert "131,072 characters" in found.problems[0].message


def test_a_first_cell_that_is_too_long_is_a_problem_too() -> None:
    assert codes(imported("x" * 10_000_000)) == ["cell-too-long"]
