"""Which backlog, which day, who: where every command begins."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from mbl.errors import MblError
from mbl.model.backlog import SETTINGS, Backlog
from mbl.storage import disk, index, journal

Advance = Callable[[int, int], None]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A backlog's folder, and the folder for what mbl keeps for itself (None: nowhere)."""

    root: Path
    state: Path | None


def place(root: str | None) -> Place:
    """The backlog in `root`, else in the nearest folder upwards. Raises MblError if there is none."""
    folder = Path(root).absolute() if root else disk.find_root(Path.cwd())
    if folder is None or not (folder / SETTINGS).exists():
        where = f"in {folder}" if root else "here"
        raise MblError(
            f"There is no backlog {where} (no {SETTINGS} in this folder or above).",
            hint="`mbl init` makes one; --root names the folder of another.",
        )
    return Place(folder, disk.state_dir(folder))


def opened(at: Place, advance: Advance | None = None, *, tell: Tell = lambda text: None) -> index.Reading:
    """The backlog as its files are now; what was interrupted is finished first."""
    if at.state is not None and journal.interrupted(at.state):
        with journal.lock(at.state):
            if told := journal.finish(at.root, at.state):
                tell(told)
    reading = index.read(at.root, at.state, advance)
    for problem in reading.backlog.broken:
        if problem.code == "schema-version":
            raise MblError(f"{problem.path}: {problem.message}.", hint=problem.fix)
    return reading


def today(backlog: Backlog) -> date:
    """The day it is where the backlog lives."""
    zone = backlog.settings.timezone
    if zone is None:
        return datetime.now().astimezone().date()
    if zone == "UTC":
        return datetime.now(UTC).date()
    from zoneinfo import ZoneInfo

    try:
        return datetime.now(ZoneInfo(zone)).date()
    except (OSError, ValueError):
        return datetime.now().astimezone().date()


def who(at: Place) -> str | None:
    """Who is at the keyboard: MBL_USER, else the name git signs with."""
    if name := os.environ.get("MBL_USER"):
        return name
    from mbl.storage import repo

    try:
        return repo.who(at.root)
    except MblError:
        return None
