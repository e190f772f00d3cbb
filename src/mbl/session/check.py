"""Everything that is wrong in a folder: files that cannot be read, files in the wrong place, broken rules."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from mbl.core.check import findings
from mbl.core.finding import Finding
from mbl.errors import Problem
from mbl.model.backlog import SETTINGS, Backlog
from mbl.session.place import Place, opened
from mbl.storage import disk


def problems(at: Place, day: date) -> tuple[tuple[Problem, ...], int]:
    """Everything that is wrong, sorted by file and line, and how many files were looked at."""
    reading = opened(at)
    found = [*reading.backlog.broken, *_strays(at.root), *_timezone(reading.backlog)]
    found.extend(_located(at.root, finding) for finding in findings(reading.backlog, day))
    level = {"error": 0, "warning": 1}
    found.sort(key=lambda problem: (level[problem.level], problem.path, problem.line, problem.column))
    return tuple(found), len(reading.seen) + len({problem.path for problem in reading.backlog.broken})


def _located(root: Path, finding: Finding) -> Problem:
    from mbl.storage import yamltext

    line, column = 0, 0
    if finding.at:
        try:
            line, column = yamltext.position(disk.read(root, finding.path).decode(), finding.at)
        except (OSError, ValueError, yamltext.Malformed):
            line, column = 0, 0
    return Problem(
        path=finding.path, code=finding.code, message=finding.message, fix=finding.fix, level=finding.level,
        line=line, column=column,
    )  # fmt: skip


def _strays(root: Path) -> Iterable[Problem]:
    for path in disk.strays(root):
        if "/" not in path and not _looks_like_ours(root, path):
            continue
        yield Problem(
            path=path, code="wrong-place", message="a file that mbl does not read here",
            fix="Requests belong in items/, other files in their own folder; rename or move it.",
        )  # fmt: skip


def _looks_like_ours(root: Path, path: str) -> bool:
    """A file beside the folders is ours to complain about if it holds a request; else it is the user's own."""
    try:
        text = disk.read(root, path).decode("utf-8", "replace")
    except OSError:
        return False
    keys = {line.partition(":")[0] for line in text.splitlines()}
    return "title" in keys and bool(keys & {"id", "status", "requester", "rank", "hypothesis"})


def _timezone(backlog: Backlog) -> Iterable[Problem]:
    zone = backlog.settings.timezone
    if zone is None:
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (OSError, ValueError):
        yield Problem(
            path=SETTINGS, code="unknown-timezone", message=f"there is no time zone {zone}",
            fix="Write it like Europe/Berlin, Asia/Tokyo or UTC.",
        )  # fmt: skip
