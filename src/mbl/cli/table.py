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


_DAILY, _YES_NO, _ALIGN, _ORGANISE = "Every day", "Say yes, say no", "Align", "Organise"
_LEARN, _TOGETHER, _EXCHANGE = "Learn", "Together", "Exchange"

COMMANDS: dict[str, Row] = {
    "init": Row(_DAILY, "init:init", 'mbl init --name "Acme marketing" --capacity 30'),
    "add": Row(_DAILY, "add:add", 'mbl add "Webinar for CTOs" --requester vp-sales --estimate 5d'),
    "list": Row(_DAILY, "items:list_", "mbl list --team growth --status committed,doing"),
    "show": Row(_DAILY, "items:show", "mbl show 3"),
    "edit": Row(_DAILY, "edit:edit", "mbl edit 3 --estimate 2d-8d --outcomes pipeline"),
    "rank": Row(_DAILY, "rank:rank", 'mbl rank "webinar ctos" --to 3'),
    "capacity": Row(_DAILY, "capacity:capacity", "mbl capacity --without requester=vp-sales"),
    "accept": Row(_YES_NO, "accept:accept", "mbl accept 3 7"),
    "start": Row(_YES_NO, "status:start", "mbl start k7f3x"),
    "done": Row(_YES_NO, "status:done", "mbl done 1 --date 2026-11-20"),
    "decline": Row(
        _YES_NO, "status:decline", 'mbl decline 9 --reason "No outcome this quarter" --revisit 2027-01-15'
    ),
    "reopen": Row(_YES_NO, "status:reopen", "mbl reopen k7f3x"),
    "guidepoint": Row(
        _ALIGN,
        "guidepoint:guidepoint",
        "mbl guidepoint",
        below={
            "new": Row(
                "",
                "guidepoint_new:new",
                'mbl guidepoint new --from 2027-01-01 --statement "Shippers come to us" '
                '--outcome "pipeline: Shippers bring 3 million"',
            ),
            "edit": Row(
                "",
                "guidepoint_edit:edit",
                'mbl guidepoint edit --target pipeline=3200 --reason "The fair went better than we hoped"',
            ),
            "agree": Row("", "guidepoint:agree", "mbl guidepoint agree --by cmo,vp-sales"),
            "close": Row("", "guidepoint:close", "mbl guidepoint close 2026-q4"),
        },
    ),
    "workshop": Row(_ALIGN, "workshop:workshop", "mbl workshop --participants ana,ben,cmo --moscow none"),
    "review": Row(
        _ALIGN, "review:review", 'mbl review --why due_passed --decline all --reason "Its date has passed"'
    ),
    "blueprint": Row(
        _ALIGN,
        "blueprint:blueprint",
        "mbl blueprint --from 2026-10",
        below={"agree": Row("", "blueprint:agree", "mbl blueprint agree --by cmo --name 2026-q4-november")},
    ),
    "campaign": Row(
        _LEARN,
        "campaign:campaign",
        "mbl campaign",
        below={
            "show": Row("", "campaign:show", 'mbl campaign show "linkedin second"'),
            "new": Row(
                "",
                "campaign_new:new",
                'mbl campaign new "Outreach to CTOs" --hypothesis "They accept a personal word" --start 2026-11-30 '
                '--deadline 2027-01-15 --criterion "acceptance: accepted of invites >= 10% planned 120 window 7d"',
            ),
            "log": Row(
                "", "campaign_log:log", "mbl campaign log q8n2k invites=70 accepted=9 --date 2026-11-22"
            ),
            "edit": Row(
                "",
                "campaign_edit:edit",
                'mbl campaign edit q8n2k --deadline 2026-12-18 --reason "Ana was ill for a week"',
            ),
            "decide": Row(
                "",
                "campaign_decide:decide",
                'mbl campaign decide q8n2k scale --reason "Five meetings" --learned "No link in the first word"',
            ),
            "learned": Row("", "campaign_learned:learned", "mbl campaign learned linkedin"),
            "watch": Row("", "campaign_watch:watch", "mbl campaign watch q8n2k --every 5"),
        },
    ),
    "team": Row(
        _ORGANISE,
        "team:team",
        "mbl team",
        below={
            "skills": Row("", "team:skills", "mbl team skills growth"),
            "new": Row(
                "",
                "team_edit:new",
                "mbl team new partners --serves dealers --people ines=0.2 --unplanned 20%",
            ),
            "edit": Row("", "team_edit:edit", "mbl team edit growth --people ana=0.5 --unplanned 25%"),
            "person": Row(
                "",
                "team_person:person",
                "mbl team person mia --skill design=2 --leave 2027-03-01..2027-03-05",
            ),
        },
    ),
    "conflicts": Row(_ORGANISE, "conflicts:conflicts", "mbl conflicts --touches --to 2026-12-31"),
    "measures": Row(
        _ORGANISE,
        "measures:measures",
        "mbl measures",
        below={
            "new": Row("", "measures:new", "mbl measures new demos --unit demos --scope business"),
            "log": Row("", "measures:log", "mbl measures log pipeline 2480"),
        },
    ),
    "check": Row(_TOGETHER, "check:check", "mbl check --fix"),
    "diff": Row(_TOGETHER, "diff:diff", "mbl diff main"),
    "commit": Row(_TOGETHER, "commit:commit", "mbl commit"),
    "log": Row(_TOGETHER, "log:log", "mbl log 3"),
    "undo": Row(_TOGETHER, "undo:undo", "mbl undo"),
    "resolve": Row(_TOGETHER, "resolve:resolve", "mbl resolve"),
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


def all_rows(rows: Mapping[str, Row] = COMMANDS, above: str = "") -> dict[str, Row]:
    """Every row by the words of its command, those below a group behind it: `guidepoint`, `guidepoint new` …"""
    found: dict[str, Row] = {}
    for name, row in rows.items():
        words = f"{above} {name}".strip()
        found |= {words: row, **all_rows(row.below, words)}
    return found
