"""Options that several commands share, as groups: a parameter typed with a group expands to the group's fields."""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from mbl.cli import complete
from mbl.core.listing import View
from mbl.core.select import Query
from mbl.errors import MblError
from mbl.model.item import MOSCOW, STATUSES

FORMATS = ("table", "json", "csv", "md")


def day(text: str) -> date:
    """A date: 2026-11-30. Raises the usage error Typer knows."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else _refused(text)  # noqa: PLR2004
    except ValueError:
        return _refused(text)


def at_least(least: int) -> Callable[[int | None], int | None]:
    """A check that refuses smaller numbers with the usage error Typer knows."""

    def checked(value: int | None) -> int | None:
        if value is not None and value < least:
            raise typer.BadParameter(f"{value} is less than {least}.")
        return value

    return checked


def listed(values: list[str] | None) -> tuple[str, ...]:
    """The values of an option that may be repeated or comma-separated."""
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def one_of(value: str, known: tuple[str, ...], option: str) -> str:
    """The value if it is known, whatever its case. Raises MblError (exit code 2) with the nearest."""
    if value.casefold() in known:
        return value.casefold()
    from difflib import get_close_matches

    near = get_close_matches(value.casefold(), known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"One of: {', '.join(known)}."
    raise MblError(f"{option} does not know {value!r}.", hint=hint, exit_code=2)


def _refused(text: str) -> date:
    raise typer.BadParameter(f"{text!r} is not a date: write it like 2026-11-30.")


def _format(value: str) -> str:
    return one_of(value, FORMATS, "--format")


Format = Annotated[
    str,
    typer.Option(
        "-f", "--format", metavar="FORMAT", callback=_format, autocompletion=complete.values(*FORMATS),
        help="table, json, csv or md.",
    ),
]  # fmt: skip
Names = list[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a reading command answers."""

    format: Format = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which items are meant."""

    status: Annotated[
        Names,
        typer.Option(
            "--status",
            metavar="STATUS",
            autocompletion=complete.values(*STATUSES, "all"),
            help="request, committed, doing, done, declined, dropped, or all.",
        ),
    ] = None
    moscow: Annotated[
        Names,
        typer.Option(
            metavar="BUCKET",
            autocompletion=complete.values(*MOSCOW, "none"),
            help="must, should, could, wont, or none.",
        ),
    ] = None
    outcome: Annotated[
        Names,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            autocompletion=complete.field("outcome"),
            help="Serves this outcome (none: no outcome).",
        ),
    ] = None
    team: Annotated[
        Names,
        typer.Option(
            "--team", metavar="TEAM", autocompletion=complete.field("team"), help="Done by this team."
        ),
    ] = None
    requester: Annotated[
        Names, typer.Option(metavar="WHO", autocompletion=complete.field("requester"), help="Asked for by.")
    ] = None
    audience: Annotated[
        Names,
        typer.Option(
            "--audience",
            metavar="AUDIENCE",
            autocompletion=complete.field("audience"),
            help="Made for this audience.",
        ),
    ] = None
    label: Annotated[
        Names,
        typer.Option(
            "--label", metavar="LABEL", autocompletion=complete.field("label"), help="Has this label."
        ),
    ] = None
    text: Annotated[Names, typer.Option(metavar="WORDS", help="Mentions these words.")] = None
    since: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day, help="Asked for, accepted, started or ended since."),
    ] = None

    def query(self) -> Query:
        """The filters as the core knows them."""
        status = tuple(one_of(value, (*STATUSES, "all"), "--status") for value in listed(self.status))
        return Query(
            status=STATUSES if "all" in status else status,
            moscow=tuple(one_of(value, (*MOSCOW, "none"), "--moscow") for value in listed(self.moscow)),
            **{
                name: listed(getattr(self, name))
                for name in ("outcome", "team", "requester", "audience", "label")
            },
            text=listed(self.text),
            since=self.since,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which columns and rows of a list are shown."""

    limit: Annotated[
        int | None, typer.Option(metavar="N", callback=at_least(0), help="At most N rows (0: all).")
    ] = None
    sort: Annotated[
        Names,
        typer.Option(
            metavar="COLUMN",
            autocompletion=complete.columns,
            help="Sort by a column; -COLUMN turns it round.",
        ),
    ] = None
    columns: Annotated[
        Names, typer.Option(metavar="COLUMN", autocompletion=complete.columns, help="Show these columns.")
    ] = None

    def view(self) -> View:
        """The choice as the core knows it."""
        return View(columns=listed(self.columns), sort=listed(self.sort), limit=self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How a change is made."""

    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False
    commit: Annotated[bool, typer.Option("--commit", help="Commit the change at once.")] = False
    format: Format = "table"


def with_groups(function: Callable[..., None]) -> Callable[..., None]:
    """The function with every parameter that is typed with a group replaced by the group's fields."""
    hints = get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters.values()
    groups = {
        parameter.name: hints[parameter.name]
        for parameter in parameters
        if is_dataclass(hints.get(parameter.name))
    }
    flat: list[inspect.Parameter] = []
    for parameter in parameters:
        if parameter.name in groups:
            flat.extend(_parameters(groups[parameter.name]))
        else:
            flat.append(parameter.replace(annotation=hints[parameter.name]))

    @wraps(function)
    def expanded(*arguments: Any, **options: Any) -> None:
        for name, group in groups.items():
            options[name] = group(**{field.name: options.pop(field.name) for field in fields(group)})
        function(*arguments, **options)

    expanded.__signature__ = inspect.Signature(flat)  # type: ignore[attr-defined]
    expanded.__annotations__ = {parameter.name: parameter.annotation for parameter in flat}
    return expanded


def _parameters(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(group)
    ]
