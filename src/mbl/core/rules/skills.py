"""What must hold of skills: their levels are known, somebody has what the work asks for, and a team has people."""

from collections.abc import Iterator
from datetime import date

from mbl.core.rules.finding import Finding, is_unread, nearest
from mbl.core.teams.skills import ALONE, HELPS
from mbl.model.backlog import PEOPLE, Backlog


def people_and_skills(backlog: Backlog, today: date) -> Iterator[Finding]:
    """A level is 1 or 2; no team is empty while others have people."""
    del today
    for name, person in backlog.people.items():
        for skill, level in person.skills.items():
            if level not in (HELPS, ALONE):
                yield Finding(
                    path=PEOPLE, at=(name, "skills", skill), code="skill-level", message=f"{name} has {skill} at level {level}",
                    fix="Write 1 (can help) or 2 (can do it alone); leave out what somebody cannot do.",
                )  # fmt: skip
    if not any(team.people for team in backlog.teams.values()):
        return
    for path, team in backlog.teams.items():
        if not team.people:
            yield Finding(
                path=path, code="no-people", level="warning", message="nobody works in this team: it has no days",
                fix="Add a line `people: {ana: 0.8}`, or delete the file if the team is gone.",
            )  # fmt: skip


def wanted_skills(backlog: Backlog, today: date) -> Iterator[Finding]:
    """What open work asks for, somebody can at least help with."""
    del today
    known = {skill for person in backlog.people.values() for skill in person.skills}
    if not known or is_unread(backlog, PEOPLE):
        return
    for path, item in backlog.items.items():
        for at, part in enumerate(item.parts if item.is_open else ()):
            if part.skill and part.skill not in known:
                yield Finding(
                    path=path, at=("parts", at, "skill"), code="unknown-skill", level="warning",
                    message=f"nobody has the skill {part.skill}",
                    fix=nearest(part.skill, sorted(known)) or f"Who has it? mbl team person NAME --skill {part.skill}=2",
                )  # fmt: skip
