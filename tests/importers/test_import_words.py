import re
from collections.abc import Mapping

import pytest
from importing import codes, column, said, values

from mbl.importers.words import MOSCOW, SIZES, STATUS, UNITS, is_total, plain, says_nothing, translated
from mbl.model.item import MOSCOW as BUCKETS
from mbl.model.item import STATUSES


def words_of(table: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (word.strip(), key)
        for key, words in table.items()
        for word in re.split(r"[|\n]", words)
        if word.strip()
    ]


@pytest.mark.parametrize("table", [STATUS, MOSCOW, UNITS, SIZES], ids=["status", "moscow", "units", "sizes"])
def test_no_word_means_two_things(table: Mapping[str, str]) -> None:
    meanings: dict[str, set[str]] = {}
    for word, key in words_of(table):
        meanings.setdefault(plain(word), set()).add(key)
    assert {word: keys for word, keys in meanings.items() if len(keys) > 1} == {}


def test_the_tables_know_every_value_and_no_other() -> None:
    assert set(STATUS) == {*STATUSES, ""}
    assert set(MOSCOW) == set(BUCKETS)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("request", "request"),
        ("COMMITTED", "committed"),
        ("Zugesagt", "committed"),
        ("in progress", "doing"),
        ("In-Progress", "doing"),
        ("Läuft", "doing"),
        ("laeuft", "doing"),
        ("En curso", "doing"),
        ("進行中", "doing"),
        ("done", "done"),
        ("erledigt", "done"),
        ("Erledigt (12.10.)", "done"),
        ("hecho", "done"),
        ("完了", "done"),
        ("済", "done"),
        ("✓", "done"),
        ("abgelehnt", "declined"),
        ("rechazado", "declined"),
        ("却下", "declined"),
        ("cancelled", "dropped"),
        ("gestrichen", "dropped"),
        ("中止", "dropped"),
    ],
)
def test_a_status_is_understood_in_four_languages(word: str, status: str) -> None:
    assert values("status", "Status", word) == [status]


@pytest.mark.parametrize("word", ["Open", "offen", "Pendiente", "未着手"])
def test_an_open_status_leaves_the_decision_to_the_import_and_says_so(word: str) -> None:
    found = column("status", "Status", word)
    assert "status" not in found.drafts[0].fields
    assert "see --as" in said(found)


@pytest.mark.parametrize(
    ("word", "bucket"),
    [
        ("Must", "must"),
        ("must-have", "must"),
        ("M", "must"),
        ("M - Must have", "must"),
        ("1. Muss", "must"),
        ("Debe", "must"),
        ("必須", "must"),
        ("Should-have", "should"),
        ("sollte", "should"),
        ("Debería tener", "should"),
        ("すべき", "should"),
        ("すべきだった", "should"),
        ("Könnte", "could"),
        ("koennte", "could"),
        ("podría", "could"),
        ("あったかもしれない", "could"),
        ("Won't", "wont"),
        ("won’t have", "wont"),
        ("wont", "wont"),
        ("diesmal nicht", "wont"),
        ("しない", "wont"),
    ],
)
def test_a_bucket_is_understood_in_four_languages_and_bad_translations(word: str, bucket: str) -> None:
    assert values("moscow", "MoSCoW", word) == [bucket]


@pytest.mark.parametrize(
    ("header", "cell", "near"), [("Status", "dnoe", "done"), ("MoSCoW", "Shuold", "should")]
)
def test_an_unknown_word_names_the_cell_and_the_words_known(header: str, cell: str, near: str) -> None:
    found = column(header.lower(), header, "", cell)
    assert codes(found) == [f"unknown-{header.lower()}"]
    assert (found.problems[0].line, found.problems[0].column) == (3, 2)
    assert f'"{cell}"' in found.problems[0].message
    assert found.problems[0].fix.startswith(f"Did you mean {near}? Known, in four languages: ")


def test_words_that_nobody_knows_are_not_guessed() -> None:
    assert translated("status", "halfway") is None
    assert translated("moscow", "") is None
    assert not says_nothing("soon")
    assert not is_total("Totally new website")
