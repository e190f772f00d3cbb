"""The order after a move is the one that was asked for, and as few keys as possible change."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from build import backlog, item
from mbl.core.ranking import at_bottom, in_order, moved, ranked, rebalanced, reordered, with_ended
from mbl.core.rankkey import is_key, n_between
from mbl.core.rules.check import mended
from mbl.model.backlog import Backlog

LETTERS = "bcdfghjkmnpq"
GOOD = ("a0", "a0V", "a1", "a2", "Zz", "b00", "a1V73", "a0G", "a1l")
BAD = ("00", "a0V0", "z1", "a00", "Zz0")
LAWS = settings(max_examples=250, deadline=None)


def _ids(backlog: Backlog) -> list[str]:
    return [row.item.id for row in ranked(backlog)]


def _backlog(ranks: list[str | None]) -> Backlog:
    return backlog(
        *(item(id=f"bbbb{letter}", rank=rank) for letter, rank in zip(LETTERS, ranks, strict=False))
    )


def _rekeyed(before: Backlog, after: Backlog) -> set[str]:
    return {id_ for id_ in before.path_of if before.item(id_).rank != after.item(id_).rank}


healthy = st.integers(1, 12).map(lambda n: _backlog(list(n_between(None, None, n))))
any_ranks = st.lists(
    st.one_of(st.none(), st.sampled_from(GOOD), st.sampled_from(BAD)), min_size=1, max_size=12
)
good_ranks = st.lists(st.one_of(st.none(), st.sampled_from(GOOD)), min_size=1, max_size=12)


def test_the_oracle_keys_are_keys_and_the_broken_ones_are_not() -> None:
    assert all(is_key(key) for key in GOOD)
    assert not any(is_key(key) for key in BAD)


@given(healthy, st.data())
@LAWS
def test_in_the_normal_case_only_the_moved_file_changes(before: Backlog, data: st.DataObject) -> None:
    ids = _ids(before)
    id_, to = data.draw(st.sampled_from(ids)), data.draw(st.integers(1, 14))
    after = moved(before, [id_], to=to)
    rest = [each for each in ids if each != id_]
    at = min(to - 1, len(rest))
    assert _ids(after) == [*rest[:at], id_, *rest[at:]]
    assert _rekeyed(before, after) == ({id_} if _ids(after) != ids else set())
    assert (after is before) == (_ids(after) == ids)


@given(any_ranks, st.data())
@LAWS
def test_whatever_the_keys_the_order_is_the_one_asked_for(
    ranks: list[str | None], data: st.DataObject
) -> None:
    before = _backlog(ranks)
    ids = _ids(before)
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids)))
    to = data.draw(st.integers(1, 14))
    after = moved(before, chosen, to=to)
    unique = list(dict.fromkeys(chosen))
    rest = [each for each in ids if each not in unique]
    at = min(to - 1, len(rest))
    assert _ids(after) == [*rest[:at], *unique, *rest[at:]]
    assert {path: replace(it, rank=None) for path, it in after.items.items()} == {
        path: replace(it, rank=None) for path, it in before.items.items()
    }
    assert moved(after, chosen, to=to) is after or _ids(moved(after, chosen, to=to)) == _ids(after)


@given(good_ranks, st.data())
@LAWS
def test_who_was_not_moved_keeps_a_key_that_is_its_own(ranks: list[str | None], data: st.DataObject) -> None:
    before = _backlog(ranks)
    ids = _ids(before)
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
    after = moved(before, chosen, to=data.draw(st.integers(1, 14)))
    own = {id_ for id_ in ids if (rank := before.item(id_).rank) and ranks.count(rank) == 1}
    assert _rekeyed(before, after) & own <= set(chosen)


def test_of_several_only_those_that_stand_wrong_get_a_new_key() -> None:
    before = _backlog(["a1", "a2", "a3", "a4", "a5"])
    assert _rekeyed(before, moved(before, ["bbbbb", "bbbbg"], to=1)) == {"bbbbg"}
    assert moved(before, ["bbbbb", "bbbbc", "bbbbd"], to=1) is before


def test_something_placed_between_two_equal_keys_gives_the_lower_one_a_new_key() -> None:
    before = _backlog(["a1", "a1", "a2", "a3"])
    after = moved(before, ["bbbbf"], to=2)
    assert _ids(after) == ["bbbbb", "bbbbf", "bbbbc", "bbbbd"]
    assert _rekeyed(before, after) == {"bbbbf", "bbbbc"}


def test_an_item_without_a_key_gets_one_when_it_is_ranked_where_it_stands() -> None:
    before = _backlog(["a1", None])
    after = moved(before, ["bbbbc"], to=2)
    assert _rekeyed(before, after) == {"bbbbc"}
    assert is_key(after.item("bbbbc").rank or "")


@given(any_ranks, st.randoms())
@LAWS
def test_a_whole_new_order_is_taken_over(ranks: list[str | None], random: object) -> None:
    before = _backlog(ranks)
    wanted = _ids(before)
    random.shuffle(wanted)  # type: ignore[attr-defined]
    assert _ids(reordered(before, wanted, touched=wanted)) == wanted


@given(st.lists(st.tuples(st.one_of(st.none(), st.sampled_from(GOOD + BAD)), st.booleans()), max_size=12))
@LAWS
def test_mending_and_rebalancing_keep_the_order_of_open_and_ended(
    rows: list[tuple[str | None, bool]],
) -> None:
    before = _backlog([rank for rank, _ in rows])
    ended = {
        f"items/bbbb{letter}.yaml" for letter, (_, is_open) in zip(LETTERS, rows, strict=False) if not is_open
    }
    items = {
        path: replace(it, status="done" if path in ended else "request") for path, it in before.items.items()
    }
    before = replace(before, items=items)
    for after in (mended(before), rebalanced(before)):
        assert [it.id for _, it in in_order(after)] == [it.id for _, it in in_order(before)]
        assert _ids(after) == _ids(before)
        keys = [it.rank for it in after.items.values()]
        assert all(is_key(key or "") for key in keys)
        assert len(set(keys)) == len(keys)
        assert mended(after) is after
    own = {it.rank for it in before.items.values() if it.rank and is_key(it.rank)}
    assert own <= {it.rank for it in mended(before).items.values()}


def test_ranked_is_by_key_then_by_id_and_without_a_key_last() -> None:
    rows = backlog(
        item(id="bbbb5", rank="a1"), item(id="bbbb4", rank="a1"), item(id="bbbb3"), item(id="bbbb2"),
        item(id="bbbb6", rank="Zz"), item(id="bbbb7", rank="a0", status="done"), item(id="bbbb8", rank="b00"),
    )  # fmt: skip
    assert [(row.position, row.item.id) for row in ranked(rows)] == [
        (1, "bbbb6"), (2, "bbbb4"), (3, "bbbb5"), (4, "bbbb8"), (5, "bbbb2"), (6, "bbbb3"),
    ]  # fmt: skip
    assert [(row.position, row.item.id) for row in with_ended(rows)][6:] == [(None, "bbbb7")]


def test_the_bottom_lies_under_every_key_also_of_ended_items() -> None:
    assert at_bottom(_backlog([]), "bbbbz").startswith("a0")
    rows = _backlog(["a1", "z1", None])
    ended = rows.with_items({"items/x.yaml": item(id="ccccc", rank="a5", status="done")})
    first = at_bottom(ended, "bbbbz")
    second = at_bottom(ended, "bbbby", after=first)
    assert "a5" < first < second
    assert is_key(first)
    assert is_key(second)


def test_the_same_item_in_the_same_place_gets_the_same_key_on_two_branches_and_another_item_another() -> None:
    before = _backlog(["a1", "a2", "a3", "a4"])
    one, again = (moved(before, ["bbbbf"], to=2) for _ in range(2))
    other = moved(before, ["bbbbd"], to=2)
    assert one == again
    assert one.item("bbbbf").rank != other.item("bbbbd").rank


def test_keys_stay_short_when_two_hundred_items_are_put_into_one_gap() -> None:
    """Known growth: at most 38 characters for 200 inserts into one single gap."""
    ids = [f"{a}{b}{c}22" for a in LETTERS for b in LETTERS for c in "bc"][:202]
    rows = backlog(
        *(item(id=id_, rank=key) for id_, key in zip(ids, n_between(None, None, 202), strict=True))
    )
    for id_ in ids[2:]:
        rows = moved(rows, [id_], to=2)
    assert _ids(rows) == [ids[0], *reversed(ids[2:]), ids[1]]
    assert max(len(row.item.rank or "") for row in ranked(rows)) <= 38
