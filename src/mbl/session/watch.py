"""Looking at the campaigns again and again, as their files change: by a colleague, an editor, a pull.

A look costs a list of one folder; files are read only when something in it changed. Refuses to give up: what
cannot be read just now stands as it was, and is said.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mbl.core.campaigns.news import stood_in
from mbl.errors import MblError
from mbl.model.backlog import SETTINGS, Backlog
from mbl.session.place import Place, opened
from mbl.storage import disk

_PLACES = ("campaigns", "")
_GRAIN = 2.1
"""Seconds: the coarsest clock of a disk. A file as young could change again without showing it."""


@dataclass(frozen=True, slots=True)
class Look:
    """The last backlog that could be read; what is in the way now; whether the files differ from the look before."""

    backlog: Backlog
    trouble: tuple[str, ...]
    changed: bool = False


def looks(at: Place, *, every: float, wait: Callable[[float], None] = time.sleep) -> Iterator[Look]:
    """A look at once and after each pause, for ever. Raises MblError only if the first one is impossible."""
    marks, began = _marks(at), time.time()
    reading = opened(at)
    backlog, seen = reading.backlog, _seen(reading.seen)
    trouble = _trouble(backlog)
    yield Look(backlog, trouble, changed=True)
    while True:
        wait(every)
        now = _marks(at)
        if now == marks and not _young(marks, began):
            yield Look(backlog, trouble)
            continue
        marks, began = now, time.time()
        if SETTINGS not in now:
            trouble = (f"{SETTINGS}: it is gone just now.",)
            yield Look(backlog, trouble)
            continue
        try:
            reading = opened(at)
        except (MblError, OSError) as error:
            trouble, marks = (str(error),), {}
            yield Look(backlog, trouble)
            continue
        changed, seen = _seen(reading.seen) != seen, _seen(reading.seen)
        backlog, trouble = stood_in(backlog, reading.backlog), _trouble(reading.backlog)
        yield Look(backlog, trouble, changed=changed)


def _marks(at: Place) -> Mapping[str, disk.Mark]:
    return disk.marks(at.root, _PLACES)


def _young(marks: Mapping[str, disk.Mark], read: float) -> bool:
    """Whether a file had been written so shortly before it was read that its mark says nothing."""
    return any(mark[0] > (read - _GRAIN) * 1e9 for mark in marks.values())


def _seen(seen: Mapping[str, str]) -> dict[str, str]:
    """The fingerprints of the files that matter here."""
    return {path: held for path, held in seen.items() if path == SETTINGS or path.startswith("campaigns/")}


def _trouble(backlog: Backlog) -> tuple[str, ...]:
    return tuple(
        f"{problem.where}: {problem.message.removesuffix('.')}."
        for problem in backlog.broken
        if problem.path == SETTINGS or problem.path.startswith("campaigns")
    )
