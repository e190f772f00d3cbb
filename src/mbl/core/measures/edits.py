"""What can be done with a measure: describe a new one, log a reading, show how it went.

Refuses a reading of the future, one that is neither a value nor k of n (or both), more successes than tries,
and a second reading on one day unless it shall replace the first.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import isfinite

from mbl.core.measures.series import is_share
from mbl.core.rules.finding import is_unread, nearest
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.measure import Measure, Reading


def created(backlog: Backlog, measure: Measure) -> Backlog:
    """The backlog with this measure in a file of its own. Raises MblError if its name is taken or no file's name."""
    if measure.id in _paths(backlog):
        raise MblError(
            f"There is a measure {measure.id} already ({_paths(backlog)[measure.id]}).",
            hint=f"To add a reading: mbl measures log {measure.id} VALUE",
        )
    if "/" in measure.id or "\\" in measure.id or measure.id.startswith((".", "-")):
        raise MblError(f"{measure.id} cannot be the name of a file.", hint="Use letters, digits and hyphens.")
    path = f"measures/{measure.id}.yaml"
    if is_unread(backlog, path):
        raise MblError(f"{path} cannot be read.", hint="`mbl check` says what is wrong with it.")
    for reading in measure.readings:
        _refuse_odd(reading)
    return _with(backlog, path, measure)


def reading(text: str, measure: Measure, *, on: date) -> Reading:
    """What was typed as a reading of this day: `41`, `2.5`, `41%` of a measure in %, `17/214`. Raises MblError."""
    typed = text.strip()
    if share := _K_OF_N.fullmatch(typed):
        return Reading(date=on, k=int(share[1]), n=int(share[2]))
    unit = (measure.unit or "").strip()
    number = typed.removesuffix(unit).strip() if unit else typed
    if not _NUMBER.fullmatch(number):
        raise MblError(
            f"{text!r} is no reading.",
            hint="Write a number like 41 or 2.5, or k of n like 17/214.",
            exit_code=2,
        )
    return Reading(date=on, value=float(number))


def amount(text: str, measure: Measure | None) -> float:
    """What was typed as a baseline or target: `3000`, `50%`; `80%` of what is read as k of n is 0.8. Raises MblError."""
    typed = text.strip()
    unit = (measure.unit or "").strip() if measure else ""
    share = typed.endswith("%") and unit != "%"
    number = typed.removesuffix("%" if share else unit).strip()
    if not _NUMBER.fullmatch(number):
        raise MblError(
            f"{text!r} is no number.", hint="Write it like 3000, 2.5 or 80%, without separators.", exit_code=2
        )
    return float(number) / 100 if share else float(number)


def logged(backlog: Backlog, id_: str, new: Reading, *, today: date, replaces: bool = False) -> Backlog:
    """The backlog with this reading, the readings by date. Raises MblError.

    The very same reading again changes nothing; another one of the same day is refused unless it `replaces`.
    """
    path = path_of(backlog, id_)
    measure = backlog.measures[path]
    _refuse_odd(new)
    _refuse_other_kind(new, measure)
    if new.date > today:
        raise MblError(
            f"{new.date} lies in the future (today is {today}).", hint="Give the day of the reading."
        )
    same_day = [old for old in measure.readings if old.date == new.date]
    if same_day == [new]:
        return backlog
    if same_day and not replaces:
        raise MblError(
            f"{id_} has a reading of {new.date} already: {_words(same_day[-1])}.",
            hint="Give another --date, or --replace the reading of that day.",
        )
    others = [old for old in measure.readings if old.date != new.date]
    ordered = tuple(sorted((*others, new), key=lambda each: each.date))
    return _with(backlog, path, replace(measure, readings=ordered))


def path_of(backlog: Backlog, id_: str) -> str:
    """The file of the measure. Raises MblError with the nearest name."""
    paths = _paths(backlog)
    if id_ not in paths:
        known = (
            f"There are: {', '.join(sorted(paths))}." if paths else f"To describe it: mbl measures new {id_}"
        )
        raise MblError(f"There is no measure {id_}.", hint=nearest(id_, paths) or known)
    return paths[id_]


def measures_named(backlog: Backlog, ids: Sequence[str]) -> tuple[Measure, ...]:
    """These measures, all if none is named. Raises MblError for a name that is not known."""
    return tuple(backlog.measures[path_of(backlog, id_)] for id_ in ids or sorted(_paths(backlog)))


_K_OF_N = re.compile(r"(\d{1,12})\s*/\s*(\d{1,12})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d+)?", re.ASCII)


def _paths(backlog: Backlog) -> dict[str, str]:
    return {measure.id: path for path, measure in backlog.measures.items()}


def _with(backlog: Backlog, path: str, measure: Measure) -> Backlog:
    return replace(backlog, measures={**backlog.measures, path: measure})


def _refuse_odd(new: Reading) -> None:
    has_value, has_share = new.value is not None, (new.k is not None, new.n is not None)
    if has_share[0] != has_share[1] or has_value == any(has_share):
        raise MblError(
            "A reading is either a value or k of n: one of them, and not both.", hint="Write 41, or 17/214."
        )
    if new.value is not None and not isfinite(new.value):
        raise MblError("A reading must be a number.", hint="Write a number like 41 or 2.5.")
    if new.n is not None and new.n <= 0:
        raise MblError(
            f"{new.k} of {new.n}: there must be at least one try.", hint="Log it once somebody answered."
        )
    if new.k is not None and new.n is not None and not 0 <= new.k <= new.n:
        raise MblError(f"{new.k} of {new.n} cannot be.", hint="First the successes, then all tries: 17/214.")


def _refuse_other_kind(new: Reading, measure: Measure) -> None:
    """A percentage among shares (or the other way round) would draw a line that means nothing."""
    if measure.readings and is_share(measure) != (new.k is not None):
        kind, example = ("k of n", "17/214") if is_share(measure) else ("a value", "41")
        raise MblError(f"{measure.id} is read as {kind}, so far.", hint=f"Write it like {example}.")


def _words(old: Reading) -> str:
    return f"{old.k} of {old.n}" if old.k is not None else f"{old.value:g}"
