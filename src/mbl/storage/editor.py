"""The user's own editor: hand over a text, take it back, and hand it over again until it can be read.

Refuses to go on when the editor fails, and gives up when the user leaves a faulty text as it is.
"""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mbl.errors import MblError

T = TypeVar("T")
REASON = "#! "
"""Lines that begin so are ours: why the text could not be read. They never reach the file."""


def edited(text: str, *, name: str, read: Callable[[str], T]) -> T | None:
    """What `read` makes of the edited text; None if the text was left as it was.

    When `read` raises MblError the editor opens again with the reason on top. Raises MblError.
    """
    with tempfile.TemporaryDirectory(prefix="mbl-") as folder:
        path = Path(folder) / name
        before, shown = text, text
        while True:
            given = _opened(path, shown).splitlines(keepends=True)
            body = "".join(line for line in given if not line.startswith(REASON))
            if body == text and shown == text:
                return None
            try:
                return read(body)
            except MblError as error:
                if body in (before, text) and shown != text:
                    message = "\n".join((f"Nothing was changed. {error.message}", *_problems(error)))
                    raise MblError(message, hint=error.hint, problems=error.problems) from None
                before, shown = body, _with_reasons(body, error)


def _opened(path: Path, text: str) -> str:
    path.write_bytes(text.encode())
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        status = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise MblError(
            f"The editor could not be started ({command}): {error}.",
            hint="Set EDITOR to the editor you like.",
        ) from None
    if status != 0:
        raise MblError(f"The editor ended with an error ({status}): nothing was changed.")
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise MblError(f"The edited text could not be read ({error}): nothing was changed.") from None


def _with_reasons(body: str, error: MblError) -> str:
    said = [error.message, error.hint, *_problems(error)]
    lines = [line for text in said for line in text.splitlines() if line]
    return "".join(f"{REASON}{line}\n" for line in lines) + body


def _problems(error: MblError) -> list[str]:
    return [f"{each.where}: {each.message}. {each.fix}".strip() for each in error.problems]
