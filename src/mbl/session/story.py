"""The chapters of a story out of git: each commit's files before and after, and what is not committed yet.

Refuses a backlog without git. A commit of very many files is counted, not read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mbl.core.changes.story import Chapter
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session.change import silent
from mbl.session.place import Advance, Place, Tell
from mbl.storage import blobs, past
from mbl.storage.ledger import Entry, Ledger, Touch, ledger, pull_requests

_MOST_FILES = 300
"""A commit of more files is an import or a clean-up: it is counted."""
_MERGED = re.compile(
    r"(?:Merge pull request|Merged in .* \(pull request|Merge branch .* into .*See merge request .*!) ?#?(\d+)"
)
_SQUASHED = re.compile(r" \(#(\d+)\)$")

_CUT = "This clone was cut short (a shallow clone): earlier commits are not told. git fetch --unshallow brings them."
Files = Mapping[str, Touch]


def chapters(
    at: Place,
    folder: Backlog,
    *,
    today: date,
    id_: str | None = None,
    since: date | None = None,
    limit: int = 0,
    tell: Tell = silent,
    advance: Advance | None = None,
) -> tuple[tuple[Chapter, ...], int]:
    """The commits that touched the backlog, or the file of one id, the last one first; and how many are left out.

    `since` and `limit` (0: none) say how far back. Raises MblError.
    """
    kept = ledger(at.root, at.state, tell)
    if kept.cut:
        tell(_CUT)
    by_entry = _by_entry(kept, id_)
    by_day = sorted(by_entry, key=lambda number: (kept.entries[number].on, number), reverse=True)
    wanted = [number for number in by_day if _is_since(kept.entries[number], since)]
    shown = wanted[:limit] if limit else wanted
    merges = pull_requests(kept.entries)
    open_ = _uncommitted(at, folder, id_, today)
    nouns = _nouns(at, [by_entry[number] for number in shown], advance)
    told = [_chapter(kept.entries[number], by_entry[number], nouns, merges) for number in shown]
    return (*open_, *told), len(wanted) - len(shown)


def _by_entry(kept: Ledger, id_: str | None) -> dict[int, dict[str, Touch]]:
    """The files each commit touched, by the number of its entry; of one id if there is one."""
    found: dict[int, dict[str, Touch]] = {}
    for path, touches in kept.touches.items():
        if id_ is None or _is_of(path, id_):
            for touch in touches:
                found.setdefault(touch.entry, {})[path] = touch
    return found


def _is_of(path: str, id_: str) -> bool:
    """Whether the file is that of the item or campaign with this id: its name ends in it, whatever the slug."""
    folder, _, name = path.partition("/")
    return folder in ("items", "campaigns") and name.rpartition(".")[0].endswith(id_)


def _is_since(entry: Entry, since: date | None) -> bool:
    return since is None or entry.on >= since.isoformat()


def _nouns(at: Place, touched: Iterable[Files], advance: Advance | None) -> Mapping[blobs.Version, object]:
    """What the files held, as far as anybody can read it."""
    versions = [
        (path, name)
        for files in touched
        if len(files) <= _MOST_FILES
        for path, touch in files.items()
        for name in (touch.before, touch.after)
        if name is not None
    ]
    return blobs.nouns(at.state, versions, lambda names: past.contents(at.root, names), advance)[0]


def _chapter(
    entry: Entry, files: Files, nouns: Mapping[blobs.Version, object], merges: Mapping[str, Entry]
) -> Chapter:
    number, why = _request(entry, merges.get(entry.id))
    told = files if len(files) <= _MOST_FILES else {}
    broken = tuple(path for path, touch in told.items() if touch.after and (path, touch.after) not in nouns)
    mended = tuple(
        path
        for path, touch in told.items()
        if touch.before and (path, touch.before) not in nouns and path not in broken
    )
    return Chapter(
        commit=entry.id,
        on=date.fromisoformat(entry.on),
        by=entry.by,
        why=why,
        pull_request=number,
        files={
            path: (nouns.get((path, touch.before or "")), nouns.get((path, touch.after or "")))
            for path, touch in told.items()
            if path not in broken and path not in mended
        },
        more=len(files) - len(told),
        broken=broken,
        mended=mended,
    )


def _request(entry: Entry, merge: Entry | None) -> tuple[str | None, str]:
    """The number of the pull request, and why: its title, else the commit's own subject."""
    if squashed := _SQUASHED.search(entry.subject):
        return squashed[1], entry.subject[: squashed.start()]
    if merge and (merged := _MERGED.match(merge.subject)):
        return merged[1], merge.body.partition("\n")[0] or entry.subject
    return None, entry.subject


def _uncommitted(at: Place, folder: Backlog, id_: str | None, today: date) -> Sequence[Chapter]:
    try:
        differs = past.differing(at.root, "HEAD")
    except MblError:
        return ()
    mine = {path: name for path, name in differs.items() if id_ is None or _is_of(path, id_)}
    if not mine:
        return ()
    versions = [(path, name) for path, name in mine.items() if name is not None]
    former = blobs.nouns(at.state, versions, lambda names: past.contents(at.root, names))[0]
    now = dict(folder.nouns())
    broken = tuple(dict.fromkeys(problem.path for problem in folder.broken if problem.path in mine))
    mended = tuple(path for path, name in mine.items() if name and (path, name) not in former and path in now)
    files = {
        path: (former.get((path, name or "")), now.get(path))
        for path, name in mine.items()
        if path not in broken and path not in mended
    }
    open_ = Chapter(
        commit=None, on=today, by="not committed yet", why="", pull_request=None,
        files=files, broken=broken, mended=mended,
    )  # fmt: skip
    return (open_,)
