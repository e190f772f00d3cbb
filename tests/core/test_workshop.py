"""A workshop's notes: what comes next, what may be taken back, what a kill left half done, and the minutes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, committed, item
from mbl.core.edit import added, bucketed, edited
from mbl.core.ranking import ranked
from mbl.core.report import Facts, Table, Words
from mbl.core.workshop.either_or import answered, most_questions
from mbl.core.workshop.minutes import declined, minutes, subject
from mbl.core.workshop.sitting import (
    begun,
    in_bucket,
    in_order,
    looked_at,
    ordering,
    settled,
    stepped,
    taken_back,
    to_order,
    upcoming,
    without,
)
from mbl.errors import MblError
from mbl.model.item import Asked, Ended
from mbl.model.settings import Settings

TODAY = date(2026, 11, 22)
ENDED = Ended(date=TODAY, by="ana", reason="No room")


def three(**fields: Any):
    """Three promised requests in rank order, ten days a month of capacity."""
    items = [committed(rank=f"a{n}", title=f"Request {n}", estimate="8d", **fields) for n in range(1, 4)]
    return backlog(*items, settings=Settings(capacity=10)), [each.id for each in items]


def put(workshop, before, id_, bucket):
    after = bucketed(before, [id_], bucket, today=TODAY, ended=ENDED)
    return stepped(workshop, "bucket", id_, before=before, after=after), after


def room(before, ids):
    return begun(before, ids, today=TODAY, participants=("ana", "ben"))


def test_request_after_request_comes_up_each_once():
    now, ids = three()
    workshop = room(now, ids)
    seen = []
    while (id_ := upcoming(workshop, now)) is not None:
        assert looked_at(workshop, now) == (len(seen), 3)
        seen.append(id_)
        workshop, now = put(workshop, now, id_, "should")
    assert seen == ids
    assert looked_at(workshop, now) == (3, 3)


def test_what_ended_or_went_meanwhile_does_not_come_up():
    now, ids = three()
    workshop = room(now, ids)
    assert upcoming(workshop, without(now, ids[0])) == ids[1]
    assert upcoming(workshop, bucketed(now, ids[:2], "wont", today=TODAY, ended=ENDED)) == ids[2]


def test_a_skipped_request_does_not_come_back_and_a_noted_one_does():
    now, ids = three()
    workshop = stepped(room(now, ids), "skip", ids[0], before=now, after=now)
    workshop = stepped(workshop, "note", ids[1], before=now, after=now, text="?")
    assert upcoming(workshop, now) == ids[1]


def test_a_new_idea_comes_up_last_and_is_gone_when_taken_back():
    now, ids = three()
    fresh = item(title="Fresh", requester="ceo")
    after = added(now, [fresh])
    workshop = stepped(room(now, ids), "idea", fresh.id, before=now, after=after)
    assert workshop.agenda == (*ids, fresh.id)
    assert taken_back(workshop, after).agenda == tuple(ids)
    assert without(after, fresh.id).items == now.items
    assert settled(workshop, now).agenda == tuple(ids), "killed before the file was written"
    assert settled(workshop, after) == workshop


def test_a_step_that_was_noted_but_not_carried_out_is_struck_off():
    now, ids = three()
    workshop, after = put(room(now, ids), now, ids[0], "wont")
    assert settled(workshop, after) == workshop
    assert settled(workshop, now).steps == ()
    assert upcoming(settled(workshop, now), now) == ids[0]


def test_a_confirmed_bucket_is_a_step_although_nothing_changed():
    now, ids = three(moscow="must")
    workshop, after = put(room(now, ids), now, ids[0], "must")
    assert after.items == now.items
    assert settled(workshop, now) == workshop
    assert upcoming(workshop, now) == ids[1]


def test_what_somebody_changed_since_is_not_taken_back():
    now, ids = three()
    workshop, after = put(room(now, ids), now, ids[0], "must")
    assert taken_back(workshop, after).steps == ()
    assert taken_back(workshop, edited(after, [ids[0]], {"owner": "zoe"})).steps == ()
    with pytest.raises(MblError, match="changed since then"):
        taken_back(workshop, edited(after, [ids[0]], {"moscow": "could"}))
    with pytest.raises(MblError, match="nothing to take back"):
        taken_back(room(now, ids), now)


def test_every_file_that_was_touched_is_remembered_once():
    now, ids = three()
    workshop, after = put(room(now, ids), now, ids[1], "must")
    workshop, after = put(workshop, after, ids[1], "could")
    assert workshop.paths == (now.path_of[ids[1]],)


@pytest.mark.parametrize(
    ("buckets", "crossed"),
    [
        (("must", "should", "could"), None),
        (("must", "should", "should"), None),
        (("should", "should", "should"), None),
        (("must", "should", "should", "should"), "should"),
        (("must", "must", "must", "must"), "must"),
        (("must", "must", "must", "should"), None),
        (("must", "must", "could", "could"), "could"),
    ],
)
def test_only_the_bucket_that_the_quarter_ends_in_is_put_in_order(buckets, crossed):
    """Thirty days of quarter: eight days each, so three fit and the fourth does not."""
    items = [committed(rank=f"a{n}", estimate="8d", moscow=name) for n, name in enumerate(buckets, 1)]
    now = backlog(*items, settings=Settings(capacity=10))
    ids = [each.id for each in items]
    found = to_order(room(now, ids), now, TODAY)
    assert found == (crossed and (crossed, tuple(each.id for each in items if each.moscow == crossed)))
    assert to_order(room(now, ids[:1]), now, TODAY) is None, "what was not looked at is not put in order"


@settings(max_examples=25, deadline=None)
@given(wanted=st.permutations(range(6)), elsewhere=st.integers(0, 6))
def test_the_answers_put_the_bucket_in_order_and_leave_the_others_where_they_are(wanted, elsewhere):
    items = [committed(rank=f"a{n}", moscow="should") for n in range(6)]
    other = committed(rank=f"a{elsewhere}V", moscow="must")
    now = backlog(*items, other)
    place = next(row.position for row in ranked(now) if row.item.id == other.id)
    ids = [each.id for each in items]
    best = [ids[n] for n in wanted]
    workshop = ordering(room(now, [*ids, other.id]), now, "should")
    while question := in_bucket(workshop, now).question:
        chosen = min(question.a, question.b, key=best.index)
        answer = answered(question, chosen, by="ana", on=TODAY)
        workshop, now = in_order(replace(workshop, answers=(*workshop.answers, answer)), now)
    assert len(workshop.answers) <= most_questions(6)
    after = [row.item.id for row in ranked(now)]
    assert after.index(other.id) == place - 1
    assert [id_ for id_ in after if id_ != other.id] == best
    assert list(workshop.places) == ids, "where they stood before is kept"


def test_a_request_that_leaves_the_bucket_is_asked_about_no_more():
    now, ids = three(moscow="should")
    workshop = ordering(room(now, ids), now, "should")
    now = bucketed(now, ids[:1], "wont", today=TODAY, ended=ENDED)
    assert {*ids[1:]} == {in_bucket(workshop, now).question.a, in_bucket(workshop, now).question.b}
    assert in_order(room(now, ids), now) == (room(now, ids), now), "no bucket, nothing moves"


def tables(workshop, now):
    blocks = minutes(workshop, now, TODAY).blocks
    found = {block.title: block.records() for block in blocks if isinstance(block, Table)}
    return found, [block for block in blocks if not isinstance(block, Table)]


def test_the_minutes_say_who_what_why_and_the_months_before_and_after():
    now, ids = three()
    workshop = room(now, ids)
    workshop, now = put(workshop, now, ids[0], "must")
    workshop, now = put(workshop, now, ids[1], "wont")
    workshop = stepped(workshop, "note", ids[1], before=now, after=now, text="Ask the ceo again")
    asked = Asked(answer="The VP wants it", knows="cfo")
    after = edited(now, [ids[2]], {"asked": asked})
    workshop, now = stepped(workshop, "outcome", ids[2], before=now, after=after), after
    found, others = tables(workshop, now)
    assert [(row["now"], row["title"], row["was"], row["days"]) for row in found["In the buckets"]] == [
        ("must", "Request 1", None, 8.0)
    ]
    (no,) = found["Won't this time"]
    assert (no["title"], no["status"], no["reason"], no["revisit"]) == (
        "Request 2", "promised", "No room", date(2027, 2, 20),
    )  # fmt: skip
    assert found["Asked for an outcome"][0]["answer"] == "The VP wants it"
    facts = dict(others[0].facts)
    assert facts["Here"] == "ana, ben"
    assert facts["Committed work"] == "2.4 months before, 1.6 months after"
    assert Facts(title="Notes", facts=(("Request 2", "Ask the ceo again"),)) in others
    assert Words(text="Not looked at: 1 request.") in others
    assert declined(workshop, now) == (ids[1],)
    assert subject(workshop, now) == "Workshop of 2026-11-22: 1 Must, 1 Won't"


def test_the_minutes_leave_out_what_somebody_has_undone_since():
    now, ids = three()
    workshop, now = put(room(now, ids), now, ids[0], "must")
    assert "In the buckets" not in tables(workshop, edited(now, [ids[0]], {"moscow": "could"}))[0]
    assert subject(room(now, ids), now) == "Workshop of 2026-11-22: nothing decided"


def test_the_minutes_say_what_moved_from_where_to_where():
    now, ids = three(moscow="should")
    workshop = ordering(room(now, ids), now, "should")
    while question := in_bucket(workshop, now).question:
        answer = answered(
            question, max(question.a, question.b, key=(ids[1], ids[0], ids[2]).index), by=None, on=TODAY
        )
        workshop, now = in_order(replace(workshop, answers=(*workshop.answers, answer)), now)
    moved = tables(workshop, now)[0]["In another place"]
    assert [(row["title"], row["from"], row["to"]) for row in moved] == [("Request 3", 3, 1)]
