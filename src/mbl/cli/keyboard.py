"""The keyboard of a terminal: a line with its editing keys, or a single key without Enter.

Refuses nothing; the terminal is always left as it was found, also by Ctrl-C.
"""

import os
import sys

END = frozenset({"", "\x04", "\x1a"})
"""No more input, or Ctrl-D (Ctrl-Z where that ends it)."""
ENTER = "enter"
ESCAPE = "escape"
_NAMES = {"\r": ENTER, "\n": ENTER, "\x1b": ESCAPE}


def typed(prompt: str) -> str:
    """The line behind this prompt. Raises EOFError at the end of input."""
    if sys.stdout.isatty():
        _with_editing_keys()
        return input(prompt)
    _show(prompt)
    found = sys.stdin.readline()
    if not found:
        raise EOFError
    return found


def pressed(prompt: str) -> str | None:
    """The next key behind this prompt: its letter, `enter`, or `escape` for a key that has no letter; None at the end of input."""
    found = _pressed(prompt)
    return None if found in END else _NAMES.get(found, found)


def _show(prompt: str) -> None:
    sys.stderr.write(prompt)
    sys.stderr.flush()


def _with_editing_keys() -> None:
    """Arrow keys move and recall: `input` uses this library as soon as it is there."""
    import contextlib

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _pressed(prompt: str) -> str:
        _show(prompt)
        found = msvcrt.getwch()
        if found == "\x03":
            raise KeyboardInterrupt
        if found in ("\x00", "\xe0"):
            msvcrt.getwch()
            return "\x1b"
        return found

else:
    import select
    import termios
    import tty

    _PATIENCE = 0.05
    """Seconds within which the rest of an arrow key arrives."""

    def _pressed(prompt: str) -> str:
        keyboard = sys.stdin.fileno()
        before = termios.tcgetattr(keyboard)
        try:
            tty.setcbreak(keyboard, termios.TCSADRAIN)
            _show(prompt)  # only now: who sees it may press Ctrl-D
            return _character(keyboard)
        finally:
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)

    def _character(keyboard: int) -> str:
        """One character of one byte or several; of an arrow key only that it was one."""
        found = _byte(keyboard)
        if found == b"\x1b":
            while select.select([keyboard], [], [], _PATIENCE)[0] and os.read(keyboard, 32):
                pass
            return "\x1b"
        while found and found[0] >= 0xC0 and len(found) < _length(found[0]):  # noqa: PLR2004
            found += _byte(keyboard) or b"?"
        return found.decode("utf-8", "replace")

    def _byte(keyboard: int) -> bytes:
        try:
            return os.read(keyboard, 1)
        except OSError:  # the terminal is gone
            return b""

    def _length(first: int) -> int:
        """How many bytes a character in UTF-8 has, by its first byte."""
        return 2 if first < 0xE0 else 3 if first < 0xF0 else 4  # noqa: PLR2004
