"""mbl among other programs: pipes that close, disks that are full, locales that know no letters."""

import sys
from pathlib import Path
from shlex import quote
from subprocess import run

import pytest

from world import MBL, environment, files, item, mbl, process, write_backlog, write_item

SHELL = f"{quote(sys.executable)} -m mbl"


def bash(script: str, **env: str) -> tuple[int, str, str]:
    ran = run(
        ["bash", "-c", script], env=environment(env), capture_output=True, text=True, timeout=60, check=False,
        errors="replace",
    )  # fmt: skip
    return ran.returncode, ran.stdout, ran.stderr


def test_a_reader_that_goes_away_is_no_error(here: Path) -> None:
    many = [
        {"id": f"z{a}{b}{c}{d}", "rank": "a1", "title": "A long title " * 40}
        for a in "bcd"
        for b in "bcd"
        for c in "bcdfghjk"
        for d in "bcd"
    ]
    write_backlog(here, many)
    code, out, err = bash(f"set -o pipefail; {SHELL} list | head -1")
    assert out.startswith("  #  Title")
    assert (code, err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_an_answer_that_cannot_be_written_is_said(small: Path) -> None:
    code, _, err = bash(f"{SHELL} list > /dev/full")
    assert code == 1
    assert "No space left on device" in err
    assert "Traceback" not in err


def test_closed_streams_are_no_crash(small: Path) -> None:
    for script in (f"{SHELL} list >&-", f"{SHELL} list 2>&-", f"{SHELL} show 99 2>&-", f"{SHELL} list <&-"):
        code, _, err = bash(script)
        assert code in (0, 1)
        assert "Traceback" not in err


LOCALES = ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"})


@pytest.mark.parametrize("env", LOCALES)
def test_a_locale_without_letters_is_no_crash(acme: Path, env: dict[str, str]) -> None:
    said = process("list", env=env)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[58].startswith("58 ")
    added = process("add", "Café 日本 🎁", "--requester", "José", env=env)
    assert added.code == 0, added.err
    assert (item("café")["title"], item("café")["requester"]) == ("Café 日本 🎁", "José")


def test_bytes_that_are_no_text_are_refused(small: Path) -> None:
    before = files(small)
    for arguments in ((b"add", b"caf\xe9"), (b"list", b"--text", b"\xff"), (b"\xfe",)):
        said = process(*arguments)
        assert (said.code, said.out) == (2, "")
        assert "is not text" in said.err
        assert "Traceback" not in said.err
    assert files(small) == before


def test_standard_output_holds_data_and_standard_error_the_rest(small: Path) -> None:
    write_item(small, {"id": "zzz22", "title": "Webinar for CTOs"})
    said = process("add", "Webinar for CTOs")
    assert said.out.startswith("Added ")
    assert "is on the list already" in said.err
    as_json = process("list", "--team", "nobody", "-f", "json")
    assert as_json.json["items"] == []
    assert "No item has team nobody." in as_json.err


def test_the_module_is_the_program(small: Path) -> None:
    program = Path(sys.executable).parent / "mbl"
    outs = {run([*start, "list"], capture_output=True, check=True).stdout for start in ([program], MBL)}
    assert outs == {mbl("list").out.encode()}
