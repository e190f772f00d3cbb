import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, committed, item
from mbl.core.report import Facts, Table, Words
from mbl.core.review.card import card, suggested
from mbl.core.review.reasons import REASONS, reasons, view, words
from mbl.core.review.relevance import asked, chosen, decided, drop_rates, queue
from mbl.core.review.report import Wish, review_report
from mbl.core.review.sample import Decided, drawn, estimated, ratio
from mbl.core.review.sample_report import left_over
from mbl.core.select import Query
from mbl.errors import MblError
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.model.item import Ended, Item, Offer, Reviewed, Run
from mbl.model.settings import Audience, Settings

TODAY = date(2026, 11, 22)
FLAT = Settings(capacity=31.467)


def ago(days):
    return TODAY - timedelta(days=days)


def fresh(**fields: Any) -> Item:
    """A promise that nobody has a reason to ask about."""
    return item(**{"status": "committed", "requested": ago(5), "outcomes": ("live",), **fields})


def kept(days, decision="keep"):
    return Reviewed(date=ago(days), decision=decision)


def guidepoint(first, last, *outcomes: Outcome, closed=None):
    days = {"from_": date.fromisoformat(first), "to": date.fromisoformat(last)}
    return Guidepoint(statement="x", closed=closed, outcomes=outcomes, **days)


def outcome(id_, closed=None):
    return Outcome(id=id_, text=id_, closed=closed)


GUIDEPOINTS = {
    "guidepoints/q3.yaml": guidepoint(
        "2026-07-01",
        "2026-09-30",
        outcome("old"),
        outcome("ended", date(2026, 9, 1)),
        outcome("again", date(2026, 9, 1)),
    ),
    "guidepoints/q4.yaml": guidepoint(
        "2026-10-01", "2026-12-31", outcome("live"), outcome("reached", date(2026, 11, 1)), outcome("again")
    ),
    "guidepoints/q1.yaml": guidepoint("2027-01-01", "2027-03-31", outcome("coming")),
}


def held(*items: Item, **fields: Any):
    return backlog(*items, **{"guidepoints": GUIDEPOINTS, "settings": FLAT, **fields})


def words_of(report):
    return [block.text for block in report.blocks if isinstance(block, Words)]


def tables_of(report):
    return [block for block in report.blocks if isinstance(block, Table)]


# Reasons


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        ({"outcomes": ("reached",)}, ["outcome_closed"]),
        ({"outcomes": ("ended",)}, ["outcome_closed"]),
        ({"outcomes": ("nowhere",)}, ["outcome_closed"]),
        ({"outcomes": ("old",)}, ["guidepoint_old"]),
        ({"outcomes": ("old", "reached")}, ["outcome_closed", "guidepoint_old"]),
        ({"outcomes": ("old", "reached", "live")}, []),
        ({"outcomes": ("again",)}, []),
        ({"outcomes": ("coming",)}, []),
        ({"due": ago(1)}, ["due_passed"]),
        ({"due": TODAY}, []),
        ({"runs": (ago(9), ago(1))}, ["event_passed"]),
        ({"runs": (ago(9), TODAY)}, []),
        ({"runs": Run(from_=ago(9), to=ago(1))}, ["event_passed"]),
        ({"runs": Run(from_=ago(9))}, []),
        ({"offer": Offer(product="pro", to=ago(1))}, ["event_passed"]),
        ({"requester": "VP Sales"}, ["requester_gone"]),
        ({"requester": "cmo"}, []),
        ({"requester": None}, []),
        ({"audience": "floppies"}, ["audience_gone"]),
        ({"audience": "dealers"}, []),
        ({"requested": ago(181)}, ["unconfirmed"]),
        ({"requested": None}, ["unconfirmed"]),
        ({"requested": ago(180)}, []),
        ({"requested": ago(900), "reviewed": kept(91)}, []),
        ({"requested": ago(900), "reviewed": kept(181)}, ["unconfirmed"]),
        ({"outcomes": None}, ["no_link"]),
        ({"outcomes": None, "moscow": "should"}, ["no_link"]),
        ({"outcomes": None, "moscow": "must"}, []),
        ({"duplicate_of": "bbbbb"}, ["likely_duplicate"]),
        ({"status": "doing", "started": ago(60)}, ["stalled"]),
        ({"status": "doing", "started": ago(59)}, []),
        ({"started": ago(99)}, []),
    ],
)
def test_every_reason_to_ask(fields, codes):
    dealers = replace(FLAT, audiences=(Audience(id="dealers"),))
    some = fresh(**fields)
    assert list(reasons(some, view(held(some, settings=dealers), TODAY, gone={"vp sales"}))) == codes
    assert all(words(code) != code for code in codes)


def test_without_a_list_of_audiences_none_is_gone():
    some = fresh(audience="floppies")
    assert reasons(some, view(held(some), TODAY)) == ()


def test_the_reasons_are_those_of_their_day():
    some = fresh(outcomes=("reached",))
    assert reasons(some, view(held(some), date(2026, 10, 31))) == ()
    assert reasons(some, view(held(some), date(2026, 11, 1))) == ("outcome_closed",)


def test_every_code_is_its_own():
    codes = [reason.code for reason in REASONS]
    assert sorted(set(codes)) == sorted(codes)
    assert words("unheard_of") == "unheard_of"


# The queue


def test_without_earlier_decisions_the_biggest_comes_first():
    small, big, middle = (committed(estimate=f"{days}d", rank=f"a{days}") for days in (2, 9, 5))
    found = queue(held(small, big, middle, fresh(estimate="50d")), TODAY)
    assert [(row.item.id, row.relief) for row in found] == [(big.id, 4.5), (middle.id, 2.5), (small.id, 1.0)]


def test_earlier_decisions_say_how_often_a_reason_leads_to_a_drop():
    past = {"requested": ago(300), "outcomes": ("live",)}
    dropped = [
        replace(committed(due=ago(40), **past), status="dropped", ended=Ended(date=ago(30))) for _ in range(3)
    ]
    stays = committed(reviewed=kept(20), **past)
    declined = item(status="declined", ended=Ended(date=ago(10)), due=ago(40))
    rates = drop_rates(held(*dropped, stays, declined), TODAY)
    assert rates == {"due_passed": 4 / 5, "unconfirmed": 4 / 6}
    dead, sleepy = fresh(estimate="5d", due=ago(1)), fresh(estimate="5d", requested=ago(200))
    found = queue(held(*dropped, stays, sleepy, dead), TODAY)
    assert [(row.item.id, row.relief) for row in found] == [
        (dead.id, pytest.approx(4.0)),
        (sleepy.id, pytest.approx(5 * 4 / 6)),
    ]


def test_the_largest_rate_of_several_reasons_counts():
    past = replace(fresh(due=ago(40)), status="dropped", ended=Ended(date=ago(1)))
    some = fresh(estimate="6d", due=ago(1), outcomes=None)
    assert queue(held(past, some), TODAY)[0].relief == pytest.approx(6 * 2 / 3)


def test_a_request_relieves_nothing_that_was_promised():
    wish, promise = item(estimate="50d"), committed(estimate="1d")
    assert [(row.item.id, row.days, row.relief) for row in queue(held(wish, promise), TODAY)] == [
        (promise.id, 1.0, 0.5),
        (wish.id, 50.0, 0.0),
    ]


def test_unknown_effort_is_not_nothing():
    found = queue(held(committed()), TODAY)[0]
    assert (found.days, found.relief) == (None, None)


@pytest.mark.parametrize(("days", "asked"), [(0, False), (90, False), (91, True)])
def test_keep_holds_for_90_days(days, asked):
    some = committed(due=ago(200), reviewed=kept(days))
    assert bool(queue(held(some), TODAY)) == asked


def test_what_was_put_off_comes_last_for_a_month():
    big, small = committed(estimate="9d", reviewed=kept(3, "later")), committed(estimate="1d")
    assert [row.item.id for row in queue(held(big, small), TODAY)] == [small.id, big.id]
    assert [row.item.id for row in queue(held(big, small), TODAY + timedelta(days=40))] == [big.id, small.id]


def test_what_has_ended_is_not_asked_about():
    some = [
        item(status=status, due=ago(9), ended=Ended(date=ago(1)))
        for status in ("done", "declined", "dropped")
    ]
    assert queue(held(*some), TODAY) == ()


def test_filters_and_reasons_choose_from_the_queue_and_keep_its_order():
    over, lost = fresh(due=ago(1), estimate="2d", team="growth"), fresh(outcomes=None, estimate="8d")
    both = fresh(due=ago(1), outcomes=None, estimate="4d", team="growth")
    some = held(over, lost, both)
    rows = queue(some, TODAY)

    def ids(*why: str):
        return [row.item.id for row in chosen(some, rows, query=Query(), why=why)]

    assert ids() == [lost.id, both.id, over.id]
    assert ids("due_passed") == [both.id, over.id]
    assert ids("due_passed", "no_link") == ids()
    assert ids("stalled") == []
    growth = chosen(some, rows, query=Query(team=("growth",)), why=("no_link",))
    assert [row.item.id for row in growth] == [both.id]


def test_whoever_asks_by_chance_asks_about_what_has_no_reason_too():
    some = held(fresh(estimate="3d"), item(status="done", ended=Ended(date=ago(1))))
    (row,) = asked(some, TODAY)
    assert (row.position, row.reasons, row.days, row.relief) == (1, (), 3.0, 0.0)
    assert queue(some, TODAY) == ()
    assert dict(card(row, TODAY)[2].facts)["Why ask"] == "it was drawn by chance"
    assert suggested(row) == ""


def test_the_card_says_what_is_known_and_nothing_else():
    bare = held(item(title="Fair"))
    (row,) = queue(bare, TODAY)
    assert [block.text for block in card(row, TODAY)[:2]] == ["Still relevant?", "#1 Fair"]
    assert card(row, TODAY)[2].facts == (
        ("Asked by", "nobody knows"),
        ("Status", "asked for, not promised"),
        ("Effort", "unknown"),
        ("Why ask", "nobody confirmed it for half a year\nit serves no outcome"),
    )
    assert suggested(row) == "It serves no outcome", "that nobody confirmed it is our affair"


@pytest.mark.parametrize(
    ("fields", "label", "text"),
    [
        ({"estimate": "1d"}, "Effort", "1 day"),
        ({"type": "email"}, "Effort", "3 days (a guess)"),
        ({"status": "doing", "started": ago(3)}, "Status", f"begun on {ago(3)}"),
        ({"accepted": ago(9)}, "Status", f"promised on {ago(9)}"),
        ({"requested": ago(0)}, "Asked on", f"{TODAY}, today"),
        ({"requested": ago(1)}, "Asked on", f"{ago(1)}, yesterday"),
        ({"requested": ago(59)}, "Asked on", f"{ago(59)}, 59 days ago"),
        ({"requested": ago(91)}, "Asked on", f"{ago(91)}, 3 months ago"),
        (
            {"reviewed": Reviewed(date=ago(95), by="cmo", decision="later")},
            "Last review",
            "later by cmo, 3 months ago",
        ),
        ({"how": "They book\ndemos."}, "Why it helps", "They book demos"),
        ({"description": "a\nb " * 200}, "More", ("a b " * 75)[:299] + "…"),
        ({"due": ago(5)}, "Due", f"{ago(5)}"),
    ],
)
def test_the_facts_of_a_card(fields, label, text):
    known = [fresh(estimate=f"{days}d", type="email") for days in (1, 1, 2, 3, 8)]
    some = fresh(**{"due": ago(1), **fields})
    row = next(row for row in queue(held(*known, some), TODAY) if row.item.id == some.id)
    assert dict(card(row, TODAY)[2].facts)[label] == text


# Decisions


@pytest.mark.parametrize("decision", ["keep", "later"])
def test_keep_and_later_are_written_with_who_and_why(decision):
    some = committed()
    after = decided(held(some), [some.id], decision, today=TODAY, by="cmo", reason="Still needed")
    mark = Reviewed(date=TODAY, by="cmo", decision=decision, reason="Still needed")
    assert after.item(some.id).reviewed == mark
    assert after.item(some.id).status == "committed"
    assert decided(after, [some.id], decision, today=TODAY, by="cmo", reason="Still needed") is after


def test_declining_drops_a_promise_and_declines_a_request():
    promise, wish = committed(), item()
    after = decided(
        held(promise, wish),
        [promise.id, wish.id],
        "decline",
        today=TODAY,
        by="cmo",
        reason="Over",
        revisit=TODAY,
    )
    assert after.item(promise.id).status == "dropped"
    assert after.item(wish.id).status == "declined"
    assert after.item(wish.id).ended == Ended(date=TODAY, by="cmo", reason="Over", revisit=TODAY)


def test_what_has_ended_cannot_be_kept_and_then_nothing_is():
    some, gone = committed(), item(title="Old fair", status="dropped", ended=Ended(date=ago(1)))
    before = held(some, gone)
    with pytest.raises(MblError, match=r"“Old fair” .* is dropped: there is nothing to review") as caught:
        decided(before, [some.id, gone.id], "keep", today=TODAY, by=None, reason=None)
    assert caught.value.hint.startswith("To look at it again: mbl reopen")
    assert before.item(some.id).reviewed is None


# Before and after


def reviewed_work():
    """400 days kept, 600 dropped today, 250 undecided."""
    return [
        committed(estimate="400d", reviewed=kept(0)),
        replace(committed(estimate="600d"), status="dropped", ended=Ended(date=TODAY)),
        committed(estimate="250d", due=ago(1)),
    ]


def test_months_before_and_after_are_a_range_while_something_is_undecided():
    report = review_report(held(*reviewed_work()), TODAY)
    found = report.payload()
    assert found["before"] == pytest.approx(39.7, abs=0.05)
    assert found["after"] == pytest.approx({"low": 12.7, "high": 20.7}, abs=0.05)
    assert words_of(report)[:2] == [
        "Before: 40 months of committed work. After this review: 13 to 21 months.",
        "1 promise to decide: all kept, it stays 21 months; all dropped, 13 months.",
    ]


def test_five_years_of_promises_become_27_months():
    items = [committed(estimate=f"{days}d", due=ago(1)) for days in (519.2, 519.2, 849.6)]
    before = held(*items)
    assert review_report(before, TODAY).payload()["before"] == 60.0
    after = decided(before, [each.id for each in items[:2]], "decline", today=TODAY, by="cmo", reason=None)
    after = decided(after, [items[2].id], "keep", today=TODAY, by="cmo", reason=None)
    report = review_report(after, TODAY)
    assert report.payload()["after"] == {"low": 27.0, "high": 27.0}
    assert words_of(report) == [
        "Before: 60 months of committed work. After this review: 27 months.",
    ]
    assert tables_of(report)[0].rows == ()


def test_only_what_was_dropped_in_this_review_counts_as_before():
    earlier = replace(committed(estimate="600d"), status="dropped", ended=Ended(date=ago(3)))
    some = held(*reviewed_work(), earlier)
    assert review_report(some, TODAY).payload()["before"] == pytest.approx(39.7, abs=0.05)
    assert review_report(some, TODAY, wish=Wish(since=ago(3))).payload()["before"] == pytest.approx(
        58.8, abs=0.05
    )


def test_a_promise_that_was_dropped_as_not_this_time_counts_as_before():
    some = replace(committed(estimate="31.467d", moscow="wont"), status="dropped", ended=Ended(date=TODAY))
    assert review_report(held(some), TODAY).payload()["before"] == 1.0


def test_the_ends_of_the_range_are_those_of_the_sentence_below():
    report = review_report(held(fresh(estimate="177.72d"), fresh(estimate="20d", due=ago(1))), TODAY)
    assert report.payload()["after"] == {"low": 5.65, "high": 6.28}
    assert words_of(report)[0].endswith("After this review: 5.6 to 6.3 months.")
    assert words_of(report)[1].endswith("all kept, it stays 6.3 months; all dropped, 5.6 months.")


def test_mostly_guessed_work_has_no_single_number():
    known = [fresh(estimate=f"{days}d", type="email") for days in (1, 1, 2, 3, 8)]
    guessed = [fresh(type="email", due=ago(1)) for _ in range(12)]
    report = review_report(held(*known, *guessed), TODAY)
    found = report.payload()
    assert found["before"] is None
    assert 0 < found["before_range"]["low"] < found["before_range"]["high"]
    assert found["after"]["low"] == round(15 / 31.467, 2)
    assert found["after"]["high"] == found["before_range"]["high"]
    assert words_of(report)[0].startswith("Before: 1.1 to ")
    assert words_of(report)[0].endswith("After this review: 0.5 to 2.1 months.")


def test_without_a_capacity_there_are_days_but_no_months():
    report = review_report(held(*reviewed_work(), settings=Settings()), TODAY)
    found = report.payload()
    assert (found["before"], found["after"]) == (None, {"low": None, "high": None})
    assert words_of(report)[0] == (
        "Before: 1,250 days of committed work. After this review: 400 to 650 days."
    )


# The report


def test_the_report_lists_the_queue_with_reasons_and_what_comes_back():
    back = item(title="Balloon", status="declined", ended=Ended(date=ago(90), revisit=ago(2)))
    later = item(status="declined", ended=Ended(date=ago(90), revisit=TODAY + timedelta(days=1)))
    some = [fresh(due=ago(1), estimate="4d", rank="a1"), item(rank="a2", requested=TODAY)]
    report = review_report(held(*some, back, later), TODAY)
    found = report.payload()
    assert json.dumps(found, default=str)
    assert found["queue"] == [
        {"id": some[0].id, "reasons": ["due_passed"], "effort_days": 4.0, "relief": 2.0},
        {"id": some[1].id, "reasons": ["no_link"], "effort_days": None, "relief": 0.0},
    ]
    assert (found["sample"], found["revisit"]) == (None, [back.id])
    assert report.blocks[-1] == Facts(
        title="Time to look again", facts=((back.id, f"Balloon (declined, look again since {ago(2)})"),)
    )


def test_a_long_queue_is_cut_on_the_screen_only():
    report = review_report(held(*(committed(estimate="1d") for _ in range(5))), TODAY, wish=Wish(limit=2))
    table = next(block for block in report.blocks if isinstance(block, Table))
    assert (len(table.rows), len(report.payload()["queue"])) == (2, 5)
    assert "… and 3 more" in words_of(report)


def test_an_empty_backlog_has_nothing_to_review():
    report = review_report(backlog(), TODAY)
    assert words_of(report)[0] == "No committed work to review."
    assert report.answer


# The sample


def decisions(dropped, rest, days=1.0):
    return [Decided(days, is_dropped=True)] * dropped + [Decided(days, is_dropped=False)] * rest


def test_17_of_30_dropped_say_how_much_of_240_is_dead():
    found = estimated(decisions(17, 13), 240)
    assert found.rest == (86, 118, 150)
    assert [round(share, 2) for share in found.share] == [0.43, 0.56, 0.70]
    assert found.more_than_half == pytest.approx(0.77, abs=0.005)
    assert [round(months) for months in left_over(found, 60.0)] == [18, 26, 34]


def test_the_dead_effort_of_ten_is_too_uncertain():
    sample = [(8, 1), (5, 0), (13, 1), (3, 1), (20, 0), (2, 1), (8, 1), (5, 0), (13, 1), (5, 1)]
    found = ratio([Decided(float(days), bool(dropped)) for days, dropped in sample], 60)
    assert found.share == pytest.approx(0.634, abs=5e-4)
    assert found.se == pytest.approx(0.185, abs=5e-4)
    assert not found.is_enough
    assert sum(dropped for _, dropped in sample) / len(sample) == 0.70


@pytest.mark.parametrize(("n", "enough"), [(9, False), (10, True), (30, True)])
def test_a_few_decisions_that_are_alike_are_not_enough(n, enough):
    assert ratio(decisions(n, 0), 60).is_enough == enough


@pytest.mark.parametrize("some", [[], [Decided(None, is_dropped=True)], [Decided(0.0, is_dropped=True)]])
def test_without_effort_there_is_no_ratio(some):
    assert ratio(some, 60) is None


def test_one_decision_has_no_error_to_speak_of():
    found = ratio([Decided(5.0, is_dropped=True)], 60)
    assert (found.share, found.se, found.is_enough) == (1.0, None, False)


def test_before_the_first_decision_nothing_is_estimated():
    assert estimated([], 240) is None


def test_once_everything_is_decided_nothing_is_uncertain():
    found = estimated(decisions(3, 2), 5)
    assert found.share == (0.6, 0.6, 0.6)
    assert found.more_than_half == 1.0
    assert found.by_effort.se == 0.0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 300))
def test_an_estimate_keeps_to_what_is_possible(dropped, rest, others):
    found = estimated(decisions(dropped, rest), dropped + rest + others)
    if found is None:
        assert dropped + rest == 0
        return
    low, middle, high = found.share
    assert dropped / found.population <= low <= middle <= high <= 1 - rest / found.population + 1e-9
    assert 0 <= found.more_than_half <= 1


ids = st.lists(st.text("bcdfg", min_size=5, max_size=5), unique=True, max_size=40)


@settings(max_examples=60, deadline=None)
@given(ids, st.integers(0, 40), st.integers(0, 5))
def test_a_draw_is_the_same_for_the_same_seed_and_hardly_moves_when_the_list_does(some, size, seed):
    first = drawn(some, size, seed=seed)
    assert first == drawn(list(reversed(some)), size, seed=seed)
    assert len(first) == len(set(first)) == min(size, len(some))
    assert set(first) <= set(some)
    if first:
        left = drawn([each for each in some if each != first[0]], size, seed=seed)
        assert left[: len(first) - 1] == first[1:]


def test_every_item_is_drawn_about_equally_often():
    some = [f"id{at}" for at in range(20)]
    times = dict.fromkeys(some, 0)
    for seed in range(400):
        for id_ in drawn(some, 5, seed=seed):
            times[id_] += 1
    assert all(60 <= times[id_] <= 140 for id_ in some)


def test_a_sample_stays_the_same_while_it_is_decided():
    some = held(*(committed(estimate="3d", due=ago(1)) for _ in range(40)))
    wish = Wish(sample=12)
    first = review_report(some, TODAY, wish=wish).payload()["sample"]
    assert (len(first["ids"]), first["population"], first["decided"], first["share"]) == (12, 40, 0, None)
    after = decided(some, first["ids"][:4], "decline", today=TODAY, by=None, reason=None)
    after = decided(after, first["ids"][4:6], "keep", today=TODAY, by=None, reason=None)
    second = review_report(after, TODAY, wish=wish).payload()["sample"]
    assert (second["ids"], second["undecided"]) == (first["ids"], first["ids"][6:])
    assert (second["decided"], second["dropped"], second["population"]) == (6, 4, 40)
    assert not second["enough"]


def test_what_was_decided_out_of_turn_does_not_bias_the_estimate():
    some = held(*(committed(estimate="3d", due=ago(1)) for _ in range(40)))
    ids = review_report(some, TODAY, wish=Wish(sample=12)).payload()["sample"]["ids"]
    after = decided(some, ids[3:9], "decline", today=TODAY, by=None, reason=None)
    assert review_report(after, TODAY, wish=Wish(sample=12)).payload()["sample"]["decided"] == 0


def test_a_decided_sample_says_how_many_months_are_left():
    items = [committed(estimate="6d", due=ago(1)) for _ in range(60)]
    some = held(*items, settings=Settings(capacity=6))
    ids = review_report(some, TODAY, wish=Wish(sample=20)).payload()["sample"]["ids"]
    after = decided(some, ids[:11], "decline", today=TODAY, by=None, reason=None)
    after = decided(after, ids[11:], "keep", today=TODAY, by=None, reason=None)
    report = review_report(after, TODAY, wish=Wish(sample=20))
    found = report.payload()["sample"]
    assert found["months"]["low"] < 27.5 < found["months"]["high"]
    assert found["enough"]
    (drawn_,) = tables_of(report)
    assert drawn_.title == "Random sample of 20 promises out of 60"
    assert [row.decision for row in drawn_.rows] == ["dropped"] * 11 + ["kept"] * 9
    facts = next(block for block in report.blocks if isinstance(block, Facts))
    assert [label for label, _ in facts.facts] == ["decided", "dead", "left", "by effort", "to decide"]
    assert facts.facts[-1] == ("to decide", "nothing more")
