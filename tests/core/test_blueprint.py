import csv
import json
from datetime import date
from io import StringIO

import pytest
from test_agreed import agreed
from test_plan import a_to_g, guessed, promised

from build import backlog, team_of_three
from mbl.core.blueprint.report import blueprint
from mbl.core.report import Calendar, Cell, Facts, Words
from mbl.errors import MblError
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Ended, Item, Part
from mbl.model.settings import Settings
from mbl.model.team import Person, Team
from mbl.render import csvtext, jsontext, markdown, plain, terminal
from mbl.render.canvas import Canvas

OCTOBER = date(2026, 10, 1)
TEN = Settings(capacity=10)
GUIDED = {
    "guidepoints/2026-q4.yaml": Guidepoint(
        statement="More demos",
        from_=OCTOBER,
        to=date(2026, 12, 31),
        outcomes=(Outcome(id="demos", text="…"),),
    )
}


def _held(*items: Item, settings=TEN):
    return backlog(*items, settings=settings, guidepoints=GUIDED)


def _words(report, tone=None):
    return [block.text for block in report.blocks if isinstance(block, Words) and tone in (None, block.tone)]


def _facts(report, title):
    return next(
        (
            dict(block.facts)
            for block in report.blocks
            if isinstance(block, Facts) and block.title.startswith(title)
        ),
        {},
    )


def _calendar(report):
    (found,) = (block for block in report.blocks if isinstance(block, Calendar))
    return found


def _lanes(report):
    """Of each lane, what is finished in each month, as drawn."""
    return {
        name: [[" ".join(entry) for entry in cell.entries] for cell in cells]
        for name, cells in _calendar(report).lanes
    }


def test_the_payload_says_month_deliverable_refusal_and_status():
    report = blueprint(
        team_of_three(*a_to_g(), promised("k", 9, team="growth", outcomes=("demos",)), guidepoints=GUIDED),
        OCTOBER,
    )
    payload = report.payload()
    assert [
        {key: month[key] for key in ("month", "capacity_days", "planned_days")} for month in payload["months"]
    ] == [
        {"month": "2026-10", "capacity_days": 30.48, "planned_days": 30.48},
        {"month": "2026-11", "capacity_days": 32.64, "planned_days": 32.64},
        {"month": "2026-12", "capacity_days": 31.28, "planned_days": 30.88},
    ]
    assert {each["title"]: (each["month"], each["days_by_month"]) for each in payload["deliverables"]} == {
        "D": ("2026-10", {"2026-10": 12}),
        "B": ("2026-11", {"2026-10": 18.48, "2026-11": 1.52}),
        "C": ("2026-11", {"2026-11": 18}),
        "G": ("2026-11", {"2026-11": 10}),
        "F": ("2026-12", {"2026-11": 3.12, "2026-12": 21.88}),
        "K": ("2026-12", {"2026-12": 9}),
    }
    h, j = (
        {key: each[key] for key in ("id", "months", "team", "need", "have", "short")}
        for each in payload["rejected"]
    )
    assert h == {
        "id": "hhhhh",
        "months": ["2026-10", "2026-12"],
        "team": "growth",
        "need": 100,
        "have": 94.4,
        "short": 5.6,
    }
    assert j == {
        "id": "jjjjj",
        "months": ["2026-10", "2026-12"],
        "team": "growth",
        "need": 106,
        "have": 94.4,
        "short": 11.6,
    }
    assert (payload["later"], payload["status"], payload["unknown"]) == ([], "over-committed", [])
    assert report.kind == "blueprint"
    assert not report.answer


def test_what_fits_is_answered_with_yes():
    report = blueprint(_held(promised("b", 4), promised("c", 40)), OCTOBER)
    assert report.answer
    assert _words(report)[:2] == [
        "It fits: 1 deliverable from October to December 2026, 4 days of 30 days planned.",
        "1 promised item without room here: later.",
    ]
    assert report.payload()["later"] == ["ccccc"]
    assert report.payload()["status"] == "fits"


@pytest.mark.parametrize(
    ("items", "today", "settings", "sentence"),
    [
        ([], "2026-10-01", TEN, "Nothing is planned from October to December 2026."),
        (
            [promised("b", 20), promised("c", 11, due=date(2026, 12, 1))], "2026-10-01", TEN,
            "Over-committed: C is 1 day short in October to December 2026.",
        ),
        (
            [promised("b", 30), promised("c", 2, due=date(2026, 10, 1)), promised("d", 2, moscow="must"), promised("f", 1, moscow="must")],
            "2026-10-01", TEN,
            "Over-committed: C is 2 days short in October to December 2026; 2 others do not fit either.",
        ),
        (
            [promised("b", 9, moscow="must"), promised("c", 33.5, moscow="must")], "2026-10-01", TEN,
            "Over-committed: not possible. The Musts alone are 12.5 days short in October to December 2026.",
        ),
        (
            [promised("b", 1)], "2026-10-01", Settings(capacity=0),
            "Over-committed: no capacity in October to December 2026, so nothing can be planned.",
        ),
    ],
)  # fmt: skip
def test_the_first_sentence_says_whether_it_fits(items, today, settings, sentence):
    report = blueprint(_held(*items, settings=settings), date.fromisoformat(today))
    assert _words(report, "headline") == [sentence]
    assert report.answer == (not sentence.startswith("Over-committed"))


def test_months_are_counted_from_today_on():
    held = _held(promised("b", 4))
    assert "Of October 2026, only the days from today on count." in _words(
        blueprint(held, date(2026, 10, 12))
    )
    assert (
        "Counted as if 1 promised item were finished before January 2027, as far as the days until then reach."
        in _words(blueprint(held, OCTOBER, first="2027-01"))
    )
    assert not any("count" in text.lower() for text in _words(blueprint(held, OCTOBER)))
    over = blueprint(held, date(2027, 1, 1), first="2026-10")
    assert _words(over, "headline") == ["October to December 2026: these months are over."]
    assert over.answer


def test_the_days_have_a_row_for_each_team_and_a_column_for_each_month():
    table = blueprint(team_of_three(*a_to_g()), OCTOBER).table
    assert [column.label for column in table.columns] == [
        "Team",
        "#",
        "Deliverable",
        "Oct",
        "Nov",
        "Dec",
        "Ready",
        "Note",
        "Id",
    ]
    rows = [tuple(column.value(row) for column in table.columns) for row in table.rows]
    assert rows[0][:7] == ("growth", 3, "D", 12, None, None, "2026-10")
    assert rows[-1][:7] == ("growth", 4, "F", None, 3.12, 21.88, "2026-12")


def test_the_calendar_says_what_each_team_finishes_in_each_month_and_how_full_it_is():
    calendar = _calendar(blueprint(team_of_three(*a_to_g()), OCTOBER))
    assert calendar.months == ("October 2026", "November 2026", "December 2026")
    ((name, cells),) = calendar.lanes
    assert name == "growth"
    assert [cell.text for cell in cells] == ["30.5 of 30.5d", "32.6 of 32.6d", "21.9 of 31.3d"]
    assert [(cell.load, cell.capacity) for cell in cells] == [
        (pytest.approx(load), pytest.approx(capacity))
        for load, capacity in ((30.48, 30.48), (32.64, 32.64), (21.88, 31.28))
    ]
    assert [[title for _, title in cell.entries] for cell in cells] == [["D"], ["B", "C", "G"], ["F"]]


def test_a_deliverable_of_several_teams_stands_once_in_its_own_lane_and_names_the_others():
    teams = {f"teams/{name}.yaml": Team(people={name: 0.5}) for name in ("copy", "design")}
    parts = (Part(effort="3d", team="design"), Part(effort="2d", team="copy"))
    held = backlog(
        promised("b", parts=parts, team="copy"), promised("c", parts=parts), promised("d", 1), teams=teams
    )
    lanes = _lanes(blueprint(held, OCTOBER))
    assert {name: months[0] for name, months in lanes.items()} == {
        "copy": ["• B (with design)"],
        "design": ["• C (with copy)"],
        "anybody": ["• D"],
    }


def test_a_month_that_is_over_shows_what_was_done_and_no_load():
    done = promised("b", 5, status="done", ended=Ended(date=date(2026, 10, 20)))
    report = blueprint(_held(done, promised("c", 3)), date(2026, 11, 2), first="2026-10")
    ((name, (over, *_)),) = _calendar(report).lanes
    assert (name, over) == ("", Cell(capacity=0.0, entries=(("✓", "B"),)))
    assert _lanes(report)[""][1] == ["• C"]


def test_work_of_no_team_stands_apart_and_a_single_capacity_needs_no_team():
    teams = {"teams/copy.yaml": Team(people={"ana": 1.0})}
    apart = blueprint(
        backlog(promised("b", 4, team="copy"), promised("c", 5), teams=teams, people={"ana": Person()}),
        OCTOBER,
    )
    assert [row["team"] for row in apart.table.records()] == ["copy", "anybody"]
    lanes = dict(_calendar(apart).lanes)
    assert [(cell.text, cell.capacity) for cell in lanes["anybody"]] == [("5d", 0), ("", 0), ("", 0)]
    single = blueprint(_held(promised("b", 4)), OCTOBER)
    assert "team" not in single.table.records()[0]
    assert list(_lanes(single)) == [""]


def test_what_does_not_fit_is_named_with_need_capacity_shortage_and_options():
    held = _held(
        promised("b", 28), promised("c", 9, due=date(2026, 12, 1), requester="vp-sales", moscow="must")
    )
    report = blueprint(held, OCTOBER)
    assert _facts(report, "Does not fit") == {
        "#2": (
            "C (Must, due 2026-12-01)\n"
            "October to December 2026: 37 days needed, 30 there, short 7 days.\n"
            "Options: needed in January 2027 or later; 7 days smaller; without B; "
            "7 days more in October to December 2026; tell vp-sales today."
        )
    }
    assert report.payload()["rejected"][0]["options"] == (
        "needed in January 2027 or later", "7 days smaller", "without B", "7 days more in October to December 2026",
        "tell vp-sales today",
    )  # fmt: skip


def test_each_team_that_is_short_has_its_own_sentence():
    teams = {f"teams/{name}.yaml": Team(people={name: 0.1}) for name in ("copy", "design")}
    parts = tuple(Part(effort="9d", team=name) for name in ("copy", "design"))
    held = backlog(promised("b", moscow="must", parts=parts), teams=teams)
    report = blueprint(held, OCTOBER)
    worst = report.payload()["rejected"][0]
    assert (worst["team"], worst["short"]) == ("copy", 2.4)
    (said,) = _facts(report, "Does not fit").values()
    assert said.splitlines()[1:3] == [
        "October to December 2026 for copy: 9 days needed, 6.6 there, short 2.4 days.",
        "October to December 2026 for design: 9 days needed, 6.6 there, short 2.4 days.",
    ]


def test_what_waits_too_long_is_explained():
    held = _held(promised("b", 3, depends_on=("ccccc",), due=OCTOBER), promised("c", 0, earliest="2026-12"))
    report = blueprint(held, OCTOBER)
    assert _words(report, "headline") == ["Over-committed: B is too late for October 2026."]
    (said,) = _facts(report, "Does not fit").values()
    assert said.splitlines()[1:] == [
        (
            "October 2026: 0 of 3 days can be done in time, because it can begin too late, "
            "or what it waits for is finished too late."
        ),
        "Options: needed in December 2026 or later; tell whoever asked today.",
    ]


def test_a_long_list_of_refusals_is_cut_for_people_and_whole_in_json():
    report = blueprint(_held(*(promised(name, 31, moscow="must") for name in "bcdfghjkmnpqrst")), OCTOBER)
    facts = _facts(report, "Does not fit")
    assert list(facts)[-1] == "…"
    assert facts["…"] == "and 3 more"
    assert len(report.payload()["rejected"]) == 15


@pytest.mark.parametrize(
    ("items", "hint"),
    [
        ([promised("b", 1)], "1 deliverable serves no open outcome: B."),
        ([promised(name, 1) for name in "bcdfghj"], "7 deliverables serve no open outcome: B; C; D; F; G and 2 more."),
        (
            [promised("b", 1, outcomes=("demos",)), promised("c")],
            "Nobody knows the effort, so they are in no month: C. For example: mbl edit 2 --estimate 3d",
        ),
        (
            [*guessed()[:-2], promised("b", type="email", outcomes=("demos",))],
            '100 % of this effort is guessed; "?": fits only if the guesses hold.',
        ),
    ],
)  # fmt: skip
def test_what_to_look_at(items, hint):
    assert _words(blueprint(_held(*items), OCTOBER), "hint") == [hint]


def test_what_fits_only_if_the_guesses_hold_is_marked():
    report = blueprint(backlog(*guessed(), settings=Settings(capacity=5)), OCTOBER)
    assert _lanes(report)[""] == [["• B"], ["? C"], []]


def test_what_is_worth_saying_of_single_deliverables_stands_below():
    held = _held(promised("b", 2, due=date(2026, 9, 1)), promised("c", 2, depends_on=("bbbbb",)))
    assert _facts(blueprint(held, OCTOBER), "Mind") == {
        "#1": "B: overdue since 2026-09-01",
        "#2": "C: same month as B, which comes first",
    }


def test_a_team_without_days_is_named():
    teams = {"teams/copy.yaml": Team(people={"ana": 1.0}), "teams/video.yaml": Team(people={})}
    held = backlog(promised("b", 1, outcomes=("demos",)), teams=teams, guidepoints=GUIDED)
    assert _words(blueprint(held, OCTOBER), "hint") == [
        "Team video has no days left for planned work in these months."
    ]


def test_an_agreed_blueprint_is_compared_with_today():
    done = promised("b", 5, status="done", ended=Ended(date=date(2026, 10, 20)))
    files = {"blueprints/2026-q4.yaml": agreed(b="2026-10", c="2026-11", d="2026-11", f="2026-11")}
    held = backlog(
        done,
        promised("z", 9, status="doing"),
        promised("c", 1),
        promised("d", 10),
        promised("f", 15),
        settings=TEN,
        blueprints=files,
    )
    report = blueprint(held, date(2026, 11, 1), first="2026-10")
    assert _facts(report, "Against what was agreed on 2026-09-28 by cmo") == {
        "done": "B (October)",
        "as agreed": "C (November)",
        "slipped": "D (agreed for November, now December)",
        "fell out": "F (agreed for November; does not fit any more)",
        "new": "Z (November)",
    }
    told = report.payload()["agreed"]
    assert (told["date"], told["by"]) == (date(2026, 9, 28), "cmo")
    assert told["deliverables"][3] == {
        "id": "fffff", "title": "F", "agreed": "2026-11", "now": None, "verdict": "fell-out", "why": "does not fit any more",
    }  # fmt: skip
    assert _lanes(report)[""][0] == ["✓ B"]


def test_without_an_agreement_nothing_is_compared():
    report = blueprint(_held(promised("b", 1)), OCTOBER)
    assert report.payload()["agreed"] is None
    assert not _facts(report, "Against")


@pytest.mark.parametrize("look", [plain, terminal, markdown, jsontext, csvtext])
def test_every_format_draws_it(look):
    held = team_of_three(*a_to_g(), blueprints={"blueprints/2026-q4.yaml": agreed(b="2026-10")})
    drawn = look.text(blueprint(held, OCTOBER, first="2026-10"), Canvas(today=OCTOBER, whole=True))
    if look is jsontext:
        assert json.loads(drawn)["deliverables"][0]["id"] == "ddddd"
    elif look is csvtext:
        rows = list(csv.DictReader(StringIO(drawn)))
        assert rows[1] == {
            "team": "growth", "position": "1", "title": "B", "2026-10": "18.48", "2026-11": "1.52", "2026-12": "",
            "month": "2026-11", "note": "no open outcome", "id": "bbbbb",
        }  # fmt: skip
    else:
        assert "Over-committed" in drawn
        assert "short 5.6 days" in " ".join(drawn.split())


def test_nothing_is_said_without_a_capacity_or_in_a_circle():
    with pytest.raises(MblError, match="none is stated"):
        blueprint(backlog(promised("b", 1)), OCTOBER)
    with pytest.raises(MblError, match="circle"):
        blueprint(_held(promised("b", 1, depends_on=("bbbbb",))), OCTOBER)


def test_the_year_is_said_where_the_months_cross_it():
    report = blueprint(_held(promised("b", 1)), date(2026, 12, 1), first="2026-12")
    assert "from December 2026 to February 2027" in _words(report, "headline")[0]
