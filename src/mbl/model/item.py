"""A request for marketing work, from the first wish to its end: the file `items/<slug>-<id>.yaml`.

The order of the fields is the order of the keys in a new file, of the columns and of the options of `mbl edit`.
"""

from dataclasses import fields
from typing import Annotated, ClassVar, Literal, get_args

from mbl.model.noun import Day, Effort, Estimate, Form, Help, Id, Ids, Month, Name, Names, Text, noun

Status = Literal["request", "committed", "doing", "done", "declined", "dropped"]
Moscow = Literal["must", "should", "could", "wont"]

STATUSES: tuple[Status, ...] = get_args(Status)
MOSCOW: tuple[Moscow, ...] = get_args(Moscow)
OPEN: frozenset[str] = frozenset({"request", "committed", "doing"})
COMMITTED: frozenset[str] = frozenset({"committed", "doing"})

Rank = Annotated[str, Form(r"[0-9A-Za-z]{2,}", "a rank key: only mbl rank writes it")]


@noun
class Ended:
    """How an item ended: finished, declined or dropped."""

    date: Annotated[Day, Help("The day it ended")]
    by: Annotated[str | None, Help("Who decided")] = None
    reason: Annotated[str | None, Help("Why, in a sentence the requester may read")] = None
    revisit: Annotated[Day | None, Help("The day to look at it again")] = None


@noun
class Reviewed:
    """The last relevance review of an item."""

    date: Annotated[Day, Help("The day of the review")]
    by: Annotated[str | None, Help("Who decided")] = None
    decision: Annotated[Literal["keep", "later"], Help("keep, or later (look again)")] = "keep"
    reason: Annotated[str | None, Help("Why")] = None


@noun
class Asked:
    """What came back to the question which outcome a request serves."""

    answer: Annotated[str, Help("The answer in the requester's words")]
    by: Annotated[str | None, Help("Who answered")] = None
    knows: Annotated[str | None, Help("Who knows which number matters")] = None


@noun
class Run:
    """When the audience meets it, at a steady pace."""

    from_: Annotated[Day, Help("The first day")]
    to: Annotated[Day | None, Help("The last day")] = None
    touches_per_week: Annotated[float, Help("How often a week")] = 1


@noun
class Offer:
    """What is offered to the audience, and when."""

    product: Annotated[Text, Help("The product")]
    kind: Annotated[str | None, Help("discount, trial, bundle …")] = None
    value: Annotated[
        str | None, Help("How much: 20% or 50"), Form(r"[^\n]*", "a value like 20% or 50", number=True)
    ] = None
    currency: Annotated[str | None, Help("The currency of the value")] = None
    from_: Annotated[Day | None, Help("The first day")] = None
    to: Annotated[Day | None, Help("The last day")] = None
    group: Annotated[str | None, Help("Offers of one group exclude each other")] = None


@noun
class Part:
    """One piece of the work: a skill, an effort, and who does it."""

    skill: Annotated[Name | None, Help("The skill it needs")] = None
    effort: Annotated[Effort | None, Help("Its effort")] = None
    team: Annotated[Name | None, Help("The team, if not the item's")] = None
    person: Annotated[Name | None, Help("The person")] = None


@noun
class Source:
    """Where an imported item comes from: what matches it at the next import."""

    system: Annotated[str, Help("The file or system")]
    key: Annotated[str, Help("Its key there")]
    url: Annotated[str | None, Help("Its address there")] = None


@noun
class Item:
    """One request on the list; the item is the deliverable."""

    id: Annotated[Id, Help("The id, also the end of the file's name")]
    title: Annotated[Text, Help("What is asked for, in a few words")]
    rank: Annotated[Rank | None, Help("Its place in the list; changed by mbl rank")] = None
    status: Annotated[Status, Help("request, committed, doing, done, declined or dropped")] = "request"
    accepted: Annotated[Day | None, Help("The day it was promised")] = None
    started: Annotated[Day | None, Help("The day work began")] = None
    ended: Annotated[Ended | None, Help("How it ended: {date, by, reason, revisit}")] = None
    requester: Annotated[str | None, Help("Who asked for it")] = None
    moscow: Annotated[Moscow | None, Help("must, should, could, or wont (not this time)")] = None
    reviewed: Annotated[Reviewed | None, Help("The last review: {date, by, decision, reason}")] = None
    requested: Annotated[Day | None, Help("The day it was asked for")] = None
    estimate: Annotated[Estimate | None, Help("The effort: 5d, 4h, 2w, M, 2d-8d or 2d/4d/12d")] = None
    type: Annotated[str | None, Help("The kind of deliverable: webinar, email, video …")] = None
    outcomes: Annotated[
        Names | dict[Name, float] | None, Help("The outcomes it serves, a list or {outcome: weight}")
    ] = None
    how: Annotated[str | None, Help("Why it would move the outcome, in a sentence")] = None
    asked: Annotated[Asked | None, Help("The answer to the question for an outcome: {answer, by, knows}")] = (
        None
    )
    remaining: Annotated[Effort | None, Help("The effort left, once started")] = None
    team: Annotated[Name | None, Help("The team that does it")] = None
    owner: Annotated[str | None, Help("The person who answers for it")] = None
    audience: Annotated[Name | None, Help("The audience it is for")] = None
    channel: Annotated[str | None, Help("The channel: email, event, social …")] = None
    earliest: Annotated[Month | None, Help("The first month it can be worked on")] = None
    due: Annotated[Day | None, Help("The day it is needed")] = None
    runs: Annotated[Run | tuple[Day, ...] | None, Help("When the audience meets it: days, or {from, to}")] = (
        None
    )
    offer: Annotated[Offer | None, Help("What it offers: {product, kind, value, currency, from, to}")] = None
    parts: Annotated[tuple[Part, ...], Help("The work by skill: [{skill, effort, team, person}]")] = ()
    depends_on: Annotated[Ids, Help("The items that must be done first")] = ()
    duplicate_of: Annotated[Id | None, Help("The item that asks for the same work")] = None
    not_duplicate_of: Annotated[Ids, Help("Items that look the same but are not")] = ()
    labels: Annotated[Names, Help("Words to find it by")] = ()
    links: Annotated[tuple[str, ...], Help("Addresses of briefs, drafts, results")] = ()
    source: Annotated[Source | None, Help("Where it was imported from: {system, key, url}")] = None
    description: Annotated[str | None, Help("Everything else, as long as needed")] = None

    FILE_ORDER: ClassVar[tuple[str, ...]]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_committed(self) -> bool:
        return self.status in COMMITTED and self.moscow != "wont"

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each outcome, in sum 1 (equal unless given); empty without an outcome."""
        if not self.outcomes:
            return {}
        given = self.outcomes if isinstance(self.outcomes, dict) else dict.fromkeys(self.outcomes, 1.0)
        total = sum(given.values())
        return {key: value / total for key, value in given.items()} if total > 0 else {}


Item.FILE_ORDER = (
    "id",
    "rank",
    "title",
    *(f.name for f in fields(Item) if f.name not in ("id", "rank", "title")),
)
"""`rank` stands between two keys that never change: branches that change different neighbours merge clean."""

SKELETON = frozenset({"id", "rank", "title", "status", "requester", "requested", "type"})
"""The keys that stay in the file even when empty, for the same reason."""
