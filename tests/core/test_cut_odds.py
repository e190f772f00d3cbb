"""The odds of fitting: known cases, the full simulation as second opinion, and what must hold for all work."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.capacity.cut_moments import computed, moments
from mbl.core.capacity.cut_odds import FEW, Queue, Step, odds, simulated
from mbl.core.capacity.effort import Effort, Reference, parse
from mbl.core.capacity.simulation import Guess, Work, totals
from mbl.model.settings import Settings

TOLERANCE = 0.03
"""0.02, and what two simulations may differ by chance."""


def reference(*values: float) -> Reference:
    return Reference(tuple(sorted(values)), math.fsum(values) / len(values), 0.0)


def effort(text: str) -> Effort:
    found = parse(text, Settings())
    assert found is not None
    return found


EMAIL = reference(1, 1, 2, 3, 8)
VIDEO = reference(5, 8, 13, 8, 20, 6)
DEMO = (20, 13, VIDEO, 8, EMAIL, 15, VIDEO, 5, 13, EMAIL)


def queued(room: float, *work: float | Reference | Effort) -> Queue:
    queue = Queue(room)
    for each in work:
        queue.add(step(each))
    return queue


def step(work: float | Reference | Effort) -> Step:
    if isinstance(work, Reference):
        return Step(0.0, reference=work)
    return Step(0.0, work) if isinstance(work, Effort) else Step(float(work))


def fully_simulated(queue: Queue, upto: int, runs: int = 10_000) -> float:
    """The share of futures in which the first pieces fit, by the simulation that `mbl capacity` uses."""
    steps = queue.steps[:upto]
    counts = {step.reference: 0 for step in steps if step.reference}
    for each in steps:
        if each.reference:
            counts[each.reference] += 1
    work = Work(
        fixed=math.fsum(each.days for each in steps),
        ranges=tuple(each.range for each in steps if each.range),
        guesses=tuple(Guess(found.values, count) for found, count in counts.items()),
    )
    sums = totals(work, seed=7, runs=runs, draws=100_000)
    return sum(total <= queue.room + 1e-9 for total in sums) / len(sums)


def test_the_known_case() -> None:
    found = odds(queued(94.4, *DEMO))
    assert found[:6] == (1.0,) * 6
    assert found[6:] == pytest.approx((0.943, 0.868, 0.461, 0.329), abs=0.02)


def test_the_running_sums_of_the_known_case() -> None:
    steps = queued(94.4, *DEMO).steps
    assert [round(each.mean) for each in moments(steps)] == [20, 33, 43, 51, 54, 69, 79, 84, 97, 100]


BACKLOGS = range(12)


@pytest.mark.parametrize("seed", BACKLOGS)
def test_the_odds_are_those_of_the_full_simulation(seed: int) -> None:
    draw = random.Random(seed)
    classes = [
        reference(*(round(draw.lognormvariate(1, 0.8), 1) for _ in range(draw.choice((5, 12, 60)))))
        for _ in range(2)
    ]
    kinds: list[float | Reference | Effort] = [*classes, effort("2d-8d"), effort("2d/4d/12d"), 1, 2, 5]
    queue = Queue(draw.choice((25.0, 90.0, 300.0)))
    while not queue.is_full:
        queue.add(step(draw.choice(kinds)))
    found = odds(queue)
    unsure = [place for place, chance in enumerate(found) if 0.03 < chance < 0.97]
    for place in unsure[:: max(1, len(unsure) // 4)]:
        assert found[place] == pytest.approx(fully_simulated(queue, place + 1), abs=TOLERANCE)


@pytest.mark.parametrize(
    "guess",
    [reference(*[1, 2, 5] * 17), reference(2, 2, 3, 4, 5), reference(*(1.5**n for n in range(12)))],
    ids=["many", "few", "skewed"],
)
def test_much_uncertain_work_is_computed_from_its_moments(guess: Reference) -> None:
    queue = Queue(60 * guess.mean)
    while not queue.is_full:
        queue.add(step(guess))
    assert queue.uncertain > FEW
    exact = simulated(queue.steps, queue.room, seed=5, runs=4_000)
    found = computed(moments(queue.steps), queue.room)
    near = [place for place, chance in enumerate(exact) if 0.1 < chance < 0.2 or 0.8 < chance < 0.9]
    assert near
    assert [found[place] for place in near] == pytest.approx([exact[place] for place in near], abs=TOLERANCE)


def test_a_guess_from_few_very_unlike_values_is_simulated_however_much_there_is() -> None:
    odd = reference(1, 1, 1, 1, 20)
    queue = Queue(60 * odd.mean)
    for _ in range(200):
        queue.add(step(odd))
    exact = simulated(queue.steps, queue.room, seed=5, runs=8_000)
    assert max(abs(a - b) for a, b in zip(odds(queue), exact, strict=True)) < TOLERANCE + 0.02
    by_moments = computed(moments(queue.steps), queue.room)
    assert max(abs(a - b) for a, b in zip(by_moments, exact, strict=True)) > TOLERANCE + 0.02


values = st.lists(st.integers(0, 20), min_size=5, max_size=9)


@given(values=values, count=st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_the_moments_are_those_of_every_possible_draw(values: list[int], count: int) -> None:
    guess = reference(*values)
    found = moments([step(guess)] * count)[-1]
    outcomes = drawn(values, count)
    mean = math.fsum(chance * total for total, chance in outcomes)
    second, third, fourth = (
        math.fsum(chance * (total - mean) ** power for total, chance in outcomes) for power in (2, 3, 4)
    )
    assert found.mean == pytest.approx(mean, abs=1e-9)
    assert found.variance == pytest.approx(second, abs=1e-6)
    if second > 1e-6:
        assert found.skewness == pytest.approx(third / second**1.5, abs=1e-6)
        assert found.kurtosis == pytest.approx(fourth / second**2 - 3, abs=1e-6)


def drawn(values: list[int], count: int) -> list[tuple[int, float]]:
    """Every sum of so many draws from the urn, with its probability."""
    outcomes = [((), 1.0)]
    for _ in range(count):
        outcomes = [
            ((*before, value), chance / (len(values) + len(before)))
            for before, chance in merged(outcomes)
            for value in (*values, *before)
        ]
    return [(sum(before), chance) for before, chance in merged(outcomes)]


def merged(outcomes: list[tuple[tuple[int, ...], float]]) -> list[tuple[tuple[int, ...], float]]:
    together: dict[tuple[int, ...], float] = {}
    for before, chance in outcomes:
        key = tuple(sorted(before))
        together[key] = together.get(key, 0.0) + chance
    return list(together.items())


pieces = st.one_of(
    st.floats(0, 30),
    st.sampled_from([EMAIL, VIDEO]),
    st.tuples(st.integers(0, 5), st.integers(6, 12)).map(lambda ends: effort(f"{ends[0]}d-{ends[1]}d")),
)


@given(work=st.lists(pieces, max_size=12), room=st.floats(0, 120), seed=st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_odds_never_rise_and_come_out_the_same_again(work: list, room: float, seed: int) -> None:
    queue = queued(room, *work)
    found = odds(queue, seed=seed)
    assert len(found) == len(work)
    assert all(0 <= after <= before <= 1 for before, after in pairwise((1.0, *found)))
    assert odds(queued(room, *work), seed=seed) == found


@given(work=st.lists(st.integers(0, 20), min_size=1, max_size=12), room=st.integers(0, 120))
@settings(max_examples=30, deadline=None)
def test_known_work_fits_or_does_not(work: list[int], room: int) -> None:
    sums = [sum(work[: place + 1]) for place in range(len(work))]
    assert odds(queued(room, *work)) == tuple(float(total <= room) for total in sums)


def test_a_full_queue_has_no_room_for_anything_more() -> None:
    queue = Queue(50.0)
    while not queue.is_full:
        queue.add(step(VIDEO))
    queue.add(step(1))
    assert odds(queue)[-1] < 0.1


def test_a_seed_changes_the_draws_and_hardly_the_odds() -> None:
    found = [odds(queued(94.4, *DEMO), seed=seed) for seed in (1, 2)]
    assert found[0] != found[1]
    assert found[0] == pytest.approx(found[1], abs=TOLERANCE)
