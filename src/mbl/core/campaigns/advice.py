"""The sentence of advice on a campaign: its numbers, what they promise under which assumption, and what to do.

Refuses nothing. No probability stands without its numbers and its assumption; before the end only what cannot be
lost any more is called a success.
"""

from mbl.core.campaigns.judged import Judged, State
from mbl.core.campaigns.said import (
    assumptions,
    bound,
    day_words,
    first_up,
    goal,
    log_command,
    numbers,
    percent,
    targets,
)
from mbl.core.campaigns.words import days_words, many

LIKELY = 0.8
"""From here on a target that was met speaks for the rate behind it, and not for luck."""


def advice(of: State) -> str:
    """What to do now, in one sentence."""
    decision = of.campaign.decision
    if decision:
        after = f"after {numbers(of)}" if of.read else "without numbers"
        return f"Decided on {day_words(decision.date, of)} to {decision.verdict}, {after}."
    if of.phase == "planned":
        return f"It starts on {day_words(of.campaign.start, of)}; from then on log its numbers: {log_command(of)}."
    return _SENTENCES[of.verdict](of)


def waiting(of: State) -> str:
    """What it takes to tell, and when to look again: the advice while it is too early, without the numbers."""
    waits = [_wait(each, of) for each in of.judged if each.verdict == "too-early" and each.least is not None]
    wait = waits[0] if waits else "the first numbers say little"
    end = day_words(of.closes, of)
    is_said = of.next_look == of.closes and of.today < of.closes and end in wait
    return wait if is_said else f"{wait}{_look(of)}"


def _too_early(of: State) -> str:
    return f"Too early to tell, with {numbers(of)}: {waiting(of)}."


def _wait(judged: Judged, of: State) -> str:
    least, end = judged.least or 0, day_words(of.closes, of)
    if judged.criterion.kind == "count":
        if least > judged.days:
            return f"so few can come late, so that only the end tells, on {end}"
        return f"{judged.criterion.is_} can be judged after {days_words(least)}"
    tries = judged.criterion.of
    if judged.planned is not None and judged.planned < least:
        return f"{judged.planned:,} {tries} are too few to stop early, so decide at the end, on {end}"
    if (judged.k or 0) + (judged.failures or 0) < (judged.n or 0):
        return f"it takes answers to {least:,} of the {tries}"
    return f"it takes at least {least:,} {tries}"


def _on_track(of: State) -> str:
    return f"{_promise(of)}; go on{_look(of, ' and')}."


def _at_risk(of: State) -> str:
    return f"{_promise(of, 'only ')}; find out what holds it back{_look(of, ' and')}."


def _abort(of: State) -> str:
    lost = next(
        (each for each in of.judged if each.verdict in ("abort", "missed") and not each.probability), None
    )
    stop = f"{_saves(of)}: {_decide(of, 'stop')}."
    if lost is None:
        return f"{_promise(of, 'only ')}; {stop}"
    need = many(lost.need or 0, lost.criterion.is_)
    if lost.kind == "guard":
        return f"{first_up(numbers(of))}, where at most {need} may happen; {stop}"
    return f"{first_up(numbers(of, ' so far'))}: {need} cannot be reached any more; {stop}"


def _saves(of: State) -> str:
    """What stopping now leaves for something better."""
    if any(each.kind == "guard" and each.verdict == "abort" for each in of.judged):
        return "stop before it does more harm"
    unsent = next((each for each in of.judged if _unsent(each)), None)
    if unsent is not None:
        return f"stop and keep the other {many(_unsent(unsent), unsent.criterion.of or '')} for a better try"
    if of.days_left:
        return f"stop and use the {days_words(of.days_left)} left for a better try"
    return "stop, and write down what was learned"


def _unsent(judged: Judged) -> int:
    if judged.planned is None or judged.n is None or judged.planned_is_guess:
        return 0
    return judged.planned - judged.n


def _met(of: State) -> str:
    rates = [(each.true_rate, each) for each in of.judged if each.true_rate is not None]
    if not rates:
        return f"Met, with {numbers(of)}; repeat it or make it big: {_decide(of, 'scale')}."
    probability, weakest = min(rates, key=lambda pair: pair[0])
    likely = f"the rate behind it is {percent(probability)} likely to be {bound(weakest)}"
    if probability >= LIKELY:
        return f"Met, with {numbers(of)}, and {likely}; repeat it or make it big: {_decide(of, 'scale')}."
    return f"Met, with {numbers(of)}, but {likely}: it may have been luck, so repeat it small: {_decide(of, 'repeat')}."


def _missed(of: State) -> str:
    return (
        f"Missed, with {numbers(of)}, where it took {targets(of)}; {_late(of)}decide: {_decide(of, 'stop')}."
    )


def _inconclusive(of: State) -> str:
    few = next((each for each in of.judged if each.verdict == "inconclusive"), of.judged[0])
    return (
        f"It cannot be told, with {numbers(of)}: it takes at least {few.least:,} {few.criterion.of}; {_late(of)}"
        f"repeat it with enough of them: {_decide(of, 'repeat')}."
    )


def _no_data(of: State) -> str:
    missing = [each for each in of.judged if each.verdict == "no-data"]
    if not missing:
        return f"Nothing says what must come out: add a success criterion with `mbl campaign edit {of.campaign.id}`."
    if odd := next((each for each in missing if _is_odd(each)), None):
        return f"The numbers or the target of {odd.criterion.id} cannot be right: see `mbl check`."
    what = " and ".join(dict.fromkeys(each.criterion.is_ for each in missing))
    if of.phase == "due":
        return (
            f"It ended on {day_words(of.closes, of)} without numbers of {what}: log the last ones, "
            f"{log_command(of, of.closes)}, or decide: {_decide(of, 'stop')}."
        )
    return f"No numbers of {what} yet: {log_command(of)}."


_SENTENCES = {
    "no-data": _no_data,
    "too-early": _too_early,
    "on-track": _on_track,
    "at-risk": _at_risk,
    "abort": _abort,
    "met": _met,
    "missed": _missed,
    "inconclusive": _inconclusive,
}


def _is_odd(judged: Judged) -> bool:
    """Whether there are numbers that cannot be judged, rather than none."""
    if judged.criterion.kind == "count":
        return judged.k is not None and not judged.chained
    return judged.least is None or (judged.k is not None and judged.n is not None and judged.k > judged.n)


def _promise(of: State, only: str = "") -> str:
    """`8 of 60 accepted so far (…): 75 % likely to reach 12 accepted by 11 December if …`."""
    likely = percent(of.probability or 0)
    small = "" if likely.startswith("under") else only
    return (
        f"{first_up(numbers(of, ' so far'))}: {small}{likely} likely to {goal(of)} by "
        f"{day_words(of.closes, of)} if {assumptions(of.judged)}"
    )


def _look(of: State, and_: str = ";") -> str:
    """When to look again; what is due by today needs new numbers, not another look."""
    if of.next_look is None:
        return ""
    if of.next_look <= of.today:
        return f"{and_} log the latest numbers ({log_command(of)})"
    return f"{and_} look again on {day_words(of.next_look, of)}"


def _late(of: State) -> str:
    """A reminder where the last numbers are older than the end."""
    if of.read is None or of.read >= of.campaign.deadline:
        return ""
    return f"these are of {day_words(of.read, of)}, so log the final ones first ({log_command(of, of.closes)}), then "


def _decide(of: State, verdict: str) -> str:
    return f"`mbl campaign decide {of.campaign.id} {verdict}`"
