"""Annotations for a workflow run: one line a problem, and user text that can become no command."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import canvas, report

from mbl.core.report import Words
from mbl.core.rules.check import problem_report
from mbl.errors import Problem
from mbl.render import drawn


def annotated(*problems: Problem) -> list[str]:
    return drawn(problem_report(problems, files=3), canvas(), form="github").splitlines()


def problem(**fields: object) -> Problem:
    return Problem(**{"path": "items/x.yaml", "code": "rank", "message": "No rank", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (
            problem(line=4, column=7, level="warning", fix="Run `mbl check --fix`."),
            "::warning file=items/x.yaml,line=4,col=7,title=rank::No rank. Run `mbl check --fix`.",
        ),
        (problem(), "::error file=items/x.yaml,line=1,title=rank::No rank."),
        (problem(message="No rank."), "::error file=items/x.yaml,line=1,title=rank::No rank."),
        (
            problem(path="items/a,b:c%.yaml", message="50 % of\n::error::x", line=2),
            "::error file=items/a%2Cb%3Ac%25.yaml,line=2,title=rank::50 %25 of␊::error::x.",
        ),
    ],
)
def test_a_problem_is_one_command(found: Problem, line: str) -> None:
    assert annotated(found) == [line]


def test_no_problem_is_no_line_and_another_report_is_markdown() -> None:
    assert annotated() == []
    assert drawn(report(Words(text="*Hello*")), canvas(), form="github") == "\\*Hello\\*\n"


@given(st.text(min_size=1), st.text())
def test_whatever_a_file_is_called_and_says_it_stays_one_command(path: str, message: str) -> None:
    [line] = annotated(problem(path=path, message=message))
    found = re.fullmatch(r"::error file=([^,:\n\r]*),line=1,title=rank::(.*)", line)
    assert found
    assert "%" not in re.sub("%(25|3A|2C)", "", found[1] + found[2])
