"""`mbl diff`: what a change does to the backlog, in marketing words, and to the numbers that follow from it.

Refuses nothing; a change that changes nothing says so.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from mbl.core.changes.change import KEYS, cell
from mbl.core.changes.diff import diff
from mbl.core.changes.line import line_shifts
from mbl.core.changes.numbers import numbers, payload, told
from mbl.core.changes.sections import BLUEPRINT, FITS, TWICE, Line, Section, Shown, sections
from mbl.core.ranking import ranked
from mbl.core.report import Block, Column, Facts, Report, Table, Words
from mbl.core.wording import LONGEST_TEXT, short
from mbl.model.backlog import SETTINGS, Backlog, assembled

_MOST_LINES = 200
"""So many lines of a section are read; a comment in a pull request has room for no more."""
_ENDING = len("k7f3x.yaml")


class Side(NamedTuple):
    """One of the two states: its name, the id of its commit (None: the folder), and its backlog."""

    name: str
    commit: str | None
    backlog: Backlog


def diff_report(base: Side, head: Side, today: date, *, commits: int = 0) -> Report:
    """Every change from `base` to `head`, and the months of committed work before and after.

    A file that cannot be read in one state is left out of both: nobody can tell what changed in it.
    """
    before, after = _readable(base, head), _readable(head, base)
    changes = diff(before, after)
    old, new = Shown(before, ranked(before)), Shown(after, ranked(after))
    was, now = numbers(before, today, old.rows), numbers(after, today, new.rows)
    more = {
        FITS: line_shifts(was.line, now.line),
        BLUEPRINT: _blueprint(before, after, today),
        TWICE: tuple(_twice(after)),
    }
    found = sections(changes, old, new, more=more if changes else {})
    return Report(
        kind="diff",
        payload=lambda: {
            "changes": [{key: getattr(change, key) for key in KEYS} for change in changes],
            **payload(was, now),
            "base": base.commit,
            "head": head.commit,
            "commits": commits,
        },
        blocks=_blocks(base, head, len(changes), found=found, facts=told(was, now), commits=commits),
        table=Table(columns=_COLUMNS, rows=changes, what="changes"),
    )


def _readable(side: Side, other: Side) -> Backlog:
    """The backlog without the files that are broken on the other side, whatever they are called there."""
    broken = {problem.path for problem in other.backlog.broken if problem.path != SETTINGS}
    if not broken:
        return side.backlog
    ids = {path[-_ENDING:] for path in broken if path.startswith(("items/", "campaigns/"))}
    nouns = {
        path: noun
        for path, noun in side.backlog.nouns()
        if path not in broken and not (path.startswith(("items/", "campaigns/")) and path[-_ENDING:] in ids)
    }
    return assembled(nouns, side.backlog.broken)


def _blueprint(before: Backlog, after: Backlog, today: date) -> tuple[Line, ...]:
    """A plan takes long to load and to make: only for those who agreed to one."""
    if not after.blueprints:
        return ()
    from mbl.core.changes.blueprint import blueprint_shifts

    return blueprint_shifts(before, after, today)


def _twice(backlog: Backlog) -> Iterator[Line]:
    """Every file whose id another one has, too: a merge of two copies, which `mbl check` refuses."""
    if len(backlog.items) == len(backlog.path_of):
        return
    for path, item in backlog.items.items():
        if backlog.path_of[item.id] != path:
            first = short(backlog.path_of[item.id], LONGEST_TEXT)
            yield item.id, f"{short(path, LONGEST_TEXT)} and {first}: give one of them another id"


def _blocks(
    base: Side,
    head: Side,
    changes: int,
    *,
    found: tuple[Section, ...],
    facts: tuple[tuple[str, str], ...],
    commits: int,
) -> tuple[Block, ...]:
    to = f" to {_called(head)}" if head.commit else ""
    if not changes:
        return (Words(text=f"Nothing changed since {_called(base)}{to}."),)
    count = f"{changes:,} change{'' if changes == 1 else 's'}"
    by = f" in {commits:,} commit{'' if commits == 1 else 's'}" if commits else ""
    return (
        Words(text=f"{count} since {_called(base)}{to}{by}", tone="headline"),
        Facts(facts=facts, title="What it comes to"),
        *(_section(section) for section in found),
    )


def _section(section: Section) -> Facts:
    title = f"! {section.title}" if section.loud else section.title
    shown = section.lines[:_MOST_LINES]
    if len(shown) < len(section.lines):
        shown = (*shown, ("…", f"and {len(section.lines) - len(shown):,} more"))
    return Facts(title=f"{title} ({len(section.lines):,})", facts=shown, folds=not section.loud)


def _called(side: Side) -> str:
    return f"{side.name} ({side.commit[:10]})" if side.commit else side.name


_COLUMNS = tuple(Column(key=key, label=key.capitalize(), value=partial(cell, key=key)) for key in KEYS)
