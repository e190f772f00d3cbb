"""Does 85 % mean 85 %? A small version of `benchmarks/coverage.py`."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "benchmarks" / "coverage.py"


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    """The benchmark, which is a script."""
    spec = importlib.util.spec_from_file_location("benchmarks_coverage", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_what_is_called_safe_is_in_time_more_often_than_the_usual_tool_says(coverage: ModuleType) -> None:
    wanted = {"trials": 120, "runs": 250, "seed": 2}
    plain = coverage.coverage(coverage.plain, 100, 12, **wanted)
    two_level = coverage.coverage(coverage.two_level, 100, 12, **wanted)
    assert 0.78 <= two_level.p85 <= 0.95
    assert 0.88 <= two_level.p95 <= 1
    assert plain.p85 <= two_level.p85 - 0.05
    assert plain.p95 <= two_level.p95 - 0.05


def test_the_true_team_finishes_as_many_items_as_it_says(coverage: ModuleType) -> None:
    nbinom = pytest.importorskip("scipy.stats").nbinom
    true = nbinom(coverage.SIZE, coverage.SIZE / (coverage.SIZE + coverage.MEAN))
    assert true.mean() == pytest.approx(coverage.MEAN)
    assert coverage.CUMULATED[:20] == pytest.approx([true.cdf(number) for number in range(20)])


def test_the_table_is_printed(
    coverage: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["coverage.py", "--trials", "2", "--runs", "3"])
    coverage.main()
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[1:]] == [
        ["30,", "12"], ["100,", "12"], ["400,", "6"], ["400,", "12"]
    ]  # fmt: skip
