"""The JSON envelope: always valid, complete, and quick to read."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import inf, nan
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import TITLES, canvas, report, table

from mbl.render import drawn

texts = st.text(st.characters(exclude_categories=()))
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20)


def parsed(**payload: Any):
    text = drawn(report(**payload), canvas(), form="json")
    return json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


@dataclass
class Run:
    from_: date
    to: date | None = None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 30), "2026-11-30"),
        ((1, (2, 3)), [1, [2, 3]]),
        ({"b", "a"}, ["a", "b"]),
        (inf, None),
        (-inf, None),
        ({"a": [nan, 1.5, date(2026, 1, 2)]}, {"a": [None, 1.5, "2026-01-02"]}),
        ({date(2026, 1, 2): 1}, {"2026-01-02": 1}),
        ([{date(2026, 1, 2): 1}], [{"2026-01-02": 1}]),
        (MappingProxyType({"a": 1}), {"a": 1}),
        ([MappingProxyType({"a": 1})], [{"a": 1}]),
        (Run(date(2026, 1, 2)), {"from": "2026-01-02", "to": None}),
        (Fraction(1, 4), 0.25),
        ([], []),
        ({}, {}),
        ([{"a": 1}, 2], [{"a": 1}, 2]),
        ([{}], [{}]),
    ],
)
def test_values_are_written_as_the_contract_says(value, expected):
    assert parsed(value=value)["value"] == expected
    assert parsed(deep=[{"value": value}])["deep"] == [{"value": expected}]


@given(values)
def test_json_values_come_back_as_they_were(value):
    assert parsed(value=value)["value"] == value


def test_a_value_without_a_json_form_is_an_error_of_the_programmer():
    with pytest.raises(TypeError, match="object"):
        parsed(value=object())


def test_the_envelope_comes_first_and_records_have_a_line_each():
    assert drawn(
        report(items=[{"id": "k7f3x", "title": "価格表"}, {"id": "m2q8t"}], months=60.0, range={"p50": 4}),
        canvas(),
        form="json",
    ) == (
        "{\n"
        '  "schema_version": 1,\n'
        '  "kind": "items",\n'
        '  "today": "2026-11-22",\n'
        '  "items": [\n'
        '    {"id": "k7f3x", "title": "価格表"},\n'
        '    {"id": "m2q8t"}\n'
        "  ],\n"
        '  "months": 60.0,\n'
        '  "range": {\n'
        '    "p50": 4\n'
        "  }\n"
        "}\n"
    )


def test_a_table_in_the_payload_becomes_records():
    items = parsed(items=table(TITLES))["items"]
    assert [item["title"] for item in items] == list(TITLES)
    assert items[0] == {
        "position": 1,
        "title": "Webinar for CTOs",
        "moscow": "must",
        "outcomes": ["pipeline"],
        "effort_days": 2.5,
        "requester": "vp-sales",
        "age": 12,
    }


def test_what_could_steer_a_terminal_is_escaped():
    text = drawn(report(title="\x9b31m\u202e\x7f\U000e0041 価"), canvas(), form="json")
    assert r'"\u009b31m\u202e\u007f\udb40\udc41 価"' in text
