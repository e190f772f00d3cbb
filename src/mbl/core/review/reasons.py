"""Why an item may no longer be relevant: a table of reasons to ask, each a code, a sentence and a test.

A reason is a question, never a verdict: nothing is dropped because of it. Refuses nothing; what is not known
(no date, no audience list) is no reason.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from mbl.core.guidepoints.alignment import open_outcomes
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Item, Run

CONFIRMED = timedelta(days=180)
STALLED = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is known on a day: outcomes that count, that are closed, whose Guidepoint is over; who and what is gone."""

    day: date
    live: frozenset[str]
    closed: frozenset[str]
    old: frozenset[str]
    audiences: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to ask: its code, the words for it, and whether it holds for an item."""

    code: str
    words: str
    holds: Callable[[Item, View], bool]


def view(backlog: Backlog, day: date, *, gone: Collection[str] = ()) -> View:
    """What the reasons look at. `gone` are the requesters who left, in any spelling of small and capital letters."""
    latest: dict[str, tuple[Guidepoint, Outcome]] = {}
    for guidepoint in sorted(backlog.guidepoints.values(), key=lambda each: each.from_):
        latest |= {outcome.id: (guidepoint, outcome) for outcome in guidepoint.outcomes}
    now = open_outcomes(backlog, day)
    closed = {id_ for id_, (_, outcome) in latest.items() if _passed(outcome.closed, day)} - now.keys()
    old = {id_ for id_, (guidepoint, _) in latest.items() if _is_over(guidepoint, day)} - now.keys() - closed
    return View(
        day=day,
        live=frozenset(latest.keys() - closed - old),
        closed=frozenset(closed),
        old=frozenset(old),
        audiences=frozenset(audience.id for audience in backlog.settings.audiences),
        gone=frozenset(who.casefold() for who in gone),
    )


def reasons(item: Item, on: View) -> tuple[str, ...]:
    """The codes of every reason to ask about this item."""
    return tuple(reason.code for reason in REASONS if reason.holds(item, on))


def words(code: str) -> str:
    """A reason in a few words."""
    return next((reason.words for reason in REASONS if reason.code == code), code)


def _is_over(guidepoint: Guidepoint, day: date) -> bool:
    return guidepoint.to < day or _passed(guidepoint.closed, day)


def _passed(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _outcome_closed(item: Item, on: View) -> bool:
    """No outcome that it serves counts any more, and one is closed or in no Guidepoint at all."""
    links = item.weights.keys()
    return bool(links) and not links & on.live and bool(links - on.old)


def _guidepoint_old(item: Item, on: View) -> bool:
    links = item.weights.keys()
    return not links & on.live and bool(links & on.old)


def _due_passed(item: Item, on: View) -> bool:
    return item.due is not None and item.due < on.day


def _event_passed(item: Item, on: View) -> bool:
    last = item.runs.to if isinstance(item.runs, Run) else max(item.runs or (), default=None)
    last = last or (item.offer.to if item.offer else None)
    return last is not None and last < on.day


def _requester_gone(item: Item, on: View) -> bool:
    return (item.requester or "").casefold() in on.gone


def _audience_gone(item: Item, on: View) -> bool:
    return bool(on.audiences) and item.audience is not None and item.audience not in on.audiences


def _unconfirmed(item: Item, on: View) -> bool:
    """Nobody reviewed it, and nobody asked for it, within half a year. Changed files confirm nothing."""
    known = [item.reviewed.date] if item.reviewed else []
    known += [day for day in (item.requested,) if day]
    return all(on.day - day > CONFIRMED for day in known)


def _no_link(item: Item, on: View) -> bool:
    del on
    return not item.weights and item.moscow != "must"


def _likely_duplicate(item: Item, on: View) -> bool:
    del on
    return item.duplicate_of is not None


def _stalled(item: Item, on: View) -> bool:
    return item.status == "doing" and item.started is not None and on.day - item.started >= STALLED


REASONS: tuple[Reason, ...] = (
    Reason("outcome_closed", "its outcome is closed", _outcome_closed),
    Reason("guidepoint_old", "its outcome belongs to a Guidepoint that is over", _guidepoint_old),
    Reason("due_passed", "its due date has passed", _due_passed),
    Reason("event_passed", "its event has passed", _event_passed),
    Reason("requester_gone", "who asked is gone", _requester_gone),
    Reason("audience_gone", "its audience is gone", _audience_gone),
    Reason("unconfirmed", "nobody confirmed it for half a year", _unconfirmed),
    Reason("no_link", "it serves no outcome", _no_link),
    Reason("likely_duplicate", "it asks for the same as another", _likely_duplicate),
    Reason("stalled", "begun two months ago or more, and not finished", _stalled),
)
