"""What the shell offers while a command is typed: ids with titles, names that exist. Silent when anything is wrong.

No shell gets a character that it would run, print as a control, or take for markup: titles are other people's words.
"""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

Offer = tuple[str, str]
_MOST = 60
_LONGEST_TITLE = 60
_RISKY = re.compile(r"[\\\[\]`$\"'<>|&;(){}*?!#~]")
_SPECIAL_IN_BASH = re.compile(r"([^\w@%+=:,./-])")
_QUOTED = r"\\\1"


def values(*known: str) -> Callable[[str], list[str]]:
    """A completion that offers fixed words, also behind a comma."""

    def offered(incomplete: str) -> list[str]:
        return list(_continued(incomplete, known))

    return offered


def field(name: str) -> Callable[[Any, str], list[str]]:
    """A completion that offers what the backlog holds in this field, or describes in a file of its own."""

    def offered(ctx: Any, incomplete: str) -> list[str]:
        from mbl.core.select import existing

        backlog = _backlog(ctx)
        if backlog is None:
            return []
        return list(_continued(incomplete, sorted({*existing(backlog, name), *_described(backlog, name)})))

    return offered


def names(folder: str) -> Callable[[Any, str], list[str]]:
    """A completion that offers the names of the files in this folder."""

    def offered(ctx: Any, incomplete: str) -> list[str]:
        paths = getattr(_backlog(ctx), folder, ())
        return list(
            _continued(incomplete, sorted(path.partition("/")[2].rpartition(".")[0] for path in paths))
        )

    return offered


def refs(ctx: Any, incomplete: str) -> list[Offer]:
    """The open requests whose id begins so, with their titles: a shell drops what does not begin as typed."""
    from mbl.core.ranking import ranked

    backlog = _backlog(ctx)
    return _offers([row.item for row in ranked(backlog)], incomplete) if backlog else []


def ended_refs(ctx: Any, incomplete: str) -> list[Offer]:
    """The same of those that ended, the latest first."""
    from mbl.core.ranking import with_ended

    backlog = _backlog(ctx)
    rows = with_ended(backlog) if backlog else ()
    return _offers([row.item for row in rows if row.position is None], incomplete)


def campaigns(ctx: Any, incomplete: str) -> list[Offer]:
    """The campaigns whose id begins so, with their titles, the latest first."""
    held = getattr(_backlog(ctx), "campaigns", {}).values()
    return _offers(sorted(held, key=lambda each: each.start, reverse=True), incomplete)


def campaign_values(name: str) -> Callable[[Any, str], list[str]]:
    """A completion that offers what campaigns or requests hold in this field."""

    def offered(ctx: Any, incomplete: str) -> list[str]:
        held = (getattr(each, name) for each in getattr(_backlog(ctx), "campaigns", {}).values())
        return list(_continued(incomplete, sorted({*filter(None, held), *field(name)(ctx, "")})))

    return offered


def counters(ctx: Any, incomplete: str) -> list[str]:
    """The counters of the campaign that was named before, each ready for its number."""
    from mbl.core.campaigns.criteria import counters as used
    from mbl.core.campaigns.refs import campaign_meant

    try:
        names = used(campaign_meant(_backlog(ctx), ctx.params["ref"]))
    except Exception:  # noqa: BLE001 - a shell that is completing has nowhere to show an error
        return []
    return list(_continued(incomplete, (f"{name}=" for name in names)))


def columns(ctx: Any, incomplete: str) -> list[str]:
    """The names of columns."""
    from datetime import date

    from mbl.core.columns import item_columns

    backlog = _backlog(ctx)
    return list(_continued(incomplete, item_columns(backlog, date.min))) if backlog else []


def branches(ctx: Any, incomplete: str) -> list[str]:
    """The branches and tags whose name begins so."""
    try:
        from mbl.session import place
        from mbl.storage.past import names as known

        root = place(ctx.find_root().params.get("root")).root
        return [name for name in known(root) if name.startswith(incomplete) and not _RISKY.search(name)]
    except Exception:  # noqa: BLE001 - a shell that is completing has nowhere to show an error
        return []


def _offers(items: list[Any], incomplete: str) -> list[Offer]:
    begun = [item for item in items if item.id.startswith(incomplete)]
    offers = [(item.id, _harmless(item.title)) for item in begun[:_MOST]]
    if _in_bash() and len(offers) > 1:
        return [(f"{id_}  {title}", "") for id_, title in offers]
    return offers


def _harmless(title: str) -> str:
    """The title in one line, without what a shell or a terminal might obey."""
    text = _RISKY.sub(" ", "".join(letter if letter.isprintable() else " " for letter in title))
    return " ".join(text.split())[:_LONGEST_TITLE]


def _described(backlog: Any, name: str) -> Iterable[str]:
    """Names that have a file or a line of their own, whether a request mentions them or not."""
    if name == "outcome":
        return (one.id for guidepoint in backlog.guidepoints.values() for one in guidepoint.outcomes)
    if name == "team":
        return (path.removeprefix("teams/").rpartition(".")[0] for path in backlog.teams)
    if name == "audience":
        return (audience.id for audience in backlog.settings.audiences)
    return tuple(backlog.people) if name == "owner" else ()


def _continued(incomplete: str, known: Iterable[str]) -> Iterable[str]:
    """The known words that continue what is typed, also behind a comma; bash wants its special characters quoted."""
    head, comma, last = incomplete.rpartition(",")
    words = (word for word in known if word.startswith(last) and word.isprintable() and "\\" not in word)
    return (f"{head}{comma}{_SPECIAL_IN_BASH.sub(_QUOTED, word) if _in_bash() else word}" for word in words)


def _in_bash() -> bool:
    """Bash lists what is offered as it is, and inserts it as it is."""
    return os.environ.get("_MBL_COMPLETE") == "complete_bash"


def _backlog(ctx: Any) -> Any:
    """The backlog around; None if there is none, or if it cannot be read: a shell wants no complaints."""
    from mbl import session
    from mbl.errors import MblError

    try:
        root = ctx.find_root().params.get("root")
        return session.opened(session.place(root)).backlog
    except (MblError, OSError, AttributeError):
        return None
