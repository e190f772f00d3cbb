"""How raw values read."""

from datetime import date
from math import inf, nan
from typing import get_args

import pytest

from mbl.core.report import Kind
from mbl.render.values import writer


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "Webinar", "Webinar"),
        ("text", 3, "3"),
        ("text", True, "yes"),
        ("text", False, "no"),
        ("text", ("a", "b"), "a, b"),
        ("text", date(2026, 11, 30), "2026-11-30"),
        ("text", 2.50, "2.5"),
        ("number", 1888, "1888"),
        ("number", 31.467, "31.5"),
        ("number", 131.467, "131"),
        ("number", 60.0, "60"),
        ("number", 0.25, "0.25"),
        ("number", -0.001, "0"),
        ("number", -2.5, "-2.5"),
        ("number", inf, "∞"),
        ("number", nan, ""),
        ("days", 5, "5d"),
        ("days", 2.5, "2.5d"),
        ("days", 100.0, "100d"),
        ("days", 0.125, "0.12d"),
        ("days", inf, "∞d"),
        ("days", nan, ""),
        ("days", "~3d", "~3d"),
        ("share", 0.08, "8 %"),
        ("share", 1, "100 %"),
        ("share", 0, "0 %"),
        ("share", 0.001, "<1 %"),
        ("share", nan, ""),
        ("date", date(2026, 11, 30), "2026-11-30"),
        ("date", "2026-11", "2026-11"),
        ("age", 0, "0d"),
        ("age", 89, "89d"),
        ("age", 90, "3mo"),
        ("age", 120, "4mo"),
        ("age", 729, "24mo"),
        ("age", 730, "2y"),
        ("age", 2000, "5y"),
        ("moscow", "must", "Must"),
        ("moscow", "wont", "Won't"),
        ("moscow", "later", "later"),
        ("names", ("pipeline", "brand"), "pipeline, brand"),
        ("names", {"pipeline": 2, "brand": 1}, "pipeline, brand"),
        ("names", "pipeline", "pipeline"),
        ("names", (), ""),
        ("position", 12, "12"),
        ("skill", 0, "·"),
        ("skill", 1, "◐"),
        ("skill", 2, "●"),
    ],
)
def test_a_value_is_written_for_people(kind, value, expected):
    assert writer(kind)(value) == expected


@pytest.mark.parametrize("kind", get_args(Kind))
def test_nothing_is_written_for_an_absent_value_and_text_is_kept(kind):
    assert writer(kind)(None) == ""
    assert writer(kind)("as said") == "as said"
