"""How the ranked list shows the cut line: lines across where they are true, else marks, and sentences below."""

from datetime import date

import pytest

from build import backlog, item
from mbl.core.listing import View, listing
from mbl.core.report import Report, Rule, Table, Words
from mbl.core.select import Query
from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.model.settings import Settings
from mbl.model.team import Team

OCTOBER = date(2026, 10, 1)


def ranking(*wanted: dict) -> list[Item]:
    return [
        item(**{"status": "committed", "title": f"Request {place:02}", "rank": f"a{place:04}", **fields})
        for place, fields in enumerate(wanted)
    ]


def flat(*wanted: dict) -> Backlog:
    """Thirty days from the first of October to the end of the year."""
    return backlog(*ranking(*wanted), settings=Settings(capacity=10))


def two_teams(*wanted: dict) -> Backlog:
    teams = {f"teams/{name}.yaml": Team(people={f"{name}-1": 0.5}) for name in ("brand", "growth")}
    return backlog(*ranking(*wanted), teams=teams)


def listed(of: Backlog, *, query: Query | None = None, **view: object) -> Report:
    return listing(of, OCTOBER, query=query or Query(), view=View(**view))  # type: ignore[arg-type]


def table(of: Report) -> Table:
    return next(block for block in of.blocks if isinstance(block, Table))


def said(of: Report) -> list[str]:
    return [block.text for block in of.blocks if isinstance(block, Words)]


TEN = {"estimate": "10d"}
UNSURE = {"estimate": "2d-18d"}
LEFT = "30 days left this quarter"
ACROSS = (
    ([TEN] * 4, [(3, f"{LEFT}: above fits, below does not")], "3 promised items fit into this quarter."),
    (
        [TEN, TEN, UNSURE, TEN],
        [(2, f"{LEFT}: above fits, below might"), (3, "below does not fit")],
        "2 promised items fit into this quarter, 1 more might.",
    ),
    (
        [TEN, TEN, UNSURE],
        [(2, f"{LEFT}: above fits, below might")],
        "2 promised items fit into this quarter, 1 more might.",
    ),
    (
        [{"estimate": "20d-40d"}, TEN],
        [(0, f"{LEFT}: what follows might fit"), (1, "below does not fit")],
        "No promised item surely fits into this quarter; 1 might.",
    ),
    (
        [{"estimate": "31d"}, TEN],
        [(0, f"{LEFT}: nothing of this fits")],
        "No promised item surely fits into this quarter.",
    ),
    ([TEN] * 3, [], "All 3 promised items fit into this quarter: 30 days left until 2026-12-31."),
    ([TEN], [], "The promised item fits into this quarter: 30 days left until 2026-12-31."),
    (
        [TEN, {"estimate": "25d"}],
        [(1, f"{LEFT}: above fits, below does not")],
        "1 promised item fits into this quarter.",
    ),
)


@pytest.mark.parametrize(("wanted", "rules", "words"), ACROSS)
def test_lines_across_a_list_of_one_team(wanted: list[dict], rules: list, words: str) -> None:
    report = listed(flat(*wanted))
    assert table(report).rules == tuple(Rule(*rule) for rule in rules)
    assert said(report) == [words]
    assert "fit" not in [column.key for column in table(report).columns]


def test_requests_between_promises_do_not_move_the_line() -> None:
    asked = {"status": "request", "estimate": "99d"}
    assert table(listed(flat(asked, TEN, asked, TEN, TEN, asked, TEN))).rules[0].after == 5


def test_what_is_in_progress_below_the_line_is_warned_of() -> None:
    report = listed(flat(TEN, TEN, TEN, {"estimate": "10d", "status": "doing"}))
    assert table(report).rules == (Rule(2, f"{LEFT}: above fits, below does not"),)
    assert said(report)[-1] == "In progress below the line, so done first: #4."


@pytest.mark.parametrize(
    ("count", "names"), [(2, "#4 and #5"), (3, "#4, #5 and #6"), (5, "#4, #5 and 3 others")]
)
def test_several_in_progress_below_the_line(count: int, names: str) -> None:
    doing = {"estimate": "1d", "status": "doing"}
    report = listed(flat(TEN, TEN, TEN, *[doing] * count))
    assert said(report)[-1] == f"In progress below the line, so done first: {names}."


def test_unknown_effort_is_said_to_be_left_out() -> None:
    report = listed(flat(TEN, {}, TEN))
    assert said(report) == [
        "2 promised items fit into this quarter.",
        "1 promised item of unknown effort is not counted.",
    ]


def marks(of: Report) -> list[str | None]:
    column = next(column for column in table(of).columns if column.key == "fit")
    return [column.value(row) for row in table(of).rows]


def test_where_teams_work_side_by_side_each_item_has_a_mark() -> None:
    wanted = (
        {"estimate": "33d", "team": "brand"},
        {"estimate": "9d", "team": "brand"},
        {"estimate": "9d", "team": "growth"},
        {"estimate": "9d", "status": "request"},
    )
    report = listed(two_teams(*wanted))
    assert marks(report) == ["will", "wont", "will", None]
    assert table(report).rules == ()
    assert said(report) == [
        "● fits this quarter, ◐ might, ○ does not; without a mark: only asked for.",
        "Days left until 2026-12-31: brand 33, growth 33.",
    ]


def test_what_has_to_wait_above_the_line_makes_marks_of_it() -> None:
    report = listed(flat({"estimate": "1d", "earliest": "2027-01"}, TEN))
    assert marks(report) == ["wont", "will"]
    assert said(report)[-1] == "Days left until 2026-12-31: all together 30."


def test_the_days_are_those_of_the_one_team_that_has_the_work() -> None:
    report = listed(two_teams({"estimate": "33d", "team": "brand"}, {"estimate": "9d", "team": "brand"}))
    assert table(report).rules[0].text.startswith("33 days left")


@pytest.mark.parametrize(
    "told",
    [
        {"query": Query(moscow=("must",))},
        {"query": Query(status=("committed",))},
        {"query": Query(text=("request",))},
        {"sort": ("title",)},
    ],
    ids=str,
)
def test_in_a_part_of_the_list_or_in_another_order_a_line_would_lie(told: dict) -> None:
    report = listed(flat(*[{**TEN, "moscow": "must"}] * 4), **told)
    assert table(report).rules == ()
    assert said(report) == []


def test_a_limit_leaves_out_the_lines_below_it() -> None:
    report = listed(flat(*[TEN] * 9), limit=2)
    assert table(report).rules == ()
    assert said(report) == ["… and 7 more", "3 promised items fit into this quarter."]
    assert table(listed(flat(*[TEN] * 9), limit=3)).rules[0].after == 3


def test_chosen_columns_get_lines_but_marks_only_if_they_are_among_them() -> None:
    assert table(listed(flat(*[TEN] * 4), columns=("id", "title"))).rules
    several = two_teams({"estimate": "50d", "team": "brand"}, {"estimate": "9d", "team": "growth"})
    assert said(listed(several, columns=("id", "title"))) == []
    assert len(said(listed(several, columns=("id", "fit")))) == 2


@pytest.mark.parametrize(
    "of",
    [flat(), flat({"status": "request", "estimate": "1d"}), backlog(*ranking(TEN))],
    ids=["an empty list", "nothing is promised", "no capacity is stated"],
)
def test_no_line_is_drawn(of: Backlog) -> None:
    report = listed(of)
    assert table(report).rules == ()
    assert said(report) == []


@pytest.mark.parametrize("told", [{}, {"query": Query(text=("request",))}, {"sort": ("title",)}], ids=str)
def test_json_and_csv_always_say_what_fits(told: dict) -> None:
    report = listed(flat(*[TEN] * 4), **told)
    records = report.payload()["items"].records()
    assert [record["fit"] for record in records] == ["will", "will", "will", "wont"]
    assert report.table
    assert [record["fit"] for record in report.table.records()] == ["will", "will", "will", "wont"]


def test_what_fits_can_be_sorted_by() -> None:
    several = two_teams({"estimate": "50d", "team": "brand"}, {"estimate": "9d", "team": "growth"})
    assert marks(listed(several, columns=("fit",), sort=("fit",))) == ["will", "wont"]
