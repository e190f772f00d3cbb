"""The sentences of `mbl blueprint`: whether it fits, what does not and what would help, what to look at.

Refuses nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum

from mbl.core.blueprint.filling import TOLERANCE
from mbl.core.blueprint.jobs import MONTHS, Lane
from mbl.core.blueprint.plan import Plan, Rejected
from mbl.core.blueprint.scheduling import Shortage
from mbl.core.capacity.figures import GUESS_LIMIT
from mbl.core.capacity.words import count, percent
from mbl.core.capacity.workdays import month_of, months_from
from mbl.model.backlog import Backlog
from mbl.model.item import Item

_NAMED = 5
_LONGEST_TITLE = 60


def headline(plan: Plan) -> str:
    """Whether what is promised and due fits into the three months."""
    when = span(plan.months)
    if plan.over == MONTHS:
        return f"{when}: these months are over."
    if plan.rejected and not any(plan.capacity[None]):
        return f"Over-committed: no capacity in {when}, so nothing can be planned."
    if plan.musts_short:
        return f"Over-committed: not possible. The Musts alone are {short(plan.musts_short, plan)}."
    if plan.rejected:
        worst, *more = plan.rejected
        others = (
            f"; {count(len(more), 'other')} {'does' if len(more) == 1 else 'do'} not fit either"
            if more
            else ""
        )
        return f"Over-committed: {title(worst.row.item)} is {short(worst.shortages[0], plan)}{others}."
    if not plan.planned:
        return f"Nothing is planned from {when}."
    planned, have = fsum(map(plan.days, plan.months)), fsum(plan.capacity[None])
    return f"It fits: {count(len(plan.planned), 'deliverable')} from {when}, {days(planned)} of {days(have)} planned."


def remarks(plan: Plan, today: date) -> tuple[str, ...]:
    """What else is worth a line: what is done, what comes later, which days count."""
    done = f"{count(len(plan.finished), 'deliverable')} done in these months." if plan.finished else ""
    later = f"{count(len(plan.later), 'promised item')} without room here: later." if plan.later else ""
    return tuple(text for text in (" ".join(filter(None, (done, later))), _counted(plan, today)) if text)


def why(shortages: Iterable[Shortage], plan: Plan) -> tuple[str, ...]:
    """What is short, a sentence for each team, else one for all together; of several the first."""
    worst: dict[Lane, Shortage] = {}
    for each in shortages:
        worst.setdefault(each.lane, each)
    named = [each for lane, each in worst.items() if lane is not None] or worst.values()
    return tuple(_why(each, plan) for each in named)


def options(rejected: Rejected, plan: Plan, backlog: Backlog) -> tuple[str, ...]:
    """What would help, each alone; and that whoever asked for a day is told."""
    item, ways, worst = rejected.row.item, rejected.ways_out, rejected.shortages[0]
    found = [f"needed in {month_name(_ahead(plan, ways.due if ways else MONTHS))} or later"]
    if ways and ways.smaller:
        found.append(f"{days(ways.smaller)} smaller")
    if ways and ways.dropped:
        found.append(f"without {title(backlog.item(ways.dropped))}")
    if _is_of_capacity(worst, plan):
        found.append(f"{days(worst.short)} more{_of(worst.lane, plan, 'for')} in {_when(worst, plan)}")
    if item.due:
        found.append(f"tell {item.requester or 'whoever asked'} today")
    return tuple(found)


def hints(plan: Plan) -> tuple[str, ...]:
    """What the user should look at: outcomes, estimates, guesses, teams without days."""
    found = []
    if aimless := [each.row.item for each in plan.planned if not each.serves]:
        verb = "serves" if len(aimless) == 1 else "serve"
        found.append(f"{count(len(aimless), 'deliverable')} {verb} no open outcome: {_names(aimless)}.")
    if plan.unknown:
        names, estimate = (
            _names(row.item for row in plan.unknown),
            f"mbl edit {plan.unknown[0].position or plan.unknown[0].item.id} --estimate 3d",
        )
        found.append(f"Nobody knows the effort, so they are in no month: {names}. For example: {estimate}")
    if plan.guess_share > GUESS_LIMIT:
        found.append(
            f'{percent(plan.guess_share)} of this effort is guessed; "?": fits only if the guesses hold.'
        )
    if any(plan.capacity[None]):
        idle = (team for team, months in plan.capacity.items() if team and not any(months))
        found += [f"Team {team} has no days left for planned work in these months." for team in idle]
    return tuple(found)


def span(months: Sequence[str]) -> str:
    """`October to December 2026`, `December 2026 to February 2027`, `October 2026`."""
    first, last = months[0], months[-1]
    if first == last:
        return month_name(first)
    begin = month_name(first) if first[:4] != last[:4] else month_name(first).partition(" ")[0]
    return f"{begin} to {month_name(last)}"


def month_name(month: str) -> str:
    """`October 2026`."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def days(effort: float) -> str:
    """`30.5 days`, with one decimal."""
    number = f"{effort:,.1f}".removesuffix(".0")
    return f"{number} {'day' if number == '1' else 'days'}"


def title(item: Item) -> str:
    """The title on one line, short enough for a sentence."""
    text = " ".join(item.title.split())
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"


def short(shortage: Shortage, plan: Plan) -> str:
    """`0.7 days short in November to December 2026 for content`."""
    if not _is_of_capacity(shortage, plan):
        return f"too late for {_when(shortage, plan)}"
    return f"{days(shortage.short)} short in {_when(shortage, plan)}{_of(shortage.lane, plan, 'for')}"


def _counted(plan: Plan, today: date) -> str:
    this = month_of(today)
    if plan.months[0] > this:
        early = count(len(plan.early), "promised item") if plan.early else "nothing promised"
        return f"Counted as if {early} were finished before {month_name(plan.months[0])}, as far as the days until then reach."
    if this in plan.months and today.day > 1:
        return f"Of {month_name(this)}, only the days from today on count."
    return ""


def _why(shortage: Shortage, plan: Plan) -> str:
    need, have = days(shortage.need), f"{shortage.have:,.1f}".removesuffix(".0")
    when = _when(shortage, plan)
    if not _is_of_capacity(shortage, plan):
        begins = "it can begin too late, or what it waits for is finished too late"
        return f"{when}: {have} of {need} can be done in time, because {begins}."
    where = f"{when}{_of(shortage.lane, plan, 'for')}"
    return f"{where}: {need} needed, {have} there, short {days(shortage.short)}."


def _is_of_capacity(shortage: Shortage, plan: Plan) -> bool:
    """Whether capacity is what is short: else it is the time between begin and due."""
    there = fsum(plan.capacity[shortage.lane][shortage.first : shortage.last + 1])
    return abs(there - shortage.have) <= TOLERANCE < shortage.short


def _of(lane: Lane, plan: Plan, word: str) -> str:
    """` for growth`; of all together nothing, where there is only one capacity."""
    if lane is not None:
        return f" {word} {lane}"
    return f" {word} all teams together" if len(plan.capacity) > 1 else ""


def _when(shortage: Shortage, plan: Plan) -> str:
    return span(plan.months[shortage.first : shortage.last + 1])


def _ahead(plan: Plan, months: int) -> str:
    return next(months_from(plan.months[0], skip=months))


def _names(items: Iterable[Item]) -> str:
    found = [title(item) for item in items]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return "; ".join(found[:_NAMED]) + more
