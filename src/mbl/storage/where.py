"""Where a backlog is, and where mbl keeps its own things: found by looking at names, without git.

Refuses nothing: what cannot be looked at is not there.
"""

import os
from pathlib import Path

from mbl.model.backlog import SETTINGS


def find_root(start: Path) -> Path | None:
    """The nearest folder upwards that holds an mbl.yaml."""
    return next((folder for folder in (start, *start.parents) if os.path.exists(folder / SETTINGS)), None)


def git_dir(root: Path) -> Path | None:
    """The git directory of the work tree around `root`, found without git; links of worktrees are followed."""
    for folder in (root, *root.parents):
        marker = folder / ".git"
        if os.path.isdir(marker):
            return marker
        if os.path.isfile(marker):
            return _linked(marker)
    return None


def is_bare(root: Path) -> bool:
    """Whether the folder is, or lies in, a bare git repository: one without a work tree."""
    return any(
        (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
        for folder in (root, *root.parents)
    )


def state_dir(root: Path) -> Path | None:
    """Where mbl keeps its own things: `<git-dir>/mbl`, without git `.mbl`; None if neither can be written.

    A backlog below the top of its work tree has a folder of its own in there: a repository may hold several.
    """
    root = Path(os.path.realpath(root))
    git = git_dir(root)
    for folder in ([git / "mbl" / _below_top(root)] if git else []) + [root / ".mbl"]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if folder.name == ".mbl" and not (folder / ".gitignore").exists():
                (folder / ".gitignore").write_text("*\n")  # should the folder become a repository one day
        except OSError:
            continue
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    return None


def _linked(marker: Path) -> Path | None:
    """The folder that a `.git` file names, as in a linked work tree or a submodule."""
    try:
        kind, _, target = marker.read_text("utf-8", "replace").partition(":")
        linked = Path(os.path.realpath(marker.parent / target.strip()))
        return linked if kind == "gitdir" and target.strip() and linked.is_dir() else None
    except (OSError, ValueError):
        return None


def top(root: Path) -> Path:
    """The top of the work tree around the folder; without git the folder itself."""
    return next((folder for folder in (root, *root.parents) if os.path.exists(folder / ".git")), root)


def _below_top(root: Path) -> str:
    """`+clients+north` for clients/north: one name for each folder, and never one that mbl uses itself."""
    parts = root.relative_to(top(root)).parts
    return "".join("+" + part.replace("%", "%25").replace("+", "%2B") for part in parts)
