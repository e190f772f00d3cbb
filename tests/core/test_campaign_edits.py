"""Which campaign is meant, what may be changed in it, what follows it, and what earlier ones taught."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from build import backlog, item
from mbl.core.campaigns import edits
from mbl.core.campaigns.criteria import criterion
from mbl.core.campaigns.learned import decided_campaigns, earlier, earlier_words, learned_report
from mbl.core.campaigns.next import linked, next_campaign, next_item
from mbl.core.campaigns.readings import closing_day
from mbl.core.campaigns.refs import campaign_by_id, campaign_meant, campaign_path
from mbl.errors import MblError, Problem
from mbl.model.campaign import Campaign, Decision
from mbl.model.guidepoint import Guidepoint, Outcome, Revision
from mbl.model.settings import Audience, Settings

TODAY = date(2026, 11, 22)
CRITERIA = (
    criterion("acceptance: accepted of invites >= 10% planned 120 window 7d"),
    criterion("meetings: meetings of accepted >= 5"),
)


def campaign(id_="q8n2k", title="LinkedIn, second try", **fields: object) -> Campaign:
    usual = {
        "hypothesis": "They accept", "start": date(2026, 11, 2), "deadline": date(2026, 12, 11),
        "success_criteria": CRITERIA,
    }  # fmt: skip
    return Campaign(id=id_, title=title, **{**usual, **fields})


def decided(on="2026-11-20", verdict="stop", **fields: object) -> Decision:
    return Decision(date=date.fromisoformat(on), verdict=verdict, **{"reason": "Enough", **fields})


def held(*campaigns: Campaign, **fields: object):
    paths = {f"campaigns/{each.id}.yaml": each for each in campaigns}
    return backlog(item(id="kdw22"), item(id="kdw33"), campaigns=paths, **fields)


READ = campaign(readings=({"date": date(2026, 11, 6), "invites": 24, "accepted": 2},))
FIRST = campaign("m4v7d", "LinkedIn outreach", start=date(2026, 10, 12), decision=decided("2026-10-19"))


# REF


@pytest.mark.parametrize(
    ("ref", "id_"),
    [
        ("q8n2k", "q8n2k"), ("q8n", "q8n2k"), ("Q8N2K", "q8n2k"), ("m4v7d", "m4v7d"), ("linkedin", "q8n2k"),
        ("second linkedin", "q8n2k"), ("outreach", "m4v7d"), (" OUTREACH ", "m4v7d"),
    ],
)  # fmt: skip
def test_a_campaign_is_meant_by_its_id_its_beginning_or_words_of_the_undecided(ref, id_):
    both = held(READ, FIRST)
    assert campaign_meant(both, ref).id == id_
    assert campaign_path(both, ref) == f"campaigns/{id_}.yaml"


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        ("q8", "fits no campaign"), ("", "fits no campaign"), ("q8n3k", "Did you mean q8n2k?"),
        ("linkedin second tri", "Did you mean q8n2k, LinkedIn, second try (from 2026-11-02)?"),
        ("7", "fits no campaign"),
    ],
)  # fmt: skip
def test_a_ref_that_fits_none_suggests_the_nearest(ref, says):
    with pytest.raises(MblError) as refused:
        campaign_path(held(READ, FIRST), ref)
    assert says in refused.value.message
    assert "`mbl campaign`" in refused.value.hint


def test_a_ref_that_fits_several_lists_them():
    with pytest.raises(MblError) as refused:
        campaign_path(held(READ, campaign("q8nzz", "LinkedIn, third try")), "linkedin")
    assert "fits 2 campaigns" in refused.value.message
    assert "  q8nzz  LinkedIn, third try (from 2026-11-02)" in refused.value.message


def test_a_broken_file_is_named_and_an_empty_backlog_says_how_to_begin():
    broken = Problem(
        path="campaigns/x-q8n2k.yaml", code="yaml", message="not valid YAML", line=3, fix="Close it."
    )
    with pytest.raises(MblError, match=r"Its file is broken: campaigns/x-q8n2k\.yaml:3: not valid YAML"):
        campaign_path(held(FIRST, broken=(broken,)), "q8n2k")
    with pytest.raises(MblError) as refused:
        campaign_path(held(), "q8n2k")
    assert "mbl campaign new" in refused.value.hint


def test_an_id_that_stands_in_a_file_is_looked_up_exactly():
    assert campaign_by_id(held(READ), "q8n2k") is READ
    assert campaign_by_id(held(READ), "q8n") is None
    assert campaign_by_id(held(READ), None) is None


# Make and change


def test_a_new_campaign_has_a_file_named_after_it():
    made = edits.created(held(), campaign())
    assert list(made.campaigns) == ["campaigns/linkedin-second-try-q8n2k.yaml"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"deadline": date(2026, 11, 1)}, "lies before the start"),
        ({"success_criteria": ()}, "needs a success criterion"),
        ({"success_criteria": (*CRITERIA, CRITERIA[0])}, "Two criteria are called acceptance"),
        ({"hypothesis": " "}, "needs a title and a hypothesis"),
        ({"audience": "ctoo"}, "There is no audience ctoo"),
        ({"outcome": "pipe"}, "There is no outcome pipe"),
    ],
)
def test_what_nobody_could_judge_is_refused(fields, says):
    guidepoint = Guidepoint(
        statement="x", from_=TODAY, to=TODAY, outcomes=(Outcome(id="pipeline", text="More"),)
    )
    known = held(
        settings=Settings(audiences=(Audience(id="cto"),)), guidepoints={"guidepoints/q4.yaml": guidepoint}
    )
    with pytest.raises(MblError, match=says):
        edits.created(known, campaign(**fields))
    edits.created(known, campaign(audience="cto", outcome="pipeline"))


def test_a_deadline_on_the_first_day_is_one_day():
    edits.created(held(), campaign(deadline=date(2026, 11, 2)))


@pytest.mark.parametrize("path", ["mbl.yaml", "guidepoints/q4.yaml"])
def test_nothing_is_called_unknown_where_its_file_cannot_be_read(path):
    broken = (Problem(path=path, code="yaml", message="x"),)
    known = held(settings=Settings(audiences=(Audience(id="cto"),)), broken=broken)
    unread = {"mbl.yaml": "audience", "guidepoints/q4.yaml": "outcome"}[path]
    edits.created(known, campaign(**{unread: "elsewhere"}))


def test_what_was_there_before_is_not_complained_about():
    odd = replace(READ, audience="gone", success_criteria=())
    known = held(odd, settings=Settings(audiences=(Audience(id="cto"),)))
    path = "campaigns/q8n2k.yaml"
    after = edits.edited(known, path, {"title": "Reach"}, today=TODAY, by="ana", reason=None)
    assert after.campaigns[path].title == "Reach"


def changed(values, old=READ, **how: object):
    said = {"today": TODAY, "by": "ana", "reason": None, **how}
    path = f"campaigns/{old.id}.yaml"
    return edits.edited(held(old), path, values, **said).campaigns[path]


LATER = {"deadline": date(2026, 12, 24)}


def test_before_the_first_reading_everything_is_free():
    assert changed(LATER, campaign()).changes == ()


def test_after_it_a_reason_is_needed_and_kept_with_what_changed():
    with pytest.raises(
        MblError, match=r"first read on 2026-11-06: deadline 2026-12-11 → 2026-12-24 needs a reason"
    ):
        changed(LATER)
    after = changed({**LATER, "success_criteria": CRITERIA[:1]}, reason=" Ana   is ill ")
    assert after.changes == (
        Revision(
            date=TODAY,
            by="ana",
            reason="deadline 2026-12-11 → 2026-12-24; meetings: meetings of accepted >= 5 → gone: Ana is ill",
        ),
    )


def test_a_reason_that_stands_in_the_file_already_is_enough_and_a_trace_is_none():
    why = Revision(date=TODAY, reason="By hand")
    assert changed({**LATER, "changes": (why,)}).changes == (why,)
    trace = Revision(date=TODAY, reason="reading of 2026-11-06: accepted 3 → 2")
    with pytest.raises(MblError, match="needs a reason"):
        changed({**LATER, "changes": (trace,)})


def test_the_id_stays():
    with pytest.raises(MblError, match="The id must stay q8n2k"):
        changed({"id": "zzzzz"})


def test_nothing_changed_is_the_same_backlog():
    known = held(READ)
    same = edits.edited(
        known, "campaigns/q8n2k.yaml", {"title": READ.title}, today=TODAY, by=None, reason="x"
    )
    assert same is known


def test_a_criterion_is_replaced_by_its_name_else_joins_the_end():
    other = criterion("meetings: meetings of accepted >= 4")
    new = criterion("calls >= 9")
    after = edits.criteria_after(READ, (other, new), ("acceptance",))
    assert after == (other, new)
    with pytest.raises(MblError) as refused:
        edits.criteria_after(READ, (), ("acceptence",))
    assert refused.value.hint == "Did you mean acceptance?"


# Decide


def judged(decision, old=READ, **how: object):
    path = f"campaigns/{old.id}.yaml"
    return edits.decided(held(old), path, decision, today=TODAY, **how).campaigns[path].decision


def test_a_decision_is_kept_and_the_same_again_changes_nothing():
    assert judged(decided()) == decided()
    known = held(replace(READ, decision=decided()))
    assert edits.decided(known, "campaigns/q8n2k.yaml", decided(), today=TODAY) is known


def test_a_campaign_may_be_given_up_before_it_starts():
    early = campaign(start=date(2026, 12, 1))
    assert judged(decided(), early) == decided()


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (decided("2026-11-23"), "lies in the future"),
        (decided(reason=" "), "needs a reason"),
        (decided(follow_up="q8n2k"), "cannot follow itself"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(decision, says):
    with pytest.raises(MblError, match=says):
        judged(decision)


def test_another_decision_must_be_meant():
    before = replace(READ, decision=decided())
    with pytest.raises(MblError, match="was decided on 2026-11-20: stop"):
        judged(decided(verdict="scale"), before)
    assert judged(decided(verdict="scale"), before, again=True).verdict == "scale"


# What follows


@pytest.mark.parametrize(
    ("ref", "id_"),
    [("m4v7d", "m4v7d"), ("m4v", "m4v7d"), ("kdw22", "kdw22"), ("m4", None), ("Third try", None)],
)
def test_what_follows_is_there_or_a_title(ref, id_):
    assert linked(held(READ, FIRST), ref) == id_


@pytest.mark.parametrize(
    ("ref", "says"), [("kdw", "begins 2 ids: kdw22, kdw33"), ("m4v7z", "no campaign or item m4v7z")]
)
def test_what_looks_like_an_id_and_is_none_is_no_title(ref, says):
    with pytest.raises(MblError, match=says):
        linked(held(READ, FIRST), ref)


def test_the_next_campaign_is_the_same_test_the_day_after():
    old = replace(READ, audience="cto", channel="linkedin", outcome="pipeline", decision=decided())
    new = next_campaign(old, id_="zzzzz", title="Third", after=TODAY)
    assert (new.start, new.deadline - new.start) == (TODAY + timedelta(days=1), old.deadline - old.start)
    assert (new.readings, new.changes, new.decision) == ((), (), None)
    assert (new.audience, new.channel, new.outcome, new.success_criteria) == (
        "cto", "linkedin", "pipeline", CRITERIA,
    )  # fmt: skip


def test_the_end_of_the_calendar_is_no_trap():
    long = campaign(start=date(1, 1, 1), deadline=date(9999, 12, 31))
    assert next_campaign(long, id_="zzzzz", title="x", after=TODAY).deadline == date(9999, 12, 31)
    assert closing_day(long) == date(9999, 12, 31)


def test_the_next_item_says_why_in_the_words_of_what_was_learned():
    old = replace(READ, audience="cto", channel="linkedin")
    said = {"id_": "zzzzz", "title": "A habit", "asks": "cmo", "today": TODAY}
    new = next_item(old, decided(learned="No link"), **said)
    assert (new.how, new.requester, new.requested, new.outcomes) == ("No link", "cmo", TODAY, ())
    assert next_item(replace(old, outcome="brand"), decided(), **said).outcomes == ("brand",)
    assert next_item(old, decided(), **said).how == "Enough"


# Learned


def test_earlier_campaigns_come_nearest_first_then_latest():
    def past(id_, audience, channel, on):
        return campaign(id_, id_, audience=audience, channel=channel, decision=decided(on))

    known = held(
        past("bbbbb", "cto", "email", "2026-10-01"), past("ccccc", "cto", "linkedin", "2026-09-01"),
        past("ddddd", "cfo", "LinkedIn", "2026-11-01"), past("fffff", "cfo", "email", "2026-11-02"),
        past("ggggg", None, None, "2026-11-03"), campaign("hhhhh", audience="cto"),
    )  # fmt: skip
    found = [each.id for each in earlier(known, audience="cto", channel="linkedin")]
    assert found == ["ccccc", "ddddd", "bbbbb"]
    assert [each.id for each in earlier(known, audience="cto", channel=None, apart="bbbbb")] == ["ccccc"]
    assert earlier(known, audience=None, channel=None) == ()


def test_what_it_taught_is_told_in_a_line():
    said = earlier_words(replace(FIRST, audience="cto", decision=decided(learned="No link\nat first")))
    assert said == "“LinkedIn outreach” (m4v7d: cto) was stopped on 2026-11-20. No link at first"
    assert earlier_words(FIRST).endswith("was stopped on 2026-10-19. Enough")


def test_decided_campaigns_are_found_by_every_word_wherever_it_stands():
    known = held(READ, replace(FIRST, channel="linkedin", decision=decided(learned="Ask at once")))
    assert [each.id for _, each in decided_campaigns(known)] == ["m4v7d"]
    for words in (["ASK"], ["outreach once"], ["they", "linkedin"], ["stop"], ["m4v7d"], ["enough"]):
        assert len(decided_campaigns(known, words)) == 1, words
    assert decided_campaigns(known, ["ask", "never"]) == ()


def test_the_report_of_nothing_says_so():
    (words, hint) = learned_report(held(READ), ()).blocks
    assert "nothing was learned so far" in words.text
    assert hint.tone == "hint"
