"""`mbl check --fix`: a status that a hand changed gets the day of the commit that changed it; real git, real clones."""

from pathlib import Path

import pytest

from gitworld import git, pin, replace_line, repository
from mbl import session
from mbl.session.dating import days_of_change
from world import changed, files, mbl, write_backlog, write_item

WAS = {"id": "kdw22", "rank": "a1", "title": "Webinar", "status": "committed", "accepted": "2026-10-01"}
PATH = "items/kdw22.yaml"


@pytest.fixture
def kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one promised item, committed on the first of October."""
    pin(monkeypatch)
    write_backlog(repository(here), [WAS])
    commit(here, "2026-10-01T12:00:00+00:00")
    return here


def commit(root: Path, when: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "By hand", "--date", when)


def status(root: Path, was: str, now: str, when: str) -> None:
    replace_line(root / PATH, f'status: "{was}"', f'status: "{now}"')
    commit(root, when)


def told(root: Path) -> dict[str, str]:
    at = session.place(str(root))
    return {path: str(day) for path, day in days_of_change(at, session.opened(at).backlog).items()}


def test_the_commit_that_changed_the_status_dates_it_and_nothing_else_changes(kept: Path) -> None:
    status(kept, "committed", "doing", "2026-11-02T12:00:00+00:00")
    replace_line(kept / PATH, '"Webinar"', '"Webinar for CTOs"')
    commit(kept, "2026-11-05T12:00:00+00:00")
    before = files(kept)
    said = mbl("check", "--fix")
    assert said.code == 0
    assert "started 2026-11-02" in said.err
    assert changed(before, files(kept)) == {PATH}
    text = (kept / PATH).read_text()
    assert text.replace("started: 2026-11-02\n", "") == before[PATH].decode()
    assert mbl("check", "-f", "json").json["problems"] == []


def test_the_day_is_that_of_the_backlogs_own_time_zone(kept: Path) -> None:
    replace_line(kept / "mbl.yaml", "timezone: UTC", "timezone: Asia/Tokyo")
    status(kept, "committed", "doing", "2026-11-02T23:30:00+00:00")
    assert told(kept) == {PATH: "2026-11-03"}


def test_what_went_back_and_forth_counts_from_the_last_change(kept: Path) -> None:
    status(kept, "committed", "doing", "2026-10-10T12:00:00+00:00")
    status(kept, "doing", "committed", "2026-10-20T12:00:00+00:00")
    status(kept, "committed", "doing", "2026-10-30T12:00:00+00:00")
    assert told(kept) == {PATH: "2026-10-30"}


def test_an_end_that_was_written_by_hand_gets_its_day(kept: Path) -> None:
    status(kept, "committed", "done", "2026-11-02T12:00:00+00:00")
    mbl("check", "--fix")
    assert "ended: {date: 2026-11-02}" in (kept / PATH).read_text()


def test_nobody_can_tell_what_is_not_committed_or_as_old_as_the_file(kept: Path) -> None:
    replace_line(kept / PATH, 'status: "committed"', 'status: "doing"')
    assert told(kept) == {}
    write_item(kept, {"id": "fgh44", "rank": "a3", "title": "Imported", "status": "done"})
    commit(kept, "2026-11-02T12:00:00+00:00")
    assert told(kept) == {PATH: "2026-11-02"}


def test_a_history_that_was_cut_off_tells_nothing(kept: Path, tmp_path: Path) -> None:
    status(kept, "committed", "doing", "2026-11-02T12:00:00+00:00")
    shallow = tmp_path / "shallow"
    git(kept, "clone", "--quiet", "--depth", "1", f"file://{kept}", str(shallow))
    assert told(shallow) == {}


def test_a_version_that_cannot_be_read_ends_what_is_known(kept: Path) -> None:
    text = (kept / PATH).read_text()
    (kept / PATH).write_text("status: [")
    commit(kept, "2026-10-20T12:00:00+00:00")
    (kept / PATH).write_text(text.replace('"committed"', '"doing"'))
    commit(kept, "2026-11-02T12:00:00+00:00")
    assert told(kept) == {}


def test_without_git_or_a_commit_nothing_is_filled_in(here: Path) -> None:
    write_backlog(here, [{**WAS, "status": "doing"}])
    before = files(here)
    assert told(here) == {}
    git(here, "init", "--quiet")
    assert told(here) == {}
    assert "Nothing to mend." in mbl("check", "--fix").err
    assert files(here) == before


def test_hundreds_of_files_are_asked_for_at_once(kept: Path) -> None:
    names = [f"{one}{two}kkk" for one in "bcdfghjkmnpq" for two in "bcdfghjkmnpq"]
    for at, name in enumerate(names):
        write_item(kept, {**WAS, "id": name, "rank": f"a1{at:03}z"})
    commit(kept, "2026-10-02T12:00:00+00:00")
    for name in names:
        replace_line(kept / "items" / f"{name}.yaml", 'status: "committed"', 'status: "doing"')
    commit(kept, "2026-11-02T12:00:00+00:00")
    assert told(kept) == {f"items/{name}.yaml": "2026-11-02" for name in names}
