"""Lets every test import `build` and `world`: pytest puts the folder of this file on the path."""

from collections.abc import Callable
from pathlib import Path

import pytest

from world import WORLD, copy_acme, write_backlog

GOLDEN = Path(__file__).parent / "golden"
_FOREIGN = (
    "MBL_ROOT", "NO_COLOR", "EDITOR", "VISUAL", "GIT_EDITOR", "PYTHONIOENCODING", "COLUMNS", "LINES", "GIT_DIR",
    "GIT_WORK_TREE", "GIT_INDEX_FILE", "LC_ALL", "PYTHONUTF8",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="Write tests/golden/ anew from what is drawn."
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, a fixed day, seeded ids, and nothing of this machine's user."""
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    for name, value in WORLD.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "here"
    folder.mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def small(here: Path) -> Path:
    """The small backlog of `world.SMALL` around the present folder."""
    return write_backlog(here)


@pytest.fixture
def acme(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example backlog around the present folder."""
    root = copy_acme(here / "acme")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def editor(here: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """`editor(first, second …)`: EDITOR runs these shell scripts in turn on the file `$1`; gives the folder of its log.

    Each text that the editor was handed is kept there as `1.txt`, `2.txt` …; an editor that is opened once too
    often fails.
    """
    folder = here.parent / "editor"
    folder.mkdir()

    def set_up(*scripts: str) -> Path:
        for number, script in enumerate(scripts, start=1):
            (folder / f"{number}.sh").write_text(script)
        program = folder / "run"
        program.write_text(
            "#!/bin/sh\n"
            f'cd "{folder}" && n=$(($(ls *.txt 2>/dev/null | wc -l) + 1)) && cp "$1" $n.txt && . ./$n.sh\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(program))
        return folder

    return set_up


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: the text is that of tests/golden/<name>; `--update-goldens` writes it anew."""
    update = request.config.getoption("--update-goldens")

    def same(name: str, text: str) -> None:
        assert "Traceback" not in text, text
        path = GOLDEN / name
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"There is no tests/golden/{name}: pytest --update-goldens writes it."
        assert text == path.read_text("utf-8")

    return same
