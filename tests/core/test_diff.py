"""What changed between two backlogs: words for every kind of change, the fewest moves, and the message in one line."""

import json
from dataclasses import asdict, replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, item
from mbl.core.changes.change import Change
from mbl.core.changes.diff import diff
from mbl.core.changes.files import unsaid
from mbl.core.changes.message import message, summary
from mbl.core.edit import accepted, declined, edited, finished, reopened, started, with_status
from mbl.core.ranking import fewest_moves, moved, ranked, rebalanced
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign
from mbl.model.item import Ended, Item, Offer, Part, Reviewed, Run, Source
from mbl.model.settings import Settings
from mbl.model.team import Person, Team

TODAY = date(2026, 11, 22)


def _list(*titles: str) -> Backlog:
    return backlog(
        *(
            item(id=f"bbbb{digit}", title=title, rank=f"a{digit}")
            for digit, title in zip("23456789", titles, strict=False)
        )
    )


def _words(before: Backlog, after: Backlog) -> list[str]:
    return [change.words for change in diff(before, after)]


ONE = _list("Webinar", "Poster", "Film", "Mail")
SAID = Ended(date=TODAY, by="ana", reason="No room\nthis quarter")
STEPS: dict[str, tuple[Any, str, str, str]] = {
    "accept": (lambda b: accepted(b, ["bbbb2"], on=TODAY, today=TODAY), "changed", "status", 'accept "Webinar"'),
    "start": (lambda b: started(b, ["bbbb2"], on=TODAY, today=TODAY), "changed", "status", 'start "Webinar"'),
    "done": (lambda b: finished(b, ["bbbb2"], on=TODAY, today=TODAY), "ended", "status", 'done "Webinar"'),
    "decline": (
        lambda b: declined(b, ["bbbb2"], today=TODAY, ended=SAID), "ended", "status",
        'decline "Webinar": No room this quarter',
    ),
    "title": (
        lambda b: edited(b, ["bbbb2"], {"title": "Fair"}), "changed", "title", 'edit "Webinar": now called "Fair"',
    ),
    "a new value": (lambda b: edited(b, ["bbbb2"], {"estimate": "5d"}), "changed", "estimate", 'edit "Webinar": estimate 5d'),
    "a value gone": (
        lambda b: edited(edited(b, ["bbbb3"], {}), ["bbbb2"], {"type": None}), "changed", "type",
        'edit "Webinar": type removed',
    ),
    "a list": (
        lambda b: edited(b, ["bbbb2"], {"labels": ("q4", "fair")}), "changed", "labels", 'edit "Webinar": labels q4, fair',
    ),
    "a mapping": (
        lambda b: edited(b, ["bbbb2"], {"runs": Run(from_=date(2026, 12, 1))}), "changed", "runs",
        'edit "Webinar": runs from 2026-12-01, touches_per_week 1',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_every_kind_of_change_has_words(name: str) -> None:
    step, what, field, words = STEPS[name]
    before = edited(ONE, ["bbbb2"], {"type": "webinar"})
    (change,) = diff(before, step(before))
    assert (change.id, change.what, change.field, change.words) == ("bbbb2", what, field, words)
    assert summary([change]) == words[0].upper() + words[1:]


def test_steps_back_have_words_of_their_own() -> None:
    promised = accepted(ONE, ["bbbb2"], on=TODAY, today=TODAY)
    doing = started(promised, ["bbbb2"], on=TODAY, today=TODAY)
    dropped = declined(promised, ["bbbb2"], today=TODAY, ended=Ended(date=TODAY))
    back = with_status(doing, ["bbbb2"], "committed", today=TODAY, ended=Ended(date=TODAY))
    request = with_status(promised, ["bbbb2"], "request", today=TODAY, ended=Ended(date=TODAY))
    assert _words(promised, dropped) == ['drop "Webinar"']
    assert _words(dropped, reopened(dropped, ["bbbb2"])) == ['reopen "Webinar"']
    assert _words(doing, back) == ['take back "Webinar"']
    assert _words(promised, request) == ['take back "Webinar"']


def test_items_come_and_go() -> None:
    more = ONE.with_items(
        {
            "items/x.yaml": item(id="ccccc", title="Fair", requester="cmo"),
            "items/y.yaml": item(id="cccc2", title="Talk", status="doing"),
        }
    )
    assert _words(ONE, more) == ['add "Talk"', 'add request "Fair" (asked by cmo)']
    assert _words(more, ONE) == ['remove "Talk"', 'remove "Fair"']
    assert [(change.what, change.before, change.after) for change in diff(ONE, more)] == [
        ("added", None, "Talk"), ("added", None, "Fair"),
    ]  # fmt: skip


def test_files_around_the_items_change_by_key_and_come_and_go() -> None:
    before = replace(ONE, people={"ana": Person()}, teams={"teams/growth.yaml": Team(people={"ana": 1.0})})
    after = replace(
        ONE, people={"ana": Person(), "ben": Person(name="Ben")}, settings=Settings(capacity=32.5),
        teams={"teams/growth.yaml": Team(people={"ana": 0.5})},
    )  # fmt: skip
    assert _words(before, after) == [
        "edit mbl.yaml: capacity 32.5",
        "edit people.yaml: ben name Ben",
        "edit teams/growth.yaml: people ana 1 → 0.5",
    ]
    assert _words(ONE, before) == ["add people.yaml", "add teams/growth.yaml"]
    assert _words(before, ONE) == ["remove people.yaml", "remove teams/growth.yaml"]


def test_a_renamed_file_is_neither_new_nor_gone() -> None:
    campaign = Campaign(id="ccccc", title="Test", hypothesis="It works", start=TODAY, deadline=TODAY)
    before = replace(ONE, campaigns={"campaigns/a.yaml": campaign})
    items = dict(before.items)
    items["items/webinar-bbbb2.yaml"] = items.pop("items/bbbb2.yaml")
    after = replace(before, items=items, campaigns={"campaigns/test-ccccc.yaml": campaign})
    assert _words(before, after) == [
        "rename campaigns/a.yaml → campaigns/test-ccccc.yaml",
        "rename items/bbbb2.yaml → items/webinar-bbbb2.yaml",
    ]


def test_a_move_names_the_places_before_and_after() -> None:
    (change,) = diff(ONE, moved(ONE, ["bbbb5"], to=2))
    assert (change.what, change.field, change.before, change.after) == ("moved", "rank", 4, 2)
    assert change.words == 'rank "Mail" 4 → 2'


def test_of_two_neighbours_that_swap_the_one_is_named_whose_key_changed() -> None:
    for id_, to, words in (("bbbb2", 2, 'rank "Webinar" 1 → 2'), ("bbbb3", 1, 'rank "Poster" 2 → 1')):
        assert _words(ONE, moved(ONE, [id_], to=to)) == [words]


def test_a_new_key_in_the_same_place_is_no_move() -> None:
    after = edited(ONE, ["bbbb2"], {"rank": "a1V"})
    (change,) = diff(ONE, after)
    assert (change.what, change.words) == ("changed", 'new rank key for "Webinar"')
    assert summary(diff(ONE, rebalanced(ONE))) == "New rank key 4"


def test_an_item_that_ended_and_moved_has_no_place_any_more() -> None:
    after = finished(moved(ONE, ["bbbb5"], to=1), ["bbbb5"], on=TODAY, today=TODAY)
    assert [change.what for change in diff(ONE, after)] == ["ended", "changed"]
    assert _words(ONE, after)[0] == 'done "Mail"'
    assert not any("→" in words for words in _words(ONE, after))


def test_who_only_moves_up_because_another_left_has_not_moved() -> None:
    assert _words(ONE, finished(ONE, ["bbbb2"], on=TODAY, today=TODAY)) == ['done "Webinar"']


def test_nothing_changed_nothing_said() -> None:
    assert diff(ONE, ONE) == ()
    assert diff(ONE, Backlog(**{name: getattr(ONE, name) for name in ("settings", "items")})) == ()
    assert message(()) == ""


def test_the_summary_has_the_form_of_the_contract() -> None:
    before = backlog(*(item(id=f"bbbb{c}", title=f"Request {c}", rank=f"a{c}") for c in "bcdfghjkmnpqrstvwx"))
    before = edited(before, ["bbbbs"], {"title": "Webinar for CTOs"})
    after = moved(before, ["bbbbs"], to=3)
    after = accepted(after, ["bbbbb", "bbbbc"], on=TODAY, today=TODAY)
    after = declined(after, ["bbbbx"], today=TODAY, ended=Ended(date=TODAY))
    assert summary(diff(before, after)) == 'Rank: "Webinar for CTOs" 14 → 3; accept 2; decline 1'
    assert summary(diff(before, moved(after, ["bbbbw"], to=1))).startswith(
        'Rank: "Request w" 17 → 1 and 1 more; accept'
    )


def test_a_message_has_a_short_subject_and_every_change_below() -> None:
    changes = [
        Change(id=str(number), what="changed", words=f"accept {number}", verb="accept")
        for number in range(250)
    ]
    lines = message(changes).split("\n")
    assert lines[:3] == ["Accept 250", "", "- accept 0"]
    assert (len(lines), lines[-1]) == (203, "- … and 50 more")
    long = Change(id="x", what="changed", words="x" * 500, verb="rank")
    assert max(len(line) for line in message([long]).split("\n")[:1]) == 120


def test_files_of_which_nothing_is_said_are_named_by_their_path() -> None:
    after = edited(ONE, ["bbbb2"], {"estimate": "5d"})
    files = {
        "items/bbbb2.yaml": None,
        "items/bbbb3.yaml": None,
        "replies/de.md": True,
        "schemas/item.json": False,
    }
    said = unsaid(diff(ONE, after), files, ONE, after)
    assert [change.words for change in said] == [
        "edit items/bbbb3.yaml",
        "add replies/de.md",
        "remove schemas/item.json",
    ]


FULL = item(
    id="bbbbb", title="All", rank="a0", status="declined", accepted=TODAY, ended=SAID, requester="x", moscow="could",
    reviewed=Reviewed(date=TODAY), estimate="5d", outcomes={"a": 1.0, "b": 2.0}, remaining="1d", earliest="2026-12",
    due=TODAY, runs=(TODAY,), offer=Offer(product="p", from_=TODAY), parts=(Part(skill="copy", effort="2d"),),
    depends_on=("ccccc",), labels=("q4",), source=Source(system="s", key="1"), description="long " * 100,
)  # fmt: skip


def test_values_before_and_after_are_plain_json() -> None:
    empty = Item(id="bbbbb", title="None")
    for before, after in (
        (backlog(FULL), backlog(empty)),
        (backlog(empty), backlog(FULL)),
        (ONE, backlog(FULL)),
    ):
        changes = diff(before, after)
        assert changes
        for change in changes:
            assert json.loads(json.dumps(asdict(change))) == asdict(change)
            assert len(change.words) <= 330
            assert "\n" not in change.words


@pytest.mark.parametrize("size", range(7))
def test_the_fewest_moves_are_the_fewest(size: int) -> None:
    """Brute force: an order is explained by moving a set if the others stand in their former order."""
    before = "abcdefg"[:size]
    for after in permutations(before):
        movers = fewest_moves(before, after)
        kept = [id_ for id_ in after if id_ not in movers]
        assert kept == sorted(kept)
        longest = max(
            (
                sum(1 for bit in range(size) if mask >> bit & 1)
                for mask in range(2**size)
                if _rises(after, mask)
            ),
            default=0,
        )
        assert len(movers) == size - longest


def _rises(after: tuple[str, ...], mask: int) -> bool:
    chosen = [id_ for bit, id_ in enumerate(after) if mask >> bit & 1]
    return chosen == sorted(chosen)


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef")))
@settings(max_examples=150, deadline=None)
def test_of_the_fewest_moves_those_with_the_fewest_settled_are_taken(
    after: list[str], settled: set[str]
) -> None:
    movers = fewest_moves("abcdef", after, settled=settled)
    size = len(fewest_moves("abcdef", after))
    stays = [mask for mask in range(64) if mask.bit_count() == 6 - size and _rises(tuple(after), mask)]
    rivals = [{id_ for bit, id_ in enumerate(after) if not mask >> bit & 1} for mask in stays]
    assert movers in rivals
    assert len(movers & settled) == min(len(rival & settled) for rival in rivals)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(1, 9)), max_size=5))
@settings(max_examples=100, deadline=None)
def test_the_moves_explain_the_new_order_and_name_what_was_moved(moves: list[tuple[int, int]]) -> None:
    before = after = _list(*"abcdefgh")
    for which, to in moves:
        after = moved(after, [f"bbbb{'23456789'[which]}"], to=to)
    changes = [change for change in diff(before, after) if change.what == "moved"]
    movers = {change.id for change in changes}
    was, now = ([row.item.id for row in ranked(each)] for each in (before, after))
    assert [id_ for id_ in was if id_ not in movers] == [id_ for id_ in now if id_ not in movers]
    assert [(was.index(change.id) + 1, now.index(change.id) + 1) for change in changes] == [
        (change.before, change.after) for change in changes
    ]
    rekeyed = {id_ for id_ in was if before.item(id_).rank != after.item(id_).rank}
    assert len(movers) < len(rekeyed) or movers == rekeyed
