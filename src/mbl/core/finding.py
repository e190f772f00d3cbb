"""What a rule finds: a place in a file (the steps to it, not yet its line), and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Step = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`at` are the steps to the place in the file: ("parts", 1, "team"). `fixable` by `mbl check --fix`."""

    path: str
    at: tuple[Step, ...] = ()
    code: str
    message: str
    fix: str = ""
    level: Literal["error", "warning"] = "error"
    fixable: bool = False


def nearest(word: str, known: object) -> str:
    """The sentence that suggests the nearest known word; empty if none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1) if isinstance(known, tuple | list | dict | set) else []
    return f"Did you mean {found[0]}?" if found else ""
