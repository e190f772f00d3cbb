"""Which Guidepoint holds today, which outcomes are open, which items serve one."""

from dataclasses import replace
from datetime import date

import pytest

from build import backlog, item
from mbl.core.guidepoints.alignment import current_guidepoint, is_aligned, open_outcomes
from mbl.model.guidepoint import Guidepoint, Outcome

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
QUARTER = Guidepoint(
    statement="More pipeline", from_=FIRST, to=LAST,
    outcomes=(Outcome(id="pipeline", text="More"), Outcome(id="brand", text="Known", closed=date(2026, 11, 15))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("today", "holds"),
    [
        (date(2026, 9, 30), False),
        (FIRST, True),
        (date(2026, 11, 22), True),
        (LAST, True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_guidepoint_holds_from_its_first_to_its_last_day(today: date, *, holds: bool) -> None:
    found = current_guidepoint(backlog(guidepoints={"guidepoints/q4.yaml": QUARTER}), today)
    assert found == (QUARTER if holds else None)


def test_a_guidepoint_holds_until_the_day_it_is_closed() -> None:
    closed = replace(QUARTER, closed=date(2026, 11, 20))
    rows = backlog(guidepoints={"guidepoints/q4.yaml": closed})
    assert current_guidepoint(rows, date(2026, 11, 19)) == closed
    assert current_guidepoint(rows, date(2026, 11, 20)) is None


def test_of_two_the_one_that_began_later_holds() -> None:
    later = replace(QUARTER, from_=date(2026, 11, 1))
    rows = backlog(guidepoints={"guidepoints/a.yaml": later, "guidepoints/b.yaml": QUARTER})
    assert current_guidepoint(rows, date(2026, 11, 22)) == later


def test_outcomes_are_open_until_the_day_they_are_closed() -> None:
    rows = backlog(guidepoints={"guidepoints/q4.yaml": QUARTER})
    assert list(open_outcomes(rows, date(2026, 11, 14))) == ["pipeline", "brand"]
    assert list(open_outcomes(rows, date(2026, 11, 15))) == ["pipeline"]
    assert open_outcomes(rows, date(2027, 1, 1)) == {}


@pytest.mark.parametrize(
    ("fields", "aligned"),
    [
        ({}, False),
        ({"outcomes": ("pipeline",)}, False),
        ({"how": "They book demos"}, False),
        ({"outcomes": ("pipeline",), "how": "They book demos"}, True),
        ({"outcomes": {"brand": 1, "pipeline": 2}, "how": "They book demos"}, True),
        ({"outcomes": ("brand",), "how": "They book demos"}, False),
        ({"outcomes": ("unknown",), "how": "They book demos"}, False),
    ],
)
def test_an_item_is_aligned_if_it_names_an_open_outcome_and_says_how(
    fields: dict[str, object], *, aligned: bool
) -> None:
    outcomes = {"pipeline": QUARTER.outcomes[0]}
    assert is_aligned(item(**fields), outcomes) is aligned
