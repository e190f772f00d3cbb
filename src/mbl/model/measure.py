"""A measure: a number that is read again and again (`measures/<name>.yaml`)."""

from typing import Annotated, Literal

from mbl.model.noun import Day, Help, Name, Text, noun


@noun
class Reading:
    """A value, or k of n, on one day."""

    date: Annotated[Day, Help("The day")]
    value: Annotated[float | None, Help("The value")] = None
    k: Annotated[int | None, Help("So many")] = None
    n: Annotated[int | None, Help("of so many")] = None


@noun
class Measure:
    """What is measured, and every reading."""

    id: Annotated[Name, Help("The word outcomes use; also the file's name")]
    name: Annotated[Text | None, Help("Its name for people")] = None
    scope: Annotated[Literal["customer", "business", "channel", "team"], Help("Whose number it is")] = (
        "business"
    )
    unit: Annotated[str | None, Help("The unit: %, EUR, leads")] = None
    better: Annotated[Literal["up", "down"], Help("Which way is better")] = "up"
    audience: Annotated[Name | None, Help("The audience it is about")] = None
    readings: Annotated[tuple[Reading, ...], Help("[{date, value}] or [{date, k, n}]")] = ()
