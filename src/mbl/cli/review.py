"""`mbl review`: is it still relevant? A walk through the queue in a terminal, decisions by flags, or the report.

Refuses to decide about everything at once: `all` means what the named reasons and filters leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import typer

from mbl import session
from mbl.cli import ask, complete
from mbl.cli.open import place, read, today
from mbl.cli.options import Filters, Names, Writing, at_least, day, listed, one_of, with_groups
from mbl.cli.output import show, tell
from mbl.cli.replies import Language, answering, report_answered
from mbl.core.review.reasons import REASONS
from mbl.core.review.relevance import DECISIONS, Decision, chosen, decided, queue
from mbl.core.review.report import Wish, review_report, turn_blocks
from mbl.core.review.turn import turn_record, turn_words, turned
from mbl.core.select import Query, resolved, unmatched
from mbl.errors import MblError
from mbl.model.backlog import Backlog

ALL = "all"
_CODES = tuple(reason.code for reason in REASONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked about, and who answers."""

    why: Annotated[
        Names,
        typer.Option(
            metavar="REASON",
            autocompletion=complete.values(*_CODES),
            help=f"Only what carries one of these reasons to ask: {', '.join(_CODES)}.",
        ),
    ] = None
    gone: Annotated[
        Names,
        typer.Option(
            metavar="WHO", autocompletion=complete.field("requester"), help="Who left: what they asked for."
        ),
    ] = None
    sample: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            callback=at_least(1),
            help="Ask about N promises drawn by chance, and estimate how much of the whole list is dead.",
        ),
    ] = None
    begun: Annotated[
        date | None,
        typer.Option(
            metavar="DATE", parser=day, help="The day this review began, if it takes several (today)."
        ),
    ] = None
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who decides (the name git signs with).")] = (
        None
    )
    lang: Language = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What was decided."""

    keep: Annotated[
        Names,
        typer.Option(
            metavar="REF",
            autocompletion=complete.refs,
            help="Keep these; `all`: what --why and the filters leave.",
        ),
    ] = None
    decline: Annotated[
        Names,
        typer.Option(
            metavar="REF",
            autocompletion=complete.refs,
            help="Say no to these, and print the replies (or `all`).",
        ),
    ] = None
    later: Annotated[
        Names,
        typer.Option(
            metavar="REF", autocompletion=complete.refs, help="Ask about these again later (or `all`)."
        ),
    ] = None
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it was decided so.")] = None
    revisit: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day, help="When to look again at what is declined."),
    ] = None

    def refs(self) -> Mapping[Decision, tuple[str, ...]]:
        """What was named, by decision."""
        return {name: refs for name in DECISIONS if (refs := listed(getattr(self, name)))}


@with_groups
def review(
    ctx: typer.Context,
    *,
    deciding: Deciding,
    asking: Asking,
    show_only: Annotated[
        bool, typer.Option("--list", help="Show the queue and ask nothing, also in a terminal.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(metavar="N", callback=at_least(0), help="Show at most N rows (0: all).")
    ] = None,
    filters: Filters,
    writing: Writing,
) -> None:
    """Ask whether promises and requests are still relevant: keep, decline or put off, one after the other.

    With --keep, --decline or --later it asks nothing. `all` stands for whatever --why and the filters leave.
    """
    wish = _wish(asking, filters, limit=limit)
    if deciding.refs():
        _refuse_idle(deciding, wish, show_only=show_only)
        _decide(ctx, deciding, asking, wish=wish, writing=writing)
    elif deciding != Deciding():
        raise MblError("--reason and --revisit belong to --keep, --decline or --later.", exit_code=2)
    elif _is_walk(writing) and not show_only and limit is None:
        from mbl.cli.review_walk import walk

        walk(ctx, asking, wish=wish, commit=writing.commit)
    else:
        _report(ctx, asking, wish=wish, form=writing.format)


def _wish(asking: Asking, filters: Filters, *, limit: int | None) -> Wish:
    why = tuple(one_of(code.replace("-", "_"), _CODES, "--why") for code in listed(asking.why))
    wish = Wish(
        since=asking.begun, sample=asking.sample or 0, limit=limit, query=filters.query(), why=why,
    )  # fmt: skip
    if wish.sample and _narrowed(wish):
        raise MblError("--sample draws from all promises: leave --why and the filters out.", exit_code=2)
    return wish


def _report(ctx: typer.Context, asking: Asking, *, wish: Wish, form: str) -> None:
    backlog, now, whole = read(ctx)
    for sentence in unmatched(backlog, wish.query):
        tell(ctx, sentence)
    report = review_report(backlog, now, gone=listed(asking.gone), wish=wish)
    show(ctx, replace(report, answer=whole), form=form, today=now, whole=wish.limit is not None)


def _is_walk(writing: Writing) -> bool:
    import sys

    return writing.format == "table" and not writing.dry_run and sys.stdout.isatty() and ask.somebody_there()


def _narrowed(wish: Wish) -> bool:
    return bool(wish.why) or wish.query != Query()


def _refuse_idle(deciding: Deciding, wish: Wish, *, show_only: bool) -> None:
    """An option that would do nothing is refused. Raises MblError (exit code 2)."""
    has_all = any(ALL in refs for refs in deciding.refs().values())
    if has_all and not _narrowed(wish):
        raise MblError(
            f"`{ALL}` needs a reason to go by, so that nothing is decided unseen.",
            hint='Like: mbl review --why due_passed --decline all --reason "Its date has passed"',
            exit_code=2,
        )
    if _narrowed(wish) and not has_all:
        raise MblError(f"--why and the filters say what `{ALL}` means, and you named each item.", exit_code=2)
    if deciding.revisit and not deciding.decline:
        raise MblError("--revisit belongs to --decline.", exit_code=2)
    if show_only or wish.limit is not None:
        raise MblError("--list and --limit show the queue: decide in a second command.", exit_code=2)


def _decide(ctx: typer.Context, deciding: Deciding, asking: Asking, *, wish: Wish, writing: Writing) -> None:
    at, gone = place(ctx), listed(asking.gone)
    by = asking.by or session.who(at)

    def decide(backlog: Backlog) -> Backlog:
        now = today(ctx, backlog)
        for decision, ids in _named(backlog, deciding, now, wish=wish, gone=gone).items():
            revisit = deciding.revisit if decision == "decline" else None
            backlog = decided(
                backlog, ids, decision, today=now, by=by, reason=deciding.reason, revisit=revisit
            )
        return backlog

    saved = session.changed(
        at, answering(ctx, decide, asking.lang), dry_run=writing.dry_run, commit=writing.commit,
        tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    now = today(ctx, saved.after)
    turn = turned(saved.after, now, since=wish.since or now, gone=gone)
    report_answered(
        ctx, saved, form=writing.format, today=now, dry_run=writing.dry_run, lang=asking.lang,
        blocks=turn_blocks(turn_words(turn)), payload=turn_record(turn),
    )  # fmt: skip


def _named(
    backlog: Backlog, deciding: Deciding, today: date, *, wish: Wish, gone: tuple[str, ...]
) -> Mapping[Decision, tuple[str, ...]]:
    """The ids by decision: places in the list are read once, before anything is decided. Raises MblError."""
    rows = chosen(backlog, queue(backlog, today, gone=gone), query=wish.query, why=wish.why)
    found: dict[Decision, tuple[str, ...]] = {}
    taken: dict[str, Decision] = {}
    for decision, refs in deciding.refs().items():
        named = resolved(backlog, [ref for ref in refs if ref != ALL])
        all_ = tuple(row.item.id for row in rows) if ALL in refs else ()
        found[decision] = tuple(dict.fromkeys((*named, *all_)))
        for id_ in found[decision]:
            if (other := taken.setdefault(id_, decision)) != decision:
                title = backlog.item(id_).title
                raise MblError(
                    f"“{title}” ({id_}) stands both in --{other} and in --{decision}.", exit_code=2
                )
    return found
