"""The JSON Schemas: what mbl accepts, an editor accepts; what mbl refuses for its form, an editor marks."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from check_cases import GOOD
from mbl.model.backlog import kind_of
from mbl.session.schemas import SCHEMAS, schema
from mbl.storage import codec
from mbl.storage.yamltext import Malformed
from world import ACME, files, mbl

PATHS = sorted(path for path in files(ACME) if kind_of(path) is not None)


def _name(path: str) -> str:
    return path.partition("/")[0].removesuffix(".yaml").removesuffix("s" if "/" in path else "")


def _as_editors_read(text: str) -> Any:
    """Plain YAML 1.1, its dates as texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [plain(entry) for entry in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(text))


def _mistakes(path: str, text: str) -> list[str]:
    validator = Draft7Validator(schema(_name(path)), format_checker=Draft7Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(_as_editors_read(text))]


def _is_accepted_by_mbl(path: str, text: str) -> bool:
    try:
        codec.parse(path, text.encode())
    except Malformed:
        return False
    return True


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_draft_7_and_explains_its_keys(name: str) -> None:
    made = schema(name)
    Draft7Validator.check_schema(made)
    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in json.dumps(made)
    assert all("description" in part for part in made.get("properties", {}).values())


def test_the_files_of_the_example_are_valid() -> None:
    assert len(PATHS) > 80
    assert {_name(path) for path in PATHS} == set(SCHEMAS)
    wrong = {path: found for path in PATHS if (found := _mistakes(path, (ACME / path).read_text()))}
    assert wrong == {}


def test_the_files_of_the_rules_are_valid() -> None:
    assert {path: found for path, text in GOOD.items() if (found := _mistakes(path, text))} == {}


ITEM = "id: ccccc\ntitle: X\n"
ACCEPTED = {
    "a bare number": "estimate: 5\n", "a decimal number": "estimate: 2.5\n", "a range": "estimate: 2d-8d\n",
    "three points": "estimate: 2d/4d/12d\n", "a size": "estimate: M\n", "a list of outcomes": "outcomes: [a]\n",
    "weights": "outcomes: {a: 2, b: 1}\n", "days of touches": "runs: [2026-11-20]\n",
    "a run": "runs: {from: 2026-11-20, to: 2026-11-30, touches_per_week: 2}\n", "empty keys": "rank:\nrequester:\ntype:\n",
    "a key of one's own": "x-mine: {a: [1]}\n", "a key of one's own inside": "ended: {date: 2026-11-20, x-who: me}\n",
    "a key of one's own in a list": "parts: [{skill: copy, effort: 2, x-note: 1}]\n",
    "a key of one's own in a source": "source: {system: s, key: k, x-row: 5}\n", "an effort": "remaining: 4h\n",
    "a review": "reviewed: {date: 2026-10-20, by: cmo, decision: keep}\n",
    "an offer": "offer: {product: pro, kind: discount, value: 20%, from: 2026-11-20}\n",
}  # fmt: skip
REFUSED = {
    "an unknown key": "statsu: done\n", "an unknown value": "status: finished\n", "no day": "due: soon\n",
    "an estimate": "estimate: soon-ish\n", "a list where a text belongs": "requester: [a]\n", "an id": "depends_on: [xyz]\n",
    "a text where a list belongs": "labels: q4\n", "an unknown key inside": "ended: {date: 2026-11-20, who: me}\n",
    "a missing key inside": "ended: {by: ana}\n", "a month": "earliest: 2026-13\n",
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_mbl_accepts_the_schema_accepts(case: str) -> None:
    text = ITEM + ACCEPTED[case]
    assert _is_accepted_by_mbl("items/x-ccccc.yaml", text)
    assert _mistakes("items/x-ccccc.yaml", text) == []


@pytest.mark.parametrize("case", REFUSED)
def test_what_mbl_refuses_the_schema_refuses(case: str) -> None:
    text = ITEM + REFUSED[case]
    assert not _is_accepted_by_mbl("items/x-ccccc.yaml", text)
    assert _mistakes("items/x-ccccc.yaml", text)


@pytest.mark.parametrize("path", ["mbl.yaml", "people.yaml", "teams/growth.yaml", "guidepoints/2026-q4.yaml"])
def test_keys_of_ones_own_are_accepted_at_the_top_of_every_file(path: str) -> None:
    text = GOOD[path] + "x-mine: {a: 1}\n"
    assert _is_accepted_by_mbl(path, text)
    assert _mistakes(path, text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mbl.yaml", "schema: 2\n"), ("mbl.yaml", "name: [a]\n"), ("mbl.yaml", "capcity: 3\n"), ("mbl.yaml", "sizes: {S: soon}\n"),
        ("mbl.yaml", "commit: sometimes\n"), ("people.yaml", "ana: {holiday: de}\n"), ("people.yaml", "ana: [1]\n"),
        ("teams/a.yaml", "unplanned: much\n"), ("teams/a.yaml", "people: {ana: all}\n"), ("guidepoints/a.yaml", "statement: X\n"),
        ("blueprints/a.yaml", "months: [October]\n"), ("measures/a.yaml", "id: a\nbetter: more\n"), ("campaigns/a-ccccc.yaml", "id: ccccc\n"),
    ],
)  # fmt: skip
def test_wrong_files_around_the_items_are_marked(path: str, text: str) -> None:
    assert not _is_accepted_by_mbl(path, text)
    assert _mistakes(path, text)


def test_schema_writes_the_files_once_and_prints_one(small: Path) -> None:
    said = mbl("schema")
    assert (said.code, said.out.splitlines()) == (0, [f"schemas/{name}.json" for name in SCHEMAS])
    assert json.loads((small / "schemas/item.json").read_text()) == schema("item")
    said = mbl("schema")
    assert (said.code, said.out, said.err) == (0, "", "Nothing to change.\n")
    (small / "schemas/item.json").write_text("{}")
    assert mbl("schema").out == "schemas/item.json\n"
    assert json.loads(mbl("schema", "item").out) == schema("item")
    assert mbl("schema", "mbl").code == 0


def test_an_unknown_schema_is_refused_with_the_nearest(small: Path) -> None:
    said = mbl("schema", "itm")
    assert (said.code, said.out, "Did you mean item?" in said.err) == (2, "", True)


def test_the_line_for_editors_leads_to_the_schema(small: Path) -> None:
    mbl("schema")
    mbl("add", "Fair in May")
    path = next((small / "items").glob("fair-*.yaml"))
    head = path.read_text().splitlines()[0]
    target = (path.parent / head.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert json.loads(target.read_text()) == schema("item")
    assert _mistakes("items/x.yaml", path.read_text()) == []


def test_a_schema_that_cannot_be_written_is_an_error_in_words(small: Path) -> None:
    (small / "schemas").write_text("a file")
    said = mbl("schema")
    assert (said.code, said.out) == (1, "")
    assert "schemas/item.json" in said.err
