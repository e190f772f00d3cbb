"""What must hold of the items: their files, their place in the list, their dates, what they refer to."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise

from mbl.core.capacity.effort import problem_of
from mbl.core.ranking import LONGEST_KEY
from mbl.core.rankkey import is_key
from mbl.core.rules.finding import Finding, Step, is_unread, nearest, unread_names
from mbl.core.rules.missing_dates import missing_date
from mbl.model.backlog import PEOPLE, Backlog
from mbl.model.campaign import Campaign
from mbl.model.item import Item


def file_names(backlog: Backlog, today: date) -> Iterator[Finding]:
    """The file of an item or campaign ends in its id, and in .yaml."""
    del today
    shared = Counter(noun.id for _, noun in _with_ids(backlog))
    for path, noun in _with_ids(backlog):
        stem, _, ending = path.rpartition(".")
        if ending != "yaml" or not (stem.endswith((f"-{noun.id}", f"/{noun.id}"))):
            is_alone = shared[noun.id] == 1
            yield Finding(
                path=path, code="wrong-name", at=("id",), message=f"the file's name should end in {noun.id}.yaml",
                fix="`mbl check --fix` renames it." if is_alone else "Give it an id of its own first.",
            )  # fmt: skip


def equal_ids(backlog: Backlog, today: date) -> Iterator[Finding]:
    """No two files have the same id."""
    del today
    first: dict[str, str] = {}
    for path, noun in _with_ids(backlog):
        other = first.setdefault(noun.id, path)
        if other != path:
            yield Finding(
                path=path, at=("id",), code="equal-id", message=f"the id {noun.id} is also that of {other}",
                fix="If it is the same request, delete one file; else give one a new id (and rename its file).",
            )  # fmt: skip


def ranks(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Every item has a rank key of its own."""
    del today
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for path, item in backlog.items.items():
        if item.rank is None:
            yield Finding(
                path=path, code="no-rank", level="warning", message="no rank: it stands at the bottom",
                fix="`mbl check --fix` gives it one, or `mbl rank` a better place.",
            )  # fmt: skip
        elif not is_key(item.rank):
            yield Finding(
                path=path, at=("rank",), code="broken-rank",
                message=f"{item.rank} is not a rank key", fix="Never edit rank by hand; `mbl check --fix` mends it.",
            )  # fmt: skip
        else:
            holders[item.rank].append(path)
    for rank, paths in holders.items():
        for path in paths[1:]:
            yield Finding(
                path=path, at=("rank",), code="equal-rank", level="warning",
                message=f"the same rank as {paths[0]}: the order between them is by chance",
                fix="`mbl check --fix` gives it a key of its own.",
            )  # fmt: skip
        if len(rank) > LONGEST_KEY:
            yield Finding(
                path=paths[0], at=("rank",), code="long-rank", level="warning",
                message=f"a rank key of {len(rank)} characters", fix="Run `mbl rank --rebalance` on the main branch.",
            )  # fmt: skip


def references(backlog: Backlog, today: date) -> Iterator[Finding]:
    """What an item names exists: items, outcomes, team, audience, people."""
    del today
    known = _known(backlog)
    for path, item in backlog.items.items():
        for what, place, name in _named(item):
            if name is not None and name not in known[what] and (known[what] or what == "item"):
                yield _to_nothing(path, place, what, name, known[what])


def cycles(backlog: Backlog, today: date) -> Iterator[Finding]:
    """No item waits for itself."""
    del today
    state: dict[str, bool] = {}
    needs = {item.id: item.depends_on for item in backlog.items.values()}
    for start, first in needs.items():
        trail: list[tuple[str, Iterator[str]]] = []
        if start not in state:
            trail.append((start, iter(first)))
            state[start] = True
        while trail:
            id_, rest = trail[-1]
            below = next(rest, None)
            if below is None:
                state[id_] = False
                trail.pop()
            elif state.get(below):
                names = [name for name, _ in trail]
                circle = " → ".join((*names[names.index(below) :], below))
                yield Finding(
                    path=backlog.path_of[id_], at=("depends_on",), code="cycle", message=f"a circle: {circle}",
                    fix="Take one of these dependencies out.",
                )  # fmt: skip
            elif below in needs and below not in state:
                state[below] = True
                trail.append((below, iter(needs[below])))


def statuses(backlog: Backlog, today: date) -> Iterator[Finding]:
    """The status and the dates tell the same story."""
    for path, item in backlog.items.items():
        yield from _status_findings(path, item)
        yield from _date_findings(path, item, today)


def estimates(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Every estimate means a number of days."""
    del today
    for path, item in backlog.items.items():
        stated = [("estimate",), ("remaining",), *(("parts", at, "effort") for at in range(len(item.parts)))]
        texts = [item.estimate, item.remaining, *(part.effort for part in item.parts)]
        for at, text in zip(stated, texts, strict=True):
            if text and (wrong := problem_of(text, backlog.settings)):
                yield Finding(
                    path=path, at=at, code="estimate", message=wrong, fix="5d, 4h, 2w, M, 2d-8d or 2d/4d/12d."
                )


def _with_ids(backlog: Backlog) -> Iterator[tuple[str, Item | Campaign]]:
    yield from backlog.items.items()
    yield from backlog.campaigns.items()


def _known(backlog: Backlog) -> dict[str, Collection[str]]:
    """What can be named, by its kind; nothing where nobody can know, because a file could not be read."""
    outcomes = {outcome.id for guidepoint in backlog.guidepoints.values() for outcome in guidepoint.outcomes}
    unread_ids = {name[-5:] for name in unread_names(backlog, "items")}
    teams = {path.removeprefix("teams/").rpartition(".")[0] for path in backlog.teams}
    return {
        "item": backlog.path_of.keys() | unread_ids,
        "outcome": set() if is_unread(backlog, "guidepoints") else outcomes,
        "team": teams | unread_names(backlog, "teams") if teams else set(),
        "audience": {audience.id for audience in backlog.settings.audiences},
        "person": set() if is_unread(backlog, PEOPLE) else set(backlog.people),
    }


def _named(item: Item) -> Iterator[tuple[str, tuple[Step, ...], str | None]]:
    """Everything an item names: its kind, its place in the file, its name."""
    for at, id_ in enumerate(item.depends_on):
        yield "item", ("depends_on", at), id_
    for at, id_ in enumerate(item.not_duplicate_of):
        yield "item", ("not_duplicate_of", at), id_
    yield "item", ("duplicate_of",), item.duplicate_of
    for at, outcome in enumerate(item.outcomes or ()):
        yield "outcome", ("outcomes", outcome if isinstance(item.outcomes, dict) else at), outcome
    yield "team", ("team",), item.team
    yield "audience", ("audience",), item.audience
    for at, part in enumerate(item.parts):
        yield "team", ("parts", at, "team"), part.team
        yield "person", ("parts", at, "person"), part.person


def _to_nothing(path: str, at: tuple[Step, ...], what: str, name: str, known: Collection[str]) -> Finding:
    others = "Take it out, or restore the file of that item."
    if what != "item":
        others = f"Known: {', '.join(sorted(known)[:12])}."
    return Finding(
        path=path, at=at, code=f"unknown-{what}", message=f"there is no {what} {name}",
        fix=nearest(name, sorted(known)) or others,
    )  # fmt: skip


def _status_findings(path: str, item: Item) -> Iterator[Finding]:
    if item.is_open and item.ended is not None:
        yield Finding(
            path=path, at=("ended",), code="open-but-ended", message=f"{item.status}, yet it has an end",
            fix=f"Remove `ended`, or end it: mbl done {item.id} (or decline).",
        )  # fmt: skip
    if item.is_open and item.moscow == "wont":
        yield Finding(
            path=path, at=("moscow",), code="open-but-wont", message="won't this time, yet it is open",
            fix=f"mbl decline {item.id}, or choose another bucket.",
        )  # fmt: skip
    if key := missing_date(item):
        yield Finding(
            path=path, at=("status",), code=f"no-{key}", level="warning", message=f"{item.status}, but no {key} date",
            fix=f"Add `{key}`, or `mbl check --fix`: it takes the day of the commit that changed the status.",
        )  # fmt: skip


def _date_findings(path: str, item: Item, today: date) -> Iterator[Finding]:
    ended = item.ended.date if item.ended else None
    steps = [
        ("requested", item.requested),
        ("accepted", item.accepted),
        ("started", item.started),
        ("ended", ended),
    ]
    known = [(key, day) for key, day in steps if day is not None]
    for key, day in [*known, *([("reviewed", item.reviewed.date)] if item.reviewed else [])]:
        if day > today:
            yield Finding(
                path=path, at=(key,), code="future-date", message=f"{key} {day} lies in the future",
                fix="Give the day on which it happened.",
            )  # fmt: skip
    for (first, earlier), (second, later) in pairwise(known):
        if later < earlier:
            yield Finding(
                path=path, at=(second,), code="dates-backwards",
                message=f"{second} {later} comes before {first} {earlier}", fix="Correct one of the two dates.",
            )  # fmt: skip
