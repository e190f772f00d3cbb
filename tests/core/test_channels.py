from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from build import backlog, committed
from mbl.core.measures.channel_report import channel_part
from mbl.core.measures.channels import channel_conflicts
from mbl.core.measures.report import PARTS, measures_report
from mbl.core.report import Facts
from mbl.model.campaign import Campaign, Decision, SuccessCriterion
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Item
from mbl.model.measure import Measure, Reading
from mbl.model.settings import Audience, Settings
from mbl.model.team import Team

TODAY = date(2026, 11, 22)
AUDIENCES = (
    Audience(id="all"),
    Audience(id="dealers", parent="all"),
    Audience(id="big-dealers", parent="dealers"),
    Audience(id="carriers", parent="all"),
    Audience(id="staff", excludes=("all",)),
)


def reading(day, value=None, of=None):
    when = date.fromisoformat(f"2026-{day}")
    return Reading(date=when, value=value) if of is None else Reading(date=when, k=value, n=of)


OPENS = Measure(
    id="opens", scope="channel", audience="dealers",
    readings=(reading("07-22", 412, 1650), reading("11-12", 655, 1711)),
)  # fmt: skip
TRUST = Measure(
    id="trust", scope="customer", audience="dealers",
    readings=(reading("07-20", 171, 214), reading("11-15", 137, 206)),
)  # fmt: skip
PIPELINE = Measure(id="pipeline", scope="business", audience="all")


def held(*items: Item, measures=(), outcomes=(), teams=None, campaigns=(), **fields: Any):
    """A backlog with these audiences, and a Guidepoint whose outcomes are `{id: measure}`."""
    named = {f"measures/{measure.id}.yaml": measure for measure in measures}
    q4 = Guidepoint(
        statement="More", from_=date(2026, 10, 1), to=date(2026, 12, 31),
        outcomes=tuple(Outcome(id=id_, text=id_, measure=measure) for id_, measure in dict(outcomes).items()),
    )  # fmt: skip
    return backlog(
        *items,
        settings=Settings(audiences=AUDIENCES),
        measures=named,
        guidepoints={"guidepoints/q4.yaml": q4},
        teams={f"teams/{name}.yaml": Team(serves=serves) for name, serves in (teams or {}).items()},
        campaigns={f"campaigns/{each.id}.yaml": each for each in campaigns},
        **fields,
    )


def found(of, code):
    return [each for each in channel_conflicts(of, TODAY) if each.code == code]


# A team that is measured by channels alone


@pytest.mark.parametrize(
    ("measures", "says"),
    [
        ((OPENS,), True),
        ((OPENS, TRUST), False),
        ((OPENS, PIPELINE), False),
        ((OPENS, replace(TRUST, audience="big-dealers")), False),
        ((OPENS, replace(TRUST, audience="carriers")), True),
        ((OPENS, replace(TRUST, audience=None)), True),
        ((OPENS, replace(TRUST, scope="team")), True),
        ((replace(OPENS, audience="carriers"),), False),
        ((replace(OPENS, audience=None),), False),
        ((replace(OPENS, audience="all"),), True),
        ((TRUST,), False),
        ((), False),
    ],
)
def test_a_team_whose_audience_has_channels_numbers_alone(measures, says):
    of = held(measures=measures, teams={"brand": ("dealers",), "content": ()})
    conflicts = found(of, "channel-only-team")
    assert [(each.teams, each.audience, each.measures) for each in conflicts] == [
        (("brand",), "dealers", ("opens",))
    ] * says
    assert all("mbl measures new" in each.to_do and "--audience dealers" in each.to_do for each in conflicts)


def test_several_teams_of_one_audience_are_one_conflict():
    of = held(measures=(OPENS,), teams={"brand": ("dealers",), "growth": ("dealers", "dealers")})
    (conflict,) = found(of, "channel-only-team")
    assert conflict.teams == ("brand", "growth")
    assert conflict.words.startswith("Teams brand and growth serve dealers")


# Work whose only link is a channel's number


def test_the_share_of_the_promised_effort_that_serves_channels_alone():
    outcomes = {"more-opens": "opens", "trust": "trust"}
    items = (
        committed(id="zzzzz", estimate="3d", outcomes=("more-opens",), team="growth", audience="dealers"),
        committed(estimate="6d", outcomes=("more-opens", "trust")),
        committed(estimate="3d"),
    )
    of = held(*items, measures=(OPENS, TRUST), outcomes=outcomes)
    (conflict,) = found(of, "channel-only-work")
    assert (conflict.share, conflict.items, conflict.measures) == (0.25, ("zzzzz",), ("opens",))
    assert conflict.teams == ("growth",)
    assert "25 % of the promised effort, 3 days" in conflict.words
    assert (
        conflict.to_do
        == "Ask what customers gain by it: mbl edit zzzzz --outcomes trust, or mbl decline zzzzz"
    )


@pytest.mark.parametrize(
    ("outcomes", "linked", "says"),
    [
        ({"a": "opens"}, ("a",), True),
        ({"a": "opens", "b": "opens"}, ("a", "b"), True),
        ({"a": "opens", "b": None}, ("a", "b"), False),
        ({"a": "opens"}, {"a": 1, "b": 0}, True),
        ({"a": "opens"}, (), False),
        ({"a": "trust"}, ("a",), False),
        ({"a": "gone"}, ("a",), False),
        ({"a": "opens"}, ("unknown",), False),
    ],
)
def test_work_is_for_a_channel_if_every_outcome_is_read_from_one(outcomes, linked, says):
    of = held(committed(estimate="3d", outcomes=linked), measures=(OPENS, TRUST), outcomes=outcomes)
    assert bool(found(of, "channel-only-work")) == says


def test_effort_that_nobody_knows_has_no_share():
    of = held(committed(outcomes=("a",)), measures=(OPENS,), outcomes={"a": "opens"})
    (conflict,) = found(of, "channel-only-work")
    assert (conflict.share, "%" in conflict.words) == (None, False)
    assert "mbl edit" in conflict.to_do


def test_requests_and_what_ended_are_no_promised_work():
    wish = replace(committed(outcomes=("a",)), status="request")
    assert not found(held(wish, measures=(OPENS,), outcomes={"a": "opens"}), "channel-only-work")


# A campaign that is judged by a channel's number


def campaign(*counters: str, **fields: Any):
    criteria = tuple(SuccessCriterion(id=name, kind="count", is_=name, at_least="5") for name in counters)
    fields = {"id": "ddddd", "title": "Outreach", "outcome": "a", **fields}
    return Campaign(
        hypothesis="It works", start=date(2026, 11, 2),
        deadline=date(2026, 12, 11), success_criteria=criteria, **fields,
    )  # fmt: skip


STOPPED = Decision(date=date(2026, 11, 20), verdict="stop")


@pytest.mark.parametrize(
    ("test", "measure", "others", "says"),
    [
        (campaign("clicks"), PIPELINE, (), True),
        (campaign("clicks"), TRUST, (), True),
        (campaign("clicks", "opens"), PIPELINE, (OPENS,), True),
        (campaign("clicks", "pipeline"), PIPELINE, (), False),
        (campaign("clicks", "meetings"), PIPELINE, (Measure(id="meetings", scope="business"),), False),
        (campaign("clicks", "meetings"), PIPELINE, (Measure(id="meetings", scope="channel"),), True),
        (campaign("clicks"), OPENS, (), False),
        (campaign("clicks", outcome=None), PIPELINE, (), False),
        (campaign("clicks", outcome="b"), PIPELINE, (), False),
        (campaign("clicks", decision=STOPPED), PIPELINE, (), False),
        (campaign(), PIPELINE, (), False),
    ],
)
def test_a_campaign_for_a_gain_that_counts_the_channel_alone(test, measure, others, says):
    of = held(measures={measure.id: measure, **{each.id: each for each in others}}.values(),
              outcomes={"a": measure.id}, campaigns=(test,))  # fmt: skip
    conflicts = found(of, "channel-only-campaign")
    assert [(each.campaign, each.measures) for each in conflicts] == [("ddddd", (measure.id,))] * says


def test_it_says_how_a_counter_becomes_more_than_a_channels():
    of = held(measures=(PIPELINE,), outcomes={"a": "pipeline"}, campaigns=(campaign("clicks", "meetings"),))
    (conflict,) = found(of, "channel-only-campaign")
    assert "count clicks and meetings alone" in conflict.words
    assert "mbl measures new meetings --scope business" in conflict.to_do


def test_several_campaigns_stand_together_on_the_screen_and_apart_for_programs():
    tests = (campaign("clicks"), campaign("views", "likes", id="fffff", title="Film"))
    of = held(measures=(PIPELINE,), outcomes={"a": "pipeline"}, campaigns=tests)
    part = channel_part(of, TODAY)
    (facts,) = part.full
    assert isinstance(facts, Facts)
    ((label, text),) = facts.facts
    assert (label, text.splitlines()[1:3]) == ("Campaigns", ["- Outreach: clicks", "- Film: views, likes"])
    assert [each["campaign"] for each in part.payload["channel_conflicts"]] == ["ddddd", "fffff"]


# Opposite directions


def test_better_opens_and_worse_trust_of_the_same_people_are_opposite_and_proven():
    (conflict,) = found(held(measures=(OPENS, TRUST), teams={"brand": ("dealers",)}), "opposite-directions")
    assert (conflict.measures, conflict.audience, conflict.teams) == (
        ("opens", "trust"),
        "dealers",
        ("brand",),
    )
    assert conflict.proven
    assert "opens got better (25 % → 38.3 %), while trust got worse (79.9 % → 66.5 %)" in conflict.words
    assert "more than chance" in conflict.words


@pytest.mark.parametrize(
    ("channel", "customer", "proven"),
    [
        (OPENS, TRUST, True),
        (replace(OPENS, audience="all"), TRUST, True),
        (replace(OPENS, audience="big-dealers"), TRUST, True),
        (replace(OPENS, audience="carriers"), TRUST, None),
        (replace(OPENS, audience="staff"), replace(TRUST, audience="all"), None),
        (replace(OPENS, audience=None), TRUST, None),
        (replace(OPENS, audience=None), replace(TRUST, audience=None), True),
        (OPENS, replace(TRUST, scope="business"), None),
        (replace(OPENS, better="down"), TRUST, None),
        (OPENS, replace(TRUST, better="down"), None),
        (replace(OPENS, readings=(reading("07-22", 25), reading("11-12", 38))), TRUST, False),
        (OPENS, replace(TRUST, readings=(reading("07-20", 7, 10), reading("11-15", 6, 10))), False),
        (OPENS, replace(TRUST, readings=(reading("07-20", 7, 10), reading("11-15", 7, 10))), None),
        (OPENS, replace(TRUST, readings=(reading("07-20", 7, 10),)), None),
        (OPENS, replace(TRUST, readings=()), None),
        # One before, the other after: no days for which both are known.
        (OPENS, replace(TRUST, readings=(reading("06-20", 171, 214), reading("07-01", 137, 206))), None),
        # Two years ago, and in a month.
        (OPENS, replace(TRUST, readings=(reading("01-20", 171, 214), reading("02-15", 137, 206))), None),
        (OPENS, replace(TRUST, readings=(reading("07-20", 171, 214), reading("12-15", 137, 206))), None),
    ],
)  # fmt: skip
def test_opposite_directions_are_proven_only_where_neither_interval_overlaps(channel, customer, proven):
    conflicts = found(held(measures=(channel, customer)), "opposite-directions")
    assert [each.proven for each in conflicts] == ([] if proven is None else [proven])
    assert all(("more than chance" in each.words) == each.proven for each in conflicts)


def test_both_are_looked_at_for_the_same_days():
    # Trust fell only after the last reading of the opens.
    late = replace(
        TRUST, readings=(reading("07-20", 171, 214), reading("11-10", 170, 214), reading("11-20", 99, 214))
    )
    (conflict,) = found(held(measures=(OPENS, late)), "opposite-directions")
    assert "79.9 % → 79.4 %" in conflict.words
    assert not conflict.proven


# Together


def test_what_is_proven_stands_first():
    hint = replace(OPENS, id="clicks", readings=(reading("07-22", 25), reading("11-12", 38)))
    of = held(
        measures=(hint, OPENS, TRUST, replace(OPENS, id="views", audience="staff")), teams={"hr": ("staff",)}
    )
    found_all = channel_conflicts(of, TODAY)
    assert [(each.code, each.proven) for each in found_all] == [
        ("opposite-directions", True), ("channel-only-team", True), ("opposite-directions", False),
    ]  # fmt: skip
    part = channel_part(of, TODAY)
    facts, brief = part.full[0], part.brief[0]
    assert isinstance(facts, Facts)
    assert isinstance(brief, Facts)
    assert [label for label, _ in facts.facts] == ["Proven", "Team", "Perhaps"]
    assert all("\nNext: " in text for _, text in facts.facts)
    assert [text for _, text in brief.facts] == [text.splitlines()[0] for _, text in facts.facts]


def test_where_all_is_well_it_is_silent_beside_other_parts_and_says_so_alone():
    for measures, says in (
        ((TRUST,), "No measure is a channel's"),
        ((replace(OPENS, readings=()), TRUST), "stands against"),
    ):
        part = channel_part(held(measures=measures), TODAY)
        assert part.brief == ()
        assert says in part.full[0].text
        assert part.payload == {"channel_conflicts": []}


def test_the_answer_for_programs_names_code_words_measures_audience_teams_and_share():
    (record,) = channel_part(held(measures=(OPENS, TRUST)), TODAY).payload["channel_conflicts"]
    assert set(record) == {
        "code", "words", "to_do", "measures", "audience", "teams", "share", "proven", "items", "campaign",
        "counters",
    }  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_was_not_asked_for_is_empty_and_still_there(part):
    payload = measures_report(held(measures=(OPENS, TRUST)), TODAY, parts=[part]).payload()
    assert {"throughput", "cycle_time", "age", "wip", "waste", "series", "channel_conflicts"} <= set(payload)
    assert bool(payload["series"]) == (part == "series")
    assert bool(payload["channel_conflicts"]) == (part == "channels")
    assert (payload["wip"] is None) == (part != "flow")
