"""Put together what git could not: field by field from the three versions, and stage what is whole.

Refuses to touch a file that somebody has put together by hand, and files that are not the backlog's nouns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mbl.core.changes.merge import Disagreement, Side, merged
from mbl.model.backlog import kind_of
from mbl.session.change import silent
from mbl.session.place import Place, Tell, present
from mbl.storage import disk, journal, unmerged
from mbl.storage.lock import lock
from mbl.storage.unmerged import Versions

MARKERS = (b"<<<<<<< ", b">>>>>>> ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One file. `content` is what it comes to (None: no file) once it `is_settled`; else what is `open`, or `why` not.

    `both` says that both sides changed it in ways that go together.
    """

    path: str
    title: str
    content: bytes | None = None
    open: tuple[Disagreement, ...] = ()
    why: str = ""

    @property
    def is_settled(self) -> bool:
        return not self.open and not self.why


Ask = Callable[[str, Disagreement], Side | None]
"""Which side is right about this, in the file of this title."""


def sides(at: Place) -> tuple[str, str]:
    """What people call our side and the other one."""
    return unmerged.sides(at.root)


def resolved(at: Place, ask: Ask, *, dry_run: bool = False, tell: Tell = silent) -> tuple[Conflict, ...]:
    """Every conflict; those that are settled are written and staged, unless it is a dry run. Raises MblError."""
    conflicts = tuple(_conflict(at, path, held, ask) for path, held in unmerged.unmerged(at.root).items())
    writes = {each.path: each.content for each in conflicts if each.is_settled}
    if dry_run or not writes:
        return conflicts
    with lock(at.state):
        present(at, tell=tell)
        if at.state is None:
            for path, content in writes.items():
                disk.replace(at.root, path, content)
        else:
            journal.write(at.root, at.state, writes, seen=_seen(at, writes))
        unmerged.stage(at.root, tuple(writes))
    return conflicts


def _seen(at: Place, paths: Mapping[str, Any]) -> dict[str, str]:
    seen = {}
    for path in paths:
        try:
            seen[path] = journal.fingerprint(disk.read(at.root, path))
        except FileNotFoundError:
            continue
    return seen


def _conflict(at: Place, path: str, held: Versions, ask: Ask) -> Conflict:
    if kind_of(path) is None:
        return Conflict(
            path=path, title=path, why="not a file of requests: put it together by hand, then git add it"
        )
    if _is_by_hand(at, path, held):
        return Conflict(
            path=path, title=path, why="somebody put it together by hand: `mbl check`, then git add it"
        )
    nouns: list[Any] = []
    for whose, content in zip(("the former", "this side's", "the other side's"), held, strict=True):
        try:
            nouns.append(None if content is None else _parsed(path, content))
        except ValueError as error:
            why = f"{whose} version cannot be read ({error}): put it together by hand, then git add it"
            return Conflict(path=path, title=path, why=why)
    title = next((str(noun.title) for noun in nouns[1:] if noun is not None and hasattr(noun, "title")), path)
    if held.ours is None or held.theirs is None:
        return _deleted(path, title, held, ask)
    return _merged(path, title, nouns, ask, ours=held.ours, theirs=held.theirs)


def _is_by_hand(at: Place, path: str, held: Versions) -> bool:
    """Whether the file no longer is what git left behind."""
    try:
        now = disk.read(at.root, path)
    except OSError:
        return False
    return not any(marker in now for marker in MARKERS) and now not in held


def _parsed(path: str, content: bytes) -> Any:
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        return codec.parse(path, content)
    except Malformed as error:
        raise ValueError(error.problems[0].message) from None


def _deleted(path: str, title: str, held: Versions, ask: Ask) -> Conflict:
    """Deleted on one side, changed on the other: only a person knows."""
    here, there = ("deleted", "changed") if held.ours is None else ("changed", "deleted")
    question = Disagreement(("the file",), "there", here, there)
    side = ask(title, question)
    if side is None:
        return Conflict(path=path, title=title, open=(question,))
    return Conflict(path=path, title=title, content=held.ours if side == "ours" else held.theirs)


def _merged(path: str, title: str, nouns: list[Any], ask: Ask, *, ours: bytes, theirs: bytes) -> Conflict:
    from mbl.storage import codec, yamltext
    from mbl.storage.yamltext import Malformed

    base, mine, other = ({} if noun is None else codec.values(noun) for noun in nouns)
    values, left = merged(base, mine, other, lambda found: ask(title, found))
    if left:
        return Conflict(path=path, title=title, open=left)
    try:
        noun = codec.parse(path, yamltext.dump(values).encode())
        # Where only the other side changed what is said, its comments come with it.
        content = (
            theirs if noun == nouns[2] and nouns[1] == nouns[0] else codec.edited(path, ours, nouns[1], noun)
        )
    except Malformed as error:
        return Conflict(path=path, title=title, why=f"it would not be valid: {error.problems[0].message}")
    return Conflict(path=path, title=title, content=content)
