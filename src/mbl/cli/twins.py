"""The question whether two requests ask for the same work: put to whoever sits at a terminal, its answer saved at once.

Nothing that was answered is asked again. Quitting, Ctrl-C and the end of input end it with what was answered until then.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import typer

from mbl import session
from mbl.cli import ask
from mbl.cli.open import place, today
from mbl.cli.output import progress, say, tell
from mbl.core.capacity.words import count
from mbl.core.conflicts.answers import answers, told_apart, told_same
from mbl.core.conflicts.duplicates import NOTHING_ALIKE, Likeness, Likenesses, likenesses
from mbl.core.conflicts.twin_card import twin_card
from mbl.errors import MblError
from mbl.model.backlog import Backlog

ANSWERS = {"s": "the same", "n": "not the same", "l": "later"}
_FEW = 12
"""So many questions may come up by the way; more are for a quiet hour."""
_KEYS = {**ANSWERS, "q": "quit"}
_VERBS: Mapping[str, Callable[[Backlog, str, str], Backlog]] = {"s": told_same, "n": told_apart}


def walk(ctx: typer.Context, *, commit: bool) -> None:
    """Ask about every likely duplicate, the most alike first."""
    backlog = session.opened(place(ctx)).backlog
    found = likenesses(backlog, progress(ctx, "Comparing"))
    if not found.asked:
        tell(ctx, "No two requests look alike, or everything is answered.")
        return
    _walk(ctx, found.asked, commit=commit)


def among_new(ctx: typer.Context, saved: session.Saved) -> Likenesses:
    """What looks like one of the items that a change added."""
    new = {change.id for change in saved.changes if change.what == "added"}
    return likenesses(saved.after, progress(ctx, "Comparing"), among=new) if new else NOTHING_ALIKE


def after_import(ctx: typer.Context, found: Likenesses, *, asks: bool, commit: bool) -> None:
    """Ask about the new requests that look like others, if they are few; else say how many they are."""
    if found.reuse:
        told = count(len(found.reuse), "request")
        tell(ctx, f"For {told} there is finished work to reuse: mbl conflicts --duplicates")
    if asks and 0 < len(found.asked) <= _FEW:
        _walk(ctx, found.asked, commit=commit)
    elif found.asked:
        pairs = count(len(found.asked), "pair")
        tell(ctx, f"{pairs} of requests may be the same work: mbl conflicts --duplicates --ask")


def _walk(ctx: typer.Context, pairs: Sequence[Likeness], *, commit: bool) -> None:
    given: Counter[str] = Counter()
    try:
        for at, pair in enumerate(pairs, start=1):
            key = _asked(ctx, pair, words=f" ({at} of {len(pairs)})", commit=commit)
            if key is None or key == "q":
                break
            given[key] += 1
    except KeyboardInterrupt:
        ask.write("\n")
    _farewell(given, left=len(pairs) - given["s"] - given["n"] - given["-"])


def _asked(ctx: typer.Context, pair: Likeness, *, words: str, commit: bool) -> str | None:
    """The key that was pressed, its answer saved; `-` where there is nothing to ask any more."""
    backlog = session.opened(place(ctx)).backlog
    ids = (pair.one.item.id, pair.other.item.id)
    known = answers(backlog.items.values())
    if known.settled(*ids) or not all(id_ in backlog.path_of and backlog.item(id_).is_open for id_ in ids):
        return "-"
    names = [(f"#{row.position}", row.item) for row in (pair.one, pair.other)]
    ask.say(" ")
    ask.show(ctx, (twin_card(*names, score=pair.score, words=words),), today=today(ctx, backlog))
    key = ask.key(_KEYS, question=" ")
    if key is not None and key in _VERBS:
        _save(ctx, key, ids, commit=commit)
    return key


def _save(ctx: typer.Context, key: str, ids: tuple[str, str], *, commit: bool) -> None:
    try:
        saved = session.changed(
            place(ctx),
            lambda backlog: _VERBS[key](backlog, *ids),
            commit=commit,
            tell=lambda text: tell(ctx, text),
        )
    except MblError as error:
        ask.say("\n".join(filter(None, (error.message, error.hint))))
        return
    for change in saved.changes if key == "s" else ():
        kept = saved.after.item(change.id).duplicate_of
        ask.say(f'{change.id} asks for the same as {kept}. To end it: mbl decline {change.id} --reason "…"')


def _farewell(given: Mapping[str, int], *, left: int) -> None:
    """`2 the same, 1 not the same; 3 pairs not answered.`"""
    told = [f"{given[key]} {ANSWERS[key]}" for key in _VERBS if given.get(key)]
    rest = f"{count(left, 'pair')} not answered" if left else ""
    say("; ".join(filter(None, (", ".join(told), rest))) + ".")
