"""One case a finding: the files around which a rule must speak, and what it must say, where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mbl.core.rules import around, campaigns, items, measures, readings, runs, skills
from mbl.core.rules import guidepoints as lint
from mbl.core.rules.check import Rule

GOOD = {
    "mbl.yaml": (
        "schema: 1\ntimezone: Europe/Berlin\nholidays: {de: [2026-12-25]}\n"
        "audiences:\n  - id: cto\n  - {id: dealers, excludes: [cto]}\n"
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
_RATE = "id: acceptance, kind: rate, is: accepted, of: invites"
_ONE = f"success_criteria:\n  - {{{_RATE}, at_least: 10%}}\n"


def _campaign(rule: Rule, code: str, lines: str, *, deadline: str = "2026-12-01", **more: object) -> Case:
    return _file(rule, code, "campaigns/test-ddddd.yaml", _CAMPAIGN.format(deadline) + lines, **more)


CASES = {
    "runs that end before they begin": _item(
        runs.runs, "dates-backwards", "runs: {from: 2026-12-05, to: 2026-12-01}\n", at=(4, 1),
        says="until 2026-12-01, and begins only on 2026-12-05", fix="Exchange",
    ),
    "runs without an end": _item(
        runs.runs, "no-end", "runs: {from: 2026-12-05}\n", at=(4, 1), level="warning", says="without an end",
        fix="for 90 days",
    ),
    "runs that touch nobody": _item(
        runs.runs, "negative", "runs: {from: 2026-12-05, to: 2026-12-06, touches_per_week: 0}\n", at=(4, 1),
        says="touches nobody", fix="touches_per_week: 1",
    ),
    "an offer that ends before it begins": _item(
        runs.runs, "dates-backwards", "offer: {product: Dock, from: 2026-12-05, to: 2026-12-01}\n", at=(4, 1),
        says="the offer ends on 2026-12-01", fix="Exchange",
    ),
    "a duplicate of itself": _item(
        runs.duplicates, "cycle", "duplicate_of: ccccc\n", at=(4, 1), says="a duplicate of itself", fix="point to one",
    ),
    "the same and not the same": _item(
        runs.duplicates, "same-and-not", "duplicate_of: bbbbb\nnot_duplicate_of: [bbbbb]\n", at=(5, 20),
        says="not a duplicate of bbbbb", fix="one of the two answers",
    ),
    "touches in no days": _file(
        runs.touch_limits, "negative", "mbl.yaml", "schema: 1\naudiences: [{id: cto}]\ntouches: {max: 3, days: 0}\n",
        at=(3, 1), says="at most 3 touches in 0 days", fix="max: 3, days: 7",
    ),
    "touches below none for one audience": _file(
        runs.touch_limits, "negative", "mbl.yaml", "schema: 1\naudiences: [{id: cto, touches: {max: -1}}]\n",
        at=(2, 23), says="at most -1 touches", fix="max: 3",
    ),
    "an audience that excludes the one it belongs to": _file(
        runs.exclusions, "excludes-kin", "mbl.yaml",
        "schema: 1\naudiences:\n  - {id: cto}\n  - {id: cio, parent: cto, excludes: [cto]}\n", at=(4, 5),
        says="cio excludes cto", fix="Take it out",
    ),
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
        says="ben is booked 110 % over all teams (growth, web)", fix="Lower the shares",
    ),
    "an unknown calendar": _file(
        around.people, "unknown-holidays", "people.yaml", "ana: {}\nben:\n  holidays: dee\n", at=(3, 3),
        says="no calendar dee", fix="Did you mean de?",
    ),
    "leave turned round": _file(
        around.people, "dates-backwards", "people.yaml", "ana: {}\nben:\n  leave:\n    - {from: 2026-12-02, to: 2026-12-01}\n",
        at=(4, 7), says="ends before it begins", fix="Exchange",
    ),
    "leave of more than a day a day": _file(
        around.people, "leave-share", "people.yaml", "ana: {}\nben:\n  leave: [{from: 2026-12-01, to: 2026-12-02, days_per_day: -3}]\n",
        at=(3, 11), says="a leave of -3 of each day", fix="0.5 for half days",
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
    "a campaign turned round": _campaign(
        campaigns.campaigns, "dates-backwards", "", at=(5, 1), says="before the start", fix="Exchange",
        deadline="2026-10-01",
    ),
    "a campaign for nobody": _campaign(
        campaigns.campaigns, "unknown-audience", "audience: ctos\n", at=(6, 1),
        says="no audience ctos", fix="Did you mean cto?",
    ),
    "a campaign for no outcome": _campaign(
        campaigns.campaigns, "unknown-outcome", "outcome: pipline\n", at=(6, 1),
        says="no outcome pipline", fix="Did you mean pipeline?",
    ),
    "a campaign that nobody can judge": _campaign(
        campaigns.criteria, "no-criteria", "", at=(0, 0),
        says="no success criteria", fix="success_criteria: [",
    ),
    "two criteria of one name": _campaign(
        campaigns.criteria, "equal-id", f"{_ONE}  - {{id: acceptance, kind: count, is: calls, at_least: 5}}\n", at=(7, 5),
        says="two criteria are called acceptance", fix="another id",
    ),
    "criteria that feed each other": _campaign(
        campaigns.criteria, "cycle", "success_criteria:\n  - {id: a, kind: rate, is: x, of: y, at_least: 10%}\n  - {id: b, kind: rate, is: y, of: x, at_least: 10%}\n", at=(7, 5),
        says="a would be a share of itself (x of y)", fix="one way",
    ),
    "a criterion that does not say how much": _campaign(
        campaigns.criteria, "no-threshold", f"success_criteria:\n  - {{{_RATE}}}\n", at=(7, 5),
        says="does not say how much", fix="Add at_least",
    ),
    "a criterion with two bounds": _campaign(
        campaigns.criteria, "two-thresholds", f"success_criteria:\n  - {{{_RATE}, at_least: 10%, at_most: 20%}}\n", at=(7, 5),
        says="at_least and at_most", fix="Keep one",
    ),
    "a share above all": _campaign(
        campaigns.criteria, "wrong-threshold", f"success_criteria:\n  - {{{_RATE}, at_least: 150%}}\n", at=(7, 61),
        says="a share of 150%", fix="at most at 100%",
    ),
    "a share of 5": _campaign(
        campaigns.criteria, "wrong-threshold", f"success_criteria:\n  - {{{_RATE}, at_least: 5}}\n", at=(7, 61),
        says="a share of 5", fix="write 10%",
    ),
    "a share of none": _campaign(
        campaigns.criteria, "wrong-threshold", f"success_criteria:\n  - {{{_RATE}, at_most: 0%}}\n", at=(7, 61),
        says="a share of 0%", fix="write 10%",
    ),
    "a count that is not whole": _campaign(
        campaigns.criteria, "wrong-threshold", "success_criteria:\n  - {id: calls, kind: count, is: calls, at_least: 4.5}\n", at=(7, 41),
        says="a count of 4.5", fix="whole number",
    ),
    "a count of nothing": _campaign(
        campaigns.criteria, "wrong-threshold", "success_criteria:\n  - {id: calls, kind: count, is: calls, at_least: 0}\n", at=(7, 41),
        says="a count of 0", fix="whole number",
    ),
    "a limit on a count": _campaign(
        campaigns.criteria, "wrong-threshold", "success_criteria:\n  - {id: calls, kind: count, is: calls, at_most: 5}\n", at=(7, 41),
        says="met by waiting", fix="Make it a share",
    ),
    "a share of nothing": _campaign(
        campaigns.criteria, "no-tries", "success_criteria:\n  - {id: calls, kind: rate, is: calls, at_least: 5%}\n", at=(7, 5),
        says="a share of nothing", fix="of: invites",
    ),
    "tries that are their own successes": _campaign(
        campaigns.criteria, "same-counter", "success_criteria:\n  - {id: calls, kind: rate, is: calls, of: calls, at_least: 5%}\n", at=(7, 5),
        says="calls counts tries and successes", fix="two names",
    ),
    "no tries planned": _campaign(
        campaigns.criteria, "negative", f"success_criteria:\n  - {{{_RATE}, at_least: 10%, planned: 0}}\n", at=(7, 76),
        says="planned is 0", fix="from 1 on",
    ),
    "a window of years": _campaign(
        campaigns.criteria, "too-large", f"success_criteria:\n  - {{{_RATE}, at_least: 10%, window_days: 4000}}\n", at=(7, 76),
        says="window_days is 4,000", fix="from 1 to 365",
    ),
    "a window of no day": _campaign(
        campaigns.criteria, "negative", f"success_criteria:\n  - {{{_RATE}, at_least: 10%, window_days: -7}}\n", at=(7, 76),
        says="window_days is -7", fix="from 1 on",
    ),
    "a reading to come": _campaign(
        readings.readings, "future-date", f"{_ONE}readings:\n  - {{date: 2026-11-23, invites: 1}}\n", at=(9, 5),
        says="2026-11-23, which lies in the future", fix="the day of the reading",
    ),
    "a reading before the start": _campaign(
        readings.readings, "before-start", f"{_ONE}readings:\n  - {{date: 2026-10-31, invites: 1}}\n", at=(9, 5),
        says="before the start on 2026-11-01", fix="Counts run from the start",
    ),
    "a reading on no day": _campaign(
        readings.readings, "no-day", f"{_ONE}readings:\n  - {{invites: 1}}\n", at=(9, 5),
        says="without a date", fix="Add the day",
    ),
    "two readings on a day": _campaign(
        readings.readings, "equal-date", f"{_ONE}readings:\n  - {{date: 2026-11-03, invites: 1}}\n  - {{date: 2026-11-03, invites: 2}}\n", at=(10, 5),
        says="2026-11-03 is read twice", fix="one reading a day",
    ),
    "readings that run back": _campaign(
        readings.readings, "out-of-order", f"{_ONE}readings:\n  - {{date: 2026-11-04, invites: 1}}\n  - {{date: 2026-11-03, invites: 1}}\n", at=(10, 5),
        says="2026-11-03 stands behind 2026-11-04", fix="in the order of time",
    ),
    "less than nothing": _campaign(
        readings.readings, "wrong-count", f"{_ONE}readings:\n  - {{date: 2026-11-04, invites: -1}}\n", at=(9, 24),
        says="less than nothing (-1)", fix="from 0 on",
    ),
    "more than anybody": _campaign(
        readings.readings, "wrong-count", f"{_ONE}readings:\n  - {{date: 2026-11-04, invites: 99999999999}}\n", at=(9, 24),
        says="more than a billion", fix="from 0 on",
    ),
    "a day instead of a count": _campaign(
        readings.readings, "wrong-count", f"{_ONE}readings:\n  - {{date: 2026-11-04, invites: 2026-11-03}}\n", at=(9, 24),
        says="is a date (2026-11-03)", fix="a whole number",
    ),
    "a count that falls": _campaign(
        readings.readings, "falling-count", f"{_ONE}readings:\n  - {{date: 2026-11-03, invites: 9}}\n  - {{date: 2026-11-04, invites: 8}}\n", at=(10, 24),
        says="invites falls from 9 on 2026-11-03 to 8", fix="never fall",
    ),
    "more successes than tries": _campaign(
        readings.readings, "more-than-tries", f"{_ONE}readings:\n  - {{date: 2026-11-03, invites: 9, accepted: 10}}\n", at=(9, 36),
        says="10 accepted of 9 invites", fix="correct one",
    ),
    "a counter that nobody uses": _campaign(
        readings.readings, "unused-counter", f"{_ONE}readings:\n  - {{date: 2026-11-03, invite: 9}}\n", at=(9, 24),
        says="no criterion uses invite", fix="Did you mean invites?", level="warning",
    ),
    "a reading after the end": _campaign(
        readings.readings, "late-reading", f"success_criteria:\n  - {{{_RATE}, at_least: 10%, window_days: 7}}\nreadings:\n  - {{date: 2026-11-18, invites: 9}}\n", at=(9, 5),
        says="the last day was 2026-11-17", fix="take it out", level="warning", deadline="2026-11-10",
    ),
    "a decision to come": _campaign(
        campaigns.decisions, "future-date", "decision: {date: 2026-11-23, verdict: stop}\n", at=(6, 12),
        says="which lies in the future", fix="the day of the decision",
    ),
    "a decision before the start": _campaign(
        campaigns.decisions, "before-start", "decision: {date: 2026-10-23, verdict: stop}\n", at=(6, 12),
        says="before the start", fix="Correct the date",
    ),
    "a decision that leads nowhere": _campaign(
        campaigns.decisions, "unknown-follow-up", "decision: {date: 2026-11-20, verdict: repeat, follow_up: bbbbc}\n", at=(6, 47),
        says="no campaign and no item bbbbc", fix="Did you mean bbbbb?",
    ),
    "a campaign that follows itself": _campaign(
        campaigns.decisions, "unknown-follow-up", "decision: {date: 2026-11-20, verdict: repeat, follow_up: ddddd}\n", at=(6, 47),
        says="it follows itself", fix="Take it out",
    ),
    "a deadline without a reading": _campaign(
        campaigns.decisions, "no-readings", f"{_ONE}", at=(5, 1),
        says="without a single reading", fix="mbl campaign log ddddd", level="warning", deadline="2026-11-10",
    ),
    "a decision that is put off": _campaign(
        campaigns.decisions, "decision-due", f"{_ONE}readings:\n  - {{date: 2026-11-03, invites: 100, accepted: 1}}\n", at=(5, 1),
        says="a decision is 19 days overdue", fix="mbl campaign decide ddddd", level="warning", deadline="2026-11-10",
    ),
    "a review of tomorrow": _item(
        items.statuses, "future-date", "reviewed: {date: 2026-11-23}\n", at=(4, 1), says="reviewed 2026-11-23 lies in the",
        fix="the day on which it happened",
    ),
    "two measures of one name": _file(
        measures.measures, "equal-id", "measures/other.yaml", "name: Other\nid: leads\n", at=(2, 1),
        says="also that of measures/leads.yaml", fix="into one file",
    ),
    "a measure in a file of another name": _file(
        measures.measures, "other-name", "measures/other.yaml", "id: opens\n", at=(1, 1), level="warning",
        says="opens stands in a file of another name", fix="measures/opens.yaml",
    ),
    "a measure about nobody": _file(
        measures.measures, "unknown-audience", "measures/opens.yaml", "id: opens\naudience: dealer\n", at=(2, 1),
        says="no audience dealer in mbl.yaml", fix="Did you mean dealers?",
    ),
    "a reading of tomorrow": _file(
        measures.measures, "future-date", "measures/opens.yaml", "id: opens\nreadings:\n  - {date: 2026-11-23, value: 4}\n",
        at=(3, 5), says="of 2026-11-23, which lies in the future", fix="the day on which it was read",
    ),
    "a reading that says nothing": _file(
        measures.measures, "odd-reading", "measures/opens.yaml", "id: opens\nreadings:\n  - {date: 2026-11-20}\n",
        at=(3, 5), says="says nothing", fix="{date, k, n}",
    ),
    "more than all": _file(
        measures.measures, "odd-reading", "measures/opens.yaml",
        "id: opens\nreadings:\n  - {date: 2026-11-20, k: 5, n: 4}\n", at=(3, 5), says="5 of 4 cannot be", fix="{date, k, n}",
    ),
    "so many of nothing": _file(
        measures.measures, "odd-reading", "measures/opens.yaml",
        "id: opens\nreadings:\n  - {date: 2026-11-20, k: 5}\n", at=(3, 5), says="k and n belong together", fix="{date, k, n}",
    ),
    "a value and k of n": _file(
        measures.measures, "odd-reading", "measures/opens.yaml",
        "id: opens\nreadings:\n  - {date: 2026-11-20, value: 1, k: 3, n: 4}\n", at=(3, 5), says="at once",
        fix="{date, k, n}",
    ),
    "two readings of one day": _file(
        measures.measures, "equal-date", "measures/opens.yaml",
        "id: opens\nreadings:\n  - {date: 2026-11-20, value: 4}\n  - {date: 2026-11-20, value: 5}\n", at=(3, 5),
        level="warning", says="two readings of 2026-11-20", fix="Keep the one",
    ),
    "readings of two kinds": _file(
        measures.measures, "two-kinds", "measures/opens.yaml",
        "id: opens\nreadings:\n  - {date: 2026-11-19, value: 4}\n  - {date: 2026-11-20, k: 5, n: 9}\n", at=(2, 1),
        level="warning", says="cannot be compared", fix="the same way",
    ),
    "a skill at an unknown level": _file(
        skills.people_and_skills, "skill-level", "people.yaml", "ana: {holidays: de}\nben:\n  skills: {copy: 2, design: 3}\n",
        at=(3, 21), says="ben has design at level 3", fix="1 (can help) or 2",
    ),
    "a team of nobody": _file(
        skills.people_and_skills, "no-people", "teams/brand.yaml", "serves: [dealers]\n", at=(0, 0), level="warning",
        says="nobody works in this team", fix="people: {ana: 0.8}",
    ),
    "a skill that nobody has": Case(
        rule=skills.wanted_skills, code="unknown-skill", path="items/x-ccccc.yaml", at=(5, 6), level="warning",
        says="nobody has the skill desing", fix="Did you mean design?",
        files={
            "people.yaml": "ana: {holidays: de}\nben: {skills: {design: 1}}\n",
            "items/x-ccccc.yaml": "id: ccccc\nrank: a5\ntitle: X\nparts:\n  - {skill: desing, effort: 1d}\n",
        },
    ),
}  # fmt: skip
