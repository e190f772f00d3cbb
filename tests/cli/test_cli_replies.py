"""Whoever is told no gets a reply, by whichever command it was said, in the language and the format asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from world import files, item, mbl, terminal, write_item

LETTER = "--- The reply to send ---"

NOES = {
    "decline": ("decline", "fgh44", "--reason", "No room"),
    "edit --status": ("edit", "fgh44", "--status", "declined", "--reason", "No room"),
    "edit --moscow": ("edit", "fgh44", "--moscow", "wont", "--reason", "No room"),
    "review": ("review", "--decline", "fgh44", "--reason", "No room"),
}


@pytest.mark.parametrize("case", NOES)
def test_every_no_prints_the_reply(small: Path, case: str) -> None:
    said = mbl(*NOES[case])
    assert said.code == 0, said.err
    assert said.out.splitlines()[0] == 'Declined "Newsletter in spring": No room'
    letter = said.out.partition(LETTER)[2].strip().splitlines()
    assert letter[0] == "Hello dealers,"
    assert "Thank you for asking us for “Newsletter in spring”. We will not do it this time." in letter
    assert "The reason: No room." in letter
    assert said.out.count(LETTER) == 1


@pytest.mark.parametrize("case", NOES)
@pytest.mark.parametrize(
    ("language", "greeting"), [("de", "Hallo dealers,"), ("es", "Hola, dealers:"), ("ja", "dealers様")]
)
def test_in_every_language(small: Path, case: str, language: str, greeting: str) -> None:
    assert mbl(*NOES[case], "--lang", language, "--dry-run").out.count(f"\n{greeting}\n") == 1
    assert item("fgh44")["status"] == "request"


def test_a_no_in_the_editor_of_the_list_prints_the_reply(small: Path, editor: Callable[..., Path]) -> None:
    editor("sed -i 's/^. kdw22/W kdw22/' \"$1\"")
    said = mbl("rank", "--edit", "--lang", "de")
    assert said.code == 0, said.err
    assert item("kdw22")["status"] == "dropped"
    assert "wir hatten „Webinar for CTOs“ zugesagt" in said.out
    assert "kommen wir am 20. Februar 2027 darauf zurück." in said.out


@pytest.mark.parametrize(
    "command",
    [("rank", "1", "--bottom"), ("edit", "1", "--owner", "zoe"), ("accept", "3"), ("review", "--keep", "1")],
)
def test_what_is_no_no_prints_no_reply(small: Path, command: tuple[str, ...]) -> None:
    said = mbl(*command)
    assert said.code == 0
    assert LETTER not in said.out


@pytest.mark.parametrize("command", [("rank", "1", "--bottom"), ("edit", "1", "--owner", "zoe")])
def test_a_language_without_a_no_is_refused(small: Path, command: tuple[str, ...]) -> None:
    before = files(small)
    said = mbl(*command, "--lang", "de")
    assert (said.code, said.out) == (2, "")
    assert "--lang" in said.err
    assert files(small) == before


def test_the_reply_is_printed_again_when_it_is_declined_again(small: Path) -> None:
    mbl("decline", "fgh44")
    before = files(small)
    said = mbl("decline", "fgh44", "--lang", "es")
    assert said.err == "Nothing to change.\n"
    assert "Hola, dealers:" in said.out
    assert files(small) == before
    assert "The reason: Too late." in mbl("decline", "fgh44", "--reason", "Too late").out


def test_as_json_the_replies_stand_behind_the_changes(small: Path) -> None:
    found = mbl("decline", "fgh44", "pqr66", "-f", "json").json
    assert list(found["replies"]) == ["fgh44", "pqr66"]
    assert found["replies"]["pqr66"].startswith("Hello VP Sales,\n\nWe promised you “Poster”")
    assert mbl("edit", "kdw22", "--moscow", "wont", "-f", "json").json["replies"].keys() == {"kdw22"}


def test_as_markdown_the_team_writes_markup_and_the_requester_text(small: Path) -> None:
    (small / "replies").mkdir()
    (small / "replies/en.md").write_text("Hello **{requester}**,\n\n> {title}\n\n{reason}\n\n- one\n- two\n")
    write_item(small, {"id": "zzz22", "title": "# Big *fair*\n<b>", "requester": "@ana"})
    out = mbl("decline", "zzz22", "--reason", "See [here](x)", "-f", "md").out
    assert out.partition("## ")[2].splitlines() == [
        "\\# Big \\*fair\\* &lt;b&gt;",
        "",
        "Hello **@&#8203;ana**,",
        "",
        "> \\# Big \\*fair\\* &lt;b&gt;",
        "",
        "See \\[here\\](x)",
        "",
        "- one",
        "- two",
    ]


def test_the_words_of_the_team_are_used_and_empty_paragraphs_left_out(small: Path) -> None:
    (small / "replies").mkdir()
    (small / "replies/en.md").write_text("Moin {requester},\n\nuntil {until}: {statement}\n\nno. {by}\n")
    out = mbl("decline", "poster", "--by", "cmo").out
    assert out.partition(LETTER)[2] == "\nMoin VP Sales,\n\nno. cmo\n"


def test_in_a_terminal_a_long_row_of_replies_is_cut_and_in_a_pipe_it_is_whole(small: Path) -> None:
    ids = [f"b{first}{second}22" for first in "bcdfg" for second in "bcdfg"]
    for id_ in ids:
        write_item(small, {"id": id_, "title": f"Wish {id_}", "rank": f"b0{id_[1:3]}V"})
    screen = terminal("decline", *ids, "--dry-run", width=100)
    assert screen.text.count(LETTER) == 20
    assert "… and 5 more replies: mbl decline ID prints each of them again." in screen.text
    assert mbl("decline", *ids, "--dry-run").out.count(LETTER) == 25


def test_the_reply_names_the_guidepoint_and_what_comes_first(acme: Path) -> None:
    out = mbl("decline", "webinar ctos", "--dry-run", "--lang", "de").out
    assert (
        "Bis zum 31. Dezember 2026 arbeiten wir auf ein Ziel hin: By the end of the year shippers come to us"
        in out
    )
    assert "An erster Stelle steht dabei: Shippers bring 3.0 million euros" in out
    assert "your marketing team at Acme" in mbl("decline", "webinar ctos", "--dry-run").out
