"""Real git repositories for tests: a pinned author, nobody's configuration, and everything git says about a state."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_IXUSR

import pytest

from world import SMALL, write_backlog

EMPTY = "/dev/null"
WHEN = "2026-11-22T09:00:00+00:00"
PINNED = {
    "GIT_CONFIG_GLOBAL": EMPTY,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.org",
    "GIT_AUTHOR_DATE": WHEN,
    "GIT_COMMITTER_DATE": WHEN,
}


def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    """The author, the time and the configuration of every git from here on."""
    for name, value in PINNED.items():
        monkeypatch.setenv(name, value)


def git(root: Path, *arguments: str, fails: bool = False) -> str:
    """What git prints; a failure fails the test unless it is expected."""
    ran = subprocess.run(
        ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode != 0) is fails, ran.stdout + ran.stderr
    return ran.stdout


def repository(root: Path) -> Path:
    """An empty repository on the branch main."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    return root


def versioned(root: Path, *, top: Path | None = None, items: Sequence[dict[str, object]] = SMALL) -> Path:
    """A backlog in `root`, whole in the first commit of the repository in `top`."""
    top = top or root
    repository(top)
    write_backlog(root, items)
    (top / "notes.txt").write_text("one\ntwo\nthree\n")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "-m", "First")
    return root


@dataclass(frozen=True)
class State:
    """All that git knows of a repository: how many commits, what is staged, what is changed and what is new."""

    head: str
    index: str
    status: str


def state(root: Path) -> State:
    """The repository as it is now."""
    return State(
        head=git(root, "rev-list", "--all", "--count"),
        index=git(root, "ls-files", "-z", "--stage"),
        status=git(root, "status", "--porcelain", "-z", "--untracked-files=all"),
    )


def committed(root: Path) -> list[str]:
    """The paths in the last commit, renames as a deletion and a new file."""
    named = git(root, "show", "--format=", "--name-only", "--no-renames", "-z", "HEAD")
    return sorted(path for path in named.split("\0") if path)


def subject(root: Path) -> str:
    """The first line of the last commit's message."""
    return git(root, "log", "-1", "--format=%s").rstrip("\n")


def body(root: Path) -> str:
    """The last commit's message."""
    return git(root, "log", "-1", "--format=%B").rstrip("\n")


def hook(root: Path, name: str, script: str) -> Path:
    """This shell script as a hook of the repository."""
    folder = Path(git(root, "rev-parse", "--git-path", "hooks").strip())
    path = (root / folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | S_IXUSR)
    return path


def program(folder: Path, name: str, script: str) -> Path:
    """An executable shell script."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def set_rank(root: Path, id_: str, rank: str) -> None:
    """Change the rank of an item by hand."""
    path = root / "items" / f"{id_}.yaml"
    lines = path.read_text().splitlines()
    path.write_text(
        "".join(f'rank: "{rank}"\n' if line.startswith("rank:") else f"{line}\n" for line in lines)
    )


def replace_line(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def is_root() -> bool:
    """Whether permissions mean nothing to this user."""
    return os.geteuid() == 0
