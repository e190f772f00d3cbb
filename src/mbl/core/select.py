"""Which items are meant: the filters of every reading command, and the REFs of every writing one.

Refuses a REF that fits nothing or more than one item, and names the candidates.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mbl.core.ranking import Ranked, ranked, with_ended
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import OPEN, Item

NONE = "none"
"""The filter value for "has none"."""
_SHORTEST_ID = 3
_LONGEST_POSITION = 9
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to keep: every filter that is given must fit; of the values of one filter, any one."""

    status: tuple[str, ...] = ()
    moscow: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    requester: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    since: date | None = None


_VALUES: dict[str, Callable[[Item], Iterable[str | None]]] = {
    "status": lambda item: (item.status,),
    "moscow": lambda item: (item.moscow,),
    "outcome": lambda item: tuple(item.weights) or (None,),
    "team": lambda item: tuple({item.team, *(part.team for part in item.parts)} - {None}) or (None,),
    "requester": lambda item: (item.requester,),
    "audience": lambda item: (item.audience,),
    "label": lambda item: item.labels or (None,),
}
FILTERS = tuple(_VALUES)
"""The filters that compare with a field; `text` and `since` look into several."""
_WHERE = "`mbl list` shows positions, `mbl list --columns id,title` ids."


def matching(rows: Iterable[Ranked], query: Query) -> tuple[Ranked, ...]:
    """The rows that fit; without a status filter, only open items."""
    if query == Query():
        return tuple([row for row in rows if row.position is not None])
    tests = [_test(name, getattr(query, name)) for name in FILTERS if getattr(query, name)]
    if not query.status:
        tests.append(lambda item: item.status in OPEN)
    if query.text:
        tests.append(_mentions(query.text))
    if query.since is not None:
        tests.append(_since(query.since))
    return tuple(row for row in rows if all(test(row.item) for test in tests))


def existing(backlog: Backlog, name: str) -> tuple[str, ...]:
    """Every value that items have in a filter's field or in another field of one text, sorted."""
    read = _VALUES.get(name) or _alone(name)
    return tuple(sorted({value for item in backlog.items.values() for value in read(item) if value}))


def unmatched(backlog: Backlog, query: Query) -> tuple[str, ...]:
    """A sentence for each filter value that no item has, with the nearest one that exists."""
    from difflib import get_close_matches

    said: list[str] = []
    for name in FILTERS:
        if not (wanted := getattr(query, name)):
            continue
        have = existing(backlog, name)
        folded = {value.casefold() for value in have}
        for value in wanted:
            if value.casefold() not in folded | {NONE} and name not in ("status", "moscow"):
                near = get_close_matches(value, have, n=1)
                said.append(f"No item has {name} {value}." + (f" Did you mean {near[0]}?" if near else ""))
    return tuple(said)


def resolved(backlog: Backlog, refs: Sequence[str]) -> tuple[str, ...]:
    """The ids that the REFs mean, in their order, each once.

    A REF is a position in the list, an id, the beginning of an id (3 characters or more), or words that fit
    one title (of an open item, if one fits). Raises MblError with every REF that is unclear.
    """
    rows = with_ended(backlog)
    ids: list[str] = []
    wrong: list[MblError] = []
    for ref in refs:
        try:
            ids.append(_resolved(rows, backlog, ref).item.id)
        except MblError as error:
            wrong.append(error)
    if wrong:
        hints = dict.fromkeys(error.hint for error in wrong if error.hint)
        raise MblError("\n".join(error.message for error in wrong), hint="\n".join(hints))
    return tuple(dict.fromkeys(ids))


def same_title(backlog: Backlog, title: str) -> tuple[Ranked, ...]:
    """The open items with this title, case and punctuation aside."""
    wanted = _bare(title)
    same = {item.id for item in backlog.items.values() if item.is_open and _bare(item.title) == wanted}
    return tuple(row for row in ranked(backlog) if row.item.id in same) if same else ()


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles are the same, case and punctuation aside."""
    return _bare(one) == _bare(other)


def where(backlog: Backlog, condition: str) -> frozenset[str]:
    """The ids a what-if leaves out: `requester=vp-sales`, or a REF. Raises MblError."""
    name, equals, value = condition.partition("=")
    if not equals or name not in FILTERS:
        return frozenset(resolved(backlog, (condition,)))
    wanted: Any = {"status": tuple(OPEN), name: tuple(value.split(","))}
    query = Query(**wanted)
    found = matching(ranked(backlog), query)
    if not found:
        hint = " ".join(unmatched(backlog, query))
        raise MblError(f"No open request has {name} {value}.", hint=hint or f"See: mbl list --{name} {value}")
    return frozenset(row.item.id for row in found)


def _alone(name: str) -> Callable[[Item], Iterable[str | None]]:
    return lambda item: (getattr(item, name),)


def _resolved(rows: Sequence[Ranked], backlog: Backlog, ref: str) -> Ranked:
    if ref.isdecimal():
        return _at_position(rows, ref)
    wanted = ref.casefold()
    words = wanted.split()
    exact = [row for row in rows if row.item.id == wanted]
    begun = [row for row in rows if len(ref) >= _SHORTEST_ID and row.item.id.startswith(wanted)]
    titled = [row for row in rows if words and all(word in row.item.title.casefold() for word in words)]
    open_titled = [row for row in titled if row.position is not None]
    for candidates in (exact, begun, open_titled, titled):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise MblError(
                f"{ref!r} fits {len(candidates)} requests:\n{_listed(candidates)}",
                hint="Name it by its id, or with more words in quotes.",
            )
    raise MblError(f"{ref!r} fits no request.{_suggestion(rows, backlog, ref)}", hint=_WHERE)


def _at_position(rows: Sequence[Ranked], ref: str) -> Ranked:
    last = sum(row.position is not None for row in rows)
    if len(ref) > _LONGEST_POSITION or not 1 <= int(ref) <= last:
        span = f"has {last} open {'request' if last == 1 else 'requests'}" if last else "is empty"
        raise MblError(f"There is no position {ref:.9}: the list {span}.", hint=_WHERE if last else "")
    return rows[int(ref) - 1]


def _listed(rows: Sequence[Ranked]) -> str:
    lines = [f"  {row.item.id}  {_titled(row)}" for row in rows[:_SHOWN]]
    return "\n".join([*lines, *([f"  … and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else [])])


def _titled(row: Ranked) -> str:
    title = " ".join(row.item.title.split())
    place = f"#{row.position}" if row.position else row.item.status
    return f"{title if len(title) <= 60 else f'{title[:59]}…'} ({place})"  # noqa: PLR2004


def _suggestion(rows: Sequence[Ranked], backlog: Backlog, ref: str) -> str:
    broken = next((each for each in backlog.broken if len(ref) >= _SHORTEST_ID and ref in each.path), None)
    if broken:
        return f" Its file is broken: {broken.where}: {broken.message}."
    from difflib import get_close_matches

    titles = {row.item.title.casefold(): row for row in rows}
    near = get_close_matches(ref.casefold(), list(titles), n=1, cutoff=0.5)
    near_id = get_close_matches(ref, [row.item.id for row in rows], n=1, cutoff=0.75)
    if near_id:
        return f" Did you mean {near_id[0]}?"
    return f" Did you mean {titles[near[0]].item.id}, {_titled(titles[near[0]])}?" if near else ""


def _test(name: str, wanted: tuple[str, ...]) -> Callable[[Item], bool]:
    values, accepted = _VALUES[name], frozenset(value.casefold() for value in wanted)
    return lambda item: any((value or NONE).casefold() in accepted for value in values(item))


def _mentions(texts: Sequence[str]) -> Callable[[Item], bool]:
    """Whether the item mentions every word of one of the texts."""
    needles = [text.casefold().split() for text in texts]

    def mentions(item: Item) -> bool:
        text = f"{item.id} {item.title} {item.how or ''} {item.description or ''}".casefold()
        return any(all(needle in text for needle in words) for words in needles)

    return mentions


def _since(day: date) -> Callable[[Item], bool]:
    """Whether anything happened to the item on or after the day."""

    def happened(item: Item) -> bool:
        ended = item.ended.date if item.ended else None
        return any(
            when is not None and when >= day for when in (item.requested, item.accepted, item.started, ended)
        )

    return happened


def _bare(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(filter(str.isalnum, folded)) or folded
