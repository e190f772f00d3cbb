"""The reply to whoever asked, printed wherever mbl says no: by `decline`, `review`, `edit`, `rank --edit`.

Refuses to say no where the reply could not be written: before anything is saved.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli import complete
from mbl.cli.open import place
from mbl.cli.output import change_report, report_saved, say, show
from mbl.core.replies.letters import to_answer
from mbl.core.replies.templates import TEMPLATES
from mbl.core.report import Block, Report
from mbl.model.backlog import Backlog
from mbl.session import Saved

_MOST = 20

Language = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="LANGUAGE",
        autocompletion=complete.values(*TEMPLATES),
        help="The language of the reply: en, de, es, ja, or another one in replies/ (en).",
    ),
]


def answering(ctx: typer.Context, verb: session.Verb, lang: str | None) -> session.Verb:
    """The verb, refused if it says no to somebody and the reply to that cannot be written."""
    from mbl.session import replies

    def answered(backlog: Backlog) -> Backlog:
        after = verb(backlog)
        if to_answer(backlog, after):
            replies.template(place(ctx), lang or replies.USUAL)
        return after

    return answered


def report_answered(
    ctx: typer.Context, saved: Saved, *, form: str, today: date, dry_run: bool, lang: str | None,
    ids: Sequence[str] = (), blocks: tuple[Block, ...] = (), payload: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Say what was changed, then these blocks, then the reply to everybody who was told no, or who asked for these items."""
    wanted = tuple(dict.fromkeys((*ids, *to_answer(saved.before, saved.after))))
    if form == "json":
        letters = replies_to(ctx, saved.after, wanted, today, lang)
        show(ctx, change_report(saved, replies=letters, **(payload or {})), form=form, today=today)
        return
    if form == "md":
        report = change_report(saved)
        show(ctx, replace(report, blocks=(*report.blocks, *blocks)), form=form, today=today)
        say_in_markdown(ctx, saved.after, wanted, today, lang)
        return
    report_saved(ctx, saved, form=form, today=today, dry_run=dry_run)
    if blocks:
        show(ctx, Report(kind="change", payload=dict, blocks=blocks), form=form, today=today)
    say_replies(ctx, saved.after, wanted, today, lang)


def say_replies(
    ctx: typer.Context, backlog: Backlog, ids: Sequence[str], today: date, lang: str | None
) -> None:
    """Print the replies one below the other, ready to be copied; all of them, or in a terminal the first ones."""
    most = _MOST if sys.stdout.isatty() else len(ids)
    for text in replies_to(ctx, backlog, ids[:most], today, lang).values():
        say(f"\n--- The reply to send ---\n{text}", verbatim=True)
    if len(ids) > most:
        say(f"\n… and {len(ids) - most} more replies: mbl decline ID prints each of them again.")


def say_in_markdown(
    ctx: typer.Context, backlog: Backlog, ids: Sequence[str], today: date, lang: str | None
) -> None:
    """The same as Markdown: what a requester wrote stays text, what the team wrote into replies/ is markup."""
    from mbl.render.markdown import escaped
    from mbl.session.replies import USUAL, letters

    found = letters(place(ctx), backlog, ids, today=today, language=lang or USUAL, escape=escaped)
    for id_, text in found.items():
        title = " ".join(backlog.item(id_).title.split())
        say(f"\n## {escaped(title)}\n\n{text}", verbatim=True)


def replies_to(
    ctx: typer.Context, backlog: Backlog, ids: Sequence[str], today: date, lang: str | None
) -> Mapping[str, str]:
    """The replies by id, as text. Raises MblError."""
    from mbl.session.replies import USUAL, letters

    return letters(place(ctx), backlog, ids, today=today, language=lang or USUAL)
