"""Conflicts as programs read them: `mbl conflicts -f json` and `-f csv`. Refuses nothing; every conflict is there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mbl.core.conflicts.all_kinds import Conflicts
from mbl.core.conflicts.duplicates import Likeness
from mbl.core.conflicts.offers import Contradiction
from mbl.core.conflicts.runs import is_firm
from mbl.core.conflicts.touches import Collision
from mbl.core.report import Column, Table
from mbl.model.item import Item

_COLUMNS = ("kind", "about", "from", "to", "count", "max", "score", "items", "teams", "would", "why")


def payload(found: Conflicts) -> Mapping[str, Any]:
    """Everything that was found; items by their ids."""
    alike = found.likenesses
    return {
        "from": found.span.first,
        "to": found.span.last,
        "touches": [_collision(each) for each in found.touches],
        "offers": [_contradiction(each) for each in found.offers],
        "duplicates": [_likeness(each) for each in alike.asked],
        "same": [_likeness(each) for each in alike.same],
        "reuse": [{"item": each.row.item.id, "finished": [_finished(item) for item in each.finished]} for each in alike.reuse],
        "unscheduled": [item.id for item in found.unscheduled],
        "endless": [item.id for item in found.endless],
    }  # fmt: skip


def table(found: Conflicts) -> Table:
    """One row a conflict, of every kind."""
    columns = tuple(Column(key=key, label=key.capitalize(), value=_reader(key)) for key in _COLUMNS)
    return Table(columns=columns, rows=tuple(_rows(found)), what="conflicts")


def _reader(key: str) -> Any:
    return lambda row: row.get(key)


def _rows(found: Conflicts) -> Iterator[Mapping[str, Any]]:
    for collision in map(_collision, found.touches):
        first, last = collision["window"]
        yield {**collision, "kind": "touches", "about": collision["audience"], "from": first, "to": last}
    for offer in map(_contradiction, found.offers):
        yield {**offer, "kind": "check" if offer["check"] else "offers", "about": offer["product"]}
    for kind, likenesses in (("duplicates", found.likenesses.asked), ("same", found.likenesses.same)):
        yield from ({**_likeness(each), "kind": kind} for each in likenesses)
    for reuse in found.likenesses.reuse:
        yield {"kind": "reuse", "items": _ids((reuse.row.item, *reuse.finished))}


def _collision(each: Collision) -> dict[str, Any]:
    return {
        "audience": each.audience,
        "window": [each.first, each.last],
        "count": each.times,
        "max": each.most,
        "items": _ids(each.items),
        "teams": list(each.teams),
        "severity": "high" if each.is_across else "normal",
        "would": each.would,
    }


def _contradiction(each: Contradiction) -> dict[str, Any]:
    return {
        "items": _ids((each.one, each.other)),
        "product": each.product,
        "why": each.why,
        "check": each.check,
        "teams": list(each.teams),
        "would": not (is_firm(each.one) and is_firm(each.other)),
    }


def _likeness(each: Likeness) -> dict[str, Any]:
    return {"items": _ids((each.one.item, each.other.item)), "score": round(each.score, 3)}


def _finished(item: Item) -> dict[str, Any]:
    return {"id": item.id, "title": item.title, "links": list(item.links)}


def _ids(items: Sequence[Item]) -> list[str]:
    return [item.id for item in items]
