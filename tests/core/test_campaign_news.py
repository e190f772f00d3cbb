"""What happened between two looks, in words; and what stands in for a file that cannot be read just now."""

from datetime import date

import pytest
from campaign_samples import TODAY, campaign, first, holding, read, second, stopped

from mbl.core.campaigns.news import news, stood_in
from mbl.errors import Problem
from mbl.model.backlog import SETTINGS, Backlog
from mbl.model.settings import Settings

BEFORE = campaign(readings=(read("2026-11-10", calls=3),))


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (BEFORE, ()),
        (campaign(readings=(*BEFORE.readings, read("2026-11-12", calls=4))), ("calls 3 → 4, now on track",)),
        (campaign(readings=(*BEFORE.readings, read("2026-11-12", calls=12))), ("calls 3 → 12, now met",)),
        (
            campaign(readings=(*BEFORE.readings, read("2026-11-12", calls=3))),
            ("read again, no change, now on track",),
        ),
        (campaign(readings=()), ("calls 3 → unread, now no data yet",)),
        (campaign(readings=BEFORE.readings, title="Other"), ("changed",)),
        (campaign(readings=BEFORE.readings, decision=stopped(date=date(2026, 11, 20))), ("decided: stop",)),
        (second(), None),
    ],
)
def test_what_happened_in_words(after, says) -> None:
    found = news(holding(BEFORE), holding(after), TODAY, only="bbbbb")
    assert found == (("its file is gone",) if says is None else says)


def test_several_campaigns_are_named_by_their_titles() -> None:
    found = news(holding(BEFORE, first()), holding(campaign(), second()), TODAY)
    assert found == (
        "Test bbbbb: calls 3 → unread, now no data yet",
        "Outreach, second try: new",
        "Outreach: its file is gone",
    )


def test_a_decision_may_be_taken_back_and_criteria_changed() -> None:
    decided = campaign(readings=BEFORE.readings, decision=stopped(date=date(2026, 11, 20)))
    assert news(holding(decided), holding(BEFORE), TODAY, only="bbbbb") == ("its decision was taken back",)
    other = campaign(readings=BEFORE.readings, success_criteria=second().success_criteria[:1])
    assert "its criteria changed" in news(holding(BEFORE), holding(other), TODAY, only="bbbbb")[0]


def test_what_cannot_be_read_just_now_is_as_it_was() -> None:
    before = holding(BEFORE, second(), settings=Settings(name="Acme"))
    broken = (Problem(path="campaigns/bbbbb.yaml", code="x", message="m"),)
    now = holding(second(title="New"), broken=broken, settings=Settings(name="Other"))
    merged = stood_in(before, now)
    assert list(merged.campaigns) == ["campaigns/bbbbb.yaml", "campaigns/q8n2k.yaml"]
    assert [each.title for each in merged.campaigns.values()] == ["Test bbbbb", "New"]
    assert merged.settings.name == "Other"
    lost = Backlog(broken=(Problem(path=SETTINGS, code="x", message="m"),))
    assert stood_in(before, lost).settings.name == "Acme"
    assert stood_in(before, lost).campaigns == {}
    shut = Backlog(broken=(Problem(path="campaigns", code="unreadable", message="m"),))
    assert stood_in(before, shut).campaigns == before.campaigns
