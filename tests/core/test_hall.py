"""The worst set of skills: what the method says by hand, a linear program as second opinion, and both ways of computing it."""

from math import inf
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mbl.core.teams import hall
from mbl.core.teams.flow import source_side
from mbl.core.teams.hall import bottlenecks

DEMAND = {"copy": 18.0, "email": 12.0, "design": 20.0, "video": 9.0}
PEOPLE = ((20, ("copy", "email")), (16, ("design",)), (10, ("design", "video")), (14, ("copy",)))
LETTERS = "abcdefgh"

skills = st.sampled_from(LETTERS)
demands = st.dictionaries(skills, st.integers(1, 60).map(float), min_size=1, max_size=6)
peoples = st.lists(st.tuples(st.integers(0, 40), st.frozensets(skills, max_size=4)), max_size=6)


def test_single_loads_look_fine_and_two_skills_that_share_people_do_not_fit() -> None:
    for skill, load in (("copy", 0.53), ("email", 0.60), ("design", 0.77), ("video", 0.90)):
        (alone,) = bottlenecks({skill: DEMAND[skill]}, PEOPLE)
        assert alone.ratio == pytest.approx(load, abs=0.005)
    (found,) = bottlenecks(DEMAND, PEOPLE)
    assert found.skills == ("design", "video")
    assert (found.demand, found.capacity, found.short) == (29, 26, 3)
    assert found.ratio == pytest.approx(1.115, abs=0.0005)


def least_multiple(demand: dict[str, float], people: list[tuple[float, frozenset[str]]]) -> float:
    """The least multiple of everybody's days with which all work can be done, by a linear program."""
    ways = [(who, skill) for who, (_, able) in enumerate(people) for skill in demand if skill in able]
    cost = [0.0] * len(ways) + [1.0]
    work = [[float(skill == wanted) for _, skill in ways] + [0.0] for wanted in demand]
    room = [[float(who == one) for who, _ in ways] + [-float(days)] for one, (days, _) in enumerate(people)]
    solved = linprog(
        cost, A_ub=room or None, b_ub=[0.0] * len(people) or None, A_eq=work, b_eq=list(demand.values())
    )
    return float(solved.x[-1]) if solved.status == 0 else inf


@settings(max_examples=150, deadline=None)
@given(demands, peoples)
def test_the_worst_ratio_is_what_a_linear_program_finds(
    demand: dict[str, float], people: list[tuple[float, frozenset[str]]]
) -> None:
    worst = bottlenecks(demand, people)
    assert worst[0].ratio == pytest.approx(least_multiple(demand, people), rel=1e-6)


@pytest.mark.parametrize("seed", range(40))
def test_maximum_flow_finds_the_same_ratio_as_the_enumeration(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    names = [f"s{number}" for number in range(random.randint(2, 11))]
    demand = {name: random.uniform(0.1, 30) for name in names}
    people = [
        (random.uniform(0, 40), random.sample(names, random.randint(1, min(4, len(names))))) for _ in range(9)
    ]
    enumerated = bottlenecks(demand, people)
    monkeypatch.setattr(hall, "MOST_SKILLS", 1)
    by_flow = bottlenecks(demand, people)
    assert [each.ratio for each in by_flow] == pytest.approx([each.ratio for each in enumerated], rel=1e-6)
    for each in by_flow:
        able = sum(days for days, has in people if set(has) & set(each.skills))
        assert each.capacity == pytest.approx(able)
        assert each.demand == pytest.approx(sum(demand[skill] for skill in each.skills))


def test_many_skills_are_looked_at_too() -> None:
    demand = {f"s{number:02}": 5.0 for number in range(30)}
    people = [(10.0, (f"s{number:02}", f"s{(number + 1) % 30:02}")) for number in range(30)]
    (fair,) = bottlenecks(demand, people)
    assert fair.ratio == pytest.approx(0.5)
    narrow = [person for person in people if "s07" not in person[1]] + [(4.0, ("s06", "s07", "s08"))]
    (found,) = bottlenecks(demand, narrow)
    assert "s07" in found.skills
    assert found.ratio == pytest.approx(1.25)


def test_what_nobody_can_do_is_listed_first_and_apart() -> None:
    missing, rest = bottlenecks({**DEMAND, "podcast": 2.0, "audio": 1.0}, PEOPLE)
    assert (missing.skills, missing.demand, missing.ratio, missing.short) == (("audio", "podcast"), 3, inf, 3)
    assert rest.skills == ("design", "video")


@pytest.mark.parametrize("people", [(), ((0, ("copy",)),), ((5, ("design",)),), ((5, ()),)])
def test_people_without_days_or_the_skill_do_not_help(
    people: tuple[tuple[float, tuple[str, ...]], ...],
) -> None:
    assert [each.ratio for each in bottlenecks({"copy": 1.0}, people)] == [inf]


@pytest.mark.parametrize("demand", [{}, {"copy": 0.0}])
def test_without_work_there_is_no_bottleneck(demand: dict[str, float]) -> None:
    assert bottlenecks(demand, PEOPLE) == ()


def test_of_equally_narrow_sets_the_smallest_is_named() -> None:
    (found,) = bottlenecks({"a": 5.0, "b": 5.0}, ((5, ("a",)), (5, ("b",))))
    assert len(found.skills) == 1


def test_the_source_side_of_a_cut_is_what_still_reaches_further() -> None:
    edges = {"s": {"a": 3.0, "b": 1.0}, "a": {"t": 2.0}, "b": {"t": 5.0}, "t": {}}
    assert source_side(edges, "s", "t") == {"s", "a"}
