"""Counts as people type them: `invites=60 accepted=8`, alone or line by line behind a date.

Refuses what is no whole number, more than a billion, and two numbers for one counter on one day. Everything
that is wrong is said at once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from mbl.errors import MblError

Counts = Mapping[str, int | None]
"""What each counter stands at; None takes a count out again."""
Rows = Mapping[date, Counts]
"""The counts by the day they were read."""
MOST = 10**9


def count(text: str) -> int | None:
    """The count that was typed; None for nothing. Raises MblError."""
    typed = text.strip()
    if not typed:
        return None
    if re.fullmatch(r"-\s*[0-9.,]+", typed):
        raise MblError(f"{typed} is less than nothing", hint="A count is 0 or more.")
    if re.fullmatch(r"[0-9]{1,3}(?:[., '’\u00a0\u202f][0-9]{3})+", typed):  # noqa: RUF001 - what spreadsheets write
        bare = re.sub("[^0-9]", "", typed)
        raise MblError(f"{typed} may be {bare}, or not", hint=f"Write {bare}, without separators.")
    if not re.fullmatch(r"[0-9]+", typed):
        raise MblError(f"{typed[:40]} is no count", hint="A count is a whole number like 60.")
    if len(typed.lstrip("0")) > len(str(MOST)) or int(typed) > MOST:
        raise MblError(f"{typed[:40]} is more than a billion", hint="Is it a date or an amount of money?")
    return int(typed)


def counts_typed(words: Sequence[str]) -> Counts:
    """The counts in `counter=value` words. Raises MblError (exit code 2) with everything that is wrong."""
    counts: dict[str, int | None] = {}
    refuse_all(_typed(words, counts))
    return counts


def rows_typed(text: str, *, on: date) -> Rows:
    """The counts in lines like `2026-11-12 invites=60 accepted=8`; a line without a date is of the day `on`.

    Raises MblError (exit code 2) with everything that is wrong.
    """
    rows: list[tuple[date, Counts]] = []
    refuse_all(_lines(text, on, rows))
    return joined(rows)


def joined(rows: Iterable[tuple[date, Counts]]) -> Rows:
    """The counts of each day together. Raises MblError (exit code 2) for two numbers of one counter on one day."""
    days: dict[date, dict[str, int | None]] = {}
    refuse_all(_merged(rows, days))
    return days


def refuse_all(wrong: Iterable[MblError], *, exit_code: int = 2) -> None:
    """Raise one MblError that says everything; nothing if nothing is wrong."""
    found = tuple(wrong)
    if found:
        hints = dict.fromkeys(error.hint for error in found if error.hint)
        raise MblError(
            "\n".join(error.message for error in found), hint="\n".join(hints), exit_code=exit_code
        )


def _typed(words: Sequence[str], counts: dict[str, int | None], where: str = "") -> Iterator[MblError]:
    for word in words:
        name, equals, value = word.partition("=")
        name = name.strip()
        if not equals or not name:
            yield MblError(
                f"{where}{word[:60]!r} is no count.", hint="Write counter=number, like invites=60."
            )
            continue
        if name in counts:
            yield MblError(f"{where}{name} stands there twice.", hint="Keep one of the two.")
            continue
        try:
            counts[name] = count(value)
        except MblError as error:
            yield MblError(f"{where}{name}: {error.message}.", hint=error.hint)


def _lines(text: str, on: date, rows: list[tuple[date, Counts]]) -> Iterator[MblError]:
    for number, line in enumerate(text.splitlines(), start=1):
        words = re.sub(r"\s*=\s*", "=", line.partition("#")[0]).replace(",", " ").split()
        if not words:
            continue
        where, day = f"line {number}: ", on
        if "=" not in words[0]:
            try:
                day = date.fromisoformat(words.pop(0).rstrip(":"))
            except ValueError:
                yield MblError(
                    f"{where}{line.strip()[:40]!r} begins with no date.", hint="Write 2026-11-12 invites=60."
                )
                continue
        counts: dict[str, int | None] = {}
        yield from _typed(words, counts, where)
        rows.append((day, counts))


def _merged(
    rows: Iterable[tuple[date, Counts]], days: dict[date, dict[str, int | None]]
) -> Iterator[MblError]:
    for day, counts in rows:
        of_day = days.setdefault(day, {})
        for name, value in counts.items():
            if name in of_day and of_day[name] != value:
                yield MblError(
                    f"{day}: {name} is {of_day[name]} and {value}.", hint="Keep one number for each day."
                )
            of_day[name] = value
