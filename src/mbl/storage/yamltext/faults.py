"""What a text may not hold, and the words for it: tricks, syntax errors, a key that stands twice.

Refuses anchors, aliases, tags, deep nesting, merge markers and control characters before anything is built of them.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from mbl.errors import Problem

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 30
_MERGE_MARKER = re.compile(r"^(?:<{7}|>{7})(?: .*)?\r?$", re.MULTILINE)
_SUSPECT = re.compile(r"[&*!]|^ {30}|[-?]\s+[-?]\s", re.MULTILINE)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Malformed(Exception):  # noqa: N818 - a state of the text, not of the program
    """A text that is not the YAML we read, with every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


def refuse_merge_markers(path: str, text: str) -> None:
    """Raise Malformed at the first line that git left behind in a conflict."""
    marker = _MERGE_MARKER.search(text)
    if marker is None:
        return
    problem = Problem(
        path=path,
        code="merge-marker",
        line=text.count("\n", 0, marker.start()) + 1,
        column=1,
        message="an unfinished merge: both versions stand in the file",
        fix="Keep the lines you want, delete the marker lines (<<<<<<<, =======, >>>>>>>).",
    )
    raise Malformed(problem)


def refuse_tricks(path: str, text: str) -> None:
    """Raise Malformed at an alias, anchor or tag, or where the nest gets too deep.

    Looks at the events one by one, before anything is built of them, and only where the text could hide one.
    """
    if text.count("[") + text.count("{") < _DEEPEST and not _SUSPECT.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        trick = _trick(event, depth)
        if trick:
            code, message, fix = trick
            mark: Any = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            raise Malformed(Problem(path=path, code=code, message=message, fix=fix, line=line, column=column))


def syntax_problem(path: str, text: str, error: Exception) -> Problem:
    """What PyYAML found, in words a marketer can act on."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _unreadable_character(path, text)
    said, fix = _in_words(str(getattr(error, "problem", "") or "not valid YAML"), _indent(text, mark.line))
    return Problem(
        path=path,
        code="yaml",
        message=f"not valid YAML: {said}",
        fix=fix,
        line=mark.line + 1,
        column=mark.column + 1,
    )


def wrong_keys(path: str, node: Any) -> Iterator[Problem]:
    """A problem for every key that stands twice, or that is not a word."""
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from wrong_keys(path, entry)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        line, column = key.start_mark.line + 1, key.start_mark.column + 1
        wrong = _wrong_key(key, seen)
        if wrong:
            code, message, fix = wrong
            yield Problem(path=path, code=code, message=message, fix=fix, line=line, column=column)
        seen.setdefault(str(key.value), line)
        yield from wrong_keys(path, value)


def _trick(event: Any, depth: int) -> tuple[str, str, str] | None:
    if depth > _DEEPEST:
        return (
            "too-deep",
            "lists or mappings nested too deeply",
            "A backlog file needs three levels at most.",
        )
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return (
            "anchor",
            "an anchor (&name) or alias (*name)",
            "Write the value out; quote a text that begins with & or *.",
        )
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        return "tag", f"a tag ({tag:.40})", "Remove it; quote a text that begins with !."
    return None


def _indent(text: str, line: int) -> str:
    shown = dict(enumerate(text.splitlines())).get(line, "")
    return shown[: len(shown) - len(shown.lstrip())]


def _in_words(said: str, indent: str) -> tuple[str, str]:
    if "\t" in indent:
        return "a tab at the start of the line", "Indent with spaces."
    if "mapping values" in said:
        return "a colon where none can stand", 'Put a text that contains ": " in quotes.'
    if "cannot start" in said:
        return "a character that cannot begin a text", 'Put the text in quotes ("…").'
    if "another document" in said:
        return "a second document in the file", "Keep one document: remove the line ---."
    return said, 'Put the text in quotes ("…"), or close the bracket or quote that was opened.'


def _unreadable_character(path: str, text: str) -> Problem:
    bad = _UNPRINTABLE.search(text)
    at = bad.start() if bad else 0
    name = f"U+{ord(text[at]):04X}" if bad else "unreadable"
    return Problem(
        path=path,
        code="control-character",
        message=f"a control character ({name}) that no text file should hold",
        fix='Remove it, or write it as an escape in double quotes, like "\\e".',
        line=text.count("\n", 0, at) + 1,
        column=at - text.rfind("\n", 0, at),
    )


def _wrong_key(key: Any, seen: dict[str, int]) -> tuple[str, str, str] | None:
    if not isinstance(key, yaml.ScalarNode):
        return "yaml", "a list or mapping where a key should be", "Write `key: value`, the key as one word."
    if key.value in seen:
        first = f"{key.value:.40} stands here a second time (first in line {seen[key.value]})"
        return "duplicate-key", first, "Keep one of the two."
    return None
