"""Command lines that nobody would type: each ends in an exit code, none in a traceback or a hang."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mbl.cli.app import built
from mbl.cli.table import all_rows
from world import SMALL, mbl, write_backlog, write_item

NASTY = (
    "", " ", "-", "--", "---", "-x", "- x", "0", "1", "3", "99", "-1", "1e9", "²", "٣", "9" * 40, "kdw22", "kdw", "webinar",
    "news letter", "all", "none", "must", "wont", "request", "committed", "done", "json", "csv", "md", "table", "2026-11-22",
    "2026-02-30", "0001-01-01", "9999-12-31", "5d", "2d-8d", "8d-2d", "2d/4d/12d", "1e400d", "M", "XXL", "nan", "inf", "-inf",
    "a,b,,c", ",", "=", "a=", "=b", "requester=", "status=done", "team=growth,none", "moscow=x", "{a: b}", "[1, 2]", "[", "{",
    "[[[[[[[[", "&a *a", "!!python/object:os.system x", "{from: 2026-12-01}", "{date: 2026-11-01}", "\x1b[31m", "\u202e", "\r\n",
    "日本🎁", "e\u0301", "[red]", "[/red]", "{REF}", "%s%n", "=1+1", "list.csv", "empty.csv", "missing.csv", "../x", "x" * 3000,
    "title", "-title", "effort,age", "id,nope", "vp-sales", "Europe/Berlin", "Mars/Olympus", "item", "on", "~", "null",
)  # fmt: skip
ROWS = all_rows()
GLOBAL = ("--root", "--today", "--no-color", "-q", "--quiet", "--nope")


def options_of(name: str) -> list[str]:
    return [
        option
        for parameter in built(name, ROWS[name]).params
        for option in parameter.opts
        if option.startswith("-")
    ]


WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
)
COMMAND = (
    st.sampled_from(sorted(set(ROWS) - {"init", "campaign watch"}))
    .flatmap(
        lambda name: st.tuples(
            st.lists(st.one_of(st.sampled_from(GLOBAL), st.sampled_from(NASTY)), max_size=1),
            st.just(name.split()),
            st.lists(st.one_of(st.sampled_from([*options_of(name), "--help"]), WORDS), max_size=6),
        )
    )
    .map(lambda parts: [word for part in parts for word in part])
)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(arguments=COMMAND)
def test_any_command_line_ends_in_an_exit_code(
    here: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    if not (here / "mbl.yaml").exists():
        write_backlog(here)
        (here / "list.csv").write_text("Title,Estimate\nOne,2d\n")
        (here / "empty.csv").write_text("")
    for item in SMALL:
        write_item(here, item)
    said = mbl(*arguments, input="")
    assert said.code in (0, 1, 2)
    assert "Traceback" not in said.out + said.err
    assert said.code != 2 or not said.out
    assert said.code == 0 or said.out or said.err


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(WORDS, max_size=4))
def test_any_words_end_in_an_exit_code(here: Path, words: list[str]) -> None:
    if not (here / "mbl.yaml").exists():
        write_backlog(here)
    said = mbl(*[word for word in words if word != "init"])
    assert said.code in (0, 1, 2)
