"""Setting one value changes that value's characters, and no other byte of the user's file."""

from dataclasses import dataclass, replace

import pytest
from hostile import TEXTS, texts
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mbl.model.item import SKELETON, Item
from mbl.model.noun import keys
from mbl.storage.yamltext import Malformed, load, set_keys

ORDER = keys(Item)
MANY = settings(max_examples=150, deadline=None)


def changed(text, **values):  # noqa: ANN003
    return set_keys(text, values, order=ORDER, kept=SKELETON)


@dataclass(frozen=True)
class Entry:
    """A key as somebody typed it: what stands above it, its value, the comment behind it."""

    above: str
    key: str
    value: str
    remark: str = ""

    @property
    def text(self):
        if "\n" in self.value and self.value.startswith("\n"):
            return f"{self.above}{self.key}:{self.remark}{self.value}\n"
        first, newline, rest = self.value.partition("\n")
        gap = " " if self.value else ""
        return f"{self.above}{self.key}:{gap}{first}{self.remark}{newline}{rest}\n"


@dataclass(frozen=True)
class File:
    """A file as somebody keeps it."""

    entries: tuple[Entry, ...]
    below: str
    crlf: bool
    bom: bool
    ends: bool

    @property
    def text(self):
        text = "".join(entry.text for entry in self.entries) + self.below
        text = text if self.ends else text.removesuffix("\n")
        return ("\ufeff" if self.bom else "") + (text.replace("\n", "\r\n") if self.crlf else text)

    def with_value(self, key, value):
        entries = (replace(entry, value=value) if entry.key == key else entry for entry in self.entries)
        return replace(self, entries=tuple(entries))

    def value_of(self, key):
        return next(entry.value for entry in self.entries if entry.key == key)


PLAIN = ("word", "two words", "it's", "R&D", "a-b", "5d", "1:30", "012", "no", "2026-11-30")
QUOTED = ('"word"', "'word'", '"a: b"', "'it''s'", '"\\e[31m"', "''", '""', '"two  spaces "')
LINES = ("|\n  one\n  two", "|\n  one\n\n  two", "|-\n  one\n  two")
FLOW = ("[]", "[a]", "[ a,  b ]", "[a, 'b c', \"d\"]", "{a: 1}", "{ a: 1, b: 2 }")
BLOCK = (
    "\n  - a\n  - b", "\n- a", "\n    - a   # first\n    # between\n    - b", "\n  # above\n  - a", "\n  a: 1\n  b: 2",
    "\n  - {x: p}\n  - {x: q, y: [z]}",
)  # fmt: skip
REMARKS = ("", "   # why", "\t# tab", " #")
GAPS = (
    "",
    "\n",
    "# a remark\n",
    "\n\n# two\n#three\n",
    "  # indented\n",
    "x-note: mine\n",
    "x-list:\n  - 1\n\n",
)
TEXT_KEYS = ("title", "requester", "how", "type", "team", "owner", "channel")
LIST_KEYS = ("labels", "links", "depends_on")


@st.composite
def files(draw, values=PLAIN + QUOTED + ("",) + LINES):
    """A file with some keys in some order, `title` among them."""
    names = draw(st.permutations(TEXT_KEYS))[: draw(st.integers(0, 4))]
    names = [*names, *draw(st.permutations(LIST_KEYS))[: draw(st.integers(0, 2))]]
    names = draw(st.permutations([*(name for name in names if name != "title"), "title"]))
    entries = []
    for place, name in enumerate(names):
        pool = values if name not in LIST_KEYS else FLOW[:4] + BLOCK[:4]
        above = draw(st.sampled_from(GAPS)) if place else draw(st.sampled_from(GAPS[:5]))
        above = above.replace("x-", f"x-{place}-")
        if entries and entries[-1].value.startswith("|"):
            above = above.replace("  # indented", "# not part of the block")
        entries.append(Entry(above, name, draw(st.sampled_from(pool)), draw(st.sampled_from(REMARKS))))
    below = draw(st.sampled_from(("", "\n", "# the end\n", "\n\n", "x-last: 1\n")))
    flags = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    return File(tuple(entries), below, *flags)


TASTE = ('"word"', "'word'", '"a: b"', "'it''s'", '"two  spaces "', '""')
"""Quotes that mbl itself would not have written, or not so."""


def in_style_of(old, word):
    """How a plain word is written over an old value: quotes that were a matter of taste stay."""
    return f"{old[0]}{word}{old[0]}" if old in TASTE else word


@MANY
@given(files(), st.sampled_from(("fresh", "other words", "x1")))
def test_a_new_word_changes_the_characters_of_that_value_alone(file, word):
    old = file.value_of("title")
    assert changed(file.text, title=word) == file.with_value("title", in_style_of(old, word)).text


@MANY
@given(files(), texts())
@example(File((Entry("", "title", "x", "  # why"),), "", crlf=True, bom=True, ends=False), "one\ntwo\n")
@example(File((Entry("", "title", "x"),), "\n\n", crlf=False, bom=False, ends=True), "one\ntwo\n\n")
def test_any_text_can_be_set_and_read_back_and_its_surroundings_stay(file, text):
    entry = next(entry for entry in file.entries if entry.key == "title")
    after = changed(file.text, title=text)
    head, _, tail = file.text.partition(line_breaks(entry.text.removesuffix("\n"), file))
    assert load("", after)["title"] == text
    assert after.startswith(head + line_breaks(f"{entry.above}title:", file))
    assert after.endswith(tail)
    assert entry.remark in after


def line_breaks(text, file):
    return text.replace("\n", "\r\n") if file.crlf else text


@MANY
@given(files((*PLAIN[:6], "'a: b'", "''", '"\\e[31m"', *LINES)), texts())
def test_a_value_in_mbls_own_form_set_and_reverted_leaves_identical_bytes(file, text):
    assume(file.ends or not file.text.endswith("two"))  # a block without its newline is not mbl's form
    before = load("", file.text)["title"]
    after = changed(file.text, title=text)
    assert changed(after, title=before) == file.text


@MANY
@given(files((*PLAIN[:6], *TASTE)), st.from_regex(r"[a-z][a-z ']*[a-z]", fullmatch=True))
def test_a_value_in_any_quotes_set_to_words_and_reverted_leaves_identical_bytes(file, text):
    before = load("", file.text)["title"]
    after = changed(file.text, title=text)
    assert changed(after, title=before) == file.text


@MANY
@given(files(), texts(), st.sampled_from(("asked", "estimate", "description", "audience")))
def test_an_absent_key_set_and_cleared_leaves_identical_bytes(file, text, key):
    after = changed(file.text, **{key: text})
    assert load("", after) == {**load("", file.text), key: text}
    assert changed(after, **{key: None}) == file.text


@MANY
@given(files(), texts())
def test_an_empty_key_of_the_skeleton_set_and_cleared_leaves_identical_bytes(file, text):
    file = replace(file, entries=(*file.entries, Entry("", "status", "", "  # open")))
    after = changed(file.text, status=text)
    assert load("", after)["status"] == text
    assert changed(after, status=None) == file.text


@pytest.mark.parametrize("old", [*FLOW[:2], "[a, b c]", *BLOCK[:2], *BLOCK[5:], "\n- a\n- b c"])
def test_a_list_set_and_reverted_leaves_identical_bytes(old):
    text = f"title: x\nlabels:{'' if old[0] == chr(10) else ' '}{old}   # why\n# end\ntype: y\n"
    before = load("", text)["labels"]
    after = changed(text, labels=["new", "q 4", "a: b"])
    assert load("", after)["labels"] == ["new", "q 4", "a: b"]
    assert changed(after, labels=before) == text


@pytest.mark.parametrize("old", FLOW + BLOCK)
@pytest.mark.parametrize(
    "new", [["z"], [], ["a", "b", "c"], {"k": 1.5}, [{"x": "1", "y": ["z"]}], ["two\nlines"], None]
)
def test_a_list_or_mapping_is_replaced_as_a_whole_and_everything_around_stays(old, new):
    gap = "" if old.startswith("\n") else " "
    head, tail = "title: x\n# above\n", "\n# below\n\ntype: y   # kept\nx-mine: {a: 1}\n"
    after = changed(f"{head}labels:{gap}{old}{tail}", labels=new)
    assert after.startswith(head)
    assert after.endswith(tail if new is not None else tail[1:])
    expected = [{"x": "1", "y": ["z"]}] if new == [{"x": "1", "y": ["z"]}] else new
    assert load("", after).get("labels") == ({"k": "1.5"} if new == {"k": 1.5} else expected)


FLOW_ROOTS = (
    "{title: x, status: , type: 'y z'}", "{ title: x,\n  status: request,  # why\n  type: y }\n", '{"title": "x"}', "{title: x,}",
)  # fmt: skip


@pytest.mark.parametrize("text", FLOW_ROOTS)
@pytest.mark.parametrize("word", ["fresh", "a: b", "a, b", "{x}", "two\nlines", "it's", "#"])
def test_a_file_in_braces_is_edited_inside_its_braces(text, word):
    after = changed(text, title=word, how=word)
    assert load("", after) == {**load("", text), "title": word, "how": word}
    if "\n" not in word:
        assert changed(changed(after, title="x"), how=None) == text


@pytest.mark.parametrize("text", FLOW_ROOTS[:2])
@pytest.mark.parametrize("key", ["title", "status", "type"])
def test_a_key_is_removed_from_a_file_in_braces(text, key):
    rest = {name: value for name, value in load("", text).items() if name != key}
    assert load("", changed(text, **{key: None})) == rest


@MANY
@given(files())
def test_no_change_is_no_change(file):
    assert changed(file.text) == file.text
    assert changed(file.text, absent=None) == file.text


@pytest.mark.parametrize(
    ("text", "values", "after"),
    [
        ("id: a\ntitle: x\nrequested: y\n", {"rank": "a0"}, 'id: a\nrank: "a0"\ntitle: x\nrequested: y\n'),
        ("title: x\n\n# plan\nteam: t\n", {"how": "h"}, "title: x\nhow: h\n\n# plan\nteam: t\n"),
        ("title: x\nx-a: 1\n", {"how": "h"}, "title: x\nhow: h\nx-a: 1\n"),
        ("# only a remark\n", {"title": "x"}, "# only a remark\ntitle: x\n"),
        ("# only a remark", {"title": "x"}, "# only a remark\ntitle: x\n"),
        ("", {"title": "x"}, "title: x\n"),
        ("---\ntitle: x\n...\n", {"how": "h"}, "---\ntitle: x\nhow: h\n...\n"),
        (
            "title: x\nhow: |\n  a\n\n\nteam: t\n",
            {"asked": "q"},
            "title: x\nhow: |\n  a\nasked: q\n\n\nteam: t\n",
        ),
        ("title:\n  x\n", {"title": "y"}, "title:\n  y\n"),
        ("title: x\nhow: h\n", {"how": None}, "title: x\n"),
        ("title: x\nhow: h", {"how": None}, "title: x"),
        ("title: |\n  x\nhow: h", {"how": None}, "title: |\n  x\n"),
        ("title: |\n  x", {"how": "h"}, "how: h\ntitle: |\n  x"),
        ("title: x # w\n", {"title": "a\nb"}, "title: |- # w\n  a\n  b\n"),
        ("title: |- # w\n  a\n  b\n", {"title": "x"}, "title: x # w\n"),
        ("title: 'x'\n", {"title": "it's"}, "title: 'it''s'\n"),
        ('title: "x"\n', {"title": "y"}, 'title: "y"\n'),
        ("rank: 'a0'\n", {"rank": "a1"}, "rank: 'a1'\n"),
    ],
)
def test_each_kind_of_edit_leaves_the_file_as_a_person_would(text, values, after):
    assert changed(text, **values) == after


@pytest.mark.parametrize(
    "text",
    [
        "{title}",
        "{title, how: x}",
        "- a\n- b\n",
        "just words\n",
        "{}\n",
        "? title\n: x\n? [a]\n: b\n",
        "title: &a x\n",
    ],
)
def test_what_cannot_be_edited_safely_is_refused_not_guessed(text):
    with pytest.raises(Malformed):
        changed(text, title="y")


@pytest.mark.parametrize("text", TEXTS)
def test_a_hostile_title_is_written_over_a_plain_one_and_back(text):
    before = "id: k7f3x\ntitle: x   # remark\nstatus:\n"
    after = changed(before, title=text)
    assert load("", after)["title"] == text
    assert changed(after, title="x") == before


PIECES = (
    "title", "how", "id", "x-a", "a", "1", ":", ": ", ":\n", "\n", "\n  ", "\n- ", "- ", "? ", "{", "}", "[", "]", ", ", ",", " # c",
    "#", "|", "|\n  ", ">-\n ", "|+2\n    ", "'", '"', "\\", "---\n", "...\n", "\t", " ", "\r\n", "\r", "\x85", "\u2028", "\ufeff",
    "~", "é", "🚀", "&", "*", "!", "%", "<<: ",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
    | st.lists(st.sampled_from(PIECES), max_size=8).map("title: ".join),
    st.none()
    | texts()
    | st.lists(texts(), max_size=2)
    | st.dictionaries(st.sampled_from(["a", "b: c"]), texts(), max_size=2),
    st.sampled_from(("title", "how", "id", "status")),
)
def test_whatever_the_text_an_edit_reads_as_meant_or_is_refused(text, value, key):
    try:
        before = load("", text) or {}
        after = changed(text, **{key: value})
    except Malformed:
        return
    expected = {name: held for name, held in {**before, key: value}.items() if held is not None}
    found = load("", after) or {}  # whoever takes out the last key leaves nothing
    assert {name: held for name, held in found.items() if held is not None} == expected


def test_a_new_list_of_mappings_has_a_line_for_each():
    assert changed("id: x\n", parts=[{"skill": "copy", "effort": "2d"}, {"skill": "design"}]) == (
        "id: x\nparts:\n- {skill: copy, effort: 2d}\n- {skill: design}\n"
    )
    assert changed("{id: x}\n", parts=[{"skill": "copy"}]) == "{id: x, parts: [{skill: copy}]}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - skill: copy\n    effort: 2d\n", "  - skill: copy\n    effort: 3d\n  - skill: design\n"),
        ("  - {skill: copy, effort: 2d}\n", "  - {skill: copy, effort: 3d}\n  - {skill: design}\n"),
        ("- {skill: copy}\n- skill: x\n", "- {skill: copy, effort: 3d}\n- skill: design\n"),
    ],
)
def test_the_entries_of_a_list_keep_their_layout(old, new):
    parts = [{"skill": "copy", "effort": "3d"}, {"skill": "design"}]
    assert changed(f"id: x\nparts:   # of it\n{old}team: a\n", parts=parts) == (
        f"id: x\nparts:   # of it\n{new}team: a\n"
    )
