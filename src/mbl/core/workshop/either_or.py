"""An order by either-or questions: binary insertion, one question at a time, from a recorded list of answers.

The answers are the whole state: played again they lead to the same next question, so that a workshop can stop
at any point. Contradictions are not noticed; the list stays editable. Refuses an answer that is neither item.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.capacity.words import days
from mbl.core.ranking import Ranked, fewest_moves, moved, ranked, reordered
from mbl.core.report import Block, Facts, Words
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item


@dataclass(frozen=True, slots=True)
class Question:
    """If only one could be done this quarter: `a`, which seeks its place, or `b`?"""

    a: str
    b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who chose what when; `chosen` is None for "can't say"."""

    a: str
    b: str
    chosen: str | None
    date: date
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The order as far as it is known (the rest as it was), the next question, and at most how many are left."""

    order: tuple[str, ...]
    question: Question | None
    left: int


def sorting(ids: Sequence[str], answers: Iterable[Answer]) -> Sorting:
    """These items put in order: where the answers lead, and what to ask next (None: it is done)."""
    waiting = tuple(dict.fromkeys(ids))
    return _inserted(waiting[:1], waiting[1:], answers)


def placing(id_: str, among: Sequence[str], answers: Iterable[Answer]) -> Sorting:
    """One item put at its place in a list that is in order already."""
    return _inserted(tuple(dict.fromkeys(other for other in among if other != id_)), (id_,), answers)


def answered(question: Question, chosen: str | None, *, by: str | None, on: date) -> Answer:
    """The answer to record; None is "can't say". Raises MblError if it is neither of the two."""
    if chosen not in (None, question.a, question.b):
        raise MblError(f"{chosen} was not asked about.", hint=f"Choose {question.a} or {question.b}.")
    return Answer(a=question.a, b=question.b, chosen=chosen, date=on, by=by)


def most_questions(items: int) -> int:
    """How many questions put so many items in order, at most: the sum of ceil(log2 k) from 2 to n."""
    return sum((k - 1).bit_length() for k in range(2, items + 1))


def placing_questions(others: int) -> int:
    """How many questions place one item among so many others, at most: ceil(log2(n + 1))."""
    return others.bit_length()


def arranged(backlog: Backlog, order: Sequence[str]) -> Backlog:
    """These items in this order on the places that they hold together; everything else stays where it is."""
    before = [row.item.id for row in ranked(backlog)]
    chosen = set(order)
    turn = iter(order)
    after = [next(turn) if id_ in chosen else id_ for id_ in before]
    return backlog if after == before else reordered(backlog, after, touched=fewest_moves(before, after))


def placed(backlog: Backlog, id_: str, order: Sequence[str]) -> Backlog:
    """The item right under the next one above it in this order that is still in the list; at the top if none is."""
    rest = {row.item.id: place for place, row in enumerate(_others(backlog, id_), start=1)}
    above = [rest[other] for other in order[: order.index(id_)] if other in rest]
    return moved(backlog, [id_], to=above[-1] + 1 if above else 1)


def question_blocks(backlog: Backlog, question: Question) -> tuple[Block, ...]:
    """The question as it is asked: both titles, with what they serve and what they take."""
    classes = reference_classes(backlog.items.values(), backlog.settings)
    facts = []
    for mark, id_ in (("1", question.a), ("2", question.b)):
        item = backlog.item(id_)
        facts.append((mark, f"{item.title}\n{_about(item, effort_of(item, classes).days)}"))
    return (
        Words(text="If only one of them could be done this quarter, which?", tone="headline"),
        Facts(facts=tuple(facts)),
    )


def _others(backlog: Backlog, id_: str) -> tuple[Ranked, ...]:
    return tuple(row for row in ranked(backlog) if row.item.id != id_)


def _inserted(placed: Sequence[str], waiting: Sequence[str], answers: Iterable[Answer]) -> Sorting:
    chosen = {frozenset((answer.a, answer.b)): answer.chosen for answer in answers}
    order = list(placed)
    for at, id_ in enumerate(waiting):
        low, high = _gap(id_, order, chosen)
        if low < high:
            rest = sum((len(order) + more).bit_length() for more in range(1, len(waiting) - at))
            question = Question(id_, order[(low + high) // 2])
            return Sorting(
                order=(*order, *waiting[at:]), question=question, left=(high - low).bit_length() + rest
            )
        order.insert(low, id_)
    return Sorting(order=tuple(order), question=None, left=0)


def _gap(id_: str, order: Sequence[str], chosen: Mapping[frozenset[str], str | None]) -> tuple[int, int]:
    """The places that are still possible; both ends are equal once the place is known."""
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        pair = frozenset((id_, order[middle]))
        if pair not in chosen:
            break
        if chosen[pair] is None:
            return middle + 1, middle + 1
        low, high = (low, middle) if chosen[pair] == id_ else (middle + 1, high)
    return low, high


def _about(item: Item, effort: float | None) -> str:
    serves = ", ".join(item.weights) or "no outcome"
    takes = "effort unknown" if effort is None else days(effort)
    asked = f", asked by {item.requester}" if item.requester else ""
    return f"{serves} · {takes}{asked}"
