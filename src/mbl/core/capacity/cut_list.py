"""The cut line as the ranked list shows it: lines across where they tell the truth, else a mark on each item.

A line says "above fits, below does not": that holds while one team works down the list. Where several do, or
where an item has to wait, what fits and what does not alternate, and each item gets a mark. Refuses nothing.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mbl.core.ranking import Ranked
from mbl.core.report import Rule

if TYPE_CHECKING:
    from mbl.core.capacity.cut_line import CutLine

_ORDER = ("will", "might", "wont")
_FEW = 3
_EXACT_BELOW = 10


class Drawn(NamedTuple):
    """What a list shows of the line: lines across its rows, or marks on them, and the sentences below."""

    rules: tuple[Rule, ...] = ()
    marks: bool = False
    words: tuple[str, ...] = ()


def drawn(line: "CutLine", rows: Sequence[Ranked]) -> Drawn:
    """The line in these rows, the whole list in rank order; nothing while there is no line or nothing is promised."""
    if line.why or not any(row.item.is_committed for row in rows):
        return Drawn()
    ends = _ends(line, rows)
    words = _warnings(line, rows)
    if ends is None:
        return Drawn(marks=True, words=(*_legend(line, rows), *words))
    return Drawn(rules=tuple(_rules(line, *ends)), words=(_summary(line, more=ends[2]), *words))


_Ends = tuple[int, int, bool]
"""After how many rows the items end that will fit, and those that might; whether more is promised."""


def _ends(line: "CutLine", rows: Sequence[Ranked]) -> _Ends | None:
    """None if a worse zone is followed by a better one. Items in progress below the line are warned of instead."""
    will = might = worst = 0
    left = len(line.zones.found)
    for number, row in enumerate(rows, start=1):
        zone = line.fit(row.item)
        if zone is not None and row.item.id not in line.below:
            if _ORDER.index(zone) < worst:
                return None
            worst = _ORDER.index(zone)
            will, might = (number if worst == 0 else will), (number if worst < len(_ORDER) - 1 else might)
        left -= row.item.id in line.zones.found
        if not left:
            return will, might, worst > 1 or any(row.item.is_committed for row in rows[number:])
    return will, might, worst > 1


def _rules(line: "CutLine", will: int, might: int, more: bool) -> Iterator[Rule]:
    left = f"{_days(_room(line))} left this quarter"
    if might > will:
        yield Rule(will, f"{left}: {'above fits, below might' if will else 'what follows might fit'}")
        if more:
            yield Rule(might, "below does not fit")
    elif more:
        yield Rule(will, f"{left}: {'above fits, below does not' if will else 'nothing of this fits'}")


def _summary(line: "CutLine", *, more: bool) -> str:
    zones = list(line.zones.found.values())
    will, might = zones.count("will"), zones.count("might")
    if will and will == len(zones) and not more:
        all_ = f"All {_items(will)} fit" if will > 1 else "The promised item fits"
        return f"{all_} into this quarter: {_days(_room(line))} left until {line.quarter[1]}."
    if not will:
        return f"No promised item surely fits into this quarter{f'; {might} might' if might else ''}."
    rest = f", {might} more might" if might else ""
    return f"{_items(will)} {'fits' if will == 1 else 'fit'} into this quarter{rest}."


def _legend(line: "CutLine", rows: Sequence[Ranked]) -> tuple[str, str]:
    """What the marks mean, and the days of each team."""
    asked = "" if all(row.item.is_committed for row in rows) else "; without a mark: only asked for"
    rooms = sorted((team or "all together", line.rooms[team]) for team in line.zones.used)
    left = ", ".join(f"{team} {_number(days)}" for team, days in rooms)
    return (
        f"● fits this quarter, ◐ might, ○ does not{asked}.",
        f"Days left until {line.quarter[1]}: {left}.",
    )


def _warnings(line: "CutLine", rows: Sequence[Ranked]) -> tuple[str, ...]:
    """What the line leaves out, and what is in progress although it stands below it."""
    said = []
    if below := [f"#{row.position}" for row in rows if line.below and row.item.id in line.below]:
        said.append(f"In progress below the line, so done first: {_listed(below)}.")
    if unknown := list(line.zones.found.values()).count(None):
        said.append(f"{_items(unknown)} of unknown effort {'is' if unknown == 1 else 'are'} not counted.")
    return tuple(said)


def _room(line: "CutLine") -> float:
    """The days of the one team that all this is for, else of everybody."""
    used = line.zones.used
    return line.rooms[used[0] if len(used) == 1 else None]


def _listed(names: Sequence[str]) -> str:
    few = names if len(names) <= _FEW else [*names[: _FEW - 1], f"{len(names) - _FEW + 1} others"]
    return " and ".join(filter(None, (", ".join(few[:-1]), few[-1])))


def _items(count: int) -> str:
    return f"{count:,} promised {'item' if count == 1 else 'items'}"


def _days(days: float) -> str:
    return f"{_number(days)} {'day' if _number(days) == '1' else 'days'}"


def _number(days: float) -> str:
    return f"{days:,.0f}" if days >= _EXACT_BELOW else f"{days:.1f}".removesuffix(".0")
