"""The program: one lazy group of commands, the global options, and the one place where errors end.

A command's module is imported, and its options are built, only when it is called.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from mbl.cli.table import COMMANDS, Row
from mbl.errors import MblError


@dataclass(slots=True)
class App:
    """What the user said before the command."""

    root: str | None = None
    today: str | None = None
    color: bool = True
    quiet: bool = False


class Command(TyperCommand):
    """A command whose usage reads like a manual: `mbl show [OPTIONS] REF...`."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class Group(TyperGroup):
    """Commands by name from the table; every MblError becomes a message and an exit code here."""

    rows: Mapping[str, Row] = COMMANDS

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast(Any, dict.fromkeys(self.rows))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        row = self.rows.get(cmd_name)
        return None if row is None else built(cmd_name, row)

    def main(self, args: Sequence[str] | None = None, *arguments: Any, **options: Any) -> Any:
        given = sys.argv[1:] if args is None else list(args)
        try:
            _demand_text(given)
            code = super().main(given, *arguments, **{**options, "standalone_mode": False})
        except TyperException as error:
            from mbl.cli.usage import usage_error

            code = _failed(usage_error(error, given), given)
        except MblError as error:
            code = _failed(error, given)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            code = _failed(MblError(f"{where}{error.strerror or error}."), given)
        sys.exit(code)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _close_quietly()
            raise typer.Exit from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for group in dict.fromkeys(row.group for row in self.rows.values()):
            rows = [(name, row) for name, row in self.rows.items() if row.group == group]
            with formatter.section(group or "Commands"):
                formatter.write_dl([(name, built(name, row).get_short_help_str(200)) for name, row in rows])


def built(name: str, row: Row | None = None) -> Any:
    """The command with this name, with its options; of the table, unless another row is given."""
    row = row or COMMANDS[name]
    module, _, function = row.function.partition(":")
    called = getattr(import_module(f"mbl.cli.{module}"), function)
    epilog = f"\b\nExample:\n  {row.example}"
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    holder = typer.Typer(add_completion=False, rich_markup_mode=None)
    if not row.below:
        holder.command(name, cls=Command, epilog=epilog, context_settings=settings)(called)
        return typer.main.get_command(holder)
    lazy: Any = type("Below", (Group,), {"rows": row.below})
    options: Any = {"invoke_without_command": True, "epilog": epilog, "context_settings": settings}
    holder.callback(cls=lazy, **options)(_alone(called))
    made = typer.main.get_command(holder)
    made.name = name
    return made


def _alone(report: Callable[..., None]) -> Callable[..., None]:
    """The group's report, unless a command follows; an option before that command is refused, never dropped."""

    @wraps(report)
    def shown(ctx: typer.Context, *arguments: Any, **options: Any) -> None:
        if ctx.invoked_subcommand is None:
            report(ctx, *arguments, **options)
            return
        given = [
            parameter.opts[0]
            for parameter in ctx.command.params
            if (source := ctx.get_parameter_source(parameter.name or "")) and source.name == "COMMANDLINE"
        ]
        if given:
            after = f"{ctx.command_path} {ctx.invoked_subcommand}"
            raise MblError(f"{given[0]} goes behind the command: {after} {given[0]} …", exit_code=2)

    return shown


def _demand_text(arguments: Sequence[str]) -> None:
    """A file holds text: bytes that are none are refused before anything is done with them."""
    for word in arguments:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            raise MblError(f"{word!r} is not text.", hint="Is the terminal set to UTF-8?", exit_code=2)


def _failed(error: MblError, arguments: Sequence[str]) -> int:
    from mbl.cli.output import fail
    from mbl.cli.usage import wants_json

    fail(error, as_json=wants_json(arguments))
    return error.exit_code


app = typer.Typer(
    cls=Group,
    name="mbl",
    rich_markup_mode=None,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: mbl init, mbl add, mbl list. Help on one command: mbl add --help.",
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


def _close_quietly() -> None:
    """The reader of a pipe went away (`mbl list | head`): nothing more to say, and no complaint at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
