"""What a rule finds: a place in a file (the steps to it, not yet its line), and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from mbl.model.backlog import Backlog

Step = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`at` are the steps to the place in the file: ("parts", 1, "team")."""

    path: str
    at: tuple[Step, ...] = ()
    code: str
    message: str
    fix: str
    level: Literal["error", "warning"] = "error"


def nearest(word: str, known: object) -> str:
    """The sentence that suggests the nearest known word; empty if none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1) if isinstance(known, tuple | list | dict | set) else []
    return f"Did you mean {found[0]}?" if found else ""


def is_unread(backlog: Backlog, place: str) -> bool:
    """Whether this file, or one in this folder, could not be read: what it holds must not be called missing."""
    return any(problem.path == place or problem.path.startswith(f"{place}/") for problem in backlog.broken)


def unread_names(backlog: Backlog, folder: str) -> frozenset[str]:
    """The names, without folder and ending, of this folder's files that could not be read."""
    paths = (problem.path.partition("/") for problem in backlog.broken)
    return frozenset(name.rpartition(".")[0] for first, _, name in paths if first == folder)
