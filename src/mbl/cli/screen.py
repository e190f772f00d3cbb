"""A screen of its own in the terminal, drawn again and again, and left as if nothing had been there.

Also after Ctrl-C, Ctrl-Z, a closed window, and a crash. Refuses nothing; where there is no terminal there is no screen.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType

_ENTER = "\x1b[?1049h\x1b[?25l"
_LEAVE = "\x1b[?25h\x1b[?1049l"
_HOME, _REST_OF_LINE, _REST = "\x1b[H", "\x1b[K", "\x1b[J"
_ENDS = ("SIGTERM", "SIGHUP")


class Screen:
    """What is drawn on it stays until the next drawing. `stale`: something else wrote on it meanwhile."""

    def __init__(self) -> None:
        self.stale = True

    def draw(self, text: str, *, height: int) -> None:
        """Replace everything by the first lines of the text."""
        lines = text.rstrip("\n").split("\n")[: max(1, height - 1)]
        sys.stdout.write(_HOME + "".join(f"{line}{_REST_OF_LINE}\r\n" for line in lines) + _REST)
        sys.stdout.flush()
        self.stale = False

    def wait(self, seconds: float) -> None:
        """A pause; raises KeyboardInterrupt when somebody presses q."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if _pressed(left) in ("q", "Q", "\x04"):
                raise KeyboardInterrupt


@contextlib.contextmanager
def screen() -> Iterator[Screen]:
    """The screen while the block runs."""
    made = Screen()
    with _signals(made), _keys():
        try:
            sys.stdout.write(_ENTER)
            yield made
        finally:
            sys.stdout.write(_LEAVE)
            sys.stdout.flush()


@contextlib.contextmanager
def _signals(made: Screen) -> Iterator[None]:
    """Whoever ends or stops the program gets the terminal back first."""

    def ended(number: int, frame: FrameType | None) -> None:
        del frame
        sys.exit(128 + number)

    def stopped(number: int, frame: FrameType | None) -> None:
        del number, frame
        os.write(sys.stdout.fileno(), _LEAVE.encode())
        os.kill(os.getpid(), signal.SIGSTOP)
        os.write(sys.stdout.fileno(), _ENTER.encode())
        made.stale = True

    handlers = {**dict.fromkeys(_ENDS, ended), "SIGTSTP": stopped}
    known = {getattr(signal, name): each for name, each in handlers.items() if hasattr(signal, name)}
    before = {number: signal.signal(number, each) for number, each in known.items()}
    try:
        yield
    finally:
        for number, each in before.items():
            signal.signal(number, each)


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    _STEP = 0.1

    def _pressed(seconds: float) -> str:
        if msvcrt.kbhit():
            return msvcrt.getwch()
        time.sleep(min(seconds, _STEP))
        return ""

    _keys = contextlib.nullcontext

else:
    import select
    import termios
    import tty

    def _pressed(seconds: float) -> str:
        """The key pressed within this time; where nobody sits at a keyboard, none."""
        if not sys.stdin.isatty():
            time.sleep(seconds)
            return ""
        keyboard = sys.stdin.fileno()
        if not select.select([keyboard], [], [], seconds)[0]:
            return ""
        return os.read(keyboard, 1).decode("ascii", "replace") or "\x04"

    @contextlib.contextmanager
    def _keys() -> Iterator[None]:
        """Keys arrive one by one, and do not show."""
        if not sys.stdin.isatty():
            yield
            return
        keyboard = sys.stdin.fileno()
        before = termios.tcgetattr(keyboard)
        try:
            tty.setcbreak(keyboard, termios.TCSADRAIN)
            yield
        finally:
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
