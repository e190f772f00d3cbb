"""What holds for every format: a new row of `FORMATS` is tested before its author writes a test."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import CLUSTERS, TITLES, canvas, everything, report, table

from mbl.core.report import Words
from mbl.errors import MblError
from mbl.render import FORMATS, drawn

COLOR = re.compile(r"\x1b\[[0-9;]*m")
anything = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("tty", [False, True])
@given(text=anything)
def test_no_text_breaks_a_format_or_reaches_the_terminal_as_a_command(form, tty, text):
    output = drawn(everything(text), canvas(tty=tty, color=True), form=form)
    output.encode()
    left = COLOR.sub("", output) if tty else output
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left)
    assert output.endswith("\n")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("title", TITLES + CLUSTERS)
def test_a_line_is_written_for_every_row_of_a_pipe(form, title):
    output = drawn(report(table([title] * 3), items=[{"title": title}] * 3), canvas(), form=form)
    heads = {"table": 1, "csv": 1, "md": 2, "github": 2, "json": 7}
    if form != "csv" or "\n" not in title:
        assert len(output.split("\n")) - 1 == heads[form] + 3


@pytest.mark.parametrize("form", FORMATS)
def test_user_text_never_brings_its_own_colour(form):
    output = drawn(everything("\x1b[31mred\x1b[0m [red]x[/red]"), canvas(tty=True, color=True), form=form)
    assert "\x1b[31m" not in output.replace("\x1b[31m3 problems", "")
    assert "red" in output


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(MblError, match="xlsx") as caught:
        drawn(report(Words(text="x")), canvas(), form="xlsx")
    assert caught.value.exit_code == 2
    assert all(form in caught.value.hint for form in FORMATS)


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("pass", ("rich", "csv", "json", "wcwidth")),
        (
            "drawn(report(table(['Webinar – für 価格表 🚀'] * 3)), canvas())",
            ("rich", "csv", "json", "wcwidth"),
        ),
        ("drawn(report(table(['a'])), canvas(), form='csv')", ("rich", "json")),
        ("drawn(report(table(['a'])), canvas(), form='json')", ("rich", "csv")),
        ("drawn(report(table(['a'])), canvas(), form='md')", ("rich", "csv", "json")),
    ],
)
def test_a_format_loads_only_the_libraries_it_needs(code, unwanted):
    script = (
        f"import sys; from mbl.render import drawn; from render_samples import *; {code}; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=__file__.rpartition("/")[0],
    )
    assert not set(unwanted) & set(done.stdout.split())
