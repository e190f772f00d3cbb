"""What changed in a value, in one short line."""

import pytest

from mbl.core.wording import LONGEST_TEXT, from_to

A = {"id": "pipeline", "target": 3000.0, "text": "More"}
OCTOBER, NOVEMBER = {"date": "2026-10-31", "value": 41.0}, {"date": "2026-11-15", "value": 43.5}


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("5d", "8d", "5d → 8d"),
        (None, "8d", "8d"),
        ("5d", None, "removed"),
        (["a"], ["a", "b"], "a → a, b"),
        ([OCTOBER], [OCTOBER, NOVEMBER], "added date 2026-11-15, value 43.5"),
        ([OCTOBER, NOVEMBER], [NOVEMBER], "removed 2026-10-31"),
        ([A], [{**A, "target": 3200.0}], "pipeline target 3000 → 3200"),
        ([A], [{**A, "closed": "2026-11-22"}], "pipeline closed 2026-11-22"),
        ([A], [{"id": "pipeline", "text": "Less"}], "pipeline target removed; pipeline text More → Less"),
        ([A], [{"id": "trust"}], "removed pipeline; added id trust"),
        ([A], [], "removed"),
        ([OCTOBER, OCTOBER], [OCTOBER], "date 2026-10-31, value 41, date 2026-10-31, value 41 → date 2026-10-31, value 41"),
        ([{"skill": "copy"}], [{"skill": "design"}], "skill copy → skill design"),
    ],
)  # fmt: skip
def test_of_a_list_only_what_differs_is_said(was: object, now: object, said: str) -> None:
    assert from_to(was, now) == said


def test_many_differences_are_cut_short() -> None:
    long = [{"id": f"o{number}", "text": "x" * 40} for number in range(20)]
    assert len(from_to([A], long)) <= 2 * LONGEST_TEXT
