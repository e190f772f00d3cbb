"""The reply to someone whose request is not done: thanks, what comes first, what would change the answer."""

from datetime import date

from mbl.core.alignment import current_guidepoint, open_outcomes
from mbl.model.backlog import Backlog
from mbl.model.item import Item


def reply(backlog: Backlog, item: Item, today: date) -> str:
    """A short letter in plain English, ready to be sent."""
    title = " ".join(item.title.split())
    name = f" {item.requester}" if item.requester else ""
    promised = item.status == "dropped"
    said = (
        f"we promised you “{title}”, and we will not do it after all. We are sorry."
        if promised
        else f"thank you for asking us for “{title}”. We will not do it this time."
    )
    reason = f" The reason: {item.ended.reason.rstrip('.')}." if item.ended and item.ended.reason else ""
    return "\n\n".join(
        (
            f"Hello{name},",
            said + reason,
            *_first_things(backlog, today),
            _again(item),
            "Kind regards,\nyour marketing team",
        )
    )


def _first_things(backlog: Backlog, today: date) -> tuple[str, ...]:
    """What comes first these months, from the Guidepoint; nothing if there is none."""
    guidepoint = current_guidepoint(backlog, today)
    if guidepoint is None:
        return (
            "Tell us which number it would move, from what to what and by when, and we will look at it anew.",
        )
    statement = " ".join(guidepoint.statement.split()).rstrip(".")
    outcomes = list(open_outcomes(backlog, today).values())
    first = f" First comes: {outcomes[0].text.rstrip('.')}." if outcomes else ""
    return (
        f"Until {guidepoint.to} we work for one thing: {statement}.{first}",
        "If your request serves that, tell us how, and we will look at it anew.",
    )


def _again(item: Item) -> str:
    if item.ended and item.ended.revisit:
        return f"We will look at it again on {item.ended.revisit}."
    return "You are welcome to ask again when things have changed."
