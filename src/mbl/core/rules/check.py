"""Every rule a backlog must keep, and what can be mended because it has one right answer.

A rule is one function, from a backlog and a day to findings, listed in `RULES`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mbl.core.edit import file_name
from mbl.core.ranking import in_order, reordered
from mbl.core.rankkey import is_key
from mbl.core.report import Column, Report, Table, Words
from mbl.core.rules import around as rules_around
from mbl.core.rules import campaigns as rules_campaigns
from mbl.core.rules import guidepoints as rules_guidepoints
from mbl.core.rules import items as rules_items
from mbl.core.rules import measures as rules_measures
from mbl.core.rules import readings as rules_readings
from mbl.core.rules import runs as rules_runs
from mbl.core.rules import skills as rules_skills
from mbl.core.rules.finding import Finding
from mbl.errors import Problem
from mbl.model.backlog import Backlog

Rule = Callable[[Backlog, date], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    rules_items.file_names,
    rules_items.equal_ids,
    rules_items.ranks,
    rules_items.references,
    rules_items.cycles,
    rules_items.statuses,
    rules_items.estimates,
    rules_runs.runs,
    rules_runs.duplicates,
    rules_runs.touch_limits,
    rules_runs.exclusions,
    rules_around.settings,
    rules_around.people,
    rules_around.teams,
    rules_skills.people_and_skills,
    rules_skills.wanted_skills,
    rules_around.guidepoints,
    rules_guidepoints.guidepoint_lint,
    rules_measures.measures,
    rules_around.blueprints,
    rules_campaigns.campaigns,
    rules_campaigns.criteria,
    rules_readings.readings,
    rules_campaigns.decisions,
)


def findings(backlog: Backlog, today: date) -> tuple[Finding, ...]:
    """Everything the rules find, by file."""
    found = [finding for rule in RULES for finding in rule(backlog, today)]
    return tuple(sorted(found, key=lambda finding: finding.path))


def mended(backlog: Backlog) -> Backlog:
    """Every item with a rank key of its own; nobody changes places."""
    order = [item.id for path, item in in_order(backlog) if backlog.path_of[item.id] == path]
    taken: set[str] = set()
    touched: list[str] = []
    for id_ in order:
        rank = backlog.item(id_).rank
        if rank is None or not is_key(rank) or rank in taken:
            touched.append(id_)
        else:
            taken.add(rank)
    return reordered(backlog, order, touched=touched) if touched else backlog


def renames(backlog: Backlog) -> Mapping[str, str]:
    """The right path of every file that is named wrongly, if that path is free and the id is its own."""
    nouns: dict[str, Any] = {**backlog.items, **backlog.campaigns}
    times = Counter(noun.id for noun in nouns.values())
    taken = set(nouns)
    moves: dict[str, str] = {}
    for path in sorted({finding.path for finding in rules_items.file_names(backlog, date.min)}):
        target = f"{path.partition('/')[0]}/{file_name(nouns[path])}"
        if target not in taken and times[nouns[path].id] == 1:
            taken.add(target)
            moves[path] = target
    return moves


def renamed(backlog: Backlog, moves: Mapping[str, str]) -> Backlog:
    """The same backlog with these files under their new names."""
    if not moves:
        return backlog
    return replace(
        backlog,
        items={moves.get(path, path): item for path, item in backlog.items.items()},
        campaigns={moves.get(path, path): campaign for path, campaign in backlog.campaigns.items()},
    )


def problem_report(problems: Sequence[Problem], *, files: int) -> Report:
    """The answer of `mbl check`: every problem, and a sentence that counts them."""
    errors = sum(problem.level == "error" for problem in problems)
    columns = tuple(
        Column(key=key, label=key.capitalize(), value=_reader(key), least=least)
        for key, least in (("level", 0), ("where", 12), ("message", 20), ("fix", 16), ("code", 0))
    )
    records = [
        {key: getattr(problem, key) for key in ("path", "line", "column", "code", "level", "message", "fix")}
        for problem in problems
    ]
    warnings = len(problems) - errors
    count = " and ".join(
        _counted(number, name) for number, name in ((errors, "error"), (warnings, "warning")) if number
    )
    ending = Words(text=f"{count} in {_counted(files, 'file')}.", tone="bad" if errors else "plain")
    if not problems:
        ending = Words(text=f"{_counted(files, 'file')} checked: all is well.", tone="good")
    table = (Table(columns=columns, rows=tuple(problems), what="problems"),) if problems else ()
    return Report(
        kind="problems", payload=lambda: {"problems": records}, blocks=(*table, ending), answer=not errors
    )


def _reader(key: str) -> Callable[[Problem], object]:
    return lambda problem: getattr(problem, key)


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
