"""Work that was asked for twice is a question until somebody answers, and what was made before is named."""

from datetime import date

from build import backlog, committed, item
from mbl.core.conflicts.duplicates import likenesses, resembling
from mbl.model.item import Ended, Item
from mbl.model.settings import Audience, Settings

SPRING = "Spring newsletter for dealers"
AGAIN = "Newsletter for dealers, spring"


def done(title: str, day: int = 1, **fields: object) -> Item:
    return item(title=title, status="done", ended=Ended(date=date(2026, 9, day)), **fields)


def titles(*items: Item, **fields: object) -> list[tuple[str, str]]:
    return [
        (each.one.item.title, each.other.item.title) for each in likenesses(backlog(*items, **fields)).asked
    ]


def test_requests_and_promises_are_compared_and_the_most_alike_come_first() -> None:
    found = likenesses(
        backlog(
            item(title=SPRING, rank="a1"),
            committed(title="Case study on cold storage", rank="a2"),
            item(title="Case study: cold storage sites", rank="a3"),
            item(title=AGAIN, rank="a4"),
            item(title="Poster", rank="a5"),
        )
    ).asked
    assert [(each.one.position, each.other.position) for each in found] == [(1, 4), (2, 3)]
    assert found[0].score == 1
    assert found[0].score > found[1].score >= 0.6


def test_what_was_answered_is_not_asked_again() -> None:
    one, other = item(title=SPRING, rank="a1"), item(title=AGAIN, rank="a2")
    assert titles(one, other) == [(SPRING, AGAIN)]
    assert titles(one, item(title=AGAIN, rank="a2", not_duplicate_of=(one.id,))) == []
    assert titles(one, item(title=AGAIN, rank="a2", duplicate_of=one.id)) == []


def test_what_is_known_to_be_the_same_and_open_is_told_however_it_is_called() -> None:
    one = item(title=SPRING, rank="a1")
    same = likenesses(backlog(one, item(title="Dealer mail", rank="a2", duplicate_of=one.id))).same
    assert [(each.one.item.id, each.other.item.title) for each in same] == [(one.id, "Dealer mail")]
    ended = item(title=AGAIN, duplicate_of=one.id, status="declined")
    assert likenesses(backlog(one, ended)).same == ()


def test_another_audience_is_another_work() -> None:
    known = Settings(audiences=(Audience(id="cto"), Audience(id="press")))
    pair = (item(title=SPRING, audience="cto"), item(title=AGAIN, audience="press"))
    assert titles(*pair, settings=known) == []


def test_what_was_refused_is_not_compared() -> None:
    ends = {"ended": Ended(date=date(2026, 9, 1))}
    assert titles(item(title=SPRING), item(title=AGAIN, status="declined", **ends)) == []
    assert titles(item(title=SPRING), item(title=AGAIN, status="dropped", **ends)) == []


def test_finished_work_is_named_for_requests_whatever_month_it_was_made_for() -> None:
    made = [done("Dealer newsletter, August", 1), done("Dealer newsletter, October", 2)]
    found = likenesses(
        backlog(
            item(title="Dealer newsletter, spring", rank="a1"),
            committed(title="Dealer newsletter", rank="a2"),
            *made,
        )
    )
    assert [(each.row.position, [one.title for one in each.finished]) for each in found.reuse] == [
        (1, ["Dealer newsletter, October", "Dealer newsletter, August"])
    ]
    assert len(found.asked) == 1


def test_at_most_three_finished_ones_are_named() -> None:
    made = [done(f"Dealer newsletter {number}") for number in range(9)]
    (found,) = likenesses(backlog(item(title="Dealer newsletter"), *made)).reuse
    assert len(found.finished) == 3


def test_finished_work_alone_is_compared_with_nothing() -> None:
    found = likenesses(backlog(done(SPRING), done(AGAIN)))
    assert found == ((), (), ())


def test_among_some_only_these_are_asked_about() -> None:
    new = item(title=AGAIN, rank="a3")
    old = [item(title=SPRING, rank="a1"), item(title=f"{SPRING}!", rank="a2")]
    found = likenesses(backlog(*old, new), among={new.id}).asked
    assert [(each.one.position, each.other.position) for each in found] == [(1, 3), (2, 3)]


def test_a_new_one_is_compared_with_everything_that_is_open_or_done() -> None:
    there = [item(title=AGAIN, rank="a1"), done(f"{SPRING} 2025"), item(title="Poster", rank="a2")]
    found = resembling(backlog(*there), item(title=SPRING))
    assert [(row.position, score) for row, score in found.asked] == [(1, 1.0)]
    assert [one.id for one in found.finished] == [there[1].id]


def test_a_new_one_that_is_settled_or_already_there_is_no_question() -> None:
    there = item(title=AGAIN, rank="a1")
    assert resembling(backlog(there), item(title=SPRING, duplicate_of=there.id)).asked == ()
    assert resembling(backlog(there), item(title=SPRING, not_duplicate_of=(there.id,))).asked == ()
    assert resembling(backlog(there), there) == ((), ())
