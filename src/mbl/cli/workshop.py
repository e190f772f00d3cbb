"""`mbl workshop`: the planning session on one shared screen. Requests go into buckets, then one bucket into order.

Refuses to run where nobody sits at a terminal. It may end at any moment, by a key, by Ctrl-C or by a kill: what is
decided is saved, and the same command goes on.
"""

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mbl.cli import ask
from mbl.cli.open import place, read
from mbl.cli.options import Filters, Names, listed, with_groups
from mbl.cli.output import tell
from mbl.cli.placing import either_or
from mbl.cli.replies import Language
from mbl.cli.workshop_end import close
from mbl.cli.workshop_keys import COMPARING, KEYS, OFFERED, compared, kept, pressed
from mbl.cli.workshop_room import Now, Room, present
from mbl.core.capacity.words import count
from mbl.core.ranking import ranked
from mbl.core.report import Block
from mbl.core.select import matching, unmatched
from mbl.core.workshop import sitting as core
from mbl.core.workshop.card import BUCKET_NAMES, card, guidepoint_blocks, guidepoint_line
from mbl.core.workshop.either_or import most_questions
from mbl.core.workshop.moscow import totals, totals_blocks
from mbl.errors import MblError
from mbl.session import workshop as saved

_PROMPT_LINES = 6

Turn = Callable[[Room, Now, str], str | None]
"""A question to the room: asked after the sentence that says what was decided before; None for whoever stops."""


@with_groups
def workshop(
    ctx: typer.Context,
    *,
    participants: Annotated[
        Names, typer.Option(metavar="WHO", help="Who is here, for the minutes: ana,ben,cmo.")
    ] = None,
    minutes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the minutes there, too, as Markdown.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Begin a new workshop, though the last one is not at its end.")
    ] = False,
    lang: Language = None,
    commit: Annotated[bool, typer.Option("--commit", help="Commit at the end, without asking.")] = False,
    filters: Filters,
) -> None:
    """Decide together, request by request: must, should, could, or won't this time; then put one bucket in order."""
    if not ask.somebody_there():
        raise MblError(
            "A workshop needs a terminal: a screen that all can see, and a keyboard.",
            hint="What you decided on a whiteboard comes in as a list: "
            "mbl import csv decisions.csv, with the columns id, moscow and reason.",
            exit_code=2,
        )
    if minutes:
        saved.refuse_foreign(minutes)
    gc.enable()  # a session of hours, where other commands live a second
    room = Room(ctx, place(ctx), minutes, lang, commit)
    first = _begun(room, filters, participants=listed(participants), again=again)
    if first is None:
        return
    try:
        is_over = _decided(room, first)
    except KeyboardInterrupt:
        ask.say(_GOES_ON)
        raise
    if is_over:
        close(room)
    else:
        tell(ctx, _GOES_ON)


_GOES_ON = "Everything decided is saved. `mbl workshop` goes on where you stopped."


def _begun(room: Room, filters: Filters, *, participants: tuple[str, ...], again: bool) -> str | None:
    """Begin a workshop or go on with the last one; the first thing to say in it. None if there is nothing to decide."""
    told: list[str] = []
    under_way = None if again else saved.under_way(room.at, tell=told.append)
    if under_way is None:
        return "\n".join(told) if _new(room, filters, participants) else None
    if filters != Filters():
        raise MblError(
            f"The workshop of {under_way.begun} is not at its end: its requests are chosen already.",
            hint="mbl workshop goes on with it; mbl workshop --again with your filters begins a new one.",
            exit_code=2,
        )
    here = tuple(dict.fromkeys((*under_way.participants, *participants)))
    saved.noted(room.at, lambda now: replace(now, participants=here))
    saved.decided(room.at, core.in_order, tell=told.append)  # what a kill kept from moving
    now = present(room)
    done, of = core.looked_at(now.workshop, now.backlog)
    goes_on = f"The workshop of {under_way.begun} goes on: {done} of {count(of, 'request')} are done with."
    return "\n".join((*told, goes_on))


def _new(room: Room, filters: Filters, participants: tuple[str, ...]) -> bool:
    backlog, day, _ = read(room.ctx)
    query = filters.query()
    for sentence in unmatched(backlog, query):
        tell(room.ctx, sentence)
    ids = [row.item.id for row in matching(ranked(backlog), query)]
    if not ids:
        tell(room.ctx, "There is nothing to decide: no open request fits.")
        return False
    ask.show(room.ctx, guidepoint_blocks(backlog, day), today=day)
    if not participants:
        named = ask.line(
            f"{count(len(ids), 'request')} to look at. Who is here? (ana, ben; Enter: nobody is noted)"
        )
        if named is None:
            return False
        participants = listed([named])
    saved.begin(room.at, core.begun(backlog, ids, today=day, participants=participants))
    return True


def _decided(room: Room, said: str) -> bool:
    """Ask until everything is decided, or until the room wants to stop; whether the workshop is over."""
    while (turn := _turn(now := present(room))) is not None:
        answer = turn(room, now, said)
        if answer is None:
            return ask.yes("End the workshop here, with its minutes? (no: it goes on another time)")
        said = answer
    return True


def _turn(now: Now) -> Turn | None:
    """What to ask next; None when nothing is left to decide."""
    if core.upcoming(now.workshop, now.backlog) is not None:
        return _which_bucket
    found = core.to_order(now.workshop, now.backlog, now.day)
    if found is None or found[0] in now.workshop.unordered:
        return None
    if found[0] != now.workshop.bucket:
        return _whether_to_order
    return _which_first if core.in_bucket(now.workshop, now.backlog).question else None


def _which_bucket(room: Room, now: Now, said: str) -> str | None:
    id_ = core.upcoming(now.workshop, now.backlog) or ""
    bucket = now.backlog.item(id_).moscow
    keep = {ask.ENTER: f"keep {BUCKET_NAMES[bucket]}"} if bucket else {}
    turn = core.looked_at(now.workshop, now.backlog)
    _show(room, now, card(now.backlog, now.day, id_=id_, turn=turn))
    key = ask.key({**KEYS, **keep}, question=f"\n{said}" if said else "")
    if key is None or key == "q":
        return None
    return pressed(room, key, id_) if key != ask.ENTER else kept(room, id_, bucket or "")


def _whether_to_order(room: Room, now: Now, said: str) -> str | None:
    bucket, ids = core.to_order(now.workshop, now.backlog, now.day) or ("", ())
    questions = f"at most {count(most_questions(len(ids)), 'either-or question')}"
    _show(room, now, totals_blocks(totals(now.backlog, now.day)))
    ask.say(f"\n{said}" if said else "")
    ask.say(
        f"The quarter ends among the {BUCKET_NAMES[bucket]} requests: {len(ids)} of them, and not all will fit. "
        f"Put them in order, by {questions}?"
    )
    key = ask.key({"y": "yes", "n": "no, leave them as they are", **OFFERED})
    if key is None or key == "q":
        return None
    if key == "y":
        saved.decided(room.at, lambda workshop, backlog: (core.ordering(workshop, backlog, bucket), backlog))
        return ""
    if key == "n":
        saved.noted(room.at, lambda workshop: replace(workshop, unordered=(*workshop.unordered, bucket)))
        return ""
    return pressed(room, key, ids[0])


def _which_first(room: Room, now: Now, said: str) -> str | None:
    of = core.in_bucket(now.workshop, now.backlog)
    if of.question is None:
        return ""
    ask.clear()
    ask.say(said)
    key = either_or(room.ctx, now.backlog, of, day=now.day, more=COMPARING)
    return None if key is None or key == "q" else compared(room, of.question, key)


def _show(room: Room, now: Now, blocks: tuple[Block, ...]) -> None:
    """A fresh screen with the Guidepoint on top, as much of it as fits."""
    whole = ask.screen(room.ctx, (*guidepoint_blocks(now.backlog, now.day), *blocks), today=now.day)
    if whole.count("\n") + _PROMPT_LINES > ask.height():
        whole = ask.screen(room.ctx, (*guidepoint_line(now.backlog, now.day), *blocks), today=now.day)
    ask.clear()
    ask.write(whole)
