"""A text is read strictly: what YAML would guess comes back as typed, what could hide something is refused with its place."""

import pytest
from hostile import TEXTS, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.storage.yamltext import Malformed, dump, load, located, position


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: on", "on"),
        ("a: 012", "012"),
        ("a: 1:30", "1:30"),
        ("a: 1_000", "1_000"),
        ("a: 0x1F", "0x1F"),
        ("a: 1e5", "1e5"),
        ("a: 2026-02-30", "2026-02-30"),
        ("a: '~'", "~"),
        ("a: 'null'", "null"),
        ("a: true", "true"),
        ("a: =", "="),
        ("a: ~", None),
        ("a: null", None),
        ("a:", None),
        ("a: ''", ""),
        ("a: ! 5", "5"),
        ("a: R&D *new* [x] {y}", "R&D *new* [x] {y}"),
        ("a: {b: [no, 012]}", {"b": ["no", "012"]}),
        ("\ufeffa: x", "x"),
        ("a: x\r\n", "x"),
        ("a: x\rb: y", "x"),
        ("a: x # mine", "x"),
        ("a: {x-mine: 1, b: 2}\nx-more: {c: 3}", {"b": "2"}),
    ],
)
def test_a_value_comes_back_as_it_was_typed(text, value):
    assert load("", text)["a"] == value


def test_keys_that_begin_with_x_are_nobodys_business():
    assert load("", "x-a: 1\nx-b: {c: 1}\n") == {}


@pytest.mark.parametrize("text", ["", "\n", "# only a remark\n", "---\n", "\ufeff"])
def test_a_text_without_content_is_nothing(text):
    assert load("", text) is None


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
        ("a: {b: 1,\n  b: 2}\n", "duplicate-key", 2, 3),
        ("a:\n  - {b: 1, b: 2}\n", "duplicate-key", 2, 12),
        ("x-a: 1\nx-a: 2\n", "duplicate-key", 2, 1),
        ("a: &x 1\n", "anchor", 1, 4),
        ("a: x\nb: *x\n", "anchor", 2, 4),
        ("a: !!python/object:os.system x\n", "tag", 1, 4),
        ("a: !mine x\n", "tag", 1, 4),
        ("<<: {a: 1}\n? [a]\n: b\n", "yaml", 2, 3),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n", "merge-marker", 2, 1),
        ("a: 1\n>>>>>>> other\r\n", "merge-marker", 2, 1),
        ("a:\n\tb: 1\n", "yaml", 2, 1),
        ("a: b: c\n", "yaml", 1, 5),
        ("a: 1\nb: [1, 2\n", "yaml", 3, 1),
        ('a: 1\nb: "x\n', "yaml", 3, 1),
        ("a: 1\n---\nb: 2\n", "yaml", 2, 1),
        ("a: @b\n", "yaml", 1, 4),
        ("a: 1\nb: x\x1by\n", "control-character", 2, 5),
        ("a: \x00", "control-character", 1, 4),
        ("a: \ud800", "control-character", 1, 4),
        ("[" * 200_000, "too-deep", 1, 29),
        ("{a: " * 5_000, "too-deep", 1, 113),
        ("".join(" " * depth + "a:\n" for depth in range(500)), "too-deep", 29, 29),
        ("- " * 2_000 + "a", "too-deep", 1, 57),
        ("? " * 2_000 + "a", "too-deep", 1, 57),
        ("a: b\n  c: d\n", "yaml", 2, 4),
        ("%YAML 9.9\n---\na: 1\n", "yaml", 1, 1),
    ],
)
def test_what_could_hide_something_is_refused_at_its_place(text, code, line, column):
    with pytest.raises(Malformed) as refused:
        load("items/x.yaml", text)
    problem = refused.value.problems[0]
    assert (problem.path, problem.code, problem.line, problem.column) == ("items/x.yaml", code, line, column)
    assert problem.message
    assert problem.fix


def test_an_alias_bomb_is_refused_before_it_is_built():
    layers = "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
    )
    with pytest.raises(Malformed) as refused:
        load("", "a: &a [x, x]\n" + layers)
    assert refused.value.problems[0].code == "anchor"


def test_every_key_that_stands_twice_is_named():
    with pytest.raises(Malformed) as refused:
        load("", "a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert [problem.line for problem in refused.value.problems] == [2, 3]


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (("title",), (2, 1)),
        (("parts", 1, "team"), (5, 19)),
        (("parts", 7), (3, 1)),
        (("nothing",), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_a_place_is_found_or_the_nearest_thing_around_it(place, found):
    text = "# remark\ntitle: 🚀 x\nparts:\n  - {skill: copy}\n  - {skill: copy, team: t}\n"
    assert position(text, place) == located(text)(place) == found


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        texts().filter(lambda key: key and "\n" not in key and not key.startswith("x-")), texts(), max_size=3
    )
)
def test_a_new_file_comes_back_as_it_was_meant(values):
    assert (load("", dump(values, comment="# remark\n")) or {}) == values


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        texts(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(texts().filter(lambda key: not key.startswith("x-")), inner, max_size=3)
        ),
        max_leaves=6,
    )
)
def test_nested_values_come_back_as_they_were_meant(value):
    assert load("", dump({"a": value}))["a"] == value


@pytest.mark.parametrize("text", TEXTS)
def test_a_new_file_holds_any_text_on_lines_of_its_own(text):
    file = dump({"id": "k7f3x", "title": text, "status": None})
    assert load("", file) == {"id": "k7f3x", "title": text, "status": None}
    assert file.endswith("\nstatus:\n")


def test_a_new_file_is_written_as_a_person_would():
    values = {
        "id": "k7f3x", "rank": "a0", "title": "🚀 Start: now", "status": None, "estimate": 5, "labels": ["a", "b c"],
        "ended": {"by": "ana"}, "description": "one\ntwo\n",
    }  # fmt: skip
    assert dump(values) == (
        "id: k7f3x\nrank: \"a0\"\ntitle: '🚀 Start: now'\nstatus:\nestimate: 5\nlabels: [a, b c]\nended: {by: ana}\n"
        "description: |\n  one\n  two\n"
    )
