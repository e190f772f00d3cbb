"""Changes sorted for a review: what is loud first, then yes and no, the order, the numbers, the rest.

A section is a title and lines, each a label and a text. Refuses nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from mbl.core.changes.change import Change
from mbl.core.ranking import Ranked
from mbl.core.wording import LONGEST_TEXT, LONGEST_TITLE, from_to, short
from mbl.model.backlog import Backlog
from mbl.model.item import Item

FROZEN = ("success_criteria", "start", "deadline")
"""What of a campaign holds from its first reading on."""
FITS, BLUEPRINT, TWICE = "Cut line of this quarter", "Blueprint", "Two files with the same id"

Line = tuple[str, str]


class Section(NamedTuple):
    """Lines under a title. A `loud` one is what a reviewer must not miss."""

    title: str
    lines: tuple[Line, ...]
    loud: bool = False


class Shown(NamedTuple):
    """One of the two states: its backlog, and its open items in rank order."""

    backlog: Backlog
    rows: Sequence[Ranked]


def sections(
    changes: Sequence[Change], before: Shown, after: Shown, *, more: Mapping[str, Sequence[Line]]
) -> tuple[Section, ...]:
    """Every change in one of the sections, in their order; those without lines are left out.

    `more` has lines that follow from the changes, by the title of their section.
    """
    held = _Held(before.backlog, after.backlog, _places(after.rows), _places(before.rows))
    lines: dict[str, list[Line]] = {title: list(more.get(title, ())) for title in _TITLES}
    keys = 0
    for change in changes:
        if change.field == "rank" and change.what == "changed":
            keys += held.places.get(change.id) is not None  # what ended stands nowhere
            continue
        title, line = _told(change, held)
        lines[title].append(line)
    if keys:
        lines[_OTHER].append(("rank keys", f"{keys:,} new; nobody changes places by them"))
    return tuple(Section(title, tuple(own), loud=title in _LOUD) for title, own in lines.items() if own)


class _Held(NamedTuple):
    """Both backlogs, and the position of each open item by id: now, and before."""

    before: Backlog
    after: Backlog
    places: Mapping[str, int | None]
    former: Mapping[str, int | None]


_GUIDEPOINT = "The Guidepoint was touched"
_CRITERIA = "Criteria changed after the first reading"
_DELETED = "Files of requests were deleted"
_LOUD = (_GUIDEPOINT, _CRITERIA, _DELETED, TWICE)
_STEPS = {
    "accept": "Accepted",
    "start": "Started",
    "done": "Done",
    "decline": "Said no",
    "drop": "Dropped: no longer relevant",
    "take back": "Taken back or reopened",
    "reopen": "Taken back or reopened",
}
_FOLDERS = {"guidepoints": _GUIDEPOINT, "blueprints": BLUEPRINT, "campaigns": "Campaigns"}
_OTHER, _AROUND = "Other changes", "Around the list"
_TITLES = tuple(
    dict.fromkeys(
        (*_LOUD, "New", *_STEPS.values(), "Moved", "Bucket", "Estimates", FITS, BLUEPRINT, "Campaigns",
         "Reviewed", _OTHER, _AROUND)
    )
)  # fmt: skip


def _places(rows: Sequence[Ranked]) -> dict[str, int | None]:
    return {row.item.id: row.position for row in rows}


def _told(change: Change, held: _Held) -> tuple[str, Line]:
    """The section of the change, and its line there."""
    item = _item(change.id, held)
    if item is None:
        return _around(change, held)
    place = _place(item.id, held)
    if change.field == "status":
        return _STEPS[change.verb], (place, _with(item, item.ended.reason if item.ended else None))
    if change.what == "moved":
        return "Moved", (f"#{change.before} → #{change.after}", _title(item))
    if change.what == "added":
        return "New", (place, _with(item, f"asked by {item.requester}" if item.requester else None))
    if change.what == "removed":
        return _DELETED, (place, f"{_title(item)}: to say no, mbl decline keeps the request and the reason")
    title, tell = _FIELDS.get(change.field or "", (_OTHER, _said))
    return title, tell(change, item, place)


def _around(change: Change, held: _Held) -> tuple[str, Line]:
    """The same for a file that is no request."""
    said = short(change.words.removeprefix("edit "), LONGEST_TEXT * 3)
    name, colon, text = said.partition(": ")
    line = (_capital(name), text) if colon else (_capital(said.partition(" ")[0]), said.partition(" ")[2])
    if change.field in FROZEN and _was_read(change.id, held):
        return _CRITERIA, line
    return _FOLDERS.get(change.id.partition("/")[0], _AROUND), line


def _was_read(path: str, held: _Held) -> bool:
    campaign = held.before.campaigns.get(path)
    return campaign is not None and bool(campaign.readings)


def _item(id_: str, held: _Held) -> Item | None:
    """The item as it is, else as it was."""
    backlog = next((each for each in (held.after, held.before) if id_ in each.path_of), None)
    return backlog.item(id_) if backlog else None


def _place(id_: str, held: _Held) -> str:
    """`#3`; for what left the list, where it stood; else the id."""
    if position := held.places.get(id_):
        return f"#{position}"
    return f"was #{held.former[id_]}" if held.former.get(id_) else id_


def _bucket(change: Change, item: Item, place: str) -> Line:
    """`Should → Must`."""
    return f"{_BUCKETS[change.before]} → {_BUCKETS[change.after]}", f"{_title(item)} ({place})"


def _estimate(change: Change, item: Item, place: str) -> Line:
    """`5d → 8d`."""
    what = "" if change.field == "estimate" else f"{change.field} "
    was, now = change.before, change.after
    said = from_to(was, now) if change.field == "parts" else f"{was or 'none'} → {now or 'none'}"
    return f"{what}{said}", f"{_title(item)} ({place})"


def _review(change: Change, item: Item, place: str) -> Line:
    """`#3: keep`."""
    said = change.after or {}
    reason = f": {said['reason']}" if said.get("reason") else ""
    return place, f"{_title(item)}: {said.get('decision', 'the review was taken back')}{reason}"


def _said(change: Change, item: Item, place: str) -> Line:
    """`#3: "Webinar": owner ana → ben`."""
    field = "file" if change.field == "path" else (change.field or "").replace("_", " ")
    said = f"{field} {from_to(change.before, change.after)}"
    if field == "title":
        said = f"was called {short(str(change.before), LONGEST_TITLE)}"
    return place, f"{_title(item)}: {said}"


_BUCKETS = {"must": "Must", "should": "Should", "could": "Could", "wont": "Won't", None: "none", "": "none"}
_FIELDS: Mapping[str, tuple[str, Callable[[Change, Item, str], Line]]] = {
    "moscow": ("Bucket", _bucket),
    "estimate": ("Estimates", _estimate),
    "remaining": ("Estimates", _estimate),
    "parts": ("Estimates", _estimate),
    "reviewed": ("Reviewed", _review),
}


def _title(item: Item) -> str:
    return short(item.title, LONGEST_TITLE)


def _with(item: Item, more: str | None) -> str:
    return f"{_title(item)} ({short(more, LONGEST_TEXT)})" if more else _title(item)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
