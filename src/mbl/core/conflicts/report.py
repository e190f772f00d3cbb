"""The answer of `mbl conflicts`: a heat strip of every audience, then what collides, with the items and who should talk.

Refuses nothing; what there is nothing to say about is left out. Long lists are cut for people, never for programs.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from mbl.core.capacity.words import count
from mbl.core.conflicts import words
from mbl.core.conflicts.all_kinds import Conflicts
from mbl.core.conflicts.day_words import day_words, short_span, span_words
from mbl.core.conflicts.duplicates import Likeness, Reuse
from mbl.core.conflicts.offers import Contradiction
from mbl.core.conflicts.payload import payload, table
from mbl.core.conflicts.runs import is_firm
from mbl.core.conflicts.touches import Collision, Load, Span
from mbl.core.report import Block, Facts, Heat, Lane, Report, Words

MOST = 12
"""So many of one sort are shown to people."""
_DAY_BY_DAY = 14
_LEGEND = "░ ▒ ▓ as much as is allowed, or less; █ more. Only what is promised is counted."


def conflicts_report(found: Conflicts) -> Report:
    """The conflicts, for people and programs."""
    blocks = (_headline(found), *_touches(found), *_offers(found), *_duplicates(found), *_notes(found))
    return Report(kind="conflicts", payload=lambda: payload(found), blocks=blocks, table=table(found))


def tally(found: Conflicts, *, firm: bool = False) -> str:
    """`1 collision, 1 contradictory offer and 2 likely duplicates`; `firm`: only what is promised. Empty if nothing."""
    offers = [each for each in found.offers if not firm or (is_firm(each.one) and is_firm(each.other))]
    numbers = {
        "collision": sum(not each.would for each in found.touches),
        "possible collision": sum(each.would and not firm for each in found.touches),
        "contradictory offer": sum(not each.check for each in offers),
        "offer to check": sum(each.check for each in offers),
        "likely duplicate": len(found.likenesses.asked),
    }
    said = [_plural(number, what) for what, number in numbers.items() if number]
    return words.listed(said) if said else ""


def _headline(found: Conflicts) -> Words:
    said = tally(found)
    begin = said or "Nothing gets in the way of anything else"
    return Words(text=f"{begin} from {span_words(*found.span)}.", tone="headline" if said else "good")


def _plural(number: int, what: str) -> str:
    return count(number, what).replace("offer to checks", "offers to check")


def _touches(found: Conflicts) -> Iterator[Block]:
    if "touches" not in found.kinds:
        return
    yield from _heat(found.load)
    firm = [each for each in found.touches if not each.would]
    yield from _facts("Too much for one audience", firm, _collision)
    would = [each for each in found.touches if each.would]
    yield from _facts("Too much, if these requests were accepted", would, _collision)


def _offers(found: Conflicts) -> Iterator[Block]:
    sure = [each for each in found.offers if not each.check]
    yield from _facts("Offers that contradict each other", sure, _contradiction)
    yield from _facts("Offers to check", [each for each in found.offers if each.check], _contradiction)


def _duplicates(found: Conflicts) -> Iterator[Block]:
    alike = found.likenesses
    yield from _facts("The same work, asked for twice?", alike.asked, _likeness)
    if alike.asked:
        yield Words(text="Say whether they are the same: mbl conflicts --duplicates --ask", tone="hint")
    yield from _facts("The same work, and both open: decline one", alike.same, _likeness)
    yield from _facts("Made before, and could be reused", alike.reuse, _reuse)


def _notes(found: Conflicts) -> Iterator[Block]:
    if "touches" not in found.kinds:
        return
    until = day_words(found.span.last)
    yield from (
        Words(text=f"{item.id} runs without an end: it is counted until {until}.", tone="hint")
        for item in found.endless[:MOST]
    )
    if found.unscheduled:
        promises = count(len(found.unscheduled), "promise")
        text = f"Not counted, because nobody wrote down when the audience meets it (runs): {promises}."
        yield Words(text=text, tone="hint")


def _facts(title: str, rows: Sequence[Any], told: Callable[[Any], tuple[str, str]]) -> Iterator[Facts]:
    if not rows:
        return
    more = (("…", f"and {len(rows) - MOST:,} more (-f csv has all)"),) if len(rows) > MOST else ()
    yield Facts(title=title, facts=(*map(told, rows[:MOST]), *more))


def _collision(each: Collision) -> tuple[str, str]:
    lines = (words.run_line(item, each.first, each.last) for item in each.items[:MOST])
    more = (f"… and {len(each.items) - MOST:,} more",) if len(each.items) > MOST else ()
    return short_span(each.first, each.last), "\n".join((words.collision_words(each), *lines, *more))


def _contradiction(each: Contradiction) -> tuple[str, str]:
    lines = (words.offer_line(each.one), words.offer_line(each.other))
    return each.product, "\n".join((words.contradiction_words(each), *lines))


def _likeness(each: Likeness) -> tuple[str, str]:
    return words.alike_words(each.score), "\n".join(map(words.alike_line, (each.one, each.other)))


def _reuse(each: Reuse) -> tuple[str, str]:
    lines = (words.titled(each.row.item), *map(words.reuse_line, each.finished))
    return f"for #{each.row.position}", "\n".join(lines)


def _heat(load: Load) -> Iterator[Heat | Words]:
    """A lane for each audience that is addressed itself: the others hear the same as the wider ones they belong to."""
    columns = _columns(load.span)
    names = [name for name in load.in_order() if name in load.activities]
    lanes = (
        Lane(label=name, values=_values(load, name, columns), most=load.limit(name).max) for name in names
    )
    shown = tuple(lane for lane in lanes if any(lane.values))
    if not shown:
        return
    step = "day" if _length(load.span) <= _DAY_BY_DAY else "week"
    title = f"How often an audience hears from us in any {load.settings.touches.days} days, by {step}"
    yield Heat(title=title, what="Audience", columns=tuple(map(_label, columns)), lanes=shown)
    yield Words(text=_LEGEND, tone="hint")


def _columns(span: Span) -> tuple[date, ...]:
    """The first day of each column: every day of a short span, else the Mondays, and the day on which it begins."""
    days = [span.first + timedelta(at) for at in range(_length(span))]
    return tuple(day for day in days if len(days) <= _DAY_BY_DAY or day == span.first or day.weekday() == 0)


def _length(span: Span) -> int:
    return (span.last - span.first).days + 1


def _label(day: date) -> tuple[str, str]:
    return f"{day:%b} {day.year}" if day.month == 1 else f"{day:%b}", str(day.day)


def _values(load: Load, audience: str, columns: Sequence[date]) -> tuple[int, ...]:
    """The highest count of the windows that have their middle in each column."""
    start, counts = load.windows(audience)
    middle = (load.limit(audience).days - 1) // 2
    begins = [column.toordinal() - middle - start for column in columns]
    ends = [*begins[1:], load.span.last.toordinal() + 1 - middle - start]
    return tuple(max(counts[first:end]) for first, end in zip(begins, ends, strict=True))
