from typing import Any

import pytest

from build import backlog, committed, item, leave
from mbl.core.capacity.figures import figures
from mbl.core.capacity.report import capacity
from mbl.core.capacity.rows import rows
from mbl.core.capacity.scenario import supposed, with_days, with_people, with_unplanned, without
from mbl.core.report import Facts, Words
from mbl.core.select import Query
from mbl.errors import MblError
from mbl.model.item import Item, Part
from mbl.model.settings import Settings
from mbl.model.team import Person, Recurring, Team
from pasts import MONDAY, PACE, finished, waiting

PEOPLE = {
    "ana": Person(holidays="de", leave=(leave("2026-12-01", "2026-12-31"),)),
    "ben": Person(holidays="de"),
}
TEAMS = {
    "teams/growth.yaml": Team(people={"ana": 1.0, "ben": 1.0}, unplanned="20%"),
    "teams/brand-care.yaml": Team(
        people={"ben": 0.0}, unplanned="0%", recurring=(Recurring(title="x", effort="1d"),)
    ),
}


def of(*items: Item, **fields: Any):
    known = {"people": PEOPLE, "teams": TEAMS, "settings": Settings(holidays={"de": ()}), **fields}
    return figures(backlog(*items, **known), MONDAY)


def texts(report):
    return [block.text for block in report.blocks if isinstance(block, Words)]


def test_one_more_person_has_the_teams_holidays_and_no_leave():
    before = of(committed(estimate="100d", team="growth"))
    after = supposed(before, [with_people(before.backlog, "growth+1")])
    december, later = after.teams["growth"].known[0], before.teams["growth"].known[0]
    assert december == pytest.approx((23 + 23) * 0.8)
    assert later == pytest.approx(23 * 0.8)
    assert after.months < before.months


def test_parts_of_people_come_and_go():
    before = of(committed(estimate="100d", team="growth"))
    more, less, none = (
        supposed(before, [with_people(before.backlog, f"growth{by}")]).teams["growth"].later
        for by in ("+1.5", "-0.5", "-2")
    )
    half = before.teams["growth"].later
    assert less == pytest.approx(0.75 * half)
    assert none == 0
    assert more > half * 1.7
    assert supposed(before, [with_people(before.backlog, "growth-2")]).expected == float("inf")


def test_several_steps_work_together():
    before = of(committed(estimate="100d", team="growth"))
    both = supposed(before, [with_people(before.backlog, "growth+1"), with_unplanned(before.backlog, "0%")])
    assert both.teams["growth"].known[0] == pytest.approx(46)


@pytest.mark.parametrize(
    ("text", "growth", "brand"), [("50%", 0.5, 0.5), ("growth=50%", 0.5, 0.0), ("0.5", 0.5, 0.5)]
)
def test_less_or_more_comes_unplanned(text, growth, brand):
    before = of(committed(estimate="100d", team="growth"))
    after = supposed(before, [with_unplanned(before.backlog, text)]).backlog.teams
    shares = [after[f"teams/{name}.yaml"].unplanned for name in ("growth", "brand-care")]
    assert [float(share.strip("%")) / (100 if "%" in share else 1) for share in shares] == [growth, brand]


def test_so_many_days_replace_the_flat_capacity():
    before = of(committed(estimate="100d"), teams={}, settings=Settings(capacity=10))
    assert (before.months, supposed(before, [with_days(40)]).months) == (10, 2.5)


def test_so_many_days_are_divided_among_the_teams_as_now():
    before = of(committed(estimate="100d", team="growth"))
    after = supposed(before, [with_days(2 * before.pool.later)])
    assert after.pool.later == pytest.approx(2 * before.pool.later)
    assert after.teams["growth"].later == pytest.approx(2 * before.teams["growth"].later)
    assert {row.key: row.net_days_per_month for row in rows(after, "team")}["growth"] == after.teams[
        "growth"
    ].later


def test_people_have_the_days_of_the_supposition():
    before = of(committed(estimate="10d", parts=(Part(effort="10d", person="ben"),)))
    after = supposed(before, [with_days(2 * before.pool.later)])
    was, now = (rows(each, "person")[0].net_days_per_month for each in (before, after))
    assert now == pytest.approx(2 * was)


def test_finished_items_change_with_the_days():
    some = backlog(*finished(PACE), *waiting(60), settings=Settings(capacity=20))
    before = figures(some, MONDAY)
    after = supposed(before, [with_days(40)])
    assert after.months == pytest.approx(before.months / 2)
    assert after.growth is None, "the past says nothing about other people"
    gone = supposed(before, [with_days(0)])
    assert (gone.expected, gone.method) == (float("inf"), "effort")


def test_days_cannot_be_compared_with_unknown_ones():
    before = figures(backlog(*finished(PACE), *waiting(60)), MONDAY)
    with pytest.raises(MblError, match="Nobody knows how many days"):
        supposed(before, [with_days(40)])
    unknown = figures(backlog(committed(estimate="10d")), MONDAY)
    assert supposed(unknown, [with_days(40)]).months == 0.25


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda b: with_people(b, "growth"), "how many"),
        (lambda b: with_people(b, "grwth+1"), "no team grwth"),
        (lambda b: with_people(b, "+1"), "which team"),
        (lambda b: with_people(b, "growth+x"), "how many"),
        (lambda b: with_people(b, "growth-3"), "has 2 people"),
        (lambda b: with_people(b, "growth+101"), "more than 100"),
        (lambda b: with_people(b, "growth+1e9"), "how many"),
        (lambda b: with_unplanned(b, "10"), "is not a share"),
        (lambda b: with_unplanned(b, "120%"), "is not a share"),
        (lambda b: with_unplanned(b, "-5%"), "is not a share"),
        (lambda b: with_unplanned(b, ""), "is not a share"),
        (lambda b: with_unplanned(b, "brand=5%"), "no team brand"),
        (lambda b: with_days(-1), "is not a number of days"),
        (lambda b: with_days(float("nan")), "is not a number of days"),
        (lambda b: with_days(float("inf")), "is not a number of days"),
        (lambda b: without(b, "nothing such"), "fits no request"),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_a_way_out(ask, message):
    with pytest.raises(MblError, match=message) as refused:
        ask(of(committed(estimate="1d")).backlog)
    assert refused.value.hint or "100" in refused.value.message


@pytest.mark.parametrize("ask", [lambda b: with_people(b, "growth+1"), lambda b: with_unplanned(b, "10%")])
def test_without_team_files_the_way_is_another_one(ask):
    with pytest.raises(MblError) as refused:
        ask(backlog())
    assert "--capacity DAYS" in refused.value.hint


def test_the_only_team_need_not_be_named():
    teams = {"teams/growth.yaml": TEAMS["teams/growth.yaml"]}
    before = of(committed(estimate="100d", team="growth"), teams=teams)
    assert with_people(before.backlog, "+1").words == "With 1 person more in growth"


@pytest.mark.parametrize(("text", "words"), [
    ("growth+1", "With 1 person more in growth"),
    ("growth+2", "With 2 people more in growth"),
    ("growth-0.5", "With 0.5 people fewer in growth"),
    ("brand-care+1", "With 1 person more in brand-care"),
])  # fmt: skip
def test_a_step_is_named_in_words(text, words):
    assert with_people(of().backlog, text).words == words


def test_several_refs_in_one_word_are_all_left_out():
    items = [
        committed(title="One", estimate="1d", rank="a1"),
        committed(title="Two, with a comma", estimate="2d", rank="a2"),
    ]
    some = backlog(*items)
    assert without(some, "1,2").without == {items[0].id, items[1].id}
    assert without(some, "two, with").without == {items[1].id}


def test_each_supposition_is_told_alone_and_all_together():
    some = backlog(
        *(committed(estimate="30d", requester=who) for who in ("a", "b")), settings=Settings(capacity=30)
    )
    report = capacity(some, MONDAY, steps=[without(some, "requester=a"), with_days(60)])
    assert texts(report)[0] == (
        "All of it together: 2 months → 0.5 months of committed work; "
        "safe to say: done by 8 December 2026 instead of 23 January 2027."
    )
    facts = next(block for block in report.blocks if isinstance(block, Facts))
    assert facts.facts == (
        ("Without requester=a", "2 months → 1 month (1 item, 30 days)"),
        ("With 60 days a month", "2 months → 1 month"),
    )
    payload = report.payload()
    assert (payload["before"]["months"], payload["months"]) == (2.0, 0.5)
    assert [(step["change"], step["months"]) for step in payload["what_if"]] == [
        ("Without requester=a", 1.0), ("With 60 days a month", 1.0)
    ]  # fmt: skip


def test_filters_count_a_part_and_say_so():
    some = backlog(
        *(committed(estimate="30d", moscow=moscow) for moscow in ("must", "could", "could")),
        item(estimate="1d", moscow="must"),
        settings=Settings(capacity=30),
    )
    report = capacity(some, MONDAY, query=Query(moscow=("must",)))
    assert "Counted: 1 of 3 promised items (moscow must), as if nothing else were done first." in texts(
        report
    )
    assert (report.payload()["items"], report.payload()["months"]) == (1, 1.0)
    nothing = capacity(some, MONDAY, query=Query(moscow=("should",)))
    assert texts(nothing)[0] == "No committed work fits these filters."
    assert nothing.payload()["range"] == {"p15": 0.0, "p50": 0.0, "p85": 0.0, "p95": 0.0}
