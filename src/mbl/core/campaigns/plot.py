"""The way of each criterion so far, drawn against the straight line to what it needs. Refuses nothing: what was not read is not drawn."""

from datetime import date

from mbl.core.campaigns.judged import Judged, State
from mbl.core.campaigns.tally import shifted
from mbl.core.report import Plot, Point, Series, Straight

_HIGH, _LOW = 8, 6
"""Lines of a plot that stands alone, and of each of several."""


def plots(of: State, today: date) -> tuple[Plot, ...]:
    """The way of each criterion that was read, against the straight line to what it needs."""
    drawn = [
        (each, each.need, points)
        for each in of.judged
        if each.need is not None and (points := _way(of, each.criterion.is_, today))
    ]
    height = _HIGH if len(drawn) == 1 else _LOW
    return tuple(_plot(of, each, need, points=points, height=height) for each, need, points in drawn)


def _way(of: State, counter: str, today: date) -> tuple[Point, ...]:
    """The readings of a counter up to today, from nothing at the start."""
    last = min(today, of.closes)
    read = sorted(
        (day, float(count))
        for reading in of.campaign.readings
        if isinstance(day := reading.get("date"), date)
        and isinstance(count := reading.get(counter), int)
        and of.campaign.start <= day <= last
    )
    if not read:
        return ()
    return (*(((of.campaign.start, 0.0),) if read[0][0] > of.campaign.start else ()), *read)


def _plot(of: State, each: Judged, need: int, *, points: tuple[Point, ...], height: int) -> Plot:
    campaign, name = of.campaign, each.criterion.is_
    is_limit = each.kind == "guard"
    last = shifted(campaign.start, each.days - 1)
    ends = (campaign.start, float(need if is_limit else 0)), (last, float(need))
    said = f"the limit: {need:,}" if is_limit else f"the straight line to {need:,} by {last}"
    return Plot(
        title=f"{each.criterion.id}: {name} so far",
        series=(Series(name=name, points=points),),
        lines=(Straight(name=said, start=ends[0], end=ends[1]),),
        height=height,
    )
