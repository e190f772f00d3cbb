"""`mbl rank`: the ranked list, and every way to change its order."""

from collections.abc import Callable
from typing import Annotated

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.items import show_list
from mbl.cli.open import place, read, today
from mbl.cli.options import Filters, Shown, Writing, at_least, with_groups
from mbl.cli.output import tell
from mbl.cli.placing import placed_by_questions
from mbl.cli.replies import Language, answering, report_answered
from mbl.core import ranking
from mbl.core.select import resolved
from mbl.core.todo import applied, todo_text
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended

Ref = Annotated[
    str | None, typer.Option(metavar="REF", autocompletion=complete.refs, help="Place it right here.")
]


@with_groups
def rank(
    ctx: typer.Context,
    refs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[REF]...",
            autocompletion=complete.refs,
            help="What to move, in this order: positions, ids, or words of a title.",
        ),
    ] = None,
    *,
    top: Annotated[bool, typer.Option("--top", help="Move to the top.")] = False,
    bottom: Annotated[bool, typer.Option("--bottom", help="Move to the bottom.")] = False,
    to: Annotated[
        int | None, typer.Option("--to", metavar="N", callback=at_least(1), help="Move to place N.")
    ] = None,
    above: Annotated[
        str | None,
        typer.Option(metavar="REF", autocompletion=complete.refs, help="Move right above this one."),
    ] = None,
    below: Annotated[
        str | None,
        typer.Option(metavar="REF", autocompletion=complete.refs, help="Move right below this one."),
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Place it by a few either-or questions (in a terminal).")
    ] = False,
    edit: Annotated[bool, typer.Option("--edit", help="Reorder the whole list in your editor.")] = False,
    rebalance: Annotated[
        bool, typer.Option("--rebalance", help="Give every item a short key again (on the main branch).")
    ] = False,
    lang: Language = None,
    filters: Filters,
    shown: Shown,
    writing: Writing,
) -> None:
    """Show the ranked list, or move requests in it."""
    wishes = [top, bottom, to is not None, above is not None, below is not None, ask]
    _refuse_contradictions(refs or [], wishes, edit=edit, rebalance=rebalance, lang=lang)
    if edit:
        _in_editor(ctx, writing, lang=lang)
        return
    if rebalance:
        _save(ctx, ranking.rebalanced, writing)
        return
    if not refs:
        show_list(ctx, filters, shown=shown, form=writing.format)
        return
    if filters != Filters() or shown != Shown():
        raise MblError("Filters choose what is shown, not what is moved: name the items.", exit_code=2)
    if ask:
        _by_questions(ctx, refs, writing)
        return
    _save(ctx, _move(refs, place_of(top=top, bottom=bottom, to=to, above=above, below=below)), writing)


def place_of(
    *, top: bool, bottom: bool, to: int | None, above: str | None, below: str | None
) -> Callable[[Backlog, tuple[str, ...]], int]:
    """The place (from 1) of the list without the moved items where the first of them shall stand."""

    def wanted(backlog: Backlog, ids: tuple[str, ...]) -> int:
        rest = [row.item.id for row in ranking.ranked(backlog) if row.item.id not in ids]
        if top or to is not None:
            return to or 1
        if bottom:
            return len(rest) + 1
        other = resolved(backlog, [above or below or ""])[0]
        if other not in rest:
            what = "moves itself" if other in ids else "is not in the list"
            raise MblError(f"{above or below} {what}: name another request to place it by.")
        return rest.index(other) + (1 if above else 2)

    return wanted


def _refuse_contradictions(
    refs: list[str], wishes: list[bool], *, edit: bool, rebalance: bool, lang: str | None
) -> None:
    if sum(wishes) + edit + rebalance > 1:
        raise MblError(
            "Say one thing: --top, --bottom, --to, --above, --below, --ask, --edit or --rebalance.",
            exit_code=2,
        )
    if refs and (edit or rebalance):
        raise MblError(
            f"{'--edit' if edit else '--rebalance'} is about the whole list: name no request.", exit_code=2
        )
    if not refs and any(wishes):
        raise MblError("Say what to move: mbl rank REF --top.", exit_code=2)
    if refs and not any(wishes):
        raise MblError(
            f"Say where to: mbl rank {refs[0]} --to 3 (or --top, --bottom, --above, --below, --ask).",
            exit_code=2,
        )
    if lang and not edit:
        raise MblError("--lang is about the replies to what --edit declines.", exit_code=2)


def _move(refs: list[str], wanted: Callable[[Backlog, tuple[str, ...]], int]) -> session.Verb:
    def move(backlog: Backlog) -> Backlog:
        ids = resolved(backlog, refs)
        ended = [id_ for id_ in ids if not backlog.item(id_).is_open]
        if ended:
            item = backlog.item(ended[0])
            raise MblError(
                f'"{item.title}" ({item.id}) is {item.status}: it has no place in the list.',
                hint=f"mbl reopen {item.id}",
            )
        return ranking.moved(backlog, ids, to=wanted(backlog, ids))

    return move


def _by_questions(ctx: typer.Context, refs: list[str], writing: Writing) -> None:
    verb = placed_by_questions(ctx, place(ctx), refs)
    if verb is None:
        tell(ctx, "Nothing was moved.")
        return
    _save(ctx, verb, writing)


def _save(ctx: typer.Context, verb: session.Verb, writing: Writing, *, lang: str | None = None) -> None:
    saved = session.changed(
        place(ctx), answering(ctx, verb, lang), dry_run=writing.dry_run, commit=writing.commit,
        tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    now = today(ctx, saved.after)
    report_answered(ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, lang=lang)


def _in_editor(ctx: typer.Context, writing: Writing, *, lang: str | None) -> None:
    backlog, day, _ = read(ctx)
    text = todo_text(backlog)
    ended = Ended(date=day, by=session.who(place(ctx)))
    edited = session.in_editor(text, "backlog-todo.txt", lambda body: _readable(backlog, body, ended))
    if edited is None:
        tell(ctx, "Nothing to change.")
        return

    def again(now: Backlog) -> Backlog:
        if todo_text(now) != text:
            raise MblError(
                "The list changed while you were editing: nothing was saved.",
                hint="Run mbl rank --edit again.",
            )
        return applied(now, edited, ended=ended)

    _save(ctx, again, writing, lang=lang)


def _readable(backlog: Backlog, text: str, ended: Ended) -> str:
    applied(backlog, text, ended=ended)
    return text
