"""What `mbl check` would say of a change, said before it is saved.

Refuses what would be an error in the file. A team, an outcome or an audience that no file describes is only
remarked on: its file may come later.
"""

from collections.abc import Sequence
from datetime import date

import typer

from mbl.cli.clashes import warn
from mbl.cli.output import tell
from mbl.core.objections import objections
from mbl.core.rules.finding import Finding
from mbl.errors import MblError
from mbl.model.backlog import Backlog

_REMARKS = frozenset({"unknown-outcome", "unknown-team", "unknown-audience", "unknown-person"})


def checked(ctx: typer.Context, before: Backlog, after: Backlog, today: date) -> Backlog:
    """The changed backlog. Raises MblError with everything that is wrong with the change."""
    weighed(ctx, objections(before, after, today), after)
    warn(ctx, before, after, today)
    return after


def weighed(ctx: typer.Context, found: Sequence[Finding], after: Backlog) -> Backlog:
    """The changed backlog, with remarks on it. Raises MblError with the errors among what was found."""
    wrong = {each.message: each.fix for each in found if each.level == "error" and each.code not in _REMARKS}
    if wrong:
        lines = [f"Nothing was saved: {message.removesuffix('.')}." for message in wrong]
        raise MblError("\n".join(lines), hint="\n".join(dict.fromkeys(filter(None, wrong.values()))))
    for each in found:
        tell(ctx, f"Mind: {each.message}. {each.fix}".rstrip())
    return after
