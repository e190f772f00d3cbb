"""The terms of an offer in comparable form, and how two of them differ. Refuses nothing."""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple, Self

from mbl.model.item import Offer

_AMOUNT = re.compile(r"([€$£¥]?)\s*([+-]?\d+(?:[.,]\d+)?)\s*(.*)")
_MONEY = {"€": "eur", "$": "usd", "£": "gbp", "¥": "jpy"}
_CURRENCIES = frozenset({*_MONEY.values(), "chf", "cny", "pln", "sek", "nok", "dkk", "czk", "aud", "cad"})


class Terms(NamedTuple):
    """An offer: everything in small letters; `amount` and its `unit` where the value begins with a number."""

    shown: str
    product: str
    kind: str
    value: str
    amount: Fraction | None
    unit: str
    currency: str
    group: str

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """The terms of this offer."""
        value, currency = _bare(offer.value), _bare(offer.currency)
        found = _AMOUNT.fullmatch(value)
        unit = (_MONEY.get(found[3], found[3]) or _MONEY.get(found[1], "")) if found else ""
        is_money = unit in _CURRENCIES
        return cls(
            shown=" ".join(offer.product.split()),
            product=_bare(offer.product),
            kind=_bare(offer.kind),
            value=found[2] if found and is_money else value,
            amount=Fraction(found[2].replace(",", ".")) if found else None,
            unit="" if is_money else unit,
            currency=currency or (unit if is_money else ""),
            group=_bare(offer.group),
        )

    @property
    def words(self) -> str:
        """`20%`, `50 EUR`; `no value` where none is given."""
        money = self.currency.upper() if self.amount is not None and not self.unit else ""
        return f"{self.value} {money}".strip() or "no value"

    @property
    def is_money(self) -> bool:
        """Whether it is an amount in a currency, not a share."""
        return self.amount is not None and not self.unit and bool(self.currency)


class Difference(NamedTuple):
    """What differs, in words; `check`: the two cannot be compared."""

    words: str
    check: bool


def difference(one: Terms, other: Terms) -> Difference | None:
    """How the two terms contradict each other; None where they go together."""
    if one.group and one.group == other.group:
        return Difference(f"both belong to {one.group}, of which there may be one at a time", check=False)
    if one.product != other.product or (one.kind and other.kind and one.kind != other.kind):
        return None
    if one.is_money and other.is_money and one.currency != other.currency:
        return Difference(f"{one.words} against {other.words}, in other currencies: check", check=True)
    if _is_equal(one, other):
        return None
    if not one.value or not other.value:
        return Difference(f"{one.words} against {other.words}: check how much it is", check=True)
    if bool(one.kind) != bool(other.kind):
        return Difference(f"{one.words} against {other.words}: check of what kind it is", check=True)
    return Difference(f"{one.words} against {other.words}", check=False)


def _is_equal(one: Terms, other: Terms) -> bool:
    if one.amount is not None and other.amount is not None:
        return (one.amount, one.unit) == (other.amount, other.unit)
    return one.value == other.value


def _bare(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())
