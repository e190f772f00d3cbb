# ruff: noqa: INP001 - a script beside its pages, not a package
"""The pages and pictures that are made from the program: `make docs` writes them, `--check` finds stale ones.

Everything is made from the living example on its own day, with fixed columns: on every machine the same. A
picture counts as stale when it shows other words; how Rich draws them may differ from version to version.
"""

import ast
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, redirect_stdout
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from unittest.mock import patch

from rich.console import Console
from rich.text import Text

from mbl.cli.app import run
from mbl.cli.table import COMMANDS, all_rows
from mbl.model.backlog import FOLDERS
from mbl.model.noun import Form, Help, key_of, keys
from mbl.model.settings import Settings
from mbl.model.team import Person

DOCS = Path(__file__).resolve().parent
SOURCE = DOCS.parent / "src" / "mbl"
ACME = DOCS.parent / "examples" / "acme"
TODAY = "2026-11-22"
PAGE, PICTURE = 80, 100
"""Columns."""

EXAMPLE = "items/webinar-for-ctos-k7f3x.yaml"
PICTURES: Mapping[str, str] = {"list.svg": "list --limit 12", "capacity.svg": "capacity"}
"""Each picture, and the command whose screen it is."""

KINDS: Mapping[str, tuple[str, Any]] = {
    "mbl.yaml": ("The settings.", Settings),
    "people.yaml": ("Who does the work: one entry a person, under the word that other files use.", Person),
    "items/<slug>-<id>.yaml": ("A request, whatever became of it.", FOLDERS["items"]),
    "guidepoints/<name>.yaml": ("What success looks like in the coming months.", FOLDERS["guidepoints"]),
    "blueprints/<name>.yaml": ("Three months of agreed deliverables.", FOLDERS["blueprints"]),
    "campaigns/<slug>-<id>.yaml": ("A micro-campaign.", FOLDERS["campaigns"]),
    "teams/<name>.yaml": ("A team. Its file's name is the word that items use.", FOLDERS["teams"]),
    "measures/<name>.yaml": ("A number that is read again and again.", FOLDERS["measures"]),
}
"""Each kind of file: what it holds, and the noun behind it."""


def main(arguments: list[str]) -> int:
    """Write what is stale, or with `--check` only name it; 1 if a check found anything."""
    check = "--check" in arguments
    stale = {path: made for path, made in pages().items() if not _same(path, made)}
    for path, made in stale.items():
        if not check:
            path.write_text(made, "utf-8")
        sys.stdout.write(f"{'stale' if check else 'written'}: docs/{path.name}\n")
    if check and stale:
        sys.stdout.write("Run: make docs\n")
    return int(check and bool(stale))


def pages() -> dict[Path, str]:
    """Every generated page and picture, as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ACME, Path(folder) / "acme", ignore=shutil.ignore_patterns(".*"))
        with chdir(Path(folder) / "acme"):
            pictures = {DOCS / name: _picture(name, command) for name, command in PICTURES.items()}
    texts = {"commands.md": _commands(), "files.md": _files(), "architecture.md": _house()}
    return {**{DOCS / name: text for name, text in texts.items()}, **pictures}


def printed(command: str, screen: StringIO, *, width: int = PAGE) -> str:
    """What mbl prints for this command line; SystemExit if it fails."""
    here = {"COLUMNS": str(width), "LINES": "60", "TERM": "xterm-256color", "MBL_TODAY": TODAY}
    others = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "MBL_ROOT")}
    with patch.dict(os.environ, {**others, **here}, clear=True), redirect_stdout(screen):
        try:
            run(command.split())
        except SystemExit as end:
            if end.code:
                raise
    return screen.getvalue()


class _Terminal(StringIO):
    """A standard output that is watched."""

    def isatty(self) -> bool:
        return True


def _same(path: Path, made: str) -> bool:
    old = path.read_text("utf-8") if path.exists() else ""
    return _words(old) == _words(made) if path.suffix == ".svg" else old == made


def _words(svg: str) -> str:
    """The text that a picture shows."""
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return unescape("".join(drawn)).replace("\N{NO-BREAK SPACE}", " ")


def _picture(name: str, command: str) -> str:
    """The screen of a terminal in which the command was typed."""
    shown = printed(command, _Terminal(), width=PICTURE)
    console = Console(record=True, width=PICTURE, file=StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text(f"$ mbl {command}", style="bold"))
    console.print(Text.from_ansi(shown), soft_wrap=True)
    svg = console.export_svg(title=f"mbl {command}", unique_id=name.partition(".")[0])
    offline = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    local = offline.replace("Fira Code, monospace", "Fira Code, Menlo, Consolas, DejaVu Sans Mono, monospace")
    return "".join(f"{line.rstrip()}\n" for line in local.splitlines())


def _commands() -> str:
    parts = [
        "# The commands",
        "This page is made from the program's own help (`make docs`). `mbl --help` shows the same.",
        _fenced(printed("--help", StringIO())),
    ]
    for group in dict.fromkeys(row.group for row in COMMANDS.values()):
        parts.append(f"## {group}")
        for words in all_rows({name: row for name, row in COMMANDS.items() if row.group == group}):
            parts += [f"### mbl {words}", _fenced(printed(f"{words} --help", StringIO()))]
    return "\n\n".join(parts) + "\n"


def _fenced(text: str) -> str:
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    return "\n".join(("```text", *lines, "```"))


def _files() -> str:
    example = f"```yaml\n{(ACME / EXAMPLE).read_text('utf-8')}```"
    tables = "\n\n".join(_kind(name, about, noun) for name, (about, noun) in KINDS.items())
    return _renewed("files.md", example=example, keys=tables)


def _house() -> str:
    """Every module with the first sentence of what it says about itself."""
    rows = ["| file | what it is for |", "|---|---|"]
    for path in sorted(SOURCE.rglob("*.py")):
        said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        name = path.relative_to(SOURCE).as_posix().removesuffix("/__init__.py")
        if name != "__init__.py":
            rows.append(f"| `{name}` | {_cell(said.partition(chr(10))[0])} |")
    return _renewed("architecture.md", house="\n".join(rows))


def _renewed(name: str, **parts: str) -> str:
    """A page with its generated parts made anew; what people wrote around them stays. ValueError if one is gone."""
    page = (DOCS / name).read_text("utf-8")
    for part, made in parts.items():
        begin, end = f"<!-- made by make docs: {part} -->\n", "<!-- end -->\n"
        before, found, rest = page.partition(begin)
        if not found:
            raise ValueError(f"docs/{name} has lost the line {begin!r}")
        page = f"{before}{begin}\n{made}\n\n{end}{rest.partition(end)[2]}"
    return page


def _kind(name: str, about: str, noun: Any) -> str:
    rows = [f"| `{key}` | {_cell(what)} | {_cell(form)} |" for key, what, form in _rows(noun)]
    return "\n".join(
        (f"### `{name}`", "", about, "", "| key | what it is | value |", "|---|---|---|", *rows, "")
    )


def _rows(noun: Any, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Key, meaning and form of each field, those of nested nouns behind their own."""
    hints = get_type_hints(noun, include_extras=True)
    found = {key_of(field.name): field for field in fields(noun)}
    for key in keys(noun):
        field = found[key]
        hint = hints[field.name]
        what = next(mark.text for mark in hint.__metadata__ if isinstance(mark, Help))
        required = field.default is MISSING and field.default_factory is MISSING
        yield f"{prefix}{key}", what, ("required; " if required else "") + _form(hint)
        inner = _inner(hint)
        if inner is not None:
            yield from _rows(inner, f"{prefix}{key}.")


def _inner(hint: Any) -> Any:
    """The noun inside a type, if there is one."""
    if is_dataclass(hint) and isinstance(hint, type):
        return hint
    return next((found for part in get_args(hint) if (found := _inner(part)) is not None), None)


def _form(hint: Any) -> str:
    """What a value of this type looks like, in words."""
    origin, parts = get_origin(hint), [part for part in get_args(hint) if part is not type(None)]
    if origin is Annotated:
        said = [mark.says for mark in hint.__metadata__ if isinstance(mark, Form)]
        return _SHORT.get(said[0], said[0]) if said else _form(parts[0])
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in parts)
    if origin is tuple:
        return f"a list, each {_form(parts[0])}"
    if origin is dict:
        return f"`{{…}}`, each {_form(parts[1])}"
    if parts:
        return " or ".join(map(_form, parts))
    return _PLAIN.get(hint, "`{…}`")


_PLAIN: Mapping[Any, str] = {
    str: "a text",
    bool: "`true` or `false`",
    int: "a whole number",
    float: "a number",
    date: "a date like 2026-11-30",
}
_SHORT: Mapping[str, str] = {
    "one word without spaces, commas or =": "one word",
    "five of the characters bcdfghjkmnpqrstvwxz23456789, the first a letter": "an id",
}
"""The forms that the page explains once."""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
