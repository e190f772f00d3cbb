"""What each key does in a workshop: every decision is noted and saved before the next question is asked.

Refuses what the request's state refuses: the sentence is shown, and nothing is decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from mbl import session
from mbl.cli import ask, question
from mbl.cli.checked import checked
from mbl.cli.open import today
from mbl.cli.placing import CHOICES, choice
from mbl.cli.replies import answering
from mbl.cli.workshop_room import Room
from mbl.core.edit import added, bucketed, edited
from mbl.core.select import same_title
from mbl.core.workshop.card import BUCKET_NAMES
from mbl.core.workshop.either_or import Question, answered
from mbl.core.workshop.sitting import Kind, Workshop, in_order, stepped
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended
from mbl.session import values as validated
from mbl.session import workshop as saved

HELP = """\
Must: without it the quarter has failed. Should: important, but we would survive. Could: if there is time.
Won't this time: a kind no, with a day to look again; the reply to send comes at the end.
Enter: it stays in the bucket it has. Skip: decide nothing now. Undo: take the last step back. Outcome: ask which result it serves.
Note: a sentence for the minutes. Idea: a new request, without leaving. Quit: everything decided is saved."""
_BUCKETS = {"m": "must", "s": "should", "c": "could", "w": "wont"}
KEYS: Mapping[str, str] = {
    **{key: BUCKET_NAMES[bucket] for key, bucket in _BUCKETS.items()},
    "k": "skip", "u": "undo", "o": "outcome", "n": "note", "a": "add an idea", "q": "quit", "?": "help",
}  # fmt: skip
COMPARING: Mapping[str, str] = {"u": "undo", "n": "note", "a": "add an idea", "q": "quit"}
"""The keys besides the choice itself, while a bucket is put in order."""
OFFERED: Mapping[str, str] = {key: does for key, does in COMPARING.items() if key != "n"}
"""The same where n is a no."""


def pressed(room: Room, key: str, id_: str) -> str:
    """Carry out what the key means for this request; gives the sentence to show."""
    try:
        if key in _BUCKETS:
            return _bucketed(room, id_, _BUCKETS[key])
        return _OTHERS[key](room, id_)
    except MblError as error:
        return "\n".join(filter(None, (error.message, error.hint)))


def kept(room: Room, id_: str, bucket: str) -> str:
    """The request stays in the bucket it has."""
    try:
        return _decided(room, id_, bucket, reason=None)
    except MblError as error:
        return error.message


def compared(room: Room, asked: Question, key: str) -> str:
    """Note the answer, and move what it moves; gives the sentence to show."""
    if key not in CHOICES:
        return _answer_taken_back(room) if key == "u" else pressed(room, key, asked.a)
    by = session.who(room.at)

    def answer(workshop: Workshop, backlog: Backlog) -> tuple[Workshop, Backlog]:
        given = answered(asked, choice(asked, key), by=by, on=today(room.ctx, backlog))
        return in_order(replace(workshop, answers=(*workshop.answers, given)), backlog)

    try:
        saved.decided(room.at, answer)
    except MblError as error:
        return "\n".join(filter(None, (error.message, error.hint)))
    return ""


def _bucketed(room: Room, id_: str, bucket: str) -> str:
    if bucket != "wont":
        return _decided(room, id_, bucket, reason=None)
    reason = ask.line("Why not this time? A sentence the requester may read. (Enter: no reason; - back)")
    if reason is None or reason == "-":
        return ""
    return _decided(room, id_, bucket, reason=reason or None)


def _decided(room: Room, id_: str, bucket: str, *, reason: str | None) -> str:
    by = session.who(room.at) if bucket == "wont" else None

    def verb(backlog: Backlog, day: date) -> Backlog:
        ended = Ended(date=day, by=by, reason=reason)
        return bucketed(backlog, [id_], bucket, today=day, ended=ended)

    return f"{_step(room, 'bucket', id_, verb)}: {BUCKET_NAMES[bucket]}."


def _skipped(room: Room, id_: str) -> str:
    return f"{_step(room, 'skip', id_, lambda backlog, day: backlog)}: skipped."


def _noted(room: Room, id_: str) -> str:
    text = ask.line("A note for the minutes. (Enter: none)")
    if not text:
        return ""
    return f"{_step(room, 'note', id_, lambda backlog, day: backlog, text=text)}: noted."


def _asked(room: Room, id_: str) -> str:
    backlog = session.opened(room.at).backlog
    answer = question.outcome_answer(room.ctx, backlog, by=backlog.item(id_).requester)
    if not answer:
        return ""
    fields = validated.item_values(answer)
    return f"{_step(room, 'outcome', id_, lambda backlog, day: edited(backlog, [id_], fields))}: noted what it serves."


def _idea(room: Room, id_: str) -> str:
    del id_
    title = ask.line("What is asked for, in a few words? (Enter: nothing)")
    if not title:
        return ""
    requester = ask.line("Who asks for it? (Enter: nobody)")
    backlog = session.opened(room.at).backlog
    there = "".join(f" It is on the list already: #{row.position}." for row in same_title(backlog, title)[:1])
    new = validated.new_ids(backlog, 1)[0]

    def verb(backlog: Backlog, day: date) -> Backlog:
        fields = {"id": new, "title": title, "requester": requester or None, "requested": day.isoformat()}
        return added(backlog, [validated.item(fields)])

    return f"{_step(room, 'idea', new, verb)}: added, and comes up later.{there}"


def _undone(room: Room, id_: str) -> str:
    del id_
    step = saved.taken_back(room.at)
    backlog = session.opened(room.at).backlog
    return f"Taken back: {backlog.item(step.id).title if step.id in backlog.path_of else 'the new idea'}."


def _answer_taken_back(room: Room) -> str:
    def back(workshop: Workshop, backlog: Backlog) -> tuple[Workshop, Backlog]:
        return in_order(replace(workshop, answers=workshop.answers[:-1]), backlog)

    try:
        workshop = saved.under_way(room.at)
        if workshop is None or not workshop.answers:
            return _undone(room, "")
        saved.decided(room.at, back)
    except MblError as error:
        return error.message
    return "The last answer was taken back."


def _step(
    room: Room, kind: Kind, id_: str, verb: Callable[[Backlog, date], Backlog], *, text: str | None = None
) -> str:
    """Note and save one step; gives the title it is about. Raises MblError."""

    def decision(workshop: Workshop, backlog: Backlog) -> tuple[Workshop, Backlog]:
        day = today(room.ctx, backlog)
        say_no = answering(room.ctx, lambda before: verb(before, day), room.lang)
        after = checked(room.ctx, backlog, say_no(backlog), day)
        return stepped(workshop, kind, id_, before=backlog, after=after, text=text), after

    after = saved.decided(room.at, decision).after
    return f"“{' '.join(after.item(id_).title.split())}”"


_OTHERS: Mapping[str, Callable[[Room, str], str]] = {
    "k": _skipped, "u": _undone, "o": _asked, "n": _noted, "a": _idea, "?": lambda room, id_: HELP,
}  # fmt: skip
