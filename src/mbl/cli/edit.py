"""`mbl edit`: one option a field of the item, so a new field is editable without a line here."""

from collections.abc import Mapping
from dataclasses import fields, make_dataclass
from datetime import date
from typing import Annotated, Any, get_args, get_type_hints

import typer

from mbl import session
from mbl.cli import complete, question
from mbl.cli.checked import checked
from mbl.cli.clashes import warn
from mbl.cli.open import place, today
from mbl.cli.options import Writing, day, one_of, with_groups
from mbl.cli.output import report_saved, tell
from mbl.cli.replies import Language, answering, report_answered
from mbl.core import edit as verbs
from mbl.core.select import FILTERS, resolved
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import MOSCOW, STATUSES, Ended, Item
from mbl.model.noun import Help
from mbl.session import values as validated

_FIXED = frozenset({"id", "rank"})
_OFFERED: dict[str, Any] = {
    "status": complete.values(*STATUSES),
    "moscow": complete.values(*MOSCOW),
    "outcomes": complete.field("outcome"),
    "labels": complete.field("label"),
    **{
        name: complete.field(name) for name in FILTERS if name not in ("status", "moscow", "outcome", "label")
    },
}


def _is_list(hint: Any) -> bool:
    return any(getattr(part, "__origin__", part) is tuple for part in (hint, *get_args(hint))) or (
        hasattr(hint, "__metadata__") and _is_list(get_args(hint)[0])
    )


def _option(name: str, hint: Any) -> tuple[str, Any, Any]:
    text = next(mark.text for mark in hint.__metadata__ if isinstance(mark, Help))
    dashed = f"--{name.replace('_', '-')}"
    spelled = (dashed, f"--{name}") if "_" in name else (dashed,)
    kind: Any = list[str] | None if _is_list(hint) else str | None
    option = typer.Option(*spelled, metavar="VALUE", help=f"{text}.", autocompletion=_OFFERED.get(name))
    return (name, Annotated[kind, option], None)


_HINTS = get_type_hints(Item, include_extras=True)
_ANSWERS = frozenset({"outcomes", "how", "asked"})
_EDITABLE = tuple(field.name for field in fields(Item) if field.name not in _FIXED)
Fields = make_dataclass(
    "Fields", [_option(name, _HINTS[name]) for name in _EDITABLE], frozen=True, kw_only=True
)


@with_groups
def edit(
    ctx: typer.Context,
    refs: Annotated[
        list[str],
        typer.Argument(
            metavar="REF...", autocompletion=complete.refs, help="Positions, ids, or words of a title."
        ),
    ],
    *,
    values: Fields,  # type: ignore[valid-type]
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, when this ends the item.")] = None,
    revisit: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day, help="When to look again, when this declines the item."),
    ] = None,
    lang: Language = None,
    no_ask: Annotated[
        bool, typer.Option("--no-ask", help="Do not ask for an outcome, also in a terminal.")
    ] = False,
    writing: Writing,
) -> None:
    """Change fields of requests (an empty value clears), or open the file in your editor."""
    given = {name: value for name in _EDITABLE if (value := getattr(values, name)) is not None}
    if not given:
        _in_editor(ctx, refs, writing)
        return
    parsed = {
        name: validated.typed(name, value)
        for name, value in given.items()
        if name not in ("status", "moscow")
    }
    if isinstance(parsed.get("asked"), str):
        parsed |= question.asked(parsed["asked"], by=None, knows=None)
    new = validated.item_values(parsed)
    if "title" in parsed and not parsed["title"]:
        raise MblError("A request needs a title.", exit_code=2)
    status = one_of(given["status"], STATUSES, "--status") if given.get("status") else None
    moscow = one_of(given["moscow"], MOSCOW, "--moscow") if given.get("moscow") else None

    ends = moscow == "wont" or status in ("declined", "dropped")
    if (reason or revisit or lang) and not ends:
        raise MblError(
            "--reason, --revisit and --lang belong to --status declined or --moscow wont.", exit_code=2
        )
    at = place(ctx)
    by = session.who(at) if ends else None
    if not (ends or status or given.keys() & _ANSWERS) and question.may_ask(
        ctx, form=writing.format, no_ask=no_ask
    ):
        new |= validated.item_values(_answer(ctx, at, refs))

    def change(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        ids = resolved(backlog, refs)
        ended = Ended(date=now, by=by, reason=reason, revisit=revisit)
        after = verbs.edited(backlog, ids, new)
        if status:
            after = verbs.with_status(after, ids, status, today=now, ended=ended)
        if "moscow" in given:
            after = verbs.bucketed(after, ids, moscow, today=now, ended=ended)
        return checked(ctx, backlog, after, now)

    saved = session.changed(
        at, answering(ctx, change, lang), dry_run=writing.dry_run, commit=writing.commit,
        tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    now = today(ctx, saved.after)
    report_answered(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, lang=lang)


def _answer(ctx: typer.Context, at: session.Place, refs: list[str]) -> Mapping[str, Any]:
    """What the request serves, if it is one open request that names no outcome and nobody was asked before."""
    backlog = session.opened(at).backlog
    items = [backlog.item(id_) for id_ in resolved(backlog, refs)]
    if len(items) != 1 or not items[0].is_open or items[0].outcomes or items[0].asked:
        return {}
    return question.outcome_answer(ctx, backlog, by=items[0].requester)


def _in_editor(ctx: typer.Context, refs: list[str], writing: Writing) -> None:
    at = place(ctx)
    saved = session.edited_file(at, refs, dry_run=writing.dry_run, commit=writing.commit)
    now = today(ctx, saved.after)
    warn(ctx, saved.before, saved.after, now)
    report_saved(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run)
