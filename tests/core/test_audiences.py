"""Audiences form a tree, and whatever somebody wrote instead of one does no harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.audiences import tree
from mbl.model.settings import Audience

ALL, SHIPPERS, LEADS, CTO, DEALERS = (
    Audience(id="all"),
    Audience(id="shippers", parent="all"),
    Audience(id="leads", parent="shippers"),
    Audience(id="cto", parent="shippers", excludes=("leads",)),
    Audience(id="dealers", parent="all", excludes=("shippers",)),
)
ACME = tree((ALL, SHIPPERS, LEADS, CTO, DEALERS))


def test_ancestors_stand_from_near_to_far_and_descendants_in_the_order_of_the_file() -> None:
    assert ACME.ancestors("leads") == ("shippers", "all")
    assert ACME.ancestors("all") == ()
    assert ACME.descendants("all") == ("shippers", "leads", "cto", "dealers")
    assert ACME.leaves() == ("leads", "cto", "dealers")


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("leads", "leads", True),
        ("leads", "all", True),
        ("all", "leads", True),
        ("leads", "cto", False),
        ("leads", "dealers", False),
        ("nobody-described", "nobody-described", True),
        ("nobody-described", "all", False),
    ],
)
def test_related_are_the_same_people_or_some_of_them(one: str, other: str, related: bool) -> None:
    assert ACME.related(one, other) is related


def test_an_exclusion_holds_both_ways_and_for_everybody_below() -> None:
    assert ACME.excluded("cto", "leads")
    assert ACME.excluded("leads", "cto")
    assert ACME.excluded("leads", "dealers")
    assert not ACME.excluded("leads", "all")


def test_whom_an_audience_excludes_it_is_not_related_to() -> None:
    odd = tree((ALL, Audience(id="press", parent="all", excludes=("all",))))
    assert odd.within("press", "all")
    assert not odd.related("press", "all")


def test_a_circle_of_parents_ends_where_it_closes() -> None:
    circle = tree((Audience(id="a", parent="b"), Audience(id="b", parent="c"), Audience(id="c", parent="a")))
    assert circle.ancestors("a") == ("b", "c")
    assert tree((Audience(id="a", parent="a"),)).ancestors("a") == ()
    assert tree((Audience(id="a", parent="nowhere"),)).ancestors("a") == ()


def test_of_two_audiences_with_one_id_the_first_counts() -> None:
    twice = tree((ALL, SHIPPERS, Audience(id="leads"), Audience(id="leads", parent="shippers")))
    assert twice.ancestors("leads") == ()


NAMES = st.sampled_from("abcdef")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(Audience, id=NAMES, parent=st.none() | NAMES, excludes=st.tuples() | st.tuples(NAMES)),
        max_size=7,
    )
)
def test_whatever_is_written_ancestors_and_descendants_agree(written: list[Audience]) -> None:
    made = tree(written)
    for name in made.above:
        assert name not in made.ancestors(name)
        assert len(set(made.ancestors(name))) == len(made.ancestors(name))
        assert all(name in made.descendants(wider) for wider in made.ancestors(name))
        assert all(made.related(name, other) == made.related(other, name) for other in made.above)
