"""What the files of former states held, by the name git keeps them under: what was read once is not parsed again.

Beside the index, and as expendable: versioned, ignored when damaged, begun anew when it has grown too large.
"""

import marshal
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mbl.errors import Problem
from mbl.model.backlog import FOLDERS, kind_of
from mbl.storage import disk
from mbl.storage.index import layout
from mbl.storage.packing import pack, unpacker

_MOST = 40_000
"""So many files of the past are kept at most."""

Fetch = Callable[[Sequence[str]], Mapping[str, bytes]]
Version = tuple[str, str]
"""A file's path, and the name git keeps its content under."""
Key = tuple[str, str]
"""The kind of a file, and the name of its content: the same bytes mean another noun in another folder."""


def nouns(
    state: Path | None, wanted: Iterable[Version], fetch: Fetch, advance: Any = None
) -> tuple[dict[Version, Any], list[Problem]]:
    """The noun of each version of a file, and what cannot be read; `fetch` gets contents by name."""
    kept = _loaded(state)
    versions = tuple(dict.fromkeys(wanted))
    missing = [version for version in versions if _key(version) not in kept]
    read, broken = _parsed(missing, fetch, advance)
    if read:
        fresh = {_key(version): pack(noun) for version, noun in read.items()}
        _save(state, {**(kept if len(kept) + len(fresh) <= _MOST else {}), **fresh})
    held = {version: kept[_key(version)] for version in versions if _key(version) in kept}
    return {**{version: _restored(version[0], packed) for version, packed in held.items()}, **read}, broken


def _parsed(
    missing: Sequence[Version], fetch: Fetch, advance: Any
) -> tuple[dict[Version, Any], list[Problem]]:
    if not missing:
        return {}, []
    from mbl.storage.codec import parse
    from mbl.storage.yamltext import Malformed

    contents = fetch(tuple(dict.fromkeys(name for _, name in missing)))
    read: dict[Version, Any] = {}
    broken: list[Problem] = []
    for done, (path, name) in enumerate(missing, start=1):
        try:
            read[path, name] = parse(path, contents[name])
        except Malformed as error:
            broken.extend(error.problems)
        if advance:
            advance(done, len(missing))
    return read, broken


def _key(version: Version) -> Key:
    path, name = version
    folder = path.partition("/")[0]
    return (folder if folder in FOLDERS else path, name)


def _restored(path: str, packed: Any) -> Any:
    restore = unpacker(kind_of(path))
    return packed if restore is None else restore(packed)


def _loaded(state: Path | None) -> dict[Key, Any]:
    try:
        content = (state / "past").read_bytes() if state else b""
        form, kept = marshal.loads(memoryview(content)[4:])
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    if zlib.crc32(memoryview(content)[4:]).to_bytes(4, "big") != content[:4] or form != layout():
        return {}
    known: dict[Key, Any] = kept
    return known


def _save(state: Path | None, kept: Mapping[Key, Any]) -> None:
    """Keep it for the next time; a disk that refuses costs speed, never an answer."""
    if state is None:
        return
    body = marshal.dumps((layout(), dict(kept)))
    try:
        disk.replace(state, "past", zlib.crc32(body).to_bytes(4, "big") + body, durable=False)
    except OSError:
        return
