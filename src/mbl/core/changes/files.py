"""What changed in the files that hold no item, in words: Guidepoints, Blueprints, campaigns, measures, teams, people, settings.

`unsaid` speaks of the files that hold no noun at all. Refuses nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mbl.core.changes.change import Change, plain
from mbl.core.wording import LONGEST_TEXT, from_to, quoted, short, value_words
from mbl.model.backlog import Backlog

Words = Callable[[Any, Any, Mapping[str, str]], str]
"""What happened to a key's value: from what it was and is, with the titles of items by id."""


def file_changes(before: Backlog, after: Backlog, renamed: Mapping[str, str]) -> Iterator[Change]:
    """Everything that is not an item; `renamed` has the new path of files that got another name."""
    old = {renamed.get(path, path): noun for path, noun in before.nouns() if path not in before.items}
    new = {path: noun for path, noun in after.nouns() if path not in after.items}
    differing = [path for path in {**old, **new} if old.get(path) is not new.get(path)]
    if not differing:
        return
    titles = {item.id: item.title for backlog in (before, after) for item in backlog.items.values()}
    for path in differing:
        if path not in old or path not in new:
            yield _whole_file(path, new.get(path, old.get(path)), came=path in new)
        elif old[path] != new[path]:
            yield from _key_changes(path, plain(old[path]), plain(new[path]), titles)


def unsaid(
    changes: Sequence[Change], files: Mapping[str, bool | None], *backlogs: Backlog
) -> tuple[Change, ...]:
    """A change for every file of which the changes say nothing: a reply, a schema, a comment in an item.

    `files` says of each path whether it came (True) or went (False); None if it was there before and still is.
    """
    ids = {change.id for change in changes}
    said = ids.union(*((change.before, change.after) for change in changes if change.field == "path"))
    said |= {backlog.path_of[id_] for backlog in backlogs for id_ in ids if id_ in backlog.path_of}
    return tuple(_file_change(path, present) for path, present in files.items() if path not in said)


def called(path: str, noun: Any) -> str:
    """What people call this file: `the Guidepoint 2026-q4`, `the campaign "Outreach"`, `teams/growth.yaml`."""
    folder, _, name = path.partition("/")
    if folder == "campaigns":
        title = noun["title"] if isinstance(noun, dict) else noun.title
        return f"the campaign {quoted(title)}"
    kind = _CALLED.get(folder)
    return f"the {kind} {short(name.rpartition('.')[0], LONGEST_TEXT)}" if kind else short(path, LONGEST_TEXT)


_CALLED = {"guidepoints": "Guidepoint", "blueprints": "Blueprint", "measures": "measure"}


def _whole_file(path: str, noun: Any, *, came: bool) -> Change:
    verb, what = ("add", "added") if came else ("remove", "removed")
    return Change(
        id=path, what=what, words=f"{verb} {called(path, noun)}", verb="file",  # type: ignore[arg-type]
        **{"after" if came else "before": path},
    )  # fmt: skip


def _key_changes(
    path: str, old: Mapping[str, Any], new: Mapping[str, Any], titles: Mapping[str, str]
) -> Iterator[Change]:
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        if was != now:
            said = _WORDS.get((path.partition("/")[0], key))
            told = said(was or [], now or [], titles) if said else f"{key} {from_to(was, now)}"
            words = f"edit {called(path, new)}: {told}"
            yield Change(id=path, what="changed", field=key, before=was, after=now, words=words, verb="file")


def _readings(was: Sequence[Any], now: Sequence[Any], titles: Mapping[str, str]) -> str:
    """`2026-11-12: invites 60, accepted 8`."""
    del titles
    old, new = _by(was, "date"), _by(now, "date")
    lines = [f"{day}: {_counts(reading)}" for day, reading in new.items() if reading != old.get(day)]
    lines += [f"{day}: removed" for day in old if day not in new]
    return short(f"readings {'; '.join(lines) or 'in another order'}", LONGEST_TEXT * 2)


def _counts(reading: Mapping[str, Any]) -> str:
    if "k" in reading and "n" in reading:
        return f"{reading['k']} of {reading['n']}"
    counts = {key: value for key, value in reading.items() if key != "date"}
    return ", ".join(
        f"{'' if key == 'value' else f'{key} '}{value_words(value)}" for key, value in counts.items()
    )


def _deliverables(was: Sequence[Any], now: Sequence[Any], titles: Mapping[str, str]) -> str:
    """`"Webinar" 2026-11 → 2026-12; "Poster" falls out`."""
    old = {entry["item"]: entry["month"] for entry in was}
    new = {entry["item"]: entry["month"] for entry in now}
    name = {id_: quoted(titles.get(id_, id_)) for id_ in {**old, **new}}
    lines = [f"{name[id_]} {old[id_]} → {new[id_]}" for id_ in new if id_ in old and old[id_] != new[id_]]
    lines += [f"{name[id_]} comes in ({new[id_]})" for id_ in new if id_ not in old]
    lines += [f"{name[id_]} falls out (was {old[id_]})" for id_ in old if id_ not in new]
    return short("; ".join(lines) or "deliverables in another order", LONGEST_TEXT * 4)


def _decision(was: Any, now: Any, titles: Mapping[str, str]) -> str:
    """`decided to scale: eight of sixty accepted`."""
    del was, titles
    if not now:
        return "the decision was taken back"
    reason = f": {now['reason']}" if now.get("reason") else ""
    return short(f"decided to {now['verdict']}{reason}", LONGEST_TEXT * 2)


def _agreed(was: Any, now: Any, titles: Mapping[str, str]) -> str:
    """`agreed on 2026-10-01 by cmo, vp-sales`."""
    del was, titles
    if not now:
        return "the agreement was taken back"
    by = now.get("by") or ()
    names = ", ".join(by) if isinstance(by, list) else by
    return short(f"agreed on {now['date']}" + (f" by {names}" if names else ""), LONGEST_TEXT * 2)


def _reasons(was: Sequence[Any], now: Sequence[Any], titles: Mapping[str, str]) -> str:
    """`why: the fair went better than we hoped (ana)`: reasons that came are told, not their list."""
    del titles
    came = [entry for entry in now if entry not in was]
    lines = [f"{entry.get('reason', 'no reason')}{_by_whom(entry)}" for entry in came]
    return short(f"why: {'; '.join(lines)}" if lines else "a reason was removed", LONGEST_TEXT * 2)


def _by_whom(entry: Mapping[str, Any]) -> str:
    return f" ({entry['by']})" if entry.get("by") else ""


def _by(entries: Sequence[Any], key: str) -> dict[str, Any]:
    return {str(entry.get(key)): entry for entry in entries}


_WORDS: Mapping[tuple[str, str], Words] = {
    ("campaigns", "readings"): _readings,
    ("campaigns", "decision"): _decision,
    ("campaigns", "changes"): _reasons,
    ("measures", "readings"): _readings,
    ("blueprints", "deliverables"): _deliverables,
    ("blueprints", "agreed"): _agreed,
    ("guidepoints", "agreed"): _agreed,
    ("guidepoints", "changes"): _reasons,
}


def _file_change(path: str, present: bool | None) -> Change:
    name = short(path, LONGEST_TEXT)
    if present is None:
        return Change(id=path, what="changed", words=f"edit {name}", verb="file")
    if present:
        return Change(id=path, what="added", after=path, words=f"add {name}", verb="file")
    return Change(id=path, what="removed", before=path, words=f"remove {name}", verb="file")
