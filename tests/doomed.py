"""A command in a real process that something happens to at an exact moment of its work on the disk."""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any

from world import Said, mbl

Event = Callable[[int, str, str], None]
"""Called before the n-th write to the disk (from 1) with its kind (open, os.rename, os.remove, os.mkdir) and path."""
_CRASHED = 99


def doomed(event: Event, *arguments: str) -> Said | None:
    """Run the command line in a forked process, whose every step on the disk calls `event`; None if it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _run(event, arguments, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    assert os.WEXITSTATUS(status) == 0, "the command line crashed"
    said: Said = pickle.loads(told)
    return said


def killed_at(step: int) -> Event:
    """The event that kills the process before this step."""

    def kill(number: int, kind: str, path: str) -> None:
        if number == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


def _run(event: Event, arguments: tuple[str, ...], writer: int) -> None:
    """Never returns: a forked process must not go on with the tests."""
    steps = 0

    def hook(name: str, given: tuple[Any, ...]) -> None:
        nonlocal steps
        if _writes(name, given):
            steps += 1
            event(steps, name, os.fspath(given[0]))

    try:
        sys.addaudithook(hook)
        os.write(writer, pickle.dumps(mbl(*arguments)))
        os._exit(0)
    finally:
        os._exit(_CRASHED)


def _writes(name: str, given: tuple[Any, ...]) -> bool:
    if name == "open":
        return isinstance(given[0], str) and bool(given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return name in ("os.rename", "os.remove", "os.mkdir")
