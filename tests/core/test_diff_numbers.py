"""The numbers before and after: months, what is promised, what fits, what serves the Guidepoint, verdicts."""

from dataclasses import replace
from datetime import date

import pytest
from campaign_samples import read, second

from build import backlog, committed, item
from mbl.core.capacity.figures import figures
from mbl.core.changes.numbers import Numbers, numbers, payload, told
from mbl.core.edit import accepted, edited
from mbl.core.ranking import ranked
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.settings import Settings
from pasts import MONDAY, finished, waiting

TODAY = date(2026, 11, 22)
LIST = backlog(
    *(
        committed(id=f"bbbb{at}", rank=f"a{at}", title=f"Work {at}", estimate="10d", accepted=TODAY)
        for at in range(2, 6)
    ),
    item(id="bbbb6", rank="a6", title="Wish", estimate="10d"),
    settings=Settings(capacity=10),
)


def _numbers(backlog: Backlog, today: date = TODAY) -> Numbers:
    return numbers(backlog, today, ranked(backlog))


def test_a_promise_costs_its_months() -> None:
    was, now = _numbers(LIST), _numbers(accepted(LIST, ["bbbb6"], on=TODAY, today=TODAY))
    assert told(was, now) == (
        ("Committed work", "4 months → 5 months"),
        ("Promised", "4 items, 40 days → 5 items, 50 days"),
    )
    said = payload(was, now)
    assert (said["months"], said["committed_days"]) == (
        {"before": 4.0, "after": 5.0},
        {"before": 40.0, "after": 50.0},
    )


def test_the_months_are_said_even_if_they_are_as_before() -> None:
    assert told(_numbers(LIST), _numbers(LIST)) == (("Committed work", "4 months, as before"),)


def test_above_thirty_percent_guessed_the_months_are_a_range() -> None:
    guessed = edited(LIST, ["bbbb2", "bbbb3"], {"estimate": None})
    wider = guessed.with_items(
        {
            f"items/done{at}.yaml": item(id=f"cccc{at}", status="done", estimate=f"{at * 4}d")
            for at in range(2, 8)
        }
    )
    found = _numbers(wider)
    assert found.months is None
    assert " to " in found.said
    assert payload(found, found)["months_words"]["after"] == found.said


def test_without_a_capacity_nothing_is_pretended() -> None:
    found = _numbers(replace(LIST, settings=Settings()))
    assert (found.months, found.said, payload(found, found)["cut_line"]) == (
        None,
        "unknown",
        {"before": None, "after": None},
    )


@pytest.mark.parametrize("count", [14, 60])
def test_the_months_are_those_of_mbl_capacity_whatever_their_method(count: int) -> None:
    past = [*finished([5] * (count // 5) + [count % 5] * 9), *waiting(12)]
    whole = backlog(*past, settings=Settings(capacity=10))
    months = figures(whole, MONDAY).months
    assert months is not None
    assert _numbers(whole, MONDAY).months == round(months, 2)


GUIDEPOINT = Guidepoint(
    statement="More",
    from_=date(2026, 10, 1),
    to=date(2026, 12, 31),
    outcomes=(Outcome(id="pipeline", text="More"),),
)


def test_what_serves_the_guidepoint_is_said_where_there_is_one() -> None:
    aimed = replace(LIST, guidepoints={"guidepoints/q4.yaml": GUIDEPOINT})
    after = edited(aimed, ["bbbb2"], {"outcomes": ("pipeline",), "how": "They book demos"})
    assert ("Guidepoint served", "0 % → 25 %") in told(_numbers(aimed), _numbers(after))
    assert _numbers(LIST).aligned is None
    assert "served" not in str(told(_numbers(LIST), _numbers(after)))


def test_the_verdict_of_a_campaign_before_and_after() -> None:
    early = second(readings=(read("2026-11-10", invites=20, accepted=2),))
    before = replace(LIST, campaigns={"campaigns/x-q8n2k.yaml": early})
    after = replace(LIST, campaigns={"campaigns/x-q8n2k.yaml": second()})
    assert told(_numbers(before), _numbers(after))[-1] == ("Outreach, second try", "no data → on track")
    assert payload(_numbers(before), _numbers(after))["verdicts"] == {
        "before": {"q8n2k": "no-data"}, "after": {"q8n2k": "on-track"},
    }  # fmt: skip


def test_how_many_fit_is_said_when_it_changes() -> None:
    quarter = replace(LIST, settings=Settings(capacity=40))
    after = edited(quarter, ["bbbb2"], {"estimate": "30d"})
    found = dict(told(_numbers(quarter), _numbers(after)))
    assert found["Fits this quarter"] == "4 items → 3 items"
