"""Criteria are frozen by the first reading: `mbl check` compares them with the commits since then, in real git."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gitworld import git, pin, replace_line, repository
from mbl import session
from mbl.core.campaigns.refs import campaign_path
from mbl.session.frozen import changed_criteria
from mbl.storage import answers
from world import environment, mbl, write_backlog

PATH = "campaigns/outreach-q8n2k.yaml"
PLAN = (
    "id: q8n2k\ntitle: Outreach\nhypothesis: They accept\nstart: 2026-11-02\ndeadline: 2026-12-11\nsuccess_criteria:\n"
    "  - {id: acceptance, kind: rate, is: accepted, of: invites, at_least: 10%, planned: 120, window_days: 7}\n"
    "  - {id: meetings, kind: count, is: meetings, of: accepted, at_least: 5}\n"
)
READ = PLAN + "readings:\n  - {date: 2026-11-06, invites: 24, accepted: 2}\n"
LOWER = "at_least: 5%"
PLANNED, BOOKED = "accepted of invites >= 10% planned", "meetings of accepted >= 5"
ACCEPTANCE = "acceptance ≥ 10% → ≥ 5%"


def save(root: Path, text: str, *, by: str = "ana", on: str = "2026-11-12", path: str = PATH) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)
    git(root, "add", "--all")
    when = f"{on}T09:00:00+00:00"
    names = {"GIT_AUTHOR_NAME": by, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    before = {name: os.environ.get(name, "") for name in names}
    os.environ.update(names)
    try:
        git(root, "commit", "--quiet", "--allow-empty", "-m", "Campaign")
    finally:
        os.environ.update(before)


def found() -> list[dict[str, object]]:
    said = mbl("check", "-f", "json")
    problems = [each for each in said.json["problems"] if each["code"] == "changed-criteria"]
    assert not problems or said.code == 1
    return problems


def message() -> str:
    (problem,) = found()
    return str(problem["message"])


def shown() -> tuple[str, ...]:
    at = session.place(None)
    backlog = session.opened(at).backlog
    path = campaign_path(backlog, "q8n2k")
    return changed_criteria(at, path, backlog.campaigns[path])


@pytest.fixture
def tests(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backlog in a repository: a plan in the first commit, the first reading in the second."""
    pin(monkeypatch)
    write_backlog(repository(here), ())
    save(here, PLAN.replace("10%", "8%"), on="2026-11-01")
    save(here, READ, on="2026-11-06")
    return here


def test_what_was_set_before_the_first_reading_is_free(tests: Path) -> None:
    assert found() == []
    assert shown() == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("at_least: 10%", LOWER, f"criterion changed {{}}: {ACCEPTANCE}"),
        ("at_least: 5}", "at_least: 3}", "criterion changed {}: meetings ≥ 5 → ≥ 3"),
        (
            "planned: 120", "planned: 60",
            f"criterion changed {{}}: acceptance {PLANNED} 120 window 7d → {PLANNED} 60 window 7d",
        ),
        ("deadline: 2026-12-11", "deadline: 2026-12-24", "deadline changed {}: 2026-12-11 → 2026-12-24"),
        ("start: 2026-11-02", "start: 2026-11-01", "start changed {}: 2026-11-02 → 2026-11-01"),
        (
            "id: meetings", "id: talks",
            f"criterion changed {{0}}: meetings: {BOOKED} → gone; criterion changed {{0}}: talks: {BOOKED} is new",
        ),
    ],
)  # fmt: skip
def test_a_change_by_hand_is_told_with_who_and_when(tests: Path, old: str, new: str, says: str) -> None:
    save(tests, READ.replace(old, new), by="Ben", on="2026-11-14")
    save(
        tests,
        READ.replace(old, new) + "  - {date: 2026-11-15, invites: 30, accepted: 2}\n",
        by="Chie",
        on="2026-11-15",
    )
    (problem,) = found()
    assert problem["message"] == says.format("on 2026-11-14 by Ben")
    assert (problem["path"], problem["line"], problem["level"]) == (PATH, 6, "error")
    assert "`changes`" in str(problem["fix"])
    assert "; ".join(shown()) == problem["message"]


def test_a_change_that_is_not_committed_yet_is_told_too(tests: Path) -> None:
    replace_line(tests / PATH, "at_least: 10%", LOWER)
    assert message() == f"criterion changed and not committed yet: {ACCEPTANCE}"


def test_other_words_are_free(tests: Path) -> None:
    save(
        tests, READ.replace("They accept", "They accept, and talk").replace("title: Outreach", "title: Reach")
    )
    assert found() == []


def test_who_takes_it_back_is_forgiven(tests: Path) -> None:
    save(tests, READ.replace("at_least: 10%", LOWER))
    save(tests, READ)
    assert found() == []


def test_the_last_who_made_it_so_is_named(tests: Path) -> None:
    save(tests, READ.replace("at_least: 10%", LOWER), by="Ben", on="2026-11-13")
    save(tests, READ, by="Chie", on="2026-11-14")
    save(tests, READ.replace("at_least: 10%", LOWER), by="Dee", on="2026-11-15")
    assert message() == f"criterion changed on 2026-11-15 by Dee: {ACCEPTANCE}"


@pytest.mark.parametrize("together", [True, False])
def test_a_reason_excuses_what_changed_until_then_and_nothing_that_comes_later(
    tests: Path, together: bool
) -> None:
    lower = READ.replace("at_least: 10%", LOWER)
    why = "changes: [{date: 2026-11-13, by: ana, reason: The list was wrong}]\n"
    if not together:
        save(tests, lower)
    (tests / PATH).write_text(lower + why)
    assert found() == []
    save(tests, lower + why)
    assert found() == []
    save(tests, lower.replace(LOWER, "at_least: 4%") + why, by="Ben", on="2026-11-14")
    assert message() == "criterion changed on 2026-11-14 by Ben: acceptance ≥ 5% → ≥ 4%"


@pytest.mark.parametrize(
    "why",
    [
        "changes: [{date: 2026-11-13, by: ana}]\n",
        "changes: [{date: 2026-11-13, by: ana, reason: ' '}]\n",
        "changes: [{date: 2026-11-13, by: ana, reason: 'reading of 2026-11-06: accepted 3 → 2'}]\n",
    ],
)
def test_a_trace_of_a_corrected_reading_is_no_reason_for_another_criterion(tests: Path, why: str) -> None:
    save(tests, READ.replace("at_least: 10%", LOWER) + why)
    assert ACCEPTANCE in message()


def test_the_way_of_the_commands_is_always_well(tests: Path) -> None:
    for words in (
        ("edit", "q8n2k", "--criterion", "acceptance: accepted of invites >= 5% planned 120 window 7d", "--reason", "Why"),
        ("log", "q8n2k", "invites=30", "accepted=2"),
        ("log", "q8n2k", "invites=23", "--date", "2026-11-06", "--correct"),
        ("edit", "q8n2k", "--deadline", "2026-12-24", "--drop-criterion", "meetings", "--reason", "Nobody has time"),
        ("decide", "q8n2k", "stop", "--reason", "Enough"),
    ):  # fmt: skip
        said = mbl("campaign", *words, "--commit")
        assert said.code == 0, said.err
        assert found() == []


def test_the_file_may_get_another_name(tests: Path) -> None:
    git(tests, "mv", PATH, "campaigns/reach-q8n2k.yaml")
    save(tests, READ.replace("at_least: 10%", LOWER), by="Ben", path="campaigns/reach-q8n2k.yaml")
    assert message() == f"criterion changed on 2026-11-12 by Ben: {ACCEPTANCE}"


def test_who_takes_the_readings_out_first_is_found_all_the_same(tests: Path) -> None:
    save(tests, PLAN.replace("at_least: 10%", LOWER), by="Ben", on="2026-11-13")
    save(tests, READ.replace("at_least: 10%", LOWER), by="Chie", on="2026-11-14")
    assert message() == f"criterion changed on 2026-11-13 by Ben: {ACCEPTANCE}"


def test_versions_that_cannot_be_read_are_passed_over(tests: Path) -> None:
    save(tests, "id: [\n")
    save(tests, READ.replace("at_least: 10%", LOWER), by="Ben")
    assert ACCEPTANCE in message()


@pytest.mark.parametrize("lower_there", [True, False])
def test_a_branch_names_its_own_author_not_whoever_merged(tests: Path, lower_there: bool) -> None:
    git(tests, "switch", "--quiet", "-c", "talks")
    if lower_there:
        save(tests, READ.replace("at_least: 10%", LOWER), by="Ben", on="2026-11-13")
    save(
        tests, (tests / PATH).read_text().replace("They accept", "They accept it"), by="Ben", on="2026-11-13"
    )
    git(tests, "switch", "--quiet", "main")
    save(tests, READ + "  - {date: 2026-11-14, invites: 30, accepted: 2}\n", by="Chie", on="2026-11-14")
    git(tests, "merge", "--quiet", "--no-edit", "talks")
    if not lower_there:
        assert found() == []
        return
    assert message() == f"criterion changed on 2026-11-13 by Ben: {ACCEPTANCE}"


def test_an_author_with_an_odd_name_is_named(tests: Path) -> None:
    git(tests, "config", "i18n.logOutputEncoding", "ISO-8859-1")
    save(tests, READ.replace("at_least: 10%", LOWER), by="Åsa :000 [x]", on="2026-11-13")
    assert message() == f"criterion changed on 2026-11-13 by Åsa :000 [x]: {ACCEPTANCE}"


@pytest.mark.parametrize("config", ["log.follow", "log.showSignature", "diff.renames", "diff.noprefix"])
def test_the_users_own_settings_of_git_change_nothing(tests: Path, config: str) -> None:
    git(tests, "config", config, "true")
    save(tests, READ.replace("at_least: 10%", LOWER))
    assert ACCEPTANCE in message()


def _without_git(root: Path) -> None:
    (root / ".git").rename(root.parent / "gone")


def _never_committed(root: Path) -> None:
    _without_git(root)
    repository(root)


def _cut_off(root: Path) -> None:
    git(root.parent, "clone", "--quiet", "--depth", "1", f"file://{root}", "clone")
    _without_git(root)
    (root.parent / "clone/.git").rename(root / ".git")


@pytest.mark.parametrize("lose", [_without_git, _never_committed, _cut_off])
def test_where_nobody_can_tell_nothing_is_said(tests: Path, lose: Callable[[Path], None]) -> None:
    save(tests, READ.replace("at_least: 10%", LOWER))
    lose(tests)
    assert found() == []
    assert shown() == ()


# The second look


def test_the_second_look_at_a_campaign_asks_no_git_not_even_with_new_numbers(tests: Path) -> None:
    save(tests, READ.replace("at_least: 10%", LOWER), by="Ben")
    program = (
        "from mbl import session; from mbl.session.frozen import changed_criteria; at = session.place(None); "
        "backlog = session.opened(at).backlog; print(*[changed_criteria(at, *row) for row in backlog.campaigns.items()])"
    )
    loaded = []
    for look in range(3):
        if look > 1:
            assert mbl("campaign", "log", "q8n2k", "invites=30", "accepted=2").code == 0
        ran = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", program], capture_output=True, text=True, check=True,
            env=environment(), timeout=60,
        )  # fmt: skip
        assert ACCEPTANCE in ran.stdout
        loaded.append(set(re.findall(r"\| +(git|yaml|pydantic)$", ran.stderr, re.MULTILINE)))
    assert "git" in loaded[0]
    assert loaded[1] == set()
    assert "git" not in loaded[2]


def test_what_was_said_before_holds_for_that_commit_and_that_text_alone(tests: Path) -> None:
    assert shown() == ()
    replace_line(tests / PATH, "at_least: 10%", LOWER)
    assert shown() == (f"criterion changed and not committed yet: {ACCEPTANCE}",)
    save(tests, (tests / PATH).read_text(), by="Ben")
    assert shown() == (f"criterion changed on 2026-11-12 by Ben: {ACCEPTANCE}",)
    git(tests, "reset", "--quiet", "--hard", "HEAD~1")
    assert shown() == ()


def test_a_damaged_memory_is_ignored(tests: Path) -> None:
    save(tests, READ.replace("at_least: 10%", LOWER), by="Ben")
    before = shown()
    memory = tests / ".git/mbl/answers"
    assert memory.exists()
    for content in (b"", b"xxxxx", memory.read_bytes()[:-1], memory.read_bytes()[::-1]):
        memory.write_bytes(content)
        assert shown() == before


def test_the_commit_is_read_as_git_would_tell_it(tests: Path, tmp_path: Path) -> None:
    def as_git(root: Path) -> bool:
        return answers.commit_at(root) == git(root, "rev-parse", "HEAD").strip()

    assert as_git(tests)
    git(tests, "pack-refs", "--all")
    assert as_git(tests)
    git(tests, "switch", "--quiet", "-c", "a/b+c")
    assert as_git(tests)
    git(tests, "worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "tree")
    assert as_git(tmp_path / "tree")
    git(tests, "switch", "--quiet", "--detach")
    assert as_git(tests)
    assert answers.commit_at(repository(tmp_path / "empty")) is None
    assert answers.commit_at(tmp_path / "home") is None
