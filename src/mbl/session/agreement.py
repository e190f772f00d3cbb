"""An agreed Guidepoint is meant to hold: what changed since the commit that agreed it, and nobody wrote down why.

Silent where nobody can tell: without git, before the first commit, where the history was cut off.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from mbl.core.guidepoints.edits import changed_since_agreement
from mbl.core.rules.finding import Finding
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint, Revision
from mbl.session.place import Place
from mbl.storage.where import git_dir


def unexplained(at: Place, backlog: Backlog) -> Iterator[Finding]:
    """An error for every agreed Guidepoint that says something else than what was agreed, and not why."""
    held = {path: each for path, each in backlog.guidepoints.items() if each.agreed}
    if not held or git_dir(at.root) is None:
        return
    from mbl.storage import repo

    try:
        past = repo.versions(at.root, held)
    except MblError:
        return  # no commit yet, or no git
    for path, guidepoint in held.items():
        agreed = _agreed_version(path, past.get(path, ()), guidepoint)
        if agreed and (changes := changed_since_agreement(agreed, guidepoint)):
            yield _finding(path, guidepoint, changes)


def _agreed_version(path: str, versions: Iterable[bytes], now: Guidepoint) -> Guidepoint | None:
    """The first version that was agreed on the same day and gives the same reasons: whatever came later gives none."""
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    for content in versions:
        try:
            version: Guidepoint = codec.parse(path, content)
        except Malformed:
            continue
        if _word_given(version) == _word_given(now):
            return version
    return None


def _word_given(guidepoint: Guidepoint) -> tuple[date | None, list[Revision]]:
    reasons = [change for change in guidepoint.changes if (change.reason or "").strip()]
    return (guidepoint.agreed.date if guidepoint.agreed else None, reasons)


def _finding(path: str, guidepoint: Guidepoint, changes: tuple[str, ...]) -> Finding:
    agreed: Any = guidepoint.agreed
    return Finding(
        path=path, at=("agreed",), code="changed-agreement",
        message=f"agreed on {agreed.date}, and changed since without a reason: {'; '.join(changes)}",
        fix="Add {date, by, reason} to `changes`, or take the change back.",
    )  # fmt: skip
