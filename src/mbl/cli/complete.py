"""What the shell offers while a command is typed: ids with titles, names that exist. Silent when anything is wrong."""

from collections.abc import Callable, Iterable
from typing import Any

Offer = tuple[str, str]
_MOST = 60


def values(*known: str) -> Callable[[str], list[str]]:
    """A completion that offers fixed words, also behind a comma."""

    def offered(incomplete: str) -> list[str]:
        return list(_continued(incomplete, known))

    return offered


def field(name: str) -> Callable[[Any, str], list[str]]:
    """A completion that offers what the backlog holds in this field."""

    def offered(ctx: Any, incomplete: str) -> list[str]:
        from mbl.core.select import existing

        backlog = _backlog(ctx)
        return list(_continued(incomplete, existing(backlog, name))) if backlog else []

    return offered


def refs(ctx: Any, incomplete: str) -> list[Offer]:
    """The open items whose id or title fits: id and title."""
    from mbl.core.ranking import ranked

    backlog = _backlog(ctx)
    if backlog is None:
        return []
    wanted = incomplete.casefold()
    rows = [row.item for row in ranked(backlog)]
    begun = [item for item in rows if item.id.startswith(incomplete)]
    meant = begun or [item for item in rows if wanted in item.title.casefold()]
    return [(item.id, " ".join(item.title.split())) for item in meant[:_MOST]]


def ended_refs(ctx: Any, incomplete: str) -> list[Offer]:
    """The ended items whose id fits."""
    backlog = _backlog(ctx)
    if backlog is None:
        return []
    rows = [item for item in backlog.items.values() if not item.is_open and item.id.startswith(incomplete)]
    return [(item.id, " ".join(item.title.split())) for item in rows[:_MOST]]


def columns(ctx: Any, incomplete: str) -> list[str]:
    """The names of columns."""
    from datetime import date

    from mbl.core.columns import item_columns

    backlog = _backlog(ctx)
    return list(_continued(incomplete, item_columns(backlog, date.min))) if backlog else []


def _continued(incomplete: str, known: Iterable[str]) -> Iterable[str]:
    head, comma, last = incomplete.rpartition(",")
    return (f"{head}{comma}{word}" for word in known if word.startswith(last))


def _backlog(ctx: Any) -> Any:
    """The backlog around; None if there is none, or if it cannot be read: a shell wants no complaints."""
    from mbl import session
    from mbl.errors import MblError

    try:
        root = ctx.find_root().params.get("root")
        return session.opened(session.place(root)).backlog
    except (MblError, OSError, AttributeError):
        return None
