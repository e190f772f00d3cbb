"""The end of a workshop: its minutes, the replies to send, and one proposed commit.

Commits nothing that the workshop did not change, and nothing without a yes (or --commit).
"""

from dataclasses import replace

from mbl.cli import ask
from mbl.cli.output import canvas, say, tell
from mbl.cli.replies import say_replies
from mbl.cli.workshop_room import Now, Room, present
from mbl.core.capacity.words import count
from mbl.core.workshop.minutes import declined, minutes, subject
from mbl.errors import MblError
from mbl.render import drawn
from mbl.session import workshop as saved


def close(room: Room) -> None:
    """Print the minutes and the replies to send, propose the commit, and close the notes."""
    now = present(room)
    text = _minutes(room, now)
    ask.clear()
    say(text, verbatim=True)
    if room.minutes:
        saved.write_minutes(room.minutes, text)
        tell(room.ctx, f"The minutes lie in {room.minutes}.")
    say_replies(room.ctx, now.backlog, declined(now.workshop, now.backlog), now.day, room.lang)
    _propose_commit(room, now)
    saved.noted(room.at, lambda workshop: replace(workshop, ended=now.day))


def _minutes(room: Room, now: Now) -> str:
    report = minutes(now.workshop, now.backlog, now.day)
    drawing = drawn(report, canvas(room.ctx, now.day), form="md")
    return f"{saved.HEADING}{now.workshop.begun}\n\n{drawing}"


def _propose_commit(room: Room, now: Now) -> None:
    try:
        change = saved.to_commit(room.at, now.workshop)
        if change is None:
            return
        text = "\n".join(
            (subject(now.workshop, now.backlog), "", *(f"- {each.words}" for each in change.changes))
        )
        files = count(len(change.paths), "file")
        if room.commit or ask.yes(f"\nCommit these decisions ({files}) as “{text.partition(chr(10))[0]}”?"):
            done = saved.commit(room.at, change, text=text, tell=lambda said: tell(room.ctx, said))
            tell(room.ctx, f"Committed as {(done.commit or '')[:10]}.")
    except MblError as error:
        tell(room.ctx, "\n".join(filter(None, (f"Not committed. {error.message}", error.hint))))
