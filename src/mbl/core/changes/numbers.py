"""The numbers that a change moves: months of committed work, what serves the Guidepoint, what fits, verdicts.

Refuses nothing: what cannot be said on either side is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from mbl.core.capacity.cut_line import CutLine, cut_line
from mbl.core.capacity.effort import effort_of
from mbl.core.capacity.figures import Figures, by_effort, figures, range_of
from mbl.core.capacity.lanes import LEAST_FINISHED
from mbl.core.capacity.words import days as days_said
from mbl.core.capacity.words import month_count, month_words, percent
from mbl.core.guidepoints.alignment import open_outcomes
from mbl.core.guidepoints.alignment_score import score
from mbl.core.ranking import Ranked
from mbl.core.wording import LONGEST_TITLE, short
from mbl.model.backlog import Backlog


class Numbers(NamedTuple):
    """`months` as `mbl capacity` says them (None if it cannot), `days` of committed work, `aligned` its share.

    `said` are the months in words, a range where too much is guessed; `line` is the cut line of this quarter;
    `verdicts` are those of undecided campaigns, by id, with their title.
    """

    items: int
    days: float
    months: float | None
    said: str
    aligned: float | None
    line: CutLine
    verdicts: Mapping[str, tuple[str, str]]


def numbers(backlog: Backlog, today: date, rows: Sequence[Ranked]) -> Numbers:
    """The numbers of the backlog on this day; `rows` are its open items in rank order."""
    of = _figures(backlog, today)
    months = of.months
    return Numbers(
        items=len(of.committed),
        days=round(of.days, 2),
        months=round(months, 2) if months is not None and isfinite(months) else None,
        said=_months(of, months),
        aligned=_aligned(of),
        line=cut_line(backlog, today, rows=rows, sized=lambda row: effort_of(row.item, of.classes)),
        verdicts=_verdicts(backlog, today) if backlog.campaigns else {},
    )


def told(was: Numbers, now: Numbers) -> tuple[tuple[str, str], ...]:
    """What differs, before → after, a line each; the months always, since that is what a promise costs."""
    lines = [("Committed work", _arrow(was.said, now.said))]
    if (was.items, was.days) != (now.items, now.days):
        lines.append(("Promised", _arrow(_load(was), _load(now))))
    old, new = _fitting(was.line), _fitting(now.line)
    if not (was.line.why or now.line.why) and old != new:
        lines.append(("Fits this quarter", _arrow(_items(old), _items(new))))
    if was.aligned is not None and now.aligned is not None:
        shares = percent(was.aligned), percent(now.aligned)
        lines.extend([("Guidepoint served", _arrow(*shares))] if shares[0] != shares[1] else ())
    return (*lines, *_verdict_lines(was, now))


def payload(was: Numbers, now: Numbers) -> dict[str, Any]:
    """The same as JSON has it: `before` and `after` of each number."""
    sides = {"before": was, "after": now}
    return {
        "months": {side: each.months for side, each in sides.items()},
        "months_words": {side: each.said for side, each in sides.items()},
        "committed_days": {side: each.days for side, each in sides.items()},
        "aligned": {side: each.aligned for side, each in sides.items()},
        "cut_line": {side: _line(each.line) for side, each in sides.items()},
        "verdicts": {
            side: {id_: verdict for id_, (_, verdict) in each.verdicts.items()}
            for side, each in sides.items()
        },
    }


def _verdict_lines(was: Numbers, now: Numbers) -> Iterator[tuple[str, str]]:
    for id_, (_, old) in was.verdicts.items():
        title, new = now.verdicts.get(id_, ("", old))
        if new != old:
            yield short(title, LONGEST_TITLE), _arrow(old.replace("-", " "), new.replace("-", " "))


def _fitting(line: CutLine) -> int:
    """How many will fit: whoever is not among the found ones does not."""
    return sum(zone == "will" for zone in line.zones.found.values())


def _line(of: CutLine) -> dict[str, Any] | None:
    """The line by how many items stand where: who they are stands in `mbl capacity`."""
    if of.why:
        return None
    counts = {"will": len(of.will), "might": len(of.might), "wont": len(of.wont)}
    return {"quarter": of.quarter, "capacity_days": round(of.capacity_days or 0.0, 2), **counts}


def _figures(backlog: Backlog, today: date) -> Figures:
    """The past weeks are counted only where enough was finished in them to answer by throughput."""
    finished = sum(item.status == "done" for item in backlog.items.values())
    of = figures(backlog, today)
    return of if finished >= LEAST_FINISHED else by_effort(of)


def _months(of: Figures, months: float | None) -> str:
    """A range is simulated only where it is needed: it costs more than all the rest."""
    return month_words(of, range_of(of)) if months is None else month_count(months)


def _aligned(of: Figures) -> float | None:
    """The share of the committed work that serves an open outcome; None while there is none."""
    outcomes = open_outcomes(of.backlog, of.today)
    served = score(of.committed, outcomes).aligned if outcomes else None
    return None if served is None else round(served, 4)


def _verdicts(backlog: Backlog, today: date) -> dict[str, tuple[str, str]]:
    from mbl.core.campaigns.state import state

    judged = (state(campaign, today) for campaign in backlog.campaigns.values())
    return {
        each.campaign.id: (each.campaign.title, each.verdict) for each in judged if each.phase != "decided"
    }


def _load(numbers: Numbers) -> str:
    return f"{_items(numbers.items)}, {days_said(numbers.days)}"


def _items(count: int) -> str:
    return f"{count:,} item{'' if count == 1 else 's'}"


def _arrow(was: str, now: str) -> str:
    return f"{was} → {now}" if was != now else f"{now}, as before"
