import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import committed
from mbl.core.capacity.breakdown import BREAKDOWNS, days, pieces
from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.model.item import Part
from mbl.model.settings import Settings


def _days(by, items):
    classes = reference_classes(items, Settings())
    load = tuple((item, effort_of(item, classes)) for item in items)
    return {key: days(group) for key, group in pieces(load, by, read=classes.read).items()}


COPY = Part(skill="copy", effort="2d", team="content", person="ana")
DESIGN = Part(skill="design", effort="3d")


@pytest.mark.parametrize(
    ("by", "fields", "expected"),
    [
        ("team", {"estimate": "6d", "team": "growth"}, {"growth": 6}),
        ("team", {"estimate": "6d"}, {None: 6}),
        ("team", {"team": "growth", "parts": (COPY, DESIGN)}, {"content": 2, "growth": 3}),
        ("team", {"estimate": "10d", "team": "growth", "parts": (COPY,)}, {"content": 2, "growth": 8}),
        (
            "team",
            {"remaining": "1d", "team": "growth", "parts": (COPY, DESIGN)},
            {"content": 0.4, "growth": 0.6},
        ),
        ("person", {"estimate": "10d", "parts": (COPY, DESIGN)}, {"ana": 2, None: 8}),
        ("person", {"estimate": "6d", "owner": "ana"}, {None: 6}),
        ("moscow", {"estimate": "6d", "moscow": "must"}, {"must": 6}),
        ("moscow", {"estimate": "6d"}, {None: 6}),
        ("outcome", {"estimate": "6d", "outcomes": ("pipeline", "brand")}, {"pipeline": 3, "brand": 3}),
        ("outcome", {"estimate": "6d", "outcomes": {"pipeline": 2, "brand": 1}}, {"pipeline": 4, "brand": 2}),
        ("outcome", {"estimate": "6d"}, {None: 6}),
        ("requester", {"estimate": "6d", "requester": "sales"}, {"sales": 6}),
        ("requester", {"estimate": "6d", "requester": ""}, {None: 6}),
    ],
)
def test_effort_goes_to_whom_it_belongs(by, fields, expected):
    assert _days(by, [committed(**fields)]) == pytest.approx(expected)


def test_a_guessed_item_is_not_divided():
    known = [committed(estimate="6d", team="growth") for _ in range(5)]
    unsure = committed(team="growth", parts=(COPY, Part(skill="design")))
    assert _days("team", [*known, unsure]) == pytest.approx({"growth": 36})


parts = st.builds(
    Part,
    effort=st.sampled_from([None, "0d", "1d", "2.5d", "3d"]),
    team=st.sampled_from([None, "growth", "content"]),
    person=st.sampled_from([None, "ana", "ben"]),
)
items = st.builds(
    committed,
    estimate=st.sampled_from([None, "0d", "4d", "2d-8d"]),
    team=st.sampled_from([None, "growth"]),
    parts=st.lists(parts, max_size=3).map(tuple),
    outcomes=st.sampled_from([None, (), ("pipeline",), {"pipeline": 1, "brand": 3}]),
)


@given(st.lists(items, max_size=8), st.sampled_from(list(BREAKDOWNS)))
def test_every_breakdown_adds_up_to_the_whole(some, by):
    classes = reference_classes(some, Settings())
    whole = sum(effort_of(item, classes).days or 0.0 for item in some)
    assert sum(_days(by, some).values()) == pytest.approx(whole)
