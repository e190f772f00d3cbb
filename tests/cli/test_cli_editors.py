"""The two commands that open the user's editor: `mbl edit REF` and `mbl rank --edit`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from world import changed, files, ids, item, mbl

Editor = Callable[..., Path]
LEAVE = "true"


def test_the_editor_gets_the_whole_file_and_a_valid_one_is_accepted(small: Path, editor: Editor) -> None:
    log = editor("sed -i 's/Webinar for CTOs/Webinar for CIOs/' \"$1\"")
    before = files(small)
    said = mbl("edit", "1")
    assert (said.code, said.out) == (0, 'Changed "Webinar for CTOs": now called "Webinar for CIOs"\n')
    assert (log / "1.txt").read_bytes() == before["items/kdw22.yaml"]
    assert changed(before, files(small)) == {"items/kdw22.yaml"}


def test_a_file_left_as_it_was_changes_nothing(small: Path, editor: Editor) -> None:
    editor(LEAVE)
    before = files(small)
    said = mbl("edit", "1")
    assert (said.code, said.out, said.err) == (0, "", "Nothing to change.\n")
    assert files(small) == before


def test_what_is_invalid_comes_back_with_every_reason_on_top(small: Path, editor: Editor) -> None:
    log = editor(
        "sed -i 's/must/mst/; s/5d/five bananas/' \"$1\"",
        "sed -i 's/mst/should/; s/five bananas/6d/' \"$1\"",
    )
    said = mbl("edit", "1")
    assert said.code == 0, said.err
    second = (log / "2.txt").read_text()
    reasons = [line for line in second.splitlines() if line.startswith("#! ")]
    assert any("moscow" in line for line in reasons)
    assert any("estimate" in line for line in reasons)
    assert second.splitlines()[0].startswith("#! ")
    assert 'moscow: "mst"' in second, "what was typed is kept"
    assert (item("1")["moscow"], item("1")["effort_days"]) == ("should", 6)
    assert "#!" not in (small / "items/kdw22.yaml").read_text()


def test_giving_up_on_a_file_that_cannot_be_read_changes_nothing(small: Path, editor: Editor) -> None:
    editor("echo 'title: [' > \"$1\"", LEAVE)
    before = files(small)
    said = mbl("edit", "1")
    assert (said.code, said.out) == (1, "")
    assert "Nothing was changed" in said.err
    assert "not valid YAML" in said.err
    assert files(small) == before


def test_an_id_stays(small: Path, editor: Editor) -> None:
    log = editor("sed -i 's/kdw22/kdw99/' \"$1\"", LEAVE)
    before = files(small)
    said = mbl("edit", "1")
    assert said.code == 1
    assert "The id must stay kdw22" in (log / "2.txt").read_text()
    assert files(small) == before


def test_a_file_that_changed_meanwhile_is_not_overwritten(small: Path, editor: Editor) -> None:
    path = small / "items" / "kdw22.yaml"
    editor(f"echo 'owner: ben' >> {path}; echo 'owner: ana' >> \"$1\"")
    said = mbl("edit", "1")
    assert (said.code, said.out) == (1, "")
    assert path.read_text().endswith("owner: ben\n")


def test_a_dry_run_in_the_editor_writes_nothing(small: Path, editor: Editor) -> None:
    editor("sed -i 's/Webinar/Seminar/' \"$1\"")
    before = files(small)
    assert (
        mbl("edit", "1", "--dry-run").out
        == 'Would change "Webinar for CTOs": now called "Seminar for CTOs"\n'
    )
    assert files(small) == before


def test_only_one_file_at_a_time(small: Path, editor: Editor) -> None:
    editor(LEAVE)
    said = mbl("edit", "1", "2")
    assert (said.code, said.out) == (2, "")
    assert "One file at a time" in said.err


FAILING = (
    ("exit 3", "ended with an error (3)"),
    ('rm "$1"', "could not be read"),
    ("printf '\\377\\376' > \"$1\"", "could not be read"),
)


@pytest.mark.parametrize(("script", "sentence"), FAILING)
@pytest.mark.parametrize("command", [("edit", "1"), ("rank", "--edit")])
def test_an_editor_that_fails_changes_nothing(
    small: Path, editor: Editor, command: tuple[str, ...], script: str, sentence: str
) -> None:
    editor(script)
    before = files(small)
    said = mbl(*command)
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert files(small) == before


@pytest.mark.parametrize("command", [("edit", "1"), ("rank", "--edit")])
def test_an_editor_that_does_not_exist_is_named(
    small: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("EDITOR", "/nowhere/editor --wait")
    said = mbl(*command)
    assert (said.code, said.out) == (1, "")
    assert "/nowhere/editor --wait" in said.err
    assert "Set EDITOR" in said.err


def test_the_list_to_edit_is_one_line_a_request_and_says_how(small: Path, editor: Editor) -> None:
    log = editor(LEAVE)
    before = files(small)
    said = mbl("rank", "--edit")
    assert (said.code, said.out, said.err) == (0, "", "Nothing to change.\n")
    assert files(small) == before
    lines = (log / "1.txt").read_text().splitlines()
    assert lines[:5] == [
        "M kdw22 Webinar for CTOs  (vp-sales)",
        "S kdw33 Landing page  (cmo)",
        "- fgh44 Newsletter in spring  (dealers)",
        "- xzc55 Newsletter in autumn  (dealers)",
        "C pqr66 Poster  (VP Sales)",
    ]
    assert all(line == "" or line.startswith("#") for line in lines[5:])
    assert all(len(line) <= 80 for line in lines)


def test_moved_lines_and_changed_letters(small: Path, editor: Editor) -> None:
    editor("""
sed -i -e 's/^C pqr66/m pqr66/' -e 's/^- fgh44 .*/W fgh44/' -e 's/^S kdw33/- kdw33/' "$1"
{ grep pqr66 "$1"; grep -v pqr66 "$1"; } > new && mv new "$1"
""")
    before = files(small)
    said = mbl("rank", "--edit")
    assert said.code == 0, said.err
    assert ids(mbl("list", "-f", "json")) == ["pqr66", "kdw22", "kdw33", "xzc55"]
    assert (item("pqr66")["moscow"], item("kdw33")["moscow"]) == ("must", None)
    assert (item("fgh44")["status"], item("fgh44")["moscow"]) == ("declined", "wont")
    assert item("fgh44")["ended"]["by"] == "ana"
    assert changed(before, files(small)) == {"items/pqr66.yaml", "items/kdw33.yaml", "items/fgh44.yaml"}
    assert 'Moved "Poster"' in said.out


def test_one_moved_line_rewrites_one_file(acme: Path, editor: Editor) -> None:
    editor('{ sed -n 30p "$1"; sed 30d "$1"; } > new && mv new "$1"')
    before = files(acme)
    said = mbl("rank", "--edit", "-f", "json")
    assert [(one["before"], one["after"]) for one in said.json["changes"]] == [(30, 1)]
    assert changed(before, files(acme)) == set(said.json["paths"])
    assert len(said.json["paths"]) == 1


BROKEN = (
    ('sed -i /fgh44/d "$1"', "The line of fgh44", "is gone: put it back"),
    ("sed -i '/fgh44/p' \"$1\"", "fgh44", "stands here twice"),
    ("sed -i 's/^- fgh44/X fgh44/' \"$1\"", "Line 3:", "should begin with M, S, C, W or -"),
    ("sed -i 's/fgh44/fgh99/' \"$1\"", "fgh99", "is no open request"),
    ("sed -i 's/fgh44/hrd77/' \"$1\"", "hrd77", "is no open request"),
    ('echo garbage > "$1"', "Line 1:", "should begin with"),
    ("printf '' > \"$1\"", "The line of kdw22", "is gone"),
)


@pytest.mark.parametrize(("script", "where", "sentence"), BROKEN)
def test_a_list_that_cannot_be_read_reopens_with_the_reason_on_top(
    small: Path, editor: Editor, script: str, where: str, sentence: str
) -> None:
    log = editor(script, LEAVE)
    before = files(small)
    said = mbl("rank", "--edit")
    assert (said.code, said.out) == (1, "")
    assert "Nothing was changed." in said.err
    reasons = [line for line in (log / "2.txt").read_text().splitlines() if line.startswith("#! ")]
    assert any(where in line and sentence in line for line in reasons)
    assert (log / "2.txt").read_text().startswith("#! ")
    assert files(small) == before


def test_a_list_mended_in_the_second_try_is_taken(small: Path, editor: Editor) -> None:
    editor('sed -i /fgh44/d "$1"', "echo '- fgh44' >> \"$1\"")
    said = mbl("rank", "--edit")
    assert said.code == 0, said.err
    assert ids(mbl("list", "-f", "json")) == ["kdw22", "kdw33", "xzc55", "pqr66", "fgh44"]


def test_a_list_undone_in_the_second_try_changes_nothing(small: Path, editor: Editor) -> None:
    before = files(small)
    log = editor('cp "$1" kept && sed -i /fgh44/d "$1"', 'cp kept "$1"')
    said = mbl("rank", "--edit")
    assert (said.code, said.out) == (0, "")
    assert (log / "2.txt").exists()
    assert files(small) == before


def test_a_list_that_changed_meanwhile_is_not_overwritten(small: Path, editor: Editor) -> None:
    path = small / "items" / "pqr66.yaml"
    editor(f'sed -i s/a5/a0/ {path}; {{ sed -n 3p "$1"; sed 3d "$1"; }} > new && mv new "$1"')
    said = mbl("rank", "--edit")
    assert (said.code, said.out) == (1, "")
    assert "The list changed while you were editing: nothing was saved." in said.err
    assert ids(mbl("list", "-f", "json")) == ["pqr66", "kdw22", "kdw33", "fgh44", "xzc55"]


def test_titles_cannot_break_the_lines_of_the_list(small: Path, editor: Editor) -> None:
    log = editor(LEAVE)
    for title in ("two\nlines\rhere", "# no comment", "\x1b[31mred", "x" * 5000, "M kdw22 fake"):
        assert mbl("add", "--", title).code == 0
    assert mbl("rank", "--edit").err == "Nothing to change.\n"
    lines = [line for line in (log / "1.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert len(lines) == 10
    assert all(line.isprintable() and len(line) < 160 for line in lines)
