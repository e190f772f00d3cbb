"""The versions that files had in git's history, each with the moment it was written. Refuses nothing of its own."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from mbl.storage import repo

_MOST_NAMED = 100
_ROW = re.compile(r"\x1e(\d+)\0|:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0")


class Version(NamedTuple):
    """What a file held, and when its author committed that (seconds since 1970)."""

    at: int
    content: bytes


def dated_versions(root: Path, paths: Collection[str]) -> dict[str, list[Version]]:
    """Every version of each of these files in a commit up to now, the oldest first. Raises MblError without a repository."""
    own = ("-c", "log.follow=false", "-c", "log.showSignature=false")
    order = ("--reverse", "--topo-order", "-m", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z")
    said = repo.run(root, *own, "log", *order, "--format=%x1e%at", "--", *_specs(paths))
    rows = _rows(said, frozenset(paths))
    found: dict[str, list[Version]] = {}
    for (at, _, path), content in zip(rows, repo.contents(root, [name for _, name, _ in rows]), strict=True):
        found.setdefault(path, []).append(Version(at, content))
    return found


def _specs(paths: Collection[str]) -> list[str]:
    """The files themselves; of very many the folders: a command line has an end."""
    if len(paths) <= _MOST_NAMED:
        return [f":(literal){path}" for path in paths]
    return sorted({path.partition("/")[0] for path in paths})


def _rows(said: str, paths: frozenset[str]) -> list[tuple[int, str, str]]:
    """Moment, name of the content and path of each version; a deletion has no content."""
    at, found = 0, []
    for moment, name, path in _ROW.findall(said):
        if moment:
            at = int(moment)
        elif path in paths and name.strip("0"):
            found.append((at, name, path))
    return found
