from itertools import combinations, pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.core.blueprint.filling import calendar
from mbl.core.blueprint.jobs import Job, Window, needed, waiting_order, windows
from mbl.core.blueprint.scheduling import Shortage, faults, scheduled, shortages
from mbl.errors import MblError

QUARTER = (30.48, 32.64, 31.28)
ONE_TEAM = {None: QUARTER, "growth": QUARTER}
A_TO_F = (
    Job("A", {"growth": 20.0}),
    Job("B", {"growth": 18.0}),
    Job("C", {"growth": 12.0}, 0, 0),
    Job("D", {"growth": 25.0}),
    Job("E", {"growth": 10.0}, 1, 1),
    Job("F", {"growth": 15.0}),
)
G = Job("G", {"growth": 21.0}, 0, 0)


def days(placed):
    """Job and month → days, over all lanes."""
    found = {}
    for id_, each in placed.items():
        for (month, _), amount in each.days.items():
            found[id_, month] = found.get((id_, month), 0) + amount
    return found


def fits(jobs, capacity):
    return not faults(jobs, capacity)


def together(*teams: tuple[float, ...]):
    """The capacity of the teams a, b … and of all together."""
    lanes = dict(zip("abc", teams, strict=False))
    return {**lanes, None: tuple(map(sum, zip(*teams, strict=True)))}


def test_a_to_e_fit_and_fill_the_months_by_due_date_and_rank():
    schedule = scheduled(A_TO_F, ONE_TEAM)
    assert set(schedule.placed) == set("ABCDE")
    assert days(schedule.placed) == pytest.approx(
        {
            ("C", 0): 12, ("A", 0): 18.48,
            ("E", 1): 10, ("A", 1): 1.52, ("B", 1): 18, ("D", 1): 3.12,
            ("D", 2): 21.88,
        }
    )  # fmt: skip
    assert sum(QUARTER) - sum(days(schedule.placed).values()) == pytest.approx(9.40)
    assert {id_: each.finish for id_, each in schedule.placed.items()} == {
        "A": 1,
        "B": 1,
        "C": 0,
        "D": 2,
        "E": 1,
    }


def test_f_is_refused_with_its_months_need_capacity_and_shortage():
    (worst, *others) = scheduled(A_TO_F, ONE_TEAM).misfits["F"]
    assert worst == ("growth", 0, 2, pytest.approx(100.0), pytest.approx(94.4))
    assert worst.short == pytest.approx(5.6)
    assert [(each.lane, each.first, each.last) for each in others] == [(None, 0, 2)]


def test_g_due_in_the_first_month_breaks_two_inequalities_the_larger_first():
    misfits = scheduled((*A_TO_F, G), ONE_TEAM).misfits["G"]
    found = [(each.first, each.last, each.need, each.have, each.short) for each in misfits if each.lane]
    assert found[0] == pytest.approx((0, 2, 106.0, 94.4, 11.6))
    assert found[-1] == pytest.approx((0, 0, 33.0, 30.48, 2.52))


def test_one_team_or_nobodys_work_makes_no_difference():
    anybodys = [job._replace(days={None: job.days["growth"]}) for job in (*A_TO_F, G)]
    one, other = scheduled((*A_TO_F, G), ONE_TEAM), scheduled(anybodys, {None: QUARTER})
    assert days(one.placed) == pytest.approx(days(other.placed))
    assert one.misfits.keys() == other.misfits.keys()


windows_ = st.sampled_from([Window(first, last) for first in range(3) for last in range(first, 3)])
caps = st.tuples(*[st.integers(0, 10)] * 3)
singles = st.lists(st.tuples(st.integers(1, 9), windows_), max_size=7)


def _one_lane(rows):
    return tuple(Job(f"j{at}", {None: float(effort)}, *window) for at, (effort, window) in enumerate(rows))


def _edf_fits(rows, months):
    """Earliest due date first, day by day, written anew: whether everything is done in time."""
    left = {at: effort for at, (effort, _) in enumerate(rows)}
    for month, free in enumerate(months):
        for _ in range(free):
            able = [(rows[at][1].due, at) for at in left if left[at] and rows[at][1].release <= month]
            if able:
                left[min(able)[1]] -= 1
        if any(left[at] for at in left if rows[at][1].due <= month):
            return False
    return True


@settings(max_examples=200, deadline=None)
@given(singles, caps)
def test_the_six_inequalities_say_what_filling_by_due_date_says(rows, months):
    broken = shortages([(window, float(effort)) for effort, window in rows], months)
    assert (not broken) == _edf_fits(rows, months) == fits(_one_lane(rows), {None: months})


@settings(max_examples=80, deadline=None)
@given(singles, caps)
def test_the_accepted_set_is_the_best_one_the_highest_ranked_first(rows, months):
    jobs = _one_lane(rows)
    sets = (set(chosen) for size in range(len(rows) + 1) for chosen in combinations(range(len(rows)), size))
    able = [chosen for chosen in sets if _edf_fits([rows[at] for at in sorted(chosen)], months)]
    best = max(able, key=lambda chosen: [at in chosen for at in range(len(rows))])
    schedule = scheduled(jobs, {None: months})
    assert set(schedule.placed) == {f"j{at}" for at in best}
    assert schedule.misfits.keys() == {job.id for job in jobs} - schedule.placed.keys()


def _random_jobs(random, size, *, lanes, waits):
    jobs = []
    for at in range(size):
        first = random.randrange(3)
        after = [job.id for job in jobs if random.random() < waits]
        work = {lane: float(random.randint(1, 6)) for lane in lanes if random.random() < 0.6} or {
            lanes[0]: 2.0
        }
        jobs.append(Job(f"j{at}", work, first, random.randint(first, 2), tuple(after)))
    random.shuffle(jobs)
    return tuple(jobs)


def _brute_force_fits(jobs, capacity):
    """Every choice of a first and a last month for each job, in turn; then each team for itself."""
    spans = [(first, last) for first in range(3) for last in range(first, 3)]
    for chosen in product(
        *([span for span in spans if job.release <= span[0] and span[1] <= job.due] for job in jobs)
    ):
        span = {job.id: at for job, at in zip(jobs, chosen, strict=True)}
        if any(span[job.id][0] < span[before][1] for job in jobs for before in job.after):
            continue
        loads = {
            lane: [(Window(*span[job.id]), job.days[lane]) for job in jobs if lane in job.days]
            for lane in capacity
        }
        if not any(shortages(loads[lane], capacity[lane]) for lane in loads):
            return True
    return False


def test_with_dependencies_nothing_false_is_accepted_and_hardly_anything_missed():
    random = Random(5)
    feasible = found = 0
    for _ in range(250):
        jobs = _random_jobs(random, 4, lanes="ab", waits=0.3)
        teams = [tuple(random.randint(2, 8) for _ in range(3)) for _ in "ab"]
        truth, answer = (
            _brute_force_fits(jobs, dict(zip("ab", teams, strict=True))),
            fits(jobs, together(*teams)),
        )
        assert truth or not answer
        feasible, found = feasible + truth, found + answer
    assert feasible > 40
    assert found >= 0.97 * feasible


def _lp_fits(jobs, capacity):
    """The exact answer of a linear programme: days of each part by team and month."""
    from scipy.optimize import linprog

    teams = [lane for lane in capacity if lane]
    parts = [(job, lane, need) for job in jobs for lane, need in job.days.items()]
    cells = [
        (at, team, month)
        for at, (job, lane, _) in enumerate(parts)
        for team in (teams if lane is None else [lane])
        for month in range(job.release, job.due + 1)
    ]
    equal = [[float(cell[0] == at) for cell in cells] for at in range(len(parts))]
    upper = [[float(cell[1:] == (team, month)) for cell in cells] for team in teams for month in range(3)]
    most = [capacity[team][month] for team in teams for month in range(3)]
    found = linprog([0.0] * len(cells), upper, most, equal, [need for _, _, need in parts], method="highs")
    return found.status == 0


def test_of_anybodys_work_beside_that_of_teams_nothing_false_is_accepted_and_hardly_anything_missed():
    random = Random(7)
    feasible = found = 0
    for _ in range(150):
        jobs = _random_jobs(random, random.randint(2, 7), lanes=("a", "b", None), waits=0)
        capacity = together(*(tuple(random.randint(0, 12) for _ in range(3)) for _ in "ab"))
        truth, answer = _lp_fits(jobs, capacity), fits(jobs, capacity)
        assert truth or not answer
        feasible, found = feasible + truth, found + answer
    assert 20 < feasible < 130
    assert found >= 0.98 * feasible


def test_anybodys_work_leaves_a_team_the_days_that_it_needs_in_time():
    jobs = (Job("first", {None: 30.0}), Job("full", {"a": 30.0}))
    placed = scheduled(jobs, together((10, 10, 10), (10, 10, 10))).placed
    assert [days(placed)[id_, month] for id_ in placed for month in range(3)] == [10] * 6


@pytest.mark.parametrize("seed", range(4))
def test_every_calendar_keeps_windows_capacity_and_order(seed):
    random = Random(seed)
    jobs = _random_jobs(random, 12, lanes=("a", "b", None), waits=0.15)
    capacity = together((6, 9, 12), (10, 4, 8))
    schedule = scheduled(jobs, capacity)
    by_id = {job.id: job for job in jobs}
    used = dict.fromkeys(product(capacity, range(3)), 0.0)
    for id_, each in schedule.placed.items():
        job = by_id[id_]
        assert job.release <= each.start <= each.finish <= job.due
        assert all(before in schedule.placed for before in job.after)
        assert all(schedule.placed[before].finish <= each.start for before in job.after)
        for lane, need in job.days.items():
            assert sum(amount for (_, at), amount in each.days.items() if at == lane) == pytest.approx(need)
        for (month, lane), amount in each.days.items():
            for at in {lane, None}:
                used[at, month] += amount
    assert all(amount <= capacity[lane][month] + 1e-6 for (lane, month), amount in used.items())


def test_an_accepted_job_pulls_in_what_it_waits_for():
    jobs = (
        Job("last", {None: 5.0}, 0, 1, ("middle",)),
        Job("other", {None: 5.0}),
        Job("first", {None: 4.0}, wanted=False),
        Job("middle", {None: 3.0}, after=("first",)),
        Job("unneeded", {None: 1.0}, wanted=False),
    )
    schedule = scheduled(jobs, {None: (8, 8, 8)})
    assert schedule.pulled_in_by == {"first": "last", "middle": "last"}
    assert set(schedule.placed) == {"last", "other", "first", "middle"}
    assert days(schedule.placed) == {("first", 0): 4, ("middle", 0): 3, ("last", 0): 1, ("last", 1): 4, ("other", 1): 4, ("other", 2): 1}  # fmt: skip
    assert not schedule.misfits


def test_what_cannot_be_pulled_in_keeps_out_what_waits_for_it():
    jobs = (
        Job("held", {None: 9.0}),
        Job("after", {None: 1.0}, after=("before",)),
        Job("small", {None: 1.0}),
        Job("before", {None: 4.0}),
    )
    schedule = scheduled(jobs, {None: (4, 4, 4)})
    assert set(schedule.placed) == {"held", "small"}
    assert schedule.misfits["after"] == (Shortage(None, 0, 2, 14.0, 12.0),)


def test_a_job_that_must_wait_too_long_is_refused_with_what_is_missing():
    jobs = (Job("before", {None: 3.0}, 2, 2), Job("after", {None: 2.0}, 0, 1, ("before",)))
    schedule = scheduled(jobs, {None: (9, 9, 9)})
    assert set(schedule.placed) == {"before"}
    (why,) = schedule.misfits["after"]
    assert (why.first, why.last, why.have) == (1, 1, 0)
    assert why.short > 0


def test_what_begins_after_the_months_is_refused():
    (why,) = scheduled((Job("x", {None: 2.0}, release=3),), {None: (9, 9, 9)}).misfits["x"]
    assert why == Shortage(None, 2, 2, 2.0, 0.0)


def test_a_successor_starts_no_earlier_than_the_month_its_predecessor_is_finished():
    jobs = (Job("after", {"a": 2.0}, after=("before",)), Job("before", {"b": 5.0}))
    placed = scheduled(jobs, together((9, 9, 9), (4, 4, 4))).placed
    assert (placed["before"].finish, placed["after"].start) == (1, 1)


def test_work_of_no_days_is_done_when_it_can_begin():
    jobs = (Job("none", {"a": 0.0}, after=("before",)), Job("before", {"a": 5.0}))
    placed = scheduled(jobs, together((4, 4, 4))).placed
    assert (placed["none"].start, placed["none"].finish, dict(placed["none"].days)) == (1, 1, {})


def test_without_capacity_nothing_fits_and_the_reason_says_so():
    schedule = scheduled(A_TO_F, {None: (0.0, 0.0, 0.0), "growth": (0.0, 0.0, 0.0)})
    assert not schedule.placed
    assert all(why[0].have == 0 and why[0].need > 0 for why in schedule.misfits.values())
    assert schedule.misfits.keys() == set("ABCDEF")


def test_a_circle_is_refused_and_named():
    jobs = (Job("a", {}, after=("b",)), Job("b", {}, after=("c",)), Job("c", {}, after=("a",)), Job("d", {}))
    with pytest.raises(MblError, match="circle") as caught:
        scheduled(jobs, {None: (1, 1, 1)})
    named = caught.value.message.removesuffix(".").split(": ")[1].split(" → ")
    assert len(named) == 4
    assert named[0] == named[-1]
    waits = {job.id: job.after for job in jobs}
    assert all(later in waits[earlier] for earlier, later in pairwise(named))


def test_windows_narrow_along_dependencies():
    jobs = (Job("c", {}, 0, 1, ("b",)), Job("b", {}, 0, 2, ("a",)), Job("a", {}, 1, 2))
    assert windows(jobs, waiting_order(jobs)) == {"a": (1, 1), "b": (1, 1), "c": (1, 1)}
    assert needed(jobs[0], {job.id: job for job in jobs}).keys() == {"a", "b", "c"}


def test_a_calendar_shows_what_is_late_instead_of_refusing_it():
    jobs = (Job("x", {None: 5.0}, 0, 0), Job("y", {None: 9.0}))
    placed = calendar(jobs, windows(jobs, waiting_order(jobs)), {None: (3, 3, 3)}, waiting_order(jobs))
    assert placed["x"].missed == {None: 2.0}
    assert placed["y"].missed == {None: 5.0}
