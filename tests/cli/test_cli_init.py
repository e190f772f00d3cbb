"""`mbl init`: a folder to begin with, and nothing committed."""

from pathlib import Path
from subprocess import run

import pytest

from world import files, mbl


def git(*arguments: str, cwd: Path) -> str:
    return run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout


def test_a_backlog_begins_with_settings_schemas_and_a_repository(here: Path) -> None:
    said = mbl(
        "init", "team", "--name", "Acme: marketing", "--capacity", "31.467", "--timezone", "Europe/Berlin"
    )
    assert said.code == 0, said.err
    root = here / "team"
    assert said.out == f"A backlog begins in {root}, in a new git repository.\n"
    assert 'Next: mbl add "What somebody asked for"' in said.err
    text = (root / "mbl.yaml").read_text()
    for line in (
        "schema: 1",
        "timezone: Europe/Berlin",
        "capacity: 31.467",
        "sizes: {S: 1d, M: 3d, L: 8d, XL: 20d}",
    ):
        assert line in text.splitlines()
    assert {path for path in files(root) if path.startswith("schemas/")} >= {
        "schemas/item.json",
        "schemas/mbl.json",
    }
    assert (root / "items").is_dir()
    assert git("status", "--porcelain", cwd=root)
    assert git("rev-list", "--all", "--count", cwd=root) == "0\n"
    assert mbl("--root", "team", "check").code == 0
    assert "Acme: marketing" in mbl("--root", "team").out


def test_without_git_there_is_none(here: Path) -> None:
    assert mbl("init", "--no-git").out == f"A backlog begins in {here}.\n"
    assert not (here / ".git").exists()
    assert mbl("add", "It works without git").code == 0


def test_inside_a_repository_no_other_is_made(here: Path) -> None:
    git("init", "--quiet", cwd=here)
    assert mbl("init", "marketing").out == f"A backlog begins in {here / 'marketing'}.\n"
    assert not (here / "marketing" / ".git").exists()


def test_a_second_backlog_in_one_folder_is_refused(small: Path) -> None:
    before = files(small)
    for folder in (".", "below"):
        said = mbl("init", folder)
        assert (said.code, said.out) == (1, "")
        assert "There is a backlog already" in said.err
    assert files(small) == before


WRONG = (
    (("init", "--capacity", "lots"), 2, "is not a number"),
    (("init", "--capacity", "-3"), 2, "is less than 0"),
    (("init", "--capacity", "nan"), 2, "capacity"),
    (("init", "--capacity", "inf"), 2, "capacity"),
    (("init", "--timezone", "Mars/Olympus"), 2, "Mars/Olympus"),
    (("init", "file/below"), 1, "file/below"),
    (("init", "a", "b"), 2, "Too many words: b."),
)


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG)
def test_bad_input_is_refused_and_nothing_begins(
    here: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    (here / "file").write_text("in the way")
    said = mbl(*arguments)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert set(files(here)) == {"file"}


def test_the_nearest_backlog_upwards_is_meant_or_the_one_that_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mbl("init", "one", "--no-git", "--name", "One")
    mbl("init", "two", "--no-git", "--name", "Two")
    deep = here / "one" / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert mbl().out.startswith("One\n")
    assert mbl("--root", "../../../two").out.startswith("Two\n")
    monkeypatch.setenv("MBL_ROOT", str(here / "two"))
    assert mbl().out.startswith("Two\n")
    assert mbl("--root", str(here / "one")).out.startswith("One\n")


def test_a_root_without_a_backlog_is_refused(here: Path) -> None:
    said = mbl("--root", "nowhere", "list")
    assert (said.code, said.out) == (1, "")
    assert f"There is no backlog in {here / 'nowhere'}" in said.err
