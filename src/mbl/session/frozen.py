"""A campaign's criteria are set beforehand: what changed since the first reading, by whom, and nobody wrote down why.

Silent where nobody can tell: without git, before the first commit, where the history was cut off.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mbl.core.campaigns.edits import FROZEN, differing
from mbl.core.campaigns.readings import is_trace
from mbl.core.rules.finding import Finding
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign
from mbl.model.guidepoint import Revision
from mbl.session.place import Place
from mbl.storage.answers import answered
from mbl.storage.where import git_dir

if TYPE_CHECKING:
    from mbl.storage.revisions import Step

Versions = Sequence[tuple["Step", Campaign | None, Campaign | None]]
"""Each step with the campaign before and after it; None where there was none, or none that can be read."""
_ID = 5
_FEW = 100


def changed_criteria(at: Place, path: str, campaign: Campaign) -> tuple[str, ...]:
    """What was set beforehand and changed since, unexplained: `criterion changed on 2026-11-12 by ana: …`.

    As long as what is frozen, its reasons and the commit are the same, git is not asked again.
    """
    if not campaign.readings:
        return ()
    given = repr([campaign.id, _reasons(campaign), *(getattr(campaign, name) for name in FROZEN)])
    return answered(
        at.root, at.state, path, given=given, ask=lambda: tuple(_changes(at, {path: campaign})[path])
    )


def unexplained_criteria(at: Place, backlog: Backlog) -> Iterator[Finding]:
    """An error for every campaign whose success is measured otherwise than was set beforehand, without a reason."""
    for path, changes in _changes(at, backlog.campaigns).items():
        if changes:
            yield Finding(
                path=path, at=("success_criteria",), code="changed-criteria", message="; ".join(changes),
                fix="Add {date, by, reason} to `changes`, or take the change back.",
            )  # fmt: skip


def _changes(at: Place, campaigns: Mapping[str, Campaign]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {path: [] for path in campaigns}
    read = {path: campaign for path, campaign in campaigns.items() if campaign.readings}
    if not read or git_dir(at.root) is None:
        return found
    from mbl.storage import revisions

    try:
        past = revisions.steps(at.root, _files([campaign.id for campaign in read.values()]))
    except MblError:
        return found  # no commit yet, or no git
    by_id: dict[str, list[Step]] = {}
    for step in past:
        by_id.setdefault(step.path.rpartition(".")[0][-_ID:], []).append(step)
    for path, campaign in read.items():
        found[path].extend(_words(_versions(path, by_id.get(campaign.id, ())), campaign))
    return found


def _files(ids: Sequence[str]) -> list[str]:
    """The pathspecs of these campaigns' files: the id is what stays when a title changes."""
    return [f":(glob)campaigns/*{id_}.y*ml" for id_ in ids] if len(ids) <= _FEW else [":(literal)campaigns"]


def _versions(path: str, steps: "Sequence[Step]") -> Versions:
    """Each step with what was before and after it; of a file that got another name, what it was under the former one."""
    moved = {step.commit: step.before for step in steps if step.after is None}
    known: dict[bytes | None, Campaign | None] = {}
    versions = []
    for step in steps:
        former = step.before or moved.get(step.commit)
        for content in (former, step.after):
            if content not in known:
                known[content] = _read(path, content)
        versions.append((step, known[former], known[step.after]))
    return versions


def _read(path: str, content: bytes | None) -> Campaign | None:
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        version: Campaign | None = None if content is None else codec.parse(path, content)
    except Malformed:
        return None
    return version


def _words(versions: Versions, now: Campaign) -> Iterator[str]:
    start = next((at for at, (_, _, after) in enumerate(versions) if after and _stands(after, now)), None)
    if start is None:
        return
    begun: Any = versions[start][2]
    for name, words in differing(begun, now):
        what = name if name in ("start", "deadline") else "criterion"
        yield f"{what} changed {_when(versions[start + 1 :], now, name)}: {words.removeprefix(f'{what} ')}"


def _stands(version: Campaign, now: Campaign) -> bool:
    """Whether what this version sets holds: there are readings, and whatever came later gives no other reason."""
    return bool(version.readings) and _reasons(version) == _reasons(now)


def _reasons(campaign: Campaign) -> list[Revision]:
    return [each for each in campaign.changes if (each.reason or "").strip() and not is_trace(each)]


def _when(versions: Versions, now: Campaign, name: str) -> str:
    """The last step that made it what it is now; a merge only where it was not done before."""
    made = [
        step
        for step, before, after in versions
        if before
        and after
        and name in dict(differing(before, after))
        and name not in dict(differing(after, now))
    ]
    last = next((step for step in reversed(made) if not step.is_merge), made[-1] if made else None)
    return f"on {last.on} by {last.by}" if last else "and not committed yet"
