"""What the last actions did to the files, so that each can be taken back while nobody has touched them since.

One note an action, in the state folder; the oldest go first. Refuses nothing: a note that cannot be written
costs the undo, never the action, and one that is damaged is not there.
"""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mbl.storage import disk

KEPT = 100
"""So many actions are kept."""
LARGEST = 20_000_000
"""Bytes. A larger note is not kept: nobody takes back a rewritten library."""

Files = Mapping[str, tuple[bytes | None, str | None]]
"""By path: what the file held before (None: no file), and the fingerprint of what it held after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: in words, when (seconds since 1970), its files, and the name of the action it took back."""

    name: str
    words: str
    when: float
    files: Files
    undoes: str | None = None


def note(state: Path, words: str, files: Files, *, undoes: str | None = None) -> None:
    """Remember an action that is about to happen."""
    now = time.time_ns()
    noted = {
        "words": words,
        "when": now / 1e9,
        "undoes": undoes,
        "files": {
            path: [None if before is None else before.decode("utf-8", "surrogateescape"), after]
            for path, (before, after) in files.items()
        },
    }
    text = json.dumps(noted).encode()
    disk.remove_leftovers(state / "undo")
    with suppress(OSError):
        if len(text) <= LARGEST:
            disk.replace(state, f"undo/{now:020d}.json", text, durable=False)
        for old in _names(state)[:-KEPT]:
            (state / "undo" / old).unlink(missing_ok=True)


def undoable(state: Path | None) -> tuple[Action, ...]:
    """The actions that were not taken back, the last one first."""
    standing: dict[str, Action] = {}
    for name in _names(state) if state else ():
        action = _read(state, name) if state else None
        if action is None:
            continue
        if action.undoes:
            standing.pop(action.undoes, None)
        else:
            standing[name] = action
    return tuple(reversed(standing.values()))


def forget(state: Path, action: Action) -> None:
    """Take the note away."""
    with suppress(OSError):
        (state / "undo" / action.name).unlink(missing_ok=True)


def _names(state: Path) -> list[str]:
    try:
        return sorted(path.name for path in (state / "undo").iterdir() if path.suffix == ".json")
    except OSError:
        return []


def _read(state: Path, name: str) -> Action | None:
    try:
        noted = json.loads((state / "undo" / name).read_bytes())
        files = {
            path: (None if before is None else before.encode("utf-8", "surrogateescape"), after)
            for path, (before, after) in noted["files"].items()
        }
        return Action(
            name=name, words=noted["words"], when=noted["when"], undoes=noted["undoes"], files=files
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
