"""Letters from templates: a text with placeholders like {title}, which a team may word anew.

`{requester|there}` says what stands there when nothing is known; without it, a paragraph whose placeholder is
empty is left out. Comments (`<!-- … -->`) are for whoever edits the template. Refuses an unknown placeholder.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from mbl.core.guidepoints.alignment import current_guidepoint, open_outcomes
from mbl.core.replies.templates import DAYS
from mbl.core.rules.finding import nearest
from mbl.core.teams.serving import NOT_OURS, audience_name, mismatch, served, team_name
from mbl.errors import MblError, Problem
from mbl.model.backlog import Backlog
from mbl.model.item import Item

PLACEHOLDERS: Mapping[str, str] = {
    "requester": "who asked",
    "title": "the request",
    "asked": "the request, unless it had been promised",
    "promised": "the request, if it had been promised",
    "reason": "why not",
    "audience": "whom it was for, if we do not work for them (mbl decline --not-ours)",
    "serves": "for whom we work, then",
    "others": "the teams that work for them, then",
    "statement": "what the Guidepoint says",
    "outcome": "the outcome that comes first",
    "until": "the last day of the Guidepoint",
    "revisit": "the day to look at it again",
    "by": "who decided",
    "today": "today",
}
"""What a template may name, and what it stands for."""


def letter(
    backlog: Backlog, item: Item, today: date, *, template: str, language: str = "en",
    escape: Callable[[str], str] = str,
) -> str:  # fmt: skip
    """The reply to whoever asked for this item, in the words of the template. Raises MblError.

    `escape` keeps what a requester wrote from meaning more than it says where the letter is shown (Markdown).
    """
    fields = {**letter_fields(backlog, item, today, language=language)}
    if fields["audience"] and "{serves" not in _spoken(template):
        fields["reason"] = f"it is for {fields['audience']}, and we work for {fields['serves']}"
    return rendered(template, {name: escape(value) for name, value in fields.items()})


def to_answer(before: Backlog, after: Backlog) -> tuple[str, ...]:
    """The items that were said no to in between: whoever asked for them waits for a reply."""
    return tuple(
        item.id
        for path, item in after.items.items()
        if item.status in ("declined", "dropped")
        and (former := before.items.get(path)) is not item
        and former is not None
        and former.is_open
    )


def letter_fields(backlog: Backlog, item: Item, today: date, *, language: str = "en") -> Mapping[str, str]:
    """The value of every placeholder; sentences without their full stop, days as the language writes them."""
    guidepoint = current_guidepoint(backlog, today)
    first = max(open_outcomes(backlog, today).values(), key=lambda outcome: outcome.weight, default=None)
    title, ended = _line(item.title), item.ended
    again = ended.revisit if ended else None
    was_promised = item.status == "dropped"
    foreign = mismatch(backlog, item) if ended and ended.reason == NOT_OURS else None
    return {
        "requester": _line(item.requester),
        "title": title,
        "asked": "" if was_promised else title,
        "promised": title if was_promised else "",
        "reason": "" if foreign else sentence(ended.reason if ended else None),
        "audience": _line(audience_name(backlog, foreign.audience)) if foreign else "",
        "serves": _listed(audience_name(backlog, each) for each in served(backlog, foreign))
        if foreign
        else "",
        "others": _listed(team_name(backlog, each) for each in foreign.others) if foreign else "",
        "statement": sentence(guidepoint.statement if guidepoint else None),
        "outcome": sentence(first.text if first else None),
        "until": _day(guidepoint.to if guidepoint else None, language),
        "revisit": _day(again if again and again > today else None, language),
        "by": _line(ended.by if ended else None),
        "today": _day(today, language),
    }


def rendered(template_text: str, fields: Mapping[str, str]) -> str:
    """The template with these values, paragraph by paragraph. Raises MblError that names an unknown placeholder."""
    for place in _unknown(template_text, {**PLACEHOLDERS, **fields}):
        raise MblError(
            f"Line {place.line} of the template: there is no placeholder {{{place.name}}}.", hint=place.fix
        )
    paragraphs = (_filled(paragraph, fields) for paragraph in re.split(r"\n\s*\n", _spoken(template_text)))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def template_problems(path: str, template_text: str) -> tuple[Problem, ...]:
    """Every unknown placeholder of a template, with its line."""
    return tuple(
        Problem(
            path=path, line=place.line, column=place.column, code="unknown-placeholder",
            message=f"there is no placeholder {{{place.name}}}", fix=place.fix,
        )
        for place in _unknown(template_text, PLACEHOLDERS)
    )  # fmt: skip


def sentence(text: str | None) -> str:
    """The text on one line, without its full stop: where that stands is the template's affair."""
    return _line(text).rstrip(_STOPS)


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{([^{}\n|]*)(?:\|([^{}\n]*))?\}")
_STOPS = ".。"


class _Place(NamedTuple):
    name: str
    line: int
    column: int
    fix: str


def _unknown(text: str, known: Mapping[str, str]) -> Iterator[_Place]:
    blanked = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    for found in _PLACEHOLDER.finditer(blanked):
        name = found[1].strip()
        if name not in known:
            before = blanked[: found.start()]
            line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
            suggestion = nearest(name, tuple(known)) or f"There are: {', '.join(known)}."
            yield _Place(name, line, column, suggestion)


def _spoken(text: str) -> str:
    return _COMMENT.sub("", text.replace("\r\n", "\n")).strip()


def _filled(paragraph: str, fields: Mapping[str, str]) -> str:
    """The paragraph with its values; nothing if one of them is missing."""
    found = list(_PLACEHOLDER.finditer(paragraph))
    if any(not fields.get(match[1].strip()) and match[2] is None for match in found):
        return ""
    return _PLACEHOLDER.sub(lambda match: fields.get(match[1].strip()) or match[2], paragraph).strip()


def _listed(names: Iterable[str]) -> str:
    """Without an "and", which every language says differently."""
    return ", ".join(map(_line, names))


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _day(day: date | None, language: str) -> str:
    if day is None:
        return ""
    return DAYS[language](day) if language in DAYS else day.isoformat()
