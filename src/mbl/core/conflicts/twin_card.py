"""The card of the question whether two requests ask for the same work. Refuses nothing."""

from mbl.core.blueprint.words import title
from mbl.core.conflicts.words import alike_words, run_words
from mbl.core.report import Facts
from mbl.model.item import Item

NEW = "new"
"""The name of an item that is not on the list yet."""
_LONGEST = 200


def twin_card(one: tuple[str, Item], other: tuple[str, Item], *, score: float, words: str = "") -> Facts:
    """Both items below each other, each behind its name (`#12`, `new`). `words` say how far the questions are."""
    asked = f"Is it the same work? {alike_words(score)}{words}"
    return Facts(title=asked, facts=tuple((name, _lines(name, item)) for name, item in (one, other)))


def _lines(name: str, item: Item) -> str:
    """The title, then what tells it from others, a line each."""
    who = f"asked by {item.requester}" if item.requester else ""
    when = f"asked on {item.requested}" if item.requested and not who else ""
    asked = f"{who} on {item.requested}" if who and item.requested else who or when
    due = f"due {item.due}" if item.due else ""
    facts = (
        item.id if name != NEW else "",
        item.status,
        asked,
        item.team,
        f"for {item.audience}" if item.audience else "",
        item.type,
        due,
    )
    told = (item.how, item.description, *(item.links[:1]))
    more = (" ".join(text.split())[:_LONGEST] for text in told if text)
    runs = (f"seen {run_words(item)}",) if item.runs else ()
    return "\n".join((title(item), ", ".join(filter(None, facts)), *runs, *more))
