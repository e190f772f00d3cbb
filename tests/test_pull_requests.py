"""The page about pull requests is played as a reader would: every screen it shows is what mbl prints."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from test_readme import FENCED, ROOT, Shell, fits, typed

PAGE = (ROOT / "docs" / "pull-requests.md").read_text("utf-8")
STOPS = {"git merge sales-wishes", "mbl resolve"}
"""What ends with 1 there, because a person has to decide."""


class Desk(Shell):
    """The shell of the page: it knows `python`, too, and a merge may stop."""

    def run(self, line: str) -> list[str]:
        if line.startswith("python "):
            return self._run([sys.executable, *line.split()[1:]], 0)
        if line in STOPS:
            return self._run(
                [sys.executable, "-m", *line.split()] if line.startswith("mbl") else line.split(), 1
            )
        return super().run(line)

    def _run(self, command: list[str], code: int) -> list[str]:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout
        return done.stdout.splitlines()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shutil.copytree(ROOT / "examples" / "acme", tmp_path / "examples" / "acme")
    shutil.copy(ROOT / "examples" / "history.py", tmp_path / "examples" / "history.py")
    (tmp_path / "home").mkdir()
    return Desk(tmp_path)


def test_every_screen_of_the_page_is_what_mbl_prints(desk: Desk) -> None:
    steps = typed(PAGE)
    assert len(steps) > 10
    for step in steps:
        printed = desk.run(step.line)
        assert fits(step.shown, printed), "\n".join([f"$ {step.line}", *printed])


def test_the_history_is_the_same_on_every_machine(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "examples" / "history.py")]
    heads = []
    for name in ("one", "two"):
        subprocess.run([*script, str(tmp_path / name)], check=True, capture_output=True)
        said = subprocess.run(
            ["git", "-C", str(tmp_path / name), "for-each-ref", "--format=%(refname) %(objectname)"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        heads.append(said.stdout)
    assert heads[0] == heads[1]
    assert re.findall(r"refs/heads/(\S+)", heads[0]) == ["main", "november-review", "sales-wishes"]
    assert subprocess.run([*script, str(tmp_path / "one")], check=False, capture_output=True).returncode == 2


def test_the_workflow_needs_no_secret_and_no_right_too_many() -> None:
    import yaml

    [flow] = [
        yaml.safe_load(body) for kind, body in FENCED.findall(PAGE) if kind == "yaml" and "jobs:" in body
    ]
    assert flow["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert flow[True] == "pull_request"  # YAML 1.1 reads `on` as true
    steps = flow["jobs"]["review"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    assert "secrets" not in str(flow)
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert set(steps[1]["with"]) <= set(inputs)


def test_the_hook_that_the_page_names_is_there() -> None:
    import yaml

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert "mbl-check" in {hook["id"] for hook in hooks}
