"""Which backlog, which day, who: where every command begins."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from mbl.errors import MblError
from mbl.model.backlog import SETTINGS, Backlog
from mbl.session.timezone import zone
from mbl.storage import index, journal, where
from mbl.storage.lock import lock

Advance = Callable[[int, int], None]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A backlog's folder, and the folder for what mbl keeps for itself (None: nowhere)."""

    root: Path
    state: Path | None


def place(root: str | None) -> Place:
    """The backlog in `root`, else in the nearest folder upwards. Raises MblError if there is none."""
    folder = Path(root).absolute() if root else where.find_root(Path.cwd())
    if folder is None or not os.path.exists(folder / SETTINGS):
        named = f"in {folder}" if root else "here"
        raise MblError(
            f"There is no backlog {named} (no {SETTINGS} in this folder or above).",
            hint="`mbl init` makes one; --root names the folder of another.",
        )
    return Place(folder, where.state_dir(folder))


def opened(at: Place, advance: Advance | None = None, *, tell: Tell = lambda text: None) -> index.Reading:
    """The backlog as its files are now; what was interrupted is finished first."""
    if journal.interrupted(at.state):
        with lock(at.state):
            return present(at, advance, tell=tell)
    return _read(at, advance)


def present(at: Place, advance: Advance | None = None, *, tell: Tell) -> index.Reading:
    """The same for whoever holds the lock, and would wait for themselves in `opened`."""
    if at.state is not None and journal.interrupted(at.state) and (told := journal.finish(at.root, at.state)):
        tell(told)
    return _read(at, advance)


def today(backlog: Backlog) -> date:
    """The day it is where the backlog lives."""
    name = backlog.settings.timezone
    here = zone(name) if name else None
    return datetime.now(here).date() if here else datetime.now().astimezone().date()


def who(at: Place) -> str | None:
    """Who is at the keyboard: MBL_USER, else the name git signs with."""
    if name := os.environ.get("MBL_USER"):
        return name
    from mbl.storage import repo

    try:
        return repo.who(at.root)
    except MblError:
        return None


def _read(at: Place, advance: Advance | None) -> index.Reading:
    reading = index.read(at.root, at.state, advance)
    for problem in reading.backlog.broken:
        if problem.code == "schema-version":
            raise MblError(f"{problem.path}: {problem.message}.", hint=problem.fix)
    return reading
