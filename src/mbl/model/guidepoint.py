"""A Guidepoint: what success looks like in the coming months, agreed by stakeholders (`guidepoints/<name>.yaml`)."""

from typing import Annotated

from mbl.model.noun import Day, Help, Name, Text, noun


@noun
class Outcome:
    """One measurable result."""

    id: Annotated[Name, Help("The word items use")]
    text: Annotated[Text, Help("What will be true, in a sentence")]
    measure: Annotated[Name | None, Help("The measure it is read from")] = None
    baseline: Annotated[float | None, Help("Where the measure stood at the start")] = None
    target: Annotated[float | None, Help("Where it should stand")] = None
    due: Annotated[Day | None, Help("By when")] = None
    weight: Annotated[float, Help("Its share of the attention, against the others")] = 1
    closed: Annotated[Day | None, Help("The day it was reached or given up")] = None


@noun
class Agreement:
    """Who agreed, and when."""

    date: Annotated[Day, Help("The day")]
    by: Annotated[tuple[Text, ...], Help("Everyone who agreed")] = ()


@noun
class Revision:
    """A change to something that was agreed."""

    date: Annotated[Day, Help("The day")]
    by: Annotated[str | None, Help("Who changed it")] = None
    reason: Annotated[str | None, Help("Why")] = None


@noun
class Guidepoint:
    """The statement of a few months, and its outcomes."""

    statement: Annotated[Text, Help("What success looks like, in a sentence or two")]
    from_: Annotated[Day, Help("The first day")]
    to: Annotated[Day, Help("The last day")]
    agreed: Annotated[Agreement | None, Help("Who agreed: {date, by}")] = None
    closed: Annotated[Day | None, Help("The day it was closed")] = None
    changes: Annotated[tuple[Revision, ...], Help("Changes since the agreement: [{date, by, reason}]")] = ()
    outcomes: Annotated[tuple[Outcome, ...], Help("The measurable results")] = ()
