"""Every command of mbl: its group in the help, the function behind it, and an example.

Adding a command is its function and one row here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """`function` is `module:name` below `mbl.cli`; it is imported when the command is called.

    A row with rows `below` it is a group of commands: alone, its function shows the group's report.
    """

    group: str
    function: str
    example: str
    below: "Mapping[str, Row]" = field(default_factory=dict)


_DAILY, _YES_NO, _TOGETHER, _EXCHANGE = "Every day", "Say yes, say no", "Together", "Exchange"

COMMANDS: dict[str, Row] = {
    "init": Row(_DAILY, "init:init", 'mbl init --name "Acme marketing" --capacity 30'),
    "add": Row(_DAILY, "add:add", 'mbl add "Webinar for CTOs" --requester vp-sales --estimate 5d'),
    "list": Row(_DAILY, "items:list_", "mbl list --team growth --status committed,doing"),
    "show": Row(_DAILY, "items:show", "mbl show 3"),
    "edit": Row(_DAILY, "edit:edit", "mbl edit 3 --estimate 2d-8d --outcomes pipeline"),
    "rank": Row(_DAILY, "rank:rank", 'mbl rank "webinar ctos" --to 3'),
    "capacity": Row(_DAILY, "capacity:capacity", "mbl capacity --without requester=vp-sales"),
    "accept": Row(_YES_NO, "status:accept", "mbl accept 3 7"),
    "start": Row(_YES_NO, "status:start", "mbl start k7f3x"),
    "done": Row(_YES_NO, "status:done", "mbl done 1 --date 2026-11-20"),
    "decline": Row(
        _YES_NO, "status:decline", 'mbl decline 9 --reason "No outcome this quarter" --revisit 2027-01-15'
    ),
    "reopen": Row(_YES_NO, "status:reopen", "mbl reopen k7f3x"),
    "check": Row(_TOGETHER, "check:check", "mbl check --fix"),
    "commit": Row(_TOGETHER, "commit:commit", "mbl commit"),
    "import": Row(_EXCHANGE, "imports:import_", "mbl import csv sales.csv events.csv --dry-run"),
    "schema": Row(_EXCHANGE, "schema:schema", "mbl schema"),
}


def row_of(words: Sequence[str]) -> Row | None:
    """The row behind the words of a command: `("guidepoint", "agree")`; None if there is none."""
    rows, row = COMMANDS, None
    for word in words:
        row = rows.get(word)
        if row is None:
            return None
        rows = dict(row.below)
    return row
