"""One case a finding: the files around which a rule must speak, and what it must say, where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mbl.core import rules_around as around
from mbl.core import rules_guidepoints as lint
from mbl.core import rules_items as items
from mbl.core.check import Rule

GOOD = {
    "mbl.yaml": (
        "schema: 1\ntimezone: Europe/Berlin\nholidays: {de: [2026-12-25]}\n"
        "audiences:\n  - id: cto\n  - {id: dealers, parent: cto, excludes: [cto]}\n"
    ),
    "people.yaml": "ana: {holidays: de}\nben: {}\n",
    "teams/growth.yaml": "serves: [cto]\npeople: {ana: 1.0, ben: 0.5}\n",
    "measures/leads.yaml": "id: leads\nname: Leads\nscope: business\nunit: leads\nbetter: up\n",
    "guidepoints/2026-q4.yaml": (
        "statement: More leads\nfrom: 2026-10-01\nto: 2026-12-31\noutcomes:\n"
        "  - {id: pipeline, text: More, measure: leads, baseline: 2, target: 9, due: 2026-12-31}\n"
    ),
    "items/fair-bbbbb.yaml": "id: bbbbb\nrank: a1\ntitle: Fair\n",
}  # fmt: skip
"""Nothing is wrong here."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """`files` beside (or instead of) the good ones; `at` is line and column; `says` and `fix` are parts of the texts."""

    rule: Rule
    code: str
    path: str
    at: tuple[int, int]
    says: str
    fix: str
    files: Mapping[str, str] = field(default_factory=dict)
    level: str = "error"


def _item(rule: Rule, code: str, lines: str, **more: object) -> Case:
    path = str(more.pop("path", "items/x-ccccc.yaml"))
    text = f"id: ccccc\nrank: a5\ntitle: X\n{lines}"
    return Case(rule=rule, code=code, path=path, files={path: text}, **more)  # type: ignore[arg-type]


def _file(rule: Rule, code: str, path: str, text: str, **more: object) -> Case:
    return Case(rule=rule, code=code, path=path, files={path: text}, **more)  # type: ignore[arg-type]


_COMING = "statement: Other\nfrom: 2027-01-01\nto: 2027-02-01\n"


def _outcome(id_: str) -> str:
    return f"  - {{id: {id_}, text: X, measure: leads, baseline: 3, target: 4}}\n"


_CAMPAIGN = "id: ddddd\ntitle: Test\nhypothesis: It works\nstart: 2026-11-01\ndeadline: {}\n"

CASES = {
    "a name without the id": _item(
        items.file_names, "wrong-name", "", path="items/x.yaml", at=(1, 1),
        says="should end in ccccc.yaml", fix="mbl check --fix",
    ),
    "the other ending": _item(
        items.file_names, "wrong-name", "", path="items/x-ccccc.yml", at=(1, 1), says="ccccc.yaml", fix="--fix",
    ),
    "a campaign's name": _file(
        items.file_names, "wrong-name", "campaigns/test.yaml", _CAMPAIGN.format("2026-12-01"), at=(1, 1),
        says="ddddd.yaml", fix="--fix",
    ),
    "equal ids": _file(
        items.equal_ids, "equal-id", "items/other-bbbbb.yaml", "title: Other\nrank: a2\nid: bbbbb\n", at=(3, 1),
        says="also that of items/fair-bbbbb.yaml", fix="delete one file",
    ),
    "no rank": _file(
        items.ranks, "no-rank", "items/x-ccccc.yaml", "id: ccccc\ntitle: X\n", at=(0, 0), level="warning",
        says="no rank", fix="--fix",
    ),
    "a broken rank": _file(
        items.ranks, "broken-rank", "items/x-ccccc.yaml", "id: ccccc\nrank: a00\ntitle: X\n", at=(2, 1),
        says="a00 is not a rank key", fix="--fix",
    ),
    "equal ranks": _file(
        items.ranks, "equal-rank", "items/x-ccccc.yaml", "id: ccccc\nrank: a1\ntitle: X\n", at=(2, 1), level="warning",
        says="the same rank as items/fair-bbbbb.yaml", fix="--fix",
    ),
    "a long rank": _file(
        items.ranks, "long-rank", "items/x-ccccc.yaml", f"id: ccccc\nrank: a1{'V' * 24}\ntitle: X\n", at=(2, 1),
        level="warning", says="26 characters", fix="--rebalance",
    ),
    "an item that waits for nothing": _item(
        items.references, "unknown-item", "depends_on:\n  - bbbbb\n  - bbbbc\n", at=(6, 5), says="no item bbbbc",
        fix="Did you mean bbbbb?",
    ),
    "a duplicate of nothing": _item(
        items.references, "unknown-item", "duplicate_of: zzzzz\n", at=(4, 1), says="no item zzzzz", fix="restore",
    ),
    "no duplicate of nothing": _item(
        items.references, "unknown-item", "not_duplicate_of: [zzzzz]\n", at=(4, 20), says="no item zzzzz", fix="restore",
    ),
    "an unknown outcome": _item(
        items.references, "unknown-outcome", "outcomes: {pipline: 2}\n", at=(4, 12), says="no outcome pipline",
        fix="Did you mean pipeline?",
    ),
    "an unknown team": _item(
        items.references, "unknown-team", "team: grwth\n", at=(4, 1), says="no team grwth", fix="Did you mean growth?",
    ),
    "an unknown team of a part": _item(
        items.references, "unknown-team", "parts: [{skill: copy, team: design}]\n", at=(4, 23), says="no team design",
        fix="Known: growth.",
    ),
    "an unknown person of a part": _item(
        items.references, "unknown-person", "parts: [{person: anna}]\n", at=(4, 10), says="no person anna",
        fix="Did you mean ana?",
    ),
    "an unknown audience": _item(
        items.references, "unknown-audience", "audience: ctos\n", at=(4, 1), says="no audience ctos",
        fix="Did you mean cto?",
    ),
    "items that wait for each other": Case(
        rule=items.cycles, code="cycle", path="items/y-ddddd.yaml", at=(3, 1), says="ddddd → ccccc",
        fix="Take one of these", files={
            "items/x-ccccc.yaml": "id: ccccc\nrank: a5\ntitle: X\ndepends_on: [ddddd]\n",
            "items/y-ddddd.yaml": "id: ddddd\nrank: a6\ndepends_on: [ccccc]\ntitle: X\n",
        },
    ),
    "open, with an end": _item(
        items.statuses, "open-but-ended", "ended: {date: 2026-11-01}\n", at=(4, 1), says="it has an end",
        fix="mbl done ccccc",
    ),
    "open, and won't": _item(
        items.statuses, "open-but-wont", "moscow: wont\n", at=(4, 1), says="yet it is open", fix="mbl decline ccccc",
    ),
    "promised on no day": _item(
        items.statuses, "no-accepted", "status: committed\n", at=(4, 1), level="warning", says="no accepted date",
        fix="Add `accepted`",
    ),
    "begun on no day": _item(
        items.statuses, "no-started", "status: doing\naccepted: 2026-11-01\n", at=(4, 1), level="warning",
        says="no started date", fix="Add `started`",
    ),
    "ended on no day": _item(
        items.statuses, "no-ended", "status: done\n", at=(4, 1), level="warning", says="no ended date", fix="Add `ended`",
    ),
    "a day to come": _item(
        items.statuses, "future-date", "requested: 2026-11-23\n", at=(4, 1), says="requested 2026-11-23 lies in the future",
        fix="the day on which it happened",
    ),
    "days in the wrong order": _item(
        items.statuses, "dates-backwards", "status: doing\naccepted: 2026-11-03\nstarted: 2026-11-02\n", at=(6, 1),
        says="started 2026-11-02 comes before accepted 2026-11-03", fix="Correct one",
    ),
    "an estimate that means nothing": _item(
        items.estimates, "estimate", "estimate: XXXL\n", at=(4, 1), says="XXXL", fix="2d-8d",
    ),
    "an estimate turned round": _item(
        items.estimates, "estimate", "remaining: 3d\nestimate: 8d-2d\n", at=(5, 1), says="8d-2d", fix="2d-8d",
    ),
    "an effort of a part in hours where a day has none": Case(
        rule=items.estimates, code="estimate", path="items/x-ccccc.yaml", at=(5, 5), says="hours_per_day", fix="5d",
        files={
            "mbl.yaml": GOOD["mbl.yaml"] + "hours_per_day: 0\n",
            "items/x-ccccc.yaml": "id: ccccc\nrank: a5\ntitle: X\nparts:\n  - effort: 4h\n    skill: copy\n",
        },
    ),
    "a capacity below 0": _file(
        around.settings, "negative", "mbl.yaml", GOOD["mbl.yaml"] + "capacity: -1\n", at=(7, 1), says="below 0", fix="30",
    ),
    "a day without hours": _file(
        around.settings, "negative", "mbl.yaml", GOOD["mbl.yaml"] + "hours_per_day: 0\n", at=(7, 1),
        says="without hours", fix="8",
    ),
    "two audiences of one name": _file(
        around.settings, "equal-id", "mbl.yaml", GOOD["mbl.yaml"] + "  - id: cto\n", at=(5, 5),
        says="two audiences are called cto", fix="another id",
    ),
    "an audience below nothing": _file(
        around.settings, "unknown-audience", "mbl.yaml", GOOD["mbl.yaml"] + "  - {id: x, parent: dealer}\n", at=(7, 5),
        says="no audience dealer", fix="Did you mean dealers?",
    ),
    "an audience below itself": _file(
        around.settings, "cycle", "mbl.yaml", GOOD["mbl.yaml"] + "  - {id: x, parent: x}\n", at=(7, 5),
        says="x is its own ancestor", fix="`parent`",
    ),
    "a person twice": _file(
        around.people, "overbooked", "teams/web.yaml", "people:\n  ben: 0.6\n", at=(2, 3),
        says="ben is booked 110% over all teams (growth, web)", fix="Lower the shares",
    ),
    "an unknown calendar": _file(
        around.people, "unknown-holidays", "people.yaml", "ana: {}\nben:\n  holidays: dee\n", at=(3, 3),
        says="no calendar dee", fix="Did you mean de?",
    ),
    "leave turned round": _file(
        around.people, "dates-backwards", "people.yaml", "ana: {}\nben:\n  leave:\n    - {from: 2026-12-02, to: 2026-12-01}\n",
        at=(4, 7), says="ends before it begins", fix="Exchange",
    ),
    "a stranger in a team": _file(
        around.teams, "unknown-person", "teams/web.yaml", "people:\n  bea: 0.1\n", at=(2, 3), says="no bea in people.yaml",
        fix="Did you mean",
    ),
    "a share below 0": _file(
        around.teams, "negative", "teams/web.yaml", "people:\n  ben: -0.1\n", at=(2, 3), says="ben has a share below 0",
        fix="from 0 to 1",
    ),
    "a team for nobody": _file(
        around.teams, "unknown-audience", "teams/web.yaml", "serves:\n  - cto\n  - press\n", at=(3, 5),
        says="no audience press", fix="Add it to mbl.yaml",
    ),
    "two Guidepoints at once": _file(
        around.guidepoints, "two-guidepoints", "guidepoints/other.yaml",
        "statement: Other\nfrom: 2026-11-01\nto: 2026-12-01\n", at=(2, 1), says="guidepoints/2026-q4.yaml holds today, too",
        fix="Close one",
    ),
    "a Guidepoint turned round": _file(
        around.guidepoints, "dates-backwards", "guidepoints/other.yaml",
        "statement: Other\nfrom: 2027-02-01\nto: 2027-01-01\n", at=(3, 1), says="ends before it begins", fix="Exchange",
    ),
    "an outcome without its measure": _file(
        around.guidepoints, "unknown-measure", "guidepoints/other.yaml",
        "statement: Other\nfrom: 2027-01-01\nto: 2027-02-01\noutcomes:\n  - id: x\n    text: X\n    measure: lead\n",
        at=(7, 5), says="no measure lead", fix="Did you mean leads?",
    ),
    "an outcome without a number": _file(
        lint.guidepoint_lint, "no-number", "guidepoints/other.yaml",
        f"{_COMING}outcomes:\n  - {{id: x, text: X, measure: leads, baseline: 3, due: 2027-02-01}}\n", at=(5, 5),
        level="warning", says="x has no target: nobody", fix="add target",
    ),
    "an outcome without a date": _file(
        lint.guidepoint_lint, "no-date", "guidepoints/other.yaml", f"{_COMING}outcomes:\n{_outcome('x')}", at=(5, 5),
        level="warning", says="x has no date", fix="add `due`",
    ),
    "an outcome that a channel measures": Case(
        rule=lint.guidepoint_lint, code="channel-measure", path="guidepoints/other.yaml", at=(5, 22), level="warning",
        says="by a channel's number (opens)", fix="the customer or the business", files={
            "guidepoints/other.yaml": f"{_COMING}outcomes:\n{_outcome('x').replace('leads', 'opens')}",
            "measures/opens.yaml": "id: opens\nscope: channel\n",
        },
    ),
    "more outcomes than anybody works towards": _file(
        lint.guidepoint_lint, "many-outcomes", "guidepoints/other.yaml",
        f"{_COMING}outcomes:\n{''.join(_outcome(each) for each in 'abcdef')}", at=(4, 1), level="warning",
        says="6 outcomes", fix="Keep the 5",
    ),
    "a deliverable that is no item": _file(
        around.blueprints, "unknown-item", "blueprints/q4.yaml",
        "months: [2026-10, 2026-11, 2026-12]\ndeliverables:\n  - {item: bbbbc, month: 2026-10}\n", at=(3, 5),
        says="no item bbbbc", fix="Did you mean bbbbb?",
    ),
    "a deliverable in another month": _file(
        around.blueprints, "wrong-month", "blueprints/q4.yaml",
        "months: [2026-10, 2026-11, 2026-12]\ndeliverables:\n  - {item: bbbbb, month: 2027-01}\n", at=(3, 5),
        says="2027-01 is not one of", fix="2026-10, 2026-11, 2026-12",
    ),
    "a campaign turned round": _file(
        around.campaigns, "dates-backwards", "campaigns/test-ddddd.yaml", _CAMPAIGN.format("2026-10-01"), at=(5, 1),
        says="before the start", fix="Exchange",
    ),
}  # fmt: skip
