"""Looking again and again: files are read when they changed, and nothing that happens to them ends it."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from gitworld import git, pin, repository
from mbl import session
from mbl.errors import MblError
from mbl.session.watch import Look, looks
from watching import opened

PATH = "campaigns/test-ddddd.yaml"
TEXT = "id: ddddd\ntitle: Test\nhypothesis: H\nstart: 2026-11-01\ndeadline: 2026-12-01\nreadings:\n"
FIRST, SECOND = "  - {date: 2026-11-03, calls: 1}\n", "  - {date: 2026-11-04, calls: 2}\n"
Step = Callable[[], object]


@pytest.fixture
def root(small: Path) -> Path:
    """The small backlog with one campaign that was read once."""
    (small / "campaigns").mkdir()
    (small / PATH).write_text(TEXT + FIRST)
    return small


def watched(root: Path, *steps: Step) -> list[Look]:
    """The first look, and one after each step, which happens while nobody looks."""
    waiting: Iterator[Step] = iter(steps)
    seen = looks(session.place(str(root)), every=5, wait=lambda seconds: next(waiting)())  # type: ignore[arg-type, return-value]
    return list(islice(seen, 1 + len(steps)))


def counts(look: Look) -> list[int]:
    return [len(each.readings) for each in look.backlog.campaigns.values()]


def write(root: Path, text: str) -> Step:
    return lambda: (root / PATH).write_text(text)


def nothing() -> None:
    """A quiet pause."""


def test_a_new_reading_is_seen_and_a_quiet_pause_is_not(root: Path) -> None:
    seen = watched(root, nothing, write(root, TEXT + FIRST + SECOND), nothing)
    assert [look.changed for look in seen] == [True, False, True, False]
    assert [counts(look) for look in seen] == [[1], [1], [2], [2]]


def test_a_file_that_is_written_anew_with_the_same_words_is_no_news(root: Path) -> None:
    touch: Step = lambda: os.utime(root / PATH)  # noqa: E731
    assert [look.changed for look in watched(root, write(root, TEXT + FIRST), touch)] == [True, False, False]


def test_a_change_that_keeps_time_and_size_of_a_young_file_is_seen(root: Path) -> None:
    status = (root / PATH).stat()

    def in_the_same_moment() -> None:
        (root / PATH).write_text(TEXT + FIRST.replace("calls: 1", "calls: 7"))
        os.utime(root / PATH, ns=(status.st_atime_ns, status.st_mtime_ns))

    seen = watched(root, in_the_same_moment)
    assert seen[1].changed
    assert seen[1].backlog.campaigns[PATH].readings[0]["calls"] == 7


def test_in_the_middle_of_an_edit_the_last_good_state_stands(root: Path) -> None:
    half = TEXT + FIRST + "  - {date: 2026-1"
    seen = watched(root, write(root, half), nothing, write(root, TEXT + FIRST + SECOND))
    assert [counts(look) for look in seen] == [[1], [1], [1], [2]]
    assert [bool(look.trouble) for look in seen] == [False, True, True, False]
    assert seen[1].trouble[0].startswith(f"{PATH}:")


def test_a_backlog_that_is_gone_for_a_moment_is_waited_for(root: Path) -> None:
    away = root.parent / "away"
    seen = watched(root, lambda: shutil.move(root, away), lambda: shutil.move(away, root), nothing)
    assert [counts(look) for look in seen] == [[1]] * 4
    assert [bool(look.trouble) for look in seen] == [False, True, False, False]
    assert not any(look.changed for look in seen[1:]), "it came back as it was"


def test_a_newer_schema_is_said_and_survived(root: Path) -> None:
    settings = (root / "mbl.yaml").read_text()
    steps = [lambda text=text: (root / "mbl.yaml").write_text(text) for text in ("schema: 2\n", settings)]
    seen = watched(root, *steps)
    assert "schema" in seen[1].trouble[0]
    assert [counts(look) for look in seen] == [[1], [1], [1]]
    assert not seen[2].trouble


def test_the_first_look_must_be_possible(here: Path) -> None:
    (here / "mbl.yaml").write_text("schema: 2\n")
    with pytest.raises(MblError):
        watched(here)


def test_a_checkout_that_replaces_the_files_is_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    repository(root)
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    git(root, "checkout", "-qb", "other")
    (root / PATH).write_text(TEXT + FIRST + SECOND)
    git(root, "commit", "-qam", "two")
    git(root, "checkout", "-q", "main")
    seen = watched(
        root, lambda: git(root, "checkout", "-q", "other"), lambda: git(root, "checkout", "-q", "main")
    )
    assert [counts(look) for look in seen] == [[1], [2], [1]]
    assert [look.changed for look in seen] == [True, True, True]


def test_while_nothing_changes_no_file_is_opened(root: Path) -> None:
    for path in (root / PATH, root / "mbl.yaml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    item = next((root / "items").iterdir())
    waiting = iter([lambda: item.write_text(item.read_text() + "\n"), nothing, nothing])
    waited: list[float] = []
    seen = looks(
        session.place(str(root)), every=5, wait=lambda seconds: waited.append(seconds) or next(waiting)()
    )
    next(seen)
    with opened(f"{root.name}/") as names:
        assert [look.changed for look in islice(seen, 3)] == [False] * 3
    assert set(names) == {item.name}, "only what this test itself wrote"
    assert waited == [5, 5, 5], "a pause before every look"
