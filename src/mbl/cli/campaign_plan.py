"""What a campaign is, as options: shared by `mbl campaign new` and `edit`. Refuses what is no criterion, all of it at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from mbl.cli import complete
from mbl.cli.options import Names, day
from mbl.core.campaigns.counts import refuse_all
from mbl.core.campaigns.criteria import EXAMPLES, criterion
from mbl.errors import MblError
from mbl.model.campaign import SuccessCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a campaign is."""

    hypothesis: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What we believe will happen, and why.")
    ] = None
    start: Annotated[date | None, typer.Option(metavar="DATE", parser=day, help="The first day.")] = None
    deadline: Annotated[date | None, typer.Option(metavar="DATE", parser=day, help="The last day.")] = None
    criterion: Annotated[
        Names,
        typer.Option(metavar="TEXT", help=f'What must come out: "{EXAMPLES[0]}", "{EXAMPLES[2]}".'),
    ] = None
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience", metavar="AUDIENCE", autocompletion=complete.field("audience"), help="Who it is for."
        ),
    ] = None
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            autocompletion=complete.field("outcome"),
            help="The outcome it serves.",
        ),
    ] = None
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel",
            metavar="CHANNEL",
            autocompletion=complete.campaign_values("channel"),
            help="linkedin, email, event …",
        ),
    ] = None


def criteria_typed(texts: Sequence[str] | None) -> tuple[SuccessCriterion, ...]:
    """The criteria as they were typed. Raises MblError (exit code 2) with everything that is wrong."""
    found: list[SuccessCriterion] = []
    refuse_all(_typed(texts or (), found))
    return tuple(found)


def _typed(texts: Sequence[str], found: list[SuccessCriterion]) -> Iterator[MblError]:
    for text in texts:
        try:
            found.append(criterion(text))
        except MblError as error:
            yield error
