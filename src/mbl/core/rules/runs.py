"""What must hold of what audiences meet: runs and offers go forward, exclusions fit the tree, duplicates lead somewhere."""

from collections.abc import Iterator
from datetime import date

from mbl.core.audiences import tree
from mbl.core.conflicts.answers import answers
from mbl.core.conflicts.runs import HORIZON, is_endless
from mbl.core.conflicts.touches import LONGEST_WINDOW
from mbl.core.rules.finding import Finding, Step
from mbl.model.backlog import SETTINGS, Backlog
from mbl.model.item import Item, Run
from mbl.model.settings import Touches


def touch_limits(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Nobody can be met less than never; a window has a day at least, a year at most."""
    del today
    own = ((("audiences", at, "touches"), each.touches) for at, each in enumerate(backlog.settings.audiences))
    limits: list[tuple[tuple[Step, ...], Touches | None]] = [(("touches",), backlog.settings.touches), *own]
    for at, limit in limits:
        if limit and (limit.max < 0 or not 1 <= limit.days <= LONGEST_WINDOW):
            yield Finding(
                path=SETTINGS, at=at, code="negative", message=f"at most {limit.max} touches in {limit.days} days",
                fix="Write how often an audience may hear from us in how many days: {max: 3, days: 7}.",
            )  # fmt: skip


def exclusions(backlog: Backlog, today: date) -> Iterator[Finding]:
    """An audience shares people with those it belongs to, and with those that belong to it."""
    del today
    audiences = tree(backlog.settings.audiences)
    for at, audience in enumerate(backlog.settings.audiences):
        for name in audience.excludes:
            if audiences.within(audience.id, name) or audiences.within(name, audience.id):
                yield Finding(
                    path=SETTINGS, at=("audiences", at), code="excludes-kin",
                    message=f"{audience.id} excludes {name}, though one is part of the other",
                    fix="Take it out of `excludes`, or change the `parent`.",
                )  # fmt: skip


def runs(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Runs and offers end after they begin, and a pace is more than nothing."""
    del today
    for path, item in backlog.items.items():
        yield from _run_findings(path, item)
        offer = item.offer
        if offer and offer.from_ and offer.to and offer.to < offer.from_:
            yield Finding(
                path=path, at=("offer",), code="dates-backwards",
                message=f"the offer ends on {offer.to}, before it begins on {offer.from_}",
                fix="Exchange or correct `from` and `to`.",
            )  # fmt: skip


def duplicates(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Nothing is the same as itself, or the same as what it is said not to be."""
    del today
    links = {item.id: item.duplicate_of for item in backlog.items.values() if item.duplicate_of}
    known = answers(backlog.items.values())
    for path, item in backlog.items.items():
        if item.duplicate_of and _leads_back(item.id, links):
            yield Finding(
                path=path, at=("duplicate_of",), code="cycle", message=f"{item.id} is a duplicate of itself",
                fix="Let the others point to one, and clear its duplicate_of.",
            )  # fmt: skip
        for at, other in enumerate(item.not_duplicate_of):
            if known.same(item.id, other):
                yield Finding(
                    path=path, at=("not_duplicate_of", at), code="same-and-not",
                    message=f"not a duplicate of {other}, yet they lead to the same",
                    fix="Take out one of the two answers.",
                )  # fmt: skip


def _run_findings(path: str, item: Item) -> Iterator[Finding]:
    if not isinstance(item.runs, Run):
        return
    if item.runs.to and item.runs.to < item.runs.from_:
        yield Finding(
            path=path, at=("runs",), code="dates-backwards",
            message=f"it runs until {item.runs.to}, and begins only on {item.runs.from_}",
            fix="Exchange or correct `from` and `to`.",
        )  # fmt: skip
    if item.runs.touches_per_week <= 0:
        yield Finding(
            path=path, at=("runs",), code="negative", message="it runs, and touches nobody",
            fix="Write how often a week the audience meets it, like touches_per_week: 1.",
        )  # fmt: skip
    if is_endless(item) and item.is_open:
        yield Finding(
            path=path, at=("runs",), code="no-end", level="warning", message="it runs without an end",
            fix=f"Add `to`; until then `mbl conflicts` counts it for {HORIZON.days} days.",
        )  # fmt: skip


def _leads_back(id_: str, links: dict[str, str]) -> bool:
    step, seen = links.get(id_), set[str]()
    while step is not None and step != id_ and step not in seen:
        seen.add(step)
        step = links.get(step)
    return step == id_
