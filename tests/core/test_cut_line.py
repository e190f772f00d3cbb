"""The cut line of a backlog: the known case, teams, what is in progress, what has to wait, and no capacity."""

from datetime import date
from math import inf

import pytest

from build import backlog, item, leave, team_of_three
from mbl.core.capacity.cut_line import CutLine, cut_line, quarter_months
from mbl.core.capacity.cut_zones import zone_of
from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.ranking import ranked
from mbl.model.backlog import Backlog
from mbl.model.item import Item, Part
from mbl.model.settings import Settings
from mbl.model.team import Person, Team

OCTOBER = date(2026, 10, 1)
EMAILS, VIDEOS = (1, 1, 2, 3, 8), (5, 8, 13, 8, 20, 6)


def ranking(*wanted: dict) -> list[Item]:
    """Promised items named A, B, C … in this order."""
    return [
        item(**{"status": "committed", "title": chr(65 + place), "rank": f"a{place:04}", **fields})
        for place, fields in enumerate(wanted)
    ]


def flat(days: float, *items: Item) -> Backlog:
    """Ten days a month, say: thirty from the first of October to the end of the year."""
    return backlog(*items, settings=Settings(capacity=days))


def titles(of: Backlog, ids: tuple[str, ...]) -> str:
    return "".join(of.item(id_).title for id_ in ids)


def in_zones(of: Backlog, line: CutLine) -> tuple[str, str, str]:
    return titles(of, line.will), titles(of, line.might), titles(of, line.wont)


def demo() -> Backlog:
    estimated = [item(type="email", estimate=f"{days}d", status="done") for days in EMAILS]
    estimated += [item(type="video", estimate=f"{days}d", status="done") for days in VIDEOS]
    days = ("20d", "13d", None, "8d", None, "15d", None, "5d", "13d", None)
    types = {2: "video", 4: "email", 6: "video", 9: "email"}
    work = ranking(*({"estimate": each, "type": types.get(place)} for place, each in enumerate(days)))
    return team_of_three(*estimated, *work)


def test_the_known_case() -> None:
    of = demo()
    line = cut_line(of, OCTOBER)
    assert line.capacity_days == pytest.approx(94.40, abs=0.005)
    assert in_zones(of, line) == ("ABCDEFGH", "IJ", "")
    assert line.quarter == (date(2026, 10, 1), date(2026, 12, 31))


def test_the_record_of_the_known_case() -> None:
    of = demo()
    line = cut_line(of, OCTOBER)
    assert line.record() == {
        "quarter": (date(2026, 10, 1), date(2026, 12, 31)),
        "capacity_days": 94.4,
        "will": line.will,
        "might": line.might,
        "wont": (),
        "unknown": (),
    }


@pytest.mark.parametrize(
    ("chance", "zone"), [(1, "will"), (0.85, "will"), (0.8499, "might"), (0.15, "might"), (0.1499, "wont")]
)
def test_zones_end_at_85_and_at_15_per_cent(chance: float, zone: str) -> None:
    assert zone_of(chance) == zone


@pytest.mark.parametrize(
    ("day", "months"),
    [
        ("2026-01-01", ("2026-01", "2026-02", "2026-03")),
        ("2026-06-30", ("2026-04", "2026-05", "2026-06")),
        ("2026-12-31", ("2026-10", "2026-11", "2026-12")),
        ("9999-12-31", ("9999-10", "9999-11", "9999-12")),
        ("0001-01-01", ("0001-01", "0001-02", "0001-03")),
    ],
)
def test_the_quarter_is_the_calendar_quarter_of_the_day(day: str, months: tuple[str, ...]) -> None:
    assert quarter_months(date.fromisoformat(day)) == months
    last = cut_line(flat(10), date.fromisoformat(day)).quarter[1]
    assert (last.isoformat()[:7], last.day) == (months[-1], {3: 31, 6: 30, 9: 30, 12: 31}[last.month])


def test_only_the_rest_of_the_quarter_counts() -> None:
    of = flat(22, *ranking({"estimate": "25d"}, {"estimate": "10d"}))
    assert cut_line(of, OCTOBER).capacity_days == 66
    later = cut_line(of, date(2026, 12, 16))
    assert later.capacity_days == pytest.approx(22 * 12 / 23)
    assert in_zones(of, later) == ("", "", "AB")


def test_days_off_in_the_rest_of_the_quarter_count() -> None:
    team = Team(people={"ana": 1.0})
    people = {"ana": Person(leave=(leave("2026-12-21", "2026-12-31"),))}
    of = backlog(people=people, teams={"teams/growth.yaml": team})
    weekdays = 22 + 21 + 23
    assert cut_line(of, OCTOBER).capacity_days == weekdays - 9


def test_nobody_skips_ahead() -> None:
    of = flat(10, *ranking({"estimate": "25d"}, {"estimate": "10d"}, {"estimate": "1d"}))
    assert in_zones(of, cut_line(of, OCTOBER)) == ("A", "", "BC")


def test_what_is_in_progress_comes_first_and_is_named_below_the_line() -> None:
    work = ({"estimate": "20d"}, {"estimate": "20d"}, {"estimate": "5d", "status": "doing"})
    of = flat(10, *ranking(*work))
    line = cut_line(of, OCTOBER)
    assert in_zones(of, line) == ("AC", "", "B")
    assert titles(of, line.below) == "C"


def test_what_is_in_progress_above_the_line_is_not_named() -> None:
    of = flat(10, *ranking({"estimate": "20d"}, {"estimate": "5d", "status": "doing"}, {"estimate": "9d"}))
    assert cut_line(of, OCTOBER).below == ()


def test_only_promises_count() -> None:
    wanted = (
        {"estimate": "20d"},
        {"estimate": "99d", "status": "request"},
        {"estimate": "99d", "status": "done"},
        {"estimate": "99d", "moscow": "wont"},
        {"estimate": "10d"},
    )
    of = flat(10, *ranking(*wanted))
    line = cut_line(of, OCTOBER)
    assert in_zones(of, line) == ("AE", "", "")
    assert [line.fit(row.item) for row in ranked(of)] == ["will", None, None, "will"]


def test_what_cannot_begin_before_the_quarter_ends_does_not_fit_and_takes_no_room() -> None:
    wanted = ({"estimate": "30d", "earliest": "2027-01"}, {"estimate": "30d", "earliest": "2026-12"})
    of = flat(10, *ranking(*wanted))
    assert in_zones(of, cut_line(of, OCTOBER)) == ("B", "", "A")


def test_unknown_effort_is_not_counted_and_stands_in_no_zone() -> None:
    of = flat(10, *ranking({"estimate": "30d"}, {}, {"estimate": "1d"}, {}))
    line = cut_line(of, OCTOBER)
    assert in_zones(of, line) == ("A", "", "CD")
    assert titles(of, line.unknown) == "B", "what stands below a full quarter does not fit, whatever it takes"


def two_teams(*items: Item, **people: float) -> Backlog:
    """Teams with so many people each; a person has 66 days from October to December 2026."""
    teams = {f"teams/{name}.yaml": Team(people={f"{name}-1": share}) for name, share in people.items()}
    return backlog(*items, teams=teams)


def test_each_team_works_down_the_list_by_itself() -> None:
    wanted = (
        {"estimate": "66d", "team": "brand"},
        {"estimate": "1d", "team": "brand"},
        {"estimate": "33d", "team": "growth"},
        {"estimate": "1d", "team": "growth"},
    )
    of = two_teams(*ranking(*wanted), brand=1.0, growth=0.5)
    line = cut_line(of, OCTOBER)
    assert in_zones(of, line) == ("AC", "", "BD")
    assert line.rooms == {"brand": 66, "growth": 33, None: 99}


def test_an_item_of_several_teams_stands_in_its_worst_zone() -> None:
    parts = (Part(effort="10d", team="brand"), Part(effort="40d", team="growth"))
    wanted = ({"parts": parts, "team": "brand"}, {"estimate": "50d", "team": "brand"})
    of = two_teams(*ranking(*wanted), brand=1.0, growth=0.5)
    assert in_zones(of, cut_line(of, OCTOBER)) == ("B", "", "A")


def test_items_of_no_team_share_the_days_with_what_the_teams_get_done() -> None:
    wanted = ({"estimate": "60d", "team": "growth"}, {"estimate": "6d"}, {"estimate": "1d"})
    of = two_teams(*ranking(*wanted), growth=1.0)
    assert in_zones(of, cut_line(of, OCTOBER)) == ("AB", "", "C")


def test_what_a_team_does_not_get_done_takes_no_room_from_the_others() -> None:
    wanted = ({"estimate": "200d", "team": "growth"}, {"estimate": "66d"}, {"estimate": "67d"})
    of = two_teams(*ranking(*wanted), growth=1.0, brand=1.0)
    assert in_zones(of, cut_line(of, OCTOBER)) == ("B", "", "AC")


def test_a_team_that_no_file_describes_is_no_team() -> None:
    of = two_teams(*ranking({"estimate": "66d", "team": "sales"}, {"estimate": "1d"}), growth=1.0)
    assert in_zones(of, cut_line(of, OCTOBER)) == ("A", "", "B")


@pytest.mark.parametrize(
    ("capacity", "why"), [(None, "no capacity is stated"), (inf, "the capacity is without end")]
)
def test_without_a_capacity_there_is_no_line_and_why(capacity: float | None, why: str) -> None:
    of = flat(10, *ranking({"estimate": "1d"}))
    of = Backlog(items=of.items, settings=Settings(capacity=capacity))
    line = cut_line(of, OCTOBER)
    assert why in line.why
    assert line.record() is None
    assert in_zones(of, line) == ("", "", "")
    assert line.unknown == line.below == ()


def test_with_no_days_left_nothing_fits() -> None:
    of = flat(0, *ranking({"estimate": "1d"}, {"estimate": "0d"}))
    line = cut_line(of, OCTOBER)
    assert line.capacity_days == 0
    assert in_zones(of, line) == ("", "", "AB")


def test_an_empty_list_has_a_line_with_nothing_in_it() -> None:
    line = cut_line(flat(10), OCTOBER)
    assert (line.will, line.might, line.wont, line.capacity_days) == ((), (), (), 30)


def test_what_is_known_already_changes_nothing() -> None:
    of = demo()
    classes = reference_classes(of.items.values(), of.settings)
    given = cut_line(of, OCTOBER, rows=ranked(of), sized=lambda row: effort_of(row.item, classes))
    assert given.record() == cut_line(of, OCTOBER).record()


def test_what_stands_far_below_the_line_changes_nothing_above_it() -> None:
    wanted = [{"estimate": "2d-8d"}] * 40
    few, many = (flat(30, *ranking(*wanted, *[{"estimate": "1d"}] * more)) for more in (0, 300))
    short, long = (in_zones(of, cut_line(of, OCTOBER)) for of in (few, many))
    assert short[:2] == long[:2]
    assert len(long[2]) == len(short[2]) + 300
