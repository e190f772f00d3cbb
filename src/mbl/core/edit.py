"""What can be done to an item: pure verbs, from a backlog to a backlog.

Refuses a step that the status does not allow, and dates that contradict each other. A step that changes
nothing is not an error: the backlog comes back as it was.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mbl.core.guidepoints.alignment import current_guidepoint
from mbl.core.ranking import at_bottom
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item, Status

LATER = timedelta(days=90)
"""When to look again at what is not done this time, if no Guidepoint says it."""


def added(backlog: Backlog, items: Sequence[Item]) -> Backlog:
    """These items at the bottom of the list, in this order."""
    files: dict[str, Item] = {}
    key: str | None = None
    for item in items:
        key = at_bottom(backlog, item.id, after=key)
        files[f"items/{file_name(item)}"] = replace(item, rank=key)
    return backlog.with_items(files)


def file_name(item: Item) -> str:
    """`webinar-for-ctos-k7f3x.yaml`: letters of every script, at most 60 bytes of them, then the id."""
    import unicodedata

    text = unicodedata.normalize("NFC", item.title).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    slug = "-".join(words).encode()[:60].decode("utf-8", "ignore").strip("-")
    return f"{slug}-{item.id}.yaml" if slug else f"{item.id}.yaml"


def accepted(backlog: Backlog, ids: Sequence[str], *, on: date, today: date) -> Backlog:
    """Requests become promises."""
    _refuse_future(on, today)

    def accept(item: Item) -> Item:
        if item.is_open and item.status != "request":
            return item
        _demand_open(item, "accept")
        _refuse_before(on, item.requested, item, "accepted", "it was asked for")
        return replace(item, status="committed", accepted=on)

    return _each(backlog, ids, accept)


def started(backlog: Backlog, ids: Sequence[str], *, on: date, today: date) -> Backlog:
    """Work begins; what was only asked for is thereby promised."""
    _refuse_future(on, today)

    def start(item: Item) -> Item:
        if item.status == "doing":
            return item
        _demand_open(item, "start")
        _refuse_before(on, item.accepted or item.requested, item, "started", "it was asked for or accepted")
        return replace(item, status="doing", started=on, accepted=item.accepted or on)

    return _each(backlog, ids, start)


def finished(backlog: Backlog, ids: Sequence[str], *, on: date, today: date) -> Backlog:
    """The work is delivered."""
    _refuse_future(on, today)

    def finish(item: Item) -> Item:
        if item.status == "done":
            return item
        _demand_open(item, "finish")
        _refuse_before(on, _latest(item), item, "done", "it was asked for, accepted or started")
        return replace(item, status="done", ended=Ended(date=on))

    return _each(backlog, ids, finish)


def declined(backlog: Backlog, ids: Sequence[str], *, today: date, ended: Ended) -> Backlog:
    """A request is declined; a promise is dropped. `ended` says when, who, why, and when to look again.

    What was declined before stays so; a reason or a day that is given now replaces the former one.
    """
    _refuse_future(ended.date, today)
    if ended.revisit and ended.revisit < ended.date:
        raise MblError(f"The day to look again, {ended.revisit}, comes before {ended.date}.")

    def decline(item: Item) -> Item:
        if item.status in ("declined", "dropped"):
            return replace(item, ended=_again(item.ended, ended))
        _demand_open(item, "decline")
        status: Status = "declined" if item.status == "request" else "dropped"
        _refuse_before(ended.date, _latest(item), item, status, "it was asked for, accepted or started")
        return replace(item, status=status, ended=ended)

    return _each(backlog, ids, decline)


def reopened(backlog: Backlog, ids: Sequence[str]) -> Backlog:
    """What ended is open again: promised if it was promised before, else a request."""

    def reopen(item: Item) -> Item:
        if item.is_open:
            return item
        moscow = None if item.moscow == "wont" else item.moscow
        return replace(item, status="committed" if item.accepted else "request", ended=None, moscow=moscow)

    return _each(backlog, ids, reopen)


def bucketed(
    backlog: Backlog, ids: Sequence[str], moscow: str | None, *, today: date, ended: Ended
) -> Backlog:
    """These items in this MoSCoW bucket. `wont` means not this time: the item is declined, with a date to look again."""
    if moscow == "wont":
        fresh = [id_ for id_ in ids if backlog.item(id_).is_open]
        again = [id_ for id_ in ids if id_ not in fresh]
        later = replace(ended, revisit=ended.revisit or revisit_day(backlog, today))
        backlog = declined(backlog, again, today=today, ended=ended)
        backlog = declined(backlog, fresh, today=today, ended=later)
    return edited(backlog, ids, {"moscow": moscow})


def revisit_day(backlog: Backlog, today: date) -> date:
    """The end of the current Guidepoint, else three months from now."""
    guidepoint = current_guidepoint(backlog, today)
    return guidepoint.to if guidepoint and guidepoint.to > today else today + LATER


def edited(backlog: Backlog, ids: Sequence[str], values: Mapping[str, Any]) -> Backlog:
    """These fields with these values; None (or an empty tuple) clears."""
    return _each(backlog, ids, lambda item: replace(item, **values))


def with_status(backlog: Backlog, ids: Sequence[str], status: str, *, today: date, ended: Ended) -> Backlog:
    """The step that leads to this status, as the command of that step would take it; backwards it is a correction."""
    if status in ("declined", "dropped"):
        return declined(backlog, ids, today=today, ended=ended)
    if status == "done":
        return finished(backlog, ids, on=ended.date, today=today)
    if status == "doing":
        return started(backlog, ids, on=ended.date, today=today)
    backlog = reopened(backlog, ids)
    if status == "request":
        return edited(backlog, ids, {"status": "request", "accepted": None, "started": None})
    begun = [id_ for id_ in ids if backlog.item(id_).status == "doing"]
    backlog = edited(backlog, begun, {"status": "committed", "started": None})
    return accepted(backlog, ids, on=ended.date, today=today)


def _each(backlog: Backlog, ids: Sequence[str], change: Callable[[Item], Item]) -> Backlog:
    """The backlog with every item changed, or MblError with every refusal: all or nothing."""
    files: dict[str, Item] = {}
    refused: list[MblError] = []
    for id_ in ids:
        path = backlog.path_of[id_]
        item = backlog.items[path]
        try:
            changed = change(item)
        except MblError as error:
            refused.append(error)
            continue
        if changed != item:
            files[path] = changed
    if refused:
        raise MblError("\n".join(error.message for error in refused), hint=refused[0].hint)
    return backlog.with_items(files) if files else backlog


def _demand_open(item: Item, verb: str) -> None:
    if not item.is_open:
        raise MblError(
            f"“{item.title}” ({item.id}) is {item.status}: there is nothing to {verb}.",
            hint=f"If that was wrong: mbl reopen {item.id}",
        )


def _again(former: Ended | None, now: Ended) -> Ended:
    if former is None:
        return now
    return replace(former, reason=now.reason or former.reason, revisit=now.revisit or former.revisit)


def _latest(item: Item) -> date | None:
    """The last day that is known of an open item."""
    return max((day for day in (item.requested, item.accepted, item.started) if day), default=None)


def _refuse_before(day: date, earlier: date | None, item: Item, step: str, what: str) -> None:
    if earlier is not None and day < earlier:
        raise MblError(f"“{item.title}” ({item.id}) cannot be {step} on {day}: {what} on {earlier}.")


def _refuse_future(day: date, today: date) -> None:
    if day > today:
        raise MblError(
            f"{day} lies in the future (today is {today}).", hint="Give the day on which it happened."
        )
