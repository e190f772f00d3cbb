"""Outcomes on the command line: `OUTCOME=VALUE` options, and questions for what they leave open, one by one.

Refuses a value that its field cannot take; an outcome that the Guidepoint does not have is refused by the core.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, TypeVar

import typer

from mbl.cli import ask, complete
from mbl.cli.options import Names, day, listed
from mbl.core.measures.edits import amount
from mbl.core.measures.series import readings, value_of
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint, Outcome
from mbl.session import values as validated

T = TypeVar("T")
Given = Mapping[str, Mapping[str, Any]]
"""Fields by the id of their outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFields:
    """What an outcome is measured by."""

    measure: Annotated[
        Names,
        typer.Option(
            "--measure", metavar="OUTCOME=MEASURE", help="The measure that an outcome is read from.",
            autocompletion=complete.names("measures"),
        ),
    ] = None  # fmt: skip
    baseline: Annotated[Names, typer.Option(metavar="OUTCOME=NUMBER", help="Where it starts.")] = None
    target: Annotated[Names, typer.Option(metavar="OUTCOME=NUMBER", help="Where it should stand.")] = None
    due: Annotated[Names, typer.Option(metavar="OUTCOME=DATE", help="By when.")] = None
    weight: Annotated[
        Names, typer.Option(metavar="OUTCOME=NUMBER", help="Its share of the attention, against the others.")
    ] = None


def outcomes_named(texts: Sequence[str]) -> tuple[Outcome, ...]:
    """The outcomes written like `pipeline: Shippers bring 3 million`. Raises MblError (exit code 2)."""
    return tuple(_named(text) for text in texts)


def fields_given(options: OutcomeFields, outcomes: Sequence[Outcome], backlog: Backlog) -> Given:
    """The values that the options give, by outcome; an empty one clears. Raises MblError (exit code 2)."""
    said = {key: _pairs(key, getattr(options, key)) for key in OutcomeFields.__slots__}
    read_from = {**{outcome.id: outcome.measure for outcome in outcomes}, **said["measure"]}
    given: dict[str, dict[str, Any]] = {}
    for key, texts in said.items():
        for id_, text in texts.items():
            given.setdefault(id_, {})[key] = _typed(key, text, _measure(backlog, read_from.get(id_)))
    return given


def asked_outcomes(taken: Sequence[Outcome] = ()) -> Iterator[Outcome]:
    """The outcomes that somebody types, until Enter alone."""
    ids = [outcome.id for outcome in taken]
    while text := answered(f"Outcome {len(ids) + 1}: what will be true then? (Enter: no more)", str):
        id_ = answered("One word for it, like pipeline:", lambda word: _free(word, ids))
        ids.append(id_)
        yield Outcome(id=id_, text=text)


def completed(outcome: Outcome, given: Mapping[str, Any], held: Guidepoint, backlog: Backlog) -> Outcome:
    """The outcome with what the options say, and answers to the rest; Enter leaves a field empty."""
    outcome = replace(outcome, **given)
    known = ", ".join(sorted(measure.id for measure in backlog.measures.values()))
    if "measure" not in given:
        offered = f" ({known})" if known else ""
        question = f"Which measure shows {outcome.id}?{offered}"
        outcome = replace(outcome, measure=answered(question, lambda text: _typed("measure", text, None)))
    measure = _measure(backlog, outcome.measure)
    last = [value_of(reading) for reading in readings(measure, held.to)[-1:]] if measure else []
    for key, question, usual in (
        ("baseline", f"Where does {outcome.id} stand now?", f"{last[0]:g}" if last else ""),
        ("target", f"Where should {outcome.id} stand?", ""),
        ("due", "By when?", held.to.isoformat()),
    ):
        if key not in given:
            value = answered(question, lambda text, key=key: _typed(key, text, measure), usual=usual)  # type: ignore[misc]
            outcome = replace(outcome, **{key: value})
    return outcome


def answered(question: str, read: Callable[[str], T], *, usual: str = "") -> T:
    """What `read` makes of the answer, asked again until it can. Raises MblError when the answers end."""
    while True:
        said = ask.line(f"{question} [{usual}]" if usual else question)
        if said is None:
            raise MblError("The answers ended too early: nothing was saved.")
        try:
            return read(said or usual)
        except MblError as error:
            ask.say(" ".join(filter(None, (error.message, error.hint))))


def as_day(text: str) -> date:
    """The date. Raises MblError (exit code 2)."""
    try:
        return day(text)
    except typer.BadParameter as error:
        raise MblError(error.message, exit_code=2) from None


def _named(text: str) -> Outcome:
    id_, colon, words = (part.strip() for part in text.partition(":"))
    if not colon or not words:
        raise MblError(
            f"The outcome {text!r} needs a word and a sentence.",
            hint='Write it like "pipeline: Shippers bring 3 million euros".',
            exit_code=2,
        )
    made: Outcome = validated.valid(Outcome, {"id": id_, "text": words})
    return made


def _free(word: str, taken: Sequence[str]) -> str:
    if word in taken:
        raise MblError(f"There is an outcome {word} already.")
    return _named(f"{word}: x").id if word else _refuse_empty()


def _refuse_empty() -> str:
    raise MblError("Requests name the outcome by this word.")


def _pairs(key: str, values: list[str] | None) -> dict[str, str]:
    pairs = {}
    for text in listed(values):
        id_, equals, value = text.partition("=")
        if not equals:
            raise MblError(
                f"--{key} {text}: which outcome is it?",
                hint=f"Write it like --{key} pipeline={text}",
                exit_code=2,
            )
        pairs[id_.strip()] = value.strip()
    return pairs


def _typed(key: str, text: str, measure: Any) -> Any:
    """The value of this field; an empty text is its default. Raises MblError (exit code 2)."""
    if not text:
        return 1.0 if key == "weight" else None
    if key == "due":
        return as_day(text)
    if key == "measure":
        return validated.valid(Outcome, {"id": "x", "text": "x", "measure": text}).measure
    return amount(text, None if key == "weight" else measure)


def _measure(backlog: Backlog, id_: str | None) -> Any:
    return next((measure for measure in backlog.measures.values() if measure.id == id_), None)
