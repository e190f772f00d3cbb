"""`mbl review` in a terminal: one item a screen, one key a decision, and everything saved as it is decided.

Refuses nothing that was typed: quitting, Ctrl-C and the end of input all end it with what was decided until then.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import typer

from mbl import session
from mbl.cli import ask
from mbl.cli.open import place, read, today
from mbl.cli.options import day, listed
from mbl.cli.output import say, show
from mbl.cli.replies import answering, say_replies
from mbl.cli.review import Asking
from mbl.core.capacity.figures import figures
from mbl.core.capacity.words import count, month_count
from mbl.core.report import Report
from mbl.core.review.card import card, suggested
from mbl.core.review.relevance import DECISIONS, Asked, Decision, asked, chosen, decided, queue
from mbl.core.review.report import Wish, review_report, turn_blocks
from mbl.core.review.sample_report import sampled, told
from mbl.core.review.turn import months, turn_words, turned
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item

KEYS = {
    "k": "keep", "d": "decline", "l": "later", "s": "skip", "u": "undo", "q": "quit", "?": "help",
}  # fmt: skip
_HELP = """\
keep: it is still wanted; you are not asked again for 90 days.
decline: say no; the reply to send is printed at the end.
later: you are asked again, last of all for 30 days.
skip: decide nothing. undo: take the last decision back. quit: go; everything decided is saved."""
_DONE: dict[str, str] = {"keep": "kept", "decline": "declined", "later": "put off"}
_BACK = "-"


class Taken(NamedTuple):
    """A decision that was saved, and the item as it was before."""

    at: int
    decision: Decision
    before: Item
    after: Item


@dataclass(slots=True)
class Walk:
    """Where the walk is: what it asks about, what was taken, and what the next screen says first."""

    asking: Asking
    wish: Wish
    commit: bool
    ids: tuple[str, ...] = ()
    taken: list[Taken] = field(default_factory=list)
    said: str = ""


def walk(ctx: typer.Context, asking: Asking, *, wish: Wish, commit: bool) -> None:
    """Ask until all is decided, or until whoever is asked had enough; exit 1 if a broken file was left out."""
    backlog, now, whole = read(ctx)
    steps = Walk(asking, wish, commit, ids=_asked_about(backlog, now, asking, wish))
    if not steps.ids:
        show(ctx, review_report(backlog, now, gone=listed(asking.gone), wish=wish), form="table", today=now)
    else:
        _walk(ctx, steps)
        _farewell(ctx, steps)
    if not whole:
        raise typer.Exit(1)


def _asked_about(backlog: Backlog, today: date, asking: Asking, wish: Wish) -> tuple[str, ...]:
    if wish.sample:
        return sampled(backlog, today, wish.since or today, size=wish.sample).undecided
    rows = queue(backlog, today, gone=listed(asking.gone))
    return tuple(row.item.id for row in chosen(backlog, rows, query=wish.query, why=wish.why))


def _walk(ctx: typer.Context, steps: Walk) -> None:
    at = 0
    try:
        while at < len(steps.ids):
            backlog = session.opened(place(ctx)).backlog
            row = _row(ctx, backlog, steps, at)
            if row is None:
                at += 1
                continue
            key = _screen(ctx, backlog, row, steps, at)
            if key is None or key == "q":
                return
            at = _next(ctx, row, steps, key=key, at=at)
    except KeyboardInterrupt:
        return


def _row(ctx: typer.Context, backlog: Backlog, steps: Walk, at: int) -> Asked | None:
    """The item as it is now; None if somebody ended it meanwhile."""
    rows = asked(backlog, today(ctx, backlog), gone=listed(steps.asking.gone))
    return next((row for row in rows if row.item.id == steps.ids[at]), None)


def _screen(ctx: typer.Context, backlog: Backlog, row: Asked, steps: Walk, at: int) -> str | None:
    """The key that was pressed for this item; None at the end of input."""
    now = today(ctx, backlog)
    promised = figures(backlog, now).months
    left = "" if promised is None else f", {month_count(promised)} promised"
    ask.clear()
    ask.say(f"{steps.said}\n " if steps.said else "")
    title = f"Still relevant? {at + 1} of {len(steps.ids)}{left}"
    ask.show(ctx, card(row, now, title=title), today=now)
    return ask.key(KEYS, question=" ")


def _next(ctx: typer.Context, row: Asked, steps: Walk, *, key: str, at: int) -> int:
    """What the key does; gives the place of the item to ask about next."""
    steps.said = ""
    if key == "?":
        steps.said = _HELP
        return at
    if key == "u":
        return _undone(ctx, steps, at)
    for decision in DECISIONS:
        if KEYS[key] == decision:
            return at + _decided(ctx, row, steps, decision=decision, at=at)
    return at + 1


def _decided(ctx: typer.Context, row: Asked, steps: Walk, *, decision: Decision, at: int) -> bool:
    """Save the decision; whether there is one."""
    reason, revisit = _why_not(row) if decision == "decline" else ("", None)
    if reason is None:
        return False
    where = place(ctx)
    by = steps.asking.by or session.who(where)

    def decide(backlog: Backlog) -> Backlog:
        return decided(
            backlog, (row.item.id,), decision, today=today(ctx, backlog), by=by, reason=reason or None,
            revisit=revisit,
        )  # fmt: skip

    try:
        saved = session.changed(where, answering(ctx, decide, steps.asking.lang), commit=steps.commit)
    except MblError as error:
        steps.said = "\n".join(filter(None, (error.message, error.hint)))
        return False
    steps.taken.append(Taken(at, decision, row.item, saved.after.item(row.item.id)))
    steps.said = f"{_DONE[decision].capitalize()}: {row.item.title}"
    return True


def _why_not(row: Asked) -> tuple[str | None, date | None]:
    """The reason and the day to look again; no reason at all (None) where the decision is taken back."""
    offered = suggested(row)
    said = ask.line(f"Why not? (Enter: {offered or 'no reason'}; {_BACK} back)")
    if said is None or said == _BACK:
        return None, None
    while True:
        again = ask.line("When do you look at it again? A day like 2027-01-15 (Enter: never)")
        if again is None:
            return None, None
        if not again:
            return said or offered, None
        try:
            return said or offered, day(again)
        except typer.BadParameter as error:
            ask.say(error.message)


def _undone(ctx: typer.Context, steps: Walk, at: int) -> int:
    """The item of the last decision as it was before, unless somebody has changed it since."""
    if not steps.taken:
        steps.said = "Nothing to take back."
        return at
    last = steps.taken.pop()

    def undo(backlog: Backlog) -> Backlog:
        path = backlog.path_of.get(last.before.id)
        if path is None or backlog.items[path] != last.after:
            raise MblError("Somebody has changed it since: nothing was taken back.")
        return backlog.with_items({path: last.before})

    try:
        session.changed(place(ctx), undo, commit=steps.commit)
    except MblError as error:
        steps.said = error.message
        return at
    steps.said = f"Taken back: {last.before.title}"
    return last.at


def _farewell(ctx: typer.Context, steps: Walk) -> None:
    """What was decided, the months before and after, what a sample says, and the replies to send."""
    backlog = session.opened(place(ctx)).backlog
    now = today(ctx, backlog)
    since, gone = steps.wish.since or now, listed(steps.asking.gone)
    turn = turned(backlog, now, since=since, gone=gone)
    estimate = (
        told(sampled(backlog, now, since, size=steps.wish.sample), months(turn.before).exact)
        if steps.wish.sample
        else ()
    )
    ask.clear()
    say(_tally(steps))
    blocks = (*turn_blocks(turn_words(turn)), *estimate)
    show(ctx, Report(kind="review", payload=dict, blocks=blocks), form="table", today=now)
    refused = [one.after.id for one in steps.taken if not one.after.is_open]
    still = [id_ for id_ in refused if id_ in backlog.path_of and not backlog.item(id_).is_open]
    say_replies(ctx, backlog, still, now, steps.asking.lang)


def _tally(steps: Walk) -> str:
    """`Kept 3, declined 1; 12 not decided.`"""
    times = Counter(one.decision for one in steps.taken)
    said = ", ".join(f"{_DONE[decision]} {count_}" for decision, count_ in times.items()) or "nothing decided"
    left = len(steps.ids) - len({one.at for one in steps.taken})
    rest = f"; {count(left, 'item')} not decided" if left else ""
    return f"{said[:1].upper()}{said[1:]}{rest}."
