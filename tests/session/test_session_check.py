"""`mbl check`: every problem at once, each with its place; `--fix` mends what has one right answer, and nothing else."""

import json
from pathlib import Path

import pytest
import yaml

from check_cases import CASES, GOOD
from gitworld import git
from mbl import session
from mbl.session.check import mended
from world import ROOT, changed, files, mbl, write_backlog

KEYS = {"path", "line", "column", "code", "level", "message", "fix"}


def _write(root: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def test_every_problem_stands_in_the_answer_with_its_place(here: Path) -> None:
    for name, case in CASES.items():
        root = here / name
        _write(root, {**GOOD, **case.files})
        said = mbl("--root", str(root), "check", "-f", "json")
        problems = said.json["problems"]
        assert all(set(problem) == KEYS and problem["fix"] for problem in problems)
        places = [
            (each["path"], each["line"], each["column"], each["code"], each["level"]) for each in problems
        ]
        assert (case.path, *case.at, case.code, case.level) in places, (name, places)
        assert said.code == any(each["level"] == "error" for each in problems), name


def test_a_whole_backlog_is_well(here: Path) -> None:
    _write(here, GOOD)
    said = mbl("check")
    assert (said.code, said.out, said.err) == (0, "6 files checked: all is well.\n", "")
    assert mbl("check", "-f", "json").json["problems"] == []


def test_all_problems_at_once_errors_first_by_file_and_line(here: Path) -> None:
    _write(
        here,
        {**GOOD, "items/a-ccccc.yaml": "id: ccccc\ntitle: A\nstatsu: done\nestimate: [1]\nestimate: 2\n"},
    )
    _write(
        here,
        {"items/b-ddddd.yaml": "id: ddddd\ntitle: B\nmoscow: wont\nestimate: XXXL\n", "items/e.yaml": ""},
    )
    _write(here, {"items/c-fffff.yaml": "<<<<<<< ours\n", "items/d-ggggg.yaml": "id: &a ggggg\ntitle: *a\n"})
    problems = mbl("check", "-f", "json").json["problems"]
    order = [(each["level"] == "warning", each["path"], each["line"], each["column"]) for each in problems]
    assert order == sorted(order)
    assert [(each["path"][6:7], each["line"], each["code"]) for each in problems] == [
        ("a", 5, "duplicate-key"), ("b", 3, "open-but-wont"), ("b", 4, "estimate"), ("c", 1, "merge-marker"),
        ("d", 1, "anchor"), ("e", 1, "not-a-mapping"), ("b", 0, "no-rank"),
    ]  # fmt: skip


USERS = {
    "docker-compose.yml": "services: {}\n", ".github/workflows/ci.yml": "on: push\n", "_config.yaml": "title: My site\n",
    ".pre-commit-config.yaml": "repos: []\n", "values.yaml": "- [\n", "notes/plan.yaml": "id: x\ntitle: y\n",
    "items/notes.txt": "mine", "items/.draft.yaml": "[", "schemas/own.yaml": "x: 1\n", "teams/README.md": "# Teams\n",
}  # fmt: skip
MISPLACED = {
    "fair.yaml": ("wrong-place", "id: fffff\ntitle: Fair\n"),
    "items/2026/fair-ggggg.yaml": ("wrong-place", "id: ggggg\ntitle: Fair\n"),
    "teams/old/growth.yml": ("wrong-place", "people: {}\n"),
    "people.yml": ("wrong-name", "ana: {}\n"),
    "MBL.yaml": ("wrong-name", "schema: 1\n"),
    "items/fair.yaml": ("wrong-name", "id: hhhhh\nrank: a7\ntitle: Fair\n"),
}


def test_the_users_own_files_are_left_alone(here: Path) -> None:
    _write(here, {**GOOD, **USERS})
    said = mbl("check")
    assert (said.code, said.out) == (0, "6 files checked: all is well.\n")


def test_a_file_in_a_wrong_place_or_with_a_wrong_name_is_never_skipped(here: Path) -> None:
    _write(here, {**GOOD, **{path: text for path, (_, text) in MISPLACED.items()}})
    said = mbl("check", "-f", "json")
    assert said.code == 1
    assert {each["path"]: each["code"] for each in said.json["problems"]} == {
        path: code for path, (code, _) in MISPLACED.items()
    }


@pytest.mark.parametrize(
    ("zone", "fix"),
    [
        ("Europe/Berln", "Did you mean Europe/Berlin?"), ("Tokyo", "Did you mean Asia/Tokyo?"),
        ("new york", "Did you mean America/New_York?"), ("../../etc/passwd", "Write it like"), ("Europe", "Write it like"),
        ("x" * 5000, "Write it like"),
    ],
)  # fmt: skip
def test_a_time_zone_that_does_not_exist_is_an_error_and_stops_nothing(
    here: Path, zone: str, fix: str
) -> None:
    write_backlog(here)
    (here / "mbl.yaml").write_text(f"schema: 1\ntimezone: {json.dumps(zone)}\n")
    (problem,) = mbl("check", "-f", "json").json["problems"]
    assert (problem["code"], problem["path"], problem["line"]) == ("unknown-timezone", "mbl.yaml", 2)
    assert problem["fix"].startswith(fix)
    assert mbl("list").code == 0
    assert session.today(session.opened(session.place(None)).backlog)


def test_warnings_are_shown_and_do_not_fail(small: Path) -> None:
    (small / "items/xzc55.yaml").write_text("id: xzc55\ntitle: Newsletter\n")
    said = mbl("check")
    assert (said.code, "warning" in said.out, "no rank" in said.out) == (0, True, True)


UNTIDY = {
    "items/no rank.yaml": "# mine\nid: ccccc   # an id\ntitle: 'No rank'\n\n# the end",
    "items/b-ddddd.yaml": "id: ddddd\r\nrank: a1   # equal\r\ntitle: Equal\r\nx-mine: [ 1,2 ]\r\n",
    "items/broken-fffff.yaml": "id: fffff\nrank: a00\ntitle: Broken\n",
    "items/ended-ggggg.yaml": "id: ggggg\ntitle: Ended\nstatus: done\nended: {date: 2026-11-01}\n",
    "items/x.yml": 'id: hhhhh\nrank: a9\ntitle: "Fähre"   # keep me\nlabels: [ a,  b ]\n',
    "campaigns/test.yaml": (
        "id: kkkkk\ntitle: Test\nhypothesis: H\nstart: 2026-11-01\ndeadline: 2026-12-01 # !\n"
        "success_criteria: [{id: a, kind: count, is: calls, at_least: 5}]\n"
    ),
}  # fmt: skip


def test_fix_mends_ranks_and_names_and_leaves_every_other_byte_alone(here: Path) -> None:
    for path, text in {**GOOD, **UNTIDY}.items():
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_bytes(text.encode())
    before, order = files(here), mbl("list", "-f", "json").json["items"]
    said = mbl("check", "--fix")
    assert (said.code, "all is well" in said.out) == (0, True)
    after = files(here)
    assert after["items/fähre-hhhhh.yaml"] == UNTIDY["items/x.yml"].encode()
    assert after["campaigns/test-kkkkk.yaml"] == UNTIDY["campaigns/test.yaml"].encode()
    assert changed(before, after) == {
        *UNTIDY,
        "items/fähre-hhhhh.yaml",
        "campaigns/test-kkkkk.yaml",
        "items/no-rank-ccccc.yaml",
    }
    equal = after["items/b-ddddd.yaml"].split(b"\r\n")
    assert equal[0] == b"id: ddddd"
    assert equal[1].startswith(b"rank: ")
    assert equal[1].endswith(b"   # equal")
    assert equal[2:] == [b"title: Equal", b"x-mine: [ 1,2 ]", b""]
    unranked = after["items/no-rank-ccccc.yaml"].decode().splitlines(keepends=True)
    assert "".join(line for line in unranked if not line.startswith("rank:")) == UNTIDY["items/no rank.yaml"]
    now = mbl("list", "-f", "json").json["items"]
    assert [each["id"] for each in now] == [each["id"] for each in order]


def test_fixing_twice_changes_nothing_the_second_time(here: Path) -> None:
    _write(here, {**GOOD, **UNTIDY})
    assert mbl("check", "--fix").code == 0
    before = files(here)
    said = mbl("check", "--fix")
    assert (said.code, said.err.splitlines()[0]) == (0, "Nothing to mend.")
    assert files(here) == before


def test_what_has_no_one_right_answer_stays(here: Path) -> None:
    _write(
        here, {**GOOD, "items/copy.yaml": GOOD["items/fair-bbbbb.yaml"], "items/broken-ddddd.yaml": "id: ["}
    )
    before = files(here)
    said = mbl("check", "--fix")
    assert said.code == 1
    assert files(here) == before


def test_a_name_that_is_taken_on_disk_is_not_overwritten(here: Path) -> None:
    """As on a disk that knows no case: the right name is there already, and holds something that mbl does not see."""
    _write(here, {**GOOD, "items/x.yaml": "id: ccccc\nrank: a5\ntitle: X\n"})
    (here / "items/x-ccccc.yaml").mkdir()
    before = files(here)
    assert mbl("check", "--fix").code == 1
    assert files(here) == before


def test_a_dry_run_of_mending_writes_nothing_and_a_commit_commits_what_was_mended(repo: Path) -> None:
    (repo / "items/kdw22.yaml").rename(repo / "items/webinar.yaml")
    before = files(repo)
    assert mended(session.place(None), dry_run=True).changes
    assert files(repo) == before
    saved = mended(session.place(None), commit=True)
    assert saved.paths == ("items/webinar-for-ctos-kdw22.yaml", "items/webinar.yaml")
    assert git(repo, "status", "--porcelain") == " D items/kdw22.yaml\n"
    assert (
        git(repo, "show", "HEAD:items/webinar-for-ctos-kdw22.yaml") == before["items/webinar.yaml"].decode()
    )


def test_the_hook_for_pre_commit_is_ready() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["id"] == "mbl-check"
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    assert set(hook) <= {
        "id",
        "name",
        "description",
        "entry",
        "language",
        "files",
        "pass_filenames",
        "require_serial",
    }
    matches = __import__("re").compile(hook["files"]).search
    for path in (
        *GOOD,
        *(path for path in UNTIDY),
        "plans/mbl.yaml",
        "plans/items/x.yaml",
        "blueprints/q4.yml",
    ):
        assert matches(path), path
    for path in ("docker-compose.yml", "src/mbl.py", ".pre-commit-config.yaml", "items/picture.png"):
        assert not matches(path), path


def test_the_entry_of_the_hook_is_a_command_of_mbl(repo: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    program, *arguments = hook["entry"].split()
    assert program == "mbl"
    assert mbl(*arguments).code == 0
    (repo / "items/kdw22.yaml").write_text("id: kdw22\n")
    assert mbl(*arguments).code == 1
