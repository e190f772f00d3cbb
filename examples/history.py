# ruff: noqa: INP001 - a script beside its examples, not a package
"""A small history of the example backlog, to play with: a merged pull request, two open branches, and one conflict.

    python examples/history.py FOLDER

The folder must be new. Authors and days are invented and always the same. Nothing is fetched or pushed, and your own
git settings are left out of it. In the end you are on the branch november-review; sales-wishes is another one, and the
two disagree about one estimate.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ACME = Path(__file__).resolve().parent / "acme"
USAGE = "python examples/history.py FOLDER  (a folder that does not exist yet)"

Step = tuple[str, str, tuple[str, ...]]
"""Who, on which day, did what: the words behind `mbl` or `git`."""
STEPS: tuple[Step, ...] = (
    ("Ana", "2026-11-19", ("git", "add", "--all")),
    ("Ana", "2026-11-19", ("git", "commit", "--quiet", "-m", "The backlog as it is")),
    ("Ben", "2026-11-20", ("mbl", "accept", "newsletter for dealers, spring")),
    ("Ben", "2026-11-20", ("mbl", "commit", "--branch", "dealers")),
    ("Ana", "2026-11-20", ("git", "switch", "--quiet", "main")),
    (
        "Ana", "2026-11-20",
        ("git", "merge", "--quiet", "--no-ff", "dealers", "-m", "Merge pull request #7 from acme/dealers",
         "-m", "Dealers hear from us in spring"),
    ),
    ("Ana", "2026-11-20", ("git", "branch", "--quiet", "--delete", "dealers")),
    ("Chie", "2026-11-21", ("mbl", "edit", "k7f3x", "--estimate", "8d", "--moscow", "must")),
    ("Chie", "2026-11-21", ("mbl", "decline", "bhsv5", "--reason", "No budget for a film")),
    ("Chie", "2026-11-21", ("mbl", "rank", "s2k73", "--to", "2")),
    (
        "Chie", "2026-11-21",
        ("mbl", "commit", "--branch", "november-review", "-m", "The film goes, the pricing page comes first"),
    ),
    ("Ben", "2026-11-21", ("git", "switch", "--quiet", "main")),
    ("Ben", "2026-11-21", ("mbl", "edit", "k7f3x", "--estimate", "13d")),
    ("Ben", "2026-11-21", ("mbl", "add", "Price list for the new docks", "--requester", "vp-sales", "--no-ask")),
    ("Ben", "2026-11-21", ("mbl", "commit", "--branch", "sales-wishes", "-m", "What sales asked for")),
    ("Chie", "2026-11-21", ("git", "switch", "--quiet", "november-review")),
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Build the history; 2 if the command line is wrong."""
    if len(arguments) != 1 or Path(arguments[0]).exists():
        sys.stderr.write(f"{USAGE}\n")
        return 2
    root = Path(arguments[0]).resolve()
    shutil.copytree(ACME, root, ignore=shutil.ignore_patterns(".*"))
    _run(root, "Ana", "2026-11-19", ("git", "init", "--quiet", "--initial-branch=main"))
    for step in STEPS:
        _run(root, *step)
    sys.stdout.write(f"Built in {root}: you are on the branch november-review.\n")
    return 0


def _run(root: Path, who: str, day: str, words: Sequence[str]) -> None:
    program = [sys.executable, "-m", "mbl"] if words[0] == "mbl" else [words[0]]
    ran = subprocess.run(
        [*program, *words[1:]],
        cwd=root,
        env=_surroundings(who, day),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ran.returncode:
        raise SystemExit(f"{' '.join(words)}\n{ran.stdout}{ran.stderr}")


def _surroundings(who: str, day: str) -> dict[str, str]:
    """The same on every machine: no settings, a fixed person, day and seed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MBL_", "GIT_"))}
    person = {"NAME": who, "EMAIL": f"{who.lower()}@acme.example", "DATE": f"{day}T10:00:00+00:00"}
    return {
        **kept,
        **{f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "MBL_TODAY": day,
        "MBL_ID_SEED": "history",
        "MBL_USER": who.lower(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
