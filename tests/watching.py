"""What a piece of code really does to the disk, as Python itself tells (audit events): no mocks, nothing patched."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Watcher = Callable[[str, str], None]
_watchers: list[Watcher] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watchers and event in ("open", "os.rename", "os.remove") and isinstance(arguments[0], str | bytes):
        watchers = tuple(_watchers)
        _watchers.clear()  # what a watcher does itself is not watched
        try:
            for watcher in watchers:
                watcher(event, str(arguments[0]))
        finally:
            _watchers.extend(watchers)


sys.addaudithook(_hook)


@contextmanager
def watching(watcher: Watcher) -> Iterator[None]:
    """Call the watcher before each file is opened, renamed or removed."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


@contextmanager
def opened(folder: str = "/items/") -> Iterator[list[str]]:
    """The names of the files below such a folder that are opened meanwhile."""
    names: list[str] = []

    def note(event: str, path: str) -> None:
        if event == "open" and folder in path:
            names.append(path.rpartition("/")[2])

    with watching(note):
        yield names
