"""When to look at a campaign again: when its numbers can say more than today. Refuses nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mbl.core.campaigns.judged import Judged
from mbl.core.campaigns.tally import Readings, Tally, count_in, count_on, shifted, window
from mbl.model.campaign import Campaign

_WEEK = 7


def next_look(
    campaign: Campaign,
    counted: Sequence[Tally],
    judged: Sequence[Judged],
    *,
    readings: Readings,
    today: date,
    last: date,
) -> date:
    """The next day worth a look: when the first criterion can be judged, when open tries are answered, or in a week.

    Never before today nor on a day that was read already, never after the end.
    """
    read = max((each.read for each in counted if each.read), default=None)
    early = [of for of, each in zip(counted, judged, strict=True) if each.verdict == "too-early"]
    if read is None:
        days = [day for of in counted if (day := _planned_day(of, campaign, last))]
        wanted = min(days, default=shifted(campaign.start, _WEEK - 1))
    elif early:
        days = [day for of in early if (day := _judged_day(of, campaign, last))]
        wanted = min(days, default=shifted(read, _WEEK))
    else:
        wanted = min([shifted(read, _WEEK), *_answers(counted, readings, read)])
    soonest = max(today, campaign.start) if read is None else max(today, shifted(read, 1))
    return min(max(wanted, soonest), last)


def _planned_day(of: Tally, campaign: Campaign, last: date) -> date | None:
    """When it can be judged first if all goes as planned."""
    if of.share is None:
        return None if of.least is None else _day(of.least, campaign, last)
    planned = of.criterion.planned or 0
    if not of.is_planned or of.least is None:
        return None
    return last if of.least > planned else _day(-(-of.least * of.days // planned), campaign, last)


def _judged_day(of: Tally, campaign: Campaign, last: date) -> date | None:
    """When it can be judged first if tries go on at the present pace; a chained count has no day of its own."""
    if of.least is None:
        return None
    if of.share is None:
        return _day(of.least, campaign, last)
    if of.is_sent or of.least > (of.planned or 0) or not of.n:
        return last
    return _day(-(-of.least * of.elapsed // of.n) + (window(of.criterion) or 0), campaign, last)


def _day(number: int, campaign: Campaign, last: date) -> date:
    """The first, second … day of the campaign, not after its end."""
    return min(last, shifted(campaign.start, min(number, (last - campaign.start).days + 1) - 1))


def _answers(counted: Iterable[Tally], readings: Readings, read: date) -> Iterator[date]:
    """For each criterion with a window, when the window of the oldest tries that are still open closes."""
    for of in counted:
        days = window(of.criterion)
        if not days or of.is_over or of.criterion.of is None:
            continue
        horizon, tries = shifted(read, -days), of.criterion.of
        known = count_on(readings, tries, horizon)
        answered = known[1] if known else 0
        later = [
            day for day, reading in readings if day > horizon and (count_in(reading, tries) or 0) > answered
        ]
        yield from (shifted(day, days) for day in later[:1])
