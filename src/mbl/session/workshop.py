"""A workshop's own notes, and decisions that are noted and saved in one go: a kill at any moment loses nothing decided.

What is noted first and then not carried out is struck off when the notes are read again. The notes may be deleted;
damaged ones are put aside, never guessed at.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from mbl.core.edit import edited
from mbl.core.workshop import sitting as core
from mbl.core.workshop.sitting import Step, Workshop
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session.change import Saved, changed, silent
from mbl.session.commit import committed, uncommitted
from mbl.session.place import Place, Tell
from mbl.session.values import item_values
from mbl.storage import disk
from mbl.storage.lock import lock

Decision = Callable[[Workshop, Backlog], tuple[Workshop, Backlog]]
_NAME = "workshop"


def under_way(at: Place, *, tell: Tell = silent) -> Workshop | None:
    """The workshop that was begun and not ended; None if there is none."""
    found = _read(at)
    if found is None and at.state is not None and (at.state / _NAME).exists():
        with suppress(OSError):
            os.replace(at.state / _NAME, at.state / f"{_NAME}.damaged")
        tell(f"The notes of the last workshop are damaged. They lie in {at.state / _NAME}.damaged.")
    return None if found is None or found.ended else found


def begin(at: Place, workshop: Workshop) -> None:
    """Note a new workshop; what is left of an earlier one is forgotten."""
    with lock(at.state):
        _write(at, workshop)


def noted(at: Place, change: Callable[[Workshop], Workshop]) -> None:
    """Change the notes alone. Raises MblError if they are gone."""
    with lock(at.state):
        _write(at, change(_present(at)))


def decided(at: Place, decision: Decision, *, tell: Tell = silent) -> Saved:
    """Note a decision, and change the backlog by it: all of it or nothing. Raises MblError."""

    def verb(backlog: Backlog) -> Backlog:
        workshop, after = decision(core.settled(_present(at), backlog), backlog)
        _write(at, workshop)
        return after

    return changed(at, verb, tell=tell)


def taken_back(at: Place, *, tell: Tell = silent) -> Step:
    """Undo the last step, in the notes and in the backlog. Raises MblError if somebody changed the request since."""
    last: list[Step] = []

    def back(workshop: Workshop, backlog: Backlog) -> tuple[Workshop, Backlog]:
        before = core.taken_back(workshop, backlog)
        last.append(workshop.steps[-1])
        after = _restored(backlog, last[-1])
        return core.touching(before, before=backlog, after=after), after

    decided(at, back, tell=tell)
    return last[-1]


def to_commit(at: Place, workshop: Workshop) -> Saved | None:
    """What the workshop changed and nobody committed yet; None if there is nothing. Raises MblError."""
    change = uncommitted(at)
    paths = tuple(path for path in change.paths if path in workshop.paths)
    backlogs = (change.before, change.after)
    ids = {id_ for backlog in backlogs for id_, path in backlog.path_of.items() if path in paths}
    changes = tuple(each for each in change.changes if each.id in ids)
    return replace(change, paths=paths, changes=changes) if paths else None


def commit(at: Place, change: Saved, *, text: str, tell: Tell = silent) -> Saved:
    """The change as one commit with this message. Raises MblError."""
    return committed(at, change, text=text, tell=tell)


def write_minutes(file: Path, text: str) -> None:
    """Write the minutes; a file that is none of ours is left alone. Raises MblError."""
    refuse_foreign(file)
    try:
        disk.replace(file.absolute().parent, file.name, text.encode())
    except OSError as error:
        raise disk.failure(error, str(file)) from None


def refuse_foreign(file: Path) -> None:
    """Raise MblError if the minutes could not be written there: something else is, or the folder is missing."""
    if not file.absolute().parent.is_dir():
        raise MblError(f"There is no folder {file.parent}.", hint="Make it first, or name another file.")
    if file.is_dir():
        raise MblError(f"{file} is a folder.", hint="Name a file for the minutes.")
    if file.exists() and not file.read_bytes().startswith(HEADING.encode()):
        raise MblError(f"{file} exists, and holds no minutes.", hint="Name another file for the minutes.")


HEADING = "# Workshop of "
"""How minutes begin."""


def _restored(backlog: Backlog, step: Step) -> Backlog:
    if step.kind == "idea":
        return core.without(backlog, step.id)
    return edited(backlog, [step.id], item_values(step.was)) if step.was else backlog


def _present(at: Place) -> Workshop:
    found = _read(at)
    if found is None:
        raise MblError("The notes of this workshop are gone.", hint="Begin anew: mbl workshop --again.")
    return found


def _read(at: Place) -> Workshop | None:
    """The notes as they are; None if there are none, or none that can be read."""
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        noted: Any = json.loads((at.state / _NAME).read_bytes()) if at.state else None
        return codec.valid(Workshop, noted) if isinstance(noted, dict) else None
    except (OSError, ValueError, Malformed):
        return None


def _write(at: Place, workshop: Workshop) -> None:
    if at.state is None:
        return
    noted = json.dumps(asdict(workshop), default=str, ensure_ascii=False)
    try:
        disk.replace(at.state, _NAME, noted.encode())
    except OSError as error:
        raise disk.failure(error, "the workshop's notes") from None
