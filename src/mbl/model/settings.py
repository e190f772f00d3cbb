"""The backlog's own settings: the file `mbl.yaml`."""

from dataclasses import field
from typing import Annotated, Literal

from mbl.model.noun import Day, Effort, Help, Name, Names, Only, Text, noun


@noun
class Touches:
    """How often an audience may hear from us."""

    max: Annotated[int, Help("At most so many touches")] = 3
    days: Annotated[int, Help("in so many days")] = 7


@noun
class Audience:
    """A group of customers: a journey stage, a persona, a brand or business unit."""

    id: Annotated[Name, Help("The word items and teams use")]
    name: Annotated[str | None, Help("Its name for people")] = None
    kind: Annotated[Literal["stage", "persona", "brand"] | None, Help("stage, persona or brand")] = None
    parent: Annotated[Name | None, Help("The wider audience it belongs to")] = None
    excludes: Annotated[Names, Help("Audiences that share nobody with it")] = ()
    touches: Annotated[
        Touches | None, Help("How often it may hear from us, if not as often as everybody: {max, days}")
    ] = None


def _sizes() -> dict[str, str]:
    return {"S": "1d", "M": "3d", "L": "8d", "XL": "20d"}


@noun
class Settings:
    """What holds for the whole backlog."""

    schema: Annotated[Literal["1"], Only(1), Help("The version of the file format: 1")] = "1"
    name: Annotated[Text, Help("The backlog's name")] = "Marketing Backlog"
    timezone: Annotated[str | None, Help("The time zone that decides what day it is: Europe/Berlin")] = None
    capacity: Annotated[
        float | None, Help("Person-days a month for planned work, while no team file says more")
    ] = None
    sizes: Annotated[dict[str, Effort], Help("What a size means: {S: 1d, M: 3d}")] = field(
        default_factory=_sizes
    )
    hours_per_day: Annotated[float, Help("Hours of work in a person-day")] = 8
    commit: Annotated[bool, Help("Commit after every change")] = False
    holidays: Annotated[dict[Name, tuple[Day, ...]], Help("Holiday calendars: {de: [2026-12-25]}")] = field(
        default_factory=dict
    )
    audiences: Annotated[tuple[Audience, ...], Help("Who the work is for: [{id, name, kind, parent}]")] = ()
    touches: Annotated[Touches, Help("How often an audience may hear from us: {max, days}")] = field(
        default_factory=Touches
    )
    seed: Annotated[int, Help("The seed of every simulation")] = 1
    history_from: Annotated[Day | None, Help("Ignore finished work before this day")] = None
