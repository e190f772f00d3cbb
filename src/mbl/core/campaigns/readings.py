"""What can be done with the readings of a campaign: log what its counters stand at, and correct what was wrong.

Counts run from the start of the campaign, so they never fall. Refuses one that does, more successes than tries,
a day before the start or to come, a counter that no criterion uses, and another number for a day that was read
unless it corrects it; everything that is wrong is said at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from mbl.core.campaigns.counts import Counts, Rows, refuse_all
from mbl.core.campaigns.criteria import counters
from mbl.core.campaigns.tally import closes
from mbl.core.rules.finding import nearest
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign
from mbl.model.guidepoint import Revision

Reading = dict[str, Any]
TRACE = "reading of "
"""How the reason begins that a correction leaves in `changes`."""


def logged(
    backlog: Backlog,
    path: str,
    rows: Rows,
    *,
    today: date,
    correct: bool = False,
    by: str | None = None,
    reason: str | None = None,
) -> Backlog:
    """The backlog with these readings in the campaign's file, by date; the others stay where they stand.

    What was read before is replaced only if this shall `correct` it; then `changes` keeps what it was. Raises
    MblError with everything that is wrong.
    """
    campaign = backlog.campaigns[path]
    _refuse_decided(campaign)
    rows = {day: _known_names(counts, campaign) for day, counts in rows.items()}
    refuse_all(_odd_rows(campaign, rows, today=today), exit_code=1)
    if not correct:
        refuse_all(_read_already(campaign, rows), exit_code=1)
    readings = _with_rows(campaign.readings, rows)
    if readings == campaign.readings:
        return backlog
    known = {error.message for error in _contradictions(campaign, campaign.readings)}
    wrong = (error for error in _contradictions(campaign, readings) if error.message not in known)
    refuse_all(wrong, exit_code=1)
    traces = tuple(
        Revision(date=today, by=by, reason=_traced(words, reason)) for words in _corrected(campaign, rows)
    )
    new = replace(campaign, readings=readings, changes=(*campaign.changes, *traces))
    return replace(backlog, campaigns={**backlog.campaigns, path: new})


def closing_day(campaign: Campaign) -> date:
    """The last day on which a success still counts: the deadline and the longest window."""
    ends = (closes(campaign.deadline, each) for each in campaign.success_criteria)
    return max(ends, default=campaign.deadline)


def counts_of(reading: Mapping[str, Any]) -> dict[str, int]:
    """The counters of a reading, without its date."""
    return {name: value for name, value in reading.items() if name != "date" and isinstance(value, int)}


def reading_words(reading: Mapping[str, Any]) -> str:
    """The counters in words: `invites 60, accepted 8`."""
    return ", ".join(f"{name} {value:,}" for name, value in counts_of(reading).items())


def is_trace(revision: Revision) -> bool:
    """Whether this is what a corrected reading left, and no reason for another criterion."""
    return (revision.reason or "").startswith(TRACE)


def _refuse_decided(campaign: Campaign) -> None:
    if campaign.decision:
        raise MblError(
            f"“{campaign.title}” ({campaign.id}) was decided on {campaign.decision.date}: "
            f"{campaign.decision.verdict}. Its numbers are closed.",
            hint=f"To go on with it, take out its decision: mbl campaign edit {campaign.id}",
        )


def _known_names(counts: Counts, campaign: Campaign) -> dict[str, int | None]:
    """The counts under the names that the criteria use, whatever their case."""
    names = {name.casefold(): name for name in counters(campaign)}
    return {names.get(name.casefold(), name): value for name, value in counts.items()}


def _odd_rows(campaign: Campaign, rows: Rows, *, today: date) -> Iterator[MblError]:
    if not any(rows.values()):
        yield MblError("There is nothing to log.", hint="Write counter=number, like invites=60.")
    known = counters(campaign)
    unknown = dict.fromkeys(name for counts in rows.values() for name in counts if name not in known)
    for name in unknown:
        others = f"It counts {', '.join(known)}." if known else "It has no success criterion yet."
        yield MblError(f"No criterion of this campaign uses {name!r}.", hint=nearest(name, known) or others)
    for day in rows:
        if day > today:
            yield MblError(
                f"{day} lies in the future (today is {today}).", hint="Give the day of the reading."
            )
        if day < campaign.start:
            yield MblError(
                f"{day} lies before the start on {campaign.start}.", hint="Counts run from the start."
            )


def _read_already(campaign: Campaign, rows: Rows) -> Iterator[MblError]:
    for day, counts in rows.items():
        before = _read_on(campaign.readings, day)
        for name, value in counts.items():
            if name in before and before[name] != value:
                yield MblError(
                    f"{day} was read already: {name} {before[name]:,}, not {_said(value)}.",
                    hint="If that was wrong, add --correct; or give the --date of this reading.",
                )
            elif value is None and name not in before:
                yield MblError(f"{name}: how many?", hint=f"Write {name}=60.")


def _with_rows(readings: Sequence[Reading], rows: Rows) -> tuple[Reading, ...]:
    """The readings with these counts, a new day behind the last one before it; nobody else changes places."""
    result = list(readings)
    for day, counts in sorted(rows.items()):
        at = next((at for at, old in enumerate(result) if old.get("date") == day), None)
        old = result[at] if at is not None else {"date": day}
        new = {name: value for name, value in {**old, **counts}.items() if value is not None}
        if at is not None:
            result[at : at + 1] = [new] if len(new) > 1 else []
        elif len(new) > 1:
            before = [
                at for at, old in enumerate(result) if isinstance(old.get("date"), date) and old["date"] < day
            ]
            result.insert(before[-1] + 1 if before else 0, new)
    return tuple(result)


def _contradictions(campaign: Campaign, readings: Sequence[Reading]) -> Iterator[MblError]:
    """Counts that fall from one day to the next, and successes without tries."""
    dated = sorted(
        (old for old in readings if isinstance(old.get("date"), date)), key=lambda old: old["date"]
    )
    for name in counters(campaign):
        read = [(old["date"], old[name]) for old in dated if name in counts_of(old)]
        yield from _falls(campaign.id, name, read)
    for each in campaign.success_criteria:
        if each.of:
            yield from _too_many(each.is_, each.of, dated)


def _falls(id_: str, name: str, read: Sequence[tuple[date, int]]) -> Iterator[MblError]:
    for (day, before), (later, now) in pairwise(read):
        if now < before:
            yield MblError(
                f"{name} would fall from {before:,} on {day} to {now:,} on {later}.",
                hint="Counts run from the start, so they never fall. If the other number is wrong, correct it "
                f"first: mbl campaign log {id_} {name}=… --date DATE --correct",
            )


def _too_many(successes: str, tries: str, dated: Sequence[Reading]) -> Iterator[MblError]:
    for at, reading in enumerate(dated):
        if successes not in counts_of(reading):
            continue
        k, n = reading[successes], _tries(dated, at, tries)
        if k > n:
            yield MblError(
                f"{reading['date']}: {k:,} {successes} of {n:,} {tries} cannot be.",
                hint=f"Log both together: {tries}=… {successes}={k}",
            )


def _tries(dated: Sequence[Reading], at: int, tries: str) -> int:
    """How many tries there can have been: as read that day, else at the next reading, else at the last one before."""
    later = (old[tries] for old in dated[at:] if tries in counts_of(old))
    before = (old[tries] for old in reversed(dated[:at]) if tries in counts_of(old))
    return int(next(later, next(before, 0)))


def _corrected(campaign: Campaign, rows: Rows) -> Iterator[str]:
    """What was read otherwise before, in words."""
    for day, counts in sorted(rows.items()):
        before = _read_on(campaign.readings, day)
        changed = [
            f"{name} {before[name]:,} → {_said(value)}"
            for name, value in counts.items()
            if name in before and before[name] != value
        ]
        if changed:
            yield f"{TRACE}{day}: {', '.join(changed)}"


def _read_on(readings: Sequence[Reading], day: date) -> dict[str, int]:
    return next((counts_of(old) for old in readings if old.get("date") == day), {})


def _said(value: int | None) -> str:
    return "nothing" if value is None else f"{value:,}"


def _traced(words: str, reason: str | None) -> str:
    said = " ".join((reason or "").split())
    return f"{words}: {said}" if said else words
