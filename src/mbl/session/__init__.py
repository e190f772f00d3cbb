"""mbl without a command line: open a backlog, preview a change, save it, check it, commit it."""

from mbl.session.change import (
    Saved,
    Verb,
    changed,
    commit_paths,
    edited_file,
    in_editor,
    is_detached,
    mended,
    uncommitted,
)
from mbl.session.place import Advance, Place, opened, place, today, who

__all__ = [
    "Advance",
    "Place",
    "Saved",
    "Verb",
    "changed",
    "commit_paths",
    "edited_file",
    "in_editor",
    "is_detached",
    "mended",
    "opened",
    "place",
    "today",
    "uncommitted",
    "who",
]
