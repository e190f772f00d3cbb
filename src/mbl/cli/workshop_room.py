"""The room of a workshop: where it takes place, and how things stand at this moment.

Refuses to go on without the workshop's notes.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import typer

from mbl import session
from mbl.cli.open import today
from mbl.cli.output import tell
from mbl.core.workshop.sitting import Workshop, settled
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session import workshop as saved


@dataclass(frozen=True, slots=True)
class Room:
    """Where the workshop takes place, and how it ends."""

    ctx: typer.Context
    at: session.Place
    minutes: Path | None
    lang: str | None
    commit: bool


class Now(NamedTuple):
    """The notes, the backlog and the day as they are at this moment."""

    workshop: Workshop
    backlog: Backlog
    day: date


def present(room: Room) -> Now:
    """Read anew before every question: somebody else may have changed a file meanwhile."""
    backlog = session.opened(room.at).backlog
    found = saved.under_way(room.at, tell=lambda text: tell(room.ctx, text))
    if found is None:
        raise MblError(
            "The notes of this workshop are gone.",
            hint="What was decided is saved; mbl workshop begins anew.",
        )
    return Now(settled(found, backlog), backlog, today(room.ctx, backlog))
