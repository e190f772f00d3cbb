"""What changed between two backlogs, in words: it previews, confirms, and writes the commit message."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

from mbl.core.ranking import fewest_moves, ranked
from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.model.noun import key_of

What = Literal["added", "moved", "changed", "ended", "removed"]
_FOLLOWS_STATUS = frozenset({"accepted", "started", "ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed. `before` and `after` are plain values; positions for a move. `verb` names the step."""

    id: str
    what: What
    field: str | None
    before: Any
    after: Any
    words: str
    verb: str


def diff(before: Backlog, after: Backlog) -> tuple[Change, ...]:
    """Every change: moves first, then item by item, then the other files."""
    old, new = _by_id(before), _by_id(after)
    touched = [id_ for id_ in {**old, **new} if old.get(id_) != new.get(id_)]
    moves = tuple(_moves(before, after, touched))
    moved = frozenset(change.id for change in moves)
    others = (change for id_ in touched for change in _item_changes(old.get(id_), new.get(id_), moved))
    return (*moves, *others, *_file_changes(before, after))


def summary(changes: Sequence[Change]) -> str:
    """One line, as a commit's subject: `Rank: "Webinar for CTOs" 14 → 3; accept 2; decline 1`."""
    counts = Counter(change.verb for change in changes)
    if len(counts) == 1 and len(changes) == 1 and changes[0].verb != "rank":
        return _capital(changes[0].words)
    said = [_moved_summary([change for change in changes if change.verb == "rank"])] if counts["rank"] else []
    said.extend(f"{verb} {count}" for verb, count in counts.items() if verb != "rank")
    return _capital("; ".join(said))


def message(changes: Sequence[Change], *, longest: int = 200) -> str:
    """A commit message: the summary, and below it every change in words."""
    subject = _shortened(summary(changes))
    if len(changes) == 1:
        return subject
    body = [f"- {change.words}" for change in changes[:longest]]
    if len(changes) > longest:
        body.append(f"- … and {len(changes) - longest} more")
    return "\n".join((subject, "", *body))


def _by_id(backlog: Backlog) -> dict[str, Item]:
    return {item.id: item for item in backlog.items.values()}


def _moves(before: Backlog, after: Backlog, touched: Sequence[str]) -> Iterator[Change]:
    old, new = before.path_of, after.path_of
    rekeyed = frozenset(
        id_ for id_ in touched if id_ in old and id_ in new and before.item(id_).rank != after.item(id_).rank
    )
    if not rekeyed:
        return
    was = {row.item.id: row.position for row in ranked(before)}
    now = {row.item.id: row.position for row in ranked(after)}
    common_before = [id_ for id_ in was if id_ in now]
    common_after = [id_ for id_ in now if id_ in was]
    movers = fewest_moves(common_before, common_after)
    if len(rekeyed) == len(movers) and _same_without(common_before, common_after, rekeyed):
        movers = rekeyed
    for id_ in common_after:
        if id_ in movers:
            title = _quoted(after.item(id_))
            words = f"rank {title} {was[id_]} → {now[id_]}"
            yield Change(
                id=id_, what="moved", field="rank", before=was[id_], after=now[id_], words=words, verb="rank"
            )


def _same_without(before: Sequence[str], after: Sequence[str], ids: frozenset[str]) -> bool:
    return [id_ for id_ in before if id_ not in ids] == [id_ for id_ in after if id_ not in ids]


def _item_changes(old: Item | None, new: Item | None, moved: frozenset[str]) -> Iterator[Change]:
    if old is None and new is not None:
        yield _added(new)
    elif new is None and old is not None:
        words = f"remove {_quoted(old)}"
        yield Change(
            id=old.id, what="removed", field=None, before=old.title, after=None, words=words, verb="remove"
        )
    elif old is not None and new is not None:
        if old.status != new.status:
            yield _step(old, new)
        skipped = _FOLLOWS_STATUS if old.status != new.status else frozenset()
        for name in (field.name for field in fields(Item)):
            was, now = getattr(old, name), getattr(new, name)
            if was == now or name in skipped or name == "status" or (name == "rank" and old.id in moved):
                continue
            yield _field_change(new, name, was, now)


def _added(item: Item) -> Change:
    asked = f" (asked by {item.requester})" if item.requester else ""
    kind = "request " if item.status == "request" else ""
    words = f"add {kind}{_quoted(item)}{asked}"
    return Change(
        id=item.id, what="added", field=None, before=None, after=item.title, words=words, verb="add"
    )


def _step(old: Item, new: Item) -> Change:
    verbs = {
        "committed": "accept",
        "doing": "start",
        "done": "done",
        "declined": "decline",
        "dropped": "drop",
    }
    back = not old.is_open and new.is_open
    verb = "reopen" if back else verbs.get(new.status, "take back")
    if old.status == "doing" and new.status == "committed":
        verb = "take back"
    reason = f": {new.ended.reason}" if new.ended and new.ended.reason else ""
    words = f"{verb} {_quoted(new)}{reason}"
    what: What = "changed" if new.is_open else "ended"
    return Change(
        id=new.id, what=what, field="status", before=old.status, after=new.status, words=words, verb=verb
    )


def _field_change(item: Item, name: str, was: Any, now: Any) -> Change:
    before, after = plain(was), plain(now)
    said = (
        f"{_words(before)} → {_words(after)}" if before and after else _words(after) if after else "removed"
    )
    words = f"edit {_quoted(item)}: {name} {said}"
    if name == "rank":
        words = f"rank {_quoted(item)}: a new key, the same place"
    if name == "title":
        words = f'edit "{was}": now called {_quoted(item)}'
    return Change(
        id=item.id, what="changed", field=name, before=before, after=after, words=words, verb="edit"
    )


def _file_changes(before: Backlog, after: Backlog) -> Iterator[Change]:
    """Everything that is not an item: the settings, people, teams, Guidepoints …"""
    old = {path: noun for path, noun in before.nouns() if path not in before.items}
    new = {path: noun for path, noun in after.nouns() if path not in after.items}
    for path in {**old, **new}:
        if path not in old:
            yield Change(
                id=path, what="added", field=None, before=None, after=path, words=f"add {path}", verb="add"
            )
        elif path not in new:
            words = f"remove {path}"
            yield Change(
                id=path, what="removed", field=None, before=path, after=None, words=words, verb="remove"
            )
        elif old[path] != new[path]:
            yield from _key_changes(path, plain(old[path]), plain(new[path]))


def _key_changes(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        if was != now:
            words = f"edit {path}: {key}"
            yield Change(id=path, what="changed", field=key, before=was, after=now, words=words, verb="edit")


def plain(value: Any) -> Any:
    """The value as JSON would have it; a noun as a mapping without what is empty."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((key_of(field.name), plain(getattr(value, field.name))) for field in fields(value))
        return {key: entry for key, entry in pairs if entry is not None and entry != []}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return value


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_words(entry) for entry in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(entry)}" for key, entry in value.items())
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004


def _quoted(item: Item) -> str:
    title = " ".join(item.title.split())
    return f'"{title:.79}…"' if len(title) > 80 else f'"{title}"'  # noqa: PLR2004


def _moved_summary(moves: Sequence[Change]) -> str:
    first = moves[0].words.removeprefix("rank ")
    more = f" and {len(moves) - 1} more" if len(moves) > 1 else ""
    return f"rank: {first}{more}"


def _shortened(subject: str, longest: int = 120) -> str:
    return subject if len(subject) <= longest else f"{subject[: longest - 1]}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
