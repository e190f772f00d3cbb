"""The columns of `mbl campaign`, by phase: what is due, running, planned, decided; and all of them raw, for CSV."""

from collections.abc import Callable
from typing import Any, NamedTuple

from mbl.core.campaigns.judged import Phase, State
from mbl.core.campaigns.payload import rounded
from mbl.core.campaigns.words import SHORT, chance_of, progress_words
from mbl.core.report import Column


class Row(NamedTuple):
    """A campaign's file, and where it stands."""

    path: str
    of: State


def _decision(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.of.campaign.decision, name, None)


def _learned(row: Row) -> str:
    decision = row.of.campaign.decision
    return " ".join((decision.learned or decision.reason or "").split()) if decision else ""


def _own(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.of.campaign, name)


def _of(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.of, name)


def _share(name: str) -> Callable[[Row], float | None]:
    return lambda row: rounded(getattr(row.of, name))


_ID = Column(key="id", label="Id", value=_own("id"))
_TITLE = Column(key="title", label="Title", value=_own("title"), least=12)
_JUDGED = (
    Column(key="verdict", label="Verdict", value=lambda row: SHORT[row.of.verdict]),
    Column(key="probability", label="Chance", value=lambda row: chance_of(row.of), least=6),
    Column(key="so_far", label="So far", value=lambda row: progress_words(row.of), least=12),
)
_LEFT = Column(key="days_left", label="Left", value=_of("days_left"), kind="days")
_PACE = Column(key="pace", label="Pace", value=_of("pace"), kind="share")
_LOOK = Column(key="next_look", label="Look on", value=_of("next_look"), kind="date")
_OVERDUE = Column(key="overdue_days", label="Overdue", value=_of("overdue_days"), kind="days")
_START = Column(key="start", label="Begins", value=_own("start"), kind="date")
_DEADLINE = Column(key="deadline", label="Deadline", value=_own("deadline"), kind="date")
_AUDIENCE = Column(key="audience", label="Audience", value=_own("audience"), least=8)
_CHANNEL = Column(key="channel", label="Channel", value=_own("channel"), least=8)
TITLES: dict[Phase, str] = {
    "due": "A decision is due",
    "running": "Running",
    "planned": "Planned",
    "decided": "Decided",
}
COLUMNS: dict[Phase, tuple[Column, ...]] = {
    "due": (_ID, _TITLE, *_JUDGED, _OVERDUE),
    "running": (_ID, _TITLE, *_JUDGED, _LEFT, _PACE, _LOOK),
    "planned": (_ID, _TITLE, _START, _DEADLINE, _AUDIENCE, _CHANNEL),
    "decided": (
        _ID,
        _TITLE,
        Column(key="decision", label="Decided", value=_decision("verdict")),
        Column(key="date", label="Date", value=_decision("date"), kind="date"),
        Column(key="learned", label="Learned", value=_learned, least=20),
    ),
}
RAW = (
    _ID,
    _TITLE,
    *(Column(key=key, label=key, value=_of(key)) for key in ("phase", "verdict")),
    *(Column(key=key, label=key, value=_share(key)) for key in ("probability", "pace")),
    *(Column(key=key, label=key, value=_of(key)) for key in ("days_left", "overdue_days", "next_look")),
    Column(key="so_far", label="so_far", value=lambda row: progress_words(row.of)),
    *(
        Column(key=key, label=key, value=_own(key))
        for key in ("outcome", "audience", "channel", "start", "deadline")
    ),
    Column(key="decision", label="decision", value=_decision("verdict")),
)
