"""The replies in the words of the team: replies/<language>.md, else the ones that mbl brings.

Refuses a language that nobody has written, and a file that names something mbl cannot fill in.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from mbl.core.replies.letters import letter, template_problems
from mbl.core.replies.templates import TEMPLATES
from mbl.core.rules.finding import nearest
from mbl.errors import MblError, Problem
from mbl.model.backlog import Backlog
from mbl.session.place import Place
from mbl.storage import disk

USUAL = "en"
_FOLDER = "replies"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")


def template(at: Place, language: str) -> str:
    """The words of the reply in this language. Raises MblError."""
    wanted = language.strip().casefold().replace("_", "-")
    path = _paths(at.root).get(wanted)
    if path is None and wanted in TEMPLATES:
        return TEMPLATES[wanted]
    if path is None:
        raise _unknown(at, language)
    text, problems = _looked_at(at.root, path)
    if problems:
        lines = (f"{problem.where}: {problem.message}. {problem.fix}".strip() for problem in problems)
        raise MblError("\n".join(lines), hint="`mbl check` finds every such place.", problems=problems)
    return text


def letters(
    at: Place, backlog: Backlog, ids: Sequence[str], *, today: date, language: str,
    escape: Callable[[str], str] = str,
) -> Mapping[str, str]:  # fmt: skip
    """The reply to whoever asked for each of these items, by id. Raises MblError."""
    if not ids:
        return {}
    words, spoken = template(at, language), language.strip().casefold()
    return {
        id_: letter(backlog, backlog.item(id_), today, template=words, language=spoken, escape=escape)
        for id_ in ids
    }


def languages(at: Place) -> tuple[str, ...]:
    """The languages that can be asked for."""
    return tuple(sorted({*TEMPLATES, *_paths(at.root)}))


def replies_found(root: Path) -> tuple[int, tuple[Problem, ...]]:
    """How many replies the folder holds, and everything that is wrong with them."""
    paths, problems = disk.pages(root, _FOLDER)
    wrong = (problem for path in paths for problem in _looked_at(root, path)[1])
    return len(paths), (*problems, *wrong)


def write_replies(root: Path) -> None:
    """The replies to begin with; what is there already stays as it is. Raises OSError."""
    for language, text in TEMPLATES.items():
        path = f"{_FOLDER}/{language}.md"
        if not (root / path).exists():
            disk.replace(root, path, text.encode())


def _paths(root: Path) -> Mapping[str, str]:
    """The file of each language that has one."""
    names = ((path.rpartition("/")[2].removesuffix(".md"), path) for path in disk.pages(root, _FOLDER)[0])
    return {name.casefold(): path for name, path in names if _LANGUAGE.fullmatch(name.casefold())}


def _unknown(at: Place, language: str) -> MblError:
    known = languages(at)
    hint = nearest(language.casefold(), known) or f"There are: {', '.join(known)}."
    return MblError(
        f"There is no reply in {language!r}.", hint=f"{hint} A new language is one more file in {_FOLDER}/.",
        exit_code=2,
    )  # fmt: skip


def _looked_at(root: Path, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a reply, and what is wrong with it."""
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        text = codec.decoded(path, disk.read(root, path)).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except Malformed as error:
        return "", error.problems
    except OSError as error:
        return "", (disk.unreadable(path, error),)
    return text, template_problems(path, text)
