"""`mbl log`: the story of one request, or of the whole backlog, as its commits tell it: who, when, what and why.

Refuses nothing. Where a request stood in the list is not told, only whether it moved up or down: a commit
holds its key, not its neighbours.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mbl.core.changes.change import KEYS, Change, cell
from mbl.core.changes.diff import diff
from mbl.core.report import Column, Facts, Report, Table, Words
from mbl.core.wording import DONE, LONGEST_TEXT, quoted, short
from mbl.model.backlog import assembled
from mbl.model.item import Item

Version = tuple[Any, Any]
"""What a file held before and after a commit: a noun, or None."""
_MOST_WORDS = 12
_NOTHING = "Nothing happened yet, as far as the commits tell."
_Row = tuple["Chapter", Change | None]
_OWN = re.compile(rf"(?:{'|'.join(verb.capitalize() for verb in DONE)})\b")
"""How mbl begins its own messages: they say what, not why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One commit: when (a day), by whom, why (its message, its pull request), and each file before and after.

    `commit` is None for what is not committed yet; `more` counts files that are too many to tell. `broken` names
    files that nobody can read from then on, `mended` those nobody could read until then: what changed in them is unknown.
    """

    commit: str | None
    on: date
    by: str
    why: str
    pull_request: str | None
    files: Mapping[str, Version]
    more: int = 0
    broken: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.more or self.broken or self.mended)


def story(chapters: Sequence[Chapter], *, title: str = "", left: int = 0) -> Report:
    """The chapters, the last one first; `title` names the one request they are about, `left` counts those not shown."""
    told = [(chapter, _changes(chapter)) for chapter in chapters]
    told = [(chapter, changes) for chapter, changes in told if changes or chapter.says_something]
    facts = tuple((str(chapter.on), _words(chapter, changes, alone=bool(title))) for chapter, changes in told)
    blocks = [Words(text=title, tone="headline")] if title else []
    rest = [Words(text=f"… and {left:,} earlier ones: --limit 0 shows all.", tone="hint")] if left else []
    nothing = "The last commits changed nothing that can be told." if left else _NOTHING
    main = Facts(facts=facts) if facts else Words(text=nothing)
    return Report(
        kind="log",
        payload=lambda: {"entries": [_record(*each) for each in told], "left": left},
        blocks=(*blocks, main, *rest),
        table=Table(columns=_COLUMNS, rows=tuple(_rows(told)), what="changes"),
    )


def _changes(chapter: Chapter) -> tuple[Change, ...]:
    before = assembled({path: was for path, (was, _) in chapter.files.items() if was is not None})
    after = assembled({path: now for path, (_, now) in chapter.files.items() if now is not None})
    return tuple(_placed(change, before, after) for change in diff(before, after) if change.field != "path")


def _placed(change: Change, before: Any, after: Any) -> Change:
    """A new key or place in words that hold without the neighbours: up, or down."""
    if change.field != "rank":
        return change
    was: Item = before.item(change.id)
    now: Item = after.item(change.id)
    way = "into the list" if not was.rank else "up" if (now.rank or "~") < was.rank else "down"
    return replace(
        change, what="moved", before=was.rank, after=now.rank, words=f"rank {quoted(now.title)} {way}"
    )


def _words(chapter: Chapter, changes: Sequence[Change], *, alone: bool) -> str:
    title = _title(chapter) if alone else ""
    lines = [_said(change, title) for change in changes[:_MOST_WORDS]]
    more = len(changes) - len(lines) + chapter.more
    if more > 0:
        lines.append(f"and {more:,} more" if lines else f"{more:,} files at once")
    lines.extend(_unread("nobody can read", chapter.broken))
    lines.extend(_unread("made readable again:", chapter.mended))
    lines[0] = f"{chapter.by}: {lines[0]}"
    why = "" if _OWN.match(chapter.why) else short(chapter.why, LONGEST_TEXT)
    request = f"pull request #{chapter.pull_request}" if chapter.pull_request else ""
    reason = ": ".join(filter(None, (request, why)))
    return "\n".join((*lines, *((f"({reason})",) if reason else ())))


def _unread(what: str, paths: Sequence[str]) -> Iterator[str]:
    if paths:
        more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
        then = " from then on" if what.startswith("nobody") else ""
        yield f"{what} {short(paths[0], LONGEST_TEXT)}{more}{then}"


def _title(chapter: Chapter) -> str:
    """The title in quotation marks, as the words of a change have it."""
    nouns = [now or was for was, now in chapter.files.values() if now or was]
    return quoted(nouns[-1].title) if nouns and hasattr(nouns[-1], "title") else ""


def _said(change: Change, title: str) -> str:
    """`accepted "Webinar"`; in the story of the one request with this title only `accepted`."""
    verb = next((verb for verb in DONE if change.words.startswith(f"{verb} ")), "")
    words = DONE.get(verb, "") + change.words.removeprefix(verb)
    return words.replace(f" {title}", "", 1) if title else words


def _record(chapter: Chapter, changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "commit": chapter.commit,
        "date": chapter.on,
        "by": chapter.by,
        "why": chapter.why,
        "pull_request": chapter.pull_request,
        "changes": [{key: getattr(change, key) for key in KEYS} for change in changes],
        "more": chapter.more,
        "broken": list(chapter.broken),
        "mended": list(chapter.mended),
    }


def _rows(told: Sequence[tuple[Chapter, tuple[Change, ...]]]) -> Iterator[_Row]:
    """A line a change; a commit that is only counted has one of its own."""
    for chapter, changes in told:
        yield from ((chapter, change) for change in changes or (None,))


def _of_chapter(name: str) -> Callable[[_Row], Any]:
    return lambda row: getattr(row[0], name)


def _of_change(key: str) -> Callable[[_Row], Any]:
    return lambda row: cell(row[1], key) if row[1] else None


_COLUMNS = (
    Column(key="date", label="Date", value=_of_chapter("on")),
    Column(key="by", label="By", value=_of_chapter("by")),
    Column(key="why", label="Why", value=_of_chapter("why")),
    Column(key="pull_request", label="Pull request", value=_of_chapter("pull_request")),
    Column(key="commit", label="Commit", value=_of_chapter("commit")),
    *(Column(key=key, label=key.capitalize(), value=_of_change(key)) for key in KEYS),
)
