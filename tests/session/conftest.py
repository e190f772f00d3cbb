"""Repositories for the tests of sessions: a backlog at the top of one, or in a folder of its own below."""

import shlex
from pathlib import Path

import pytest

from gitworld import pin, versioned
from world import MBL


@pytest.fixture
def repo(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small backlog at the top of a repository, all committed; the present folder."""
    pin(monkeypatch)
    return versioned(here)


@pytest.fixture
def below(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small backlog in a folder with a space in its name, below the top of a repository; the present folder."""
    pin(monkeypatch)
    root = versioned(here / "our marketing ü", top=here)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def call() -> str:
    """How a shell script calls mbl."""
    return shlex.join(MBL)
