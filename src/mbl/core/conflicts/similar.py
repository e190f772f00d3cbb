"""Which of many titles are alike: what comparing each with each would find, without comparing each with each.

Prefix filter (Bayardo et al. 2007, Xiao et al. 2009): two titles that are alike share one of the rarest pieces of each.
Then a signature of a few bits says how much they can share at most, and only what is left is compared. Refuses
nothing; a title without letters or digits is like no other.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from mbl.core.conflicts.ngrams import OF, SHARED, dice, is_alike, pieces, plain, roughly_plain

Advance = Callable[[int, int], None]
Holders = defaultdict[int, list[int]]
"""By a rare piece: the titles that have it, from short to long."""
_BITS = 255
_SAMPLE = 50_000
"""Characters: enough to tell which pieces are rare."""


class Pair(NamedTuple):
    """The places of two titles, the first before the other, and how alike they are (0.60 … 1)."""

    one: int
    other: int
    score: float


class _Coded(NamedTuple):
    """Titles from short to long: the place of each, its pieces as numbers (the rarest first), their count, a signature."""

    places: Sequence[int]
    pieces: Sequence[Sequence[int]]
    sizes: Sequence[int]
    signatures: Sequence[int]


def alike_pairs(
    titles: Sequence[str],
    advance: Advance = lambda done, total: None,
    *,
    among: Collection[int] | None = None,
) -> Iterator[Pair]:
    """Every two titles that are alike, the same as comparing all of them; of each two one at least `among` these places.

    `advance(done, all)` is told of the titles.
    """
    coded = _coded([pieces(plain(title)) for title in titles])
    places, sizes = coded.places, coded.sizes
    sets = list(map(frozenset, coded.pieces))
    wanted = range(len(titles)) if among is None else frozenset(among)
    inside: Holders = defaultdict(list)
    outside: Holders = defaultdict(list)
    for at, place in enumerate(places):
        advance(at + 1, len(places))
        rarest = coded.pieces[at][: _prefix(sizes[at])]
        is_wanted = place in wanted
        known = (inside, outside) if is_wanted else (inside,)
        for other in chain.from_iterable(_near(coded, at, rarest, holders) for holders in known):
            shared = len(sets[at] & sets[other])
            if is_alike(shared, sizes[at], sizes[other]):
                one, two = sorted((place, places[other]))
                yield Pair(one, two, 2 * shared / (sizes[at] + sizes[other]))
        for piece in rarest[: _enough(sizes[at])]:
            (inside if is_wanted else outside)[piece].append(at)


def alike(title: str, titles: Sequence[str]) -> list[tuple[int, float]]:
    """The places of the titles that are like this one, the most alike first, each with how alike it is."""
    wanted = pieces(plain(title))
    lines = roughly_plain(titles)
    text = "\n".join(lines)
    sample = text[:_SAMPLE]
    rarest = sorted(sorted(wanted), key=sample.count)[: _prefix(len(wanted))]
    least = _least(len(wanted))
    found: list[tuple[int, float]] = []
    for place in _holding(rarest, text, lines):
        if sum(map(lines[place].__contains__, wanted)) < least:
            continue
        other = pieces(plain(titles[place]))
        if is_alike(len(wanted & other), len(wanted), len(other)):
            found.append((place, dice(wanted, other)))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _holding(rarest: Sequence[str], text: str, lines: Sequence[str]) -> set[int]:
    """The lines of the text that hold one of the pieces, found without a loop over the lines."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found: set[int] = set()
    for piece in rarest:
        at = text.find(piece)
        while at >= 0:
            found.add(place := bisect_right(starts, at) - 1)
            at = text.find(piece, starts[place + 1])
    return found


def _coded(sets: Sequence[frozenset[str]]) -> _Coded:
    times = Counter(chain.from_iterable(sets))
    number = {piece: at for at, piece in enumerate(sorted(times, key=lambda piece: (times[piece], piece)))}
    places = sorted((at for at, each in enumerate(sets) if each), key=lambda at: len(sets[at]))
    numbers = [sorted(number[piece] for piece in sets[at]) for at in places]
    return _Coded(places, numbers, [len(each) for each in numbers], [_signature(each) for each in numbers])


def _signature(numbers: Sequence[int]) -> int:
    signature = 0
    for number in numbers:
        signature |= 1 << number % _BITS
    return signature


def _near(coded: _Coded, at: int, rarest: Sequence[int], holders: Mapping[int, list[int]]) -> list[int]:
    """The shorter titles that share a rare piece, are long enough, and differ in few enough bits.

    A piece that only one of the two has makes a bit differ, unless two pieces fell on one bit: the bits never say too much.
    """
    size, signature = coded.sizes[at], coded.signatures[at]
    first = bisect_left(coded.sizes, _least(size))
    sharing = [held[bisect_left(held, first) :] for piece in rarest if (held := holders.get(piece))]
    sizes, signatures, most = coded.sizes, coded.signatures, OF - SHARED
    return [
        other
        for other in set(chain.from_iterable(sharing))
        if OF * (signature ^ signatures[other]).bit_count() <= most * (size + sizes[other])
    ]


def _least(size: int) -> int:
    """So many pieces a title must have, and share, to be like one of this size: 3 in 7, rounded up."""
    return -(-SHARED * size // (2 * OF - SHARED))


def _prefix(size: int) -> int:
    """So many of its rarest pieces are enough to meet every title that is like it."""
    return size - _least(size) + 1 if size else 0


def _enough(size: int) -> int:
    """So many are enough to be met by the longer ones, which share more: 3 in 5 of its pieces."""
    return size - -(-SHARED * size // OF) + 1
