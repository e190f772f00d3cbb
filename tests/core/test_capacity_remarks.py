from datetime import date, timedelta
from typing import Any

import pytest

from build import backlog, committed, item
from mbl.core.capacity.figures import figures
from mbl.core.capacity.hints import hints
from mbl.core.capacity.remarks import beside, remarks
from mbl.core.capacity.rows import rows
from mbl.model.item import Item
from mbl.model.settings import Settings
from mbl.model.team import Team
from pasts import MONDAY, PACE, WEEK, before, finished, waiting


def of(*items: Item, capacity: float | None = 20, **fields: Any):
    return figures(backlog(*items, settings=Settings(capacity=capacity), **fields), MONDAY)


def said(figures_, start):
    found = [text for text in remarks(figures_) if text.startswith(start)]
    assert len(found) == 1, remarks(figures_)
    return found[0]


def arriving(each):
    first = before(PACE) + timedelta(days=3)
    return [
        committed(accepted=first + week * WEEK, requested=first + week * WEEK, estimate="2d")
        for week in range(len(PACE))
        for _ in range(each)
    ]


def told(figures_, label):
    return dict(fact for block in beside(figures_) for fact in block.facts)[label]


PAST = (*finished(PACE), *waiting(60))


def test_two_sentences_always_stand_side_by_side():
    for some in (
        of(*PAST),
        of(committed(estimate="9d")),
        of(*PAST, *arriving(9)),
        of(committed(estimate="9d"), capacity=0),
    ):
        assert said(some, "If nothing new were accepted: ")
        assert said(some, "At the present arrival rate: ")


def test_if_nothing_new_were_accepted_names_the_pace_and_three_days():
    assert said(of(*PAST), "If") == (
        "If nothing new were accepted: 4.4 months at the pace of the last 12 weeks (3.2 items a week). "
        "Even odds: done by 5 April 2027; safe: 3 May 2027; very safe: 24 May 2027."
    )
    assert said(of(committed(estimate="20d")), "If") == (
        "If nothing new were accepted: 1 month. Done by 23 December 2026."
    )
    assert (
        said(of(committed(estimate="20d"), committed()), "If")
        == "If nothing new were accepted: at least 1 month."
    )


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        (
            (*PAST, *arriving(9)),
            (
                "At the present arrival rate: never; 9 items a week came in, 3.2 were finished, "
                "so the list grows by 5.0 to 6.5 (90 % range)."
            ),
        ),
        (
            PAST,
            (
                "At the present arrival rate: empty in about 4.2 months (likely 3.7 to 5); "
                "nothing came in, 3.2 a week were finished, so the list shrinks by 2.5 to 4.0 (90 % range)."
            ),
        ),
        (
            (*PAST, *arriving(3)),
            (
                "At the present arrival rate: from 30 months to never; 3 items a week came in, 3.2 were finished, "
                "and whether the list grows, nobody can tell yet (it does in 29 % of the futures)."
            ),
        ),
        (
            (committed(estimate="9d"),),
            "At the present arrival rate: nobody can say before 8 complete weeks of promises are recorded (so far 0).",
        ),
    ],
)
def test_the_present_arrival_rate_has_its_own_answer(items, sentence):
    assert said(of(*items), "At the present") == sentence


def test_what_was_finished_lately_stands_under_it():
    assert said(of(*PAST), "You finished") == (
        "You finished 39 items in the last three months; at this pace 33 to 51 in the next three."
    )
    assert (
        said(of(committed(estimate="9d")), "Nothing is")
        == "Nothing is marked as done in the last three months."
    )


def test_large_counts_have_separators_everywhere():
    some = of(*finished([120] * 12), *waiting(1300), capacity=0.1)
    assert said(some, "You finished").endswith("at this pace 1,560 to 1,560 in the next three.")
    assert told(some, "Until 31 December").startswith("1,300 will not fit (by effort); ")


def test_the_other_method_is_a_cross_check_and_a_contradiction_has_reasons():
    assert told(of(*PAST), "Checked by effort") == "6 months"
    assert not any("contradict" in text for text in hints(of(*PAST)))
    low, high = hints(of(*PAST, capacity=60)), hints(of(*PAST, capacity=5))
    assert "the estimates are too low; the unplanned share in the team files is too low" in low[0]
    assert "the estimates are too high" in high[0]


def test_by_effort_alone_there_is_no_cross_check():
    assert "Checked by effort" not in dict(beside(of(committed(estimate="9d")))[0].facts)
    assert hints(of(committed(estimate="9d"))) == ()


def test_a_team_that_is_taken_by_effort_is_named():
    teams = {"teams/growth.yaml": Team(people={"ana": 1.0}), "teams/brand.yaml": Team(people={"ben": 0.1})}
    some = of(
        *finished(PACE, team="growth"), *waiting(9, team="growth"), *waiting(9, team="brand"), teams=teams
    )
    assert "(team brand finished too few items to count them, and is taken by effort)" in said(some, "If")
    assert told(some, "Longest").startswith("team brand; if everybody could do everything, ")
    assert some.months == next(row.months for row in rows(some, "team") if row.key == "brand")


@pytest.mark.parametrize(
    ("items", "capacity", "line"),
    [
        ([committed(estimate="3d")], 20, "1 will fit (by effort)"),
        ([committed(estimate="3d")], 0, "1 will not fit (by effort)"),
        ([committed(estimate="3d"), committed(estimate="99d")], 20, "1 will fit, 1 will not (by effort)"),
        ([committed()], 20, "of 1 nobody knows"),
        ([committed(), committed(estimate="3d")], 20, "1 will fit (by effort), of 1 nobody knows"),
        (PAST, 20, "12 will fit, 48 will not (by effort); at the pace of the past weeks 12 to 21 get done"),
    ],
)
def test_what_fits_stands_beside_what_the_past_brings(items, capacity, line):
    assert told(of(*items, capacity=capacity), "Until 31 December") == line


def test_under_a_filter_what_was_finished_is_named_as_everybodys():
    some = figures(backlog(*PAST, settings=Settings(capacity=20)), MONDAY, only=frozenset({PAST[-1].id}))
    assert (
        said(some, "You finished") == "You finished 39 items in the last three months, whatever the filters."
    )


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        (
            waiting(9),
            "nobody can say; in 12 complete weeks nothing came in, and nothing was finished.",
        ),
        (
            (*waiting(9), *finished([1] * len(PACE), accepted=None)),
            "never; 1 item a week came in, 1.0 were finished, so the list stays as long as it is.",
        ),
    ],
)
def test_a_list_that_does_not_move_is_not_said_to_grow_perhaps(items, sentence):
    assert said(of(*items), "At the present") == f"At the present arrival rate: {sentence}"


def test_empty_weeks_at_the_beginning_are_suspicious():
    counts = (0, 0, 0, 0, 0, *PACE)
    hint = next(text for text in hints(of(*finished(counts), *waiting(60, counts))) if "history_from" in text)
    assert hint == (
        "Nothing is recorded as finished in the 5 weeks before 2026-08-31, and they count as idle. "
        "If nobody wrote it down then, set history_from: 2026-08-31 in mbl.yaml."
    )
    settings = Settings(capacity=20, history_from=date(2026, 8, 31))
    mended = figures(backlog(*finished(counts), *waiting(60, counts), settings=settings), MONDAY)
    assert not any("history_from" in text for text in hints(mended))


def test_without_committed_work_there_is_nothing_to_remark():
    assert remarks(of(item(status="done"))) == ()
