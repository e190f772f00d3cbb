"""`mbl rank REF…`: every way to move requests; as few files as possible change."""

from pathlib import Path

import pytest

from world import changed, files, ids, mbl, write_item

MOVES = (
    (("5", "--top"), "pqr66 kdw22 kdw33 fgh44 xzc55"),
    (("1", "--bottom"), "kdw33 fgh44 xzc55 pqr66 kdw22"),
    (("5", "--to", "2"), "kdw22 pqr66 kdw33 fgh44 xzc55"),
    (("1", "--to", "4"), "kdw33 fgh44 xzc55 kdw22 pqr66"),
    (("1", "--to", "99"), "kdw33 fgh44 xzc55 pqr66 kdw22"),
    (("5", "--above", "2"), "kdw22 pqr66 kdw33 fgh44 xzc55"),
    (("5", "--below", "2"), "kdw22 kdw33 pqr66 fgh44 xzc55"),
    (("1", "--below", "pqr66"), "kdw33 fgh44 xzc55 pqr66 kdw22"),
    (("webinar", "--above", "autumn"), "kdw33 fgh44 kdw22 xzc55 pqr66"),
    (("5", "3", "--top"), "pqr66 fgh44 kdw22 kdw33 xzc55"),
    (("3", "1", "--bottom"), "kdw33 xzc55 pqr66 fgh44 kdw22"),
    (("5", "1", "--to", "2"), "kdw33 pqr66 kdw22 fgh44 xzc55"),
    (("5", "4", "3", "2", "1", "--to", "1"), "pqr66 xzc55 fgh44 kdw33 kdw22"),
    (("1", "5", "--above", "4"), "kdw33 fgh44 kdw22 pqr66 xzc55"),
    (("1", "5", "--below", "3"), "kdw33 fgh44 kdw22 pqr66 xzc55"),
)


@pytest.mark.parametrize(("arguments", "expected"), MOVES)
def test_a_move_gives_this_order(small: Path, arguments: tuple[str, ...], expected: str) -> None:
    before = files(small)
    said = mbl("rank", *arguments)
    assert said.code == 0, said.err
    assert ids(mbl("list", "-f", "json")) == expected.split()
    moved = [argument for argument in arguments[: len(arguments) - 1] if not argument.startswith("--")]
    assert len(changed(before, files(small))) <= len(moved)
    for path in changed(before, files(small)):
        old, new = before[path].splitlines(), files(small)[path].splitlines()
        assert [line[:5] for line in new if line not in old] == [b"rank:"]


NOTHING = (
    ("1", "--top"), ("5", "--bottom"), ("3", "--to", "3"), ("2", "--above", "3"), ("3", "--below", "2"),
    ("2", "3", "--to", "2"), ("4", "5", "--bottom"),
)  # fmt: skip


@pytest.mark.parametrize("arguments", NOTHING)
def test_a_move_to_where_it_stands_writes_nothing(small: Path, arguments: tuple[str, ...]) -> None:
    before = files(small)
    said = mbl("rank", *arguments)
    assert (said.code, said.out, said.err) == (0, "", "Nothing to change.\n")
    assert mbl("rank", *arguments, "-f", "json").json["changes"] == []
    assert files(small) == before


def test_what_moved_is_said_with_places(small: Path) -> None:
    before = files(small)
    assert mbl("rank", "5", "--top", "--dry-run").out == 'Would move "Poster" 5 → 1\n'
    assert files(small) == before
    assert mbl("rank", "5", "--top").out == 'Moved "Poster" 5 → 1\n'
    said = mbl("rank", "1", "--to", "3", "-f", "json")
    (change,) = said.json["changes"]
    assert (change["id"], change["what"], change["field"], change["before"], change["after"]) == (
        "pqr66", "moved", "rank", 1, 3,
    )  # fmt: skip
    assert said.json["paths"] == ["items/pqr66.yaml"]


def test_the_list_without_a_ref(small: Path) -> None:
    assert mbl("rank").out == mbl("list").out
    assert mbl("rank", "-f", "csv", "--limit", "1").out == mbl("list", "-f", "csv", "--limit", "1").out


def test_ties_and_missing_ranks_are_settled_by_a_move_beside_them(small: Path) -> None:
    for id_, rank in (("zzz22", "a3"), ("zzz33", "a3"), ("zzz44", None), ("zzz55", "not a key!")):
        write_item(small, {"id": id_, "title": id_, **({"rank": rank} if rank and rank.isalnum() else {})})
    order = ["kdw22", "kdw33", "fgh44", "zzz22", "zzz33", "xzc55", "pqr66", "zzz44", "zzz55"]
    assert ids(mbl("list", "-f", "json")) == order
    assert mbl("rank", "1", "--below", "zzz22").code == 0
    assert ids(mbl("list", "-f", "json")) == [
        "kdw33",
        "fgh44",
        "zzz22",
        "kdw22",
        "zzz33",
        "xzc55",
        "pqr66",
        "zzz44",
        "zzz55",
    ]
    assert mbl("rank", "zzz55", "--above", "zzz44").code == 0
    assert ids(mbl("list", "-f", "json"))[-2:] == ["zzz55", "zzz44"]
    assert mbl("rank", "zzz44", "--to", "4").code == 0
    assert ids(mbl("list", "-f", "json"))[3] == "zzz44"


def test_rebalancing_keeps_the_order(acme: Path) -> None:
    order = ids(mbl("list", "-f", "json"))
    assert mbl("rank", "--rebalance", "--dry-run").code == 0
    said = mbl("rank", "--rebalance")
    assert said.code == 0
    assert ids(mbl("list", "-f", "json")) == order
    assert mbl("check").out.count("rank") == 0


WRONG = (
    (("3",), 2, "Say where to: mbl rank 3 --to 3"),
    (("--top",), 2, "Say what to move"),
    (("--to", "3"), 2, "Say what to move"),
    (("3", "--top", "--bottom"), 2, "Say one thing"),
    (("3", "--to", "2", "--above", "1"), 2, "Say one thing"),
    (("3", "--edit"), 2, "--edit"),
    (("3", "--rebalance"), 2, "--rebalance"),
    (("--edit", "--rebalance"), 2, "Say one thing"),
    (("3", "--top", "--team", "growth"), 2, "Filters choose what is shown"),
    (("3", "--top", "--limit", "3"), 2, "Filters choose what is shown"),
    (("3", "--to", "0"), 2, "--to: 0 is less than 1."),
    (("3", "--to", "top"), 2, "is not a whole number"),
    (("3", "--above", "3"), 1, "3 moves itself"),
    (("3", "--below", "spring"), 1, "spring moves itself"),
    (("3", "--above", "hrd77"), 1, "hrd77 is not in the list"),
    (("3", "--above", "nope"), 1, "'nope' fits no request."),
    (("3", "--below", "newsletter"), 1, "'newsletter' fits 2 requests"),
    (("hrd77", "--top"), 1, "is declined: it has no place in the list"),
    (("3", "--tpo"), 2, "--top"),
)


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG)
def test_a_move_that_makes_no_sense_is_refused(
    small: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    before = files(small)
    said = mbl("rank", *arguments)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert files(small) == before
