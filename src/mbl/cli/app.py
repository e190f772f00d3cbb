"""The program: one lazy group of commands, the global options, and the one place where errors end.

A command's module is imported, and its options are built, only when it is called.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from mbl.cli.table import COMMANDS
from mbl.errors import MblError


@dataclass(slots=True)
class App:
    """What the user said before the command, and the format the command was asked for (errors follow it)."""

    root: str | None = None
    today: str | None = None
    color: bool = True
    quiet: bool = False
    format: str = "table"


class Group(TyperGroup):
    """Commands by name from the table; every MblError becomes a message and an exit code here."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast(Any, dict.fromkeys(COMMANDS))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        row = COMMANDS.get(cmd_name)
        return None if row is None else built(cmd_name)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except MblError as error:
            from mbl.cli.output import fail

            fail(error, ctx.ensure_object(App))
            raise typer.Exit(error.exit_code) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for group in dict.fromkeys(row.group for row in COMMANDS.values()):
            names = [name for name, row in COMMANDS.items() if row.group == group]
            with formatter.section(group):
                formatter.write_dl([(name, built(name).get_short_help_str(200)) for name in names])


def built(name: str) -> Any:
    """The command with this name, with its options."""
    row = COMMANDS[name]
    module, _, function = row.function.partition(":")
    holder = typer.Typer(add_completion=False, rich_markup_mode=None)
    epilog = f"\b\nExample:\n  {row.example}"
    options = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    holder.command(name, epilog=epilog, context_settings=options)(
        getattr(import_module(f"mbl.cli.{module}"), function)
    )
    return typer.main.get_command(holder)


app = typer.Typer(
    cls=Group,
    name="mbl",
    rich_markup_mode=None,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nStart with: mbl init, mbl add, mbl list. Help on one command: mbl add --help",
)


def _version(wanted: bool) -> None:
    if wanted:
        from mbl import __version__

        typer.echo(f"mbl {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def mbl(
    ctx: typer.Context,
    *,
    root: Annotated[
        str | None,
        typer.Option(
            metavar="DIR", envvar="MBL_ROOT", help="The backlog's folder, if not this one or one above."
        ),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="DATE", envvar="MBL_TODAY", help="Work as if it were this day (2026-11-30)."),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="Without colours; also: NO_COLOR=1.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only answers and errors.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The marketing backlog that lives in git: one ranked list, honest months of work, a kind no.

    Without a command, mbl shows where things stand.
    """
    del version
    ctx.obj = App(root=root, today=today, color=not no_color, quiet=quiet)
    if ctx.invoked_subcommand is None:
        from mbl.cli.home import home

        home(ctx)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the program; what cannot be written in the terminal's encoding is replaced, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        typer.main.get_command(app)(args=arguments, prog_name="mbl")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _close_quietly()
        sys.exit(0)


def _close_quietly() -> None:
    """The reader of a pipe went away (`mbl list | head`): nothing more to say, and no complaint at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
