"""The replies of the team in replies/: theirs before those that mbl brings, and `check` finds what cannot be sent."""

import os
import re
from pathlib import Path

import pytest

from gitworld import is_root
from mbl import session
from mbl.core.replies.letters import PLACEHOLDERS
from mbl.core.replies.templates import TEMPLATES
from mbl.errors import MblError
from mbl.session.replies import languages, template, write_replies
from world import ROOT, changed, files, mbl


def reply(root: Path, name: str, content: str | bytes) -> Path:
    path = root / "replies" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems(root: Path) -> list[tuple[str, int, int, str]]:
    """The problems of the replies: path, line, column, code."""
    found = mbl("--root", str(root), "check", "-f", "json").json["problems"]
    return [
        (each["path"], each["line"], each["column"], each["code"])
        for each in found
        if each["path"].startswith("replies")
    ]


def test_without_files_the_words_are_those_that_mbl_brings(small: Path) -> None:
    at = session.place(None)
    assert languages(at) == ("de", "en", "es", "ja")
    assert {language: template(at, language) for language in TEMPLATES} == TEMPLATES
    assert (template(at, " EN "), problems(small)) == (TEMPLATES["en"], [])


def test_a_file_of_the_team_comes_first_and_a_fifth_language_is_one_more_file(small: Path) -> None:
    at = session.place(None)
    reply(small, "de.md", "Moin {requester},\r\n")
    reply(small, "pt-BR.md", "\ufeffOlá {requester}\n")
    reply(small, "notes.txt", "{nobody}")
    reply(small, ".draft.md", "{nobody}")
    (small / "replies/fr").mkdir()
    reply(small, "fr/fr.md", "{nobody}")
    assert template(at, "de") == "Moin {requester},\r\n"
    assert template(at, "pt-br") == template(at, "pt_BR") == "Olá {requester}\n"
    assert languages(at) == ("de", "en", "es", "ja", "pt-br")
    assert template(at, "en") == TEMPLATES["en"]
    assert problems(small) == []


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("fr", "There are: de, en, es, ja. A new language is one more file in replies/."),
        ("dee", "Did you mean de?"), ("", "There are:"), ("../mbl", "There are:"), ("readme", "There are:"),
        ("en/../de", "There are:"), ("日本", "There are:"), ("e\0n", "Did you mean en?"),
    ],
)  # fmt: skip
def test_a_language_that_nobody_wrote_is_refused(small: Path, language: str, hint: str) -> None:
    reply(small, "README.md", "how we write")
    with pytest.raises(MblError, match="There is no reply in") as caught:
        template(session.place(None), language)
    assert (caught.value.exit_code, caught.value.hint.startswith(hint)) == (2, True)


BAD = {
    "placeholder": ("Hello {requester},\n\nabout {titel}\n", (3, 7, "unknown-placeholder")),
    "picture": (b"\x89PNG\r\n\xff\xfe", (1, 0, "not-utf-8")),
    "book": ("x" * 1_000_001, (0, 0, "too-large")),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_sent_is_an_error_of_check_and_stops_a_no_before_it_is_saved(
    small: Path, case: str
) -> None:
    content, place = BAD[case]
    reply(small, "en.md", content)
    assert problems(small) == [("replies/en.md", *place)]
    assert mbl("check").code == 1
    before = files(small)
    for command in (
        ("decline", "poster"), ("edit", "poster", "--moscow", "wont"), ("review", "--decline", "poster"),
    ):  # fmt: skip
        said = mbl(*command)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("replies/en.md")
    assert files(small) == before
    for command in (
        ("accept", "fgh44"),
        ("list",),
        ("review", "--keep", "1"),
        ("decline", "poster", "--lang", "de"),
    ):
        assert mbl(*command).code == 0, command


def test_every_bad_placeholder_of_every_language_is_found_at_once(small: Path) -> None:
    reply(small, "en.md", "{a}\n{b|there}\n")
    reply(small, "ja.md", "{requester}\n<!-- {c} -->\n{d}")
    code = "unknown-placeholder"
    assert problems(small) == [
        ("replies/en.md", 1, 1, code), ("replies/en.md", 2, 1, code), ("replies/ja.md", 3, 1, code),
    ]  # fmt: skip


def test_links_folders_and_files_without_permission_are_named(small: Path) -> None:
    (small.parent / "secret.md").write_text("{nobody}")
    (small / "replies/es.md").mkdir(parents=True)
    (small / "replies/en.md").symlink_to(small.parent / "secret.md")
    (small / "replies/de.md").symlink_to("de.md")
    os.mkfifo(small / "replies/ja.md")
    expected = {"de": "unreadable", "en": "leads-out", "es": "unreadable", "ja": "unreadable"}
    if not is_root():
        reply(small, "fr.md", "x").chmod(0)
        expected["fr"] = "unreadable"
    assert {path[8:10]: code for path, _, _, code in problems(small)} == expected


def test_replies_that_are_a_file_or_lead_out_are_named_and_stop_nothing_else(small: Path) -> None:
    (small / "replies").write_text("x")
    assert problems(small) == [("replies", 0, 0, "unreadable")]
    (small / "replies").unlink()
    (small / "replies").symlink_to(small.parent)
    assert problems(small) == [("replies", 0, 0, "leads-out")]
    assert mbl("decline", "poster").code == 0


def test_init_writes_the_replies_and_leaves_those_that_are_there(here: Path) -> None:
    reply(here, "de.md", "Moin\n")
    assert mbl("init", "--no-git").code == 0
    texts = {path: text.decode() for path, text in files(here).items() if path.startswith("replies/")}
    others = {f"replies/{language}.md": TEMPLATES[language] for language in ("en", "es", "ja")}
    assert texts == {"replies/de.md": "Moin\n", **others}
    assert mbl("check").out == "5 files checked: all is well.\n"


def test_the_page_of_the_files_lists_every_placeholder() -> None:
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    assert dict(re.findall(r"^\| `\{(\w+)\}` \| (.+) \|$", page, re.MULTILINE)) == PLACEHOLDERS


def test_writing_them_again_changes_nothing(here: Path) -> None:
    write_replies(here)
    before = files(here)
    write_replies(here)
    assert changed(before, files(here)) == set()
