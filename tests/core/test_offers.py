"""Offers contradict each other by their fields: product, kind, value, people and days."""

from datetime import date
from typing import Any

import pytest

from build import committed
from mbl.core.audiences import tree
from mbl.core.conflicts.offers import contradictions, offered
from mbl.core.conflicts.touches import Span
from mbl.model.item import Item, Offer, Run
from mbl.model.settings import Audience

TREE = tree((Audience(id="all"), Audience(id="leads", parent="all"), Audience(id="cto", parent="all")))
SPAN = Span(date(2026, 11, 22), date(2027, 2, 20))
DOCK = {
    "product": "Acme Dock",
    "kind": "discount",
    "value": "20%",
    "from_": date(2026, 12, 1),
    "to": date(2026, 12, 18),
}


def offer(audience: str | None = "all", *, runs: Any = None, **terms: Any) -> Item:
    return committed(audience=audience, runs=runs, offer=Offer(**{**DOCK, **terms}))


def told(*items: Item) -> list[tuple[bool, str]]:
    return [(each.check, each.why) for each in contradictions(items, TREE, span=SPAN)]


@pytest.mark.parametrize(
    "terms",
    [
        {"value": "15%"},
        {"value": "15%", "audience": "leads"},
        {"value": "50", "currency": "EUR"},
        {"value": "15%", "product": "ACME  dock", "kind": "Discount"},
        {"value": "15%", "from_": date(2026, 12, 25), "to": date(2026, 12, 30)},
        {"value": "15%", "from_": None, "to": None},
        {"product": "Other", "value": "20%", "group": "autumn"},
    ],
)
def test_other_terms_for_the_same_people_at_the_same_time_contradict_each_other(
    terms: dict[str, Any],
) -> None:
    found = told(offer(group="Autumn"), offer(terms.pop("audience", "all"), **terms))
    assert [check for check, _ in found] == [False]


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"value": "20 %"},
        {"value": "20.0%"},
        {"value": "15%", "product": "Acme Route"},
        {"value": "15%", "kind": "trial"},
        {"value": "15%", "from_": date(2026, 12, 26), "to": date(2026, 12, 30)},
        {"value": "15%", "from_": date(2026, 12, 30), "to": date(2026, 12, 1)},
        {"product": "Other", "group": "spring"},
    ],
)
def test_the_same_terms_another_thing_or_another_time_go_together(terms: dict[str, Any]) -> None:
    assert told(offer(group="autumn"), offer(**terms)) == []


def test_other_people_may_get_other_offers() -> None:
    assert told(offer("leads"), offer("cto", value="15%")) == []


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (
            {"value": "50", "currency": "EUR"},
            {"value": "50", "currency": "USD"},
            "50 EUR against 50 USD, in other currencies",
        ),
        ({"value": "50 €"}, {"value": "$40"}, "50 EUR against 40 USD, in other currencies"),
        ({}, {"value": None}, "20% against no value: check how much"),
        ({}, {"value": "15%", "kind": None}, "20% against 15%: check of what kind"),
    ],
)
def test_what_cannot_be_compared_is_to_check(one: dict[str, Any], other: dict[str, Any], says: str) -> None:
    ((check, why),) = told(offer(**one), offer(from_=date(2026, 12, 2), **other))
    assert check
    assert why.startswith(says)


def test_an_offer_to_nobody_in_particular_is_to_check() -> None:
    ((check, why),) = told(offer("leads"), offer(None, value="15%"))
    assert check
    assert "names no audience" in why


def test_the_reason_names_the_narrower_audience_and_the_days_both_are_on_offer() -> None:
    ((_, why),) = told(offer(), offer("leads", value="15%", from_=date(2026, 12, 7), to=date(2026, 12, 31)))
    assert why == "20% against 15%; both reach leads from 7 to 18 December 2026"
    ((_, why),) = told(offer(), offer(value="15%", from_=date(2026, 12, 21), to=date(2026, 12, 31)))
    assert why == "20% against 15%; both reach all within 3 days"


def test_without_days_of_its_own_an_offer_lasts_as_long_as_its_runs() -> None:
    run = Run(from_=date(2026, 12, 1))
    open_ended = committed(offer=Offer(product="x"), runs=run)
    assert offered(open_ended) == (date(2026, 12, 1), date.max)
    dates = committed(
        offer=Offer(product="x", to=date(2026, 12, 9)), runs=(date(2026, 12, 3), date(2026, 12, 1))
    )
    assert offered(dates) == (date(2026, 12, 1), date(2026, 12, 9))
    assert offered(committed(offer=Offer(product="x"))) == (date.min, date.max)


def test_what_is_over_or_far_ahead_is_left_out() -> None:
    past = {"from_": date(2026, 10, 1), "to": date(2026, 10, 30)}
    assert told(offer(**past), offer(value="15%", **past)) == []
    later = {"from_": date(2027, 5, 1), "to": date(2027, 5, 3)}
    assert told(offer(**later), offer(value="15%", **later)) == []


def test_a_pair_in_one_product_and_one_group_is_told_once_and_what_is_sure_first() -> None:
    items = (
        offer(group="a"),
        offer(group="a", value="15%"),
        offer("leads", value=None, to=date(2026, 12, 2)),
    )
    assert [check for check, _ in told(*items)] == [False, True, True]
