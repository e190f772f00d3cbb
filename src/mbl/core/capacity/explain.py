"""`mbl capacity --explain`: every number that the answer is made of, the formula, and where each guess comes from."""

from collections.abc import Mapping
from datetime import timedelta
from math import isinf
from typing import Any

from mbl.core.capacity import breakdown
from mbl.core.capacity.effort import Sized
from mbl.core.capacity.explain_days import net_days
from mbl.core.capacity.figures import Figures
from mbl.core.capacity.history import Week
from mbl.core.capacity.lanes import LEAST_FINISHED, LEAST_WEEKS, WEEKS_PER_MONTH, ByEffort, ByThroughput
from mbl.core.capacity.simulation import RUNS
from mbl.core.capacity.throughput import LONGEST
from mbl.core.capacity.words import count, days, month_count, number, percent
from mbl.core.report import Block, Facts
from mbl.core.wording import LONGEST_TITLE, short
from mbl.model.item import Item


def explained(of: Figures) -> tuple[Block, ...]:
    """What is counted, which method answers, each method's sum, the net days, the growth, and every guess."""
    blocks = (_method(of), _throughput(of), _effort(of), net_days(of), _growth(of), _guesses(of))
    return tuple(block for block in blocks if block is not None)


def explain_record(of: Figures) -> Mapping[str, Any]:
    """The inputs as JSON: the past weeks, the net days, the items without an estimate."""
    return {
        "weeks": [
            {
                "week": week.monday.isoformat(),
                "accepted": week.arrived,
                "finished": week.finished,
                "dropped": week.dropped,
            }
            for week in of.history.recent
        ],
        "net_days": {lane.key or "": [*lane.supply.known, lane.supply.later] for lane in of.effort_lanes},
        "guesses": [
            {
                "id": item.id,
                "title": item.title,
                "type": item.type,
                "days": sized.days,
                "from": _origin((item, sized), of),
            }
            for item, sized in of.committed
            if sized.estimate is None
        ],
    }


def _method(of: Figures) -> Facts:
    weeks = of.history.recent
    finished = sum(week.finished for week in weeks)
    facts = [
        ("Counted", f"{count(len(of.committed), 'item')} that are committed or doing, {days(of.days)}"),
        ("Past weeks", f"{_since(weeks)}{count(finished, 'item')} finished"),
        ("By throughput from", f"{LEAST_WEEKS} complete weeks and {LEAST_FINISHED} finished items on"),
        ("So the answer is", _METHODS[of.method]),
        ("Futures", f"{RUNS:,}, seed {of.backlog.settings.seed}{_percentiles(of)}"),
    ]
    return Facts(title="How the answer is found", facts=tuple(facts))


def _percentiles(of: Figures) -> str:
    if of.futures is None:
        return ""
    months = ", ".join(f"{value:.1f}" for value in of.futures.range)
    return f"; the 15th, 50th, 85th and 95th of a hundred: {months} months"


_METHODS = {
    "throughput": "by throughput: how many items are finished a week",
    "effort": "by effort: person-days against net days",
}


def _since(weeks: tuple[Week, ...]) -> str:
    if not weeks:
        return "no complete one yet; "
    last = weeks[-1].monday + timedelta(days=6)
    return f"{len(weeks)} complete, {weeks[0].monday} to {last}; "


def _throughput(of: Figures) -> Facts | None:
    lanes = [lane for lane in of.lanes if isinstance(lane, ByThroughput)]
    if not lanes:
        return None
    facts = [(f"Team {lane.key}" if lane.key else "Everybody", _paced(lane)) for lane in lanes]
    walked = (
        "Each future first draws how often each past week comes back (flat Dirichlet weights), then one week after "
        "the other until all items are finished (two-level bootstrap)."
    )
    long = any(lane.months * WEEKS_PER_MONTH * lane.pace > LONGEST for lane in lanes)
    shortcut = f" Beyond {LONGEST} weeks their sum is drawn at once, as a normal number." if long else ""
    return Facts(title="By throughput", facts=(*facts, ("The range", walked + shortcut), ("Done", _MONDAY)))


_MONDAY = "on the Monday on or after so many weeks from today"


def _paced(lane: ByThroughput) -> str:
    each = " ".join(map(str, lane.finished))
    faster = f" x {lane.pace:.2f} for the days that change" if lane.pace != 1 else ""
    weeks = lane.months * WEEKS_PER_MONTH
    formula = (
        f"{count(lane.items, 'item')} ÷ {sum(lane.finished) / len(lane.finished):.2f} a week{faster} "
        f"= {weeks:.1f} weeks ÷ {WEEKS_PER_MONTH} = {month_count(lane.months)} on the mean"
    )
    return f"finished each week: {each}\n{formula}"


def _effort(of: Figures) -> Facts | None:
    lanes = sorted(of.effort_lanes, key=lambda lane: -lane.months)
    if not lanes:
        return None
    facts = tuple((f"Team {lane.key}" if lane.key else "Everybody", _walked(lane)) for lane in lanes)
    return Facts(title="By effort: days ÷ net days, month by month", facts=facts)


def _walked(lane: ByEffort) -> str:
    """`23 items, 189 days ÷ 23.0 29.3 31.4 30.8 … then 32.1 a month = 6.3 months`."""
    known = [f"{month:.1f}" for month in lane.supply.known[:_WALKED]]
    more = ["…"] if len(lane.supply.known) > _WALKED else []
    then = "then " if known else ""
    net = " ".join((*known, *more, f"{then}{lane.supply.later:.1f} a month"))
    takes = "never done" if isinf(lane.months) else month_count(lane.months)
    return f"{count(len(lane.pieces), 'item')}, {days(breakdown.days(lane.pieces))} ÷ {net} = {takes}"


_WALKED = 4


def _growth(of: Figures) -> Facts | None:
    weeks, growth = of.weeks_of_promises, of.growth
    if growth is None:
        return None
    facts = [
        ("Accepted each week", _each(weeks, "arrived")),
        ("Finished", _each(weeks, "finished")),
        ("Dropped", _each(weeks, "dropped")),
        ("On the whole", f"{'+' if growth.per_week > 0 else ''}{growth.per_week:.2f} items a week"),
        ("Growing", f"in {percent(growth.probability)} of the futures: {_VERDICTS[growth.verdict]}"),
    ]
    return Facts(title="Is it growing? accepted - finished - dropped", facts=tuple(facts))


_VERDICTS = {
    "growing": "90 % or more, so it grows",
    "shrinking": "10 % or less, so it shrinks",
    "cannot-tell": "between 10 and 90 %, so nobody can tell yet",
}


def _each(weeks: tuple[Week, ...], what: str) -> str:
    return " ".join(str(getattr(week, what)) for week in weeks)


def _guesses(of: Figures) -> Facts | None:
    guessed = [(item, sized) for item, sized in of.committed if sized.estimate is None]
    if not guessed:
        return None
    share = f", {percent(of.guess_share)} of the effort" if of.guess_share else ""
    facts = tuple(
        (item.id, f"{short(item.title, LONGEST_TITLE)}\n{_origin((item, sized), of)}")
        for item, sized in guessed
    )
    return Facts(title=f"Without an estimate: {count(len(guessed), 'item')}{share}", facts=facts)


def _origin(row: tuple[Item, Sized], of: Figures) -> str:
    """`8 days: the mean of 5 estimated items of type video (5 6 8 8 13; the middle one 8 days)`."""
    item, (taken, _, reference) = row
    if reference is None:
        return "fewer than 5 items have an estimate: it is not counted by effort"
    own = of.classes.by_type.get((item.type or "").casefold()) is reference
    what = f"items of type {item.type}" if own else "items of every type"
    some = reference.values[:: max(1, len(reference.values) // _SOME)]
    values = " ".join(number(value) for value in (*some[:-1], reference.values[-1]))
    mean = f"{days(taken or 0.0)}: the mean of {len(reference.values)} estimated {what}"
    return f"{mean} ({values}; the middle one {days(reference.median)})"


_SOME = 6
