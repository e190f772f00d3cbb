"""`mbl edit` and `mbl rank --edit` in the user's editor, while somebody else is at work, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gitworld import committed, program
from mbl.errors import MblError
from mbl.storage import editor as storage
from world import MBL, changed, files, mbl

WEBINAR, POSTER = "items/kdw22.yaml", "items/pqr66.yaml"
Editor = Callable[..., Path]


@pytest.fixture
def edits(here: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """`edits(script)`: the editor is this shell script; the file is `$1`."""

    def set_to(script: str) -> Path:
        path = program(here.parent / "editor of mine", "ed", script)
        monkeypatch.setenv("EDITOR", f"'{path}'")
        return path

    return set_to


def test_an_edited_file_is_saved_byte_for_byte(repo: Path, edits: Editor) -> None:
    edits("""sed -i 's/"5d"/8d   # a guess/' "$1"; printf 'x-mine:   [1,2]' >> "$1" """)
    old = (repo / WEBINAR).read_text()
    said = mbl("edit", "1", "--commit")
    assert said.code == 0, said.err
    assert (repo / WEBINAR).read_text() == old.replace('"5d"', "8d   # a guess") + "x-mine:   [1,2]"
    assert committed(repo) == [WEBINAR]


def test_a_file_left_as_it_is_changes_nothing(repo: Path, edits: Editor) -> None:
    edits("true")
    before = files(repo)
    said = mbl("edit", "1", "--commit")
    assert (said.code, said.err, files(repo)) == (0, "Nothing to change.\n", before)


def test_a_dry_run_of_an_edited_file_writes_nothing(repo: Path, edits: Editor) -> None:
    edits("""sed -i 's/"5d"/8d/' "$1" """)
    before = files(repo)
    said = mbl("edit", "1", "--dry-run")
    assert (said.code, files(repo)) == (0, before)
    assert "8d" in said.out


def test_another_file_may_change_meanwhile(repo: Path, edits: Editor) -> None:
    edits(f"""sed -i 's/"5d"/8d/' "$1"; '{MBL[0]}' -m mbl --root '{repo}' rank Poster --top""")
    said = mbl("edit", "1")
    assert said.code == 0, said.err
    assert "8d" in (repo / WEBINAR).read_text()
    assert mbl("list", "-f", "json").json["items"][0]["title"] == "Poster"


def test_the_same_file_changed_meanwhile_is_not_overwritten_and_the_text_is_kept(
    repo: Path, edits: Editor
) -> None:
    edits(f"""sed -i 's/"5d"/8d/' "$1"; echo 'owner: ben' >> '{repo / WEBINAR}'""")
    said = mbl("edit", "1")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{WEBINAR} changed while you were editing: nothing was saved.")
    assert "owner: ben" in (repo / WEBINAR).read_text()
    kept = repo / ".git/mbl/edited" / WEBINAR
    assert str(kept) in said.err
    assert "8d" in kept.read_text()


def test_a_list_changed_meanwhile_is_not_overwritten(repo: Path, edits: Editor) -> None:
    edits(
        f"""'{MBL[0]}' -m mbl --root '{repo}' add "Fair in May"; """
        """sed -i -n '1h; 2{p;x;p;b}; 1!p' "$1" """
    )
    before = files(repo)
    said = mbl("rank", "--edit")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("The list changed while you were editing: nothing was saved.")
    assert {path for path in changed(before, files(repo)) if path in before} == set()


def test_the_id_cannot_be_edited_away(repo: Path, edits: Editor) -> None:
    edits("""sed -i 's/kdw22/kdw23/' "$1" """)
    before = files(repo)
    said = mbl("edit", "1")
    assert (said.code, files(repo)) == (1, before)
    assert "The id must stay kdw22" in said.err


def test_a_faulty_text_opens_again_with_the_reason_on_top(repo: Path, edits: Editor) -> None:
    log = repo.parent / "log"
    edits(
        f"""cat "$1" >> '{log}'; if grep -q '^#! ' "$1"; then sed -i 's/estimate: soon/estimate: 3d/' "$1";"""
        """ else sed -i 's/estimate:.*/estimate: soon-ish/; s/soon-ish/soon, perhaps/; s/estimate: .*/estimate: soon/;"""
        """ s/^type:.*/statsu: doing/' "$1"; fi; grep -q '^#! ' "$1" && sed -i 's/^statsu: .*/type: webinar/' "$1"; true"""
    )
    said = mbl("edit", "1")
    assert said.code == 0, said.err
    assert "#! " in log.read_text()
    assert "unknown key statsu" in log.read_text()
    text = (repo / WEBINAR).read_text()
    assert "#! " not in text
    assert "statsu" not in text


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("false", "The editor ended with an error (1): nothing was changed."),
        ("no-such-editor --wait", "The editor could not be started (no-such-editor --wait)"),
        ("'unclosed", "The editor could not be started ('unclosed)"),
        ("rm", "The edited text could not be read"),
        ("  ", "The editor could not be started"),
    ],
)
def test_an_editor_that_fails_changes_nothing(
    repo: Path, editor: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    before = files(repo)
    told = mbl("edit", "1")
    assert (told.code, files(repo)) == (1, before)
    assert told.err.startswith(said)


def test_a_text_that_stays_faulty_is_given_up(monkeypatch: pytest.MonkeyPatch, edits: Editor) -> None:
    edits("""grep -q '^#! ' "$1" || echo wrong >> "$1" """)

    def read(text: str) -> str:
        raise MblError("Not like this.", hint="Like that.")

    with pytest.raises(MblError, match=r"Nothing was changed\. Not like this\."):
        storage.edited("one\n", name="list.txt", read=read)


def test_visual_goes_before_editor(repo: Path, edits: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", str(edits("""sed -i 's/"5d"/8d/' "$1" """)).replace(" ", "\\ "))
    monkeypatch.setenv("EDITOR", "false")
    assert mbl("edit", "1").code == 0
