"""The parts of a sentence on a campaign: its numbers, its targets, and what its probability takes for granted.

Shares are rounded to what a reader remembers; the exact ones stand in the report. Refuses nothing.
"""

from collections.abc import Sequence
from datetime import date

from mbl.core.campaigns.judged import Judged, State
from mbl.core.campaigns.words import days_words, many
from mbl.model.campaign import SuccessCriterion

_FINE = 0.05
_SURE = 0.999
_BOTH = 2


def numbers(of: State, so_far: str = "") -> str:
    """What was counted for every criterion: `8 of 60 accepted so far (13 %, likely 8 to 22 %) and 2 meetings so far`."""
    return _listed([counted(each, so_far) for each in of.judged])


def counted(judged: Judged, so_far: str = "") -> str:
    """`8 of 60 accepted (13 %, likely 8 to 22 %)`, `2 meetings in 14 of 28 days`, `no meetings`."""
    name = judged.criterion.is_
    if judged.k is None:
        return f"no {name} read"
    if judged.criterion.kind == "rate" and judged.n is not None:
        return f"{judged.k:,} of {judged.n:,} {name}{so_far}{_share(judged)}"
    if judged.chained or judged.elapsed is None:
        return f"{many(judged.k, name)}{so_far}"
    days = f"{judged.elapsed} of " if judged.elapsed < judged.days else ""
    return f"{many(judged.k, name)} in {days}{days_words(judged.days)}"


def unanswered(judged: Judged) -> int:
    """The tries made of which is not known yet what becomes of them; none where nothing was tried."""
    if judged.n is None or judged.failures is None:
        return 0
    return max(0, judged.n - (judged.k or 0) - judged.failures)


def assumptions(judged: Sequence[Judged]) -> str:
    """What the probability takes for granted: `the rate stays as it is, with 120 invites in all`."""
    open_ = [each for each in judged if each.verdict not in ("met", "missed")]
    rates = [each for each in open_ if each.chained or each.criterion.kind == "rate"]
    paces = [each.criterion.is_ for each in open_ if not each.chained and each.criterion.kind == "count"]
    said = []
    if rates:
        one = len(rates) == 1 and not rates[0].chained
        said.append("the rate stays as it is" if one else "the rates stay as they are")
    if paces:
        said.append(f"{_listed(paces)} keep coming as so far")
    # A rate that met its own target may still feed a count.
    feeding = judged if any(each.chained for each in open_) else rates
    tries = _listed(list(dict.fromkeys(text for each in feeding if (text := _tries(each)))))
    return " and ".join(said) + (f", with {tries}" if tries else "")


def goal(of: State) -> str:
    """`reach 12 accepted`, `stay within 5 unsubs`, `reach both targets`."""
    if len(of.judged) > 1:
        return "reach both targets" if len(of.judged) == _BOTH else f"reach all {len(of.judged)} targets"
    only = of.judged[0]
    return f"{'stay within' if only.kind == 'guard' else 'reach'} {many(only.need or 0, only.criterion.is_)}"


def targets(of: State) -> str:
    """`12 accepted and 5 meetings`, of what was not met alone."""
    missed = [each for each in of.judged if each.verdict == "missed"]
    return _listed([f"{_most(each)}{many(each.need or 0, each.criterion.is_)}" for each in missed])


def bound(judged: Judged) -> str:
    """`10 % or more`, `0.5 % or less`."""
    return f"{_typed(judged.criterion)} or {'less' if judged.kind == 'guard' else 'more'}"


def percent(share: float) -> str:
    """`75 %`, `2.3 %`; what is possible is never 0 % and never 100 %."""
    if 0 < share < 1 - _SURE:
        return "under 0.1 %"
    if _SURE < share < 1:
        return "over 99.9 %"
    return f"{share * 100:.{int(share < _FINE * 2)}f}".removesuffix(".0") + " %"


def day_words(day: date, of: State) -> str:
    """`11 December`; with the year if it is not that of the start."""
    year = "" if day.year == of.campaign.start.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def log_command(of: State, day: date | None = None) -> str:
    """The command that logs what this campaign counts."""
    criteria = of.campaign.success_criteria
    names = dict.fromkeys(name for each in criteria for name in (each.of, each.is_) if name)
    plain = all(name.replace("-", "_").isidentifier() for name in names)
    counts = "".join(f" {name}=…" for name in names) if plain else ""
    return f"`mbl campaign log {of.campaign.id}{counts}{f' --date {day}' if day else ''}`"


def first_up(text: str) -> str:
    """The same with a capital letter to begin with."""
    return text[:1].upper() + text[1:]


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _listed(said: Sequence[str]) -> str:
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _share(judged: Judged) -> str:
    if not judged.n or judged.k is None or judged.interval is None:
        return ""
    low, high = judged.interval
    if unanswered(judged):
        return f" ({_rounded(judged.k / judged.n)} %, {unanswered(judged):,} not answered yet)"
    return f" ({_rounded(judged.k / judged.n)} %, likely {_rounded(low)} to {_rounded(high)} %)"


def _rounded(share: float) -> str:
    return f"{share * 100:.{int(share < _FINE)}f}".removesuffix(".0")


def _tries(judged: Judged) -> str:
    """How many tries the probability counts on, where more are to come."""
    if judged.chained or judged.planned is None or judged.n is None or judged.planned <= judged.n:
        return ""
    if judged.planned_is_guess:
        return f"about {judged.planned:,} {judged.criterion.of} in all at this pace"
    return f"{judged.planned:,} {judged.criterion.of} in all"


def _most(judged: Judged) -> str:
    return "at most " if judged.kind == "guard" else ""


def _typed(criterion: SuccessCriterion) -> str:
    text = (criterion.at_least or criterion.at_most or "").strip()
    return f"{text[:-1].strip()} %" if text.endswith("%") else text
