"""Which commit did what to which file: the history read once, then only what is new.

Kept beside the index, and as expendable. Refuses nothing: where the history was rewritten it is read anew.
"""

import marshal
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from mbl.errors import MblError
from mbl.model.backlog import FOLDERS, PEOPLE, SETTINGS
from mbl.storage import disk, repo

_FORM = 2
_OURS = (SETTINGS, PEOPLE, *FOLDERS)
_FORMAT = "%x1e%H%x00%P%x00%aN%x00%as%x00%s%x00%b%x00"
_RECORD = re.compile(r"\x1e(?=[0-9a-f]{40,64}\0)")
"""Where a commit begins: no message can hold the zero byte behind the id."""
_LONGEST = 2_000


class Entry(NamedTuple):
    """One commit: its id, its parents' ids, who made it, the day (ISO), its subject and the text below."""

    id: str
    parents: tuple[str, ...]
    by: str
    on: str
    subject: str
    body: str


class Touch(NamedTuple):
    """What a commit did to a file: the number of the entry, and the names git keeps the content under (None: no file)."""

    entry: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every commit up to `head`, the oldest first, and what was done to each file, by path.

    `cut`: the commits at which a shallow clone was cut off. What they did is unknown: git shows every file as new there.
    """

    head: str = ""
    cut: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    touches: dict[str, list[Touch]] = field(default_factory=dict)


def ledger(root: Path, state: Path | None, tell: Callable[[str], None] = lambda text: None) -> Ledger:
    """The history of the backlog's files as it is now; empty before the first commit. Raises MblError without git."""
    head, cut = _head(root)
    if not head:
        return Ledger()
    kept = _loaded(state)
    if (kept.head, kept.cut) == (head, cut):
        return kept
    if kept.head and (kept.cut != cut or not _leads_to(root, kept.head, head)):
        kept = Ledger()
    if not kept.head:
        tell("Reading the history, once …")
    grown = _grown(replace(kept, head=head, cut=cut), _log(root, kept.head, head))
    _save(state, grown)
    return grown


def _head(root: Path) -> tuple[str, tuple[str, ...]]:
    """The last commit, and where the history was cut off; empty before the first commit."""
    repo.refuse_unusable(root)
    try:
        cut, head = repo.run(root, "rev-parse", "--git-path", "shallow", "HEAD").splitlines()
    except (MblError, ValueError):
        return "", ()
    try:
        return head, tuple(sorted((root / cut).read_text("ascii").split()))
    except (OSError, ValueError):
        return head, ()


def _leads_to(root: Path, old: str, new: str) -> bool:
    try:
        repo.run(root, "merge-base", "--is-ancestor", old, new)
    except MblError:
        return False
    return True


def _log(root: Path, old: str, new: str) -> str:
    """Every commit since the old one, with what it did to the files; of a merge only that it was."""
    own = ("-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "core.quotePath=false")
    order = (
        "--reverse",
        "--topo-order",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--relative",
        "-z",
        "--root",
    )
    since = (f"^{old}",) if old else ()
    # Without paths after `--`: git would leave out the merges that tell of pull requests.
    return repo.run(root, *own, "log", *order, f"--format={_FORMAT}", new, *since)


def _grown(kept: Ledger, said: str) -> Ledger:
    entries = list(kept.entries)
    touches = {path: list(known) for path, known in kept.touches.items()}
    for record in _RECORD.split(said)[1:]:
        id_, parents, by, on, subject, body, rest = record.split("\0", 6)
        entries.append(Entry(id_, tuple(parents.split()), by, on, subject, body.strip()[:_LONGEST]))
        for what, path in _rows(rest) if id_ not in kept.cut else ():
            if path.partition("/")[0] in _OURS:
                before, after = (None if set(name) == {"0"} else name for name in what.split(" ")[2:4])
                touches.setdefault(path, []).append(Touch(len(entries) - 1, before, after))
    return replace(kept, entries=entries, touches=touches)


def _rows(text: str) -> Sequence[tuple[str, str]]:
    cells = [cell for cell in text.lstrip("\0\n").split("\0") if cell]
    return list(zip(cells[::2], cells[1::2], strict=False))


def _loaded(state: Path | None) -> Ledger:
    try:
        content = (state / "ledger").read_bytes() if state else b""
        form, head, cut, entries, touches = marshal.loads(memoryview(content)[4:])
    except (OSError, ValueError, EOFError, TypeError):
        return Ledger()
    if form != _FORM or zlib.crc32(memoryview(content)[4:]).to_bytes(4, "big") != content[:4]:
        return Ledger()
    return Ledger(
        head,
        cut,
        [Entry(*entry) for entry in entries],
        {path: [Touch(*touch) for touch in known] for path, known in touches.items()},
    )


def _save(state: Path | None, kept: Ledger) -> None:
    """Keep it for the next time; a disk that refuses costs speed, never an answer."""
    if state is None:
        return
    entries = [tuple(entry) for entry in kept.entries]
    touches = {path: [tuple(touch) for touch in known] for path, known in kept.touches.items()}
    body = marshal.dumps((_FORM, kept.head, kept.cut, entries, touches))
    try:
        disk.replace(state, "ledger", zlib.crc32(body).to_bytes(4, "big") + body, durable=False)
    except OSError:
        return


def pull_requests(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    """The merge that brought each commit into the present branch, by the commit's id."""
    known = {entry.id: entry for entry in entries}
    mainline: list[Entry] = []
    step = entries[-1] if entries else None
    while step is not None:
        mainline.append(step)
        step = known.get(step.parents[0]) if step.parents else None
    seen: set[str] = set()
    brought: dict[str, Entry] = {}
    for entry in reversed(mainline):
        seen.add(entry.id)
        waiting = list(entry.parents[1:])
        while waiting:
            id_ = waiting.pop()
            if id_ not in seen and id_ in known:
                seen.add(id_)
                brought[id_] = entry
                waiting.extend(known[id_].parents)
    return brought
