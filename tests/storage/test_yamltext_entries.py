"""A list changes entry by entry: whoever logs a reading loses no comment about the others."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbl.storage.yamltext import load, set_keys

HEAD = "id: x\nreadings:   # Tuesdays\n"
FLOW_LINES = (
    "  - {date: 2026-11-06, invites: 24}\n"
    "  # the holiday lies between\n"
    "  -   { date: 2026-11-13,  invites: 60 }   # Ana was ill\n"
    "\n"
    "  - {date: 2026-11-20, invites: 70}\n"
)
BLOCK_LINES = (
    "- date: 2026-11-06   # Friday\n  invites: 24\n# between\n- date: 2026-11-13\n  # few\n  invites: 60\n"
    "- date: 2026-11-20\n  invites: 70\n"
)
BRACKETS = "[{date: 2026-11-06, invites: 24},   # Friday\n  {date: 2026-11-13, invites: 60}, {date: 2026-11-20, invites: 70}]"
TAIL = "# the end\nx-note: mine\n"


def day(number, **counts: int):
    return {"date": date(2026, 11, number), **counts}


THREE = [day(6, invites=24), day(13, invites=60), day(20, invites=70)]


def after(text, readings):
    return set_keys(text, {"readings": readings}, order=("id", "readings"), kept=frozenset())


@pytest.mark.parametrize(
    ("readings", "old", "new"),
    [
        (
            [*THREE, day(22, invites=71)],
            "invites: 70}\n",
            "invites: 70}\n  - {date: 2026-11-22, invites: 71}\n",
        ),
        (
            [THREE[0], day(10, invites=45), *THREE[1:]],
            "invites: 24}\n",
            "invites: 24}\n  - {date: 2026-11-10, invites: 45}\n",
        ),
        (
            [day(3, invites=1), *THREE],
            "  - {date: 2026-11-06",
            "  - {date: 2026-11-03, invites: 1}\n  - {date: 2026-11-06",
        ),
        (
            [THREE[0], day(13, invites=60, accepted=6), THREE[2]],
            "{ date: 2026-11-13,  invites: 60 }   # Ana",
            "{ date: 2026-11-13,  invites: 60, accepted: 6 }   # Ana",
        ),
        ([THREE[0], THREE[2]], "  -   { date: 2026-11-13,  invites: 60 }   # Ana was ill\n", ""),
        ([THREE[1], THREE[2]], "  - {date: 2026-11-06, invites: 24}\n", ""),
        (THREE[:2], "  - {date: 2026-11-20, invites: 70}\n", ""),
        (
            [day(6, invites=20), THREE[1], day(20, invites=71), day(21, invites=72), day(22, invites=73)],
            "",
            "",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_lines_of_what_differs_change(readings, old, new, newline):
    text = HEAD + FLOW_LINES + TAIL
    changed = after(text.replace("\n", newline), readings)
    assert load("", changed)["readings"] == [{k: str(v) for k, v in each.items()} for each in readings]
    if old:
        assert changed == text.replace(old, new).replace("\n", newline)
    for remark in ("# Tuesdays", "# the holiday lies between", "# the end"):
        assert remark in changed


def test_entries_of_several_lines_are_kept_as_they_are():
    text = HEAD + BLOCK_LINES + TAIL
    longer = after(text, [THREE[0], day(10, invites=45), *THREE[1:]])
    assert longer == text.replace("invites: 24\n", "invites: 24\n- date: 2026-11-10\n  invites: 45\n")
    other = after(text, [THREE[0], THREE[1], day(20, invites=71)])
    assert other == text.replace("invites: 70", "invites: 71")


def test_entries_in_brackets_are_kept_as_they_are():
    text = f"id: x\nreadings: {BRACKETS}   # Tuesdays\n{TAIL}"
    assert after(text, [*THREE, day(22, invites=71)]) == text.replace(
        "invites: 70}]", "invites: 70}, {date: 2026-11-22, invites: 71}]"
    )
    assert after(text, [day(3, invites=1), *THREE]) == text.replace(
        "[{", "[{date: 2026-11-03, invites: 1}, {"
    )
    assert after(text, [THREE[0], day(13, invites=61), THREE[2]]) == text.replace(
        "invites: 60", "invites: 61"
    )
    assert after(text, THREE[:2]) == text.replace(", {date: 2026-11-20, invites: 70}", "")


def test_a_comment_between_entries_in_brackets_is_about_the_one_before_it():
    text = f"id: x\nreadings: {BRACKETS}   # Tuesdays\n{TAIL}"
    assert after(text, [THREE[0], THREE[2]]) == text.replace("{date: 2026-11-13, invites: 60}, ", "")
    two = text.replace(", {date: 2026-11-20, invites: 70}", "")
    assert after(two, THREE[:1]) == two.replace("{date: 2026-11-13, invites: 60}", "")


def test_a_file_without_a_last_line_break_gets_none():
    text = (HEAD + FLOW_LINES).removesuffix("\n")
    assert after(text, [*THREE, day(22, invites=71)]) == text + "\n  - {date: 2026-11-22, invites: 71}"


ENTRIES = st.lists(
    st.builds(day, st.integers(1, 30), invites=st.integers(0, 99)), min_size=1, max_size=6
)  # two of one day may be among them
SHAPES = st.sampled_from(["  - {}", "- {}", "  -   {}   # remark", "[]"])


def written(entries, shape):
    rows = [", ".join(f"{key}: {value}" for key, value in each.items()) for each in entries]
    if shape == "[]":
        return " [" + ",  # remark\n  ".join(f"{{{row}}}" for row in rows) + "]\n"
    return "\n" + "".join(shape.replace("{}", f"{{{row}}}") + "\n" for row in rows)


@settings(max_examples=200, deadline=None)
@given(ENTRIES, ENTRIES, SHAPES)
def test_any_list_reads_as_meant_and_what_stays_keeps_its_line(before, now, shape):
    text = f"id: x\nreadings:{written(before, shape)}{TAIL}"
    changed = after(text, now)
    assert load("", changed)["readings"] == [{k: str(v) for k, v in each.items()} for each in now]
    assert changed.endswith(TAIL)
    days = [[each["date"] for each in entries] for entries in (before, now)]
    if shape != "[]" and all(len(set(dates)) == len(dates) and dates == sorted(dates) for dates in days):
        for each in before:
            if each in now:
                line = next(line for line in text.splitlines() if str(each["date"]) in line)
                assert line in changed.splitlines()


@settings(max_examples=100, deadline=None)
@given(ENTRIES, st.builds(day, st.integers(1, 30), invites=st.integers(0, 99)), st.integers(0, 6))
def test_an_entry_that_comes_and_goes_again_leaves_identical_bytes(before, new, at):
    text = f"id: x\nreadings:{written(before, '  -   {}   # remark')}{TAIL}"
    grown = after(text, [*before[:at], new, *before[at:]])
    if new not in before and new["date"] not in [each["date"] for each in before]:
        assert after(grown, before) == text
