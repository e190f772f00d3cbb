"""`mbl campaign` lists them, `mbl campaign show` shows one in full."""

from dataclasses import dataclass, replace
from typing import Annotated

import typer

from mbl.cli import complete
from mbl.cli.open import place, read
from mbl.cli.options import Names, Reading, at_least, listed, one_of, with_groups
from mbl.cli.output import show as show_report
from mbl.cli.output import tell
from mbl.core.campaigns.refs import campaign_path
from mbl.core.campaigns.report import PHASES, Asked, campaigns_report, unmatched
from mbl.core.campaigns.show import campaign_show
from mbl.model.campaign import Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which campaigns are meant."""

    phase: Annotated[
        Names,
        typer.Option(
            "--phase",
            metavar="PHASE",
            autocompletion=complete.values(*PHASES),
            help="due, running, planned or decided.",
        ),
    ] = None
    all_: Annotated[bool, typer.Option("--all", help="The decided ones, too.")] = False
    outcome: Annotated[
        Names,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            autocompletion=complete.field("outcome"),
            help="Serves this outcome (none: no outcome).",
        ),
    ] = None
    audience: Annotated[
        Names,
        typer.Option(
            "--audience",
            metavar="AUDIENCE",
            autocompletion=complete.field("audience"),
            help="Made for this audience.",
        ),
    ] = None
    channel: Annotated[Names, typer.Option("--channel", metavar="CHANNEL", help="In this channel.")] = None
    text: Annotated[Names, typer.Option(metavar="WORDS", help="Mentions these words.")] = None
    limit: Annotated[
        int | None, typer.Option(metavar="N", callback=at_least(0), help="At most N campaigns (0: all).")
    ] = None

    def asked(self) -> Asked:
        """The filters as the core knows them."""
        phases = tuple(one_of(value, PHASES, "--phase") for value in listed(self.phase))
        return Asked(
            phase=PHASES if self.all_ else phases,
            **{name: listed(getattr(self, name)) for name in ("outcome", "audience", "channel", "text")},
            limit=self.limit,
        )


@with_groups
def campaign(ctx: typer.Context, *, which: Which, reading: Reading) -> None:
    """Show the campaigns: what asks for a decision, how the running ones are doing, what is planned."""
    backlog, now, whole = read(ctx)
    asked = which.asked()
    for sentence in unmatched(backlog, asked):
        tell(ctx, sentence)
    report = campaigns_report(backlog, now, asked)
    show_report(
        ctx, replace(report, answer=whole), form=reading.format, today=now, whole=which.limit is not None
    )


@with_groups
def show(
    ctx: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(metavar="REF", autocompletion=complete.campaigns, help="An id, or words of a title."),
    ],
    *,
    reading: Reading,
) -> None:
    """Show one campaign in full: every criterion, the way so far, what to do."""
    backlog, now, whole = read(ctx)
    path = campaign_path(backlog, ref)
    report = campaign_show(backlog, path, now, changed=_changed(ctx, path, backlog.campaigns[path]))
    show_report(ctx, replace(report, answer=whole), form=reading.format, today=now, whole=True)


def _changed(ctx: typer.Context, path: str, campaign: Campaign) -> tuple[str, ...]:
    """Which criteria are no longer those that were set beforehand; git is asked only if there is something to freeze."""
    if not campaign.readings:
        return ()
    from mbl.session.frozen import changed_criteria

    return changed_criteria(place(ctx), path, campaign)
