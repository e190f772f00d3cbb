"""What was meant is what the files say afterwards; what the files say wrong is told with its place."""

from dataclasses import replace
from datetime import date

import pytest
from any_noun import KINDS, any_of
from hostile import TEXTS
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from build import backlog, item
from mbl.model.backlog import PEOPLE, SETTINGS, assembled
from mbl.model.item import Ended, Item
from mbl.model.noun import keys
from mbl.model.settings import Settings
from mbl.storage.codec import parse, parse_tree, plan, valid, values
from mbl.storage.yamltext import Malformed, load

OWN = b"# kept: mine\n\nx-mine: {a: 1}   # and this\n"


def nothing(path):
    raise AssertionError(f"{path} was read")


def written(path, before, after, content=None):
    old = assembled({path: before} if before is not None else {})
    return plan(old, assembled({path: after}), lambda _: content)[path]


@pytest.mark.parametrize("path", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_planned_reads_back_as_what_was_meant(path, data):
    """Plan refuses whatever would not read back, so a plan that comes back is the proof; comments and x- keys stay."""
    before, after = data.draw(any_of(KINDS[path])), data.draw(any_of(KINDS[path]))
    assume(before != after and values(before) and values(after))
    content = written(path, Settings() if path == SETTINGS else None, before, b"schema: 1\n")
    assert parse(path, content) == before
    kept = OWN + content
    edited = written(path, before, after, kept)
    assert parse(path, edited) == after
    assert edited.startswith(OWN)
    if path != PEOPLE:  # people stand in the order in which they were added
        assert written(path, after, before, edited) == kept


def test_nothing_changed_is_nothing_written():
    backlog_ = backlog(item(), item())
    assert plan(backlog_, backlog_, nothing) == {}
    assert plan(backlog_, replace(backlog_, items={**backlog_.items}), nothing) == {}
    same = {path: replace(noun) for path, noun in backlog_.items.items()}
    assert plan(backlog_, replace(backlog_, items=same), nothing) == {}


def test_only_what_changed_is_written_and_what_is_gone_is_removed():
    stays, changes, goes = item(), item(), item()
    before = backlog(stays, changes, goes)
    after = backlog(stays, replace(changes, title="new"))
    contents = {
        f"items/{noun.id}.yaml": f"id: {noun.id}\ntitle: {noun.title}\n".encode()
        for noun in (stays, changes, goes)
    }
    assert plan(before, after, contents.__getitem__) == {
        f"items/{changes.id}.yaml": f"id: {changes.id}\ntitle: new\n".encode(),
        f"items/{goes.id}.yaml": None,
    }


def test_a_new_item_has_the_keys_that_let_branches_merge_even_when_empty():
    content = written("items/x.yaml", None, Item(id="k7f3x", title="x"))
    assert content.decode().splitlines() == [
        "# yaml-language-server: $schema=../schemas/item.json",
        "id: k7f3x", "rank:", "title: x", "status: request", "requester:", "requested:", "type:",
    ]  # fmt: skip


def test_a_step_of_the_status_writes_in_the_order_of_the_file():
    before = Item(id="k7f3x", title="x")
    content = written("items/x.yaml", None, before)
    ended = Ended(date=date(2026, 11, 12), reason="late: no")
    after = replace(before, status="dropped", accepted=date(2026, 10, 5), ended=ended)
    assert [line.split(":")[0] for line in written("items/x.yaml", before, after, content).decode().splitlines()[1:]] == [
        "id", "rank", "title", "status", "accepted", "ended", "requester", "requested", "type",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [text for text in TEXTS if text.strip()])
def test_any_title_survives_its_file(text):
    noun = Item(id="k7f3x", title=text)
    assert parse("items/x.yaml", written("items/x.yaml", None, noun)) == noun


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"- a list\n", b"title: &a x\n", b"a: b: c\n"])
def test_a_file_that_became_something_else_meanwhile_is_refused(content):
    with pytest.raises(Malformed):
        written("items/x.yaml", Item(id="k7f3x", title="x"), Item(id="k7f3x", title="y"), content)


ITEM = "id: k7f3x\ntitle: x\n"
WRONG = [
    ("", "not-a-mapping", 1, "empty"),
    ("- a\n", "not-a-mapping", 1, "key: value"),
    ("id: k7f3x\n", "missing-key", 1, "title is missing"),
    ("title: x\n", "missing-key", 1, "id is missing"),
    (ITEM + "estimat: 5d\n", "unknown-key", 3, "Did you mean estimate?"),
    (ITEM + "parts:\n  - {skil: copy}\n", "unknown-key", 4, "Did you mean skill?"),
    (ITEM + "qqqq: 1\n", "unknown-key", 3, "x-"),
    (ITEM + "status: comitted\n", "unknown-value", 3, "Did you mean committed?"),
    (ITEM + "moscow: 7\n", "unknown-value", 3, "must, should, could or wont"),
    (ITEM + "requested: 2026-02-30\n", "wrong-value", 3, "not a day of the calendar"),
    (ITEM + "requested: 30.11.2026\n", "wrong-value", 3, "2026-11-30"),
    (ITEM + "requested: 20261130\n", "wrong-value", 3, "2026-11-30"),
    (ITEM + "earliest: 2026-13\n", "wrong-value", 3, "month"),
    (ITEM + "estimate: soon, maybe\n", "wrong-value", 3, "5d"),
    (ITEM + "estimate: -5d\n", "wrong-value", 3, "5d"),
    (ITEM + "outcomes: pipeline\n", "wrong-value", 3, "outcomes"),
    (ITEM + "labels: {a: b}\n", "wrong-value", 3, "list"),
    (ITEM + "title: [x]\n", "duplicate-key", 3, "second time"),
    ("id: k7f3x\ntitle: [x]\n", "wrong-value", 2, "one text"),
    ("id: k7f3x\ntitle: '  '\n", "wrong-value", 2, "not empty"),
    ("id: K7F3X\ntitle: x\n", "wrong-value", 1, "five of the characters"),
    ("id: 12345\ntitle: x\n", "wrong-value", 1, "five of the characters"),
    (ITEM + "rank: a 0\n", "wrong-value", 3, "mbl rank"),
    (ITEM + "ended: 2026-11-12\n", "wrong-value", 3, "mapping"),
    (ITEM + "ended:\n  by: ana\n", "missing-key", 3, "ended.date is missing"),
    (ITEM + "ended:\n  date: 2026-11-31\n", "wrong-value", 4, "ended.date"),
    (ITEM + "runs: {from: x}\n", "wrong-value", 3, "runs.from"),
    (ITEM + "outcomes: {a: many}\n", "wrong-value", 3, "outcomes.a"),
    (ITEM + "outcomes: {a: .nan}\n", "wrong-value", 3, "outcomes.a"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "says"), WRONG, ids=[row[0][-30:] for row in WRONG])
def test_what_the_model_refuses_is_told_with_line_and_remedy(text, code, line, says):
    with pytest.raises(Malformed) as refused:
        parse("items/x.yaml", text.encode())
    problem = refused.value.problems[0]
    assert (problem.path, problem.code, problem.line) == ("items/x.yaml", code, line)
    assert says in f"{problem.message} {problem.fix}"
    assert problem.column > 0 or not problem.line or code == "not-a-mapping"


@pytest.mark.parametrize("value", ["no", "012", "1:30", "~~", "2026-11-30", "1e5", ".inf", "0x1F"])
def test_a_word_that_yaml_would_guess_at_stays_a_word(value):
    assert parse("items/x.yaml", f"id: k7f3x\ntitle: {value}\nowner: {value}\n".encode()).owner == value


def test_every_problem_of_a_file_is_told_at_once_in_one_place_each():
    text = "id: nope\ntitle:\nstatus: open\nestimat: 5\nparts: [{effort: x}, {effort: y}]\nruns: {to: 2026-01-01}\n"
    with pytest.raises(Malformed) as refused:
        parse("items/x.yaml", text.encode())
    told = {(problem.line, problem.code) for problem in refused.value.problems}
    assert told == {
        (1, "wrong-value"), (2, "missing-key"), (3, "unknown-value"), (4, "unknown-key"), (5, "wrong-value"), (6, "missing-key"),
    }  # fmt: skip
    assert len({(problem.line, problem.column, problem.message) for problem in refused.value.problems}) == 7


def test_thousands_of_problems_are_counted_not_listed():
    text = ITEM + "".join(f"key{number}: 1\n" for number in range(20_000))
    with pytest.raises(Malformed) as refused:
        parse("items/x.yaml", text.encode())
    assert len(refused.value.problems) == 101
    assert "19,900 more" in refused.value.problems[-1].message


def test_a_huge_word_is_told_in_short():
    with pytest.raises(Malformed) as refused:
        parse("items/x.yaml", f"{ITEM}{'k' * 500_000}: 1\nstatus: {'v' * 300_000}\n".encode())
    assert all(len(problem.message + problem.fix) < 1000 for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "not-utf-8"),
        ("id: k7f3x\ntitle: é\n".encode("utf-16"), "not-utf-8"),
        ("id: k7f3x\ntitle: é\n".encode("latin-1"), "not-utf-8"),
        (b"title: x" * 200_000, "too-large"),
    ],
)
def test_what_is_no_text_of_ours_is_refused(content, code):
    with pytest.raises(Malformed) as refused:
        parse("items/x.yaml", content)
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize(
    ("version", "says"), [("2", "newer mbl"), ("'2'", "newer mbl"), ("1.0", "ever knew"), ("x", "ever knew")]
)
def test_a_newer_format_asks_for_a_newer_program(version, says):
    with pytest.raises(Malformed) as refused:
        parse(SETTINGS, f"schema: {version}\n".encode())
    assert refused.value.problems[0].code == "schema-version"
    assert says in refused.value.problems[0].message


def test_an_empty_people_file_is_nobody():
    assert parse(PEOPLE, b"# nobody yet\n") == {}


def test_a_tree_keeps_what_can_be_read_and_names_the_rest():
    tree = {
        "mbl.yaml": b"name: x\n", "items/good.yaml": ITEM.encode(), "items/bad.yaml": b"id: [\n", "notes/y.yaml": b"a: [",
        "items/deep/er.yaml": b"x", "README.md": b"x",
    }  # fmt: skip
    read = parse_tree(tree)
    assert set(read.items) == {"items/good.yaml"}
    assert {problem.path for problem in read.broken} == {"items/bad.yaml"}
    assert read.settings.name == "x"


def test_values_from_the_command_line_are_validated_without_a_place():
    with pytest.raises(Malformed) as refused:
        valid(Item, {"id": "k7f3x", "title": "x", "due": "tomorrow"})
    assert (refused.value.problems[0].path, refused.value.problems[0].line) == ("", 0)
    assert valid(Item, {"id": "k7f3x", "title": "x", "due": None}).due is None


def test_the_words_of_a_refused_surrogate_are_no_crash():
    with pytest.raises(Malformed):
        written("items/x.yaml", None, Item(id="k7f3x", title="bad \udcff byte"))


def test_every_key_of_an_item_stands_in_its_file_order():
    assert set(keys(Item)) == set(load("", "\n".join(f"{key}: x" for key in keys(Item))))
