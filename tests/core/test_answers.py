"""What was answered is read through every chain, and no answer is overwritten by another."""

import pytest

from build import backlog, committed, item
from mbl.core.conflicts.answers import answers, told_apart, told_same
from mbl.errors import MblError
from mbl.model.item import Item

A, B, C, D = ("aaaaa".replace("a", letter) for letter in "bcdf")


def some(**fields: dict[str, object]) -> list[Item]:
    """Requests B, C, D and F of the list, in this order."""
    return [
        item(id=id_, rank=f"a{at}", **fields.get(id_, {})) for at, id_ in enumerate((A, B, C, D), start=1)
    ]


def test_the_same_as_a_third_is_the_same() -> None:
    known = answers(some(**{A: {"duplicate_of": C}, B: {"duplicate_of": C}}))
    assert known.same(A, B)
    assert known.settled(A, C)
    assert not known.settled(A, D)


def test_not_the_same_as_one_is_not_the_same_as_its_duplicates() -> None:
    known = answers(some(**{A: {"duplicate_of": C}, D: {"not_duplicate_of": (A,)}}))
    assert known.apart(C, D)
    assert known.settled(A, D)


def test_a_circle_of_duplicates_is_one_group() -> None:
    known = answers(
        some(
            **{A: {"duplicate_of": B}, B: {"duplicate_of": C}, C: {"duplicate_of": A}, D: {"duplicate_of": A}}
        )
    )
    assert all(known.same(A, other) for other in (B, C, D))


def test_yes_is_kept_with_the_lower_and_a_promise_is_never_the_duplicate_of_a_request() -> None:
    requests = backlog(*some())
    assert told_same(requests, A, C).item(C).duplicate_of == A
    assert told_same(requests, C, A).item(C).duplicate_of == A
    promised = backlog(item(id=A, rank="a1"), committed(id=B, rank="a2"))
    assert told_same(promised, A, B).item(A).duplicate_of == B


def test_yes_links_whole_groups_and_keeps_every_former_answer() -> None:
    before = backlog(*some(**{B: {"duplicate_of": A}, D: {"duplicate_of": C}}))
    after = told_same(before, B, D)
    assert [after.item(id_).duplicate_of for id_ in (A, B, C, D)] == [None, A, A, C]
    assert told_same(after, A, D) is after


def test_no_is_kept_with_the_lower_once() -> None:
    after = told_apart(backlog(*some()), C, B)
    assert after.item(C).not_duplicate_of == (B,)
    assert told_apart(after, B, C) is after


@pytest.mark.parametrize(
    ("verb", "fields"), [(told_same, {C: {"not_duplicate_of": (A,)}}), (told_apart, {C: {"duplicate_of": A}})]
)
def test_an_answer_that_contradicts_another_is_refused(
    verb: object, fields: dict[str, dict[str, object]]
) -> None:
    assert callable(verb)
    with pytest.raises(MblError, match="Somebody said"):
        verb(backlog(*some(**fields)), A, C)


def test_nothing_is_the_same_as_itself() -> None:
    with pytest.raises(MblError, match="itself"):
        told_same(backlog(*some()), A, A)
