"""One writer at a time: a lock that the system frees when its holder ends, however it ends.

Refuses to wait for ever, and to work where there is nowhere to put the lock.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mbl.errors import MblError

PATIENCE = 60.0
"""Seconds to wait for another writer."""
_SILENT = 2.0
"""Seconds to wait before saying so."""


@contextmanager
def lock(state: Path | None, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the backlog for writing. Raises MblError after `patience` seconds, or without a state folder."""
    if state is None:
        raise MblError(
            "This folder is read-only for you: nothing can be changed here.",
            hint="Check the permissions of the backlog's folder.",
        )
    file = _held(state / "lock", patience)
    try:
        yield
    finally:
        _release(file)
        file.close()


def _held(path: Path, patience: float) -> Any:
    """The lock's file, locked. Who deletes it while others wait gives them a new one to wait for."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = open(path, "ab+")  # noqa: SIM115 - held until the caller is done
        except OSError as error:
            raise MblError(
                f"The lock {path} cannot be opened: {error.strerror}.",
                hint="Check the permissions of this folder. The lock may be deleted when no mbl is running.",
            ) from None
        _wait_for(file, patience)
        if _is_there(file, path):
            return file
        file.close()


def _wait_for(file: Any, patience: float) -> None:
    began, told = time.monotonic(), False
    while not _try_lock(file):
        waited = time.monotonic() - began
        if waited > patience:
            file.close()
            raise MblError(
                "Another mbl is changing this backlog, and does not come to an end.",
                hint="Wait for it, or stop it, then try again.",
            )
        if waited > _SILENT and not told:
            told = True
            sys.stderr.write("Waiting for another mbl to finish …\n")
        time.sleep(0.02)


def _is_there(file: Any, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(file: Any) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: Any) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: Any) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: Any) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
