"""`mbl campaign`: what is due stands first, and no chance without its counts and what it assumes."""

from datetime import date

import pytest
from campaign_samples import TODAY, campaign, first, holding, read, second, stopped

from mbl.core.campaigns.report import PHASES, Asked, campaigns_report, unmatched
from mbl.core.campaigns.words import ASSUMPTION
from mbl.core.report import Report, Table, Words
from mbl.render import Canvas, drawn

WAITS = campaign("bbbbc", readings=(read("2026-11-10", calls=12),), audience="dealers")
WAITS_LONGER = campaign("bbbbd", readings=(read("2026-11-05", calls=12),))
LATER = campaign("bbbbf", start=date(2026, 12, 1), deadline=date(2027, 1, 1), channel="post")
DECIDED = first(decision=stopped(learned="They thought it\nwas a robot"))
ALL = holding(LATER, second(channel="linkedin"), WAITS, DECIDED, WAITS_LONGER)


def ids(report: Report) -> list[str]:
    return [each["id"] for each in report.payload()["campaigns"]]


def words(report: Report) -> str:
    return drawn(report, Canvas(today=TODAY))


def test_what_waits_longest_comes_first_then_what_runs_then_what_is_planned() -> None:
    report = campaigns_report(ALL, TODAY)
    assert ids(report) == ["bbbbd", "bbbbc", "q8n2k", "bbbbf"]
    assert [block.title for block in report.blocks if isinstance(block, Table)] == [
        "A decision is due", "Running", "Planned",
    ]  # fmt: skip
    assert "Decide: mbl campaign decide bbbbd scale|repeat|stop" in words(report)
    assert words(report).endswith("1 decided (--all shows it).\n")


def test_a_chance_stands_beside_its_counts_and_above_its_assumption() -> None:
    text = words(campaigns_report(ALL, TODAY))
    line = next(line for line in text.splitlines() if line.startswith("q8n2k"))
    assert "74.5 %  8/60 accepted, 2 meetings" in line
    assert ASSUMPTION in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(phase=PHASES), ["bbbbd", "bbbbc", "q8n2k", "bbbbf", "m4v7d"]),
        (Asked(phase=("decided", "planned")), ["bbbbf", "m4v7d"]),
        (Asked(audience=("Dealers",)), ["bbbbc"]),
        (Asked(audience=("none",)), ["bbbbd", "q8n2k", "bbbbf"]),
        (Asked(channel=("post", "linkedin")), ["q8n2k", "bbbbf"]),
        (Asked(text=("second",)), ["q8n2k"]),
        (Asked(text=("robot",), phase=PHASES), ["m4v7d"]),
        (Asked(text=("bbbbc", "second try")), ["bbbbc", "q8n2k"]),
        (Asked(outcome=("brand",)), []),
        (Asked(limit=2), ["bbbbd", "bbbbc"]),
        (Asked(limit=0), ["bbbbd", "bbbbc", "q8n2k", "bbbbf"]),
    ],
    ids=str,
)
def test_filters_and_limit(asked: Asked, found: list[str]) -> None:
    assert ids(campaigns_report(ALL, TODAY, asked)) == found


def test_what_is_left_out_is_counted() -> None:
    assert "… and 2 more (--limit 0 shows all)" in words(campaigns_report(ALL, TODAY, Asked(limit=2)))
    assert "decided (--all" not in words(campaigns_report(ALL, TODAY, Asked(phase=PHASES)))
    assert "They thought it was a robot" in words(campaigns_report(ALL, TODAY, Asked(phase=PHASES)))


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (holding(), "No campaign yet.\nNext: mbl campaign new"),
        (holding(DECIDED), "No campaign is running or planned.\n1 decided"),
        (holding(LATER), "Planned"),
    ],
)
def test_nothing_to_show_is_said(held, says) -> None:
    assert says in words(campaigns_report(held, TODAY))
    assert "No campaign fits." in words(campaigns_report(holding(LATER), TODAY, Asked(text=("zebra",))))


def test_a_word_that_no_campaign_has_gets_a_remark_with_the_nearest() -> None:
    assert unmatched(ALL, Asked(audience=("dealer",), channel=("none",))) == (
        "No campaign has audience dealer. Did you mean dealers?",
    )


def test_a_report_of_csv_has_raw_values() -> None:
    head, *rows = drawn(campaigns_report(ALL, TODAY), Canvas(today=TODAY), form="csv").splitlines()
    assert head.startswith("id,title,phase,verdict,probability,pace,days_left,overdue_days,next_look,so_far")
    assert rows[2].startswith('q8n2k,"Outreach, second try",running,on-track,0.74517')
    assert [row.split(",")[0] for row in rows] == ["bbbbd", "bbbbc", "q8n2k", "bbbbf"]


def test_the_payload_has_every_field_of_the_contract() -> None:
    found = campaigns_report(ALL, TODAY, Asked(phase=PHASES)).payload()["campaigns"]
    assert all(
        {"id", "title", "verdict", "probability", "success_criteria", "next_look", "decision"} <= set(each)
        for each in found
    )
    criteria = found[2]["success_criteria"]
    assert [(each["id"], each["kind"], each["k"], each["n"], each["need"], each["verdict"]) for each in criteria] == [
        ("acceptance", "rate", 8, 60, 12, "on-track"), ("meetings", "count", 2, 8, 5, "on-track"),
    ]  # fmt: skip
    assert [round(each["probability"], 4) for each in criteria] == [0.9334, 0.774]
    assert (found[2]["verdict"], round(found[2]["probability"], 4), found[2]["decision"]) == (
        "on-track",
        0.7452,
        None,
    )
    assert found[4]["decision"]["verdict"] == "stop"


def test_no_probability_leaves_without_its_assumption() -> None:
    assert "goes as it did so far" in campaigns_report(ALL, TODAY).payload()["assumption"]


def test_the_words_of_a_block_are_never_empty() -> None:
    for asked in (Asked(), Asked(phase=PHASES), Asked(text=("zebra",))):
        blocks = campaigns_report(ALL, TODAY, asked).blocks
        assert all(block.text for block in blocks if isinstance(block, Words))
