"""What must hold of everything around the items: settings, people, teams, Guidepoints, Blueprints."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from mbl.core.capacity.words import percent
from mbl.core.capacity.workdays import overbooked
from mbl.core.rules.finding import Finding, is_unread, nearest, unread_names
from mbl.model.backlog import PEOPLE, SETTINGS, Backlog
from mbl.model.settings import Audience


def settings(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Numbers that count something are not negative, and audiences form a tree."""
    del today
    given = backlog.settings
    if given.capacity is not None and given.capacity < 0:
        yield Finding(
            path=SETTINGS, at=("capacity",), code="negative", message="a capacity below 0",
            fix="Write the person-days a month for planned work, like 30.",
        )  # fmt: skip
    if given.hours_per_day <= 0:
        yield Finding(
            path=SETTINGS, at=("hours_per_day",), code="negative", message="a day without hours of work",
            fix="Write the hours of work in a day, like 8.",
        )  # fmt: skip
    yield from _audiences(given.audiences)


def people(backlog: Backlog, today: date) -> Iterator[Finding]:
    """People have a calendar that exists, leave that runs forward, and no more than one full time."""
    del today
    for name, booking in overbooked(backlog).items():
        last = list(booking.teams)[-1]
        path = next(path for path in backlog.teams if path.rpartition("/")[2].rpartition(".")[0] == last)
        yield Finding(
            path=path, at=("people", name), code="overbooked",
            message=f"{name} is booked {percent(booking.share)} over all teams ({', '.join(booking.teams)})",
            fix="Lower the shares in teams/ to 1 in sum.",
        )  # fmt: skip
    calendars = list(backlog.settings.holidays)
    for name, person in backlog.people.items():
        if person.holidays and person.holidays not in calendars and not is_unread(backlog, SETTINGS):
            yield Finding(
                path=PEOPLE, at=(name, "holidays"), code="unknown-holidays", message=f"no calendar {person.holidays}",
                fix=nearest(person.holidays, calendars) or "Add it to mbl.yaml: holidays.",
            )  # fmt: skip
        for at, leave in enumerate(person.leave):
            if leave.to < leave.from_:
                yield Finding(
                    path=PEOPLE, at=(name, "leave", at), code="dates-backwards",
                    message="a leave that ends before it begins", fix="Exchange or correct the two dates.",
                )  # fmt: skip
            if not 0 < leave.days_per_day <= 1:
                yield Finding(
                    path=PEOPLE, at=(name, "leave", at), code="leave-share",
                    message=f"a leave of {leave.days_per_day:g} of each day",
                    fix="Write 0.5 for half days; leave it out for whole ones.",
                )  # fmt: skip


def teams(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Teams consist of known people and serve known audiences."""
    del today
    audiences = [audience.id for audience in backlog.settings.audiences]
    for path, team in backlog.teams.items():
        for person, share in team.people.items():
            if backlog.people and person not in backlog.people:
                yield Finding(
                    path=path, at=("people", person), code="unknown-person", message=f"no {person} in people.yaml",
                    fix=nearest(person, list(backlog.people)) or f"Who is it? mbl team person {person} --skill copy=2",
                )  # fmt: skip
            if share < 0:
                yield Finding(
                    path=path, at=("people", person), code="negative", message=f"{person} has a share below 0",
                    fix="Write the share of their time for this team, from 0 to 1.",
                )  # fmt: skip
        for at, audience in enumerate(team.serves):
            if audience not in audiences and not is_unread(backlog, SETTINGS):
                yield Finding(
                    path=path, at=("serves", at), code="unknown-audience", message=f"no audience {audience} in mbl.yaml",
                    fix=nearest(audience, audiences) or "Add it to mbl.yaml: audiences.",
                )  # fmt: skip


def guidepoints(backlog: Backlog, today: date) -> Iterator[Finding]:
    """At most one Guidepoint holds at a time; its horizon runs forward; its measures exist."""
    measures = [measure.id for measure in backlog.measures.values()]
    current = [
        path
        for path, guidepoint in backlog.guidepoints.items()
        if guidepoint.from_ <= today <= guidepoint.to
        and not (guidepoint.closed and guidepoint.closed <= today)
    ]
    for path in current[1:]:
        yield Finding(
            path=path, at=("from",), code="two-guidepoints", message=f"{current[0]} holds today, too",
            fix="Close one of the two (closed: DATE), or move its horizon.",
        )  # fmt: skip
    for path, guidepoint in backlog.guidepoints.items():
        if guidepoint.to < guidepoint.from_:
            yield Finding(
                path=path, at=("to",), code="dates-backwards", message="it ends before it begins",
                fix="Exchange or correct `from` and `to`.",
            )  # fmt: skip
        for at, outcome in enumerate(guidepoint.outcomes):
            if outcome.measure and outcome.measure not in measures and not is_unread(backlog, "measures"):
                yield Finding(
                    path=path, at=("outcomes", at, "measure"), code="unknown-measure",
                    message=f"no measure {outcome.measure}",
                    fix=nearest(outcome.measure, measures) or f"Describe it in measures/{outcome.measure}.yaml.",
                )  # fmt: skip


def blueprints(backlog: Backlog, today: date) -> Iterator[Finding]:
    """Deliverables are items, in one of the Blueprint's months."""
    del today
    items = sorted(backlog.path_of.keys() | {name[-5:] for name in unread_names(backlog, "items")})
    for path, blueprint in backlog.blueprints.items():
        for at, deliverable in enumerate(blueprint.deliverables):
            if deliverable.item not in items:
                yield Finding(
                    path=path, at=("deliverables", at), code="unknown-item",
                    message=f"there is no item {deliverable.item}",
                    fix=nearest(deliverable.item, items) or "Take it out, or restore the file of that item.",
                )  # fmt: skip
            if deliverable.month not in blueprint.months:
                yield Finding(
                    path=path, at=("deliverables", at), code="wrong-month",
                    message=f"{deliverable.month} is not one of the Blueprint's months",
                    fix=f"Its months: {', '.join(blueprint.months) or 'none yet'}.",
                )  # fmt: skip


def _audiences(audiences: Sequence[Audience]) -> Iterator[Finding]:
    parents = {audience.id: audience.parent for audience in audiences}
    times = Counter(audience.id for audience in audiences)
    for at, audience in enumerate(audiences):
        if times[audience.id] > 1:
            yield Finding(
                path=SETTINGS, at=("audiences", at), code="equal-id", message=f"two audiences are called {audience.id}",
                fix="Give one of them another id.",
            )  # fmt: skip
        for name in filter(None, (audience.parent, *audience.excludes)):
            if name not in parents:
                yield Finding(
                    path=SETTINGS, at=("audiences", at), code="unknown-audience", message=f"no audience {name}",
                    fix=nearest(name, list(parents)) or "Add it to the audiences, or take it out here.",
                )  # fmt: skip
        if _circles(audience.id, parents):
            yield Finding(
                path=SETTINGS, at=("audiences", at), code="cycle", message=f"{audience.id} is its own ancestor",
                fix="Take out one `parent`.",
            )  # fmt: skip


def _circles(start: str, parents: dict[str, str | None]) -> bool:
    step, seen = parents.get(start), {start}
    while step is not None and step not in seen:
        seen.add(step)
        step = parents.get(step)
    return step == start
