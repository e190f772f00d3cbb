"""What speaks against a change before it is saved: what `mbl check` would say of the changed items, and only that.

What was wrong before is not held against the change. Refuses nothing itself.
"""

from dataclasses import replace
from datetime import date

from mbl.core.rules import items as rules_items
from mbl.core.rules import runs as rules_runs
from mbl.core.rules.finding import Finding
from mbl.model.backlog import Backlog
from mbl.model.item import Item

_RULES = (
    rules_items.estimates,
    rules_items.statuses,
    rules_items.references,
    rules_runs.runs,
    rules_runs.duplicates,
)


def objections(before: Backlog, after: Backlog, today: date) -> tuple[Finding, ...]:
    """The errors in the items that differ, as far as they are new."""
    changed = {path: item for path, item in after.items.items() if before.items.get(path) is not item}
    former = {path: before.items[path] for path in changed if path in before.items}
    old = {(found.path, found.at, found.message) for found in _errors(before, former, today)}
    return tuple(
        found for found in _errors(after, changed, today) if (found.path, found.at, found.message) not in old
    )


def _errors(backlog: Backlog, items: dict[str, Item], today: date) -> list[Finding]:
    """The errors in these items; the items that they name are looked up in the whole backlog."""
    named = {id_ for item in items.values() for id_ in (*item.depends_on, *item.not_duplicate_of)}
    named |= {item.duplicate_of for item in items.values() if item.duplicate_of}
    known = {backlog.path_of[id_] for id_ in named if id_ in backlog.path_of}
    part = replace(backlog, items={**{path: backlog.items[path] for path in known}, **items})
    found = [finding for rule in _RULES for finding in rule(part, today)]
    return [each for each in found if each.level == "error" and each.path in items]
