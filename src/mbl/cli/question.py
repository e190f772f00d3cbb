"""The question for an outcome: what result would you like to see? Asked in a terminal, where a request names none.

Nothing is refused: Enter skips, any answer is kept in the asker's own words, and a script is never asked.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from mbl.cli import ask
from mbl.cli.app import App
from mbl.cli.open import today
from mbl.core.guidepoints.alignment import open_outcomes
from mbl.core.report import Facts, Words
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Outcome

_RESULT = (
    "What result would you like to see from marketing this quarter? Which number would move, from what to what, "
    "and by when?"
)
_HOW = "How would it move that number? (Enter: not now)"
_KNOWS = "Who knows which number matters here? (Enter: nobody knows yet)"
_WHICH = "The number of an outcome, several (1, 3), or your own words. (Enter: not now)"
_WORDS = "In your own words. (Enter: not now)"


def may_ask(ctx: typer.Context, *, form: str, no_ask: bool) -> bool:
    """Whether the question is welcome: somebody is there, wants to read, and did not switch it off."""
    app: App = ctx.find_root().ensure_object(App)
    return form == "table" and not no_ask and not app.quiet and ask.somebody_there()


def outcome_answer(ctx: typer.Context, backlog: Backlog, *, by: str | None) -> Mapping[str, Any]:
    """What the answer fills, as a file would have it: `outcomes` and `how`, or `asked`; nothing if it was skipped."""
    now = today(ctx, backlog)
    outcomes = tuple(open_outcomes(backlog, now).values())
    offered = tuple(
        (f"{number}", f"{outcome.text} ({outcome.id})") for number, outcome in enumerate(outcomes, 1)
    )
    ask.show(ctx, (Words(text=_RESULT), *((Facts(facts=offered),) if offered else ())), today=now)
    while True:
        answer = ask.line(_WHICH if outcomes else _WORDS)
        if not answer:
            return {}
        named = chosen(answer, outcomes)
        if named is None:
            return asked(answer, by=by, knows=ask.line(_KNOWS))
        if named:
            how = ask.line(_HOW)
            return {"outcomes": list(named), **({"how": how} if how else {})}
        ask.say(f"There is no such number: they go from 1 to {len(outcomes)}.")


def asked(answer: str | None, *, by: str | None, knows: str | None) -> Mapping[str, Any]:
    """The field that keeps what came back. Raises MblError (exit code 2) if only somebody who knows is named."""
    if knows and not answer:
        raise MblError("--knows belongs to --asked: say what came back to the question.", exit_code=2)
    given = {"answer": answer, "by": by, "knows": knows}
    return {"asked": {name: value for name, value in given.items() if value}} if answer else {}


def chosen(answer: str, outcomes: Sequence[Outcome]) -> tuple[str, ...] | None:
    """The outcomes that the answer names, by number or id; none for a number that is not offered, None for free text."""
    known = {str(number): outcome.id for number, outcome in enumerate(outcomes, start=1)}
    known |= {outcome.id.casefold(): outcome.id for outcome in outcomes}
    words = [word.casefold() for word in re.split(r"[,;\s]+", answer) if word]
    if words and all(word in known for word in words):
        return tuple(dict.fromkeys(known[word] for word in words))
    return () if outcomes and all(word.isdecimal() for word in words) else None
