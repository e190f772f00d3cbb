"""The sentences about the flow of work: what a lead reads at once, and what to do with work that has become old.

Refuses nothing; what cannot be said yet is said with what it takes.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from mbl.core.capacity.effort import effort_of, reference_classes
from mbl.core.capacity.history import teams_of
from mbl.core.capacity.words import count, days
from mbl.core.measures.series import counts
from mbl.core.measures.work_flow import LEAST_FINISHED, Flow, Wasted
from mbl.model.backlog import Backlog
from mbl.model.item import Item


def sentence(of: Flow) -> str:
    """How much is finished, how long it takes, and how much is in progress for too long."""
    return " ".join(text for text in (_finished(of), _took(of), _in_progress(of)) if text)


def facts(of: Flow, backlog: Backlog) -> Iterator[tuple[str, str]]:
    """The numbers behind the sentence, a label and a text each."""
    if of.finished:
        found = [week.finished for week in of.weeks]
        span = f"{min(found)} to {max(found)} a week since {of.weeks[0].monday}"
        yield "Finished per week", f"{counts(found)}  {span}"
    if teams := _teams([each.item for each in of.in_work]):
        yield "In progress", teams
    if of.wasted:
        yield "Dropped in work", wasted_words(of.wasted, backlog)


def notes(of: Flow) -> Iterator[str]:
    """What was not counted, and why."""
    unstarted = sum(each.age is None for each in of.in_work)
    if of.unknown:
        what = "was" if of.unknown == 1 else "were"
        yield (
            f"{count(of.unknown, 'item')} {what} done without a start: counted as finished, but nobody knows "
            "how long it took. (mbl start writes the day.)"
        )
    if unstarted:
        yield (
            f"{count(unstarted, 'item')} {'is' if unstarted == 1 else 'are'} in progress, and nobody can say since "
            "when: mbl check --fix looks it up in git."
        )
    if of.odd:
        yield (
            f"{count(of.odd, 'item')} left out: the dates contradict each other or lie ahead. mbl check names them."
        )


def wasted_words(wasted: Collection[Wasted], backlog: Backlog) -> str:
    """`1 item, 149 days after its start; 7 days of effort were planned for it`."""
    classes = reference_classes(backlog.items.values(), backlog.settings)
    efforts = [sized.days for each in wasted if (sized := effort_of(each.item, classes)).days is not None]
    longest = max(each.days for each in wasted)
    span = (
        f"{count(longest, 'day')} after its start"
        if len(wasted) == 1
        else f"up to {count(longest, 'day')} after the start"
    )
    planned = f"; {days(sum(efforts))} of effort were planned" if efforts else ""
    return f"{count(len(wasted), 'item')}, {span}{planned}"


def to_do(item: Item, backlog: Backlog, outcomes: Collection[str]) -> str:
    """What to do with an item that is in progress for too long; `outcomes` are the open ones."""
    waits = [id_ for id_ in item.depends_on if id_ in backlog.path_of and backlog.item(id_).is_open]
    if waits:
        return f"first {waits[0]}"
    if outcomes and not any(name in outcomes for name in item.weights):
        return "ask if it is wanted"
    if item.owner is None:
        return "name an owner"
    return "finish it, or cut it"


def rate(a_week: float) -> str:
    """`1.1`, `12`."""
    return f"{a_week:,.0f}" if a_week >= 9.95 else f"{a_week:.1f}".removesuffix(".0")  # noqa: PLR2004


def since_words(since: date | None) -> str:
    """` since 2026-08-03`; nothing where everything counts."""
    return f" since {since}" if since else ""


def _finished(of: Flow) -> str:
    weeks = f"the last {count(len(of.weeks), 'week')}" if len(of.weeks) != 1 else "the last week"
    if not of.weeks or of.a_week is None:
        return "No whole week has passed yet." if of.took or of.in_work or of.unknown else ""
    if not of.finished:
        return f"Nothing was finished in {weeks}."
    what = "was" if of.finished == 1 else "were"
    a_week = f", {rate(of.a_week)} a week" if len(of.weeks) > 1 else ""
    return f"{count(of.finished, 'item')} {what} finished in {weeks}{a_week}."


def _took(of: Flow) -> str:
    if not of.took or not of.cycle:
        return ""
    if of.limit is None:
        shortest, longest = of.took[0], of.took[-1]
        span = count(longest, "day") if shortest == longest else f"{shortest} to {count(longest, 'day')}"
        return f"From start to end {'it' if len(of.took) == 1 else 'each'} took {span}."
    return f"Half took {count(of.cycle.p50, 'day')} or less from start to end, 85 in 100 took {of.cycle.p85} or less."


def _in_progress(of: Flow) -> str:
    if not of.in_work:
        return "Nothing is in progress." if of.weeks or of.took else ""
    begun = f"{count(len(of.in_work), 'item')} {'is' if len(of.in_work) == 1 else 'are'} in progress"
    if of.limit is None:
        return f"{begun}; how long is too long shows from {LEAST_FINISHED} finished items on ({len(of.took)} so far)."
    if not of.old:
        return f"{begun}, none for longer than that."
    return (
        f"{begun}, {len(of.old)} of them for longer than that."
        if len(of.in_work) > 1
        else f"{begun}, for longer than that."
    )


def _teams(items: list[Item]) -> str:
    """`content works on 5, brand on 4 (on 2 together)`; nothing where no team is named."""
    at_work = [[team for team in teams_of(item) if team] for item in items]
    numbers = Counter(team for teams in at_work for team in teams)
    shared = sum(len(teams) > 1 for teams in at_work)
    first, *others = sorted(numbers.items(), key=lambda row: (-row[1], row[0])) or [("", 0)]
    rest = (f"{team} on {number}" for team, number in others)
    said = ", ".join((f"{first[0]} works on {first[1]}", *rest)) if numbers else ""
    return f"{said} (on {shared} together)" if shared else said
