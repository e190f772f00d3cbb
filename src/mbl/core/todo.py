"""The list as a text to edit, like the one git users know from an interactive rebase.

Refuses a text in which a line is missing, doubled or unknown: taking a line out never deletes a request.
"""

from collections.abc import Sequence

from mbl.core.edit import bucketed, edited
from mbl.core.ranking import fewest_moves, ranked, reordered
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item

_LETTERS = {"must": "M", "should": "S", "could": "C", "wont": "W", None: "-"}
_BUCKETS = {letter: bucket for bucket, letter in _LETTERS.items()}
_HELP = """
# The ranked list: one line a request, the most important on top.
# Move lines to change the order. Change the letter to change the bucket:
#   M must   S should   C could   W won't this time (it is declined)   - none
# Only the letter and the id are read. Every line must stay: to say no, write W.
# Leave the text as it is to change nothing.
"""


def todo_text(backlog: Backlog) -> str:
    """The open items, a line each: bucket, id, title, who asked."""
    return "".join(_line(row.item) for row in ranked(backlog)) + _HELP


def applied(backlog: Backlog, text: str, *, ended: Ended) -> Backlog:
    """The backlog in the order and the buckets of the text; `ended` for those that get a W.

    Raises MblError with everything wrong in the text.
    """
    lines = _parsed(backlog, text)
    order = [id_ for _, id_ in lines]
    before = [row.item.id for row in ranked(backlog)]
    after = reordered(backlog, order, touched=fewest_moves(before, order)) if order != before else backlog
    for letter, id_ in lines:
        bucket = _BUCKETS[letter]
        if bucket == "wont":
            after = bucketed(after, [id_], bucket, today=ended.date, ended=ended)
        elif bucket != after.item(id_).moscow:
            after = edited(after, [id_], {"moscow": bucket})
    return after


def _line(item: Item) -> str:
    asked = f"  ({item.requester})" if item.requester else ""
    title = "".join(letter if letter.isprintable() else " " for letter in " ".join(item.title.split()))
    return f"{_LETTERS[item.moscow]} {item.id} {title:.100}{asked:.40}\n"


def _parsed(backlog: Backlog, text: str) -> list[tuple[str, str]]:
    known = {row.item.id: row.item for row in ranked(backlog)}
    wrong: list[str] = []
    lines: list[tuple[str, str]] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split(None, 2)
        if not words or line.startswith("#"):
            continue
        if (trouble := _trouble(words, known.keys(), seen)) is not None:
            wrong.append(f"Line {number}: {trouble}")
            continue
        seen.add(words[1])
        lines.append((words[0].upper(), words[1]))
    wrong.extend(
        f"The line of {id_} {known[id_].title!r:.60} is gone: put it back (W says no)."
        for id_ in known
        if id_ not in seen
    )
    if wrong:
        raise MblError("\n".join(wrong), hint="Every request needs its line: letter, id, title.")
    return lines


def _trouble(words: Sequence[str], known: object, seen: set[str]) -> str | None:
    if len(words) < 2 or words[0].upper() not in _BUCKETS:  # noqa: PLR2004
        return f"{' '.join(words)!r:.60} should begin with M, S, C, W or -, then the id."
    if words[1] in seen:
        return f"{words[1]} stands here twice."
    if words[1] not in known:  # type: ignore[operator]
        return f"{words[1]} is no open request."
    return None
