"""The list itself, one item in full, and the single screen that says where things stand."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from typing import Any

from mbl.core.capacity.cut_list import Drawn, drawn
from mbl.core.capacity.effort import Classes, effort_of, reference_classes
from mbl.core.changes.change import plain
from mbl.core.columns import ENDED, LIST, Line, chosen, efforts_of, item_columns, line_of, ordered
from mbl.core.ranking import Ranked, with_ended
from mbl.core.report import Facts, Report, Table, Words
from mbl.core.select import Query, matching
from mbl.model.backlog import Backlog
from mbl.model.item import OPEN, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a list is shown: which columns, in which order, how many rows (None: all)."""

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None


def listing(backlog: Backlog, today: date, *, query: Query, view: View) -> Report:
    """The items that fit, in rank order unless sorted."""
    everything, efforts = with_ended(backlog), efforts_of(backlog)
    line = line_of(backlog, today, efforts=efforts, rows=everything)
    columns = item_columns(backlog, today, efforts=efforts, line=line)
    rows = ordered(matching(everything, query), columns, view.sort)
    shown = rows[: view.limit] if view.limit else rows
    cut = _cut(line, rows, query=query, view=view)
    names = view.columns or _usual(query, marked=cut.marks)
    rules = tuple(rule for rule in cut.rules if rule.after <= len(shown))
    more = [f"… and {len(rows) - len(shown)} more"] if len(shown) < len(rows) else []
    whole = Table(columns=tuple(column for name, column in columns.items() if name != "effort"), rows=shown)
    return Report(
        kind="items",
        payload=lambda: {"items": whole},
        blocks=(
            Table(columns=chosen(columns, names), rows=shown, what="items", rules=rules),
            *(Words(text=text, tone="hint") for text in (*more, *cut.words)),
        ),
        table=Table(columns=chosen(columns, view.columns or _usual(query, marked=True)), rows=shown),
    )


def item_report(backlog: Backlog, ids: Sequence[str], today: date) -> Report:
    """Items in full, with where their effort comes from and what happened to them when."""
    columns = item_columns(backlog, today)
    rows = {row.item.id: row for row in with_ended(backlog)}
    classes = reference_classes(backlog.items.values(), backlog.settings)
    chosen_rows = [rows[id_] for id_ in ids]
    records = [
        {
            **{name: column.value(row) for name, column in columns.items()},
            "weights": row.item.weights,
            "history": _history(row.item),
        }
        for row in chosen_rows
    ]
    blocks = tuple(block for row in chosen_rows for block in _item_blocks(row, classes, today))
    payload = {"item": records[0]} if len(records) == 1 else {"item": records[0], "items": records}
    return Report(kind="item", payload=lambda: payload, blocks=blocks)


def _cut(line: Line, rows: Sequence[Ranked], *, query: Query, view: View) -> Drawn:
    """The cut line in these rows; it would lie in a part of the list, or in another order."""
    if query != Query() or view.sort:
        return Drawn()
    cut = drawn(line(), rows)
    return Drawn() if cut.marks and view.columns and "fit" not in view.columns else cut


def _usual(query: Query, *, marked: bool) -> tuple[str, ...]:
    """The columns unless told otherwise; `marked`: with what fits into this quarter."""
    if query.status and not set(query.status) & OPEN:
        return ENDED
    status = ("status",) if query.status else ()
    first, title, *others = LIST
    return (first, *(("fit",) if marked else ()), title, *status, *others)


def _item_blocks(row: Ranked, classes: Classes, today: date) -> tuple[Facts | Words, ...]:
    item = row.item
    place = f"#{row.position} in the list" if row.position else f"{item.status}, no longer in the list"
    told = {"id", "title", "rank", "description", "requested", "accepted", "started", "ended", "estimate"}
    pairs = [
        ("Id", item.id),
        ("Place", place),
        ("Status", item.status),
        ("Effort", _effort_words(item, classes)),
    ]
    pairs += [
        (_label(field.name), _told(getattr(item, field.name)))
        for field in fields(item)
        if field.name not in told | {"status"} and getattr(item, field.name)
    ]
    pairs.append(("File", row.path))
    story = [(entry["date"], entry["words"]) for entry in _history(item)]
    blocks: list[Facts | Words] = [Words(text=item.title, tone="headline"), Facts(facts=tuple(pairs))]
    if item.description:
        blocks.append(Words(text=item.description.rstrip()))
    if story:
        blocks.append(Facts(title="What happened", facts=tuple(story)))
    if item.is_open and item.requested:
        blocks.append(Words(text=f"Asked for {_ago(today - item.requested)}.", tone="hint"))
    return tuple(blocks)


def _effort_words(item: Item, classes: Classes) -> str:
    sized = effort_of(item, classes)
    if sized.days is None:
        return "unknown: no estimate, and too few estimated items to guess from"
    if sized.reference is not None:
        kind = item.type if item.type and item.type.casefold() in classes.by_type else "all kinds of"
        count, median = len(sized.reference.values), sized.reference.median
        return (
            f"no estimate; counted as {sized.days:.3g} days, the mean of {count} {kind} items with one "
            f"(half of them took at most {median:.3g})"
        )
    typed = f"{item.remaining} left" if item.remaining else item.estimate or "the sum of its parts"
    counted = f"{sized.days:.3g} {'day' if sized.days == 1 else 'days'}"
    return f"{typed} (counted as {counted})"


def _history(item: Item) -> list[dict[str, Any]]:
    """What the item's own dates tell, oldest first."""
    reviewed, ended = item.reviewed, item.ended
    story = [
        (item.requested, None, "asked for" + (f" by {item.requester}" if item.requester else "")),
        (item.accepted, None, "accepted"),
        (item.started, None, "started"),
        (
            reviewed and reviewed.date,
            reviewed and reviewed.by,
            f"reviewed: {reviewed.decision}" if reviewed else "",
        ),
        (ended and ended.date, ended and ended.by, _end_words(item)),
    ]
    happened = [(day, by, words) for day, by, words in story if day]
    happened.sort(key=lambda entry: entry[0] or date.min)
    return [{"date": plain(day), "by": by, "words": words} for day, by, words in happened]


def _end_words(item: Item) -> str:
    ended = item.ended
    if ended is None:
        return ""
    by = f" by {ended.by}" if ended.by else ""
    reason = f": {ended.reason}" if ended.reason else ""
    again = f" (look again on {ended.revisit})" if ended.revisit else ""
    return f"{item.status}{by}{reason}{again}"


def _told(value: Any) -> str:
    """A value in words: what is nested loses its keys, `2026-12-07 to 2027-01-31, 1 a week`."""
    if is_dataclass(value):
        return ", ".join(_parts(value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(entry)}" for key, entry in value.items())
    if isinstance(value, tuple):
        separator = "\n" if any(is_dataclass(entry) or "/" in str(entry) for entry in value) else ", "
        return separator.join(map(_told, value))
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _parts(noun: Any) -> list[str]:
    values = {field.name: getattr(noun, field.name) for field in fields(noun)}
    said = {name: _told(value) for name, value in values.items() if value is not None}
    if "from_" in said and "to" in said:
        said["from_"] = f"{said['from_']} to {said.pop('to')}"
    if "touches_per_week" in said:
        said["touches_per_week"] += " a week"
    return list(said.values())


def _label(name: str) -> str:
    return {"moscow": "MoSCoW", "requester": "Asked by", "how": "Why it helps"}.get(
        name, name.replace("_", " ").capitalize()
    )


def _ago(time: timedelta) -> str:
    days = time.days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 60 else f"{days / 30.44:.0f} months ago"  # noqa: PLR2004
