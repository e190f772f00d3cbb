"""Change a backlog: preview it, save it as a whole, commit exactly what was saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from mbl.core.diff import Change, diff, message
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.session.place import Advance, Place, Tell, opened
from mbl.storage import disk, index, journal

Verb = Callable[[Backlog], Backlog]
T = TypeVar("T")


def silent(text: str) -> None:
    """Nobody listens."""
    del text


def unseen(done: int, total: int) -> None:
    """Nobody watches."""
    del done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a change came to. `commit` is the commit's id, if one was made; `after` the backlog as it is now."""

    changes: tuple[Change, ...]
    paths: tuple[str, ...]
    commit: str | None
    before: Backlog
    after: Backlog


def changed(
    at: Place,
    verb: Verb,
    *,
    dry_run: bool = False,
    commit: bool = False,
    advance: Advance = unseen,
    tell: Tell = silent,
) -> Saved:
    """Apply the verb to the backlog and save what it changed: all of it or nothing, one writer at a time."""
    if dry_run:
        reading = opened(at, tell=tell)
        after = verb(reading.backlog)
        _planned(at, reading, after)
        return Saved(
            changes=diff(reading.backlog, after), paths=(), commit=None, before=reading.backlog, after=after
        )
    with journal.lock(at.state):
        reading = index.read(at.root, at.state) if not journal.interrupted(at.state) else _recovered(at, tell)
        commit = commit or reading.backlog.settings.commit
        after = verb(reading.backlog)
        changes = diff(reading.backlog, after)
        writes = _planned(at, reading, after)
        if commit and writes:
            _refuse_commit(at)
        _write(at, reading, after, writes, advance)
    made = commit_paths(at, tuple(writes), message(changes)) if commit and writes else None
    return Saved(changes=changes, paths=tuple(writes), commit=made, before=reading.backlog, after=after)


def commit_paths(at: Place, paths: Sequence[str], text: str) -> str | None:
    """Commit those of the paths that changed, and nothing else. Raises MblError."""
    from mbl.storage import repo

    wanted = frozenset(paths)
    files = [file for file in repo.changed(at.root) if file.path in wanted]
    return repo.commit(at.root, files, text) if files else None


def uncommitted(at: Place) -> Saved:
    """What the folder holds beyond the last commit, as a change that is saved and not yet committed. Raises MblError."""
    from mbl.storage import codec, repo

    now = opened(at).backlog
    paths = tuple(file.path for file in repo.changed(at.root))
    broken = tuple(problem for problem in now.broken if problem.path in paths)
    if broken:
        first = broken[0]
        raise MblError(
            f"{first.where}: {first.message}. Nothing was committed.", hint=first.fix, problems=broken
        )
    repo.refuse_unfinished(at.root)
    committed = repo.at_head(at.root, paths)
    former = codec.parse_tree(committed)
    nouns = {path: noun for path, noun in now.nouns() if path not in paths}
    nouns.update((path, noun) for path, noun in former.nouns() if path in committed)
    before = codec.assembled(nouns)
    return Saved(changes=diff(before, now), paths=paths, commit=None, before=before, after=now)


def is_detached(at: Place) -> bool:
    """Whether a commit here would belong to no branch."""
    from mbl.storage import repo

    return repo.is_detached(at.root)


def edited_file(at: Place, refs: Sequence[str], *, dry_run: bool = False, commit: bool = False) -> Saved:
    """One item's file after the user's own editor, accepted only if it can be read. Raises MblError."""
    from mbl.core.select import resolved

    reading = opened(at)
    ids = resolved(reading.backlog, refs)
    if len(ids) != 1:
        raise MblError(
            "One file at a time: name one request, or say what to change (--estimate 5d).", exit_code=2
        )
    path = reading.backlog.path_of[ids[0]]
    old = disk.read(at.root, path)
    item = in_editor(old.decode(), path.rpartition("/")[2], lambda text: _readable(path, text, ids[0]))
    same = Saved(changes=(), paths=(), commit=None, before=reading.backlog, after=reading.backlog)
    if item is None:
        return same
    after = reading.backlog.with_items({path: item[1]})
    writes: dict[str, bytes | None] = {path: item[0]}
    changes = diff(reading.backlog, after)
    if dry_run:
        return replace(same, changes=changes, after=after)
    with journal.lock(at.state):
        _write(
            at, replace(reading, seen={**reading.seen, path: journal.fingerprint(old)}), after, writes, unseen
        )
    made = commit_paths(at, [path], message(changes)) if commit or after.settings.commit else None
    return Saved(changes=changes, paths=(path,), commit=made, before=reading.backlog, after=after)


def in_editor(text: str, name: str, read: Callable[[str], T]) -> T | None:
    """What `read` makes of the text after the user's editor; None if it was left as it was. Raises MblError."""
    from mbl.storage import editor

    return editor.edited(text, name=name, read=read)


def mended(at: Place, *, dry_run: bool = False, commit: bool = False) -> Saved:
    """Mend what has one right answer: missing, equal and broken ranks; names of files."""
    from mbl.core.check import mended as ranks_mended
    from mbl.core.check import renames

    saved = changed(at, ranks_mended, dry_run=dry_run)
    moves = renames(saved.after)
    if moves and not dry_run:
        with journal.lock(at.state):
            _rename(at, moves)
    paths = (*saved.paths, *moves, *moves.values())
    made = commit_paths(at, paths, "Mend ranks and file names") if commit and paths and not dry_run else None
    return replace(saved, paths=paths, commit=made)


def _readable(path: str, text: str, id_: str) -> tuple[bytes, Item]:
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        item: Item = codec.parse(path, text.encode())
    except Malformed as error:
        raise MblError("The file cannot be read like this:", problems=error.problems) from None
    if item.id != id_:
        raise MblError(f"The id must stay {id_}: other files refer to it.")
    return text.encode(), item


def _planned(at: Place, reading: index.Reading, after: Backlog) -> dict[str, bytes | None]:
    if after is reading.backlog:
        return {}
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        return codec.plan(reading.backlog, after, lambda path: disk.read(at.root, path))
    except Malformed as error:
        first = error.problems[0]
        raise MblError(f"{first.where}: {first.message}.", hint=first.fix, problems=error.problems) from None
    except FileNotFoundError as error:
        raise MblError(
            f"{error.filename} is gone: nothing was saved.", hint="Run the command again."
        ) from None


def _write(
    at: Place, reading: index.Reading, after: Backlog, writes: Mapping[str, bytes | None], advance: Advance
) -> None:
    if not writes or at.state is None:
        return
    disk.remove_leftovers(at.root)
    journal.write(at.root, at.state, writes, seen=reading.seen, advance=advance)
    index.remember(at.root, at.state, reading, after, writes)


def _recovered(at: Place, tell: Tell) -> index.Reading:
    if at.state is not None and (told := journal.finish(at.root, at.state)):
        tell(told)
    return index.read(at.root, at.state)


def _refuse_commit(at: Place) -> None:
    from mbl.storage import repo

    repo.refuse_unfinished(at.root)
    repo.changed(at.root)


def _rename(at: Place, moves: Mapping[str, str]) -> None:
    seen: dict[str, str] = {}
    writes: dict[str, bytes | None] = {}
    for path, target in moves.items():
        content = disk.read(at.root, path)
        seen[path] = journal.fingerprint(content)
        writes[target], writes[path] = content, None
    if at.state is not None:
        journal.write(at.root, at.state, writes, seen=seen)
