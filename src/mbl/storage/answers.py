"""Answers about the history that hold as long as it stands where it is: a second look needs no git.

Kept beside the index, and as expendable. Refuses nothing: what cannot be told is asked anew.
"""

import marshal
import os
import re
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from mbl.storage import disk
from mbl.storage.where import git_dir

_FORM = 1
_COMMIT = re.compile(r"[0-9a-f]{40,64}")

Answer = tuple[str, ...]


def answered(root: Path, state: Path | None, about: str, *, given: str, ask: Callable[[], Answer]) -> Answer:
    """What `ask` says about something, or said before at the same commit and of the same text `given`."""
    head = commit_at(root)
    if state is None or head is None:
        return ask()
    kept = _loaded(state)
    if (known := kept.get(about)) and known[:2] == (head, given):
        return known[2]
    said = ask()
    # Only what was said at the same commit is worth keeping.
    same = {name: row for name, row in kept.items() if row[0] == head}
    _save(state, {**same, about: (head, given, said)})
    return said


def commit_at(root: Path) -> str | None:
    """The commit that the work tree stands on, read without git; None where that is not plain."""
    folder = git_dir(root)
    head = _line(folder / "HEAD") if folder else ""
    if folder is None or not head.startswith("ref: "):
        return head if _COMMIT.fullmatch(head) else None
    name, common = head.removeprefix("ref: ").strip(), _common(folder)
    loose = _line(folder / name) or _line(common / name)
    if _COMMIT.fullmatch(loose):
        return loose
    packed = re.search(
        rf"^([0-9a-f]{{40,64}}) {re.escape(name)}$", _text(common / "packed-refs"), re.MULTILINE
    )
    return packed[1] if packed else None


def _common(folder: Path) -> Path:
    """Where the branches are: a linked work tree shares them with the main one."""
    shared = _line(folder / "commondir")
    return Path(os.path.normpath(folder / shared)) if shared else folder


def _line(file: Path) -> str:
    return _text(file).partition("\n")[0].strip()


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _loaded(state: Path) -> dict[str, tuple[str, str, Answer]]:
    try:
        content = (state / "answers").read_bytes()
        form, kept = marshal.loads(memoryview(content)[4:])
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    if form != _FORM or zlib.crc32(memoryview(content)[4:]).to_bytes(4, "big") != content[:4]:
        return {}
    known: dict[str, tuple[str, str, Answer]] = kept
    return known


def _save(state: Path, kept: Mapping[str, tuple[str, str, Answer]]) -> None:
    """Keep it for the next time; a disk that refuses costs speed, never an answer."""
    body = marshal.dumps((_FORM, dict(kept)))
    try:
        disk.replace(state, "answers", zlib.crc32(body).to_bytes(4, "big") + body, durable=False)
    except OSError:
        return
