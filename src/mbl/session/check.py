"""Everything that is wrong in a folder: files that cannot be read, files in the wrong place, broken rules.

Mends only what has one right answer. Refuses to judge the user's own files beside the backlog's.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from mbl.core.rules.check import findings, renamed, renames
from mbl.core.rules.check import mended as ranks_mended
from mbl.core.rules.finding import Finding
from mbl.core.rules.missing_dates import dated
from mbl.errors import Problem
from mbl.model.backlog import PEOPLE, SETTINGS, Backlog
from mbl.session.agreement import unexplained
from mbl.session.change import Saved, Writes, applied, saved, silent
from mbl.session.dating import days_of_change
from mbl.session.frozen import unexplained_criteria
from mbl.session.place import Place, Tell, opened
from mbl.session.replies import replies_found
from mbl.session.timezone import suggestion, zone
from mbl.storage import disk, index
from mbl.storage.where import top

_MISSPELT = {
    wrong: right for right in (SETTINGS, PEOPLE) for wrong in (right, right.replace(".yaml", ".yml"))
}


def problems(at: Place, day: date) -> tuple[tuple[Problem, ...], int]:
    """Everything that is wrong, errors first, by file and line, and how many files were looked at."""
    reading = opened(at)
    backlog = reading.backlog
    letters, unsendable = replies_found(at.root)
    found = [*backlog.broken, *unsendable, *_strays(at.root)]
    rules = (
        *_timezone(backlog),
        *findings(backlog, day),
        *unexplained(at, backlog),
        *unexplained_criteria(at, backlog),
    )
    found.extend(_located(at.root, each) for each in rules)
    level = {"error": 0, "warning": 1}
    found.sort(key=lambda problem: (level[problem.level], problem.path, problem.line, problem.column))
    files = len(reading.seen) + len({problem.path for problem in backlog.broken}) + letters
    return tuple(found), files


def in_repository(at: Place, path: str) -> str:
    """The path from the top of the repository around the backlog: what its host calls the file."""
    return (at.root.relative_to(top(at.root)) / path).as_posix()


def mended(at: Place, *, dry_run: bool = False, commit: bool = False, tell: Tell = silent) -> Saved:
    """Mend what has one right answer: missing, equal and broken ranks; dates that a commit tells; names of files."""
    return saved(at, lambda now: _mended(at, now), dry_run=dry_run, commit=commit, tell=tell)


def _located(root: Path, finding: Finding) -> Problem:
    from mbl.storage import yamltext

    line, column = 0, 0
    if finding.at:
        try:
            line, column = yamltext.position(disk.read(root, finding.path).decode(), finding.at)
        except (OSError, ValueError, yamltext.Malformed):
            line, column = 0, 0
    return Problem(
        path=finding.path, code=finding.code, message=finding.message, fix=finding.fix, level=finding.level,
        line=line, column=column,
    )  # fmt: skip


def _mended(at: Place, now: index.Reading) -> tuple[Backlog, Writes]:
    after, writes = applied(at, now, lambda held: dated(ranks_mended(held), days_of_change(at, held)))
    # On a disk that knows no case, a name may be taken by the very file that should get it.
    moves = {path: name for path, name in renames(after).items() if not (at.root / name).exists()}
    for path, name in moves.items():
        writes[name] = writes.pop(path, None) or disk.read(at.root, path)
        writes[path] = None
    return renamed(after, moves), writes


def _strays(root: Path) -> Iterable[Problem]:
    for path in disk.strays(root):
        if path.casefold() in _MISSPELT:
            yield Problem(
                path=path, code="wrong-name", message="a file that mbl does not read under this name",
                fix=f"Rename it to {_MISSPELT[path.casefold()]}.",
            )  # fmt: skip
        elif "/" in path or _looks_like_ours(root, path):
            yield Problem(
                path=path, code="wrong-place", message="a file that mbl does not read here",
                fix="Requests belong in items/, other files in their own folder; rename or move it.",
            )  # fmt: skip


def _looks_like_ours(root: Path, path: str) -> bool:
    """A file beside the folders is ours to complain about if it holds a request; else it is the user's own."""
    try:
        text = disk.read(root, path).decode("utf-8", "replace")
    except OSError:
        return False
    keys = {line.partition(":")[0] for line in text.splitlines()}
    return "title" in keys and bool(keys & {"id", "status", "requester", "rank", "hypothesis"})


def _timezone(backlog: Backlog) -> Iterable[Finding]:
    name = backlog.settings.timezone
    if name is not None and zone(name) is None:
        yield Finding(
            path=SETTINGS, at=("timezone",), code="unknown-timezone", message=f"there is no time zone {name}",
            fix=suggestion(name),
        )  # fmt: skip
