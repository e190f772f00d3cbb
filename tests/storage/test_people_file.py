"""The file of people, the teams' files: an edit touches what differs in a list or mapping, never a comment beside it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from build import leave
from mbl.model.backlog import PEOPLE, Backlog, assembled
from mbl.model.team import Leave, Person, Recurring
from mbl.storage.codec import parse, parse_tree, plan
from mbl.storage.yamltext import load, set_keys

FILE = """\
# Skills: 1 can help, 2 can do it alone.
ana:   # since May
  skills: {copy: 2, email: 1}    # wants to learn web
  name: Ana

  # from Hamburg
  holidays: de
  leave:
    - {from: 2026-12-21, to: 2026-12-31}    # skiing
    # and then
    - {from: 2027-03-01, to: 2027-03-05}

ben: {name: Ben}   # half of him

x-note: kept
"""
CHRISTMAS, MARCH = leave("2026-12-21", "2026-12-31"), leave("2027-03-01", "2027-03-05")
MAY = Leave(from_=date(2027, 5, 3), to=date(2027, 5, 3), days_per_day=0.5)


def written(text: str, who: str, person: Person) -> str:
    before = parse_tree({PEOPLE: text.encode()})
    after = replace(before, people={**before.people, who: person})
    content = plan(before, after, lambda _: text.encode())[PEOPLE]
    assert content is not None
    assert parse(PEOPLE, content) == after.people
    return content.decode()


def ana(**fields: object) -> Person:
    person: Person = parse(PEOPLE, FILE.encode())["ana"]
    return replace(person, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("person", "old", "new"),
    [
        (ana(name="Ana D."), "name: Ana\n", "name: Ana D.\n"),
        (ana(skills={"copy": 2}), "{copy: 2, email: 1}", "{copy: 2}"),
        (ana(holidays=None), "  holidays: de\n", ""),
        (ana(leave=(CHRISTMAS, MARCH, MAY)), "to: 2027-03-05}\n", "to: 2027-03-05}\n    - {from: 2027-05-03, to: 2027-05-03, days_per_day: 0.5}\n"),
        (ana(leave=(CHRISTMAS,)), "    - {from: 2027-03-01, to: 2027-03-05}\n", ""),
        (ana(leave=(MARCH,)), "    - {from: 2026-12-21, to: 2026-12-31}    # skiing\n", ""),
        (ana(skills={}), "  skills: {copy: 2, email: 1}    # wants to learn web\n", ""),
    ],
)  # fmt: skip
def test_only_the_characters_that_differ_are_written(
    person: Person, old: str, new: str, newline: str
) -> None:
    assert FILE.count(old) == 1
    expected = FILE.replace(old, new)
    assert written(FILE.replace("\n", newline), "ana", person) == expected.replace("\n", newline)


def test_a_new_key_finds_its_place_and_a_new_person_stands_at_the_end() -> None:
    assert written("ana:\n  name: Ana   # hi\n", "ana", Person(name="Ana", skills={"copy": 2})) == (
        "ana:\n  name: Ana   # hi\n  skills: {copy: 2}\n"
    )
    assert written(FILE, "zoe", Person(skills={"copy": 2})) == f"{FILE}zoe: {{skills: {{copy: 2}}}}\n"


def test_a_leave_given_and_taken_back_leaves_identical_bytes() -> None:
    assert written(written(FILE, "ana", ana(leave=(CHRISTMAS, MARCH, MAY))), "ana", ana()) == FILE


@pytest.mark.parametrize("text", ["# nobody yet\n", "# nobody yet", "\n\n# nobody\n\n"])
def test_a_file_of_comments_keeps_them(text: str) -> None:
    content = written(text, "ana", Person(skills={"copy": 2}))
    assert content.startswith(text)
    assert content.removeprefix(text).strip() == "ana: {skills: {copy: 2}}"


def test_without_a_file_one_is_written_for_the_editor_too() -> None:
    def missing(path: str) -> bytes:
        raise FileNotFoundError(path)

    content = plan(Backlog(), assembled({PEOPLE: {"ana": Person(name="Ana")}}), missing)[PEOPLE]
    assert content == b"# yaml-language-server: $schema=schemas/people.json\nana: {name: Ana}\n"


@pytest.mark.parametrize(("text", "left"), [("# ours\nana: {}\n", b"# ours\n"), ("ana: {}\n", None)])
def test_the_last_person_leaves_the_comments_or_no_file(text: str, left: bytes | None) -> None:
    before = parse_tree({PEOPLE: text.encode()})
    assert before.people
    assert plan(before, Backlog(), lambda _: text.encode())[PEOPLE] == left


MAPPINGS = (
    ("people:\n  ana: 0.8   # mornings\n  ben: 1\n", {"ana": 0.5, "ben": 1}, "people:\n  ana: 0.5   # mornings\n  ben: 1\n"),
    ("people:\n  ana: 0.8   # mornings\n  ben: 1\n", {"ana": 0.8}, "people:\n  ana: 0.8   # mornings\n"),
    ("people:\n  ana: 0.8   # mornings\n", {"zoe": 1, "ana": 0.8}, "people:\n  zoe: 1\n  ana: 0.8   # mornings\n"),
    ("people:\n    ana: 1\n    # a word\n    ben: 1\n# end", {"ana": 1, "ben": 0.5}, "people:\n    ana: 1\n    # a word\n    ben: 0.5\n# end"),
    ("people:\n  ana: 1\n  ben: 1", {"ana": 1, "ben": 1, "zoe": 1}, "people:\n  ana: 1\n  ben: 1\n  zoe: 1"),
    ("people:\n  ana: 1\n# out of line\n  ben: 1\n", {"ana": 0.5, "ben": 1}, "people:\n  ana: 0.5\n# out of line\n  ben: 1\n"),
    ("people: {ana: 1,   # mornings\n  ben: 1}\n", {"ana": 1, "zoe": 1}, "people: {ana: 1, zoe: 1,   # mornings\n  }\n"),
    ("people:\n  ana: |\n    two\n\n    lines\n  ben: 1\n", {"ana": "two\n\nlines\n", "ben": 2}, "people:\n  ana: |\n    two\n\n    lines\n  ben: 2\n"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "value", "after"), MAPPINGS)
def test_of_a_mapping_of_several_lines_only_what_differs_changes(
    text: str, value: dict[str, object], after: str
) -> None:
    assert set_keys(text, {"people": value}, order=(), kept=frozenset()) == after


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        (["a", "b"], ["a", "b", "c"], "serves:\n  - a   # first\n  - b\n  - c\nname: x\n"),
        (["a", "b"], ["b"], "serves:\n  - b\nname: x\n"),
        (["a", "b"], ["a"], "serves:\n  - a   # first\nname: x\n"),
    ],
)
def test_of_a_list_of_several_lines_only_what_comes_or_goes_changes(
    old: list[str], new: list[str], after: str
) -> None:
    text = "serves:\n  - a   # first\n  - b\nname: x\n"
    assert load("", text)["serves"] == old
    assert set_keys(text, {"serves": new}, order=(), kept=frozenset()) == after


TEAM = """\
unplanned: 20%
recurring:
  - {title: Blog, effort: 1d, per: week}
  - {title: "Ads: what runs", effort: 3d, per: month}   # counted in May
people: {ana: 0.80, ben: 0.5}
"""
BLOG, ADS = Recurring(title="Blog", effort="1d", per="week"), Recurring(title="Ads: what runs", effort="3d")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("fields", "old", "new"),
    [
        ({"recurring": (ADS,)}, "  - {title: Blog, effort: 1d, per: week}\n", ""),
        ({"recurring": (BLOG, ADS, replace(BLOG, title="Radio"))}, "# counted in May\n", "# counted in May\n  - {title: Radio, effort: 1d, per: week}\n"),
        ({"recurring": (BLOG, replace(ADS, effort="4d"))}, "effort: 3d", "effort: 4d"),
        ({"recurring": (BLOG, replace(ADS, per="week"))}, "per: month", "per: week"),
        ({"people": {"ana": 0.8}}, ", ben: 0.5", ""),
        ({"people": {"ana": 0.8, "ben": 0.5, "zoe": 1}}, "ben: 0.5", "ben: 0.5, zoe: 1"),
    ],
)  # fmt: skip
def test_what_did_not_change_stays_in_the_words_of_the_file(
    fields: dict[str, Any], old: str, new: str, newline: str
) -> None:
    path, text = "teams/a.yaml", TEAM.replace("\n", newline)
    before = parse_tree({path: text.encode()})
    after = replace(before, teams={path: replace(before.teams[path], **fields)})
    content = plan(before, after, lambda _: text.encode())[path]
    assert content is not None
    assert TEAM.count(old) == 1
    assert content.decode() == TEAM.replace(old, new).replace("\n", newline)
    assert parse(path, content) == after.teams[path]


def test_a_line_more_in_a_file_with_other_line_breaks_has_theirs() -> None:
    assert written("ana:\r\n  name: Ana\r\n", "ana", Person(name="Ana", skills={"copy": 2})) == (
        "ana:\r\n  name: Ana\r\n  skills: {copy: 2}\r\n"
    )
