"""What gets in each other's way, in one report for people, meetings and programs."""

from datetime import date
from typing import Any

import pytest

from build import backlog, committed, item
from mbl.core.conflicts.all_kinds import KINDS, caused, conflicts, span_around, span_of
from mbl.core.conflicts.report import MOST, conflicts_report, tally
from mbl.core.conflicts.touches import Span
from mbl.core.report import Facts, Heat, Report, Words
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Ended, Item, Offer, Run
from mbl.model.settings import Audience, Settings

TODAY = date(2026, 11, 22)
SPAN = span_of(TODAY)
KNOWN = Settings(
    audiences=(Audience(id="all"), Audience(id="dealers", parent="all"), Audience(id="cto", parent="all"))
)


def days(*numbers: int) -> tuple[date, ...]:
    return tuple(date(2026, 12, number) for number in numbers)


def of(*items: Item) -> Backlog:
    return backlog(*items, settings=KNOWN)


def report(*items: Item, kinds: tuple[str, ...] = (), span: Span = SPAN) -> Report:
    return conflicts_report(conflicts(of(*items), span, kinds=kinds))


def facts(drawn: Report) -> dict[str, tuple[tuple[str, str], ...]]:
    return {block.title: block.facts for block in drawn.blocks if isinstance(block, Facts)}


FOUR = committed(title="Mailing", team="growth", audience="dealers", runs=days(1, 2, 3, 4))
ASKED = item(title="Postcards", requester="cmo", audience="dealers", runs=days(14, 15, 16, 17))


def test_the_period_is_ninety_days_from_today_unless_said_otherwise() -> None:
    assert Span(TODAY, date(2027, 2, 20)) == SPAN
    assert span_of(TODAY, since=date(2026, 12, 1)).last == date(2027, 3, 1)
    assert span_of(date.max) == Span(date.max, date.max)


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), "comes before"),
        (None, date(2030, 1, 1), "too long"),
        (date(2040, 1, 1), date(2040, 1, 2), "too far"),
    ],
)
def test_a_period_that_nobody_can_plan_is_refused(since: date | None, until: date, says: str) -> None:
    with pytest.raises(MblError, match=says) as refused:
        span_of(TODAY, since=since, until=until)
    assert refused.value.exit_code == 2


def test_what_is_asked_for_would_collide_and_what_is_promised_does() -> None:
    found = conflicts(of(FOUR, ASKED), SPAN).touches
    assert [(each.would, each.first.day) for each in found] == [(False, 1), (True, 14)]
    assert tally(conflicts(of(FOUR, ASKED), SPAN)) == "1 collision and 1 possible collision"
    assert tally(conflicts(of(FOUR, ASKED), SPAN), firm=True) == "1 collision"


def test_a_request_in_a_week_that_is_full_already_is_no_news() -> None:
    more = item(audience="dealers", runs=days(5))
    assert [each.would for each in conflicts(of(FOUR, more), SPAN).touches] == [False]


def test_what_is_delivered_is_still_met_and_what_was_refused_never() -> None:
    ended = Ended(date=TODAY)
    done = item(status="done", ended=ended, audience="dealers", runs=days(1, 2, 3, 4))
    assert len(conflicts(of(done), SPAN).touches) == 1
    refused = item(status="dropped", ended=ended, audience="dealers", runs=days(1, 2, 3, 4))
    assert conflicts(of(refused), SPAN).touches == ()


def test_the_list_names_the_days_the_messages_and_who_should_talk() -> None:
    other = committed(title="Letter", owner="mia", audience="all", runs=Run(from_=days(1)[0], to=days(28)[0]))
    ((label, text),) = facts(report(FOUR, other))["Too much for one audience"]
    assert label == "1 to 7 Dec"
    assert text.splitlines() == [
        "dealers: 5 touches in 7 days (at most 3); growth and mia should talk",
        f"• Mailing ({FOUR.id}, growth): 1, 2, 3 and 4 Dec",
        f"• Letter ({other.id}, mia): 1 a week, 1 to 28 Dec",
    ]


def test_the_strip_shows_each_audience_that_is_addressed_and_its_worst_seven_days_of_each_week() -> None:
    (strip,) = [block for block in report(FOUR).blocks if isinstance(block, Heat)]
    assert [lane.label for lane in strip.lanes] == ["dealers"]
    assert strip.columns[:3] == (("Nov", "22"), ("Nov", "23"), ("Nov", "30"))
    assert strip.lanes[0].values[:5] == (0, 2, 4, 1, 0)
    assert strip.columns[-1] == ("Feb", "15")
    assert ("Jan 2027", "4") in strip.columns


def test_up_to_two_weeks_are_drawn_day_by_day() -> None:
    (strip,) = [block for block in report(FOUR, span=Span(*days(1, 7))).blocks if isinstance(block, Heat)]
    assert [label for _, label in strip.columns] == list("1234567")
    assert strip.title.endswith("by day")
    assert strip.lanes[0].values == (4, 4, 4, 4, 3, 2, 1)


def test_promises_without_runs_are_counted_and_runs_without_an_end_named() -> None:
    endless = committed(title="Banner", audience="dealers", runs=Run(from_=days(1)[0]))
    said = [
        block.text
        for block in report(endless, committed(audience="cto"), item(audience="cto")).blocks
        if isinstance(block, Words)
    ]
    assert f"{endless.id} runs without an end: it is counted until 20 February 2027." in said
    assert said[-1] == "Not counted, because nobody wrote down when the audience meets it (runs): 1 promise."


def test_where_nothing_clashes_it_says_so() -> None:
    first = report().blocks[0]
    assert isinstance(first, Words)
    assert first.text == "Nothing gets in the way of anything else from 22 November 2026 to 20 February 2027."
    assert first.tone == "good"


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_alone_is_looked_for_alone(kind: str) -> None:
    offers = [Offer(product="Dock", value=value) for value in ("10%", "20%")]
    twice = [committed(title="Mailing", audience="dealers", runs=days(1, 2), offer=offer) for offer in offers]
    payload = report(*twice, kinds=(kind,)).payload()
    assert [name for name in KINDS if payload[name]] == [kind]
    assert all(report(*twice).payload()[name] for name in KINDS)


def test_the_answer_for_programs_has_the_promised_fields() -> None:
    twin = item(
        title="Mailing",
        audience="dealers",
        runs=days(2),
        offer=Offer(product="Dock", kind="discount", value="5%"),
    )
    dear = committed(
        title="Price", team="brand", audience="all", offer=Offer(product="Dock", kind="discount", value="9%")
    )
    done = item(title="Mailings", status="done", ended=Ended(date=TODAY), links=("https://example.com/a",))
    payload: dict[str, Any] = dict(report(FOUR, twin, dear, done).payload())
    assert payload["touches"] == [
        {
            "audience": "dealers", "window": [date(2026, 12, 1), date(2026, 12, 7)], "count": 4, "max": 3,
            "items": [FOUR.id], "teams": ["growth"], "severity": "normal", "would": False,
        }
    ]  # fmt: skip
    (offer,) = payload["offers"]
    assert (offer["items"], offer["product"], offer["would"]) == ([dear.id, twin.id], "Dock", True)
    assert payload["duplicates"] == [{"items": [FOUR.id, twin.id], "score": 1.0}]
    assert payload["reuse"] == [
        {
            "item": twin.id,
            "finished": [{"id": done.id, "title": "Mailings", "links": ["https://example.com/a"]}],
        }
    ]


def test_the_table_has_a_row_for_every_conflict() -> None:
    table = report(FOUR, item(title="Mailing", audience="dealers", runs=days(20, 21, 22, 23))).table
    assert table is not None
    assert [(row["kind"], row["about"], row["count"]) for row in table.records()] == [
        ("touches", "dealers", 4), ("touches", "dealers", 4), ("duplicates", None, None),
    ]  # fmt: skip


def test_a_long_list_is_cut_for_people_and_whole_for_programs() -> None:
    many = [item(title=f"Mailing {'x' * number}", rank=f"a{number}") for number in range(8)]
    drawn = report(*many)
    found = len(drawn.payload()["duplicates"])
    assert found > MOST
    shown = facts(drawn)["The same work, asked for twice?"]
    assert len(shown) == MOST + 1
    assert shown[-1] == ("…", f"and {found - MOST} more (-f csv has all)")


def test_a_change_is_warned_of_what_it_takes_part_in_promised_or_not() -> None:
    two = committed(audience="dealers", runs=days(1, 2))
    new = item(audience="dealers", runs=days(3, 4))
    another = item(audience="dealers", runs=days(5, 6))
    touches, _ = caused(of(two, new, another), [new.id], SPAN)
    assert [(each.times, [one.id for one in each.items]) for each in touches] == [(4, [two.id, new.id])]
    assert caused(of(two, another), [another.id], SPAN)[0][0].times == 4
    assert caused(of(FOUR, item(audience="cto", runs=days(1))), ["zzzzz"], SPAN) == ((), ())


def test_a_warning_looks_as_far_ahead_as_the_runs_go() -> None:
    late = item(audience="cto", runs=(date(2027, 6, 1),), offer=Offer(product="x", to=date(2027, 7, 1)))
    assert span_around([late], TODAY) == Span(TODAY, date(2027, 7, 1))
    assert span_around([item(runs=(date(2099, 1, 1),))], TODAY).last == date(2029, 11, 24)
