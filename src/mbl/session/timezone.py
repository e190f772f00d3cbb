"""Time zones by their name: the one that decides what day it is."""

from datetime import UTC, tzinfo


def zone(name: str) -> tzinfo | None:
    """The time zone with this name (`Europe/Berlin`); None if there is none."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return None


def suggestion(name: str) -> str:
    """The sentence that helps to a name that exists: the nearest one, else the form."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    known = {known.casefold(): known for known in available_timezones()}
    words = name.strip().casefold().replace(" ", "_")
    cities = {key.rpartition("/")[2]: key for key in sorted(known, reverse=True) if "/" in key}
    near = get_close_matches(words, known, n=1, cutoff=0.8)
    near = near or [
        cities[city] for city in get_close_matches(words.rpartition("/")[2], cities, n=1, cutoff=0.8)
    ]
    return f"Did you mean {known[near[0]]}?" if near else "Write it like Europe/Berlin, Asia/Tokyo or UTC."
