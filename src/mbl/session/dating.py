"""When a status was changed by hand: the day of the commit that changed it, for items whose date is missing.

Silent where nobody can tell: without git, before the first commit, where the status is as old as the file (an
import, a history that was cut off), and where the change is not committed yet.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from mbl.core.rules.missing_dates import missing_date
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.session.place import Place
from mbl.session.timezone import zone
from mbl.storage.where import git_dir


def days_of_change(at: Place, backlog: Backlog) -> dict[str, date]:
    """The day on which the status of each item without its date was changed, by path, where a commit tells."""
    wanted = {path: item for path, item in backlog.items.items() if missing_date(item)}
    if not wanted or git_dir(at.root) is None:
        return {}
    from mbl.storage.dated import dated_versions

    try:
        versions = dated_versions(at.root, wanted)
    except MblError:
        return {}  # no commit yet, or no git
    found = {}
    for path, item in wanted.items():
        told = [(version.at, _status(path, version.content)) for version in versions.get(path, ())]
        if (moment := _changed(told, item.status)) is not None:
            found[path] = _day(moment, backlog.settings.timezone)
    return found


def _changed(told: Sequence[tuple[int, str | None]], status: str) -> int | None:
    """The moment from which on every version had this status, if one before it had another."""
    since = len(told)
    while since and told[since - 1][1] == status:
        since -= 1
    if since in (0, len(told)) or told[since - 1][1] is None:
        return None
    return told[since][0]


def _status(path: str, content: bytes) -> str | None:
    """The status in this version; None where it cannot be read."""
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        return str(codec.parse(path, content).status)
    except Malformed:
        return None


def _day(moment: int, timezone: str | None) -> date:
    here = zone(timezone) if timezone else None
    when = datetime.fromtimestamp(moment, UTC)
    return when.astimezone(here).date()
