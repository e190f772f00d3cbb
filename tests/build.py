"""Builders for tests: a noun with what the test is about, and something plausible for the rest."""

from datetime import date
from itertools import count, product
from typing import Any

from mbl.model.backlog import Backlog
from mbl.model.item import Item
from mbl.model.settings import Settings
from mbl.model.team import Leave, Person, Recurring, Team

_LETTERS = "bcdfghjkmnpqrstvwxz"
_ids = ("".join(letters) for letters in product(_LETTERS, repeat=5))
_numbers = count(1)


def item(**fields: Any) -> Item:
    """An item with a fresh id and title unless given."""
    fields.setdefault("id", next(_ids))
    fields.setdefault("title", f"Request {next(_numbers)}")
    return Item(**fields)


def committed(**fields: Any) -> Item:
    """A promised item."""
    return item(status="committed", **fields)


def backlog(*items: Item, **fields: Any) -> Backlog:
    """A backlog of these items; other nouns by their field, `settings`, `people`, `teams` …"""
    return Backlog(items={f"items/{item.id}.yaml": item for item in items}, **fields)


def leave(first: str, last: str, days_per_day: float = 1) -> Leave:
    """Days off."""
    return Leave(from_=date.fromisoformat(first), to=date.fromisoformat(last), days_per_day=days_per_day)


def team_of_three(*items: Item, **fields: Any) -> Backlog:
    """A backlog with the team growth: 30.48, 32.64 and 31.28 net days from October to December 2026."""
    holidays = (date(2026, 10, 3), date(2026, 12, 25), date(2026, 12, 26))
    people = {
        "ana": Person(holidays="de", leave=(leave("2026-10-12", "2026-10-16"),)),
        "ben": Person(holidays="de"),
        "chie": Person(holidays="de", leave=(leave("2026-12-21", "2026-12-31"),)),
    }
    growth = Team(
        unplanned="20%",
        recurring=(Recurring(title="Reports", effort="6d"),),
        people={"ana": 1.0, "ben": 0.8, "chie": 0.5},
    )
    fields = {"people": people, "teams": {"teams/growth.yaml": growth}, **fields}
    return backlog(*items, settings=Settings(holidays={"de": holidays}), **fields)
