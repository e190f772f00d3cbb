"""Days in words: `30 November to 6 December 2026`. Refuses nothing."""

from collections.abc import Sequence
from datetime import date


def day_words(day: date) -> str:
    """`6 December 2026`."""
    return f"{day.day} {day:%B} {day.year}"


def span_words(first: date, last: date) -> str:
    """`30 November to 6 December 2026`; what both have in common is said once."""
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{day_words(first)} to {day_words(last)}"
    begin = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{begin} to {day_words(last)}"


def short_days(days: Sequence[date]) -> str:
    """`30 Nov, 2 and 5 Dec`, the days in their order."""
    words = [
        f"{day.day} {day:%b}" if at + 1 == len(days) or _month(days[at + 1]) != _month(day) else f"{day.day}"
        for at, day in enumerate(days)
    ]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def short_span(first: date, last: date) -> str:
    """`30 Nov to 6 Dec`, `7 to 13 Dec`."""
    if first == last:
        return f"{first.day} {first:%b}"
    begin = f"{first.day}" if _month(first) == _month(last) else f"{first.day} {first:%b}"
    return f"{begin} to {last.day} {last:%b}"


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
