"""`make try` tells the same story on every machine: in a path with spaces, without a name in git, in a narrow terminal."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "examples" / "try.py"


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MBL_", "GIT_"))}
    temporary = home / "my own temp"
    temporary.mkdir()
    bare = {"HOME": str(home), "TMPDIR": str(temporary), "GIT_CONFIG_GLOBAL": os.devnull}
    return {**kept, **bare, "GIT_CONFIG_NOSYSTEM": "1", **more}


def made_in(home: Path) -> Path:
    (folder,) = (home / "my own temp").iterdir()
    return folder


def commands(screen: str) -> list[list[str]]:
    """What the screen shows to have been typed."""
    shown = re.findall(r"^\$ ((?:.*\\\n)*.*)", screen.replace("\r\n", "\n"), re.MULTILINE)
    return [shlex.split(command.replace("\\\n", " ")) for command in shown]


def test_eight_lists_become_sixty_months_and_the_shown_commands_do_the_same_again(tmp_path: Path) -> None:
    checkout = tmp_path / "a checkout with spaces"
    shutil.copytree(SCRIPT.parent / "five-years", checkout / "five-years")
    script = shutil.copy(SCRIPT, checkout)
    settings = environment(tmp_path, LC_ALL="C.UTF-8")
    done = subprocess.run(
        [sys.executable, script], env=settings, capture_output=True, encoding="utf-8", check=True
    )
    assert "About 60 months of committed work" in done.stdout
    assert "341 new" in done.stdout
    folder = made_in(tmp_path)
    assert f"cd {shlex.quote(str(folder))}" in done.stdout
    assert (folder / ".git").is_dir()
    top = subprocess.run(
        [sys.executable, "-m", "mbl", "list", "--limit", "2", "--columns", "title"],
        cwd=folder, env=settings, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    assert top.splitlines()[1:3] == ["One-pager, January offer", "Lumo Air planning guide for electricians"]

    again = tmp_path / "again"
    again.mkdir()
    shutil.copytree(folder / "lists", again / "lists")
    typed = commands(done.stdout)
    assert [words[1] for words in typed] == ["init", "import", "rank", "list", "capacity"]
    for words in typed:
        assert words[0] == "mbl"
        last = subprocess.run(
            [sys.executable, "-m", *words], cwd=again, env={**settings, "MBL_TODAY": "2026-11-22"},
            capture_output=True, encoding="utf-8", check=True,
        ).stdout  # fmt: skip
    assert last in done.stdout


@pytest.mark.parametrize("width", [60, 80])
def test_in_a_terminal_the_story_is_drawn_and_fits_the_screen(tmp_path: Path, width: int) -> None:
    settings = environment(tmp_path, TERM="xterm-256color", LC_ALL="C.UTF-8", NO_COLOR="1")
    child = pexpect.spawn(
        sys.executable, [str(SCRIPT)], env=settings, dimensions=(24, width), encoding="utf-8", timeout=60
    )
    screen = child.read()
    child.close()
    assert child.exitstatus == 0
    assert "───" in screen, "Rich draws in a terminal"
    assert "About 60 months" in screen
    story = screen.split("$ mbl rank")[1].replace(str(made_in(tmp_path)), "…").splitlines()
    assert [line for line in story if len(line) > width and "export PATH" not in line] == []


def test_it_stops_at_the_first_command_that_fails_and_says_so_with_its_exit_code(tmp_path: Path) -> None:
    (tmp_path / "five-years").mkdir()
    script = shutil.copy(SCRIPT, tmp_path)
    done = subprocess.run(
        [sys.executable, script],
        env=environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "capacity\n" not in done.stdout.split("import csv")[1]
    assert "lists/maya-product-marketing.csv" in done.stderr
