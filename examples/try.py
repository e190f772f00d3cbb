# ruff: noqa: INP001 - a script beside its data, not a package
"""`make try`: the main job of mbl on eight real-looking lists, in a new folder of its own.

Every command is shown before it runs, as you would type it. Refuses nothing and changes nothing but that
folder; stops at the first command that fails, with its exit code.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

LISTS = Path(__file__).resolve().parent / "five-years"
FILES = (
    "maya-product-marketing.csv",
    "oliver-events.csv",
    "priya-website.csv",
    "sam-sales-enablement.csv",
    "katrin-nachfrage.csv",
    "joerg-marke-und-druck.csv",
    "lucia-iberia.csv",
    "haruka-japan.csv",
)
DAY = "2026-11-22"
CAPACITY = "31.467"
CONTINUED = " \\"


def main() -> int:
    """Play the story; returns the exit code of the command that failed, else 0."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    folder = Path(tempfile.mkdtemp(prefix="mbl-try-")).resolve()
    shutil.copytree(LISTS, folder / "lists")
    _say(
        "Eight colleagues keep eight lists of what they have promised, in four languages. Nobody has ever added them up."
    )
    _say(f"The lists end on {DAY}, so every command here works as if it were that day (MBL_TODAY={DAY}).")
    for about, command in _story():
        _say(about)
        _show(command)
        code = _run(command, folder)
        if code:
            return code
    _farewell(folder)
    return 0


def _story() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lists = tuple(f"lists/{name}" for name in FILES)
    first, second = "January offer", "Lumo Air planning guide"
    return (
        ("A new backlog, for a team with 31.467 person-days of planned work a month:",
         ("init", "--name", "Lumo marketing", "--capacity", CAPACITY)),
        ("All eight lists at once. mbl says how it read each column:", ("import", "csv", *lists)),
        ("Now it is one list. Two things that matter go to the top:", ("rank", first, second, "--top")),
        ("The top of the list. Lumo Classic is not even sold any more:", ("list", "--limit", "8")),
        ("And the sum of all promises:", ("capacity",)),
    )  # fmt: skip


def _run(command: Sequence[str], folder: Path) -> int:
    environment = {name: value for name, value in os.environ.items() if name != "MBL_ROOT"}
    environment["MBL_TODAY"] = DAY
    sys.stdout.flush()
    return subprocess.run(
        [sys.executable, "-m", "mbl", *command], cwd=folder, env=environment, check=False
    ).returncode


def _show(command: Sequence[str]) -> None:
    """The command as it is typed, in as many lines as it needs."""
    line, lines = "$ mbl", []
    for word in map(shlex.quote, command):
        if len(line) + 1 + len(word) + len(CONTINUED) > _width():
            lines.append(line + CONTINUED)
            line = "   "
        line += f" {word}"
    sys.stdout.write("\n".join((*lines, line)) + "\n")


def _farewell(folder: Path) -> None:
    scripts = Path(sys.executable).parent
    _say(
        "Five years of promises. More than half of it nobody will miss: products that are gone, fairs that are over, wishes of people who left."
    )
    _say("The backlog is a folder of plain files, one a request. To go on there:")
    go_on = (
        f"export PATH={shlex.quote(str(scripts))}:$PATH MBL_TODAY={DAY}",
        f"cd {shlex.quote(str(folder))}",
        "mbl",
        "mbl show 1",
        'mbl list --text "Lumo Classic"',
        'mbl capacity --without requester="VP Sales EMEA"',
        'mbl decline 3 --reason "Lumo Classic is not sold any more"',
        "mbl --help",
    )
    sys.stdout.write("".join(f"  {line}\n" for line in go_on))
    _say("When you are done, delete the folder.")


def _say(text: str) -> None:
    sys.stdout.write("\n" + "\n".join(wrap(text, min(_width(), 100))) + "\n")


def _width() -> int:
    return max(40, shutil.get_terminal_size().columns)


if __name__ == "__main__":
    sys.exit(main())
