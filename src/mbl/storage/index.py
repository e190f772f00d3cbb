"""The one cache: every file's noun, so that a list of files that have not changed needs no YAML and no Pydantic.

Keyed by path, modification time, size and inode; where these differ, by content. Versioned, safe to
delete, ignored when damaged, and never trusted for a file as young as the cache itself.
"""

import marshal
import sys
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mbl import __version__
from mbl.errors import Problem
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS, Backlog, kind_of
from mbl.model.noun import keys
from mbl.model.settings import Settings
from mbl.storage import disk
from mbl.storage.packing import Columns, Row, columns, nouns, pack, row, rows, unpacker

_FORM = 5
"""Raised whenever what is kept, or the packed form of a noun, is laid out anew."""
_UNTRUSTED = (0, 0, 0)
"""The mark of a file that is too young to be known by its mark."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of each file, by path: its mark, its fingerprint, its noun.

    `shelves` holds the nouns in folders, by folder: the paths, then the nouns field by field; `alone` the others.
    """

    marks: dict[str, disk.Mark] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    shelves: dict[str, tuple[list[str], Columns]] = field(default_factory=dict)
    alone: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A backlog as read from a folder. `seen` has each file's fingerprint: what it held when it was read."""

    backlog: Backlog
    kept: Kept

    @property
    def seen(self) -> Mapping[str, str]:
        return self.kept.seen


def read(root: Path, state: Path | None, advance: Any = None) -> Reading:
    """The backlog in the folder; only files that changed since the last reading are parsed."""
    began = time.time_ns()
    files, problems = disk.found(root)
    kept = _loaded(state)
    broken = list(problems)
    if files != kept.marks:
        kept = _brought_up_to_date(root, kept, files, broken, advance)
        _save(state, kept, began)
    return Reading(_backlog(kept, broken), kept)


def remember(
    root: Path, state: Path | None, reading: Reading, after: Backlog, contents: Mapping[str, bytes | None]
) -> None:
    """Put what was just written into the cache, so that the next command need not read it again."""
    from mbl.storage.journal import fingerprint

    written = dict(after.nouns())
    marks, seen, packed = dict(reading.kept.marks), dict(reading.kept.seen), _packed(reading.kept)
    for path, content in contents.items():
        for known in (marks, seen, packed):
            known.pop(path, None)
        if content is not None and path in written:
            marks[path], seen[path] = disk.mark(root, path), fingerprint(content)
            packed[path] = _pack(path, written[path])
    _save(state, _kept(marks, seen, packed), time.time_ns())


def _brought_up_to_date(
    root: Path, kept: Kept, files: Mapping[str, disk.Mark], broken: list[Problem], advance: Any
) -> Kept:
    """What is to be kept now: files whose mark or content is known as they were, the others read."""
    late = sorted(path for path, mark in files.items() if kept.marks.get(path) != mark)
    seen = {path: name for path, name in kept.seen.items() if path in files}
    packed = {path: held for path, held in _packed(kept).items() if path in files}
    for done, path in enumerate(late):
        if advance and done % 100 == 0:
            advance(done, len(late))
        former = (seen.pop(path, None), packed.pop(path, None))
        if (found := _read(root, path, former, broken)) is not None:
            seen[path], packed[path] = found
    marks = {path: mark for path, mark in files.items() if path in packed}
    return _kept(marks, seen, packed)


def _read(
    root: Path, path: str, former: tuple[str | None, Any], broken: list[Problem]
) -> tuple[str, Any] | None:
    """The fingerprint and packed noun of one file; None if it cannot be read, its problems then in `broken`."""
    from mbl.storage.codec import parse
    from mbl.storage.journal import fingerprint
    from mbl.storage.yamltext import Malformed

    try:
        content = disk.read(root, path)
        name = fingerprint(content)
        return (name, former[1] if former[0] == name else _pack(path, parse(path, content)))
    except FileNotFoundError:
        return None  # gone since the folder was listed
    except OSError as error:
        broken.append(disk.unreadable(path, error))
    except Malformed as error:
        broken.extend(error.problems)
    return None


def _pack(path: str, noun: Any) -> Any:
    return row(noun) if _folder(path) in FOLDERS else pack(noun)


def _folder(path: str) -> str:
    return path[: path.find("/")]


def _packed(kept: Kept) -> dict[str, Any]:
    """Every packed noun by path: a row for those in folders."""
    packed: dict[str, Any] = dict(kept.alone)
    for folder, (paths, held) in kept.shelves.items():
        packed.update(zip(paths, rows(FOLDERS[folder], held, len(paths)), strict=True))
    return packed


def _kept(marks: Mapping[str, disk.Mark], seen: Mapping[str, str], packed: Mapping[str, Any]) -> Kept:
    """What is kept of these files, in the order of their paths: the same files make the same backlog everywhere."""
    by_folder: dict[str, list[tuple[str, Row]]] = {folder: [] for folder in FOLDERS}
    alone: dict[str, Any] = {}
    paths = sorted(packed)
    for path in paths:
        if (shelf := by_folder.get(_folder(path))) is not None:
            shelf.append((path, packed[path]))
        else:
            alone[path] = packed[path]
    shelves = {
        folder: ([path for path, _ in shelf], columns(FOLDERS[folder], [held for _, held in shelf]))
        for folder, shelf in by_folder.items()
    }
    return Kept({path: marks[path] for path in paths}, {path: seen[path] for path in paths}, shelves, alone)


def _backlog(kept: Kept, broken: Sequence[Problem]) -> Backlog:
    shelves = {
        folder: dict(zip(paths, nouns(FOLDERS[folder], held, len(paths)), strict=True))
        for folder, (paths, held) in kept.shelves.items()
    }
    alone = {path: restore(held) for path, held in kept.alone.items() if (restore := unpacker(kind_of(path)))}
    settings, people = alone.get(SETTINGS) or Settings(), alone.get(PEOPLE) or {}
    return Backlog(settings=settings, people=people, broken=tuple(broken), **shelves)


def layout() -> tuple[Any, ...]:
    """What must be equal for the cache to be understood: the program, Python, and the keys of every noun."""
    from mbl.model import item

    names = (
        *FOLDERS.values(),
        item.Ended,
        item.Part,
        item.Run,
        item.Offer,
        item.Reviewed,
        item.Asked,
        item.Source,
    )
    return (_FORM, __version__, sys.version_info[:2], marshal.version, tuple(keys(kind) for kind in names))


def _loaded(state: Path | None) -> Kept:
    """What the last command kept; nothing if there is none, or if it is damaged or of another version."""
    if state is None:
        return Kept()
    try:
        content = (state / "index").read_bytes()
    except OSError:
        return Kept()
    if zlib.crc32(memoryview(content)[4:]).to_bytes(4, "big") != content[:4]:
        return Kept()
    try:
        form, kept = marshal.loads(memoryview(content)[4:])
    except (ValueError, EOFError, TypeError):
        return Kept()
    return Kept(*kept) if form == layout() else Kept()


def _save(state: Path | None, kept: Kept, began: int) -> None:
    """Keep it for the next command; a disk that refuses costs speed, never an answer."""
    if state is None:
        return
    marks = {path: mark if _settled(mark[0], began) else _UNTRUSTED for path, mark in kept.marks.items()}
    body = marshal.dumps((layout(), (marks, kept.seen, kept.shelves, kept.alone)))
    try:
        disk.replace(state, "index", zlib.crc32(body).to_bytes(4, "big") + body, durable=False)
    except OSError:
        return


def _settled(modified: int, now: int) -> bool:
    """Whether a file is older than the clock's grain: a younger one could change again without showing it."""
    grain = 2_000_000_000 if modified % 1_000_000_000 == 0 else 20_000_000
    return modified < now - grain
