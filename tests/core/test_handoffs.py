"""Hand-offs are the changes of team along the parts."""

import pytest

from build import backlog, committed, item
from mbl.core.teams.handoffs import hand_offs, handing_over
from mbl.model.item import Item, Part


def parts(*teams: str | None, effort: str = "1d") -> tuple[Part, ...]:
    return tuple(Part(skill="copy", effort=effort, team=team) for team in teams)


@pytest.mark.parametrize(
    ("teams", "own", "times"),
    [
        (("content", "design", "content", "martech"), None, 3),
        (("content", "content"), None, 0),
        ((None, "design"), "content", 1),
        ((None, "content", None), "content", 0),
        (("content", None, "design"), None, 1),
        ((None, None), None, 0),
    ],
)
def test_every_change_of_team_is_one(teams: tuple[str | None, ...], own: str | None, times: int) -> None:
    assert hand_offs(item(team=own, parts=parts(*teams))) == times


def test_an_item_without_parts_says_nothing() -> None:
    assert hand_offs(item(team="content")) is None


def finished(*teams: str, effort: str = "1d") -> Item:
    return item(status="done", team=teams[0], parts=parts(*teams, effort=effort))


def test_finished_items_are_averaged_and_weighed_by_their_effort() -> None:
    of = handing_over(
        backlog(
            finished("a", "b", "a", effort="2d"),
            finished("a", "a", effort="1d"),
            item(status="done", team="a"),
        )
    )
    assert (of.mean, of.items) == (1.0, 2)
    assert of.without == pytest.approx(2 / 8)


def test_the_pairs_count_promised_and_finished_work_in_both_directions() -> None:
    wish = item(team="a", parts=parts("a", "c"))
    of = handing_over(backlog(finished("a", "b", "a"), committed(team="a", parts=parts("b", "c", "b")), wish))
    assert of.pairs == ((("a", "b"), 2), (("b", "c"), 2))


def test_one_team_answers_for_its_own_items() -> None:
    of = backlog(finished("a", "b"), finished("c", "c"))
    assert handing_over(of, team="a").mean == 1
    assert handing_over(of, team="c").mean == 0
    assert handing_over(of, team="b").mean is None
