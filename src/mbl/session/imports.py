"""Foreign lists join the backlog: new rows are added, known ones updated, nothing is doubled."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from mbl.core.changes.merging import Incoming, merged, unchanged
from mbl.errors import MblError, Problem
from mbl.importers.draft import Draft, Drafts, Importer, Wishes
from mbl.model.backlog import Backlog
from mbl.session.change import Saved, changed
from mbl.session.place import Advance, Place
from mbl.session.values import item_values, new_ids

_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to. `counts`: new, changed, unchanged rows."""

    saved: Saved
    counts: dict[str, int]
    remarks: tuple[str, ...]


def imported(
    at: Place,
    importer: Importer,
    files: Sequence[Path],
    wishes: Wishes,
    *,
    status: str,
    day: Callable[[Backlog], date],
    dry_run: bool,
    commit: bool,
    advance: Advance,
) -> Imported:
    """Read the files and bring their rows into the backlog: all of them, or none. Raises MblError with every problem."""
    read = [importer.drafts(str(file), _content(file), wishes) for file in files]
    drafts = [draft for drafted in read for draft in drafted.drafts]
    problems = _problems(read)
    rows, invalid = _rows(read)
    _refuse([*problems, *invalid, *_repeated(files)])
    counts = {"new": 0, "changed": 0, "unchanged": 0}

    def bring_in(backlog: Backlog) -> Backlog:
        _refuse(_unknown(backlog, drafts))
        ids = new_ids(backlog, len(rows))
        after = merged(backlog, rows, ids=ids, status=status, today=day(backlog))
        counts["new"] = len(after.items) - len(backlog.items)
        counts["unchanged"] = unchanged(backlog, after, rows)
        counts["changed"] = len(rows) - counts["new"] - counts["unchanged"]
        return after

    saved = changed(at, bring_in, dry_run=dry_run, commit=commit, advance=advance)
    remarks = tuple(f"{Path(drafted.path).name}: {remark}" for drafted in read for remark in drafted.remarks)
    return Imported(saved=saved, counts=counts, remarks=remarks)


def _problems(read: Sequence[Drafts]) -> list[Problem]:
    """Every file's problems; a column that the user named may be missing in some of the files, but not in all."""
    found = [problem for drafted in read for problem in drafted.problems]
    missing = Counter(problem.message for problem in found if problem.code == "unknown-column")
    return [problem for problem in found if missing.get(problem.message, len(read)) == len(read)]


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise MblError(f"{file} is larger than 50 MB.", hint="Split the list into several files.")
        return file.read_bytes()
    except OSError as error:
        raise MblError(f"{file}: {error.strerror or error}.", hint="Check the name of the file.") from None


def _rows(read: Sequence[Drafts]) -> tuple[list[Incoming], list[Problem]]:
    """Every draft with its validated values, and a problem for every value the model refuses."""
    rows: list[Incoming] = []
    problems: list[Problem] = []
    for drafted in read:
        for draft in drafted.drafts:
            try:
                rows.append(_incoming(drafted.source, draft))
            except MblError as error:
                problems.extend(
                    replace(problem, path=draft.path, line=draft.line, column=0) for problem in error.problems
                )
    return rows, problems


def _incoming(source: str, draft: Draft) -> Incoming:
    fields: dict[str, Any] = dict(draft.fields)
    ended, reason = fields.pop("ended", None), fields.pop("reason", None)
    if ended:
        fields["ended"] = {"date": ended, "reason": reason}
    values = item_values({**fields, "source": {"system": source, "key": draft.key}})
    return Incoming(id=draft.id, values=values, reason=reason if isinstance(reason, str) else None)


def _unknown(backlog: Backlog, drafts: Sequence[Draft]) -> list[Problem]:
    return [
        Problem(
            path=draft.path, line=draft.line, code="unknown-id", message=f"there is no item {draft.id}",
            fix="Leave the id empty for a new request.",
        )
        for draft in drafts
        if draft.id is not None and draft.id not in backlog.path_of
    ]  # fmt: skip


def _repeated(files: Sequence[Path]) -> list[Problem]:
    """Rows are matched by the stem of their file: two files with one stem would be taken for the same list."""
    stems = [file.stem for file in files]
    return [
        Problem(
            path=str(file), code="same-name", message="another file has the same name",
            fix="Give each list a name of its own: rows are recognised by it at the next import.",
        )
        for file in files
        if stems.count(file.stem) > 1
    ]  # fmt: skip


def _refuse(problems: Sequence[Problem]) -> None:
    if not problems:
        return
    lines = [
        f"{problem.where}: {problem.message.removesuffix('.')}. {problem.fix}".rstrip()
        for problem in problems
    ]
    counted = f"{len(lines)} problems" if len(lines) > 1 else "One problem"
    raise MblError("\n".join((f"{counted}; nothing was imported.", *lines)), problems=tuple(problems))
