import random
from bisect import bisect

import pytest
from fractional_indexing import generate_key_between, generate_n_keys_between  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from mbl.core.rankkey import DIGITS, between, is_key, n_between, place, suffix

HEADS = DIGITS[10:]


def _key(parts: tuple[str, str, str]) -> str:
    """A valid key from a head, a pool of digits and a fraction."""
    head, pool, fraction = parts
    position = HEADS.index(head)
    width = position - 25 if position > 25 else 26 - position
    body = (pool * 26)[:width]
    return head + body + fraction.rstrip("0")


keys = (
    st.tuples(
        st.one_of(st.sampled_from("YZab"), st.sampled_from(HEADS)),
        st.text(DIGITS, min_size=1, max_size=4),
        st.text(DIGITS, max_size=5),
    )
    .map(_key)
    .filter(is_key)
)
ids = st.text("bcdfghjkmnpqrstvwxz23456789", min_size=5, max_size=5)
maybe = st.one_of(st.none(), keys)


@pytest.mark.parametrize(
    ("a", "b", "key"),
    [
        (None, None, "a0"),
        ("a0", None, "a1"),
        (None, "a0", "Zz"),
        ("a1", "a2", "a1V"),
        ("a0", "a0V", "a0G"),
        ("a0V", "a1", "a0l"),
        ("Zz", "a0", "ZzV"),
        ("az", None, "b00"),
        ("Zz", None, "a0"),
        (None, "Z0", "Yzz"),
        ("z" + "z" * 26, None, "z" + "z" * 26 + "V"),
        (None, "A" + "0" * 25 + "1", "A" + "0" * 26 + "V"),
        (None, "A" + "0" * 26 + "1", "A" + "0" * 26 + "0V"),
    ],
)
def test_between_gives_the_known_key(a, b, key):
    assert between(a, b) == key


def test_two_keys_between_a1_and_a2_are_a1g_and_a1v():
    assert n_between("a1", "a2", 2) == ("a1G", "a1V")


@pytest.mark.parametrize(("id_", "expected"), [("MB-0001", "73"), ("MB-0002", "yu")])
def test_a_suffix_comes_from_the_id_alone(id_, expected):
    assert suffix(id_) == expected


@pytest.mark.parametrize(
    ("a", "b", "id_", "key"),
    [
        ("a0", "a1", "MB-0001", "a0V73"),
        (None, None, "MB-0001", "a073"),
        ("a0", None, "MB-0002", "a1yu"),
        (None, "a0", "MB-0002", "Zzyu"),
        ("a0", "a1V", "MB-0001", "a0V73"),
        ("a0", "a0V", "MB-0001", "a0G73"),
        ("a0zz", "a1", "MB-0001", "a0zzV73"),
    ],
)
def test_place_gives_the_known_key(a, b, id_, key):
    assert place(a, b, id_) == key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("a0", "a0"),
        ("a1", "a0"),
        ("a00", None),
        (None, "a10"),
        ("", None),
        ("a", "a1"),
        ("0", "a1"),
        ("a_", None),
    ],
)
def test_equal_reversed_or_invalid_bounds_are_refused(a, b):
    with pytest.raises(ValueError, match="rank key"):
        between(a, b)


@pytest.mark.parametrize(
    "text", ["a0", "Zz", "a0V73", "b00", "A" + "0" * 26 + "V", "zABCDEFGHIJKLMNOPQRSTUVWXYZ"]
)
def test_keys_are_recognised(text):
    assert is_key(text)


@pytest.mark.parametrize(
    "text", ["", "a", "b0", "a00", "a0V0", "00", "a-", "aé", "A" + "0" * 26, "A0", "a0 "]
)
def test_other_texts_are_no_keys(text):
    assert not is_key(text)


@given(maybe, maybe)
def test_between_agrees_with_the_reference_implementation(a, b):
    if a is not None and b is not None and a >= b:
        return
    if a is None and b is not None and b.startswith("A"):
        return  # the reference gives a key it refuses itself
    assert between(a, b) == generate_key_between(a, b)


@given(
    st.integers(0, 70),
    st.sampled_from([(None, None), ("a0", None), (None, "b00"), ("a0", "a1"), ("a0V", "a0W")]),
)
def test_n_keys_agree_with_the_reference_implementation(n, bounds):
    a, b = bounds
    assert list(n_between(a, b, n)) == generate_n_keys_between(a, b, n)


@given(maybe, maybe, ids)
def test_a_placed_key_is_a_key_strictly_between_its_bounds(a, b, id_):
    if a is not None and b is not None and a >= b:
        return
    key = place(a, b, id_)
    assert is_key(key)
    assert a is None or a < key
    assert b is None or key < b


@given(keys, ids, ids)
def test_a_key_can_be_placed_between_a_key_and_its_own_extension(a, first, second):
    b = a + suffix(first)
    key = place(a, b, second)
    assert a < key < b


def test_keys_stay_short_over_thousands_of_moves():
    rng = random.Random(1)
    order = sorted((key + suffix(str(n)), str(n)) for n, key in enumerate(n_between(None, None, 300)))
    longest = 0
    for _ in range(3_000):
        _, id_ = order.pop(int(rng.random() * len(order)))
        gap = int(rng.random() * (len(order) + 1))
        key = place(order[gap - 1][0] if gap else None, order[gap][0] if gap < len(order) else None, id_)
        assert bisect(order, (key, id_)) == gap
        order.insert(gap, (key, id_))
        longest = max(longest, len(key))
    assert longest <= 14


def test_two_hundred_inserts_into_one_gap_stay_under_forty_characters():
    low, high = "a0", "a1"
    for n in range(200):
        high = place(low, high, f"MB-{n:04}")
    assert len(high) == 38
