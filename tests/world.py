"""The world around mbl in tests: a backlog on disk, a command line in this process, a real process, a real terminal."""

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import run as run_process
from typing import Any

import pexpect
import pyte
from typer.testing import CliRunner

from mbl.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
ACME = ROOT / "examples" / "acme"
FIVE_YEARS = ROOT / "examples" / "five-years"
TODAY = "2026-11-22"
MBL = (sys.executable, "-m", "mbl")
WORLD = {"MBL_TODAY": TODAY, "MBL_ID_SEED": "7", "MBL_USER": "ana"}

SMALL: tuple[dict[str, Any], ...] = (
    {
        "id": "kdw22", "rank": "a1", "title": "Webinar for CTOs", "status": "committed", "accepted": "2026-10-01",
        "requester": "vp-sales", "moscow": "must", "requested": "2026-09-20", "estimate": "5d", "type": "webinar",
        "outcomes": ["pipeline"], "team": "growth", "audience": "cto", "labels": ["q4"],
    },
    {
        "id": "kdw33", "rank": "a2", "title": "Landing page", "status": "doing", "accepted": "2026-10-01",
        "started": "2026-11-02", "requester": "cmo", "moscow": "should", "requested": "2026-09-21", "estimate": "2d-8d",
        "outcomes": ["pipeline", "brand"], "team": "growth",
    },
    {
        "id": "fgh44", "rank": "a3", "title": "Newsletter in spring", "requester": "dealers",
        "requested": "2026-11-10", "type": "email",
    },
    {"id": "xzc55", "rank": "a4", "title": "Newsletter in autumn", "requester": "dealers", "requested": "2026-06-01"},
    {
        "id": "pqr66", "rank": "a5", "title": "Poster", "status": "committed", "accepted": "2026-11-01",
        "requested": "2026-10-31", "moscow": "could", "requester": "VP Sales",
    },
    {
        "id": "hrd77", "rank": "a6", "title": "Old fair", "status": "declined", "requested": "2026-08-01",
        "ended": {"date": "2026-08-02", "by": "ben", "reason": "No room"}, "requester": "cmo",
    },
    {
        "id": "bnn88", "rank": "a7", "title": "Old banner", "status": "done", "accepted": "2026-08-01",
        "requested": "2026-08-01", "ended": {"date": "2026-09-02"},
    },
    {
        "id": "vdd99", "rank": "a8", "title": "Old video", "status": "dropped", "accepted": "2026-08-01",
        "requested": "2026-08-01", "ended": {"date": "2026-09-03", "reason": "No longer needed"},
    },
)  # fmt: skip
"""Five open requests (positions 1 to 5) and three that ended."""


@dataclass(frozen=True)
class Said:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)


def mbl(*arguments: str, input: str | None = None) -> Said:  # noqa: A002
    """A command line in this process, in the present folder; an exception that is not an exit fails the test."""
    ran = CliRunner().invoke(app, list(arguments), prog_name="mbl", input=input)
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return Said(ran.exit_code, ran.stdout, ran.stderr)


def process(*arguments: str | bytes, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Said:
    """A real process, its streams pipes."""
    ran = run_process(
        [*MBL, *arguments], cwd=cwd, env=environment(env), capture_output=True, timeout=60, check=False
    )
    return Said(ran.returncode, ran.stdout.decode("utf-8", "replace"), ran.stderr.decode("utf-8", "replace"))


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of the test, with these variables."""
    return {**os.environ, **(more or {})}


@dataclass(frozen=True)
class Screen:
    """What a person saw: the exit code, the raw bytes as text, and the screen's lines."""

    code: int
    raw: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def terminal(
    *arguments: str,
    width: int = 80,
    height: int = 40,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Screen:
    """The command line in a real pseudo-terminal of this size."""
    child = pexpect.spawn(
        MBL[0], [*MBL[1:], *arguments], dimensions=(height, width), encoding="utf-8", timeout=60, cwd=cwd,
        env=environment({"TERM": "xterm-256color", **(env or {})}),
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    raw = str(child.before)
    code = child.exitstatus if child.exitstatus is not None else -(child.signalstatus or 0)
    return Screen(code, raw, drawn(raw, width))


def drawn(raw: str, width: int, *, height: int = 400) -> tuple[str, ...]:
    """The lines that a terminal of this width shows, as a person could scroll back to them."""
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(raw)
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def write_backlog(root: Path, items: Sequence[Mapping[str, Any]] = SMALL, *, settings: str = "") -> Path:
    """A backlog with these items, one file each."""
    (root / "items").mkdir(parents=True, exist_ok=True)
    (root / "mbl.yaml").write_text(f"schema: 1\nname: Test\ntimezone: UTC\ncapacity: 10\n{settings}")
    for item in items:
        write_item(root, item)
    return root


def write_item(root: Path, item: Mapping[str, Any]) -> Path:
    """One item's file: a JSON value behind each key is YAML, too."""
    path = root / "items" / f"{item['id']}.yaml"
    path.write_text(
        "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in item.items())
    )
    return path


def copy_acme(root: Path) -> Path:
    """The example backlog, to change what you like."""
    shutil.copytree(ACME, root)
    return root


def files(root: Path) -> dict[str, bytes]:
    """Every file that is the user's, by path: what mbl keeps for itself aside."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts and ".mbl" not in path.parts
    }


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """The paths that differ."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


def titles(said: Said) -> list[str]:
    """The titles of a JSON list, in its order."""
    return [item["title"] for item in said.json["items"]]


def ids(said: Said) -> list[str]:
    """The ids of a JSON list, in its order."""
    return [item["id"] for item in said.json["items"]]


def item(ref: str) -> Any:
    """One item as JSON shows it."""
    said = mbl("show", ref, "-f", "json")
    assert said.code == 0, said.err
    return said.json["item"]
