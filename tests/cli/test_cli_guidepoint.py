"""`mbl guidepoint`: shown, written by options or by answers, agreed to, changed with a reason, closed."""

import json
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from world import MBL, environment, files, mbl, terminal

Editor = Callable[..., Path]
Q4, Q1 = "guidepoints/2026-q4.yaml", "guidepoints/2027-q1.yaml"
MEASURES = {
    "pipeline": "id: pipeline\nunit: kEUR\nreadings: [{date: 2026-11-15, value: 2415}]\n",
    "trust": "id: trust\nscope: customer\nreadings: [{date: 2026-11-15, k: 137, n: 206}]\n",
}
HELD = (
    "statement: Shippers come to us\nfrom: 2026-10-01\nto: 2026-12-31\n{}outcomes:\n"
    "  - {{id: pipeline, text: More, measure: pipeline, baseline: 2100, target: 3000, due: 2026-12-31}}  # hard\n"
)
AGREED = HELD.format("agreed: {date: 2026-09-24, by: [cmo, vp-sales]}\n")
NEW = ("guidepoint", "new", "--statement", "Dealers come, too", "--from", "2027-01-01")


@pytest.fixture
def held(small: Path) -> Path:
    """The small backlog with two measures and an agreed Guidepoint."""
    for folder in ("measures", "guidepoints"):
        (small / folder).mkdir()
    for name, text in MEASURES.items():
        (small / f"measures/{name}.yaml").write_text(text)
    (small / Q4).write_text(AGREED)
    return small


def shown(name: str | None = None):
    said = mbl("guidepoint", "-f", "json", *(("--name", name) if name else ()))
    assert said.code == 0, said.err
    return said.json


# Show


def test_the_answer_for_programs_has_the_promised_fields(acme: Path) -> None:
    answer = shown()
    assert (answer["schema_version"], answer["kind"]) == (1, "guidepoint")
    assert {"aligned", "claimed", "unaligned", "stale", "starved"} <= set(answer)
    held = answer["guidepoint"]
    assert {"statement", "from", "to", "agreed", "closed", "changes", "outcomes"} <= set(held)
    assert [outcome["id"] for outcome in held["outcomes"]] == [
        "pipeline", "activation", "renewals", "dealer-trust",
    ]  # fmt: skip
    for outcome in held["outcomes"]:
        assert {"share", "days", "items", "progress", "baseline", "target", "measure", "due"} <= set(outcome)
    assert sum(answer[key] for key in ("aligned", "claimed", "unaligned", "stale")) == pytest.approx(
        1, abs=1e-3
    )
    assert held["outcomes"][0]["progress"] == pytest.approx((2415 - 2100) / (3000 - 2100), abs=1e-4)


def test_the_screen_tells_how_far_each_outcome_has_come_and_what_the_work_serves(acme: Path) -> None:
    out = mbl("guidepoint").out
    for part in (
        "By the end of the year shippers come to us", "2026-10-01 to 2026-12-31", "Agreed on 2026-09-24 by cmo",
        "2,100 kEUR  2,415 kEUR  3,000 kEUR", "▁▁▂▃▅▇", "no outcome", "claimed, no word on how", "Behind the calendar: pipeline",
    ):  # fmt: skip
        assert part in out, part


@pytest.mark.parametrize("width", [50, 80])
def test_no_screen_of_it_wraps(acme: Path, width: int) -> None:
    screen = terminal("guidepoint", width=width, height=60)
    assert screen.code == 0
    assert len(screen.lines) == len(screen.raw.rstrip().split("\n"))


def test_an_outcome_that_nobody_works_on_is_named(held: Path) -> None:
    (held / Q4).write_text(AGREED + "  - {id: trust, text: Dealers trust us}\n")
    assert shown()["starved"] == ["trust"]
    assert "Nobody works on: trust." in mbl("guidepoint").out


def test_another_than_the_current_one_is_shown_by_name(acme: Path) -> None:
    assert shown("2026-q3")["guidepoint"]["closed"] == "2026-09-30"
    said = mbl("guidepoint", "--name", "2026-q2")
    assert (said.code, said.out) == (1, "")
    assert "Did you mean 2026-q" in said.err


def test_of_two_current_ones_the_latest_is_shown_and_check_finds_an_error(held: Path) -> None:
    (held / "guidepoints/b.yaml").write_text("statement: Other\nfrom: 2026-11-01\nto: 2026-11-30\n")
    assert shown()["guidepoint"]["name"] == "b"
    said = mbl("check", "-f", "json")
    assert said.code == 1
    assert "two-guidepoints" in [each["code"] for each in said.json["problems"]]


def test_an_option_before_the_command_is_refused_and_never_dropped(held: Path) -> None:
    said = mbl("guidepoint", "--name", "2026-q4", "close")
    assert (said.code, said.out) == (2, "")
    assert "--name goes behind the command" in said.err


def test_a_broken_file_is_left_out_and_said(held: Path) -> None:
    (held / "guidepoints/broken.yaml").write_text("statement: [\n")
    said = mbl("guidepoint")
    assert said.code == 1
    assert "Shippers come to us" in said.out
    assert "Left out: guidepoints/broken.yaml" in said.err


# New


def test_a_new_one_has_a_file_with_a_line_for_each_outcome(held: Path) -> None:
    said = mbl(
        *NEW, "--outcome", "pipeline: Shippers bring 4 million, at last", "--outcome", "trust: Dealers trust us",
        "--measure", "pipeline=pipeline,trust=trust", "--baseline", "pipeline=3000", "--baseline", "trust=66.5%",
        "--target", "pipeline=4000kEUR", "--target", "trust=80%", "--due", "pipeline=2027-03-31,trust=2027-03-15",
        "--weight", "pipeline=3",
    )  # fmt: skip
    assert (said.code, said.out) == (0, "Added the Guidepoint 2027-q1\n")
    assert "Mind" not in said.err
    assert (held / Q1).read_text().splitlines()[1:] == [
        "statement: Dealers come, too",
        "from: 2027-01-01",
        "to: 2027-03-31",
        "outcomes:",
        "- {id: pipeline, text: 'Shippers bring 4 million, at last', measure: pipeline, baseline: 3000, target: 4000, due: 2027-03-31, weight: 3}",
        "- {id: trust, text: Dealers trust us, measure: trust, baseline: 0.665, target: 0.8, due: 2027-03-15}",
    ]
    assert [each for each in mbl("check", "-f", "json").json["problems"] if each["path"] == Q1] == []


def test_what_a_good_one_has_besides_is_said_and_nothing_refused(held: Path) -> None:
    (held / "measures/opens.yaml").write_text("id: opens\nscope: channel\n")
    texts = [word for id_ in "abcdef" for word in ("--outcome", f"{id_}: X")]
    said = mbl(*NEW, *texts, "--measure", "a=opens,b=opns")
    assert said.code == 0
    for part in (
        "6 outcomes",
        "a has no date",
        "c has no measure, no baseline, no target",
        "channel's number",
        "no measure opns",
    ):
        assert part in said.err, part


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (("--to", "2026-01-01"), 1, "ends on 2026-01-01, before it begins on 2027-01-01"),
        (("2026-q4",), 1, "There is a Guidepoint 2026-q4 already"),
        (("--from", "2026-12-31"), 1, "two Guidepoints would be current"),
        (("a/b",), 1, "cannot be the name of a file"),
        (("--statement", ""), 2, "--statement is missing"),
        (("--statement", "  "), 2, "statement"),
        (("--outcome", "pipeline"), 2, 'Write it like "pipeline: Shippers'),
        (("--outcome", "two words: X"), 2, "one word"),
        (("--outcome", "a: X", "--outcome", "a: Y"), 1, "Two outcomes are called a"),
        (("--outcome", "a: X", "--target", "b=1"), 1, "There is no outcome b"),
        (("--outcome", "a: X", "--target", "1"), 2, "Write it like --target pipeline=1"),
        (("--outcome", "a: X", "--target", "a=many"), 2, "'many' is no number"),
        (("--outcome", "a: X", "--due", "a=soon"), 2, "not a date"),
        (("--outcome", "a: X", "--measure", "a=two words"), 2, "one word"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    held: Path, more: tuple[str, ...], code: int, says: str
) -> None:
    before = files(held)
    said = mbl(*NEW, *more)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert files(held) == before


def test_a_script_is_never_asked(held: Path) -> None:
    before = files(held)
    for words in (("new",), ("new", "--statement", "X"), ("agree",)):
        said = mbl("guidepoint", *words, input="x\n" * 9)
        assert (said.code, said.out) == (2, ""), words
    assert files(held) == before


def test_a_dry_run_of_each_step_writes_nothing(held: Path) -> None:
    before = files(held)
    for words in (
        NEW,
        ("guidepoint", "agree", "--by", "cfo"),
        ("guidepoint", "close"),
        ("guidepoint", "edit", "--close-outcome", "pipeline"),
    ):
        said = mbl(*words, "--dry-run")
        assert said.code == 0, said.err
        assert said.out.startswith("Would ")
    assert files(held) == before


# Edit


def test_what_was_agreed_changes_with_a_reason_only_and_the_file_keeps_it(held: Path) -> None:
    before = files(held)
    said = mbl("guidepoint", "edit", "--target", "pipeline=3200")
    assert (said.code, said.out) == (1, "")
    assert "was agreed on 2026-09-24 by cmo, vp-sales: a change needs a reason" in said.err
    assert files(held) == before
    said = mbl(
        "guidepoint", "edit", "--target", "pipeline=3200", "--reason", "The fair went well", "-f", "json"
    )
    assert said.code == 0, said.err
    assert {change["field"] for change in said.json["changes"]} == {"outcomes", "changes"}
    now = shown()["guidepoint"]
    assert now["outcomes"][0]["target"] == 3200
    assert now["changes"] == [{"date": "2026-11-22", "by": "ana", "reason": "The fair went well"}]


def test_a_change_says_what_is_different_and_leaves_the_other_lines_alone(held: Path) -> None:
    (held / Q4).write_text(
        HELD.format("# ours\n").replace("Shippers come", '"Shippers come').replace("us\n", 'us"\n', 1)
    )
    said = mbl("guidepoint", "edit", "--target", "pipeline=3200", "--add-outcome", "trust: Dealers trust us")
    assert said.out == (
        "Changed the Guidepoint 2026-q4: outcomes pipeline target 3000 → 3200; added id trust, text Dealers trust us, weight 1\n"
    )
    assert (
        (held / Q4)
        .read_text()
        .startswith('statement: "Shippers come to us"\nfrom: 2026-10-01\nto: 2026-12-31\n# ours\n')
    )


def test_an_outcome_is_closed_without_a_reason_and_closing_it_twice_changes_nothing(held: Path) -> None:
    assert mbl("guidepoint", "edit", "--close-outcome", "pipeline").code == 0
    assert shown()["guidepoint"]["outcomes"][0]["closed"] == "2026-11-22"
    before = files(held)
    said = mbl("--today", "2026-11-23", "guidepoint", "edit", "--close-outcome", "pipeline")
    assert (said.code, said.out, said.err, files(held)) == (0, "", "Nothing to change.\n", before)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--close-outcome", "pipelin"), 1, "Did you mean pipeline?"),
        (("--statement", " "), 2, "needs a statement"),
        (("--to", "2026-09-01", "--reason", "x"), 1, "before it begins"),
        (("2026-q5", "--to", "2026-12-01"), 1, "Did you mean 2026-q4?"),
        (("--add-outcome", "pipeline: Again", "--reason", "x"), 1, "Two outcomes are called pipeline"),
    ],
)
def test_a_change_that_cannot_be_is_refused(held: Path, words: tuple[str, ...], code: int, says: str) -> None:
    before = files(held)
    said = mbl("guidepoint", "edit", *words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert files(held) == before


def test_an_empty_value_clears_a_field_of_a_draft(held: Path) -> None:
    (held / Q4).write_text(HELD.format(""))
    said = mbl("guidepoint", "edit", "--due", "pipeline=", "--reason", "Nobody knows")
    assert said.code == 0
    assert "no reason is needed" in said.err
    now = shown()["guidepoint"]
    assert (now["outcomes"][0]["due"], now["changes"]) == (None, [])


def test_the_file_in_the_editor_is_saved_with_its_reason_and_its_comments(held: Path, editor: Editor) -> None:
    editor("""sed -i 's/3000/3200/; s/statement:/# mine\\nstatement:/' "$1" """)
    said = mbl("guidepoint", "edit", "--reason", "The fair went well")
    assert said.code == 0, said.err
    text = (held / Q4).read_text()
    assert text == "# mine\n" + AGREED.replace("3000", "3200").replace(
        "outcomes:", "changes:\n- {date: 2026-11-22, by: ana, reason: The fair went well}\noutcomes:"
    )


def test_a_reason_written_in_the_editor_is_enough(held: Path, editor: Editor) -> None:
    editor(
        """sed -i 's/3000/3200/' "$1"; echo 'changes: [{date: 2026-11-22, reason: We learned}]' >> "$1" """
    )
    assert mbl("guidepoint", "edit").code == 0
    assert [change["reason"] for change in shown()["guidepoint"]["changes"]] == ["We learned"]


def test_the_editor_opens_again_with_what_is_wrong_on_top(held: Path, editor: Editor) -> None:
    log = editor("""sed -i 's/3000/3200/' "$1" """, "true")
    before = files(held)
    said = mbl("guidepoint", "edit")
    assert (said.code, said.out, files(held)) == (1, "", before)
    assert "a change needs a reason" in (log / "2.txt").read_text().splitlines()[0]
    assert "Nothing was changed" in said.err


# Agree and close


def test_who_agrees_is_noted_and_more_may_join(held: Path) -> None:
    (held / Q4).write_text(HELD.format(""))
    assert mbl("guidepoint", "agree", "--by", "cmo,vp-sales").code == 0
    assert (
        mbl("--today", "2026-11-25", "guidepoint", "agree", "2026-q4", "--by", "cfo", "--by", "cmo").code == 0
    )
    assert shown()["guidepoint"]["agreed"] == {"date": "2026-11-22", "by": ["cmo", "vp-sales", "cfo"]}
    before = files(held)
    assert mbl("guidepoint", "agree", "--by", "cfo").err == "Nothing to change.\n"
    assert files(held) == before


def test_a_close_makes_room_for_the_next_one_which_is_then_meant(held: Path) -> None:
    assert mbl(*NEW, "--from", "2026-11-22", "--to", "2026-12-31").code == 1
    assert mbl("guidepoint", "close", "--date", "2026-11-20").code == 0
    assert "closed: 2026-11-20\n" in (held / Q4).read_text()
    assert "No Guidepoint holds today." in mbl("guidepoint").out
    assert mbl(*NEW).code == 0
    said = mbl("guidepoint", "close")
    assert (said.code, said.out) == (1, ""), "only the current one is closed without its name"
    assert mbl("guidepoint", "agree", "--by", "cmo").out.startswith("Changed the Guidepoint 2027-q1")
    said = mbl("guidepoint", "agree", "2026-q4", "--by", "cfo")
    assert (said.code, "was closed on 2026-11-20" in said.err) == (1, True)


def test_where_none_is_the_first_step_is_named(small: Path) -> None:
    assert "mbl guidepoint new" in mbl("guidepoint").out
    for words in (("edit", "--to", "2027-01-01"), ("agree", "--by", "x"), ("close",)):
        said = mbl("guidepoint", *words)
        assert (said.code, said.out) == (1, ""), words
        assert said.err.startswith("No Guidepoint holds today.")


# In a terminal


def talk(*arguments: str, answers: tuple[tuple[str, str], ...], width: int = 80) -> pexpect.spawn:
    """A real terminal: each answer typed when its question stands there."""
    child = pexpect.spawn(
        MBL[0], [*MBL[1:], *arguments], dimensions=(40, width), encoding="utf-8", timeout=30,
        env=environment({"TERM": "xterm-256color"}),
    )  # fmt: skip
    for question, answer in answers:
        child.expect_exact(question)
        child.expect_exact("> ")
        child.send(answer)
    return child


def ended(child: pexpect.spawn) -> tuple[int, str]:
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus or 0), str(child.before)


@pytest.mark.parametrize("width", [80, 40])
def test_a_terminal_asks_for_everything_that_was_not_said(held: Path, width: int) -> None:
    child = talk(
        "guidepoint", "new",
        answers=(
            ("What does success", "\r"), ("needs a", "Dealers come, too\r"),
            ("From which day? [2027-01-01]", "soon\r"), ("From which day?", "\r"), ("To which day? [2027-03-31]", "\r"),
            ("called? [2027-q1]", "\r"),
            ("Outcome 1", "Shippers bring 4 million\r"), ("One word", "two words\r"), ("One word", "pipeline\r"),
            ("Outcome 2", "Dealers trust us\r"), ("One word", "pipeline\r"), ("One word", "trust\r"),
            ("Outcome 3", "\r"),
            ("shows pipeline?", "pipeline\r"), ("stand now? [2415]", "\r"), ("should pipeline", "4000\r"), ("By when? [2027-03-31]", "\r"),
            ("shows trust?", "trust\r"), ("stand now?", "66.5%\r"), ("should trust", "much\r"), ("should trust", "80%\r"),
            ("By when?", "2027-03-15\r"),
        ), width=width,
    )  # fmt: skip
    code, said = ended(child)
    assert code == 0, said
    now = shown("2027-q1")["guidepoint"]
    assert (now["statement"], now["from"], now["to"]) == ("Dealers come, too", "2027-01-01", "2027-03-31")
    assert [
        tuple(each[key] for key in ("id", "measure", "baseline", "target", "due")) for each in now["outcomes"]
    ] == [
        ("pipeline", "pipeline", 2415, 4000, "2027-03-31"), ("trust", "trust", 0.665, 0.8, "2027-03-15"),
    ]  # fmt: skip


def test_what_was_said_is_not_asked_and_a_refusal_comes_before_the_outcomes(held: Path) -> None:
    child = talk(
        *NEW, "2027-q1", "--outcome", "trust: Dealers trust us", "--measure", "trust=trust", "--due", "trust=2027-03-15",
        answers=(("To which day?", "\r"), ("stand now?", "\r"), ("should trust stand?", "\r")),
    )  # fmt: skip
    code, said = ended(child)
    assert code == 0, said
    child = talk(*NEW, answers=(("To which day?", "2027-02-01\r"), ("called?", "other\r")))
    code, said = ended(child)
    assert code == 1
    assert "2027-q1.yaml holds from 2027-01-01" in said
    assert "Outcome 1" not in said


@pytest.mark.parametrize(("typed", "code"), [("\x03", 130), ("\x04", 1)])
def test_ctrl_c_and_the_end_of_input_leave_everything_as_it_was(held: Path, typed: str, code: int) -> None:
    before = files(held)
    left, said = ended(talk(*NEW, "2027-q1", answers=(("To which day?", "\r"), ("Outcome 1", typed))))
    assert (left, files(held)) == (code, before)
    assert "Traceback" not in said


def test_a_terminal_asks_why_what_was_agreed_changes_and_who_agrees(held: Path) -> None:
    child = talk(
        "guidepoint", "edit", "--to", "2026-12-20", answers=(("Why does it change?", "The fair is early\r"),)
    )
    assert ended(child)[0] == 0
    assert shown()["guidepoint"]["changes"][0]["reason"] == "The fair is early"
    assert ended(talk("guidepoint", "agree", answers=(("Who agrees", "cfo, ceo\r"),)))[0] == 0
    agreed = shown()["guidepoint"]["agreed"]
    assert agreed["by"][-2:] == ["cfo", "ceo"]


def test_json_asks_nobody_in_a_terminal_either(held: Path) -> None:
    code, said = ended(talk("guidepoint", "edit", "--to", "2026-12-20", "-f", "json", answers=()))
    assert code == 1
    assert "a change needs a reason" in json.loads(said)["message"]
