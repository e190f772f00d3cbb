"""What a change does to the cut line: which promised items fit this quarter now, and which no longer.

Refuses nothing: while nobody stated a capacity there is no line, and nothing to say.
"""

from collections.abc import Iterator, Mapping

from mbl.core.capacity.cut_line import CutLine
from mbl.core.capacity.cut_zones import Zone
from mbl.core.changes.sections import Line
from mbl.core.wording import LONGEST_TITLE, short
from mbl.model.item import Item

_WORDS: Mapping[tuple[Zone | None, Zone], str] = {
    ("wont", "will"): "fits now",
    ("might", "will"): "fits now",
    ("wont", "might"): "may fit now",
    ("will", "might"): "may no longer fit",
    ("will", "wont"): "no longer fits",
    ("might", "wont"): "no longer fits",
    (None, "might"): "may not fit",
    (None, "wont"): "does not fit",
}


def line_shifts(was: CutLine, now: CutLine) -> tuple[Line, ...]:
    """Promised items that stand elsewhere against the cut line, in rank order; and new promises that may not fit."""
    return tuple(
        (_WORDS[shift], f"{short(item.title, LONGEST_TITLE)} (#{position})")
        for position, item, shift in _shifted(was, now)
    )


def _shifted(was: CutLine, now: CutLine) -> Iterator[tuple[int | None, Item, tuple[Zone | None, Zone]]]:
    """Each item with its zone before (None: it was not promised) and after."""
    if was.why or now.why:
        return
    former = {row.item.id: row.item for row in was.rows if row.item.is_committed}
    for position, _, item in now.rows:
        zone = now.fit(item)
        before = was.fit(former[item.id]) if item.id in former else None
        if zone is not None and (before, zone) in _WORDS:
            yield position, item, (before, zone)
