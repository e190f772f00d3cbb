"""What is said of a campaign, in words: its verdict, a probability, a count. A probability never pretends to be certain."""

from collections.abc import Mapping

from mbl.core.campaigns.judged import Judged, State, Verdict
from mbl.core.report import Tone
from mbl.model.campaign import SuccessCriterion

VERDICTS: Mapping[Verdict, str] = {
    "no-data": "no data yet",
    "too-early": "too early to tell",
    "on-track": "on track",
    "at-risk": "at risk",
    "abort": "abort",
    "met": "met",
    "missed": "missed",
    "inconclusive": "inconclusive",
}
SHORT: Mapping[Verdict, str] = {**VERDICTS, "no-data": "no data", "too-early": "too early"}
"""The same for a table."""
TONES: Mapping[Verdict, Tone] = {"on-track": "good", "met": "good", "abort": "bad", "missed": "bad"}
ASSUMPTION = (
    "Chance: of keeping every criterion by its day, if what is still to come goes as it did so far. "
    "Looking every day does not change it."
)
_SURE = 0.9995
_ALWAYS, _NO_PLURAL = frozenset({"news", "series", "s"}), ("ss", "us", "is", "ches", "shes", "sses", "xes")
CERTAIN: frozenset[Verdict] = frozenset({"met", "missed", "inconclusive"})
"""Where nothing is left to be likely."""


def chance(probability: float | None) -> str:
    """`74.5 %`; what is possible is never 0 and never 100; nothing if unknown."""
    if probability is None:
        return ""
    if 0 < probability < 1 - _SURE:
        return "under 0.1 %"
    if _SURE <= probability < 1:
        return "over 99.9 %"
    return f"{probability * 100:.1f}".removesuffix(".0") + " %"


def chance_of(of: State | Judged) -> str:
    """The chance while there is one: what is met or missed has none."""
    return "" if of.verdict in CERTAIN else chance(of.probability)


def interval_words(ends: tuple[float, float] | None) -> str:
    """`7.7 to 22.1 %`."""
    return "" if ends is None else f"{_percent(ends[0])} to {_percent(ends[1])} %"


def so_far(judged: Judged) -> str:
    """`8/60 accepted`, `2 meetings`; without a reading `no meetings read`."""
    name = judged.criterion.is_
    if judged.k is None:
        return f"no {name} read"
    share = judged.kind != "count" and judged.n is not None
    return f"{judged.k:,}/{judged.n:,} {name}" if share else many(judged.k, name)


def many(count: int, name: str) -> str:
    """`2 meetings`, `1 meeting`; a word that is no English plural stays as it is."""
    if count != 1 or name in _ALWAYS or not name.endswith("s") or name.endswith(_NO_PLURAL):
        return f"{count:,} {name}"
    return f"1 {name[:-3]}y" if name.endswith("ies") else f"1 {name[:-1]}"


def progress_words(of: State) -> str:
    """All criteria in a few words: `8/60 accepted, 2 meetings`."""
    return ", ".join(map(so_far, of.judged)) if of.read else "nothing read"


def target(criterion: SuccessCriterion) -> str:
    """`≥ 10 % of invites`, `≤ 0.5 % of sent`, `≥ 5 meetings`; what is missing in the file is missing here."""
    bounds = ((criterion.at_least, "≥"), (criterion.at_most, "≤"))
    limits = " ".join(f"{sign} {_spaced(value)}" for value, sign in bounds if value)
    of = f"of {criterion.of}" if criterion.kind == "rate" else criterion.is_
    return f"{limits} {of}".strip()


def sentence(of: State) -> str:
    """The verdict in one line, with the data behind its probability: `On track: 74.5 %, after 8/60 accepted, …`."""
    said = VERDICTS[of.verdict]
    said = said[:1].upper() + said[1:]
    if of.phase == "planned":
        return f"Planned: it begins on {of.campaign.start}."
    if not of.read:
        return f"{said}."
    sure = f"{likely}, with " if (likely := chance_of(of)) else ""
    return f"{said}: {sure}{progress_words(of)}, read on {of.read}."


def days_words(days: int) -> str:
    """`1 day`, `12 days`."""
    return "1 day" if days == 1 else f"{days:,} days"


def overdue(of: State) -> str:
    """How long the decision has been waited for: `due today`, `3 days overdue`."""
    return f"{days_words(of.overdue_days)} overdue" if of.overdue_days else "due today"


def asks(of: State) -> str:
    """That a decision is waited for: `a decision is due today`, `a decision is 3 days overdue`."""
    return f"a decision is {overdue(of)}"


def decide(id_: str) -> str:
    """The command that decides."""
    return f"mbl campaign decide {id_} scale|repeat|stop"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0")


def _spaced(value: str) -> str:
    bare = value.strip()
    return f"{bare[:-1].strip()} %" if bare.endswith("%") else bare
