"""Either-or questions on the screen: `mbl rank REF --ask` places one request by a few of them.

Moves nothing until the last answer is given; refuses to ask where nobody sits at a terminal.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import typer

from mbl import session
from mbl.cli import ask
from mbl.cli.open import today
from mbl.core.capacity.words import count
from mbl.core.ranking import ranked
from mbl.core.report import Words
from mbl.core.select import resolved
from mbl.core.workshop.either_or import Answer, Question, Sorting, answered, placed, placing, question_blocks
from mbl.errors import MblError
from mbl.model.backlog import Backlog

CHOICES: Mapping[str, str] = {"1": "the first", "2": "the second", "?": "can't say"}


def placed_by_questions(ctx: typer.Context, at: session.Place, refs: Sequence[str]) -> session.Verb | None:
    """The move that the answers lead to; None if they stopped half-way. Raises MblError (exit code 2) without a terminal."""
    if len(refs) != 1:
        raise MblError("--ask places one request at a time: mbl rank REF --ask.", exit_code=2)
    if not ask.somebody_there():
        raise MblError(
            "--ask puts questions to somebody at a terminal, and there is none.",
            hint=f"Say the place: mbl rank {refs[0]} --to 3 (or --top, --bottom, --above, --below).",
            exit_code=2,
        )
    backlog = session.opened(at).backlog
    id_ = resolved(backlog, refs)[0]
    if not backlog.item(id_).is_open:
        raise MblError(
            f"{id_} is {backlog.item(id_).status}: it has no place in the list.", hint=f"mbl reopen {id_}"
        )
    order = _asked(ctx, backlog, id_)
    return None if order is None else lambda now: placed(now, id_, order)


def either_or(
    ctx: typer.Context, backlog: Backlog, of: Sorting, *, day: date, more: Mapping[str, str]
) -> str | None:
    """Put the next question; the key that was pressed, one of `CHOICES` or of the others. None at the end of input."""
    if of.question is None:
        return None
    left = Words(text=f"At most {count(of.left, 'question')} left.", tone="hint")
    ask.show(ctx, (*question_blocks(backlog, of.question), left), today=day)
    return ask.key({**CHOICES, **more})


def choice(question: Question, key: str) -> str | None:
    """Who was chosen by this key; None for "can't say"."""
    return {"1": question.a, "2": question.b}.get(key)


def _asked(ctx: typer.Context, backlog: Backlog, id_: str) -> tuple[str, ...] | None:
    """The list in the order that the answers lead to; None for whoever stops asking."""
    among, day = [row.item.id for row in ranked(backlog)], today(ctx, backlog)
    answers: list[Answer] = []
    while (of := placing(id_, among, answers)).question:
        key = either_or(ctx, backlog, of, day=day, more={"q": "stop"})
        if key is None or key not in CHOICES:
            return None
        answers.append(answered(of.question, choice(of.question, key), by=None, on=day))
    return of.order
