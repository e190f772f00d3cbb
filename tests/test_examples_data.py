"""The examples tell the stories that the README, the screens and the tour rely on; read here without the loader."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from mbl.core.capacity.effort import Sized, effort_of, reference_classes
from mbl.core.rankkey import is_key
from mbl.importers import IMPORTERS
from mbl.importers.draft import Draft, Drafts, Wishes
from mbl.model.item import STATUSES, Item
from mbl.model.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples"
ACME = EXAMPLES / "acme"
LISTS = sorted((EXAMPLES / "five-years").glob("*.csv"))
TODAY = "2026-11-22"
GONE = {
    *("VP Sales EMEA", "Vertriebsleitung EMEA", "Dirección de Ventas EMEA", "EMEA営業本部長"),
    *("Head of Partners", "Partnerleitung", "Responsable de Socios", "パートナー推進部長"),
}
Noun = dict[str, Any]


def folder(name: str) -> dict[str, Noun]:
    """The files of one folder of Acme by the part of their name before the dot; every value a text."""
    return {path.stem: read(path) for path in sorted((ACME / name).iterdir())}


def read(path: Path) -> Noun:
    found: Noun = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


ITEMS = folder("items")
BY_ID = {item["id"]: item for item in ITEMS.values()}
SETTINGS = read(ACME / "mbl.yaml")
PEOPLE = read(ACME / "people.yaml")
TEAMS = folder("teams")
GUIDEPOINTS = folder("guidepoints")
CAMPAIGNS = folder("campaigns")
OUTCOMES = {outcome["id"] for guidepoint in GUIDEPOINTS.values() for outcome in guidepoint["outcomes"]}
AUDIENCES = {audience["id"]: audience for audience in SETTINGS["audiences"]}
PARENTS = {key: audience.get("parent") for key, audience in AUDIENCES.items()}


def test_acme_has_about_eighty_items_in_every_status() -> None:
    count = Counter(item["status"] for item in ITEMS.values())
    assert set(count) == set(STATUSES)
    assert 80 <= sum(count.values()) <= 90
    assert count["request"] == 18
    assert count["done"] >= 15


def test_ids_are_unique_and_end_the_file_name() -> None:
    nouns = [*ITEMS.items(), *CAMPAIGNS.items()]
    assert len({noun["id"] for _, noun in nouns}) == len(nouns)
    assert [name for name, noun in nouns if not name.endswith(f"-{noun['id']}")] == []


def test_ranks_are_valid_keys_in_quotes_and_unique() -> None:
    ranks = [item["rank"] for item in ITEMS.values()]
    assert all(is_key(rank) for rank in ranks)
    assert len(set(ranks)) == len(ranks)
    texts = [path.read_text(encoding="utf-8") for path in (ACME / "items").iterdir()]
    assert all(re.search(r'^rank: "\w+"$', text, re.MULTILINE) for text in texts)


def test_the_webinar_of_the_tour_is_number_14() -> None:
    open_items = [item for item in BY_ID.values() if item["status"] in {"request", "committed", "doing"}]
    ranked = sorted(open_items, key=lambda item: (item["rank"], item["id"]))
    assert ranked[13]["title"] == "Webinar for CTOs"


def named_ids() -> Iterator[str]:
    for item in ITEMS.values():
        yield from item.get("depends_on", ())
        yield from item.get("not_duplicate_of", ())
    for blueprint in folder("blueprints").values():
        yield from (deliverable["item"] for deliverable in blueprint["deliverables"])
    yield from (
        campaign["decision"]["follow_up"] for campaign in CAMPAIGNS.values() if "decision" in campaign
    )


def named(key: str) -> set[str]:
    """Every value of a key in the items and their parts, and in the campaigns."""
    parts = [part for item in ITEMS.values() for part in item.get("parts", ())]
    return {noun[key] for noun in (*ITEMS.values(), *parts, *CAMPAIGNS.values()) if noun.get(key)}


def test_what_is_named_exists() -> None:
    campaign_ids = {campaign["id"] for campaign in CAMPAIGNS.values()}
    assert set(named_ids()) <= set(BY_ID) | campaign_ids
    assert named("team") <= set(TEAMS)
    assert named("owner") | named("person") <= set(PEOPLE)
    assert named("audience") <= set(AUDIENCES)
    assert (
        named("outcome") | {name for item in ITEMS.values() for name in item.get("outcomes", ())} <= OUTCOMES
    )
    assert {name for team in TEAMS.values() for name in team["serves"]} <= set(AUDIENCES)
    assert {parent for parent in PARENTS.values() if parent} <= set(AUDIENCES)
    assert {name for team in TEAMS.values() for name in team["people"]} == set(PEOPLE)
    assert {person["holidays"] for person in PEOPLE.values()} == set(SETTINGS["holidays"])


def test_measures_are_named_like_their_files_and_like_the_outcomes_say() -> None:
    measures = folder("measures")
    assert {measure["id"] for measure in measures.values()} == set(measures)
    outcomes = [outcome for guidepoint in GUIDEPOINTS.values() for outcome in guidepoint["outcomes"]]
    assert {outcome["measure"] for outcome in outcomes} <= set(measures)


def test_nobody_gives_more_than_their_whole_time() -> None:
    shares: Counter[str] = Counter()
    for team in TEAMS.values():
        shares.update({who: round(float(share) * 100) for who, share in team["people"].items()})
    assert {who for who, share in shares.items() if share > 100} == set()


def test_dates_follow_one_another_and_none_lies_ahead() -> None:
    for name, item in ITEMS.items():
        days = [
            item.get("requested"),
            item.get("accepted"),
            item.get("started"),
            item.get("ended", {}).get("date"),
        ]
        known = [day for day in days if day]
        assert known == sorted(known), name
        assert known[-1] <= TODAY, name
        assert ("ended" in item) == (item["status"] in {"done", "declined", "dropped"}), name


def test_one_outcome_of_the_closed_quarter_is_closed_and_one_continues() -> None:
    before, now = GUIDEPOINTS["2026-q3"], GUIDEPOINTS["2026-q4"]
    assert before["closed"] < TODAY <= now["to"]
    closed = {outcome["id"] for outcome in before["outcomes"] if "closed" in outcome}
    assert closed == {"dealer-opens"}
    assert {outcome["id"] for outcome in before["outcomes"]} & {outcome["id"] for outcome in now["outcomes"]}
    stale = [
        item
        for item in BY_ID.values()
        if item["status"] == "committed" and "dealer-opens" in item.get("outcomes", ())
    ]
    assert [item["title"] for item in stale] == ["Subject line tests for the dealer newsletter"]


def test_promised_work_without_an_outcome_or_without_a_how_is_among_the_items() -> None:
    promised = [item for item in BY_ID.values() if item["status"] in {"committed", "doing"}]
    assert [item for item in promised if not item.get("outcomes")]
    assert [item for item in promised if item.get("outcomes") and "how" not in item]
    assert [item["title"] for item in promised if item.get("due", TODAY) < TODAY] == [
        "Social posts for the peak season"
    ]


def test_dealers_hear_from_two_teams_more_than_three_times_in_a_week() -> None:
    touches = [
        (date.fromisoformat(day), item["team"])
        for item in BY_ID.values()
        if item.get("audience") == "dealers" and isinstance(item.get("runs"), list)
        for day in item["runs"]
    ]
    first = date(2026, 11, 30)
    week = [team for day, team in touches if first <= day < first + timedelta(days=7)]
    assert len(week) == 6
    assert set(week) == {"growth", "content"}


def test_two_offers_for_one_product_and_related_audiences_contradict_each_other() -> None:
    wide, narrow = (
        next(item for item in BY_ID.values() if item["title"] == title)
        for title in ("Year-end offer for Acme Dock", "Warehouse week: a better price for the first dock")
    )
    assert PARENTS[narrow["audience"]] == wide["audience"]
    one, other = wide["offer"], narrow["offer"]
    assert (one["product"], one["kind"]) == (other["product"], other["kind"])
    assert one["value"] != other["value"]
    assert one["from"] <= other["to"]
    assert other["from"] <= one["to"]


def as_of(campaign: Noun, days_before: int, counter: str) -> int:
    """A counter so many days before the last reading."""
    last = date.fromisoformat(campaign["readings"][-1]["date"])
    day = (last - timedelta(days=days_before)).isoformat()
    return int([reading for reading in campaign["readings"] if reading["date"] <= day][-1][counter])


def test_the_first_outreach_was_stopped_at_none_of_thirty() -> None:
    first = next(campaign for campaign in CAMPAIGNS.values() if campaign["id"] == "m4v7d")
    assert (as_of(first, 0, "invites"), as_of(first, 0, "accepted")) == (30, 0)
    assert first["decision"]["verdict"] == "stop"
    assert "window_days" not in first["success_criteria"][0]


def test_the_second_outreach_stands_at_8_of_60_with_52_refusals_2_meetings_and_3_without() -> None:
    second = next(campaign for campaign in CAMPAIGNS.values() if campaign["id"] == "q8n2k")
    accepted, meetings = as_of(second, 0, "accepted"), as_of(second, 0, "meetings")
    assert (as_of(second, 0, "invites"), accepted, meetings) == (60, 8, 2)
    assert as_of(second, 7, "invites") - accepted == 52
    assert as_of(second, 10, "accepted") - meetings == 3


def test_only_one_person_can_make_videos_alone() -> None:
    assert [who for who, person in PEOPLE.items() if person["skills"].get("video") == "2"] == ["yuki"]


def drafts_of(path: Path) -> Drafts:
    return IMPORTERS["csv"].drafts(path.name, path.read_bytes(), Wishes())


@pytest.fixture(scope="module")
def rows() -> tuple[Draft, ...]:
    return tuple(draft for path in LISTS for draft in drafts_of(path).drafts)


@pytest.fixture(scope="module")
def sized(rows: tuple[Draft, ...]) -> tuple[Sized, ...]:
    items = [
        Item(
            id="b2222",
            title=text(row.fields, "title"),
            status="committed",
            estimate=text(row.fields, "estimate") or None,
            type=text(row.fields, "type") or None,
        )
        for row in rows
    ]
    classes = reference_classes(items, Settings())
    return tuple(effort_of(item, classes) for item in items)


def text(fields: Mapping[str, Any], key: str) -> str:
    return str(fields.get(key, ""))


def has_a_reason_to_go(row: Draft) -> bool:
    """As the README of the lists says: its date has passed, who asked is gone, or the product is."""
    due = text(row.fields, "due")
    return (
        bool(due and due < TODAY)
        or text(row.fields, "requester") in GONE
        or "Classic" in text(row.fields, "title")
    )


def days(sized: tuple[Sized, ...]) -> float:
    assert all(one.days is not None for one in sized)
    return sum(one.days or 0 for one in sized)


def test_there_are_eight_lists() -> None:
    assert len(LISTS) == 8


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_is_read_without_being_told_its_columns(path: Path) -> None:
    drafts = drafts_of(path)
    assert drafts.problems == ()
    assert len(drafts.drafts) >= 40
    for row in drafts.drafts:
        assert {"title", "requester", "type", "requested"} <= set(row.fields), row
        assert text(row.fields, "requested") < TODAY


def test_a_row_is_found_again_at_the_next_import() -> None:
    for path in LISTS:
        keys = [draft.key for draft in drafts_of(path).drafts]
        assert len(set(keys)) == len(keys), path.name


def test_headers_titles_and_sums_are_no_requests(rows: tuple[Draft, ...]) -> None:
    titles = {text(row.fields, "title") for row in rows}
    assert len(rows) == 341
    assert titles.isdisjoint({"Summe", "Deliverable", "Aufgabe", "Marke und Druck: was noch zu tun ist"})


def test_the_same_request_stands_in_two_lists(rows: tuple[Draft, ...]) -> None:
    lists: dict[str, set[str]] = {}
    for row in rows:
        lists.setdefault(text(row.fields, "title"), set()).add(row.path)
    assert [title for title, paths in lists.items() if len(paths) > 1]


def test_five_years_are_1888_person_days(sized: tuple[Sized, ...]) -> None:
    assert days(sized) == pytest.approx(1888, abs=0.4)
    assert f"{days(sized) / 31.467:.1f}" == "60.0"


def test_at_most_a_tenth_of_the_effort_is_guessed(sized: tuple[Sized, ...]) -> None:
    guessed = days(tuple(one for one in sized if one.guessed))
    assert 0.05 < guessed / days(sized) < 0.1


def test_more_than_half_of_the_effort_has_a_reason_to_go(
    rows: tuple[Draft, ...], sized: tuple[Sized, ...]
) -> None:
    stays = tuple(one for row, one in zip(rows, sized, strict=True) if not has_a_reason_to_go(row))
    assert 1 - days(stays) / days(sized) == pytest.approx(0.55, abs=0.003)
    assert f"{days(stays) / 31.467:.1f}" == "27.0"
