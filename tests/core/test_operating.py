"""Looking after every try fools nobody: the benchmark's figures, from the verdicts themselves."""

import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "operating.py"


@pytest.fixture(scope="module")
def operating():
    spec = importlib.util.spec_from_file_location("operating", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["operating"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["operating"]


def test_a_campaign_at_half_its_target_is_stopped_and_hardly_ever_wrongly(operating):
    figures = list(operating.rate_figures(0.05))
    assert [figure.what for figure in figures if figure.is_off] == []
    assert figures[0].found == pytest.approx(0.958, abs=0.001)


def test_a_count_at_half_its_pace_is_stopped(operating):
    assert [figure.what for figure in operating.count_figures(0.5) if figure.is_off] == []


def test_a_rule_that_looks_less_carefully_is_seen_to_be_off(operating, monkeypatch):
    monkeypatch.setattr(operating, "mbl_stops", operating.half_stops)
    assert any(figure.is_off for figure in operating.rate_figures(0.05))
