"""The README is played as a user would play it: every command it shows works, and prints what it shows."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """A command line of the README, and the lines it shows below; a line "…" stands for any lines."""

    line: str
    shown: tuple[str, ...]


def typed(text: str) -> list[Typed]:
    """Every command in the console blocks of a text."""
    blocks = [body for kind, body in FENCED.findall(text) if kind == "console"]
    entries = [entry for body in blocks for entry in re.split(r"^\$ ", body, flags=re.MULTILINE) if entry]
    return [
        Typed(line, tuple(rest.rstrip("\n").splitlines()))
        for line, _, rest in (entry.partition("\n") for entry in entries)
    ]


def section(title: str) -> str:
    """What stands below a heading."""
    return next(part for part in README.split("\n## ") if part.startswith(f"{title}\n"))


def fits(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether the printed lines are the shown ones, if any are shown."""
    if not shown:
        return True
    pattern = "".join("(?:.*\n)*" if line == "…" else f"{re.escape(line.rstrip())}\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None


class Shell:
    """A folder and its environment, in which lines are run as typed: `cd`, `mbl` and `git`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        person = {"NAME": "Ana", "EMAIL": "ana@example.com"}
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("MBL_", "GIT_"))},
            **{
                f"GIT_{role}_{key}": value
                for role in ("AUTHOR", "COMMITTER")
                for key, value in person.items()
            },
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "MBL_TODAY": "2026-11-22",
            "MBL_ID_SEED": "readme",
            "HOME": str(folder / "home"),
            "COLUMNS": "80",
            "PYTHONUTF8": "1",
        }

    def run(self, line: str) -> list[str]:
        program, *arguments = shlex.split(line)
        if program == "cd":
            target = arguments[0].replace("~", self.environment["HOME"])
            self.folder = (self.folder / target).resolve(strict=True)
            return []
        command = [sys.executable, "-m", "mbl"] if program == "mbl" else [program]
        done = subprocess.run(
            [*command, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}"
        return done.stdout.splitlines()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A folder that holds the living example, as the checkout does, in a repository of its own."""
    shutil.copytree(ROOT / "examples" / "acme", tmp_path / "examples" / "acme")
    (tmp_path / "home").mkdir()
    shell = Shell(tmp_path)
    for line in ("git init -q", "git add .", "git commit -q -m example"):
        shell.run(line)
    return shell


@pytest.mark.parametrize("title", ["Five minutes", "Look around"])
def test_every_command_works_and_prints_what_the_readme_shows(shell: Shell, title: str) -> None:
    steps = typed(section(title))
    assert steps
    for step in steps:
        printed = shell.run(step.line)
        assert fits(step.shown, printed), "\n".join([f"$ {step.line}", *printed])


def test_the_pull_request_is_the_one_that_the_command_makes(shell: Shell) -> None:
    text = section("How a pull request looks")
    shell.run("cd examples/acme")
    for step in typed(text):
        assert fits(step.shown, shell.run(step.line))
    drawn = next(body for kind, body in FENCED.findall(text) if kind == "diff").splitlines()
    made = shell.run("git diff --relative")
    assert drawn == made[made.index(next(line for line in made if line.startswith("---"))) :]
    assert sum(line.startswith("+") for line in made) == 2, "one changed line, and the name of the file"


def test_the_two_commands_of_a_newcomer_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = re.findall(r"^make (\w+)", section("Try it"), re.MULTILINE)
    assert named == ["try", "test"]
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in named)
