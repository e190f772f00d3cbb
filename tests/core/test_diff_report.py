"""The whole answer of `mbl diff`: its head, what folds, what is cut, and what no state can read."""

import json
from dataclasses import replace
from datetime import date

from build import backlog, committed, item
from mbl.core.changes.report import KEYS, Side, diff_report
from mbl.core.edit import edited
from mbl.core.ranking import moved
from mbl.core.report import Facts, Report, Words
from mbl.errors import Problem
from mbl.model.backlog import Backlog
from mbl.model.guidepoint import Guidepoint
from mbl.model.settings import Settings
from mbl.render import Canvas, drawn

TODAY = date(2026, 11, 22)
LIST = backlog(
    *(committed(id=f"bbbb{at}", rank=f"a{at}", title=f"Work {at}", estimate="1d", accepted=TODAY) for at in range(2, 8)),
    settings=Settings(capacity=10),
)  # fmt: skip


def _report(before: Backlog, after: Backlog, *, commits: int = 0) -> Report:
    return diff_report(
        Side("main", "0123456789abcdef", before), Side("the folder", None, after), TODAY, commits=commits
    )


def _drawn(report: Report, form: str) -> str:
    canvas = Canvas(today=TODAY, width=80, height=24, tty=False, color=False, whole=True)
    return drawn(report, canvas, form=form)


def _headline(report: Report) -> str:
    [first] = [block for block in report.blocks[:1] if isinstance(block, Words)]
    return first.text


def test_no_change_is_said_and_is_no_failure() -> None:
    report = _report(LIST, LIST)
    assert (_headline(report), report.answer, len(report.blocks)) == (
        "Nothing changed since main (0123456789).", True, 1,
    )  # fmt: skip
    assert report.payload()["changes"] == []


def test_the_head_counts_changes_and_commits() -> None:
    one = edited(LIST, ["bbbb2"], {"owner": "ana"})
    assert _headline(_report(LIST, one, commits=1)) == "1 change since main (0123456789) in 1 commit"
    two = edited(one, ["bbbb3"], {"owner": "ana"})
    assert _headline(_report(LIST, two)) == "2 changes since main (0123456789)"
    both = diff_report(Side("v1", "a" * 40, LIST), Side("v2", "b" * 40, two), TODAY, commits=1200)
    assert _headline(both) == "2 changes since v1 (aaaaaaaaaa) to v2 (bbbbbbbbbb) in 1,200 commits"


def test_one_move_is_one_line_whatever_else_shifted() -> None:
    report = _report(LIST, moved(LIST, ["bbbb7"], to=1))
    [section] = [
        block for block in report.blocks if isinstance(block, Facts) and block.title.startswith("Moved")
    ]
    assert (section.title, section.facts) == ("Moved (1)", (("#6 → #1", "Work 7"),))


def test_json_has_every_change_and_both_states() -> None:
    report = _report(LIST, edited(LIST, ["bbbb2"], {"estimate": "3d"}), commits=2)
    found = json.loads(_drawn(report, "json"))
    assert set(found["changes"][0]) == set(KEYS)
    assert (found["kind"], found["base"], found["head"], found["commits"]) == (
        "diff",
        "0123456789abcdef",
        None,
        2,
    )
    assert set(found["months"]) == {"before", "after"}
    assert found["cut_line"]["after"]["quarter"] == ["2026-10-01", "2026-12-31"]


def test_ten_thousand_lines_are_two_hundred_and_a_count() -> None:
    many = backlog(*(item(rank=f"a{at:04}V") for at in range(10_000)))
    after = edited(many, list(many.path_of), {"owner": "ana"})
    report = _report(many, after)
    [section] = [block for block in report.blocks if isinstance(block, Facts) and "Other" in block.title]
    assert (section.title, len(section.facts), section.facts[-1]) == (
        "Other changes (10,000)", 201, ("…", "and 9,800 more"),
    )  # fmt: skip
    assert len(_drawn(report, "md")) < 60_000
    assert len(json.loads(_drawn(report, "json"))["changes"]) == 10_000


def test_markdown_folds_long_lists_but_never_what_is_loud() -> None:
    loud = replace(
        LIST, guidepoints={"guidepoints/q4.yaml": Guidepoint(statement="More", from_=TODAY, to=TODAY)}
    )
    after = loud.with_items({f"items/cccc{at}.yaml": item(id=f"cccc{at}") for at in "bcdfghjkmnp"})
    text = _drawn(_report(LIST, after), "md")
    assert "<details><summary><b>New (11)</b></summary>" in text
    assert text.index("! The Guidepoint was touched (1)") < text.index("<details>")


def test_titles_stay_text_in_markdown() -> None:
    nasty = "[x](http://e) @cmo #1 <script>`$(rm)` **b** | c"
    text = _drawn(_report(LIST, edited(LIST, ["bbbb2"], {"title": nasty})), "md")
    for forbidden in ("[x](", "@cmo", "<script>", " **b** ", " | c", "#1 <"):
        assert forbidden not in text


def test_a_file_that_one_state_cannot_read_is_compared_in_neither() -> None:
    broken = (Problem(path="items/old-name-bbbb2.yaml", code="x", message="no YAML"),)
    less = {path: found for path, found in LIST.items.items() if found.id != "bbbb2"}
    before = replace(LIST, items=less, broken=broken)
    assert _report(before, LIST).payload()["changes"] == []
    after = edited(LIST, ["bbbb2", "bbbb3"], {"owner": "ana"})
    assert [change["id"] for change in _report(before, after).payload()["changes"]] == ["bbbb3"]
    assert [change["id"] for change in _report(after, before).payload()["changes"]] == ["bbbb3"]


def test_two_files_with_one_id_are_loud() -> None:
    after = LIST.with_items(
        {"items/copy-bbbb2.yaml": LIST.item("bbbb2"), "items/cccc2.yaml": item(id="cccc2")}
    )
    [section] = [
        block for block in _report(LIST, after).blocks if isinstance(block, Facts) and block.title[0] == "!"
    ]
    assert section.title == "! Two files with the same id (1)"
    assert section.facts[0][0] == "bbbb2"
    assert "items/copy-bbbb2.yaml" in section.facts[0][1]
