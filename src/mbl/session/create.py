"""A new backlog in a folder."""

import os
from pathlib import Path

from mbl.errors import MblError
from mbl.model.backlog import SETTINGS
from mbl.model.settings import Settings
from mbl.session.schemas import write_schemas
from mbl.session.values import valid
from mbl.storage import disk


def create(
    folder: Path, *, name: str | None, capacity: float | None, timezone: str | None, git: bool
) -> bool:
    """Write mbl.yaml and schemas/, and make a git repository unless inside one; whether one was made.

    Raises MblError if there is a backlog already, in the folder or above.
    """
    root = folder.absolute()
    around = disk.find_root(root)
    if around is not None:
        raise MblError(f"There is a backlog already: {around / SETTINGS}.", hint="`mbl list` shows it.")
    if disk.is_bare(root):
        raise MblError(
            "This is a bare git repository: it has no files to work with.",
            hint="Make a clone, and start there.",
        )
    text = _settings(name or _title(root), capacity, timezone or _local_timezone())
    try:
        root.mkdir(parents=True, exist_ok=True)
        (root / "items").mkdir(exist_ok=True)
        disk.replace(root, SETTINGS, text.encode())
    except OSError as error:
        raise disk.failure(error, str(root)) from None
    write_schemas(root)
    if not git or disk.git_dir(root) is not None:
        return False
    from mbl.storage import repo

    repo.create(root)
    return True


def _settings(name: str, capacity: float | None, timezone: str) -> str:
    from mbl.storage import codec, yamltext

    valid(Settings, {"name": name, "capacity": capacity, "timezone": timezone})
    said = yamltext.dump({"schema": 1, "name": name, "timezone": timezone})
    days = f"{capacity:g}" if capacity is not None else ""
    hint = "" if days else "   # person-days a month for planned work, like 30"
    return (
        codec.modeline(SETTINGS)
        + said
        + f"capacity: {days}".rstrip()
        + hint
        + "\nsizes: {S: 1d, M: 3d, L: 8d, XL: 20d}\n"
    )


def _title(root: Path) -> str:
    words = root.name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "Marketing Backlog"


def _local_timezone() -> str:
    """The name of the machine's time zone; UTC if it does not say."""
    named = os.environ.get("TZ", "").removeprefix(":")
    linked = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    return named if "/" in named else linked.removeprefix("posix/") or "UTC"
