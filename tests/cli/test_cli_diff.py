"""`mbl diff`: on the screen, in a pipe, for a pull request and for programs; and every name that is none."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from gitworld import git, pin, repository, state
from world import mbl, process, terminal, write_backlog

NASTY = "[red]@cmo[/red] `$(touch pwned)` \x1b[31m#1 <b>"


@pytest.fixture(autouse=True)
def _ana(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


@pytest.fixture
def changed(acme: Path) -> Path:
    """The example in a repository, on the branch november with a commit and a change that is not committed."""
    repository(acme)
    git(acme, "add", "--all")
    git(acme, "commit", "--quiet", "-m", "Begin")
    git(acme, "switch", "--quiet", "-c", "november")
    for line in (
        ("accept", "newsletter for dealers, spring"),
        ("edit", "k7f3x", "--moscow", "must", "--estimate", "8d"),
        ("decline", "bhsv5", "--reason", "No budget for a film"),
        ("commit",),
        ("rank", "9", "--to", "2"),
    ):
        assert mbl(*line).code == 0, line
    return acme


@pytest.mark.parametrize("width", [80, 60])
def test_the_screen_is_as_it_was_drawn(changed: Path, golden: Callable[[str, str], None], width: int) -> None:
    shown = terminal("diff", "main", width=width, cwd=changed, env={"NO_COLOR": "1"})
    assert shown.code == 0, shown.text
    assert max(map(len, shown.lines)) <= width
    commit = git(changed, "rev-parse", "main").strip()[:10]
    golden(f"diff-{width}.txt", "".join(f"{line}\n" for line in shown.lines).replace(commit, "0123456789"))


def test_a_pipe_gets_it_whole(changed: Path) -> None:
    said = process("diff", "main", cwd=changed)
    assert (said.code, said.err) == (0, "")
    assert "in 1 commit" in said.out
    assert "→ #2" in said.out


def test_csv_has_a_line_a_change(changed: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(mbl("diff", "main", "-f", "csv").out)))
    assert len(rows) == len(mbl("diff", "main", "-f", "json").json["changes"])
    assert {"added", "moved", "changed", "ended"} >= {row["what"] for row in rows}


def test_json_names_both_states(changed: Path) -> None:
    found = mbl("diff", "main", "-f", "json").json
    assert (found["base"], found["head"]) == (git(changed, "rev-parse", "main").strip(), None)
    both = mbl("diff", "main..november", "-f", "json").json
    assert both["head"] == git(changed, "rev-parse", "november").strip()
    assert len(both["changes"]) < len(found["changes"])


def test_markdown_is_ready_for_a_comment(changed: Path) -> None:
    said = mbl("diff", "main", "-f", "md")
    assert said.out.startswith("**")
    assert "**Dropped: no longer relevant (1)**" in said.out


def test_nothing_changed_is_no_failure(changed: Path) -> None:
    git(changed, "checkout", "--quiet", ".")
    said = mbl("diff")
    assert (said.code, said.out.startswith("Nothing changed since the last commit")) == (0, True)
    assert mbl("diff", "november..november").code == 0


def test_user_text_is_text_on_the_screen_and_in_markdown(changed: Path) -> None:
    assert mbl("edit", "k7f3x", "--title", NASTY).code == 0
    raw = terminal("diff", cwd=changed, env={"NO_COLOR": "1"}).raw
    assert "\x1b[31m" not in raw
    assert "[red]@cmo[/red]" in raw
    text = mbl("diff", "-f", "md").out
    for forbidden in ("@cmo", "<b>", "\x1b"):
        assert forbidden not in text
    assert not list(changed.rglob("pwned"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere", "git branch --all"),
        ("novembre", "Did you mean november?"),
        ("main..nowhere", "no commit or branch nowhere"),
        ("", "Name a branch"),
        ("HEAD~9", "no commit or branch HEAD~9"),
        ("main:items", "Name a branch"),
        ("main\nx", "no commit or branch"),
    ],
)
def test_a_name_that_is_none_is_an_error_with_a_way_out(changed: Path, name: str, says: str) -> None:
    before = state(changed)
    said = mbl("diff", name)
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert "Traceback" not in said.err
    assert state(changed) == before


@pytest.mark.parametrize("name", ["--output=pwned", "-O", "--upload-pack=touch pwned"])
def test_a_name_that_looks_like_an_option_reaches_no_program(changed: Path, name: str) -> None:
    assert mbl("diff", name).code == 2
    said = mbl("diff", "--", name)
    assert (said.code, "Name a branch" in said.err) == (1, True)
    assert not list(changed.rglob("pwned"))


def test_what_the_former_state_could_not_read_is_told_and_not_compared(changed: Path) -> None:
    path = next(changed.glob("items/*-k7f3x.yaml"))
    text = path.read_text()
    path.write_text(f"{text}priority: high\n")  # as an older program may have written it
    git(changed, "commit", "--quiet", "--all", "-m", "Older")
    path.write_text(text)
    said = mbl("diff", "HEAD")
    assert said.code == 0
    assert f"Cannot be read as of HEAD, so it is not compared: items/{path.name}." in said.err
    assert "k7f3x" not in str(mbl("diff", "HEAD", "-f", "json").json["changes"])


def test_settings_of_a_newer_or_broken_schema_at_the_base_do_not_stop_the_comparison(changed: Path) -> None:
    text = (changed / "mbl.yaml").read_text()
    (changed / "mbl.yaml").write_text(text.replace("schema: 1", "schema: 2"))
    git(changed, "commit", "--quiet", "--all", "-m", "From the future")
    (changed / "mbl.yaml").write_text(text)
    said = mbl("diff", "HEAD")
    assert "mbl.yaml" in said.err
    found = mbl("diff", "HEAD", "-f", "json").json
    assert found["months"]["before"] == found["months"]["after"]


def test_a_broken_file_today_is_told_and_the_exit_code_says_so(changed: Path) -> None:
    path = next(changed.glob("items/*-k7f3x.yaml"))
    path.write_text("title: [")
    said = mbl("diff")
    assert said.code == 1
    assert "Left out" in said.err
    assert "k7f3x" not in str(mbl("diff", "-f", "json").json["changes"])


def test_without_git_or_a_commit_it_says_how_to_begin(here: Path) -> None:
    write_backlog(here)
    assert "git init" in mbl("diff").err
    git(here, "init", "--quiet")
    assert "mbl commit makes the first" in mbl("diff").err
