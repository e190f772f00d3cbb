"""The first sentence of `mbl capacity`, and how its numbers are said.

Months have one decimal under ten and none above. Refuses nothing.
"""

from datetime import date
from math import isinf

from mbl.core.capacity.figures import Figures, range_of
from mbl.core.capacity.forecast import is_least
from mbl.core.capacity.futures import Range

LEAST = 0.1
"""Less than this is not said in months."""

_WHOLE_FROM = 9.95


def headline(of: Figures, months: Range | None) -> str:
    """The honest sentence: how long the committed work takes, how sure that is, and what it assumes."""
    if not of.committed:
        return _nothing(of)
    if of.expected is None or months is None:
        return _unsayable(of)
    if isinf(of.expected):
        return f"{days(of.days)} of committed work, and no capacity left to do it: it is never done."
    words = (
        _lead(of, months),
        *_unknown(of),
        *_guessed(of),
        f"this assumes nothing new is accepted{_grows(of)}",
    )
    return f"{'; '.join(words)}."


def month_words(of: Figures, months: Range | None) -> str:
    """`60 months`, `24 to 34 months` above 30 % guessed, or `unknown`. The range is needed for the second alone."""
    if of.months is not None:
        return month_count(of.months)
    if of.expected is None or months is None:
        return "unknown"
    low, high = number(months.p15), number(months.p85)
    return month_count(months.p85) if low == high else f"{low} to {month_count(months.p85)}"


def months_said(of: Figures) -> str:
    """The same; nothing is simulated where nobody needs the range."""
    return month_words(of, range_of(of) if of.months is None else None)


def number(months: float) -> str:
    """`4.8`, `60`."""
    if isinf(months):
        return "no end of"
    if months >= _WHOLE_FROM:
        return f"{months:,.0f}"
    return f"{max(months, LEAST) if months else 0:.1f}".removesuffix(".0")


def month_count(months: float) -> str:
    """`1 month`, `4.8 months`."""
    return f"{number(months)} {'month' if number(months) == '1' else 'months'}"


def days(effort: float) -> str:
    """`1 day`, `2.5 days`, `1,888 days`."""
    return f"{number(effort)} {'day' if number(effort) == '1' else 'days'}"


def count(n: int, what: str) -> str:
    """`1 item`, `1,200 items`."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def percent(share: float) -> str:
    """`8 %`; what is not quite nothing or everything does not look like it."""
    if 0 < share < 0.005:  # noqa: PLR2004
        return "less than 1 %"
    return "more than 99 %" if 0.995 <= share < 1 else f"{share:.0%}".replace("%", " %")  # noqa: PLR2004


def rate(items: float) -> str:
    """`1 item`, `0.9 items`: so many a week."""
    text = f"{items:,.1f}".removesuffix(".0")
    return f"{text} item{'' if text == '1' else 's'}"


def long_date(day: date | None) -> str:
    """`5 April 2027`; no day is never."""
    return f"{day.day} {day:%B %Y}" if day else "never"


def _nothing(of: Figures) -> str:
    if of.part:
        return "No committed work fits these filters."
    if not of.backlog.items:
        return 'The backlog is empty: nothing is promised, nothing asked for. Begin with: mbl add "Webinar for CTOs"'
    return "No committed work: nothing is promised."


def _lead(of: Figures, months: Range) -> str:
    """While some effort is unknown nothing is safe: then the range has no upper promise."""
    span, low, safe = month_words(of, months), number(months.p15), number(months.p85)
    least = is_least(of)
    promise = "" if least or (low == safe and of.months is None) else f"safe: {safe}"
    if of.months is None:
        return f"{'At least ' if least else ''}{span} of committed work{_aside(promise)}"
    likely = f"likely {low} to {safe}" if low != safe else ""
    aside = _aside(likely, promise) if {low, safe} != {number(of.months)} else ""
    return f"{'At least' if least else 'About'} {span} of committed work{aside}"


def _aside(*words: str) -> str:
    said = "; ".join(word for word in words if word)
    return f" ({said})" if said else ""


def _unsayable(of: Figures) -> str:
    items = count(len(of.committed), "item")
    if not of.days:
        return f"{items} of committed work without any estimate: how many months that is, nobody knows."
    more = "at least " if of.unknown else ""
    return (
        f"{items} of committed work, {more}{days(of.days)}: how many months that is depends on your capacity."
    )


def _unknown(of: Figures) -> tuple[str, ...]:
    """By effort they are left out; by throughput every item counts."""
    return (f"{count(of.unknown, 'item')} of unknown effort not counted",) if is_least(of) else ()


def _guessed(of: Figures) -> tuple[str, ...]:
    if not of.days:
        return ("no effort is estimated",)
    if not of.guess_share:
        return ("none of the effort is guessed",)
    if of.guess_share > 1 - 1e-9:
        return ("all of the effort is guessed",)
    return (f"{percent(of.guess_share)} of the effort is guessed",)


def _grows(of: Figures) -> str:
    """Said only while it is sure."""
    growth = of.growth
    if growth is None or growth.verdict == "cannot-tell":
        return ""
    grows = "grows" if growth.verdict == "growing" else "shrinks"
    return f", and the backlog {grows} by {rate(abs(growth.per_week))} a week"
