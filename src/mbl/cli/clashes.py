"""What `mbl add` and `mbl edit` say of conflicts: the options that settle one, the question, the warning.

Nothing is refused because of a conflict: whoever is warned decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from mbl.cli import ask, complete
from mbl.cli.open import today
from mbl.cli.output import tell
from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.session import values as validated

_MOST = 3
"""So many likely duplicates are asked about, or named."""
_SEEN = ("runs", "offer", "audience", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clashes:
    """When the audience meets it, what it offers, and what it is, or is not, a duplicate of."""

    runs: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DAYS", help="When the audience meets it: days, or {from: 2026-12-01, to: 2026-12-18}."
        ),
    ] = None
    offer: Annotated[
        str | None,
        typer.Option(metavar="TERMS", help="What it offers: {product: Dock, kind: discount, value: 20%}."),
    ] = None
    duplicate_of: Annotated[
        str | None,
        typer.Option(
            "--duplicate-of",
            metavar="REF",
            autocompletion=complete.refs,
            help="It asks for the same as this one.",
        ),
    ] = None
    not_duplicate_of: Annotated[
        list[str] | None,
        typer.Option(
            "--not-duplicate-of",
            metavar="REF",
            autocompletion=complete.refs,
            help="It looks like this one, and is not.",
        ),
    ] = None

    def values(self) -> Mapping[str, Any]:
        """The runs and the offer, as a file would have them. Raises MblError (exit code 2)."""
        given = {"runs": self.runs, "offer": self.offer}
        return {name: validated.typed(name, value) for name, value in given.items() if value}

    def answers(self, backlog: Backlog) -> Mapping[str, Any]:
        """The ids of what it is and is not a duplicate of. Raises MblError."""
        from mbl.core.select import resolved

        refs = self.not_duplicate_of or ()
        parts = [part for ref in refs for part in (ref.split(",") if " " not in ref else (ref,))]
        same = {"duplicate_of": resolved(backlog, (self.duplicate_of,))[0]} if self.duplicate_of else {}
        apart = resolved(backlog, parts)
        return {**same, **({"not_duplicate_of": apart} if apart else {})}

    def asked(self, ctx: typer.Context, backlog: Backlog, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the answers to "is it the same work?" fill in an item of these values, which is not saved yet."""
        from mbl.cli.twins import ANSWERS
        from mbl.core.conflicts.duplicates import resembling
        from mbl.core.conflicts.twin_card import NEW, twin_card

        now, told = today(ctx, backlog), dict(self.answers(backlog))
        if "duplicate_of" in told:
            return told
        item = validated.item({"id": validated.new_ids(backlog, 1)[0], **values, **told})
        for row, score in resembling(backlog, item).asked[:_MOST]:
            card = twin_card((NEW, item), (f"#{row.position}", row.item), score=score)
            ask.show(ctx, (card,), today=now)
            key = ask.key(ANSWERS, question=" ")
            if key == "s":
                return {**told, "duplicate_of": row.item.id}
            if key is None:
                break
            if key == "n":
                told["not_duplicate_of"] = (*told.get("not_duplicate_of", ()), row.item.id)
        return told


def remark(ctx: typer.Context, backlog: Backlog, item: Item, *, asked: bool) -> None:
    """Name what the new item looks like, unless somebody was `asked`, and what could be reused for it."""
    from mbl.core.conflicts.duplicates import resembling

    found = resembling(backlog, item)
    if not found.asked and not found.finished:
        return
    from mbl.core.conflicts.words import alike_words, reuse_words, titled
    from mbl.core.select import is_same_title

    for row, score in () if asked or item.duplicate_of else found.asked[:_MOST]:
        if not is_same_title(item.title, row.item.title):
            tell(ctx, f"It looks like #{row.position}, {titled(row.item)}: {alike_words(score)}.")
        same = f"mbl edit {item.id} --duplicate-of {row.item.id}"
        tell(ctx, f"Is it the same work? {same} (or --not-duplicate-of)")
    for done in found.finished:
        tell(ctx, f"Made before, and could be reused: {reuse_words(done)}.")


def warn(ctx: typer.Context, before: Backlog, after: Backlog, now: date) -> None:
    """Say which collisions and contradictory offers this change would cause."""
    former = before.items
    changed = [item for path, item in after.items.items() if item is not former.get(path)]
    seen = [item.id for item in changed if _is_seen(item) and _differs(item, before)]
    _tell(ctx, warnings(before, after, seen, now))


def forewarn(ctx: typer.Context, backlog: Backlog, ids: Collection[str], now: date) -> None:
    """The same of items as they are: what they take part in, or would if they were promised."""
    _tell(ctx, warnings(None, backlog, [id_ for id_ in ids if _is_seen(backlog.item(id_))], now))


def warnings(before: Backlog | None, after: Backlog, ids: Collection[str], now: date) -> Sequence[str]:
    """The same as sentences; what was so before is left out."""
    if not ids:
        return ()
    from mbl.core.conflicts.all_kinds import caused, span_around
    from mbl.core.conflicts.words import collision_warning, offer_warning

    span = span_around([after.item(id_) for id_ in ids], now)

    def told(backlog: Backlog) -> dict[str, None]:
        touches, offers = caused(backlog, ids, span)
        return dict.fromkeys(
            (*(collision_warning(each, ids) for each in touches), *map(offer_warning, offers))
        )

    found = told(after)
    old = told(before) if found and before and _as_firm_as(before, after, ids) else {}
    return [text for text in found if text not in old]


def _tell(ctx: typer.Context, found: Sequence[str]) -> None:
    for text in found[:_MOST]:
        tell(ctx, f"Mind: {text}")
    if found:
        tell(ctx, "See: mbl conflicts")


def _as_firm_as(before: Backlog, after: Backlog, ids: Collection[str]) -> bool:
    """Whether none of these items was a request before and is a promise now, or the other way round."""
    from mbl.core.conflicts.runs import is_firm

    return all(id_ in before.path_of and is_firm(before.item(id_)) == is_firm(after.item(id_)) for id_ in ids)


def _is_seen(item: Item) -> bool:
    return bool(item.runs or item.offer)


def _differs(item: Item, before: Backlog) -> bool:
    """Whether the audience would meet it otherwise than before."""
    if item.id not in before.path_of:
        return True
    former = before.item(item.id)
    return any(getattr(item, name) != getattr(former, name) for name in _SEEN)
