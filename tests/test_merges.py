"""Two branches of random edits, merged by git itself: few conflicts, all of them real, and nothing doubled or lost."""

import importlib.util
import re
import subprocess
import sys
from types import ModuleType

import pytest

from world import ROOT


def _git() -> tuple[int, ...]:
    said = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.findall(r"\d+", said)[:2]))


pytestmark = pytest.mark.skipif(
    _git() < (2, 38), reason="git merge-tree --write-tree is there since git 2.38"
)


@pytest.fixture(scope="module")
def merges() -> ModuleType:
    """benchmarks/merges.py, which is a script."""
    spec = importlib.util.spec_from_file_location("benchmark_merges", ROOT / "benchmarks" / "merges.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("edits", [1, 2, 4])
def test_branches_merge_and_what_conflicts_is_a_real_disagreement(merges: ModuleType, edits: int) -> None:
    found = merges.measured(edits, 120, seed=7)
    assert (found.doubled, found.lost, found.ties) == (0, 0, 0)
    assert found.conflicts <= {1: 3, 2: 9, 4: 22}[edits]
    assert found.asked == found.conflicts


def test_the_same_seed_draws_the_same_branches(merges: ModuleType) -> None:
    assert merges.measured(4, 15, seed=3) == merges.measured(4, 15, seed=3)


def test_a_conflict_that_nobody_could_decide_would_be_seen(merges: ModuleType) -> None:
    base = merges.backlog()
    tree = merges.written({}, merges.Backlog(), base)
    [one, other] = [merges.moved(base, ["bbb22"], to=to) for to in (5, 20)]
    trees = (tree, merges.written(tree, base, one), merges.written(tree, base, other))
    path = base.path_of["bbb22"]
    content, asked = merges._resolved(path, trees)
    assert (content, asked) == (trees[1][path], True)
    lost = merges._judged(
        (one, other), trees, ({kept: text for kept, text in tree.items() if kept != path}, [])
    )
    assert lost.lost == 1
