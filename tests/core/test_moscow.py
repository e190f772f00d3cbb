from datetime import date
from math import ceil, log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, committed, item, team_of_three
from mbl.core.ranking import ranked
from mbl.core.report import Bars, Facts
from mbl.core.workshop.either_or import (
    Question,
    answered,
    arranged,
    most_questions,
    placing,
    placing_questions,
    question_blocks,
    sorting,
)
from mbl.core.workshop.moscow import (
    Totals,
    crossed,
    pair_words,
    totals,
    totals_blocks,
    warning_pairs,
    warnings,
)
from mbl.errors import MblError
from mbl.model.settings import Settings

TODAY = date(2026, 10, 1)
IMPOSSIBLE = "The Musts alone need 100 days, the quarter has 94 days: impossible, short by 5.6 days."
NO_CONTINGENCY = "The Musts take 68 % of the quarter's capacity, more than 60 %: there is no contingency."
NO_SLACK = (
    "Only 5 % of the plan are Coulds, less than 10 %: nothing can give way when something takes longer."
)


def of(must, should, could, *, capacity=94.4, unknown=0):
    days = {"must": must, "should": should, "could": could}
    return Totals(days=days, items=dict.fromkeys(days, 1), unknown=unknown, capacity=capacity)


# DSDM


def test_64_must_30_should_12_could_leave_no_contingency():
    items = [
        committed(estimate=f"{days}d", moscow=name)
        for name, days in (("must", 64), ("should", 30), ("could", 12))
    ]
    found = totals(team_of_three(*items), TODAY)
    assert found.capacity == pytest.approx(94.4)
    assert found.must_share == pytest.approx(0.678, abs=5e-4)
    assert found.days["must"] / found.plan == pytest.approx(0.604, abs=5e-4)
    assert found.could_share == pytest.approx(0.113, abs=5e-4)
    assert warnings(found) == (NO_CONTINGENCY,)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (of(100, 0, 20), (IMPOSSIBLE,)),
        (of(94.4, 0, 20), (NO_CONTINGENCY.replace("68", "100"),)),
        (of(50, 45, 5), (NO_SLACK,)),
        (of(64, 31.25, 5), (NO_CONTINGENCY, NO_SLACK)),
        (of(56.64, 0, 20), ()),
        (of(64, 30, 12, capacity=None), ()),
        (of(0, 0, 0), ()),
        (
            of(5, 0, 5, capacity=0.0),
            ("The Musts alone need 5 days, the quarter has 0 days: impossible, short by 5 days.",),
        ),
        (of(1, 1, 1, unknown=2), ("Not counted: 2 items of unknown effort. The real totals are higher.",)),
    ],
)
def test_the_warnings_of_dsdm(found, said):
    assert warnings(found) == said


def test_only_open_items_in_a_bucket_count():
    items = [
        item(estimate="3d", moscow="must"),
        committed(estimate="4d", moscow="must"),
        committed(estimate="50d"),
        item(estimate="50d", moscow="must", status="done"),
        committed(moscow="should"),
    ]
    found = totals(backlog(*items), TODAY)
    assert (found.days["must"], found.items["must"], found.items["should"], found.capacity) == (7, 2, 1, None)
    assert totals(backlog(*items), TODAY, [items[0].id]).days["must"] == 3


def test_an_item_of_unknown_effort_is_counted_apart():
    found = totals(backlog(committed(moscow="must")), TODAY)
    assert (found.days["must"], found.unknown) == (0, 1)


@pytest.mark.parametrize(
    ("found", "bucket"),
    [
        (of(95, 1, 1), "must"),
        (of(64, 31, 1), "should"),
        (of(64, 30, 12), "could"),
        (of(64, 30, 0.4), None),
        (of(95, 1, 1, capacity=None), None),
    ],
)
def test_the_cut_line_crosses_the_bucket_that_fills_the_quarter(found, bucket):
    assert crossed(found) == bucket


def test_running_totals_are_drawn_against_the_quarter():
    bars, *said = totals_blocks(of(64, 30, 12))
    assert isinstance(bars, Bars)
    assert bars.title == "Buckets, in a quarter of 94 days"
    assert bars.bars[0].text == "1 item, 64 days, 68 %"
    assert [each.text for each in said] == [NO_CONTINGENCY]
    assert totals_blocks(of(64, 30, 12, capacity=None))[0].bars[0].text == "1 item, 64 days"


# Warning pairs


@pytest.mark.parametrize(
    ("buckets", "pairs"),
    [
        (["must", "should", "could"], []),
        (["should", "must"], [(1, 2)]),
        (["should", "must", "must"], [(1, 2), (1, 3)]),
        (["could", "should", "must", "could"], [(1, 2), (1, 3)]),
        (["must", "could", None, "should", "should"], [(2, 4), (2, 5)]),
        ([None, None], []),
    ],
)
def test_an_item_below_a_lesser_bucket_is_one_pair_with_the_highest_of_these(buckets, pairs):
    items = [committed(moscow=bucket, rank=f"a{at}") for at, bucket in enumerate(buckets)]
    found = warning_pairs(backlog(*items))
    assert [(upper.position, lower.position) for upper, lower in found] == pairs


def test_a_pair_is_said_in_words():
    some = backlog(
        committed(title="Brochure", moscow="should", rank="a1"),
        committed(title="Prices", moscow="must", rank="a2"),
    )
    assert pair_words(warning_pairs(some)) == ("#1 “Brochure” (Should) stands above #2 “Prices” (Must).",)


# Questions


def play(ids, prefers, *, among=None):
    """The order, and how many questions it took, when `prefers(a, b)` names the chosen one."""
    answers = []
    while True:
        state = sorting(ids, answers) if among is None else placing(ids, among, answers)
        if state.question is None:
            return state.order, answers
        answers.append(
            answered(state.question, prefers(state.question.a, state.question.b), by="ana", on=TODAY)
        )


@pytest.mark.parametrize(("n", "most"), [(0, 0), (1, 0), (2, 1), (12, 33), (14, 41), (20, 69), (40, 177)])
def test_so_many_questions_put_n_items_in_order(n, most):
    assert most_questions(n) == most == sum(ceil(log2(k)) for k in range(2, n + 1))
    assert sorting([str(at) for at in range(n)], []).left == most


@pytest.mark.parametrize(("others", "most"), [(0, 0), (1, 1), (3, 2), (4, 3), (200, 8), (255, 8), (256, 9)])
def test_so_many_questions_place_one_item(others, most):
    assert placing_questions(others) == most
    assert placing("x", [str(at) for at in range(others)], []).left == most


@settings(max_examples=80, deadline=None)
@given(st.permutations(range(14)))
def test_honest_answers_lead_to_the_true_order_in_41_questions_at_most(true):
    place = {str(each): at for at, each in enumerate(true)}
    order, answers = play([str(at) for at in range(14)], lambda a, b: min(a, b, key=place.__getitem__))
    assert order == tuple(map(str, true))
    assert len(answers) <= 41
    assert all((each.by, each.date) == ("ana", TODAY) for each in answers)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("ab-"), min_size=41, max_size=41), st.integers(0, 14))
def test_every_answer_leads_nearer_and_nobody_gets_lost(choices, n):
    ids, answers, left = tuple(str(at) for at in range(n)), [], most_questions(n) + 1
    for choice in choices:
        state = sorting(ids, answers)
        assert sorted(state.order) == sorted(ids)
        assert state.left < left
        left = state.left
        if state.question is None:
            return
        chosen = {"a": state.question.a, "b": state.question.b, "-": None}[choice]
        answers.append(answered(state.question, chosen, by=None, on=TODAY))
    assert sorting(ids, answers).question is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 200))
def test_a_new_request_finds_its_place_among_200_with_8_questions(at):
    among = [str(each) for each in range(200)]
    order, answers = play("x", lambda a, b: a if int(b) >= at else b, among=among)
    assert order.index("x") == at
    assert len(answers) <= 8


def test_an_interrupted_session_goes_on_where_it_stopped():
    ids = [str(at) for at in range(12)]
    order, answers = play(ids, max)
    for stop in range(len(answers)):
        state = sorting(ids, answers[:stop])
        assert state.question == Question(answers[stop].a, answers[stop].b)
        assert sorted(state.order) == sorted(ids)
    assert sorting(ids, answers) == sorting(ids, tuple(reversed(answers)))
    assert sorting(ids, answers).order == order


def test_cannot_say_puts_it_directly_under_the_other():
    state = placing("x", "abcdefg", [])
    assert state.question == Question("x", "d")
    after = placing("x", "abcdefg", [answered(state.question, None, by=None, on=TODAY)])
    assert (after.order, after.question, after.left) == (tuple("abcdxefg"), None, 0)


def test_an_item_that_left_meanwhile_is_not_asked_about_again():
    order, answers = play(list("abcde"), min)
    assert order == tuple("abcde")
    state = sorting(list("abde"), answers)
    assert sorted(state.order) == list("abde")
    assert state.question is None or "c" not in (state.question.a, state.question.b)


def test_the_last_answer_to_a_question_counts():
    question = Question("b", "a")
    first, second = (answered(question, chosen, by=None, on=TODAY) for chosen in "ab")
    assert sorting("ab", [first]).order == ("a", "b")
    assert sorting("ab", [first, second]).order == ("b", "a")


def test_an_answer_that_is_neither_of_the_two_is_refused():
    with pytest.raises(MblError, match="c was not asked about"):
        answered(Question("a", "b"), "c", by=None, on=TODAY)


def test_only_the_places_that_the_bucket_holds_are_dealt_anew():
    items = [
        committed(moscow=bucket, rank=f"a{at}")
        for at, bucket in enumerate(["must", "should", "must", "should", "should"])
    ]
    some = backlog(*items)
    a, b, c, d, e = (each.id for each in items)
    after = arranged(some, [e, b, d])
    assert [row.item.id for row in ranked(after)] == [a, e, c, b, d]
    assert sum(after.item(id_) is not some.item(id_) for id_ in (a, b, c, d, e)) == 2
    assert after.item(a) is some.item(a)
    assert arranged(some, [b, d, e]) is some


def test_a_question_shows_outcome_effort_and_requester_of_both():
    one = committed(title="Webinar", estimate="5d", outcomes=("pipeline",), requester="sales")
    two = committed(title="Brochure")
    facts = question_blocks(backlog(one, two, settings=Settings()), Question(one.id, two.id))[1]
    assert isinstance(facts, Facts)
    assert facts.facts == (
        ("1", "Webinar\npipeline · 5 days, asked by sales"),
        ("2", "Brochure\nno outcome · effort unknown"),
    )
