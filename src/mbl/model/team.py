"""Teams and people: `teams/<name>.yaml` and `people.yaml`."""

from dataclasses import field
from typing import Annotated, Literal

from mbl.model.noun import Day, Effort, Help, Name, Names, Percent, Text, noun


@noun
class Recurring:
    """Work that comes back every week or month: a rate, never an item of the list."""

    title: Annotated[Text, Help("What it is")]
    effort: Annotated[Effort, Help("Its effort each time")]
    per: Annotated[Literal["week", "month"], Help("week or month")] = "month"


@noun
class Team:
    """Who works together, for which audiences, and how much of their time is already gone."""

    name: Annotated[str | None, Help("The team's name for people")] = None
    serves: Annotated[Names, Help("The audiences it serves")] = ()
    unplanned: Annotated[Percent, Help("The share of time that interruptions and meetings take")] = "0%"
    recurring: Annotated[tuple[Recurring, ...], Help("Work that comes back: [{title, effort, per}]")] = ()
    people: Annotated[dict[Name, float], Help("{person: share of their time}")] = field(default_factory=dict)


@noun
class Leave:
    """Days off, from the first to the last."""

    from_: Annotated[Day, Help("The first day off")]
    to: Annotated[Day, Help("The last day off")]
    days_per_day: Annotated[float, Help("1, or 0.5 for half days")] = 1


@noun
class Person:
    """Someone who does the work."""

    name: Annotated[str | None, Help("The full name")] = None
    holidays: Annotated[Name | None, Help("The holiday calendar, from mbl.yaml")] = None
    leave: Annotated[tuple[Leave, ...], Help("Days off: [{from, to, days_per_day}]")] = ()
    skills: Annotated[dict[Name, int], Help("{skill: 1 can help, 2 can do alone}")] = field(
        default_factory=dict
    )


People = dict[Name, Person]
