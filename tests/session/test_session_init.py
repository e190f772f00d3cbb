"""`mbl init`: a backlog in a folder that begins well, or a refusal that leaves nothing behind."""

from pathlib import Path

import pytest
import yaml

from gitworld import git, pin, repository
from mbl.session.schemas import SCHEMAS
from world import files, mbl


@pytest.fixture(autouse=True)
def pinned(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


def _settings(root: Path) -> object:
    return yaml.safe_load((root / "mbl.yaml").read_text())


def test_an_empty_folder_becomes_a_backlog_in_a_new_repository(here: Path) -> None:
    said = mbl("init", "--name", "Acme marketing", "--capacity", "30", "--timezone", "Europe/Berlin")
    assert said.code == 0, said.err
    assert said.out == f"A backlog begins in {here}, in a new git repository.\n"
    assert "mbl add" in said.err
    assert _settings(here) == {
        "schema": 1, "name": "Acme marketing", "timezone": "Europe/Berlin", "capacity": 30,
        "sizes": {"S": "1d", "M": "3d", "L": "8d", "XL": "20d"}, "hours_per_day": 8, "commit": False,
    }  # fmt: skip
    assert {"mbl.yaml", *(f"schemas/{name}.json" for name in SCHEMAS)} <= set(files(here))
    assert list((here / "items").iterdir()) == []
    assert {"?? mbl.yaml", "?? schemas/"} <= set(git(here, "status", "--porcelain").splitlines())
    assert git(here, "diff", "--cached", "--name-only") == ""
    assert git(here, "rev-list", "--all", "--count").strip() == "0"
    assert "all is well" in mbl("check").out


def test_every_line_of_the_settings_is_explained(here: Path) -> None:
    mbl("init")
    head, _, text = (here / "mbl.yaml").read_text().partition("\n")
    assert head == "# yaml-language-server: $schema=schemas/mbl.json"
    lines = text.splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            assert lines[lines.index(line) - 1].startswith("# "), line
    assert "person-days" in text
    assert "capacity:\n" in text
    assert max(map(len, lines)) <= 120


def test_a_folder_is_made_if_need_be_and_may_have_any_name(here: Path) -> None:
    for name, title in (
        ("our-plans_2027", "Our plans 2027"),
        ("a/b c", "B c"),
        ("物流", "物流"),
        ("---", "Marketing Backlog"),
    ):
        said = mbl("init", "--no-git", "--", name)
        assert said.code == 0, said.err
        assert _settings(here / name)["name"] == title  # type: ignore[index]
        assert not (here / name / ".git").exists()


def test_inside_a_repository_no_other_one_is_made(here: Path) -> None:
    repository(here)
    assert mbl("init", "plans").out == f"A backlog begins in {here / 'plans'}.\n"
    assert not (here / "plans/.git").exists()
    assert mbl("init", "more").code == 0
    assert git(here, "status", "--porcelain") == "?? more/\n?? plans/\n"


@pytest.mark.parametrize("arguments", [[], ["below/deeper"], ["--no-git"]])
def test_a_backlog_that_exists_is_refused_and_stays_as_it_is(here: Path, arguments: list[str]) -> None:
    mbl("init", "--no-git", "--name", "First")
    before = files(here)
    said = mbl("init", *arguments, "--name", "Second")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"There is a backlog already: {here / 'mbl.yaml'}.")
    assert files(here) == before


REFUSED = {
    "capacity nan": (["--capacity", "nan"], 2, "capacity"),
    "capacity inf": (["--capacity", "inf"], 2, "capacity"),
    "capacity -1": (["--capacity", "-1"], 2, "capacity"),
    "capacity 1e400": (["--capacity", "1e400"], 2, "capacity"),
    "capacity word": (["--capacity", "many"], 2, "capacity"),
    "zone": (["--timezone", "Europe/Berln"], 2, "Did you mean Europe/Berlin?"),
    "zone of a city": (["--timezone", "berlin"], 2, "Did you mean Europe/Berlin?"),
    "no zone at all": (["--timezone", "../../etc/passwd"], 2, "Europe/Berlin, Asia/Tokyo or UTC"),
    "empty zone": (["--timezone", ""], 2, "There is no time zone ''"),
    "blank name": (["--name", "   "], 2, "name"),
    "no text": (["--name", "\udcff"], 2, "UTF-8"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_wrong_values_are_refused_and_leave_nothing_behind(here: Path, case: str) -> None:
    arguments, code, says = REFUSED[case]
    said = mbl("init", "new", *arguments)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("yes", "yes"), ("012", "012"), ("a: b # c", "a: b # c"), ("{x}", "{x}"), ("two\nlines", "two lines"),
        ("\x1b[31mred", "\x1b[31mred"), ("'\"", "'\""), ("物流 🎉", "物流 🎉"), ("{schema}", "{schema}"), ("n" * 5000, "n" * 5000),
    ],
)  # fmt: skip
def test_a_name_of_every_kind_is_kept(here: Path, name: str, kept: str) -> None:
    assert mbl("init", "--no-git", "--name", name).code == 0
    assert _settings(here)["name"] == kept  # type: ignore[index]
    assert mbl("check").code == 0


@pytest.mark.parametrize(("given", "written"), [("0", 0), ("12.5", 12.5), ("1000000", 1000000), ("0.1", 0.1)])
def test_a_capacity_is_written_as_people_write_it(here: Path, given: str, written: float) -> None:
    assert mbl("init", "--no-git", "--capacity", given).code == 0
    assert _settings(here)["capacity"] == written  # type: ignore[index]
    assert f"\ncapacity: {given}\n" in (here / "mbl.yaml").read_text()
    assert mbl("capacity").code == 0


def test_where_no_folder_can_be_made_the_reason_is_said(here: Path) -> None:
    (here / "file").write_text("x")
    for folder in ("file", "file/new", "n" * 300, "loop/new"):
        if folder.startswith("loop"):
            (here / "loop").symlink_to("loop")
        said = mbl("init", folder)
        assert (said.code, said.out) == (1, ""), folder
        assert said.err


@pytest.mark.parametrize(("zone", "written"), [("Asia/Tokyo", "Asia/Tokyo"), (":Asia/Tokyo", "Asia/Tokyo")])
def test_the_time_zone_of_the_machine_is_taken(
    here: Path, zone: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert mbl("init", "--no-git").code == 0
    assert _settings(here)["timezone"] == written  # type: ignore[index]


def test_a_time_zone_of_the_machine_that_has_no_name_is_not_taken(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "/usr/share/zoneinfo/Nowhere/Land")
    assert mbl("init", "--no-git").code == 0
    assert mbl("check").code == 0


def test_the_root_option_names_the_folder_too(here: Path) -> None:
    assert mbl("--root", "plans", "init", "--no-git").code == 0
    assert (here / "plans/mbl.yaml").exists()
