"""Every rule speaks where it must, says what, where and what to do, and is silent where all is well."""

import inspect
import re
import sys
from datetime import date

import pytest

from check_cases import CASES, GOOD, Case
from mbl.core.rules.check import RULES, findings, problem_report, renamed, renames
from mbl.errors import Problem
from mbl.model.backlog import Backlog
from mbl.storage.codec import parse_tree

TODAY = date(2026, 11, 22)


def _backlog(files: dict[str, str]) -> Backlog:
    return parse_tree({path: text.encode() for path, text in files.items()})


def _of(case: Case) -> Backlog:
    read = _backlog({**GOOD, **case.files})
    assert read.broken == ()
    return read


def test_where_all_is_well_no_rule_speaks() -> None:
    assert findings(_backlog(GOOD), TODAY) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_has_a_case(rule: object) -> None:
    assert any(case.rule is rule for case in CASES.values())


def test_every_code_in_the_rules_has_a_case() -> None:
    source = "".join(inspect.getsource(sys.modules[name]) for name in {rule.__module__ for rule in RULES})
    codes = set(re.findall(r'code="([a-z-]+)"', source))
    assert len(codes) > 15
    assert codes <= {case.code for case in CASES.values()}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_it_and_says_what_to_do(name: str) -> None:
    case = CASES[name]
    found = [each for each in case.rule(_of(case), TODAY) if (each.path, each.code) == (case.path, case.code)]
    assert found
    assert {each.level for each in found} == {case.level}
    assert any(case.says in each.message and case.fix in each.fix for each in found), found
    assert all(each.message and each.fix for each in findings(_of(case), TODAY))


def test_an_imported_promise_needs_no_day() -> None:
    text = "id: ccccc\nrank: a5\ntitle: X\nstatus: committed\nsource: {system: list, key: '7'}\n"
    assert findings(_backlog({**GOOD, "items/x-ccccc.yaml": text}), TODAY) == ()
    doing = text.replace("committed", "doing")
    assert [each.code for each in findings(_backlog({**GOOD, "items/x-ccccc.yaml": doing}), TODAY)] == [
        "no-started"
    ]


def test_a_team_or_outcome_may_be_named_before_any_is_described() -> None:
    text = "id: ccccc\nrank: a5\ntitle: X\nteam: growth\noutcomes: [pipeline]\naudience: cto\nparts: [{person: ana}]\n"
    assert findings(_backlog({"mbl.yaml": "schema: 1\n", "items/x-ccccc.yaml": text}), TODAY) == ()


BROKEN = {
    "items/fair-bbbbb.yaml": ("items/x-ccccc.yaml", "id: ccccc\nrank: a5\ntitle: X\ndepends_on: [bbbbb]\n"),
    "teams/growth.yaml": ("items/x-ccccc.yaml", "id: ccccc\nrank: a5\ntitle: X\nteam: growth\n"),
    "guidepoints/2026-q4.yaml": (
        "items/x-ccccc.yaml",
        "id: ccccc\nrank: a5\ntitle: X\noutcomes: [pipeline]\n",
    ),
    "people.yaml": ("items/x-ccccc.yaml", "id: ccccc\nrank: a5\ntitle: X\nparts: [{person: ana}]\n"),
    "mbl.yaml": ("items/x-ccccc.yaml", "id: ccccc\nrank: a5\ntitle: X\naudience: cto\n"),
    "measures/leads.yaml": ("items/x-ccccc.yaml", "id: ccccc\nrank: a5\ntitle: X\n"),
}


@pytest.mark.parametrize("path", BROKEN)
def test_what_a_broken_file_holds_is_not_called_missing(path: str) -> None:
    other, text = BROKEN[path]
    blueprint = "months: [2026-10]\ndeliverables: [{item: bbbbb, month: 2026-10}]\n"
    whole = {**GOOD, other: text, "blueprints/q4.yaml": blueprint}
    assert findings(_backlog(whole), TODAY) == ()
    read = _backlog({**whole, "teams/web.yaml": "people: {ben: 0.1}\n", path: "statement: ["})
    assert {problem.path for problem in read.broken} == {path}
    assert findings(read, TODAY) == ()


def test_only_files_with_an_id_of_their_own_and_a_free_name_are_renamed() -> None:
    text = "id: {}\nrank: a{}\ntitle: Fähre & 物流\n"
    read = _backlog(
        {
            "items/copy.yaml": text.format("ccccc", 1), "items/fähre-物流-ccccc.yaml": text.format("ccccc", 2),
            "items/x.yml": text.format("ddddd", 3), "items/ddddd.yaml": text.format("ddddf", 4),
            "campaigns/old.yaml": "id: fffff\ntitle: Old\nhypothesis: H\nstart: 2026-11-01\ndeadline: 2026-12-01\n",
        }
    )  # fmt: skip
    moves = renames(read)
    assert moves == {
        "campaigns/old.yaml": "campaigns/old-fffff.yaml",
        "items/ddddd.yaml": "items/fähre-物流-ddddf.yaml",
        "items/x.yml": "items/fähre-物流-ddddd.yaml",
    }
    after = renamed(read, moves)
    assert renames(after) == {}
    assert renamed(after, {}) is after
    assert [item for _, item in sorted(after.items.items())] != []
    assert sorted(after.items.values(), key=lambda it: it.rank or "") == sorted(
        read.items.values(), key=lambda it: it.rank or ""
    )


def test_the_report_counts_errors_and_warnings_and_only_errors_are_a_no() -> None:
    error = Problem(path="a.yaml", code="x", message="m")
    warning = Problem(path="a.yaml", code="x", message="m", level="warning")
    for problems, files, sentence, answer in (
        ((), 1, "1 file checked: all is well.", True),
        ((warning,), 2, "1 warning in 2 files.", True),
        ((error, warning, warning), 1, "1 error and 2 warnings in 1 file.", False),
    ):
        report = problem_report(problems, files=files)
        assert (report.blocks[-1].text, report.answer) == (sentence, answer)  # type: ignore[union-attr]
        assert len(report.payload()["problems"]) == len(problems)
