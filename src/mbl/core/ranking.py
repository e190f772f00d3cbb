"""The one ranked list: who stands where, and how an item moves with as few changed keys as possible.

Refuses nothing: an item without a key, with an equal key or with a broken one gets a new one as soon as
something is placed beside it.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mbl.core.rankkey import is_key, n_between, place
from mbl.model.backlog import Backlog
from mbl.model.item import OPEN, Item

LONGEST_KEY = 24
"""Characters; a longer key asks for `mbl rank --rebalance`."""


class Ranked(NamedTuple):
    """An item, its file, and its place among the open ones (from 1; None once it ended)."""

    position: int | None
    path: str
    item: Item


def ranked(backlog: Backlog) -> tuple[Ranked, ...]:
    """Every open item from the top of the list; without a key last, equal keys by id."""
    return tuple(
        Ranked(place, path, item)
        for place, (path, item) in enumerate(_in_order(backlog.items, is_open=True), start=1)
    )


def with_ended(backlog: Backlog) -> tuple[Ranked, ...]:
    """The open items in rank order, then the ended ones, the latest first."""
    ended = ((path, item) for path, item in backlog.items.items() if item.status not in OPEN)
    latest = sorted(ended, key=_ended_key, reverse=True)
    return (*ranked(backlog), *(Ranked(None, path, item) for path, item in latest))


def at_bottom(backlog: Backlog, id_: str, *, after: str | None = None) -> str:
    """The key for a new item under all others (`after`: the key given to the one before)."""
    if after is None:
        after = max(
            (item.rank for item in backlog.items.values() if item.rank and is_key(item.rank)), default=None
        )
    return place(after, None, id_)


def moved(backlog: Backlog, ids: Sequence[str], *, to: int) -> Backlog:
    """These items in this order, the first of them at place `to` (from 1) of the list."""
    rest = [row.item.id for row in ranked(backlog) if row.item.id not in ids]
    at = min(max(to - 1, 0), len(rest))
    return reordered(backlog, (*rest[:at], *ids, *rest[at:]), touched=ids)


def reordered(backlog: Backlog, order: Sequence[str], *, touched: Collection[str]) -> Backlog:
    """The open items in this order. Only `touched` ones get new keys, and who would stand wrong beside them."""
    keys = _keys(order, {id_: backlog.item(id_).rank for id_ in order}, frozenset(touched))
    changed = {
        backlog.path_of[id_]: replace(backlog.item(id_), rank=key)
        for id_, key in keys.items()
        if key != backlog.item(id_).rank
    }
    return backlog.with_items(changed) if changed else backlog


def rebalanced(backlog: Backlog) -> Backlog:
    """Short keys for every item, open or ended, in the present order."""
    rows = sorted(backlog.items.items(), key=lambda row: _order_key(row[1]))
    keys = n_between(None, None, len(rows))
    return backlog.with_items(
        {path: replace(item, rank=key) for (path, item), key in zip(rows, keys, strict=True)}
    )


def fewest_moves(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The smallest set of ids whose moves explain the new order (all but a longest increasing subsequence)."""
    places = {id_: place for place, id_ in enumerate(before)}
    common = [id_ for id_ in after if id_ in places]
    return frozenset(common) - frozenset(_longest_rising(common, places))


def _in_order(items: Mapping[str, Item], *, is_open: bool) -> list[tuple[str, Item]]:
    chosen = [row for row in items.items() if (row[1].status in OPEN) is is_open]
    chosen.sort(key=lambda row: _order_key(row[1]))
    return chosen


def _order_key(item: Item) -> tuple[bool, str, str]:
    return (item.rank is None, item.rank or "", item.id)


def _ended_key(row: tuple[str, Item]) -> tuple[str, str]:
    ended = row[1].ended
    return (ended.date.isoformat() if ended else "", row[1].id)


def _keys(order: Sequence[str], old: Mapping[str, str | None], touched: frozenset[str]) -> dict[str, str]:
    """New keys by id, rising along `order` as far as the last touched item and whoever it pushes."""
    keys: dict[str, str] = {}
    last: str | None = None
    left = len(touched)
    for at, id_ in enumerate(order):
        key = old[id_]
        stands = (
            key is not None and is_key(key) and (last is None or key > last or (key == last and not keys))
        )
        if id_ not in touched and stands:
            last = key
            if not left:
                break
            continue
        if not left and key is None:
            break
        last = keys[id_] = place(last, _next_key(order[at + 1 :], old, touched, last), id_)
        left -= id_ in touched
    return keys


def _next_key(
    rest: Sequence[str], old: Mapping[str, str | None], touched: frozenset[str], last: str | None
) -> str | None:
    """The first key further down that stays where it is."""
    for id_ in rest:
        key = old[id_]
        if id_ not in touched and key is not None and is_key(key) and (last is None or key > last):
            return key
    return None


def _longest_rising(ids: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """A longest subsequence of `ids` with rising places (patience sorting)."""
    tails: list[int] = []
    piles: list[str] = []
    behind: dict[str, str | None] = {}
    for id_ in ids:
        at = bisect_left(tails, places[id_])
        tails[at : at + 1] = [places[id_]]
        piles[at : at + 1] = [id_]
        behind[id_] = piles[at - 1] if at else None
    found: list[str] = []
    step: str | None = piles[-1] if piles else None
    while step is not None:
        found.append(step)
        step = behind[step]
    return found
