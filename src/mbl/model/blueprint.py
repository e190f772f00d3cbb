"""A Blueprint: three months of agreed deliverables (`blueprints/<name>.yaml`)."""

from typing import Annotated

from mbl.model.noun import Day, Help, Id, Month, Name, noun


@noun
class Deliverable:
    """An item, and the month it is finished."""

    item: Annotated[Id, Help("The item")]
    month: Annotated[Month, Help("The month it is finished")]


@noun
class BlueprintAgreement:
    """Who agreed, and when."""

    date: Annotated[Day, Help("The day")]
    by: Annotated[str | None, Help("Who agreed")] = None


@noun
class Blueprint:
    """Which deliverable in which month."""

    months: Annotated[tuple[Month, ...], Help("The three months")]
    guidepoint: Annotated[Name | None, Help("The Guidepoint it serves")] = None
    agreed: Annotated[BlueprintAgreement | None, Help("Who agreed: {date, by}")] = None
    deliverables: Annotated[tuple[Deliverable, ...], Help("[{item, month}]")] = ()
