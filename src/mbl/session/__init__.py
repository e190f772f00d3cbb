"""mbl without a command line: open a backlog, preview a change, save it, check it, commit it.

What changes a backlog is loaded when it is first asked for: a list must not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mbl.session.place import Advance, Place, opened, place, today, who

if TYPE_CHECKING:
    from mbl.session.change import Saved, Verb, changed
    from mbl.session.check import mended
    from mbl.session.commit import committed, uncommitted
    from mbl.session.editing import edited_file, edited_noun, in_editor

_LATER = {
    "Saved": "change",
    "Verb": "change",
    "changed": "change",
    "committed": "commit",
    "edited_file": "editing",
    "edited_noun": "editing",
    "in_editor": "editing",
    "mended": "check",
    "uncommitted": "commit",
}

__all__ = [
    "Advance",
    "Place",
    "Saved",
    "Verb",
    "changed",
    "committed",
    "edited_file",
    "edited_noun",
    "in_editor",
    "mended",
    "opened",
    "place",
    "today",
    "uncommitted",
    "who",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"mbl.session.{_LATER[name]}"), name)
