"""What the cache keeps of a noun is the noun: packed, written by marshal, read and unpacked, it is equal."""

import marshal

import pytest
from any_noun import KINDS, any_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.model.backlog import FOLDERS
from mbl.model.item import Item, Run
from mbl.storage.packing import columns, nouns, pack, row, rows, unpacker


def again(kind, noun):
    restore = unpacker(kind)
    packed = marshal.loads(marshal.dumps(pack(noun)))
    return packed if restore is None else restore(packed)


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_packed_and_unpacked_is_the_same_noun(kind, data):
    noun = data.draw(any_of(kind))
    assert again(kind, noun) == noun


@pytest.mark.parametrize("kind", FOLDERS.values(), ids=str)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_many_nouns_in_columns_are_the_same_nouns_in_the_same_order(kind, data):
    several = data.draw(st.lists(any_of(kind), max_size=4))
    packed = [row(noun) for noun in several]
    kept = marshal.loads(marshal.dumps(columns(kind, packed)))
    assert nouns(kind, kept, len(several)) == several
    assert columns(kind, rows(kind, kept, len(several))) == kept


def test_types_survive_where_equality_would_not_show_it():
    from datetime import date

    item = Item(
        id="k7f3x", title="x", outcomes={"a": 1.0}, runs=Run(from_=date(2026, 1, 1)), depends_on=("m2q8t",), links=(),
    )  # fmt: skip
    back = again(Item, item)
    assert isinstance(back.runs, Run)
    assert type(back.runs.from_) is date
    assert type(back.depends_on) is type(back.links) is tuple
    assert type(back.outcomes) is dict
    assert isinstance(again(Item, Item(id="k7f3x", title="x", runs=(date(2026, 1, 1),))).runs, tuple)
    assert isinstance(again(Item, Item(id="k7f3x", title="x", outcomes=("a",))).outcomes, tuple)


def test_a_short_noun_packs_short():
    assert len(pack(Item(id="k7f3x", title="x"))) < 5


def test_readings_with_the_same_counters_pack_to_a_list_a_counter():
    from datetime import date

    days = (date(2026, 11, 1), date(2026, 11, 2))
    alike = tuple({"date": day, "sent": at, "date2": day} for at, day in enumerate(days))
    kind = tuple[dict[str, date | int], ...]
    assert pack(alike) == [
        ["date", "sent", "date2"],
        ["2026-11-01", "2026-11-02"],
        [0, 1],
        ["2026-11-01", "2026-11-02"],
    ]
    for readings in (
        alike,
        ({"date": days[0]}, {"date": days[1], "sent": 1}),
        ({},),
        ({}, {}),
        ({"sent": 1, "date": days[0]}, alike[0]),
    ):
        assert unpacker(kind)(marshal.loads(marshal.dumps(pack(readings)))) == readings
