"""What is typed for teams and people: `ana=0.8`, `Newsletter=2d/month`, `copy=2`, `2026-12-21..2026-12-31`.

Refuses, with an example, what cannot be read like that.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import typer

from mbl import session
from mbl.cli.checked import weighed
from mbl.cli.open import place, today
from mbl.cli.options import Writing, day, listed
from mbl.cli.output import report_saved, tell
from mbl.core.teams.edits import team_objections
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.team import Leave, Recurring, Team
from mbl.session import Saved
from mbl.session import values as validated

_LEVELS = ("1", "2")


def shares(texts: list[str] | None) -> dict[str, float | None]:
    """`ana=0.8`, `ben=50%`, `chie` (all her time), `dov=` (None: not in it). Raises MblError (exit code 2)."""
    found: dict[str, float | None] = {}
    for text in listed(texts):
        who, equals, share = (part.strip() for part in text.partition("="))
        if not who or who.startswith("-"):
            raise MblError(f"--people {text} names nobody.", hint="Write ana=0.8.", exit_code=2)
        found[who] = _share(text, share) if share else (None if equals else 1.0)
    validated.valid(Team, {"people": {who: share or 0.0 for who, share in found.items()}})
    return found


def recurring(texts: list[str] | None) -> tuple[tuple[Recurring, ...], tuple[str, ...]]:
    """`Newsletter=2d/month` as what comes back, `Newsletter=` as a title that does not. Raises MblError (exit code 2)."""
    come, gone = [], []
    for text in texts or ():
        title, equals, rate = (part.strip() for part in text.rpartition("="))
        effort, slash, per = (part.strip() for part in rate.rpartition("/"))
        if not equals or not title or (rate and not slash):
            raise MblError(
                f"--recurring {text!r} says no rate.", hint='Write "Newsletter=2d/month".', exit_code=2
            )
        if rate:
            come.append(validated.valid(Recurring, {"title": title, "effort": effort, "per": per}))
        else:
            gone.append(title)
    return tuple(come), tuple(gone)


def skills(texts: list[str] | None) -> dict[str, int | None]:
    """`copy=2`, `email=1`, `design=` (None: not any more). Raises MblError (exit code 2)."""
    found: dict[str, int | None] = {}
    for text in listed(texts):
        skill, equals, level = (part.strip() for part in text.partition("="))
        if not skill or not equals or (level and level not in _LEVELS):
            raise MblError(
                f"--skill {text}: which level?",
                hint=f"Write {skill or 'copy'}=1 (can help) or {skill or 'copy'}=2 (can do it alone).",
                exit_code=2,
            )
        found[skill] = int(level) if level else None
    return found


def leave(texts: list[str] | None) -> tuple[Leave, ...]:
    """`2026-12-21..2026-12-31`, one day `2026-12-24`, half days `2027-01-04..2027-02-26=0.5`. Raises MblError (2)."""
    found = []
    for text in listed(texts):
        span, _, part = (each.strip() for each in text.partition("="))
        first, dots, last = (each.strip() for each in span.partition(".."))
        from_ = a_day(first)
        to = a_day(last) if dots else from_
        if to < from_:
            raise MblError(
                f"--leave {text} ends before it begins.", hint="Exchange the two dates.", exit_code=2
            )
        found.append(Leave(from_=from_, to=to, days_per_day=_share(text, part) if part else 1))
    return tuple(found)


def a_day(text: str) -> date:
    """The date. Raises MblError (exit code 2)."""
    try:
        return day(text)
    except typer.BadParameter as error:
        raise MblError(error.message, exit_code=2) from None


def weighed_team(ctx: typer.Context, before: Backlog, after: Backlog) -> Backlog:
    """The changed backlog, with what `mbl check` would say of it. Raises MblError with what would be an error."""
    return weighed(ctx, team_objections(before, after, today(ctx, after)), after)


def save_team(ctx: typer.Context, verb: Callable[[Backlog], Backlog], writing: Writing) -> Saved:
    """Carry out the change of a team or person, and say what it came to. Raises MblError."""
    saved = session.changed(
        place(ctx), lambda backlog: weighed_team(ctx, backlog, verb(backlog)), dry_run=writing.dry_run,
        commit=writing.commit, tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    report_saved(ctx, saved, form=writing.format, today=today(ctx, saved.after), dry_run=writing.dry_run)
    return saved


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given; an empty text clears."""
    return {key: value or None for key, value in options.items() if value is not None}


def _share(text: str, share: str) -> float:
    try:
        found = float(share.removesuffix("%")) / (100 if share.endswith("%") else 1)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise MblError(f"{text}: {share} is no share.", hint="Write 0.8 or 80%; 1 is all of it.", exit_code=2)
    return found
