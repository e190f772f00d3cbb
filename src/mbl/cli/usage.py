"""A wrong command line, in plain words: what was not understood, what may have been meant, and an example.

Refuses nothing itself: Typer found the mistake, and this only says it better.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from shlex import quote
from typing import Any

from mbl.cli.table import row_of
from mbl.errors import MblError

_EVERYWHERE = ("--root", "--today", "--no-color", "--quiet", "-q", "--version")
_PLAIN_WORDS = (
    (r"is not a valid (?:int|integer)(?: range)?\.", "is not a whole number."),
    (r"is not a valid float(?: range)?\.", "is not a number."),
    (r"is not in the range x>=(\S+)\.", r"is less than \1."),
    (r"^Invalid value for '([^']*)': ", r"\1: "),
    (r"^Got unexpected extra argument\S* \((.*)\)$", r"Too many words: \1."),
)


def usage_error(error: Any, arguments: Sequence[str]) -> MblError:
    """The error of Typer as one of ours, with exit code 2."""
    command = _command(error)
    said = (
        _dashed_title(error, command, arguments)
        or _unknown_option(error, command)
        or _missing(error, command)
        or _other(error, command)
    )
    return MblError(said[0], hint=said[1], exit_code=2)


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for JSON, also where it cannot be understood."""
    pairs = pairwise(arguments)
    asked = [word.partition("=")[2] for word in arguments if word.startswith("--format=")]
    asked += [word[2:] for word in arguments if word.startswith("-f")]
    asked += [after for word, after in pairs if word in ("-f", "--format")]
    return any(form.casefold() == "json" for form in asked)


def _command(error: Any) -> str:
    """The words of the command that could not be understood; empty for mbl itself."""
    context = getattr(error, "ctx", None)
    words = context.command_path.split()[1:] if context is not None else []
    return " ".join(words) if row_of(words) else ""


def _dashed_title(error: Any, command: str, arguments: Sequence[str]) -> tuple[str, str] | None:
    """What looks like an option may be the title of a request."""
    option = getattr(error, "option_name", None)
    title = next((word for word in arguments if option and word.startswith(option)), "")
    if command != "add" or title.startswith("--") or not title:
        return None
    return (f"{title!r} begins with a dash, like an option.", f"Is it the title? mbl add -- {quote(title)}")


def _unknown_option(error: Any, command: str) -> tuple[str, str] | None:
    if not hasattr(error, "possibilities"):
        return None
    option, near = error.option_name, sorted(error.possibilities or ())[:3]
    hint = f"Did you mean {' or '.join(near)}?" if near else _more(command)
    if option in _EVERYWHERE and command:
        value = " …" if option in ("--root", "--today") else ""
        hint = f"It goes before the command: mbl {option}{value} {command}"
    return f"{f'mbl {command}'.strip()} has no option {option}.", hint


def _missing(error: Any, command: str) -> tuple[str, str] | None:
    if not hasattr(error, "param_type") or error.param is None:
        return None
    name = error.param.make_metavar(error.ctx).strip("[].")
    row = row_of(command.split())
    example = row.example if row else "mbl --help"
    return f"{name} is missing: {error.param.help}", f"For example: {example}"


def _other(error: Any, command: str) -> tuple[str, str]:
    said: str = error.format_message()
    for pattern, words in _PLAIN_WORDS:
        said = re.sub(pattern, words, said)
    if command == "add" and said.startswith("Too many words"):
        return said, 'Put the title in quotes: mbl add "Webinar for CTOs"'
    if "Did you mean" in said or said.startswith("-"):
        return said, ""
    shows = command and "No such command" in said and row_of([*command.split(), "show"])
    return said, f"To look at one: mbl {command} show REF. {_more(command)}" if shows else _more(command)


def _more(command: str) -> str:
    return f"`mbl {command} --help` says what it knows." if command else "`mbl --help` shows every command."
