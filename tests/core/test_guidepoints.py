import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, committed, item, team_of_three
from mbl.core.capacity.effort import Sized
from mbl.core.capacity.figures import figures
from mbl.core.capacity.quarter import above_cut, quarter
from mbl.core.guidepoints.alignment_score import gap, score
from mbl.core.guidepoints.edits import (
    agreed,
    changed_since_agreement,
    closed,
    created,
    edited_guidepoint,
    outcomes_after,
)
from mbl.core.guidepoints.next_one import first_day, last_day, usual_name
from mbl.core.guidepoints.progress import guidepoint_progress, share_of_the_way
from mbl.core.guidepoints.report import guidepoint_report, meant
from mbl.core.report import Bars, Table, Words
from mbl.core.rules.guidepoints import guidepoint_lint
from mbl.errors import MblError
from mbl.model.guidepoint import Agreement, Guidepoint, Outcome, Revision
from mbl.model.item import Item, Part
from mbl.model.measure import Measure, Reading
from mbl.model.settings import Settings
from mbl.model.team import Team

OCTOBER = date(2026, 10, 1)
TODAY = date(2026, 11, 16)
END = date(2026, 12, 31)
PATH = "guidepoints/2026-q4.yaml"


def outcome(id_, **fields: Any):
    return Outcome(id=id_, text=f"{id_} is better", **fields)


def guidepoint(*outcomes: Outcome, **fields: Any):
    fields = {"statement": "Shippers come to us", "from_": OCTOBER, "to": END, **fields}
    return Guidepoint(outcomes=outcomes, **fields)


def with_guidepoint(held, *items: Item, **fields: Any):
    return backlog(*items, guidepoints={PATH: held}, **fields)


def measure(id_="pipeline", **values: Any):
    readings = tuple(
        Reading(date=date.fromisoformat(f"2026-{day}"), value=value) for day, value in values.items()
    )
    return {f"measures/{id_}.yaml": Measure(id=id_, readings=readings)}


def words(report):
    return [block.text for block in report.blocks if isinstance(block, Words)]


THREE = (
    outcome("O1", weight=0.5),
    outcome("O2", weight=0.3),
    outcome("O3", weight=0.2),
)


def linked():
    """69 days: 20 for O1, 13 for O1 and O2, 10 and 3 for nothing, 8 for O2, 15 for an outcome that is closed."""
    efforts = [(20, ("O1",)), (13, ("O1", "O2")), (10, ()), (8, ("O2",)), (3, ()), (15, ("O9",))]
    return [committed(estimate=f"{days}d", outcomes=links, how="It does") for days, links in efforts]


# Alignment


def test_the_effort_of_69_days_serves_two_outcomes_of_three():
    found = guidepoint_report(with_guidepoint(guidepoint(*THREE), *linked()), TODAY).payload()
    shares = {each["id"]: each["share"] for each in found["guidepoint"]["outcomes"]}
    assert shares == {"O1": pytest.approx(0.384, abs=5e-4), "O2": pytest.approx(0.210, abs=5e-4), "O3": 0.0}
    assert (found["unaligned"], found["stale"], found["aligned"]) == pytest.approx(
        (0.188, 0.217, 0.594), abs=5e-4
    )
    assert found["claimed"] == 0
    assert found["starved"] == ["O3"]
    assert found["gap"] == pytest.approx(0.20, abs=0.005)
    assert found["days"] == 69


def test_a_link_without_a_word_on_how_is_claimed_and_its_outcome_is_not_starved():
    held = guidepoint(outcome("O1"), outcome("O2"))
    items = [
        committed(estimate="6d", outcomes=("O1",)),
        committed(estimate="4d", outcomes={"O2": 0, "O1": 1}, how="x"),
    ]
    found = guidepoint_report(with_guidepoint(held, *items), TODAY).payload()
    assert (found["aligned"], found["claimed"], found["starved"]) == (0.4, 0.6, ["O2"])
    first = found["guidepoint"]["outcomes"][0]
    assert (first["days"], first["items"], first["claimed_days"]) == (4, 1, 6)


def test_weights_split_an_item_between_its_outcomes():
    held = guidepoint(outcome("O1"), outcome("O2"))
    some = with_guidepoint(held, committed(estimate="9d", outcomes={"O1": 2, "O2": 1}, how="x"))
    rows = guidepoint_report(some, TODAY).payload()["guidepoint"]["outcomes"]
    assert [row["days"] for row in rows] == [6, 3]


@pytest.mark.parametrize("items", [[], [item(estimate="5d", outcomes=("O1",), how="x")], [committed()]])
def test_without_committed_effort_no_share_is_known(items):
    report = guidepoint_report(with_guidepoint(guidepoint(*THREE), *items), TODAY)
    found = report.payload()
    assert [found[key] for key in ("aligned", "claimed", "unaligned", "stale", "gap")] == [None] * 5
    assert found["unknown"] == sum(each.status == "committed" for each in items)
    assert "No committed work with an effort: nothing to hold against the outcomes." in words(report)


def test_a_closed_outcome_makes_its_links_stale():
    held = guidepoint(outcome("O1"), outcome("O2", closed=date(2026, 11, 1)))
    some = with_guidepoint(held, committed(estimate="5d", outcomes=("O1", "O2"), how="x"))
    found = guidepoint_report(some, TODAY).payload()
    assert (found["aligned"], found["stale"], found["starved"]) == (0.5, 0.5, [])
    assert found["guidepoint"]["outcomes"][1]["share"] is None
    assert guidepoint_report(some, date(2026, 10, 31)).payload()["stale"] == 0


links = st.sampled_from([None, ("O1",), ("O2", "O9"), {"O1": 3, "O3": 1}, {"O1": 0}])
efforts = st.sampled_from([None, 0.0, 1.0, 2.5, 40.0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(efforts, links, st.sampled_from([None, "so"])), max_size=8))
def test_the_four_shares_are_the_whole(rows):
    load = tuple((committed(outcomes=named, how=how), Sized(days, None, None)) for days, named, how in rows)
    found = score(load, ["O1", "O2", "O3"])
    parts = (found.aligned, found.claimed, found.stale, found.unaligned)
    if not found.days:
        assert parts == (None,) * 4
        return
    assert sum(parts) == pytest.approx(1)
    assert sum(own.share for own in found.outcomes.values()) == pytest.approx(found.aligned)
    assert found.days == pytest.approx(sum(days or 0 for days, named, _ in rows))
    assert (gap(found, THREE) or 0.0) <= 1 + 1e-9


def test_weights_of_nothing_are_no_agreement():
    found = score(((committed(outcomes=("O1",), how="x"), Sized(1.0, None, None)),), ["O1"])
    assert gap(found, [outcome("O1", weight=0)]) is None


# The cut line


def ranked_work(**fields: Any):
    """A to J, 20 to 3 days, of one team: 100 days, in rank order."""
    efforts = [20, 13, 10, 8, 3, 15, 10, 5, 13, 3]
    return [
        committed(estimate=f"{days}d", rank=f"a{at}", title="ABCDEFGHIJ"[at], **fields)
        for at, days in enumerate(efforts)
    ]


def titles(load):
    return "".join(each.title for each, _ in load)


def test_the_quarter_is_three_months_from_the_coming_one():
    of = figures(team_of_three(committed(estimate="1d")), OCTOBER)
    assert quarter(of).months == ("2026-10", "2026-11", "2026-12")
    assert quarter(of).capacity == pytest.approx(94.40)
    assert quarter(figures(team_of_three(), TODAY)).months == ("2026-12", "2027-01", "2027-02")


@pytest.mark.parametrize("fields", [{"team": "growth"}, {}])
def test_the_running_sum_cuts_after_h(fields):
    of = figures(team_of_three(*ranked_work(**fields)), OCTOBER)
    assert titles(above_cut(of)) == "ABCDEFGH"


def test_what_is_in_progress_comes_first_and_nothing_below_the_line_moves_up():
    work = ranked_work()
    work[8] = replace(work[8], status="doing", started=OCTOBER)
    assert titles(above_cut(figures(team_of_three(*work), OCTOBER))) == "IABCDEFG"
    big = committed(estimate="90d", rank="a5V", title="X")
    assert titles(above_cut(figures(team_of_three(*work, big), OCTOBER))) == "IABCDEF"


def test_each_team_has_a_line_of_its_own_and_a_shared_item_must_fit_into_both():
    teams = {"teams/web.yaml": Team(people={"ana": 1.0}), "teams/ads.yaml": Team(people={"ben": 0.1})}
    both = (Part(skill="copy", effort="1d", team="web"), Part(skill="copy", effort="1d", team="ads"))
    items = [
        committed(title="A", rank="a1", estimate="9d", team="ads"),
        committed(title="B", rank="a2", parts=both),
        committed(title="C", rank="a3", estimate="20d", team="web"),
        committed(title="D", rank="a4", estimate="1d"),
    ]
    assert titles(above_cut(figures(backlog(*items, teams=teams), OCTOBER))) == "CD"


def test_without_a_capacity_there_is_no_line():
    some = with_guidepoint(guidepoint(*THREE), *linked())
    assert above_cut(figures(some, TODAY)) is None
    assert guidepoint_report(some, TODAY).payload()["above_cut_line"] is None


def test_the_score_above_the_line_stands_beside_the_whole():
    items = [replace(each, rank=f"a{at}") for at, each in enumerate(linked())]
    some = with_guidepoint(guidepoint(*THREE), *items, settings=Settings(capacity=11))
    found = guidepoint_report(some, TODAY).payload()["above_cut_line"]
    assert (found["days"], found["aligned"], found["starved"]) == (33, 1.0, ["O3"])


# Progress


@pytest.mark.parametrize(
    ("baseline", "target", "value", "way"),
    [
        (2100, 3000, 2415, 0.35),
        (2100, 3000, 3300, 1.3333),
        (0.67, 0.8, 0.6, -0.5385),
        (8, 4, 6, 0.5),
        (5, 5, 5, 1.0),
        (5, 5, 6, None),
        (None, 5, 6, None),
        (5, None, 6, None),
        (5, 6, None, None),
    ],
)
def test_the_way_goes_from_baseline_to_target(baseline, target, value, way):
    assert share_of_the_way(value, outcome("x", baseline=baseline, target=target)) == pytest.approx(
        way, abs=1e-4
    )


def test_progress_is_held_against_the_time_that_is_over():
    held = guidepoint(
        outcome("pipeline", measure="pipeline", baseline=2100, target=3000, due=date(2026, 11, 30))
    )
    measures = measure(**{"09-30": 2100, "10-31": 2340, "11-15": 2415, "11-20": 9999})
    report = guidepoint_report(with_guidepoint(held, measures=measures), TODAY)
    found = report.payload()["guidepoint"]
    row = found["outcomes"][0]
    assert found["elapsed"] == pytest.approx(46 / 91, abs=1e-4)
    assert (row["progress"], row["elapsed"]) == pytest.approx((0.35, 46 / 60), abs=1e-4)
    assert row["reading"] == {"date": date(2026, 11, 15), "value": 2415}
    assert "Behind the calendar: pipeline (35 % of the way, 77 % of the time)." in words(report)
    table = next(block for block in report.blocks if isinstance(block, Table))
    assert table.records()[0]["trend"] == "▁▅▇"


def test_an_outcome_on_its_way_is_not_called_behind():
    held = guidepoint(outcome("pipeline", measure="pipeline", baseline=0, target=10))
    report = guidepoint_report(with_guidepoint(held, measures=measure(**{"11-01": 6})), TODAY)
    assert not any("Behind" in text for text in words(report))


def test_an_outcome_without_a_reading_is_said_to_be_unread():
    held = guidepoint(outcome("pipeline", measure="pipeline", baseline=0, target=10))
    report = guidepoint_report(with_guidepoint(held, measures=measure()), TODAY)
    assert report.payload()["guidepoint"]["outcomes"][0]["progress"] is None
    assert "Not read yet: pipeline." in words(report)


def test_a_guidepoint_that_is_over_is_judged_by_what_was_read_until_its_end():
    held = guidepoint(outcome("pipeline", measure="pipeline", baseline=0, target=10))
    readings = (Reading(date=END, value=8), Reading(date=date(2027, 1, 31), value=12))
    measures = {"measures/pipeline.yaml": Measure(id="pipeline", readings=readings)}
    after, late = with_guidepoint(held, *linked(), measures=measures), date(2027, 2, 1)
    report = guidepoint_report(after, late, "2026-q4")
    assert words(report)[-1] == "Not reached: pipeline (80 % of the way)."
    assert not any(isinstance(block, Bars) for block in report.blocks)
    assert guidepoint_progress(after, late, held).is_over


@pytest.mark.parametrize(
    ("first", "last", "day", "share"),
    [
        (OCTOBER, END, OCTOBER, 0.0),
        (OCTOBER, END, END, 1.0),
        (OCTOBER, END, date(2026, 9, 1), 0.0),
        (OCTOBER, OCTOBER, OCTOBER, 1.0),
    ],
)
def test_time_goes_from_the_first_to_the_last_day(first, last, day, share):
    held = guidepoint(from_=first, to=last)
    assert guidepoint_progress(with_guidepoint(held), day, held).elapsed == share


# The report


def test_the_statement_stands_on_top_and_effort_that_serves_nothing_below():
    held = guidepoint(*THREE, agreed=Agreement(date=OCTOBER, by=("cmo", "vp-sales")))
    report = guidepoint_report(with_guidepoint(held, *linked()), TODAY)
    assert words(report)[:2] == [
        "Shippers come to us",
        "2026-q4: 2026-10-01 to 2026-12-31, 51 % of the time is over. Agreed on 2026-10-01 by cmo, vp-sales.",
    ]
    bars = next(block for block in report.blocks if isinstance(block, Bars))
    assert [(bar.label, bar.text) for bar in bars.bars] == [
        ("O1", "38 %, 26 days"),
        ("O2", "21 %, 14 days"),
        ("O3", "0 %, 0 days"),
        ("a closed or unknown outcome", "22 %, 15 days"),
        ("no outcome", "19 %, 13 days"),
    ]
    assert "59 % of the committed effort is aligned." in words(report)
    assert "Nobody works on: O3." in words(report)


def test_without_a_current_guidepoint_everything_is_unaligned_or_stale():
    coming = guidepoint(outcome("O1"), from_=date(2027, 1, 1), to=date(2027, 3, 31))
    some = backlog(*linked(), guidepoints={"guidepoints/2027-q1.yaml": coming})
    report = guidepoint_report(some, TODAY)
    found = report.payload()
    assert found["guidepoint"] is None
    assert (found["aligned"], found["unaligned"], found["stale"]) == pytest.approx(
        (0, 13 / 69, 56 / 69), abs=1e-4
    )
    assert words(report)[-1] == "The next one, 2027-q1, begins on 2027-01-01: mbl guidepoint --name 2027-q1"
    assert guidepoint_report(some, TODAY, "2027-q1").payload()["guidepoint"]["name"] == "2027-q1"
    assert words(guidepoint_report(backlog(), TODAY))[-1].startswith("Next: mbl guidepoint new")


def test_a_name_that_no_guidepoint_has_suggests_the_nearest():
    with pytest.raises(MblError, match="no Guidepoint 2026-q5") as caught:
        guidepoint_report(with_guidepoint(guidepoint()), TODAY, "2026-q5")
    assert caught.value.hint == "Did you mean 2026-q4?"


def test_the_payload_is_json_once_dates_are_written():
    held = guidepoint(*THREE, changes=(Revision(date=TODAY, reason="x"),))
    payload = guidepoint_report(with_guidepoint(held, *linked()), TODAY).payload()
    assert set(payload) >= {"guidepoint", "aligned", "claimed", "unaligned", "stale", "starved"}
    assert {"share", "days", "items", "progress"} <= set(payload["guidepoint"]["outcomes"][0])
    assert json.dumps(payload, default=str)


# Warnings

GOOD = {"measure": "pipeline", "baseline": 1.0, "target": 2.0, "due": END}


@pytest.mark.parametrize(
    ("outcomes", "codes"),
    [
        ([outcome("a", **GOOD)], []),
        ([outcome("a", **{**GOOD, "target": None})], ["no-number"]),
        ([outcome("a", **{**GOOD, "baseline": None})], ["no-number"]),
        ([outcome("a", **{**GOOD, "measure": None})], ["no-number"]),
        ([outcome("a", **{**GOOD, "due": None})], ["no-date"]),
        ([outcome("a", **{**GOOD, "measure": "opens"})], ["channel-measure"]),
        ([outcome("a")], ["no-number", "no-date"]),
        ([outcome("a", closed=OCTOBER)], []),
        ([outcome(each, **GOOD) for each in "abcde"], []),
        ([outcome(each, **GOOD) for each in "abcdef"], ["many-outcomes"]),
    ],
)
def test_what_a_good_guidepoint_lacks_is_a_warning(outcomes, codes):
    measures = {**measure(), "measures/opens.yaml": Measure(id="opens", scope="channel")}
    some = with_guidepoint(guidepoint(*outcomes), measures=measures)
    found = list(guidepoint_lint(some, TODAY))
    assert [each.code for each in found] == codes
    assert all(each.level == "warning" and each.fix and each.path == PATH for each in found)
    assert len(guidepoint_report(some, TODAY).payload()["warnings"]) == len(codes)


@pytest.mark.parametrize("over", [{"to": date(2026, 11, 15)}, {"closed": date(2026, 11, 1)}])
def test_what_is_over_is_not_warned_about(over):
    assert not list(guidepoint_lint(with_guidepoint(guidepoint(outcome("a"), **over)), TODAY))


# Edits


def test_a_new_guidepoint_has_a_file_of_its_own():
    coming = guidepoint(outcome("O1"), from_=date(2027, 1, 1), to=date(2027, 3, 31))
    after = created(with_guidepoint(guidepoint()), "2027-q1", coming)
    assert after.guidepoints["guidepoints/2027-q1.yaml"] == coming
    assert after.guidepoints[PATH] == guidepoint()


@pytest.mark.parametrize(
    ("name", "held", "says"),
    [
        ("2026-q4", guidepoint(), "There is a Guidepoint 2026-q4 already"),
        ("x/y", guidepoint(), "cannot be the name of a file"),
        (" ", guidepoint(), "cannot be the name of a file"),
        ("new", guidepoint(from_=END, to=OCTOBER), "before it begins"),
        ("new", guidepoint(from_=END, to=date(2027, 3, 1)), "two Guidepoints would be current"),
        ("new", guidepoint(from_=date(2026, 1, 1), to=OCTOBER), "two Guidepoints would be current"),
        (
            "new",
            guidepoint(outcome("a"), outcome("a"), from_=date(2027, 1, 1), to=date(2027, 3, 1)),
            "Two outcomes",
        ),
    ],
)
def test_a_guidepoint_that_cannot_be_is_refused(name, held, says):
    with pytest.raises(MblError, match=says):
        created(with_guidepoint(guidepoint()), name, held)


def test_after_an_early_close_the_next_one_may_begin():
    early = guidepoint(closed=date(2026, 11, 10))
    coming = guidepoint(from_=date(2026, 11, 10), to=END)
    assert "guidepoints/next.yaml" in created(with_guidepoint(early), "next", coming).guidepoints


AGREED = Agreement(date=OCTOBER, by=("cmo", "vp-sales"))


def test_a_draft_changes_freely():
    after = edited_guidepoint(
        with_guidepoint(guidepoint()), "2026-q4", {"statement": "New"}, today=TODAY, by="ana", reason=None
    )
    assert after.guidepoints[PATH] == guidepoint(statement="New")


@pytest.mark.parametrize(
    "values",
    [
        {"statement": "New"},
        {"to": date(2026, 12, 1)},
        {"outcomes": (outcome("O1", target=9),)},
        {"outcomes": ()},
    ],
)
def test_an_agreed_one_changes_only_with_a_reason_which_is_kept(values):
    before = with_guidepoint(guidepoint(outcome("O1"), agreed=AGREED))
    for reason in (None, "", "  "):
        with pytest.raises(
            MblError, match="was agreed on 2026-10-01 by cmo, vp-sales: a change needs a reason"
        ):
            edited_guidepoint(before, "2026-q4", values, today=TODAY, by="ana", reason=reason)
    after = edited_guidepoint(before, "2026-q4", values, today=TODAY, by="ana", reason="The market moved")
    found = after.guidepoints[PATH]
    assert found.changes == (Revision(date=TODAY, by="ana", reason="The market moved"),)
    assert changed_since_agreement(before.guidepoints[PATH], found) == ()


def test_reaching_an_outcome_is_no_change_of_what_was_agreed():
    before = with_guidepoint(guidepoint(outcome("O1"), agreed=AGREED))
    values = {"outcomes": (outcome("O1", closed=TODAY),)}
    after = edited_guidepoint(before, "2026-q4", values, today=TODAY, by="ana", reason=None)
    assert after.guidepoints[PATH].changes == ()
    assert changed_since_agreement(before.guidepoints[PATH], after.guidepoints[PATH]) == ()


def test_an_edit_that_changes_nothing_keeps_no_reason():
    before = with_guidepoint(guidepoint(agreed=AGREED))
    values = {"statement": "Shippers come to us"}
    assert edited_guidepoint(before, "2026-q4", values, today=TODAY, by="ana", reason="x") is before


def test_an_edit_may_not_turn_the_horizon_round():
    with pytest.raises(MblError, match="before it begins"):
        edited_guidepoint(
            with_guidepoint(guidepoint()),
            "2026-q4",
            {"to": date(2026, 1, 1)},
            today=TODAY,
            by=None,
            reason=None,
        )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"statement": "Shippers\n come to us "}, ()),
        ({"statement": "Other"}, ("the statement changed",)),
        ({"to": date(2026, 12, 1)}, ("`to` went from 2026-12-31 to 2026-12-01",)),
        ({"outcomes": (outcome("O1", target=5),)}, ("target of the outcome O1 went from nothing to 5",)),
        ({"outcomes": (outcome("O2"),)}, ("the outcome O1 is gone", "the outcome O2 is new")),
        ({"outcomes": (outcome("O1", closed=TODAY),)}, ()),
        ({"closed": TODAY}, ()),
        ({"statement": "Other", "changes": (Revision(date=TODAY, by="ana"),)}, ("the statement changed",)),
        ({"statement": "Other", "changes": (Revision(date=TODAY, reason="So"),)}, ()),
    ],
)
def test_what_changed_since_the_agreement_without_a_reason_is_named(changed, said):
    before = guidepoint(outcome("O1"), agreed=AGREED)
    assert changed_since_agreement(before, replace(before, **changed)) == said


def test_an_old_reason_does_not_excuse_a_new_change():
    before = guidepoint(agreed=AGREED, changes=(Revision(date=OCTOBER, reason="Once"),))
    assert changed_since_agreement(before, replace(before, statement="Other")) == ("the statement changed",)


@pytest.mark.parametrize(
    ("before", "by", "expected"),
    [
        ({}, ["cmo", " vp  sales ", "cmo", ""], Agreement(date=TODAY, by=("cmo", "vp sales"))),
        ({"agreed": AGREED}, ["cfo"], Agreement(date=OCTOBER, by=("cmo", "vp-sales", "cfo"))),
        (
            {"agreed": AGREED, "changes": (Revision(date=date(2026, 11, 1), reason="x"),)},
            ["cfo"],
            Agreement(date=TODAY, by=("cfo",)),
        ),
    ],
)
def test_who_agreed_is_kept(before, by, expected):
    after = agreed(with_guidepoint(guidepoint(**before)), "2026-q4", today=TODAY, by=by)
    assert after.guidepoints[PATH].agreed == expected


def test_agreeing_twice_changes_nothing():
    before = with_guidepoint(guidepoint(agreed=AGREED))
    assert agreed(before, "2026-q4", today=TODAY, by=["cmo"]) is before


@pytest.mark.parametrize(
    ("fields", "by", "says"), [({}, [" "], "Nobody agreed"), ({"closed": OCTOBER}, ["cmo"], "was closed")]
)
def test_an_agreement_of_nobody_or_to_the_past_is_refused(fields, by, says):
    with pytest.raises(MblError, match=says):
        agreed(with_guidepoint(guidepoint(**fields)), "2026-q4", today=TODAY, by=by)


def test_closing_ends_it_and_twice_changes_nothing():
    after = closed(with_guidepoint(guidepoint()), "2026-q4", on=TODAY, today=TODAY)
    assert after.guidepoints[PATH].closed == TODAY
    assert closed(after, "2026-q4", on=OCTOBER, today=TODAY) is after
    assert guidepoint_report(after, TODAY).payload()["guidepoint"] is None


def test_a_close_to_come_is_refused():
    with pytest.raises(MblError, match="lies in the future"):
        closed(with_guidepoint(guidepoint()), "2026-q4", on=END, today=TODAY)


def test_a_reason_that_stands_in_the_new_changes_is_kept_and_enough():
    before = with_guidepoint(guidepoint(agreed=AGREED))
    own = (Revision(date=TODAY, reason="We learned"),)
    values = {"statement": "New", "changes": own}
    after = edited_guidepoint(before, "2026-q4", values, today=TODAY, by="ana", reason=None)
    assert after.guidepoints[PATH].changes == own
    after = edited_guidepoint(before, "2026-q4", values, today=TODAY, by="ana", reason="The market moved")
    assert [change.reason for change in after.guidepoints[PATH].changes] == ["We learned", "The market moved"]


def test_outcomes_come_change_and_end():
    held = guidepoint(outcome("a", target=1), outcome("b", closed=OCTOBER), outcome("c"))
    after = outcomes_after(
        held,
        added=[outcome("d")],
        values={"a": {"target": 2.0}, "d": {"weight": 3}},
        closed=["b", "c"],
        on=TODAY,
    )
    assert after == (
        outcome("a", target=2.0), outcome("b", closed=OCTOBER), outcome("c", closed=TODAY), outcome("d", weight=3),
    )  # fmt: skip


@pytest.mark.parametrize("wrong", [{"values": {"pipelin": {}}}, {"values": {}, "closed": ["pipelin"]}])
def test_an_outcome_that_it_does_not_have_is_refused_with_the_nearest(wrong):
    with pytest.raises(MblError, match="no outcome pipelin") as refused:
        outcomes_after(guidepoint(outcome("pipeline")), on=TODAY, **wrong)
    assert refused.value.hint == "Did you mean pipeline?"


# Which one is meant, and which comes next


def held_from(first: str, last: str, **fields: Any):
    return guidepoint(from_=date.fromisoformat(first), to=date.fromisoformat(last), **fields)


SEVERAL = {
    "guidepoints/2026-q4.yaml": guidepoint(),
    "guidepoints/next.yaml": held_from("2027-01-01", "2027-03-31"),
    "guidepoints/later.yaml": held_from("2027-04-01", "2027-06-30"),
    "guidepoints/given-up.yaml": held_from("2027-01-01", "2027-03-31", closed=OCTOBER),
}


@pytest.mark.parametrize(
    ("today", "name", "found"),
    [
        (TODAY, None, "2026-q4"), (TODAY, "later", "later"), (date(2026, 9, 1), None, "2026-q4"), (date(2027, 1, 1), None, "next"),
    ],
)  # fmt: skip
def test_the_current_one_is_meant_else_the_next(today, name, found):
    assert meant(backlog(guidepoints=SEVERAL), today, name) == found


@pytest.mark.parametrize(
    ("some", "name", "says", "hint"),
    [
        (SEVERAL, None, "No Guidepoint holds today.", "Name one: 2026-q4, given-up, later, next."),
        ({}, None, "No Guidepoint holds today.", "To write one: mbl guidepoint new"),
        (SEVERAL, "latr", "There is no Guidepoint latr.", "Did you mean later?"),
    ],
)
def test_where_none_is_meant_the_names_are_offered(some, name, says, hint):
    with pytest.raises(MblError) as refused:
        meant(backlog(guidepoints=some), date(2028, 1, 1), name)
    assert (refused.value.message, refused.value.hint) == (says, hint)


@pytest.mark.parametrize(
    ("held", "today", "first"),
    [
        ({}, date(2026, 11, 16), date(2026, 10, 1)),
        ({PATH: guidepoint()}, date(2026, 11, 16), date(2027, 1, 1)),
        ({PATH: guidepoint(closed=date(2026, 11, 20))}, date(2026, 11, 16), date(2026, 11, 20)),
        ({PATH: guidepoint()}, date(2027, 2, 3), date(2027, 1, 1)),
    ],
)
def test_the_next_one_begins_when_the_last_one_ends(held, today, first):
    assert first_day(backlog(guidepoints=held), today) == first


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), "2026-q4"),
        (date(2026, 11, 1), date(2027, 1, 31), "2026-11"),
        (date(2026, 11, 20), date(2027, 2, 19), "2026-11"),
        (date(2026, 11, 30), date(2027, 2, 27), "2026-11"),
    ],
)
def test_it_lasts_three_months_and_is_named_by_its_first_day(first, last, name):
    assert (last_day(first), usual_name(first)) == (last, name)
