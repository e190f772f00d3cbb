"""A new backlog in a folder.

Refuses a folder that is part of a backlog already, and values that the first command would stumble over.
"""

import os
from pathlib import Path
from typing import Any

from mbl.errors import MblError
from mbl.model.backlog import SETTINGS
from mbl.model.settings import Settings
from mbl.session.place import Tell
from mbl.session.replies import write_replies
from mbl.session.schemas import write_schemas
from mbl.session.timezone import suggestion, zone
from mbl.session.values import valid
from mbl.storage import disk, where

_ABOUT = """\
# The settings of this backlog. Change what you like: a line that begins with # only explains.

# The version of this file. Leave it as it is.
{schema}
# What the backlog is called.
{name}
# The time zone that decides what day it is.
{timezone}
# How many person-days of planned work your team gets done in a month, as long as no file in teams/ says more.
{capacity}
# What an estimate like M stands for.
{sizes}
# How many hours of work a day has: an estimate like 4h is then half a day.
{hours_per_day}
# true: commit after every change.
{commit}"""


def create(
    folder: Path, *, name: str | None, capacity: float | None, timezone: str | None, git: bool, tell: Tell
) -> bool:
    """Write mbl.yaml, schemas/ and replies/, and make a git repository unless inside one; whether one was made.

    Raises MblError if there is a backlog already, in the folder or above.
    """
    root = Path(os.path.abspath(folder))
    try:
        _refuse_taken(root)
        text = _settings(" ".join(name.split()) if name else _title(root), capacity, _known(timezone))
        (root / "items").mkdir(parents=True, exist_ok=True)
        write_schemas(root)
        write_replies(root)
        disk.replace(root, SETTINGS, text.encode())
    except UnicodeEncodeError as error:
        said = error.object.encode("utf-8", "replace").decode()
        raise MblError(f"This name is not in UTF-8: {said:.60}", hint="Type it again.", exit_code=2) from None
    except OSError as error:
        raise disk.failure(error, str(root)) from None
    return git and where.git_dir(root) is None and _made_repository(root, tell)


def _refuse_taken(root: Path) -> None:
    around = where.find_root(root)
    if around is not None:
        raise MblError(f"There is a backlog already: {around / SETTINGS}.", hint="`mbl list` shows it.")
    if where.is_bare(root):
        raise MblError(
            "This is a bare git repository: it has no files to work with.",
            hint="Make a clone, and start there.",
        )


def _settings(name: str, capacity: float | None, timezone: str) -> str:
    from mbl.storage import codec, yamltext

    given: dict[str, Any] = {"schema": 1, "name": name, "timezone": timezone, "capacity": _short(capacity)}
    settings: Settings = valid(Settings, {**given, "schema": "1"})
    usual = {
        "sizes": settings.sizes,
        "hours_per_day": _short(settings.hours_per_day),
        "commit": settings.commit,
    }
    lines = {key: yamltext.dump({key: value}) for key, value in {**given, **usual}.items()}
    return codec.modeline(SETTINGS) + _ABOUT.format_map(lines)


def _short(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number


def _title(root: Path) -> str:
    words = root.name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "Marketing Backlog"


def _known(timezone: str | None) -> str:
    """The time zone that was asked for, else the machine's. Raises MblError (exit code 2) for one that does not exist."""
    if timezone is None:
        return _local_timezone()
    if zone(timezone) is None:
        raise MblError(f"There is no time zone {timezone!r}.", hint=suggestion(timezone), exit_code=2)
    return timezone


def _local_timezone() -> str:
    """The name of the machine's time zone; UTC if it does not say."""
    named = os.environ.get("TZ", "").removeprefix(":")
    linked = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2].removeprefix("posix/")
    return next((name for name in (named, linked) if "/" in name and zone(name) is not None), "UTC")


def _made_repository(root: Path, tell: Tell) -> bool:
    """Whether git made one; a backlog works without, so that a refusal is no more than a remark."""
    from mbl.storage import repo

    try:
        repo.create(root)
    except MblError as error:
        tell(f"No git repository was made. {error.message}\n{error.hint}".strip())
        return False
    return True
