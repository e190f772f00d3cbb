"""What must hold of everything around the items: settings, people, teams, Guidepoints, Blueprints, campaigns."""

from collections.abc import Iterator
from datetime import date

from mbl.core.finding import Finding, nearest
from mbl.core.workdays import overbooked
from mbl.model.backlog import PEOPLE, SETTINGS, Backlog


def settings(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Numbers that count something are not negative, and audiences form a tree."""
    del today
    given = backlog.settings
    if given.capacity is not None and given.capacity < 0:
        yield Finding(path=SETTINGS, at=("capacity",), code="negative", message="a capacity below 0")
    if given.hours_per_day <= 0:
        yield Finding(
            path=SETTINGS, at=("hours_per_day",), code="negative", message="a day needs hours of work"
        )
    parents = {audience.id: audience.parent for audience in given.audiences}
    for at, audience in enumerate(given.audiences):
        place = ("audiences", at)
        if sum(other.id == audience.id for other in given.audiences) > 1:
            yield Finding(
                path=SETTINGS, at=place, code="equal-id", message=f"two audiences are called {audience.id}"
            )
        for name in (*([audience.parent] if audience.parent else []), *audience.excludes):
            if name not in parents:
                fix = nearest(name, list(parents))
                yield Finding(
                    path=SETTINGS, at=place, code="unknown-audience", message=f"no audience {name}", fix=fix
                )
        if _circles(audience.id, parents):
            yield Finding(
                path=SETTINGS, at=place, code="cycle", message=f"{audience.id} is its own ancestor",
                fix="Take out one `parent`.",
            )  # fmt: skip


def people(backlog: Backlog, today: date) -> Iterator[Finding]:
    """People are known to their teams, have a calendar that exists, and no more than one full time."""
    del today
    for name, booking in overbooked(backlog).items():
        yield Finding(
            path=PEOPLE if name in backlog.people else SETTINGS, at=(name,), code="overbooked",
            message=f"{name} is booked {booking.share:.0%} over all teams", fix="Lower the shares in teams/ to 1 in sum.",
        )  # fmt: skip
    for name, person in backlog.people.items():
        if person.holidays and person.holidays not in backlog.settings.holidays:
            yield Finding(
                path=PEOPLE, at=(name, "holidays"), code="unknown-holidays", message=f"no calendar {person.holidays}",
                fix=nearest(person.holidays, list(backlog.settings.holidays)) or "Add it to mbl.yaml: holidays.",
            )  # fmt: skip
        for at, leave in enumerate(person.leave):
            if leave.to < leave.from_:
                yield Finding(
                    path=PEOPLE,
                    at=(name, "leave", at),
                    code="dates-backwards",
                    message="a leave that ends before it begins",
                )


def teams(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Teams consist of known people and serve known audiences."""
    del today
    audiences = [audience.id for audience in backlog.settings.audiences]
    for path, team in backlog.teams.items():
        for person, share in team.people.items():
            if backlog.people and person not in backlog.people:
                yield Finding(
                    path=path, at=("people", person), code="unknown-person", message=f"no {person} in people.yaml",
                    fix=nearest(person, list(backlog.people)),
                )  # fmt: skip
            if share < 0:
                yield Finding(path=path, at=("people", person), code="negative", message="a share below 0")
        for at, audience in enumerate(team.serves):
            if audience not in audiences:
                yield Finding(
                    path=path, at=("serves", at), code="unknown-audience", message=f"no audience {audience} in mbl.yaml",
                    fix=nearest(audience, audiences),
                )  # fmt: skip


def guidepoints(backlog: Backlog, today: date) -> Iterator[Finding]:
    """At most one Guidepoint holds at a time; its horizon runs forward; its measures exist."""
    measures = [measure.id for measure in backlog.measures.values()]
    current = [
        path
        for path, guidepoint in backlog.guidepoints.items()
        if guidepoint.from_ <= today <= guidepoint.to and not guidepoint.closed
    ]
    for path in current[1:]:
        yield Finding(
            path=path, at=("from",), code="two-guidepoints", message=f"{current[0]} holds today, too",
            fix="Close one of the two (closed: DATE), or move its horizon.",
        )  # fmt: skip
    for path, guidepoint in backlog.guidepoints.items():
        if guidepoint.to < guidepoint.from_:
            yield Finding(path=path, at=("to",), code="dates-backwards", message="it ends before it begins")
        for at, outcome in enumerate(guidepoint.outcomes):
            if outcome.measure and outcome.measure not in measures:
                yield Finding(
                    path=path, at=("outcomes", at, "measure"), code="unknown-measure",
                    message=f"no measure {outcome.measure}", fix=nearest(outcome.measure, measures),
                )  # fmt: skip


def blueprints(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Deliverables are items, in one of the Blueprint's months."""
    del today
    for path, blueprint in backlog.blueprints.items():
        for at, deliverable in enumerate(blueprint.deliverables):
            if deliverable.item not in backlog.path_of:
                yield Finding(
                    path=path,
                    at=("deliverables", at),
                    code="unknown-item",
                    message=f"there is no item {deliverable.item}",
                )
            if deliverable.month not in blueprint.months:
                yield Finding(
                    path=path, at=("deliverables", at), code="wrong-month",
                    message=f"{deliverable.month} is not one of the Blueprint's months",
                )  # fmt: skip


def campaigns(backlog: Backlog, today: date) -> Iterator[Finding]:
    """A campaign ends after it begins."""
    del today
    for path, campaign in backlog.campaigns.items():
        if campaign.deadline < campaign.start:
            yield Finding(
                path=path,
                at=("deadline",),
                code="dates-backwards",
                message="the deadline lies before the start",
            )


def _circles(start: str, parents: dict[str, str | None]) -> bool:
    step, seen = parents.get(start), {start}
    while step is not None and step not in seen:
        seen.add(step)
        step = parents.get(step)
    return step == start
