"""Effort: what an estimate as typed means in person-days, and what an item without one probably takes.

An unknown effort is never 0: it is guessed from items of the same type (the reference class), or stays
unknown. A text that means nothing (an unknown size, a range that runs backwards) is unknown too;
`problem_of` says why.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, sqrt
from typing import Literal, NamedTuple

from mbl.model.item import Item
from mbl.model.settings import Settings

DAYS_PER_WEEK = 5
CLASS_SIZE = 5
"""A type says something about its unestimated items from so many estimated ones."""


class Effort(NamedTuple):
    """An effort in person-days. `form` is what was typed: one number, low-high, or best/likely/worst."""

    low: float
    likely: float
    high: float
    mean: float
    sd: float
    form: Literal["point", "range", "three-point"] = "point"

    def times(self, share: float) -> "Effort":
        """A share of it."""
        low, likely, high, mean, sd, form = self
        return Effort(low * share, likely * share, high * share, mean * share, sd * share, form)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A reference class: the mean efforts of its estimated items, rising; `mean` for sums, `median` for one item."""

    values: tuple[float, ...]
    mean: float
    median: float


class Sized(NamedTuple):
    """What one item takes. `days` is the expected effort, None if unknown; `reference` where a guess comes from."""

    days: float | None
    estimate: Effort | None
    reference: Reference | None

    @property
    def guessed(self) -> bool:
        return self.reference is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """The reference classes of a backlog: by type (in small letters), and over all types."""

    read: Callable[[str], Effort | None]
    by_type: Mapping[str, Reference]
    overall: Reference | None

    def of(self, type_: str | None) -> Reference | None:
        """The class of the type if it is large enough, else that of all types, else None."""
        return self.by_type.get((type_ or "").casefold(), self.overall)


def parse(text: str, settings: Settings) -> Effort | None:
    """What `5d 4h 2w 5 M 2d-8d 2d/4d/12d` means under these settings; None if nothing.

    A week has five days. In a range, a number without a unit takes the unit of the last: `2-8h`.
    Mean and sd: (l+h)/2 and (h-l)/sqrt(12) of a range, (o+4m+p)/6 and (p-o)/6 of three points (PERT).
    """
    return _reader(settings)(text)


def problem_of(text: str, settings: Settings) -> str | None:
    """What is wrong with an estimate, as a sentence; None if it can be read."""
    if parse(text, settings) is not None:
        return None
    if settings.hours_per_day <= 0 and "h" in text:
        return f"{text} cannot be turned into days: hours_per_day in mbl.yaml must be more than 0."
    if _SIZE.fullmatch(text.strip()):
        return _unknown_size(text.strip(), settings)
    days = _days(text, settings.hours_per_day)
    if days and days != sorted(days):
        order = "low-high, like 2d-8d" if len(days) == 2 else "best/likely/worst, like 2d/4d/12d"  # noqa: PLR2004
        return f"{text} runs backwards: write it as {order}."
    return f"{text} is not an estimate: write 5d, 4h, 2w, a size, 2d-8d or 2d/4d/12d."


def known(item: Item, settings: Settings) -> Effort | None:
    """The effort that somebody stated: what remains, else the estimate, else the sum of the parts.

    A part without an effort makes the sum of the parts unknown.
    """
    return _known(item, _reader(settings))


def reference_classes(items: Iterable[Item], settings: Settings) -> Classes:
    """The classes that guesses come from: every item with an estimate or parts counts, whatever became of it."""
    read = _reader(settings)
    values: defaultdict[str, list[float]] = defaultdict(list)
    for item in items:
        if (item.estimate or item.parts) and (effort := _estimated(item, read)) is not None:
            values[(item.type or "").casefold()].append(effort.mean)
    overall = _reference([value for group in values.values() for value in group])
    by_type = {type_: _reference(group) for type_, group in values.items() if type_}
    return Classes(read=read, by_type={k: v for k, v in by_type.items() if v is not None}, overall=overall)


def effort_of(item: Item, classes: Classes) -> Sized:
    """What the item takes: as stated, else the mean of its class as a guess, else unknown."""
    estimate = _known(item, classes.read)
    if estimate is not None:
        return Sized(estimate.mean, estimate, None)
    reference = classes.of(item.type)
    return Sized(reference.mean if reference else None, None, reference)


_SIZE = re.compile(r"[A-Za-z]{1,8}")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([hdw]?)")
_RANGE = re.compile(r"[^-/]+(?:-[^-/]+|/[^-/]+/[^-/]+)?")


def _known(item: Item, read: Callable[[str], Effort | None]) -> Effort | None:
    if item.remaining and (effort := read(item.remaining)) is not None:
        return effort
    return _estimated(item, read)


def _estimated(item: Item, read: Callable[[str], Effort | None]) -> Effort | None:
    if item.estimate and (effort := read(item.estimate)) is not None:
        return effort
    efforts = [read(part.effort) if part.effort else None for part in item.parts]
    stated = [effort.mean for effort in efforts if effort is not None]
    return _point(fsum(stated)) if stated and len(stated) == len(efforts) else None


def _reference(values: list[float]) -> Reference | None:
    if len(values) < CLASS_SIZE:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Reference(tuple(ordered), fsum(ordered) / len(ordered), median)


def _reader(settings: Settings) -> Callable[[str], Effort | None]:
    return _cached_reader(settings.hours_per_day, tuple(settings.sizes.items()))


@lru_cache(maxsize=8)
def _cached_reader(hours: float, sizes: tuple[tuple[str, str], ...]) -> Callable[[str], Effort | None]:
    """Ten thousand items have few different estimates: each text is read once."""
    named = {name: _days(text, hours) for name, text in sizes}

    @lru_cache(maxsize=4096)
    def read(text: str) -> Effort | None:
        return _effort(_sized(text.strip(), named) or _days(text, hours))

    return read


def _sized(text: str, sizes: Mapping[str, list[float]]) -> list[float]:
    if text in sizes:
        return sizes[text]
    folded = [name for name in sizes if name.casefold() == text.casefold()]
    return sizes[folded[0]] if len(folded) == 1 else []


def _days(text: str, hours: float) -> list[float]:
    """The one, two or three numbers of an estimate in days; empty if it has another form."""
    if not _RANGE.fullmatch(text) or ("h" in text and hours <= 0):
        return []
    found = [_NUMBER.fullmatch(number.strip()) for number in re.split("[-/]", text)]
    numbers = [(float(match[1]), match[2]) for match in found if match]
    if len(numbers) < len(found):
        return []
    last = numbers[-1][1]
    return [_in_days(number, unit or last, hours) for number, unit in numbers]


def _in_days(number: float, unit: str, hours: float) -> float:
    if unit == "h":
        return number / hours
    return number * DAYS_PER_WEEK if unit == "w" else number


def _effort(days: list[float]) -> Effort | None:
    if not days or days != sorted(days):
        return None
    low, high = days[0], days[-1]
    if len(days) == 1:
        return _point(low)
    if len(days) == 2:  # noqa: PLR2004
        middle = (low + high) / 2
        return Effort(low, middle, high, middle, (high - low) / sqrt(12), "range")
    likely = days[1]
    return Effort(low, likely, high, (low + 4 * likely + high) / 6, (high - low) / 6, "three-point")


def _point(days: float) -> Effort:
    return Effort(days, days, days, days, 0.0)


def _unknown_size(size: str, settings: Settings) -> str:
    from difflib import get_close_matches

    names = list(settings.sizes)
    near = get_close_matches(size.upper(), names, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"{size} is not a size that mbl.yaml knows ({', '.join(names) or 'it names none'}).{hint}"
