"""Success criteria as people write them: `acceptance: accepted of invites >= 10% planned 120 window 7d`, and back.

Refuses a share outside 0 to 100 %, a share of nothing, a planned number of none, and a limit on what is no share.
"""

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from mbl.core.rules.finding import nearest
from mbl.core.wording import short
from mbl.errors import MblError
from mbl.model.campaign import Campaign, SuccessCriterion

EXAMPLES = (
    "acceptance: accepted of invites >= 10% planned 120 window 7d",
    "meetings: meetings of accepted >= 5 window 10d",
    "signups: signups >= 40",
    "unsubs: unsubs of sent <= 0.5% planned 2000",
)
"""A share, a count that another criterion feeds, a count, and a limit that must not be passed."""
LONGEST_WINDOW = 365
"""Days."""


def criterion(text: str) -> SuccessCriterion:
    """The criterion that this text writes; its id is the counter's name unless one stands before a colon.

    A number with % (or a decimal like 0.1) is a share, a whole number a count. Raises MblError (exit code 2).
    """
    words = " ".join(text.split())
    found = _WRITTEN.fullmatch(words)
    if found is None:
        raise _unclear(words)
    amount = found["amount"].replace(" ", "")
    kind: Literal["rate", "count"] = "rate" if amount.endswith("%") or "." in amount else "count"
    at_most = found["sign"].casefold() in _AT_MOST
    id_, is_ = found["id"], found["is"]
    if id_ is None and ":" in is_.strip(":"):
        id_, _, is_ = is_.partition(":")
    made = SuccessCriterion(
        id=id_ or is_, kind=kind, is_=is_, of=found["of"],
        at_least=None if at_most else amount, at_most=amount if at_most else None,
        planned=int(found["planned"]) if found["planned"] else None,
        window_days=_days(found["window"], found["unit"]),
    )  # fmt: skip
    _refuse_odd_names(made, words)
    refuse_odd(made)
    return made


def criterion_words(criterion: SuccessCriterion) -> str:
    """The criterion as a person would type it; `criterion` reads it back."""
    of = f" of {criterion.of}" if criterion.of else ""
    planned = f" planned {criterion.planned}" if criterion.planned is not None else ""
    window = f" window {criterion.window_days}d" if criterion.window_days is not None else ""
    return f"{criterion.id}: {criterion.is_}{of} {target_words(criterion)}{planned}{window}"


def target_words(criterion: SuccessCriterion) -> str:
    """What must come out, alone: `>= 10%`, `<= 0.5%`, `>= 5`."""
    sign = "<=" if criterion.at_most is not None else ">="
    amount = criterion.at_most if criterion.at_most is not None else criterion.at_least or "0"
    if criterion.kind == "rate" and not _is_share(amount):
        amount = f"{Fraction(threshold(amount)) * 100}%"
    return f"{sign} {amount}"


def target_shown(criterion: SuccessCriterion) -> str:
    """The same as people read it: `≥ 10%`."""
    return target_words(criterion).replace(">=", "≥").replace("<=", "≤")


@lru_cache(maxsize=1000)
def threshold(text: str) -> Fraction | int:
    """The number behind `at_least` or `at_most`: `10%` and `0.1` are 1/10, `5` is 5. Raises MblError (exit code 2)."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise MblError(
            f"{text!r} is no threshold.", hint="Write a share like 10%, or a count like 5.", exit_code=2
        )
    if found["percent"]:
        return Fraction(found["number"]) / 100
    return Fraction(found["number"]) if "." in found["number"] else int(found["number"])


def chain(criteria: Sequence[SuccessCriterion]) -> dict[str, SuccessCriterion]:
    """By the id of a criterion, the one that feeds it: whose successes are what it is `of`."""
    return {
        each.id: feeder
        for each in criteria
        if each.of
        and (
            feeder := next((other for other in criteria if other.is_ == each.of and other is not each), None)
        )
    }


def counters(campaign: Campaign) -> tuple[str, ...]:
    """Every counter that the criteria use, tries before their successes."""
    return counters_of(campaign.success_criteria)


def counters_of(criteria: Sequence[SuccessCriterion]) -> tuple[str, ...]:
    """The same of criteria without a campaign."""
    return tuple(dict.fromkeys(name for each in criteria for name in (each.of, each.is_) if name))


def refuse_odd(criterion: SuccessCriterion) -> None:
    """Raise MblError (exit code 2) for a criterion that nobody could meet or judge."""
    reason = _odd(criterion)
    if reason:
        message, hint = reason
        raise MblError(f"{criterion_words(criterion)}: {message}", hint=hint, exit_code=2)


def refuse_odd_together(criteria: Sequence[SuccessCriterion]) -> None:
    """Raise MblError (exit code 2) for no criteria at all, two of one name, or two that feed each other."""
    if not criteria:
        raise MblError(
            "A campaign needs a success criterion: what must come out?",
            hint=f'For example: --criterion "{EXAMPLES[0]}"',
            exit_code=2,
        )
    for each in criteria:
        refuse_odd(each)
    twice = [id_ for id_, times in Counter(each.id for each in criteria).items() if times > 1]
    if twice:
        raise MblError(
            f"Two criteria are called {twice[0]}.",
            hint=f"Give one of them another name: {twice[0]}-2: …",
            exit_code=2,
        )
    fed = chain(criteria)
    for each in criteria:
        if _feeds_itself(each, fed):
            raise MblError(
                f"{each.id} would be a share of itself: {each.is_} of {each.of}.",
                hint="A chain goes one way: accepted of invites, then meetings of accepted.",
                exit_code=2,
            )


_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_AMOUNT = re.compile(r"(?P<number>[0-9]{1,9}(?:\.[0-9]+)?)\s*(?P<percent>%?)")
_NAME = r"[^\s,=\x00-\x1f]+"
_WRITTEN = re.compile(
    rf"(?:(?P<id>{_NAME}):\s+)?(?P<is>{_NAME}?)(?:\s+of\s+(?P<of>{_NAME}?))?"
    rf"\s*(?P<sign>>=|=>|≥|<=|=<|≤|\bat\s+least|\bat\s+most)\s*(?P<amount>{_NUMBER}(?:\s*%)?)"
    r"(?:,?\s+planned\s+(?P<planned>[0-9]{1,9}))?"
    r"(?:,?\s+window\s+(?P<window>[0-9]{1,4})\s*(?P<unit>d|days?|w|weeks?)?)?",
    re.IGNORECASE,
)
_AT_MOST = frozenset({"<=", "=<", "≤", "at most"})
_LONGEST_WORDS = 100


def _days(number: str | None, unit: str | None) -> int | None:
    if number is None:
        return None
    return int(number) * (7 if (unit or "d").casefold().startswith("w") else 1)


def _is_share(amount: str) -> bool:
    return amount.endswith("%") or "." in amount


def _unclear(words: str) -> MblError:
    words = short(words, _LONGEST_WORDS)
    hint = f"Write it like {EXAMPLES[0]!r}, or {EXAMPLES[1]!r}."
    if not words:
        return MblError("A criterion needs words: what must come out?", hint=hint, exit_code=2)
    if not re.search(r">=|=>|≥|<=|=<|≤|\bat\s+(?:least|most)\b", words, re.IGNORECASE):
        message = f"The criterion {words!r} does not say how much: at least (>=) or at most (<=) …"
        return MblError(message, hint=hint, exit_code=2)
    if re.search(r"[<>≤≥=t]\s*-", words):
        return MblError(
            f"The criterion {words!r}: less than nothing cannot come out.", hint=hint, exit_code=2
        )
    tail = re.search(r"([^\W\d_]{4,})\s+[0-9]+\s*[a-z]*$", words, re.IGNORECASE)
    near = nearest(tail[1].casefold(), ("planned", "window")) if tail else ""
    return MblError(
        f"The criterion {words!r} cannot be read.", hint=near or _slip(words) or hint, exit_code=2
    )


def _slip(words: str) -> str:
    """What to write instead, for slips that many make."""
    if decimal := re.search(r"([0-9]+),([0-9]+)\s*%", words):
        return f"Write {decimal[1]}.{decimal[2]}%, with a point."
    if large := re.search(r"[0-9]{1,3}(?:[., '’][0-9]{3})+\b", words):  # noqa: RUF001 - what spreadsheets write
        return f"Write {re.sub('[^0-9]', '', large[0])}, without separators."
    counter = re.split(r"\s+of\s+|[<>≥≤=]|\bat\s", words.partition(": ")[2] or words)[0].strip()
    return f"A counter is one word: {counter.replace(' ', '-')}." if " " in counter else ""


def _refuse_odd_names(made: SuccessCriterion, words: str) -> None:
    for name in (made.id, made.is_, made.of):
        if name is not None and (not name or name == "date"):
            raise MblError(
                f"The criterion {words!r}: a counter cannot be called {name!r}.",
                hint="Take a word like invites, accepted, meetings.",
                exit_code=2,
            )


def _odd(each: SuccessCriterion) -> tuple[str, str] | None:
    """What is wrong with it, and what to do."""
    both, neither = each.at_least and each.at_most, not (each.at_least or each.at_most)
    if both or neither:
        return "either at least (>=) or at most (<=) …, one of them.", "Write >= 10% or <= 0.5%."
    amount = threshold(each.at_least or each.at_most or "")
    if each.of == each.is_:
        return "the successes cannot be counted like the tries.", "Give them two names: accepted of invites."
    if each.window_days is not None and not 0 < each.window_days <= LONGEST_WINDOW:
        return "the window should be 1 to 365 days.", "It says how long a success may take: window 7d."
    return _odd_share(each, amount) if each.kind == "rate" else _odd_count(each, amount)


def _odd_share(each: SuccessCriterion, share: Fraction | int) -> tuple[str, str] | None:
    if each.of is None:
        return "a share of what?", f"Write {each.is_} of invites {target_words(each)}."
    if not 0 < share <= 1:
        return "a share lies above 0 and at most at 100 %.", "Write 10% for one in ten; a count has no %."
    if each.planned is not None and each.planned < 1:
        return "there must be at least one try.", "Say how many are planned: planned 120."
    return None


def _odd_count(each: SuccessCriterion, count: Fraction | int) -> tuple[str, str] | None:
    if each.at_most is not None:
        return "a limit is a share of something.", f"Write {each.is_} of sent <= 0.5%."
    if not isinstance(count, int) or count < 1:
        return "a count is a whole number, at least 1.", "Write >= 5; a share has a %."
    if each.planned is not None:
        return "only a share has a planned number of tries.", "Leave out planned, or write a share like 10%."
    return None


def _feeds_itself(start: SuccessCriterion, fed: dict[str, SuccessCriterion]) -> bool:
    seen, now = {start.id}, fed.get(start.id)
    while now is not None and now.id not in seen:
        seen.add(now.id)
        now = fed.get(now.id)
    return now is not None
