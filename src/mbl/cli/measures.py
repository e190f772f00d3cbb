"""`mbl measures`: show what was read, describe a `new` one, `log` a reading."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Annotated

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.open import place, read, today
from mbl.cli.options import Filters, Names, Reading, Writing, day, listed, one_of, with_groups
from mbl.cli.output import report_saved, show, tell
from mbl.core.measures import edits as verbs
from mbl.core.measures.report import PARTS, Part, before_after_report, measures_report
from mbl.core.ranking import with_ended
from mbl.core.select import Query, matching, unmatched
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import STATUSES
from mbl.model.measure import Measure
from mbl.session import values as validated

SCOPES = ("customer", "business", "channel", "team")
DIRECTIONS = ("up", "down")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which parts are shown; all of them unless one is named."""

    flow: Annotated[
        bool, typer.Option("--flow", help="How work flows: finished, how long, in progress, wasted.")
    ] = False
    series: Annotated[bool, typer.Option("--series", help="What was read, from first to last.")] = False
    channels: Annotated[
        bool, typer.Option("--channels", help="Where a channel's number stands against its customers.")
    ] = False

    def named(self) -> tuple[Part, ...]:
        """The parts that are asked for."""
        return tuple(part for part in PARTS if getattr(self, part))


@with_groups
def measures(
    ctx: typer.Context,
    *,
    measure: Annotated[
        Names,
        typer.Option(
            "--measure", metavar="MEASURE", autocompletion=complete.names("measures"), help="Only this one."
        ),
    ] = None,
    before_after: Annotated[
        date | None,
        typer.Option(
            metavar="DATE", parser=day, help="Compare before and since: a reorganisation, a new process."
        ),
    ] = None,
    parts: Parts,
    filters: Filters,
    reading: Reading,
) -> None:
    """Show how work flows, every number that is read, and where a channel stands against its customers.

    The filters (team, audience …) choose the requests whose flow is shown.
    """
    backlog, now, whole = read(ctx)
    query, ids = filters.query(), listed(measure)
    _refuse_together(measure=bool(ids), date=before_after is not None, parts=parts, filters=query != Query())
    for sentence in unmatched(backlog, query):
        tell(ctx, sentence)
    if before_after is not None:
        report = before_after_report(backlog, now, before_after, ids=ids)
    else:
        report = measures_report(
            backlog, now, ids, parts=parts.named() or _parts(query), only=_ids(backlog, query)
        )
    show(ctx, replace(report, answer=whole), form=reading.format, today=now, whole=True)


def _parts(query: Query) -> tuple[Part, ...]:
    """What filters are about: the flow; everything where there is none."""
    return PARTS if query == Query() else ("flow",)


def _ids(backlog: Backlog, query: Query) -> frozenset[str] | None:
    if query == Query():
        return None
    anywhere = query if query.status else replace(query, status=STATUSES)
    return frozenset(row.item.id for row in matching(with_ended(backlog), anywhere))


def _refuse_together(*, measure: bool, date: bool, parts: Parts, filters: bool) -> None:
    """What would be dropped in silence is refused: a measure has no flow, a filter chooses requests."""
    named = parts.named()
    reason = (
        "Filters choose requests, and only --flow is about them"
        if filters and (measure or date or set(named) - {"flow"})
        else "--measure and --before-after are about what was read, not about flow or channels"
        if (measure or date) and set(named) - {"series"}
        else ""
    )
    if reason:
        raise MblError(f"{reason}.", hint="Give one of them.", exit_code=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a measure is."""

    name: Annotated[str | None, typer.Option(metavar="TEXT", help="Its name for people.")] = None
    scope: Annotated[
        str,
        typer.Option(
            "--scope",
            metavar="SCOPE",
            autocompletion=complete.values(*SCOPES),
            help="Whose number it is: customer, business, channel or team.",
        ),
    ] = "business"
    unit: Annotated[str | None, typer.Option(metavar="TEXT", help="Its unit: %, EUR, leads.")] = None
    better: Annotated[
        str,
        typer.Option(
            metavar="WAY",
            autocompletion=complete.values(*DIRECTIONS),
            help="up or down: which way is better.",
        ),
    ] = "up"
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience",
            metavar="AUDIENCE",
            autocompletion=complete.field("audience"),
            help="The audience it is about.",
        ),
    ] = None


@with_groups
def new(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="The word that outcomes use for it.")],
    *,
    about: About,
    writing: Writing,
) -> None:
    """Describe a measure: whose number it is, and which way is better."""
    said = {each.name: getattr(about, each.name) for each in fields(about)}
    checked = {
        "scope": one_of(about.scope, SCOPES, "--scope"),
        "better": one_of(about.better, DIRECTIONS, "--better"),
    }
    measure: Measure = validated.valid(Measure, {"id": id_, **said, **checked})
    _save(ctx, lambda backlog: verbs.created(backlog, measure), writing)


@with_groups
def log(
    ctx: typer.Context,
    id_: Annotated[
        str,
        typer.Argument(
            metavar="MEASURE", autocompletion=complete.names("measures"), help="The measure that was read."
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE|K/N", help="What was read: 41, 2.5, or so many of so many: 17/214."),
    ],
    *,
    on: Annotated[
        date | None, typer.Option("--date", metavar="DATE", parser=day, help="The day it was read (today).")
    ] = None,
    replace_: Annotated[bool, typer.Option("--replace", help="Replace the reading of that day.")] = False,
    writing: Writing,
) -> None:
    """Write down what a measure stands at."""

    def logged(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        measure = backlog.measures[verbs.path_of(backlog, id_)]
        return verbs.logged(
            backlog, id_, verbs.reading(value, measure, on=on or now), today=now, replaces=replace_
        )

    _save(ctx, logged, writing)


def _save(ctx: typer.Context, verb: Callable[[Backlog], Backlog], writing: Writing) -> None:
    saved = session.changed(
        place(ctx), verb, dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text)
    )
    report_saved(ctx, saved, form=writing.format, today=today(ctx, saved.after), dry_run=writing.dry_run)
