"""The audience filter, one question: does it serve our audience? Put where a request is logged or accepted.

Nothing is refused: in a terminal the team that serves it may take it, the present one may keep it, or a kind no goes
out; a script is told, and its request is kept as it was said.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import typer

from mbl.cli import ask
from mbl.cli.open import today
from mbl.cli.output import tell
from mbl.core.edit import edited
from mbl.core.report import Words
from mbl.core.teams.serving import Mismatch, declined_for_audience, mismatch, team_name
from mbl.core.teams.words import named, named_audience
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item


class New(NamedTuple):
    """What becomes of a new request: the team that takes it, or a no."""

    team: str | None = None
    declines: bool = False


KEEP, DECLINE = "", "no"
_NOBODY = "bbbbb"
Answers = Mapping[str, str]
"""By the id of an item: the team that takes it, KEEP or DECLINE."""


def asked(ctx: typer.Context, backlog: Backlog, items: Sequence[Item]) -> Answers:
    """What becomes of those that are not for our audience; only for somebody who may be asked."""
    found = [(item, strange) for item in items if (strange := mismatch(backlog, item))]
    answers: dict[str, str] = {}
    for left, (item, strange) in zip(range(len(found), 0, -1), found, strict=True):
        answer = _answer(ctx, backlog, item, strange, several=left > 1)
        if answer is None:
            break
        answers[item.id] = answer
    return answers


def remark(ctx: typer.Context, backlog: Backlog, items: Sequence[Item]) -> None:
    """The same as a remark, for whoever is not asked."""
    for item in items:
        if strange := mismatch(backlog, item):
            tell(ctx, _remark(backlog, item, strange))


def asked_new(ctx: typer.Context, backlog: Backlog, values: Mapping[str, Any]) -> New:
    """The same for a request that is about to be logged, from its values."""
    item = Item(id=_NOBODY, title=values["title"], team=values["team"], audience=values["audience"])
    answer = asked(ctx, backlog, [item]).get(_NOBODY)
    return New(team=answer if answer not in (KEEP, DECLINE) else None, declines=answer == DECLINE)


def carried_out(
    answers: Answers, *, on: date, who: str | None, step: Callable[[Backlog, Sequence[str]], Backlog]
) -> Callable[[Backlog, Sequence[str]], Backlog]:
    """The step for what was not declined, once it belongs to the team that takes it; the rest is declined."""

    def carried(backlog: Backlog, ids: Sequence[str]) -> Backlog:
        for id_, team in answers.items():
            if team not in (KEEP, DECLINE):
                backlog = edited(backlog, [id_], {"team": team})
        refused = [id_ for id_ in ids if answers.get(id_) == DECLINE]
        ended = Ended(date=on, by=who)
        backlog = declined_for_audience(backlog, refused, today=on, ended=ended) if refused else backlog
        rest = [id_ for id_ in ids if id_ not in refused]
        return step(backlog, rest) if rest else backlog

    return carried


def question(backlog: Backlog, item: Item, strange: Mismatch) -> str:
    """`Does it serve our audience? “Poster” is for cto (CTOs); growth serves shippers.`"""
    who = f"{strange.team} serves" if strange.team else "our teams serve"
    audience = named_audience(backlog, strange.audience)
    return f"Does it serve our audience? “{item.title}” is for {audience}; {who} {named(strange.serves)}."


def _answer(
    ctx: typer.Context, backlog: Backlog, item: Item, strange: Mismatch, *, several: bool
) -> str | None:
    """The team, KEEP or DECLINE; None: keep this and all others."""
    keys = {
        str(number): f"{team_name(backlog, team)} takes it"
        for number, team in enumerate(strange.others[:5], 1)
    }
    keys |= {"k": f"{strange.team} keeps it" if strange.team else "keep it"}
    keys |= {"a": "keep this and all others"} if several else {}
    keys |= {"n": "no: decline it, with a reply"}
    ask.show(ctx, (Words(text=question(backlog, item, strange)),), today=today(ctx, backlog))
    key = ask.key(keys)
    if key is None or key == "a":
        return None
    return {"k": KEEP, "n": DECLINE}.get(key) if key in "kn" else strange.others[int(key) - 1]


def _remark(backlog: Backlog, item: Item, strange: Mismatch) -> str:
    if strange.others:
        takes = named(strange.others, last="or")
        offer = f"{takes} could take it: mbl edit {item.id} --team {strange.others[0]}"
    elif strange.partly:
        offer = f"No team serves all of them. For some of them: mbl edit {item.id} --audience AUDIENCE"
    else:
        offer = f"No team serves them. A kind no: mbl decline {item.id} --not-ours"
    return f"{question(backlog, item, strange)} {offer}"
