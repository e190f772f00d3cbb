"""Dates as people write them; whether the day or the month comes first is decided by the whole column.

Refuses a column that leaves it open, one that contradicts itself, and days that do not exist. Nothing is guessed
from the language of the machine.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mbl.importers.cells import Cell, Reading, Unreadable, first_of, quoted, reading
from mbl.importers.columns import Column
from mbl.importers.draft import Wishes
from mbl.importers.words import plain, says_nothing, spellings

_MONTHS = spellings(
    {
        "1": "January | Jan | Januar | Jän | Jänner | Enero | Ene",
        "2": "February | Feb | Februar | Febr | Febrero",
        "3": "March | Mar | März | Mär | Mrz | Marzo",
        "4": "April | Apr | Abril | Abr",
        "5": "May | Mai | Mayo",
        "6": "June | Jun | Juni | Junio",
        "7": "July | Jul | Juli | Julio",
        "8": "August | Aug | Agosto | Ago",
        "9": "September | Sep | Sept | Septiembre | Setiembre",
        "10": "October | Oct | Oktober | Okt | Octubre",
        "11": "November | Nov | Noviembre",
        "12": "December | Dec | Dezember | Dez | Diciembre | Dic",
    }
)
_TIME = re.compile(
    r"(?<=\d)(?:t|,?\s+)\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:z|[+-]\d\d:?\d\d|[ap]\.?m\.?|uhr|h)?$"
)
_WEEKDAY = re.compile(r"^[^\W\d]{2,10}[.,]?\s+(?=\d)|\s*\([^)]*\)$")
# y, m, d: year, month, day; n: the month's name; q: a quarter; a, b, c: in an order that the column decides.
_SHAPES = tuple(
    re.compile(shape, re.ASCII if "[^" not in shape else 0)
    for shape in (
        r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
        r"(?P<y>(?:19|20|21)\d\d)(?P<m>\d\d)(?P<d>\d\d)",
        r"(?P<a>\d{1,2})(?P<dot>\.)\s?(?P<b>\d{1,2})\.\s?(?P<c>\d{4}|\d\d)",
        r"(?P<a>\d{1,2})([-/])(?P<b>\d{1,2})\2(?P<c>\d{4}|\d\d)",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-.\s]*(?:de\s+)?(?P<n>[^\W\d]+)\.?[-.,\s]*(?:del?\s+)?(?P<y>\d{4}|\d\d)",
        r"(?P<n>[^\W\d]+)\.?\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        r"q(?P<q>[1-4])[-/\s]*(?P<y>\d{4})",
        r"(?P<y>\d{4})[-/\s]*q(?P<q>[1-4])",
        r"(?P<n>[^\W\d]+)\.?[-\s]*(?:del?\s+)?(?P<y>\d{4})",
    )
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_SERIALS = range((date(2000, 1, 1) - date(1899, 12, 30)).days, (date(2101, 1, 1) - date(1899, 12, 30)).days)
_LAST_MONTH = 12
_LONGEST = 60
_YEARS = range(1970, 2200)
_EAST_ASIAN = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")

Seen = Mapping[str, str | None]


def dates(path: str, column: Column, cells: Sequence[Cell], wishes: Wishes) -> Reading:
    """ISO days. A month alone is its last day where something is due, else its first."""
    del wishes
    texts = {cell.text for cell in cells if cell.text and not says_nothing(cell.text)}
    if texts and all(_is_serial(text) for text in texts):
        return _serials(path, column, cells)
    seen = {text: _seen(text) for text in texts}
    order = column.form or _order(column, seen)

    def read(text: str) -> str | Unreadable | None:
        if text not in seen:
            return None
        own = order if _is_open(seen[text] or {}) else column.form or "dmy"
        return _day(text, seen[text], own, last=column.field == "due")

    found = reading(path, column, cells, read=read, nothing="no date yet")
    months = sum(_is_month(seen.get(cell.text)) for cell in cells)
    edge = "last" if column.field == "due" else "first"
    remark = (
        f"{column.field}: the {edge} day is taken where only a month or quarter is given ({months} times)"
    )
    remarks = (*found.remarks, remark) if months else found.remarks
    return replace(
        found, problems=first_of(found.problems, "ambiguous-dates", "contradicting-dates"), remarks=remarks
    )


def _is_serial(text: str) -> bool:
    return _SERIAL.fullmatch(text) is not None and int(text[:5]) in _SERIALS


def _serials(path: str, column: Column, cells: Sequence[Cell]) -> Reading:
    def read(text: str) -> str | None:
        return (date(1899, 12, 30) + timedelta(int(text[:5]))).isoformat() if _is_serial(text) else None

    found = reading(path, column, cells, read=read, nothing="no date yet")
    example = next(cell.text for cell in cells if _is_serial(cell.text))
    remark = f"{column.field}: read as the day numbers of a spreadsheet, {example} is {read(example)}"
    return replace(found, remarks=(*found.remarks, remark))


def _seen(text: str) -> Seen | None:
    """The parts of a date that a text shows; None if it shows none."""
    if len(text) > _LONGEST:
        return None
    clean = _TIME.sub("", unicodedata.normalize("NFKC", text).casefold().strip())
    for spelling in dict.fromkeys((clean, _WEEKDAY.sub("", clean))):
        for shape in _SHAPES:
            found = shape.fullmatch(spelling)
            if found and ("n" not in shape.groupindex or plain(found["n"]) in _MONTHS):
                return found.groupdict()
    return None


def _order(column: Column, seen: Mapping[str, Seen | None]) -> str | Unreadable:
    """`dmy` or `mdy`: the only order in which all dates of the column exist."""
    open_ = {text: parts for text, parts in seen.items() if parts and _is_open(parts)}
    if (
        _EAST_ASIAN.search(column.header)
        and open_
        and all(len(parts["c"] or "") < len("2026") for parts in open_.values())
    ):
        return "ymd"
    firsts = {text: (int(parts["a"] or 0), int(parts["b"] or 0)) for text, parts in open_.items()}
    day_first = [text for text, (a, b) in firsts.items() if b <= _LAST_MONTH < a]
    month_first = [text for text, (a, b) in firsts.items() if a <= _LAST_MONTH < b]
    either = [text for text, (a, b) in firsts.items() if a != b and max(a, b) <= _LAST_MONTH]
    if day_first and month_first:
        return _contradicting(column, min(day_first), min(month_first))
    if either and not day_first and not month_first:
        return _ambiguous(column, min(either))
    return "mdy" if month_first else "dmy"


def _is_open(seen: Seen) -> bool:
    return "a" in seen and "dot" not in seen


def _is_month(seen: Seen | None) -> bool:
    return seen is not None and "a" not in seen and "d" not in seen


def _day(text: str, seen: Seen | None, order: str | Unreadable, *, last: bool) -> str | Unreadable:
    if seen is None:
        fix = "Write it like 2026-11-30, or leave the cell empty."
        return Unreadable("unknown-date", f"{quoted(text)} is no date that can be read.", fix)
    if isinstance(order, Unreadable):
        return order
    try:
        return _month_day(seen, last=last) if _is_month(seen) else _exact(seen, order)
    except ValueError:
        return Unreadable("no-such-date", f"{quoted(text)} is no day of the calendar.", "Correct the date.")


def _exact(seen: Seen, order: str) -> str:
    parts = dict(zip(order, (seen["a"], seen["b"], seen["c"]), strict=True)) if "a" in seen else seen
    year = int(parts["y"] or 0)
    return _iso(
        year if len(parts["y"] or "") == len("2026") else 2000 + year, _month(parts), int(parts["d"] or 0)
    )


def _month_day(seen: Seen, *, last: bool) -> str:
    year = int(seen["y"] or 0)
    quarter = int(seen.get("q") or 0)
    month = 3 * quarter - (0 if last else 2) if quarter else _month(seen)
    return _iso(year, month, monthrange(year, month)[1] if last and month <= _LAST_MONTH else 1)


def _month(parts: Seen) -> int:
    name = parts.get("n")
    return int(_MONTHS[plain(name)] if name else parts["m"] or 0)


def _iso(year: int, month: int, day: int) -> str:
    """The day in ISO form; ValueError if it does not exist or is nobody's deadline."""
    return date(year if year in _YEARS else 0, month, day).isoformat()


def _ambiguous(column: Column, example: str) -> Unreadable:
    message = f'{quoted(example)} in "{column.header}" could begin with the day or the month, and no other cell tells.'
    return Unreadable("ambiguous-dates", message, _say(column))


def _contradicting(column: Column, day_first: str, month_first: str) -> Unreadable:
    message = (
        f'The dates in "{column.header}" contradict each other: {quoted(day_first)} begins with the day, '
    )
    message += f"{quoted(month_first)} with the month."
    return Unreadable(
        "contradicting-dates", message, f"Correct the cells, or say which order holds. {_say(column)}"
    )


def _say(column: Column) -> str:
    day, month = (f'--map "{column.header}={column.field}:{order}"' for order in ("dmy", "mdy"))
    return f"Say it: {day} (day first) or {month} (month first)."
