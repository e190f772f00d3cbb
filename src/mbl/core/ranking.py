"""The one ranked list: who stands where, and how an item moves with as few changed keys as possible.

Refuses nothing: an item without a key, with an equal key or with a broken one gets a new one as soon as
something is placed beside it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mbl.core.rankkey import is_key, n_between, place
from mbl.model.backlog import Backlog
from mbl.model.item import OPEN, Item

LONGEST_KEY = 24
"""Characters; a longer key asks for `mbl rank --rebalance`."""


_LAST = "~"
"""Sorts behind every key."""


class Ranked(NamedTuple):
    """An item, its file, and its place among the open ones (from 1; None once it ended)."""

    position: int | None
    path: str
    item: Item


def ranked(backlog: Backlog) -> tuple[Ranked, ...]:
    """Every open item from the top of the list; without a key last, equal keys by id."""
    rows = [
        (item.rank or _LAST, item.id, path, item)
        for path, item in backlog.items.items()
        if item.status in OPEN
    ]
    rows.sort()  # no two items share a path: the items themselves are never compared
    return tuple([Ranked(place, path, item) for place, (_, _, path, item) in enumerate(rows, start=1)])


def with_ended(backlog: Backlog) -> tuple[Ranked, ...]:
    """The open items in rank order, then the ended ones, the latest first."""
    ended = ((path, item) for path, item in backlog.items.items() if item.status not in OPEN)
    latest = sorted(ended, key=_ended_key, reverse=True)
    return (*ranked(backlog), *(Ranked(None, path, item) for path, item in latest))


def in_order(backlog: Backlog) -> list[tuple[str, Item]]:
    """Every item with its path, open or ended, by rank: where it stands, stood or would stand again."""
    return sorted(backlog.items.items(), key=lambda row: (*_order_key(row[1]), row[0]))


def at_bottom(backlog: Backlog, id_: str, *, after: str | None = None) -> str:
    """The key for a new item under all others (`after`: the key given to the one before)."""
    if after is None:
        after = max(
            (item.rank for item in backlog.items.values() if item.rank and is_key(item.rank)), default=None
        )
    return place(after, None, id_)


def moved(backlog: Backlog, ids: Sequence[str], *, to: int) -> Backlog:
    """These items in this order, the first of them at place `to` (from 1) of the list; who stands right, stays."""
    before = [row.item.id for row in ranked(backlog)]
    chosen = dict.fromkeys(ids)
    rest = [id_ for id_ in before if id_ not in chosen]
    at = min(max(to - 1, 0), len(rest))
    order = [*rest[:at], *chosen, *rest[at:]]
    stay = _staying(before, order, chosen)
    movers = [id_ for id_ in chosen if id_ not in stay or not is_key(backlog.item(id_).rank or "")]
    return reordered(backlog, order, touched=movers) if movers else backlog


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
    rows = in_order(backlog)
    keys = n_between(None, None, len(rows))
    return backlog.with_items(
        {path: replace(item, rank=key) for (path, item), key in zip(rows, keys, strict=True)}
    )


def fewest_moves(
    before: Sequence[str], after: Sequence[str], *, settled: Collection[str] = frozenset()
) -> frozenset[str]:
    """The smallest set of ids whose moves explain the new order; of several the one with the fewest `settled`.

    All but a longest rising subsequence of the former places. Ids that stand in one list only are no moves.
    """
    places = {id_: place for place, id_ in enumerate(before)}
    common = [id_ for id_ in after if id_ in places]
    weights = {id_: len(common) + 1 + (id_ in settled) for id_ in common}
    return frozenset(common) - _heaviest_rising(common, places, weights)


def _staying(before: Sequence[str], order: Sequence[str], chosen: Collection[str]) -> Collection[str]:
    """Those who need not move: all that were not chosen, and as many of the chosen as stand right among them."""
    if before == order:
        return chosen
    if len(chosen) == 1:
        return ()
    weights = {id_: 1 if id_ in chosen else len(order) + 1 for id_ in order}
    return _heaviest_rising(order, {id_: place for place, id_ in enumerate(before)}, weights)


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


def _heaviest_rising(
    ids: Sequence[str], places: Mapping[str, int], weights: Mapping[str, int]
) -> frozenset[str]:
    """The subsequence of `ids` with rising places and the largest sum of weights (a Fenwick tree of maxima)."""
    best = [(0, "")] * (max(places.values(), default=0) + 2)
    behind: dict[str, str] = {}
    for id_ in ids:
        weight, behind[id_] = _best_below(best, places[id_])
        at = places[id_] + 1
        while at < len(best):
            best[at] = max(best[at], (weight + weights[id_], id_))
            at += at & -at
    found: list[str] = []
    step = _best_below(best, len(best) - 1)[1]
    while step:
        found.append(step)
        step = behind[step]
    return frozenset(found)


def _best_below(best: Sequence[tuple[int, str]], at: int) -> tuple[int, str]:
    found = (0, "")
    while at > 0:
        found = max(found, best[at])
        at -= at & -at
    return found
