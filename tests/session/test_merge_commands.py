"""Commands that write files of every kind, on two branches of the example: each pair merges, or `mbl resolve` puts it together."""

import subprocess
from pathlib import Path

import pytest

from gitworld import git, pin, repository
from world import copy_acme, mbl

LOG = ("campaign", "log", "q8n2k")
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # What ours does, and what theirs does: to the same file, with other values where the command has any.
    "add": (("add", "Bus shelters in Lyon"), ("add", "A quiz about forklifts")),
    "move": (("rank", "k7f3x", "--top"), ("rank", "k7f3x", "--top")),
    "accept": (("accept", "xc8q7"), ("accept", "wtzq3")),
    "done": (("done", "zwk3r"), ("done", "zwk3r")),
    "edit": (("edit", "k7f3x", "--estimate", "8d"), ("edit", "k7f3x", "--due", "2027-02-01")),
    "campaign log": (
        (*LOG, "invites=70", "accepted=9", "--date", "2026-11-21"),
        (*LOG, "invites=75", "accepted=9", "--date", "2026-11-22"),
    ),
    "campaign edit": (
        ("campaign", "edit", "q8n2k", "--deadline", "2026-12-18", "--reason", "Ana was ill"),
        ("campaign", "edit", "q8n2k", "--deadline", "2026-12-18", "--reason", "Ana was ill"),
    ),
    "campaign decide": (
        ("campaign", "decide", "h2rvn", "stop", "--reason", "Seven calls", "--learned", "Write first"),
        ("campaign", "decide", "h2rvn", "stop", "--reason", "Seven calls", "--learned", "Write first"),
    ),
    "measure": (
        ("measures", "log", "pipeline", "2480", "--date", "2026-11-20"),
        ("measures", "log", "pipeline", "2500", "--date", "2026-11-21"),
    ),
    "guidepoint": (
        ("guidepoint", "edit", "--target", "pipeline=3200", "--reason", "A good fair"),
        ("guidepoint", "edit", "--statement", "Shippers plan with us", "--reason", "Shorter"),
    ),
    "team": (
        ("team", "edit", "growth", "--unplanned", "25%"),
        ("team", "edit", "growth", "--people", "ana=0.5"),
    ),
    "person": (
        ("team", "person", "mia", "--skill", "design=2"),
        ("team", "person", "mia", "--leave", "2027-03-01..2027-03-05"),
    ),
}


@pytest.fixture(autouse=True)
def _ana(monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[tuple[str, int], str]]:
    """The example, and the commit of each command on either side, all from the same commit."""
    with pytest.MonkeyPatch.context() as patch:
        pin(patch)
        root = copy_acme(tmp_path_factory.mktemp("commands") / "acme")
        repository(root)
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", "Begin")
        base = git(root, "rev-parse", "HEAD").strip()
        commits = {}
        for name, sides in COMMANDS.items():
            for side, command in enumerate(sides):
                git(root, "switch", "--quiet", "--detach", base)
                said = mbl("--root", str(root), *command)
                assert said.code == 0, (command, said.err)
                git(root, "add", "--all")
                git(root, "commit", "--quiet", "-m", name)
                commits[name, side] = git(root, "rev-parse", "HEAD").strip()
        return root, commits


@pytest.mark.parametrize("ours", COMMANDS)
def test_every_pair_merges_or_is_resolved_without_a_question(
    made: tuple[Path, dict[tuple[str, int], str]], ours: str
) -> None:
    root, commits = made
    for theirs in list(COMMANDS)[list(COMMANDS).index(ours) :]:
        git(root, "switch", "--quiet", "--detach", "--force", commits[ours, 0])
        merge = ("git", "-C", str(root), "merge", "--quiet", "--no-edit", commits[theirs, 1])
        if subprocess.run(merge, capture_output=True, check=False).returncode:
            said = mbl("--root", str(root), "resolve")
            assert said.code == 0, (ours, theirs, said.out)
            git(root, "commit", "--quiet", "--no-edit")
        problems = mbl("--root", str(root), "check", "-f", "json").json["problems"]
        assert not [each for each in problems if each["level"] == "error"], (ours, theirs, problems)
        told = git(root, "diff", "--name-only", f"{commits[ours, 0]}^", "HEAD").split()
        for side, name in enumerate((ours, theirs)):
            own = git(root, "diff", "--name-only", f"{commits[name, side]}^", commits[name, side]).split()
            assert set(own) <= set(told), (ours, theirs)
