"""`mbl campaign watch`: the campaigns on the screen, drawn again as their files change.

In a pipe a new report comes whenever something changed. Ctrl-C (in a terminal also q) ends it.
"""

import contextlib
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

import typer

from mbl.cli import complete
from mbl.cli.open import place, today
from mbl.cli.options import with_groups
from mbl.cli.output import canvas, say
from mbl.cli.screen import Screen, screen
from mbl.core.campaigns.news import news
from mbl.core.campaigns.refs import campaign_meant
from mbl.core.campaigns.report import campaigns_report
from mbl.core.campaigns.show import campaign_glance
from mbl.core.report import Block, Facts, Plot, Report, Words
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.render import Canvas, drawn
from mbl.session.watch import Look, looks

_SHORTEST, _LONGEST = 0.2, 3600.0
_REMEMBERED = 5


def _pause(value: float) -> float:
    if not _SHORTEST <= value <= _LONGEST:
        raise typer.BadParameter(f"{value:g} is not between {_SHORTEST:g} and {_LONGEST:g} seconds.")
    return value


@with_groups
def watch(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="REF",
            autocompletion=complete.campaigns,
            help="An id, or words of a title (all campaigns).",
        ),
    ] = None,
    *,
    every: Annotated[
        float,
        typer.Option("--every", metavar="SECONDS", callback=_pause, help="The pause between two looks."),
    ] = 2.0,
) -> None:
    """Keep the campaigns on the screen, and draw them again as somebody logs a reading. Ctrl-C ends."""
    at = place(ctx)
    first = next(looks(at, every=every))
    watcher = _Watcher(ctx, campaign_meant(first.backlog, ref).id if ref else None, every, first.backlog)
    with contextlib.suppress(KeyboardInterrupt):
        if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
            with screen() as shown:
                for look in looks(at, every=every, wait=shown.wait):
                    watcher.on_screen(shown, look)
        else:
            for look in looks(at, every=every):
                watcher.in_pipe(look)


@dataclass(slots=True)
class _Watcher:
    """Who watches what, and what was seen last."""

    ctx: typer.Context
    only: str | None
    every: float
    before: Backlog
    report: Report | None = None
    shown: tuple[Any, ...] | None = None
    happened: list[tuple[str, str]] = field(default_factory=list)

    def on_screen(self, on: Screen, look: Look) -> None:
        """Draw it again if anything differs, also the size of the window, also the day."""
        now = today(self.ctx, look.backlog)
        surface = canvas(self.ctx, now)
        state = (now, look.trouble, surface.width, surface.height)
        if not (look.changed or on.stale or state != self.shown):
            return
        self._learn(look, now)
        self.shown = state
        said = f"Looking every {self.every:g} s since {_START}; q or Ctrl-C ends."
        head: tuple[Block, ...] = (Words(text=said, tone="hint"), *_trouble(look), *self._news())
        report = self._present(look, now)
        on.draw(_fitting((*head, *report.blocks), surface), height=surface.height)

    def in_pipe(self, look: Look) -> None:
        """Print what happened and the report; nothing where nothing differs."""
        now = today(self.ctx, look.backlog)
        before, self.shown = self.shown, (now, look.trouble)
        if before is None or before[1] != look.trouble:
            for words in look.trouble:
                say(f"{_moment()}  Cannot be read: {words}", err=True)
        if before is not None and not look.changed and before[0] == now:
            return
        head = "".join(f"{moment}  {words}\n" for moment, words in self._learn(look, now))
        text = drawn(self._present(look, now), canvas(self.ctx, now))
        say(f"{head}{text}" if before is None else f"\n{head}{text}", verbatim=True)
        sys.stdout.flush()

    def _learn(self, look: Look, now: date) -> Sequence[tuple[str, str]]:
        """What happened since the last look, with the time."""
        fresh = [(_moment(), words) for words in news(self.before, look.backlog, now, only=self.only)]
        self.before = look.backlog
        self.happened = [*fresh, *self.happened][:_REMEMBERED]
        return fresh

    def _news(self) -> tuple[Facts, ...]:
        return (Facts(facts=tuple(self.happened)),) if self.happened else ()

    def _present(self, look: Look, now: date) -> Report:
        """The report; that of the last look if the campaign is gone."""
        try:
            made = (
                campaign_glance(look.backlog, self.only, now)
                if self.only
                else campaigns_report(look.backlog, now)
            )
        except MblError:
            if self.report is None:
                raise
            return self.report
        self.report = made
        return made


def _fitting(blocks: tuple[Block, ...], surface: Canvas) -> str:
    """The blocks as text, without the last plots if the window is too low for them."""
    text = drawn(Report(kind="campaigns", payload=dict, blocks=blocks), surface)
    if text.count("\n") < surface.height or not isinstance(blocks[-1], Plot):
        return text
    return _fitting(blocks[:-1], surface)


def _trouble(look: Look) -> tuple[Words, ...]:
    if not look.trouble:
        return ()
    lines = "\n".join(look.trouble)
    return (
        Words(
            text=f"Below stands what could be read last. Just now something cannot be read:\n{lines}",
            tone="bad",
        ),
    )


def _moment() -> str:
    return time.strftime("%H:%M")


_START = _moment()
