"""`mbl team new` and `mbl team edit`: by options; `new` asks in a terminal for what they leave open, `edit` opens the file.

Refuses a team that has nobody's name, and people who would give more than all of their time.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Annotated, Any

import typer

from mbl import session
from mbl.cli import ask, complete
from mbl.cli.open import place, today
from mbl.cli.options import Names, Writing, listed, with_groups
from mbl.cli.outcomes import answered
from mbl.cli.output import report_saved, tell
from mbl.cli.question import may_ask
from mbl.cli.team_values import given, recurring, save_team, shares, weighed_team
from mbl.core.capacity.words import percent
from mbl.core.capacity.workdays import overbooked
from mbl.core.report import Facts, Words
from mbl.core.teams import edits
from mbl.core.teams.serving import audience_name
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.team import Team
from mbl.session import values as validated


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a team file says."""

    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="Its name for people.")] = None
    serves: Annotated[
        Names,
        typer.Option(
            "--serves", metavar="AUDIENCE", autocompletion=complete.field("audience"),
            help="The audiences it serves, all of them.",
        ),
    ] = None  # fmt: skip
    people: Annotated[
        Names,
        typer.Option(
            "--people", metavar="WHO=SHARE", autocompletion=complete.field("owner"),
            help="ana=0.8: with so much of her time (ana: all of it; ana=: not any more).",
        ),
    ] = None  # fmt: skip
    unplanned: Annotated[
        str | None, typer.Option(metavar="SHARE", help="What interruptions and meetings take: 20%.")
    ] = None
    recurring: Annotated[
        Names,
        typer.Option(
            metavar="TITLE=RATE", help='Work that comes back: "Newsletter=2d/month" ("Newsletter=": no more).'
        ),
    ] = None


@with_groups
def new(
    ctx: typer.Context,
    word: Annotated[
        str | None, typer.Argument(metavar="TEAM", help="The word that requests use for it.")
    ] = None,
    *,
    about: About,
    writing: Writing,
) -> None:
    """Found a team: whom it serves, who is in it; in a terminal, mbl asks for what you did not say."""
    if may_ask(ctx, form=writing.format, no_ask=False):
        backlog = session.opened(place(ctx), tell=lambda text: tell(ctx, text)).backlog
        word, about = _asked(ctx, backlog, word, about)
    if not word:
        raise MblError(
            "The team needs a name.", hint="For example: mbl team new growth --people ana=0.8", exit_code=2
        )
    founded = _team(Team(), about)
    if founded == Team():
        raise MblError(
            f"Who is in the team {word}, or whom does it serve?",
            hint=f"For example: mbl team new {word} --people ana=0.8 --serves dealers",
            exit_code=2,
        )
    save_team(ctx, lambda backlog: edits.created(backlog, word, founded), writing)


@with_groups
def edit(
    ctx: typer.Context,
    word: Annotated[
        str, typer.Argument(metavar="TEAM", autocompletion=complete.names("teams"), help="The team.")
    ],
    *,
    about: About,
    writing: Writing,
) -> None:
    """Change a team, or open its file in your editor."""
    if any(getattr(about, each.name) is not None for each in fields(About)):
        save_team(ctx, lambda backlog: _edited(backlog, word, lambda old: _team(old, about)), writing)
        return
    at = place(ctx)
    path = edits.path_of(session.opened(at, tell=lambda text: tell(ctx, text)).backlog, word)
    saved = session.edited_noun(
        at, path, lambda backlog, team: weighed_team(ctx, backlog, _edited(backlog, word, lambda old: team)),
        dry_run=writing.dry_run, commit=writing.commit, tell=lambda text: tell(ctx, text),
    )  # fmt: skip
    report_saved(ctx, saved, form=writing.format, today=today(ctx, saved.after), dry_run=writing.dry_run)


def _edited(backlog: Backlog, word: str, become: Callable[[Team], Team]) -> Backlog:
    team = become(backlog.teams[edits.path_of(backlog, word)])
    return edits.edited_team(backlog, word, {each.name: getattr(team, each.name) for each in fields(Team)})


def _team(old: Team, about: About) -> Team:
    """The team with what the options say. Raises MblError (exit code 2)."""
    come, gone = recurring(about.recurring)
    said = given({"name": about.name, "unplanned": about.unplanned})
    if about.serves is not None:
        said["serves"] = listed(about.serves)
    checked = validated.valid(Team, {key: value for key, value in said.items() if value is not None})
    values: dict[str, Any] = {each.name: getattr(old, each.name) for each in fields(Team)}
    return Team(
        **{
            **values,
            **{key: getattr(checked, key) for key in said},
            "people": edits.shares_after(old.people, shares(about.people)),
            "recurring": edits.recurring_after(old.recurring, come, gone=gone),
        }
    )


def _asked(ctx: typer.Context, backlog: Backlog, word: str | None, about: About) -> tuple[str, About]:
    """The word and what the team file says, with answers for what was not said."""
    word = word or answered("What is the team called, in one word?", lambda text: _free(backlog, text))
    serves, people, unplanned = about.serves, about.people, about.unplanned
    if serves is None:
        _offer(ctx, backlog)
        serves = answered(
            "Which audiences does it serve? (Enter: not now)", lambda text: _known(backlog, text)
        )
    if people is None:
        people = answered(
            "Who is in it, with how much of their time? (ana=0.8, ben=0.5)",
            lambda text: _people(backlog, word, text),
        )
    if unplanned is None:
        unplanned = answered("Which share do interruptions and meetings take?", _percent, usual="20%")
    return word, About(
        name=about.name, serves=serves, people=people, unplanned=unplanned, recurring=about.recurring
    )


def _offer(ctx: typer.Context, backlog: Backlog) -> None:
    facts = tuple((each.id, audience_name(backlog, each.id)) for each in backlog.settings.audiences)
    if facts:
        ask.show(ctx, (Words(text="The audiences:"), Facts(facts=facts)), today=today(ctx, backlog))


def _free(backlog: Backlog, text: str) -> str:
    edits.created(backlog, text, Team())
    return text


def _known(backlog: Backlog, text: str) -> list[str]:
    from mbl.core.rules.finding import nearest

    words, known = [*listed([text])], [audience.id for audience in backlog.settings.audiences]
    for word in words if known else ():
        if word not in known:
            raise MblError(
                f"There is no audience {word}.",
                hint=nearest(word, known) or f"There are: {', '.join(known)}.",
            )
    return words


def _people(backlog: Backlog, word: str, text: str) -> list[str]:
    """The answer, unless somebody in it would give more than all of their time."""
    people = edits.shares_after({}, shares([text]))
    for who, booking in overbooked(edits.created(backlog, word, Team(people=people))).items():
        if who in people:
            raise MblError(
                f"{who} would be booked {percent(booking.share)} over all teams.", hint="Lower it."
            )
    return [text]


def _percent(text: str) -> str:
    checked: Team = validated.valid(Team, {"unplanned": text})
    return checked.unplanned
