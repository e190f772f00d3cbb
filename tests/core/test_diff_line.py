"""Who fits this quarter after a change, and who no longer does."""

from datetime import date

from build import backlog, committed, item
from mbl.core.capacity.cut_line import CutLine, cut_line
from mbl.core.changes.line import line_shifts
from mbl.core.edit import accepted, declined
from mbl.core.ranking import moved
from mbl.model.backlog import Backlog
from mbl.model.item import Ended
from mbl.model.settings import Settings

TODAY = date(2026, 12, 1)
"""One month of the quarter is left: twenty days, and the backlog below has thirty."""
LIST = backlog(
    *(committed(id=f"bbbb{at}", title=f"Work {at}", rank=f"a{at}", estimate="5d", accepted=TODAY) for at in range(2, 8)),
    item(id="bbbb8", title="Wish", rank="a8", estimate="5d"),
    settings=Settings(capacity=20),
)  # fmt: skip


def _line(backlog: Backlog) -> CutLine:
    return cut_line(backlog, TODAY)


def _shifts(after: Backlog) -> list[tuple[str, str]]:
    return list(line_shifts(_line(LIST), _line(after)))


def test_what_moves_up_pushes_another_one_below_the_line() -> None:
    fitting = _line(LIST).will
    last = fitting[-1]
    found = _shifts(moved(LIST, ["bbbb7"], to=1))
    assert ("fits now", "Work 7 (#1)") in found
    assert any(
        label.endswith(("no longer fit", "no longer fits")) and f"Work {last[-1]} (" in title
        for label, title in found
    )


def test_what_ends_makes_room() -> None:
    after = declined(LIST, ["bbbb2"], today=TODAY, ended=Ended(date=TODAY))
    labels = [label for label, _ in _shifts(after)]
    assert labels
    assert all(label in ("fits now", "may fit now") for label in labels)


def test_a_new_promise_is_named_only_if_it_may_not_fit() -> None:
    below = accepted(LIST, ["bbbb8"], on=TODAY, today=TODAY)
    assert _shifts(below) == [("does not fit", "Wish (#7)")]
    top = moved(below, ["bbbb8"], to=1)
    assert "Wish" not in str(_shifts(top))


def test_nothing_moved_is_nothing_said_and_without_capacity_there_is_no_line() -> None:
    assert _shifts(LIST) == []
    bare = backlog(*LIST.items.values())
    assert line_shifts(_line(bare), _line(moved(bare, ["bbbb7"], to=1))) == ()
