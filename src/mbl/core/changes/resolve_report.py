"""`mbl resolve`: what was put together, and what both sides truly changed differently, in words.

Refuses nothing.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from mbl.core.changes.merge import Disagreement
from mbl.core.report import Block, Column, Facts, Report, Table, Words
from mbl.core.wording import LONGEST_TEXT, quoted, short, value_words


class Outcome(NamedTuple):
    """One file: what it is called, what is left to say about it (empty: put together)."""

    path: str
    title: str
    open: tuple[Disagreement, ...]
    why: str

    @property
    def standing(self) -> str:
        return self.why or ("you disagree" if self.open else "put together")


def resolve_report(outcomes: Sequence[Outcome], names: tuple[str, str], *, dry_run: bool = False) -> Report:
    """Every file with its standing; the answer is no while anything is left."""
    left = [each for each in outcomes if each.why or each.open]
    return Report(
        kind="resolve",
        payload=lambda: {"files": [_record(each) for each in outcomes], "ours": names[0], "theirs": names[1]},
        blocks=_blocks(outcomes, left, names, dry_run=dry_run),
        answer=not left,
        table=Table(columns=_COLUMNS, rows=tuple(outcomes), what="conflicts"),
    )


def asked(title: str, found: Disagreement, names: tuple[str, str]) -> str:
    """The question: both values, and what it was before."""
    was = f" (it was {_said(found.base)})" if found.base is not None else ""
    return (
        f"{quoted(title)}: {_where(found)}{was}\n"
        f"  {names[0]}: {_said(found.ours)}\n"
        f"  {names[1]}: {_said(found.theirs)}"
    )


def _blocks(
    outcomes: Sequence[Outcome], left: Sequence[Outcome], names: tuple[str, str], *, dry_run: bool
) -> tuple[Block, ...]:
    if not outcomes:
        return (Words(text="Nothing to resolve: git has no open conflict in the backlog."),)
    done = [each for each in outcomes if not (each.why or each.open)]
    blocks: list[Block] = []
    if done:
        title = "Would be put together" if dry_run else "Put together, and staged"
        blocks.append(Facts(title=title, facts=tuple((quoted(each.title), each.path) for each in done)))
    for each in left:
        lines = [asked(each.title, found, names) for found in each.open] or [f"{each.path}: {each.why}"]
        blocks.extend(Words(text=line) for line in lines)
    if hint := _next(left, names, dry_run=dry_run):
        blocks.append(Words(text=hint, tone="hint"))
    return tuple(blocks)


def _next(left: Sequence[Outcome], names: tuple[str, str], *, dry_run: bool) -> str:
    if any(each.open for each in left):
        return (
            f"Say which side is right: mbl resolve --ours ({names[0]}) or --theirs ({names[1]}), "
            "or mbl resolve in a terminal, which asks one by one."
        )
    return "" if left or dry_run else "Next: mbl check, then git commit (or git rebase --continue)."


def _where(found: Disagreement) -> str:
    return short(" ".join(part.replace("_", " ") for part in found.where), LONGEST_TEXT)


def _said(value: Any) -> str:
    if isinstance(value, dict) and "status" in value:
        ended = value.get("ended") or {}
        reason = f": {ended['reason']}" if ended.get("reason") else ""
        return short(f"{value['status']}{reason}", LONGEST_TEXT)
    return "nothing" if value in (None, "", [], {}) else value_words(value)


def _record(each: Outcome) -> dict[str, Any]:
    return {
        "path": each.path,
        "title": each.title,
        "standing": each.standing,
        "open": [
            {"field": ".".join(found.where), "base": found.base, "ours": found.ours, "theirs": found.theirs}
            for found in each.open
        ],
    }


_COLUMNS = (
    Column(key="path", label="File", value=lambda each: each.path),
    Column(key="title", label="Title", value=lambda each: each.title),
    Column(key="standing", label="Standing", value=lambda each: each.standing),
)
