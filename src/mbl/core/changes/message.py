"""A commit message from changes: what happened in one line, and every change in words below it."""

from collections.abc import Sequence

from mbl.core.changes.change import Change
from mbl.core.wording import LONGEST_TEXT, short

_TOLD_BY_NAME = frozenset({"rank", "file"})


def summary(changes: Sequence[Change]) -> str:
    """One line, as a commit's subject: `Rank: "Webinar for CTOs" 14 → 3; accept 2; decline 1`."""
    if len(changes) == 1 and changes[0].verb != "rank":
        return _capital(changes[0].words)
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.verb, []).append(change)
    return _capital("; ".join(_counted(verb, group) for verb, group in groups.items()))


def message(changes: Sequence[Change], *, longest: int = 200) -> str:
    """A commit message: the summary, and below it every change in words."""
    subject = short(summary(changes), LONGEST_TEXT)
    if len(changes) <= 1:
        return subject
    body = [f"- {change.words}" for change in changes[:longest]]
    if len(changes) > longest:
        body.append(f"- … and {len(changes) - longest} more")
    return "\n".join((subject, "", *body))


def _counted(verb: str, group: Sequence[Change]) -> str:
    """`rank: "Webinar for CTOs" 14 → 3 and 2 more`, `accept 2`, `edit "Webinar for CTOs": owner ana → ben and 1 more`."""
    is_one = len(group) > 1 and len({change.id for change in group}) == 1
    if verb not in _TOLD_BY_NAME and not is_one:
        return f"{verb} {len(group)}"
    first = group[0].words.replace("rank ", "rank: ", 1) if verb == "rank" else group[0].words
    return f"{first} and {len(group) - 1} more" if len(group) > 1 else first


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
