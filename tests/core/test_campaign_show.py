"""`mbl campaign show`: the verdict with its counts, every criterion, the way so far, and what was changed meanwhile."""

from dataclasses import replace
from datetime import date

import pytest
from campaign_samples import TODAY, UNSUBSCRIBED, campaign, first, holding, read, second, stopped

from mbl.core.campaigns.show import campaign_glance, campaign_show
from mbl.core.report import Plot, Report
from mbl.errors import MblError
from mbl.model.campaign import Campaign, SuccessCriterion
from mbl.model.guidepoint import Revision
from mbl.render import FORMATS, Canvas, drawn


def shown(of: Campaign, day: str = str(TODAY), *others: Campaign, changed: tuple[str, ...] = ()) -> Report:
    path = f"campaigns/{of.id}.yaml"
    return campaign_show(holding(of, *others), path, date.fromisoformat(day), changed=changed)


def text(of: Campaign, *given: object, **more: object) -> str:
    return drawn(shown(of, *given, **more), Canvas(today=TODAY))  # type: ignore[arg-type]


def plots(of: Campaign, day: str = str(TODAY)) -> list[Plot]:
    return [block for block in shown(of, day).blocks if isinstance(block, Plot)]


def test_the_second_outreach_is_on_track() -> None:
    said = text(second())
    assert "Outreach, second try (q8n2k)\nOn track: 74.5 %, with 8/60 accepted, 2 meetings" in said
    assert "acceptance  ≥ 10 % of invites  8 of 60  12 of 120  93.3 %  on track  7.7 to 22.2 %" in said
    assert "meetings    ≥ 5 meetings       2 of 8   5          77.4 %  on track" in said
    assert "if what is still to come goes as it did so far" in said
    assert "and until 2026-12-21 for what is begun by then (19 days left)" in said


def test_the_first_outreach_asks_for_a_decision_after_a_week() -> None:
    said = text(first(), "2026-10-19")
    assert "Abort: 2.3 %, with 0/30 accepted, read on 2026-10-19." in said
    assert "A decision is due today: mbl campaign decide m4v7d scale|repeat|stop" in said


def test_once_decided_the_decision_stands_below_the_verdict() -> None:
    decision = stopped(reason="Nobody accepted", learned="No link\nin the first word", follow_up="q8n2k")
    said = text(first(decision=decision), str(TODAY), second())
    assert "Decision   stop, on 2026-10-19 by ana\nReason     Nobody accepted\nLearned    No link\n" in said
    assert "Follow-up  q8n2k: Outreach, second try" in said
    assert "A decision is" not in said
    assert "if what is still to come" in said, "the chance of that day keeps its assumption"


def test_each_criterion_is_drawn_against_the_straight_line_from_nothing_at_the_start() -> None:
    accepted, meetings = plots(second())
    assert accepted.series[0].points[0] == (date(2026, 11, 2), 0)
    assert accepted.series[0].points[-1] == (date(2026, 11, 20), 8)
    assert (accepted.lines[0].start, accepted.lines[0].end) == (
        (date(2026, 11, 2), 0),
        (date(2026, 12, 11), 12),
    )
    assert (meetings.lines[0].end, meetings.series[0].name) == ((date(2026, 12, 21), 5), "meetings")
    assert accepted.height < plots(first(), "2026-10-19")[0].height


def test_a_limit_is_a_level_line() -> None:
    of = campaign(success_criteria=(UNSUBSCRIBED,), readings=(read("2026-11-10", sent=40, unsubscribed=1),))
    (plot,) = plots(of)
    assert plot.lines[0].start[1] == plot.lines[0].end[1] == 4
    assert plot.lines[0].name == "the limit: 4"


def test_nothing_later_than_the_day_is_drawn() -> None:
    assert [day.day for day, _ in plots(second(), "2026-11-13")[0].series[0].points] == [2, 10, 13]
    assert plots(campaign()) == []


def test_what_was_changed_since_the_first_reading_stands_there() -> None:
    of = second(
        changes=(Revision(date=date(2026, 11, 12), by="cmo", reason="acceptance ≥ 20% → ≥ 10%: too high"),)
    )
    said = text(of, changed=("criterion changed on 2026-11-18 by ana: meetings ≥ 7 → ≥ 5",))
    assert said.index("Mind: criterion changed on 2026-11-18 by ana: meetings ≥ 7 → ≥ 5.") < said.index(
        "≥ 10 % of"
    )
    assert "2026-11-12  cmo: acceptance ≥ 20% → ≥ 10%: too high" in said


def test_a_guessed_plan_is_marked() -> None:
    bare = SuccessCriterion(id="a", kind="rate", is_="accepted", of="invites", at_least="10%")
    said = text(campaign(success_criteria=(bare,), readings=(read("2026-11-20", invites=60, accepted=8),)))
    assert "of ~" in said
    assert "guessed from the pace so far (marked with ~)" in said


def test_the_payload_has_readings_and_changes() -> None:
    (record,) = shown(second(), changed=("x",)).payload()["campaigns"]
    assert (record["changed_criteria"], len(record["readings"]), record["changes"]) == (["x"], 3, ())


ODD = {
    "nothing at all": campaign(success_criteria=()),
    "no reading": campaign(),
    "more than tries": second(readings=(read("2026-11-10", invites=4, accepted=9),)),
    "a day for a count": second(readings=({"date": date(2026, 11, 10), "invites": date(2026, 11, 1)},)),
    "a count for a day": second(readings=({"date": 7, "invites": 3},)),
    "turned round": second(start=date(2027, 1, 1), deadline=date(2026, 1, 1)),
    "huge": campaign(readings=(read("2026-11-10", calls=10**30),)),
    "below nothing": campaign(readings=(read("2026-11-10", calls=-5),)),
    "the end of time": campaign(start=date(1, 1, 1), deadline=date(9999, 12, 31), readings=(read("2026-11-10", calls=1),)),
    "feeding itself": campaign(
        success_criteria=(
            SuccessCriterion(id="a", kind="rate", is_="x", of="y", at_least="10%"),
            SuccessCriterion(id="b", kind="count", is_="y", of="x", at_least="5"),
        ),
        readings=(read("2026-11-10", x=1, y=1),),
    ),
    "no bound": campaign(success_criteria=(SuccessCriterion(id="a", kind="rate", is_="x", of="y"),)),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("form", FORMATS)
def test_what_somebody_wrote_by_hand_is_shown_and_never_breaks(name: str, form: str) -> None:
    for day in ("2026-10-01", "2026-11-22", "2028-01-01"):
        for tty in (True, False):
            assert drawn(shown(ODD[name], day), Canvas(today=TODAY, tty=tty), form=form)


def test_a_glance_is_shorter_and_names_the_same() -> None:
    whole, glance = shown(second()), campaign_glance(holding(second()), "q8n2k", TODAY)
    assert glance.blocks == whole.blocks[: len(glance.blocks)]
    assert len(glance.blocks) < len(whole.blocks)
    assert isinstance(glance.blocks[-1], Plot)
    with pytest.raises(MblError, match="zzz"):
        campaign_glance(holding(second()), "zzz", TODAY)


def test_a_campaign_is_shown_as_it_stood_when_it_was_decided() -> None:
    before, after = (replace(first(), decision=each) for each in (None, stopped()))
    assert "Abort: 2.3 %" in text(before, "2026-10-19")
    assert "Abort: 2.3 %" in text(after, "2027-10-19")
