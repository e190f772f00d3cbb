from datetime import date
from math import inf

import pytest

from build import backlog, committed, item, team_of_three
from mbl.core.capacity.figures import figures, range_of
from mbl.core.capacity.rows import guesses, rows
from mbl.model.item import Part
from mbl.model.settings import Settings
from mbl.model.team import Team

OCTOBER = date(2026, 10, 1)
FLAT = Settings(capacity=31.467)
EMAILS, VIDEOS = (1, 1, 2, 3, 8), (5, 8, 13, 8, 20, 6)


def known_and_guessed():
    """75 known days, and 76 guessed ones: the items of the known total of 151."""
    known = [("email", days) for days in EMAILS] + [("video", days) for days in VIDEOS]
    unknown = ["email"] * 12 + ["video"] * 4
    return [
        *(committed(type=type_, estimate=f"{days}d") for type_, days in known),
        *(committed(type=type_) for type_ in unknown),
    ]


def five_years():
    """1,888 days: 45 % of them in the last item."""
    return [committed(estimate="519.2d"), committed(estimate="519.2d"), committed(estimate="849.6d")]


def test_five_years_of_promises_are_sixty_months():
    assert figures(backlog(*five_years(), settings=FLAT), OCTOBER).months == pytest.approx(60.0, abs=0.05)


def test_without_the_irrelevant_items_twenty_seven_months_are_left():
    items = five_years()
    gone = frozenset(item.id for item in items[:2])
    of = figures(backlog(*items, settings=FLAT), OCTOBER, without=gone)
    assert of.months == pytest.approx(27.0, abs=0.05)
    assert of.days == pytest.approx(849.6)


def test_means_fill_the_total_to_151_days_of_which_half_are_guessed():
    of = figures(backlog(*known_and_guessed(), settings=FLAT), OCTOBER)
    assert of.days == pytest.approx(151)
    assert of.guess_share == pytest.approx(0.503, abs=0.0005)
    assert (of.months, of.pooled_months) == (None, None)
    assert of.expected == pytest.approx(151 / 31.467)


def test_the_range_of_151_days_is_four_to_five_and_a_half_months():
    months = range_of(figures(backlog(*known_and_guessed(), settings=FLAT), OCTOBER))
    assert months is not None
    assert months[:3] == pytest.approx((131 / 31.467, 149 / 31.467, 172 / 31.467), abs=2 / 31.467)
    assert [round(value, 1) for value in months[:3]] == [4.2, 4.7, 5.5]


def test_151_days_walk_through_the_months_of_the_team():
    of = figures(team_of_three(committed(estimate="151d", team="growth")), OCTOBER)
    assert of.months == pytest.approx(4.80, abs=0.005)


def test_the_longest_team_is_the_answer_not_the_pool():
    teams = {"teams/growth.yaml": Team(people={"ana": 1.0}), "teams/content.yaml": Team(people={"ben": 0.5})}
    items = [committed(estimate="44d", team="growth"), committed(estimate="110d", team="content")]
    of = figures(backlog(*items, teams=teams), OCTOBER)
    by_team = {row.key: row.months for row in rows(of, "team")}
    assert by_team["growth"] == pytest.approx(2.0, abs=0.1)
    assert by_team["content"] == pytest.approx(10, abs=0.2)
    assert of.months == by_team["content"]
    assert of.pooled_months == pytest.approx(154 / 32.6, abs=0.2)


def test_work_of_no_team_is_a_row_against_the_pool():
    of = figures(
        team_of_three(committed(estimate="94.4d"), committed(estimate="30.48d", team="growth")), OCTOBER
    )
    found = {row.key: row for row in rows(of, "team")}
    assert (found[None].months, found["growth"].months) == pytest.approx((3, 1))
    assert of.months == pytest.approx(3)


def test_teams_without_a_file_share_the_flat_capacity():
    items = [committed(estimate="60d", team="growth"), committed(estimate="30d", team="content")]
    of = figures(backlog(*items, settings=Settings(capacity=30)), OCTOBER)
    assert of.months == pytest.approx(3)
    assert {row.key: row.months for row in rows(of, "team")} == pytest.approx({"growth": 2, "content": 1})


@pytest.mark.parametrize("by", ["moscow", "outcome", "requester"])
def test_other_breakdowns_add_up_to_the_months(by):
    items = [
        committed(
            estimate="10d", team="growth", moscow="must", outcomes=("brand", "pipeline"), requester="sales"
        ),
        committed(estimate="50d", moscow="could", outcomes=("pipeline",), requester="cfo"),
        committed(estimate="40d"),
    ]
    of = figures(team_of_three(*items), OCTOBER)
    found = rows(of, by)
    assert sum(row.months or 0 for row in found) == pytest.approx(of.months)
    assert sum(row.share for row in found) == pytest.approx(1)
    assert found[-1].key is None


def test_buckets_keep_their_order_and_other_rows_begin_with_the_largest():
    items = [
        committed(estimate="1d", moscow="must", requester="a"),
        committed(estimate="9d", moscow="could", requester="b"),
        committed(estimate="3d", moscow="should", requester="c"),
    ]
    of = figures(backlog(*items, settings=FLAT), OCTOBER)
    assert [row.key for row in rows(of, "moscow")] == ["must", "should", "could"]
    assert [row.key for row in rows(of, "requester")] == ["b", "c", "a"]


def test_people_have_the_months_of_their_parts_and_the_rest_is_unassigned():
    part = Part(skill="copy", effort="22.726d", person="ana")
    of = figures(team_of_three(committed(estimate="50d", team="growth", parts=(part,))), OCTOBER)
    found = {row.key: row for row in rows(of, "person")}
    assert found["ana"].months == pytest.approx(1.8, abs=0.05)
    assert found["ana"].net_days_per_month == pytest.approx(13.44, abs=0.01)
    assert found[None].days == pytest.approx(50 - 22.726)


def test_unknown_effort_is_counted_and_never_nothing():
    of = figures(backlog(committed(estimate="31.467d"), committed(), committed(), settings=FLAT), OCTOBER)
    assert (of.months, of.unknown, of.guess_share) == (1.0, 2, 0)
    assert figures(backlog(committed(), settings=FLAT), OCTOBER).expected is None


@pytest.mark.parametrize(
    ("settings", "expected"), [(Settings(), None), (Settings(capacity=0), inf), (Settings(capacity=10), 0.5)]
)
def test_without_capacity_the_months_are_unknown_or_infinite(settings, expected):
    assert figures(backlog(committed(estimate="5d"), settings=settings), OCTOBER).expected == expected


@pytest.mark.parametrize(
    ("fields", "is_committed", "is_requested"),
    [
        ({"status": "committed"}, True, False),
        ({"status": "doing"}, True, False),
        ({"status": "committed", "moscow": "wont"}, False, False),
        ({"status": "request"}, False, True),
        ({"status": "done"}, False, False),
        ({"status": "declined"}, False, False),
        ({"status": "dropped"}, False, False),
    ],
)
def test_only_promised_work_counts_and_requests_stand_apart(fields, is_committed, is_requested):
    of = figures(backlog(item(estimate="5d", **fields), settings=FLAT), OCTOBER)
    assert (of.days, of.requested_days) == (5 * is_committed, 5 * is_requested)


def test_requests_say_how_much_longer_it_would_take():
    items = [committed(estimate="20d"), item(estimate="30d")]
    of = figures(backlog(*items, settings=Settings(capacity=10)), OCTOBER)
    assert (of.months, of.requested_months) == pytest.approx((2, 3))


def test_left_out_items_still_teach_what_others_take():
    items = known_and_guessed()
    of = figures(backlog(*items, settings=FLAT), OCTOBER, without=frozenset(item.id for item in items[:11]))
    assert (of.days, of.guess_share, of.unknown) == pytest.approx((76, 1, 0))


def test_without_uncertainty_the_range_is_the_months():
    of = figures(backlog(committed(estimate="62.934d"), settings=FLAT), OCTOBER)
    assert range_of(of) == (2.0, 2.0, 2.0, 2.0)


def test_a_shared_estimate_is_uncertain_for_each_team_in_its_share():
    teams = {"teams/growth.yaml": Team(people={"ana": 1.0}), "teams/content.yaml": Team(people={"ben": 1.0})}
    parts = (Part(effort="10d", team="content"), Part(effort="30d", team="growth"))
    of = figures(backlog(committed(estimate="20d-60d", parts=parts), teams=teams), OCTOBER)
    months = range_of(of)
    assert months is not None
    assert months.p15 == pytest.approx((15 + 30 * 0.15) / 22, abs=0.1)
    assert months.p85 == pytest.approx((15 + 30 * 0.85) / 22, abs=0.1)


def test_guesses_are_told_by_type_the_most_days_first():
    found = guesses(figures(backlog(*known_and_guessed(), settings=FLAT), OCTOBER))
    assert [(row.type, row.guessed, row.items, row.mean) for row in found] == [
        ("video", 4, 10, 10),
        ("email", 12, 17, 3),
    ]
