"""What tells two requests apart although their titles look alike: other people, another language, time or number.

A veto needs two facts that contradict each other; what a request does not say is no fact. Refuses nothing.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from mbl.core.audiences import Tree
from mbl.core.conflicts.ngrams import plain
from mbl.model.item import Item, Run

APART = timedelta(days=45)
"""Half a quarter: what is needed farther apart is not the same work."""

_LANGUAGES = """
english englisch ingles anglais inglese 英語
german deutsch aleman allemand tedesco ドイツ語
french franzosisch frances francais フランス語
spanish spanisch espanol espagnol castellano スペイン語
italian italienisch italiano italien イタリア語
portuguese portugiesisch portugues portugais ポルトガル語
dutch niederlandisch neerlandes neerlandais オランダ語
polish polnisch polaco polonais ポーランド語
czech tschechisch checo tcheque チェコ語
swedish schwedisch sueco suedois スウェーデン語
danish danisch danes danois デンマーク語
norwegian norwegisch noruego norvegien ノルウェー語
finnish finnisch fines finnois フィンランド語
hungarian ungarisch hungaro hongrois ハンガリー語
romanian rumanisch rumano roumain ルーマニア語
greek griechisch griego grec ギリシャ語
turkish turkisch turco turc トルコ語
russian russisch ruso russe ロシア語
ukrainian ukrainisch ucraniano ukrainien ウクライナ語
arabic arabisch arabe アラビア語
japanese japanisch japones japonais 日本語
chinese chinesisch chino chinois 中国語
korean koreanisch coreano coreen 韓国語
hindi
"""
_TIMES = """
january januar enero janvier
february februar febrero fevrier
march marz marzo mars
april abril avril
may mai mayo
june juni junio juin
july juli julio juillet
august agosto aout
september septiembre septembre
october oktober octubre octobre
november noviembre novembre
december dezember diciembre decembre
spring fruhjahr fruhling primavera printemps
summer sommer verano ete
autumn fall herbst otono automne
winter invierno hiver
"""
_ENDINGS = ("e", "er", "es", "en", "em")
_ASIAN_LANGUAGE = re.compile("|".join(word for word in _LANGUAGES.split() if word.endswith("語")))


class Traits(NamedTuple):
    """What a request says of itself: languages, months and seasons, numbers (X200, 2027), whom and when it is for."""

    languages: frozenset[str]
    times: frozenset[str]
    codes: frozenset[str]
    audience: str | None
    period: tuple[date, date] | None


def traits(item: Item) -> Traits:
    """The traits of an item, read from its title, labels and dates."""
    title = plain(item.title).split()
    words = (*title, *chain.from_iterable(plain(label).split() for label in item.labels))
    return Traits(
        languages=frozenset(chain.from_iterable(map(_languages, words))),
        times=frozenset(_TIME_OF[word] for word in words if word in _TIME_OF),
        codes=frozenset(word for word in title if any(letter.isdigit() for letter in word)),
        audience=item.audience,
        period=_period(item),
    )


def veto(one: Traits, other: Traits, tree: Tree) -> str | None:
    """Why the two are not the same: `audience`, `language`, `period` or `codes`; None where nothing speaks against it."""
    if one.audience and other.audience and not tree.related(one.audience, other.audience):
        return "audience"
    if _disjoint(one.languages, other.languages):
        return "language"
    if _disjoint(one.times, other.times) or _far(one.period, other.period):
        return "period"
    return "codes" if _disjoint(one.codes, other.codes) else None


def _rows(table: str) -> dict[str, str]:
    """Every word of the table, with the first of its line."""
    return {word: line.split()[0] for line in table.split("\n") for word in line.split()}


_LANGUAGE_OF, _TIME_OF = _rows(_LANGUAGES), _rows(_TIMES)


def _languages(word: str) -> Iterator[str]:
    endless = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    known = (each for each in (word, *endless) if each in _LANGUAGE_OF)
    inside = () if word.isascii() else _ASIAN_LANGUAGE.findall(word)
    return (_LANGUAGE_OF[each] for each in chain(known, inside))


def _period(item: Item) -> tuple[date, date] | None:
    """When it is seen, else when it is offered, else when it is due."""
    if isinstance(item.runs, Run):
        return item.runs.from_, item.runs.to or item.runs.from_
    if item.runs:
        return min(item.runs), max(item.runs)
    if item.offer and item.offer.from_:
        return item.offer.from_, item.offer.to or item.offer.from_
    return (item.due, item.due) if item.due else None


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _far(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    return one is not None and other is not None and (other[0] - one[1] > APART or one[0] - other[1] > APART)
