"""How files came to what they hold: each change of them in git's history, with who made it and when.

Refuses nothing; what git cannot tell is an MblError of `repo`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mbl.storage import repo

_ROW = re.compile(
    r"\x01(?P<commit>[0-9a-f]+)\x02(?P<parents>[0-9a-f ]*)\x02(?P<by>[^\x02]*)\x02(?P<on>\d{4}-\d\d-\d\d)\x03"
    r"|:\d+ \d+ (?P<old>[0-9a-f]+) (?P<new>[0-9a-f]+) [A-Z]\d*\0(?P<path>[^\0]+)\0"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One commit's change of one file, as against a parent; None where there was no file."""

    commit: str
    is_merge: bool
    by: str
    on: str
    path: str
    before: bytes | None
    after: bytes | None


def steps(root: Path, patterns: Sequence[str]) -> tuple[Step, ...]:
    """Every change of the files that these pathspecs mean, the oldest first; a merge as against each of its parents.

    Raises MblError.
    """
    own = ("-c", "log.follow=false", "-c", "log.showSignature=false")
    order = ("--reverse", "--topo-order", "-m", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z")
    shape = ("--encoding=UTF-8", "--format=%x01%H%x02%P%x02%an%x02%cs%x03")
    rows = list(_ROW.finditer(repo.run(root, *own, "log", *order, *shape, "--", *patterns)))
    names = sorted({name for row in rows for name in (row["old"], row["new"]) if name and name.strip("0")})
    held = dict(zip(names, repo.contents(root, names), strict=True))
    found: list[Step] = []
    head: Any = None
    for row in rows:
        if row["path"] is None:
            head = row
            continue
        step = Step(
            commit=head["commit"], is_merge=" " in head["parents"], by=head["by"], on=head["on"],
            path=row["path"], before=held.get(row["old"]), after=held.get(row["new"]),
        )  # fmt: skip
        found.append(step)
    return tuple(found)
