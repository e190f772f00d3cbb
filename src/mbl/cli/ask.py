"""Ask whoever sits at the terminal: one line, or one key, on standard error so that answers stay on standard output.

Asks nobody in a script: look at `somebody_there` first. Ctrl-C ends the program as everywhere (KeyboardInterrupt,
exit code 130), the end of input is the answer None: a caller saves what is decided before it asks on.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date

import typer

from mbl.cli.app import App
from mbl.cli.keyboard import ENTER, pressed, typed
from mbl.core.report import Block, Report
from mbl.render import Canvas, drawn
from mbl.render.safe import shown
from mbl.render.width import cells, wrapped

__all__ = [
    "ENTER",
    "clear",
    "key",
    "key_lines",
    "line",
    "say",
    "screen",
    "show",
    "somebody_there",
    "write",
    "yes",
]

_NARROWEST = 20
_GAP = "   "
_STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|.)?|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def somebody_there() -> bool:
    """Whether a person can be asked: the keyboard is a terminal, and so is what they look at."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def line(question: str = "") -> str | None:
    """The line that was typed, without control characters; "" for Enter alone, None at the end of input."""
    say(question)
    while True:
        try:
            found = typed("> ")
        except EOFError:
            write("\n")
            return None
        except KeyboardInterrupt:
            write("\n")
            raise
        except UnicodeDecodeError:
            found = "\ud800"
        if not any("\ud800" <= letter <= "\udfff" for letter in found):
            return " ".join(_STEERING.sub("", found).split())
        say("That is not text. Is the terminal set to UTF-8?")


def key(keys: Mapping[str, str], *, question: str = "") -> str | None:
    """The key that was pressed, one of these (each with what it does); None at the end of input."""
    say(question)
    say("\n".join(key_lines(keys, width())))
    while True:
        try:
            found = pressed("> ")
        except KeyboardInterrupt:
            write("\n")
            raise
        if found is None or found.casefold() in keys:
            write((keys[found.casefold()] if found else "") + "\n")
            return found and found.casefold()
        say(f"{shown(found)} does nothing here.")


def yes(question: str) -> bool:
    """Whether the answer is yes; the end of input is a no."""
    return key({"y": "yes", "n": "no"}, question=question) == "y"


def say(text: str) -> None:
    """Lines for whoever is asked, broken between words."""
    for each in text.splitlines():
        write("\n".join(wrapped(shown(each), width())) + "\n")


def screen(ctx: typer.Context, blocks: Sequence[Block], *, today: date) -> str:
    """The blocks as they look on the terminal that is asked."""
    return drawn(Report(kind="screen", payload=dict, blocks=tuple(blocks)), _canvas(ctx, today))


def show(ctx: typer.Context, blocks: Sequence[Block], *, today: date) -> None:
    """Draw the blocks where the question is asked."""
    write(screen(ctx, blocks, today=today))


def clear() -> None:
    """Begin a fresh screen, where the terminal knows how."""
    if os.environ.get("TERM", "dumb") != "dumb":
        write("\x1b[H\x1b[2J")


def width() -> int:
    """The columns of the terminal that is asked."""
    return max(_size()[0], _NARROWEST)


def height() -> int:
    """Its lines."""
    return _size()[1]


def key_lines(keys: Mapping[str, str], width: int) -> list[str]:
    """`[m] Must   [s] Should …` in as few lines as fit; no pair is torn apart."""
    lines: list[str] = []
    for name, does in keys.items():
        pair = f"[{name.capitalize() if len(name) > 1 else name}] {does}"
        if lines and cells(lines[-1] + _GAP + pair) <= width:
            lines[-1] += _GAP + pair
        else:
            lines.append(pair)
    return lines


def write(text: str) -> None:
    """Text as it is, without a new line at its end."""
    typer.echo(text, err=True, nl=False)
    sys.stderr.flush()


def _canvas(ctx: typer.Context, today: date) -> Canvas:
    app: App = ctx.find_root().ensure_object(App)
    color = app.color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Canvas(today=today, width=width(), height=height(), tty=True, color=color, whole=True)


def _size() -> tuple[int, int]:
    try:
        size = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        return 80, 24
    return (size.columns, size.lines) if size.columns else (80, 24)
