"""What a merge, rebase or cherry-pick could not put together: the three versions of each file, as git keeps them.

Refuses nothing. Stages what it is told to, and nothing else.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mbl.errors import MblError
from mbl.storage import repo
from mbl.storage.where import git_dir


class Versions(NamedTuple):
    """What the file held where the sides parted, here, and on the other side; None: no file."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


def unmerged(root: Path) -> dict[str, Versions]:
    """The files of the backlog's folder that are not merged, by path. Raises MblError without git."""
    said = repo.run(root, "ls-files", "--unmerged", "-z", "--", ".")
    names: dict[str, dict[int, str]] = {}
    for row in filter(None, said.split("\0")):
        what, _, path = row.partition("\t")
        _, name, stage = what.split(" ")
        names.setdefault(path, {})[int(stage)] = name
    every = [name for stages in names.values() for name in stages.values()]
    held = dict(zip(every, repo.contents(root, every), strict=True))
    return {
        path: Versions(*(held[stages[stage]] if stage in stages else None for stage in (1, 2, 3)))
        for path, stages in names.items()
    }


def stage(root: Path, paths: Sequence[str]) -> None:
    """Tell git that these files are merged as they are in the folder now. Raises MblError."""
    repo.run(root, "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul", lines=repo.exactly(paths))


def sides(root: Path) -> tuple[str, str]:
    """What the two sides are called: the branch we are on, and what is merged into it (or replayed on it)."""
    folder = git_dir(root)
    ours = repo.run(root, "branch", "--show-current").strip() or "what we build on"
    marker = next(
        (name for name in ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD", "REVERT_HEAD")
         if folder is not None and (folder / name).exists()),
        None,
    )  # fmt: skip
    if marker is None:
        return ours, "the other side"
    try:
        said = repo.run(root, "log", "-1", "--format=%h %s", marker).strip()
        named = repo.run(
            root, "name-rev", "--name-only", "--refs=refs/heads/*", "--no-undefined", marker
        ).strip()
    except MblError:
        named = ""
    return ours, named if named and "~" not in named and "^" not in named else said
