"""The one cache: every file's noun, so that a list of files that have not changed needs no YAML and no Pydantic.

Keyed by path, modification time, size and inode; where these differ, by content. Versioned, safe to
delete, ignored when damaged, and never trusted for a file as young as the cache itself.
"""

import gc
import marshal
import sys
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mbl import __version__
from mbl.errors import Problem
from mbl.model.backlog import FOLDERS, Backlog
from mbl.model.noun import keys
from mbl.storage import disk
from mbl.storage.codec import assembled, kind_of
from mbl.storage.packing import pack, unpacker

Mark = tuple[int, int, int]
Row = tuple[Mark, str, Any]
"""What is kept of a file: its mark, its fingerprint, its packed noun."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A backlog as read from a folder. `seen` has each file's fingerprint, `rows` what the cache keeps."""

    backlog: Backlog
    seen: Mapping[str, str]
    rows: dict[str, Row] = field(default_factory=dict)


def read(root: Path, state: Path | None, advance: Any = None) -> Reading:
    """The backlog in the folder; only files that changed since the last reading are parsed."""
    began = time.time_ns()
    files, problems = disk.found(root)
    kept = _loaded(state)
    gc_was_on = gc.isenabled()
    gc.disable()
    try:
        before = len(kept)
        rows, nouns, broken, fresh = _read_files(root, files, kept, advance)
    finally:
        if gc_was_on:
            gc.enable()
    if fresh or len(rows) != before:
        _save(state, rows, began)
    seen = {path: row[1] for path, row in rows.items()}
    return Reading(assembled(nouns, (*problems, *broken)), seen, rows)


def remember(
    root: Path, state: Path | None, reading: Reading, after: Backlog, contents: Mapping[str, bytes | None]
) -> None:
    """Put what was just written into the cache, so that the next command need not read it again."""
    from mbl.storage.journal import fingerprint

    nouns = dict(after.nouns())
    rows = dict(reading.rows)
    for path, content in contents.items():
        rows.pop(path, None)
        if content is not None and path in nouns:
            status = (root / path).stat()
            mark = (status.st_mtime_ns, status.st_size, status.st_ino)
            rows[path] = (mark, fingerprint(content), pack(nouns[path]))
    _save(state, rows, time.time_ns())


def _read_files(
    root: Path, files: tuple[disk.Found, ...], kept: dict[str, Row], advance: Any
) -> tuple[dict[str, Row], dict[str, Any], list[Problem], int]:
    rows: dict[str, Row] = {}
    nouns: dict[str, Any] = {}
    broken: list[Problem] = []
    restore = {folder: unpacker(kind) for folder, kind in FOLDERS.items()}
    late = [file for file in files if (row := kept.get(file.path)) is None or row[0] != file.mark]
    fresh = 0
    for done, file in enumerate(late):
        if advance and done % 100 == 0:
            advance(done, len(late))
        row = _read_again(root, file, kept.pop(file.path, None), broken)
        if row is not None:
            kept[file.path] = row
            fresh += 1
    for file in files:
        path = file.path
        entry = kept.get(path)
        if entry is None:
            continue
        rows[path] = entry
        unpack = restore.get(path.partition("/")[0]) or unpacker(kind_of(path))
        nouns[path] = entry[2] if unpack is None else unpack(entry[2])
    return rows, nouns, broken, fresh


def _read_again(root: Path, file: disk.Found, row: Row | None, broken: list[Problem]) -> Row | None:
    """The row of a file that is new or may have changed; its problems, if it cannot be read."""
    from mbl.storage.codec import parse
    from mbl.storage.journal import fingerprint
    from mbl.storage.yamltext import Malformed

    try:
        content = disk.read(root, file.path)
        name = fingerprint(content)
        if row is not None and row[1] == name:
            return (file.mark, name, row[2])
        return (file.mark, name, pack(parse(file.path, content)))
    except OSError as error:
        broken.append(disk.unreadable(file.path, error))
    except Malformed as error:
        broken.extend(error.problems)
    return None


def _layout() -> tuple[Any, ...]:
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
    return (__version__, sys.version_info[:2], marshal.version, tuple(keys(kind) for kind in names))


def _loaded(state: Path | None) -> dict[str, Row]:
    if state is None:
        return {}
    try:
        content = (state / "index").read_bytes()
    except OSError:
        return {}
    if zlib.crc32(content[4:]).to_bytes(4, "big") != content[:4]:
        return {}
    gc_was_on = gc.isenabled()
    gc.disable()
    try:
        layout, rows = marshal.loads(memoryview(content)[4:])
    except (ValueError, EOFError, TypeError):
        return {}
    finally:
        if gc_was_on:
            gc.enable()
    return dict(rows) if layout == _layout() else {}


def _save(state: Path | None, rows: dict[str, Row], began: int) -> None:
    """Keep the rows for the next command; a disk that refuses costs speed, never an answer."""
    if state is None:
        return
    trusted = {
        path: row if _settled(row[0][0], began) else ((0, 0, 0), *row[1:]) for path, row in rows.items()
    }
    body = marshal.dumps((_layout(), trusted))
    try:
        disk.replace(state, "index", zlib.crc32(body).to_bytes(4, "big") + body, durable=False)
    except OSError:
        return


def _settled(modified: int, now: int) -> bool:
    """Whether a file is older than the clock's grain: a younger one could change again without showing it."""
    grain = 2_000_000_000 if modified % 1_000_000_000 == 0 else 20_000_000
    return modified < now - grain
