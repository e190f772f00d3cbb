from datetime import date
from random import Random
from typing import Any

import pytest

from build import backlog, committed, item, team_of_three
from mbl.core.blueprint.candidates import candidates
from mbl.core.blueprint.plan import planned
from mbl.core.blueprint.scheduling import faults
from mbl.errors import MblError
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Ended, Part
from mbl.model.settings import Settings
from mbl.model.team import Team

OCTOBER = date(2026, 10, 1)
TEN = Settings(capacity=10)


def promised(name, days=None, **fields: Any):
    """A committed item named by one letter, ranked by it."""
    fields = {"status": "committed", "estimate": f"{days}d" if days is not None else None, **fields}
    return item(id=name * 5, title=name.upper(), rank=f"a{name}", **fields)


def a_to_g():
    """The items of the quarter of the team of three; C and G are due in October, E in November and not earlier."""
    return (
        promised("b", 20, team="growth"),
        promised("c", 18, team="growth"),
        promised("d", 12, team="growth", due=date(2026, 10, 20)),
        promised("f", 25, team="growth"),
        promised("g", 10, team="growth", earliest="2026-11", due=date(2026, 11, 30)),
        promised("h", 15, team="growth", due=date(2026, 12, 1)),
        promised("j", 21, team="growth", due=date(2026, 10, 1)),
    )


def titles(rows):
    return [each.row.item.title for each in rows]


def test_the_quarter_of_a_team_of_three():
    plan = planned(team_of_three(*a_to_g()), OCTOBER, first="2026-10")
    assert {each.row.item.title: each.month for each in plan.planned} == {
        "B": "2026-11", "C": "2026-11", "D": "2026-10", "F": "2026-12", "G": "2026-11",
    }  # fmt: skip
    by_title = {each.row.item.title: each.days_by_month for each in plan.planned}
    assert by_title["B"]["2026-10"]["growth"] == pytest.approx(18.48)
    assert by_title["F"] == {
        "2026-11": {"growth": pytest.approx(3.12)},
        "2026-12": {"growth": pytest.approx(21.88)},
    }
    assert [plan.days(month) for month in plan.months] == pytest.approx([30.48, 32.64, 21.88])
    h, j = plan.rejected
    assert (h.row.item.title, h.shortages[0]) == ("H", ("growth", 0, 2, 100.0, pytest.approx(94.4)))
    assert j.shortages[0].short == pytest.approx(11.6)
    assert plan.status == "over-committed"
    assert plan.musts_short is None


def test_only_promised_work_is_planned_what_is_in_progress_first():
    plan = planned(
        backlog(
            promised("b", 6, status="request"),
            promised("c", 20),
            promised("d", 9),
            promised("f", 5, status="doing"),
            promised("g", 3, status="declined"),
            promised("h", 2, moscow="wont"),
            settings=TEN,
        ),
        OCTOBER,
    )
    assert [(each.row.item.title, each.month) for each in plan.planned] == [
        ("F", "2026-10"),
        ("C", "2026-12"),
    ]
    assert [row.item.title for row in plan.later] == ["D"]
    assert plan.status == "fits"


@pytest.mark.parametrize(
    ("fields", "rejected"),
    [
        ({}, False),
        ({"due": date(2026, 12, 31)}, True),
        ({"due": date(2027, 1, 1)}, False),
        ({"moscow": "must"}, True),
        ({"moscow": "should"}, False),
        ({"moscow": "must", "due": date(2027, 1, 1)}, False),
        ({"moscow": "must", "earliest": "2027-02"}, False),
        ({"due": date(2026, 12, 1), "earliest": "2027-02"}, True),
    ],
)
def test_what_does_not_fit_is_refused_only_if_it_is_due_here_or_a_must(fields, rejected):
    plan = planned(backlog(promised("b", 31, **fields), settings=TEN), OCTOBER)
    assert titles(plan.rejected) == ["B"] * rejected
    assert [row.item.title for row in plan.later] == ["B"] * (not rejected)
    assert (plan.status == "over-committed") == rejected


def test_the_musts_alone_are_tested_as_if_there_were_nothing_else():
    musts = [promised(name, 12, moscow="must") for name in "bcd"]
    plan = planned(backlog(promised("z", 1, status="doing"), *musts, settings=TEN), OCTOBER)
    assert titles(plan.rejected) == ["D"]
    assert plan.musts_short == (None, 0, 2, 36.0, 30.0)
    fewer = planned(backlog(promised("b", 25), *musts[1:2], settings=TEN), OCTOBER)
    assert (titles(fewer.rejected), fewer.musts_short) == (["C"], None)


def test_parts_are_done_by_their_teams_and_the_rest_by_anybody():
    teams = {f"teams/{name}.yaml": Team(people={name: 0.5}) for name in ("copy", "design")}
    parts = (Part(effort="4d", team="design"), Part(effort="2d"), Part(effort="3d", team="elsewhere"))
    held = backlog(promised("b", parts=parts, team="copy"), promised("c", 5), teams=teams)
    b, c = planned(held, OCTOBER).planned
    assert b.days_by_month == {"2026-10": {"design": 4.0, "copy": 2.0, None: 3.0}}
    assert c.days_by_month == {"2026-10": {None: 5.0}}
    assert b.days == 9.0


def test_anybodys_work_is_no_second_capacity():
    teams = {"teams/copy.yaml": Team(people={"ana": 1.0})}
    held = backlog(promised("b", 60, team="copy"), promised("c", 7, moscow="must"), teams=teams)
    plan = planned(held, OCTOBER)
    assert sum(plan.capacity[None]) == 66
    assert plan.rejected[0].shortages[0] == (None, 0, 2, 67.0, 66.0)


def test_what_is_overdue_or_due_before_comes_first_and_says_so():
    held = backlog(
        promised("b", 4),
        promised("c", 14, due=date(2026, 8, 1)),
        promised("d", 4, due=date(2026, 10, 4)),
        settings=TEN,
    )
    notes = {
        each.row.item.title: (each.month, each.notes)
        for each in planned(held, OCTOBER, first="2026-11").planned
    }
    assert notes["C"] == ("2026-11", ("overdue since 2026-08-01",))
    assert notes["D"] == ("2026-11", ("due before these months, 2026-10-04",))
    assert notes["B"] == ("2026-12", ())


def test_what_is_not_done_is_never_planned_into_the_past():
    plan = planned(
        backlog(promised("b", 4, due=date(2026, 10, 4)), settings=TEN), date(2026, 11, 1), first="2026-10"
    )
    assert (plan.over, plan.planned[0].month) == (1, "2026-11")
    gone = planned(
        backlog(promised("b", 4, due=date(2026, 10, 4)), settings=TEN), date(2027, 3, 1), first="2026-10"
    )
    assert (gone.over, gone.planned, gone.rejected, [row.item.title for row in gone.later]) == (
        3,
        (),
        (),
        ["B"],
    )
    assert gone.status == "fits"


def test_what_nobody_can_estimate_is_planned_nowhere_nor_is_what_waits_for_it():
    held = backlog(
        promised("b"), promised("c", 2, depends_on=("bbbbb",)), promised("d", 2, depends_on=("rrrrr",)),
        promised("r", status="request"), promised("s", status="request"), settings=TEN,
    )  # fmt: skip
    plan = planned(held, OCTOBER)
    assert [row.item.title for row in plan.unknown] == ["B", "C", "D"]
    assert (plan.planned, plan.later, plan.status) == ((), (), "fits")


def test_promised_work_pulls_in_what_it_waits_for_even_if_that_was_only_asked_for():
    held = backlog(
        promised("b", 2, depends_on=("ccccc", "ddddd")), promised("c", 2), promised("d", 2, status="request"),
        promised("f", 1, status="request"), settings=TEN,
    )  # fmt: skip
    plan = planned(held, OCTOBER)
    found = {each.row.item.title: each for each in plan.planned}
    assert found.keys() == {"B", "C", "D"}
    assert {name: each.pulled_in_by for name, each in found.items()} == {
        "B": None,
        "C": "bbbbb",
        "D": "bbbbb",
    }
    assert found["D"].notes == ("pulled in by B", "only asked for, not promised")
    assert found["B"].notes == ("same month as C, which comes first", "same month as D, which comes first")


def test_what_is_done_holds_nobody_up_and_what_will_never_be_done_is_named():
    ended = Ended(date=date(2026, 9, 1))
    held = backlog(
        promised("b", 2, depends_on=("ccccc", "ddddd", "fffff")),
        promised("c", 2, status="done", ended=ended),
        promised("d", 2, status="dropped", ended=ended),
        settings=TEN,
    )
    (only,) = planned(held, OCTOBER).planned
    assert only.notes == ("waits for D, which was dropped", "waits for fffff, which is not there")


def test_items_that_wait_for_each_other_are_refused_by_name():
    held = backlog(
        promised("b", 1, depends_on=("ccccc",)),
        promised("c", depends_on=("bbbbb",)),
        promised("d", 1),
        settings=TEN,
    )
    with pytest.raises(MblError) as caught:
        planned(held, OCTOBER)
    assert caught.value.message in (
        "These items wait for each other in a circle: bbbbb → ccccc → bbbbb.",
        "These items wait for each other in a circle: ccccc → bbbbb → ccccc.",
    )
    requests = [promised(name, 1, status="request", depends_on=(name * 5,)) for name in "bc"]
    assert planned(backlog(*requests, settings=TEN), OCTOBER).planned == ()


def test_without_days_everything_is_refused():
    plan = planned(backlog(promised("b", 1), promised("c", 2), settings=Settings(capacity=0)), OCTOBER)
    assert titles(plan.rejected) == ["B", "C"]
    assert [each.shortages[0].have for each in plan.rejected] == [0, 0]
    assert (plan.planned, plan.later, plan.status) == ((), (), "over-committed")


def guessed():
    """Five estimated emails of 1, 1, 2, 3 and 8 days (mean 3, P85 8), and two that are guessed from them."""
    ended = Ended(date=date(2026, 9, 1))
    known = [item(type="email", estimate=f"{days}d", status="done", ended=ended) for days in (1, 1, 2, 3, 8)]
    return (*known, promised("b", type="email"), promised("c", type="email"))


def test_above_30_percent_of_guesses_what_fits_only_at_the_mean_is_a_might():
    plan = planned(backlog(*guessed(), settings=Settings(capacity=5)), OCTOBER)
    assert plan.guess_share == 1
    assert [(each.row.item.title, each.guessed, each.might) for each in plan.planned] == [
        ("B", True, False),
        ("C", True, True),
    ]
    sure = planned(
        backlog(promised("d", 100, status="doing"), *guessed(), settings=Settings(capacity=36)), OCTOBER
    )
    assert sure.guess_share < 0.3
    assert not any(each.might for each in sure.planned)


@pytest.mark.parametrize(
    ("estimate", "safe"),
    [("5d", 5), ("2d-8d", pytest.approx(6.79, abs=0.01)), ("2d/4d/12d", pytest.approx(6.73, abs=0.01))],
)
def test_the_safe_effort_of_an_estimate_lies_near_its_85th_percentile(estimate, safe):
    held = backlog(promised("b", estimate=estimate), settings=TEN)
    (only,) = candidates(held, OCTOBER, months=("2026-10", "2026-11", "2026-12"), teams=()).ready
    assert only.safe_job.days == {None: safe}


@pytest.mark.parametrize(
    ("outcomes", "first", "serves"),
    [(("demos",), None, True), (("old",), None, False), ((), None, False), (("next",), "2027-01", True)],
)
def test_a_deliverable_serves_an_outcome_that_is_open_in_these_months(outcomes, first, serves):
    guidepoints = {
        f"guidepoints/{name}.yaml": Guidepoint(
            statement="More demos",
            from_=date.fromisoformat(begin),
            to=date.fromisoformat(end),
            outcomes=(Outcome(id=name, text="…"), Outcome(id="old", text="…", closed=date(2026, 9, 30))),
        )
        for name, begin, end in (("demos", "2026-10-01", "2026-12-31"), ("next", "2027-01-01", "2027-03-31"))
    }
    held = backlog(promised("b", 1, outcomes=outcomes, earliest=first), guidepoints=guidepoints, settings=TEN)
    assert [each.serves for each in planned(held, OCTOBER, first=first).planned] == [serves]


def test_what_was_done_in_these_months_is_told_by_day():
    done = [
        promised(name, 1, status="done", ended=Ended(date=date.fromisoformat(day)))
        for name, day in (("b", "2026-11-02"), ("c", "2026-10-31"), ("d", "2026-09-30"))
    ]
    plan = planned(backlog(*done, promised("f", 1), settings=TEN), date(2026, 11, 20), first="2026-10")
    assert [(each.item.title, each.month) for each in plan.finished] == [("C", "2026-10"), ("B", "2026-11")]


@pytest.mark.parametrize(
    ("items", "due", "smaller", "dropped"),
    [
        # 2 days short in all three months: no later month helps, two days less do, so does the last of 2 days or more
        ([promised("b", 20), promised("c", 8), promised("d", 1), promised("z", 3, moscow="must")], 3, 2.0, "ccccc"),
        # 5 days short in October, none in November
        ([promised("b", 9, due=date(2026, 10, 9)), promised("z", 6, due=date(2026, 10, 9))], 1, 5.0, "bbbbb"),
        # more than all of it: neither less of it nor another one helps
        ([promised("b", 30), promised("z", 30, moscow="must")], 3, None, "bbbbb"),
        ([promised("z", 31, moscow="must")], 3, 1.0, None),
        # what another accepted item waits for is not offered
        ([promised("b", 20, depends_on=("ccccc",)), promised("c", 10), promised("z", 9, moscow="must")], 3, None, "bbbbb"),
    ],
)  # fmt: skip
def test_the_ways_out(items, due, smaller, dropped):
    (only,) = planned(backlog(*items, settings=TEN), OCTOBER).rejected
    assert only.row.item.title == "Z"
    assert only.ways_out == (due, smaller and pytest.approx(smaller), dropped)


@pytest.mark.parametrize("seed", range(4))
def test_every_way_out_lets_it_in(seed):
    random = Random(seed)
    names = "bcdfghjk"
    items = [
        promised(
            name,
            random.randint(2, 9),
            due=random.choice([None, date(2026, 10, 9), date(2026, 11, 9), date(2026, 12, 9)]),
            depends_on=tuple(f"{other * 5}" for other in names[:at] if random.random() < 0.15),
        )
        for at, name in enumerate(names)
    ]
    held = backlog(*items, settings=TEN)
    plan = planned(held, OCTOBER)
    jobs = {each.job.id: each.job for each in candidates(held, OCTOBER, months=plan.months, teams=()).ready}
    placed = {each.row.item.id for each in plan.planned}
    assert plan.rejected
    for each in plan.rejected:
        job, ways = jobs[each.row.item.id], each.ways_out
        others = {id_: jobs[id_] for id_ in jobs if id_ in placed | {job.id} | set(job.after)}
        if not set(job.after) <= placed:
            continue
        assert faults(tuple(others.values()), plan.capacity)
        if ways.due < 3:
            assert not faults(tuple({**others, job.id: job._replace(due=ways.due)}.values()), plan.capacity)
        if ways.dropped:
            assert not faults(tuple(one for id_, one in others.items() if id_ != ways.dropped), plan.capacity)
        if ways.smaller:
            less = job._replace(days={None: job.days[None] - ways.smaller})
            assert not faults(tuple({**others, job.id: less}.values()), plan.capacity)


def test_the_plan_of_the_committed_is_the_same_whatever_was_asked_for():
    items = a_to_g()
    requests = [item(estimate="9d", rank="a0", team="growth") for _ in range(3)]
    alone, beside = (
        planned(team_of_three(*items), OCTOBER),
        planned(team_of_three(*items, *requests), OCTOBER),
    )
    assert [(each.row.item.id, each.days_by_month) for each in alone.planned] == [
        (each.row.item.id, each.days_by_month) for each in beside.planned
    ]


def test_work_of_no_days_is_finished_in_the_first_month():
    plan = planned(backlog(committed(estimate="0d"), settings=TEN), OCTOBER)
    assert [(each.month, each.days, each.days_by_month) for each in plan.planned] == [("2026-10", 0, {})]
