"""Two requests with titles that look alike are told apart by what they say of themselves, never by what they leave out."""

from datetime import date

import pytest

from build import item
from mbl.core.audiences import tree
from mbl.core.conflicts.vetoes import traits, veto
from mbl.model.item import Item, Offer, Run
from mbl.model.settings import Audience

AUDIENCES = tree(
    (
        Audience(id="all"),
        Audience(id="cto", parent="all"),
        Audience(id="press", parent="all", excludes=("cto",)),
    )
)


def between(one: Item, other: Item) -> str | None:
    found = veto(traits(one), traits(other), AUDIENCES)
    assert veto(traits(other), traits(one), AUDIENCES) == found
    return found


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"audience": "cto"}, {"audience": "press"}, "audience"),
        ({"audience": "cto"}, {"audience": "all"}, None),
        ({"audience": "cto"}, {}, None),
        ({"audience": "nowhere"}, {"audience": "nowhere"}, None),
        ({"title": "Page in French"}, {"title": "Page in Spanish"}, "language"),
        ({"title": "Seite auf Französisch"}, {"title": "Spanische Seite"}, "language"),
        ({"title": "英語のページ"}, {"title": "ドイツ語のページ"}, "language"),
        ({"title": "Page", "labels": ("Deutsch",)}, {"title": "Page", "labels": ("english",)}, "language"),
        ({"title": "Page in French and German"}, {"title": "Page in German"}, None),
        ({"title": "Newsletter, October"}, {"title": "Newsletter im Dezember"}, "period"),
        ({"title": "Newsletter, Oktober"}, {"title": "Newsletter, October"}, None),
        ({"title": "Fair in spring"}, {"title": "Messe im Frühjahr"}, None),
        ({"title": "Data sheet X200"}, {"title": "Data sheet X300"}, "codes"),
        ({"title": "価格表2026年"}, {"title": "価格表2027年"}, "codes"),
        ({"title": "Data sheet X200"}, {"title": "Data sheet"}, None),
        ({"title": "Plan Q4 2026"}, {"title": "Plan 2026"}, None),
        ({"due": date(2026, 10, 1)}, {"due": date(2026, 11, 16)}, "period"),
        ({"due": date(2026, 10, 1)}, {"due": date(2026, 11, 15)}, None),
        ({"due": date(2026, 10, 1)}, {"runs": (date(2027, 2, 1), date(2027, 2, 3))}, "period"),
        ({"runs": Run(from_=date(2026, 10, 1), to=date(2027, 1, 10))}, {"due": date(2027, 2, 1)}, None),
        ({"offer": Offer(product="x", from_=date(2026, 1, 1))}, {"due": date(2027, 2, 1)}, "period"),
    ],
)  # fmt: skip
def test_facts_that_contradict_each_other_are_a_veto(
    one: dict[str, object], other: dict[str, object], why: str | None
) -> None:
    assert between(item(**{"title": "Page", **one}), item(**{"title": "Page", **other})) == why
