"""A whole backlog: every noun by the path of its file, and what could not be read.

Whether it came from a folder, a commit or a dictionary in a test makes no difference.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from mbl.errors import Problem
from mbl.model.blueprint import Blueprint
from mbl.model.campaign import Campaign
from mbl.model.guidepoint import Guidepoint
from mbl.model.item import Item
from mbl.model.measure import Measure
from mbl.model.settings import Settings
from mbl.model.team import People, Person, Team

SETTINGS = "mbl.yaml"
PEOPLE = "people.yaml"


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """The folders are the fields: `items`, `teams` … map a path to its noun. `broken` files are left out."""

    settings: Settings = field(default_factory=Settings)
    people: Mapping[str, Person] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    guidepoints: Mapping[str, Guidepoint] = field(default_factory=dict)
    blueprints: Mapping[str, Blueprint] = field(default_factory=dict)
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    broken: tuple[Problem, ...] = ()

    @cached_property
    def path_of(self) -> Mapping[str, str]:
        """The path of each item's file by its id (of equal ids: the first path)."""
        paths: dict[str, str] = {}
        for path, item in self.items.items():
            paths.setdefault(item.id, path)
        return paths

    def item(self, id_: str) -> Item:
        """The item with this id; KeyError if there is none."""
        return self.items[self.path_of[id_]]

    def with_items(self, changed: Mapping[str, Item]) -> "Backlog":
        """The same backlog with these files added or replaced."""
        return replace(self, items={**self.items, **changed})

    def nouns(self) -> Iterator[tuple[str, Any]]:
        """Every file's path with what it holds; `mbl.yaml` and `people.yaml` first."""
        yield SETTINGS, self.settings
        if self.people:
            yield PEOPLE, self.people
        for folder in FOLDERS:
            yield from getattr(self, folder).items()


def kind_of(path: str) -> Any:
    """The type of the noun in this file; None if the path belongs to no noun."""
    if path == SETTINGS:
        return Settings
    if path == PEOPLE:
        return People
    folder, slash, name = path.partition("/")
    if not slash or "/" in name or not name.endswith((".yaml", ".yml")) or name.startswith("."):
        return None
    return FOLDERS.get(folder)


def assembled(nouns: Mapping[str, Any], broken: tuple[Problem, ...] = ()) -> Backlog:
    """One backlog of all nouns by path."""
    shelves: dict[str, dict[str, Any]] = {folder: {} for folder in FOLDERS}
    for path, noun in nouns.items():
        folder = path.partition("/")[0]
        if folder in shelves:
            shelves[folder][path] = noun
    settings = nouns.get(SETTINGS) or Settings()
    return Backlog(settings=settings, people=nouns.get(PEOPLE) or {}, broken=broken, **shelves)


FOLDERS: Mapping[str, type] = {
    "items": Item,
    "guidepoints": Guidepoint,
    "blueprints": Blueprint,
    "campaigns": Campaign,
    "teams": Team,
    "measures": Measure,
}
