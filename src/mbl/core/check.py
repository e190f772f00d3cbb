"""Every rule a backlog must keep, and what can be mended because it has one right answer.

A rule is one function, from a backlog and a day to findings, listed in `RULES`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from mbl.core import rules_around, rules_items
from mbl.core.edit import file_name
from mbl.core.finding import Finding
from mbl.core.ranking import reordered
from mbl.core.rankkey import is_key
from mbl.core.report import Column, Report, Table, Words
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
    rules_around.settings,
    rules_around.people,
    rules_around.teams,
    rules_around.guidepoints,
    rules_around.blueprints,
    rules_around.campaigns,
)


def findings(backlog: Backlog, today: date) -> tuple[Finding, ...]:
    """Everything the rules find, by file."""
    found = [finding for rule in RULES for finding in rule(backlog, today)]
    return tuple(sorted(found, key=lambda finding: finding.path))


def mended(backlog: Backlog) -> Backlog:
    """Every open item with a rank key of its own; nobody changes places."""
    from mbl.core.ranking import ranked

    order = [row.item.id for row in ranked(backlog) if backlog.path_of[row.item.id] == row.path]
    seen: set[str] = set()
    touched: list[str] = []
    for id_ in order:
        rank = backlog.item(id_).rank
        if rank is None or not is_key(rank) or rank in seen:
            touched.append(id_)
        seen.add(rank or "")
    return reordered(backlog, order, touched=touched) if touched else backlog


def renames(backlog: Backlog) -> Mapping[str, str]:
    """The right path of every file that is named wrongly, if that path is free."""
    taken = set(backlog.items) | set(backlog.campaigns)
    wrong = {finding.path for finding in rules_items.file_names(backlog, date.min)}
    moves: dict[str, str] = {}
    for path in sorted(wrong & set(backlog.items)):
        target = f"items/{file_name(backlog.items[path])}"
        if target not in taken:
            taken.add(target)
            moves[path] = target
    return moves


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
    ending = Words(text=f"{count} in {files} files.", tone="bad" if errors else "plain")
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
