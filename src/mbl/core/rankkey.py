"""Rank keys: short texts that sort, with room for another key between any two.

A key is an integer part, whose first letter says how long it is (`Z` and `a` two characters, `Y` and `b`
three …), and a fraction that never ends in `0`. Sort by plain code points, never by a locale. Refuses,
with ValueError, anything that is no key and bounds that are equal or reversed.

Source: D. Greenspan, "Implementing fractional indexing".
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)
_HEADS = DIGITS[10:]
_SMALLEST = "A" + "0" * 26


def between(a: str | None, b: str | None) -> str:
    """A key above `a` and below `b`; None means no bound on that side. ValueError if there is none."""
    _demand(a, b)
    if a is None:
        return _before(b) if b is not None else "a0"
    whole, fraction = _split(a)
    if b is None:
        return _step(whole, +1) or whole + _midpoint(fraction, None)
    b_whole, b_fraction = _split(b)
    if whole == b_whole:
        return whole + _midpoint(fraction, b_fraction)
    higher = _step(whole, +1)
    return higher if higher and higher < b else whole + _midpoint(fraction, None)


def n_between(a: str | None, b: str | None, n: int) -> tuple[str, ...]:
    """`n` keys between `a` and `b` in rising order, as short as they can be."""
    if n < 1:
        return ()
    if b is None or a is None:
        return _run(a, b, n)
    middle = between(a, b)
    half = n // 2
    return (*n_between(a, middle, half), middle, *n_between(middle, b, n - half - 1))


def suffix(id_: str) -> str:
    """Two characters made of an item's id: two items placed in one gap on two branches get different keys."""
    from hashlib import sha256

    number = int.from_bytes(sha256(id_.encode()).digest()[:8], "big")
    return DIGITS[number % _BASE] + DIGITS[1 + (number // _BASE) % (_BASE - 1)]


def place(a: str | None, b: str | None, id_: str) -> str:
    """The key of the item `id_` between `a` and `b`: always the same for the same three."""
    key = between(a, b)
    # A key that begins b, with the suffix behind it, could pass b.
    while b is not None and b.startswith(key):
        b, key = key, between(a, key)
    return key + suffix(id_)


def is_key(text: str) -> bool:
    """Whether `text` is a rank key."""
    if not text or text[0] not in _HEADS or any(digit not in DIGITS for digit in text):
        return False
    if len(text) < _length(text[0]) or text == _SMALLEST:
        return False
    return not _split(text)[1].endswith("0")


def _demand(a: str | None, b: str | None) -> None:
    for key in (a, b):
        if key is not None and not is_key(key):
            raise ValueError(f"{key!r} is not a rank key")
    if a is not None and b is not None and a >= b:
        raise ValueError(f"no rank key between {a!r} and {b!r}: the first must be the smaller one")


def _before(b: str) -> str:
    whole, fraction = _split(b)
    if whole == _SMALLEST:
        return whole + _midpoint("", fraction)
    if fraction:
        return whole
    lower = _step(whole, -1)
    return lower if lower and lower != _SMALLEST else _SMALLEST + _midpoint("", None)


def _run(a: str | None, b: str | None, n: int) -> tuple[str, ...]:
    keys = [between(a, b)]
    while len(keys) < n:
        keys.append(between(keys[-1], None) if b is None else between(None, keys[-1]))
    return tuple(keys) if b is None else tuple(reversed(keys))


def _length(head: str) -> int:
    position = _HEADS.index(head)
    return position - 24 if position > 25 else 27 - position  # noqa: PLR2004  (26 letters each way)


def _split(key: str) -> tuple[str, str]:
    length = _length(key[0])
    return key[:length], key[length:]


def _step(whole: str, by: int) -> str | None:
    """The next integer part (`by` +1 or -1); None beyond the largest or smallest."""
    head, body = whole[0], whole[1:]
    number = sum(DIGITS.index(digit) * _BASE**power for power, digit in enumerate(reversed(body))) + by
    if 0 <= number < _BASE ** len(body):
        return head + "".join(DIGITS[number // _BASE**power % _BASE] for power in reversed(range(len(body))))
    position = _HEADS.index(head) + by
    if not 0 <= position < len(_HEADS):
        return None
    head = _HEADS[position]
    return head + (DIGITS[0] if by > 0 else DIGITS[-1]) * (_length(head) - 1)


def _midpoint(a: str, b: str | None) -> str:
    """The shortest fraction above `a` and below `b` (None: below 1), near their middle."""
    same = 0
    while b and same < len(b) and (a[same : same + 1] or "0") == b[same]:
        same += 1
    if b and same:
        return b[:same] + _midpoint(a[same:], b[same:])
    low = DIGITS.index(a[0]) if a else 0
    high = DIGITS.index(b[0]) if b else _BASE
    if high - low > 1:
        return DIGITS[(low + high + 1) // 2]
    if b and len(b) > 1:
        return b[0]
    return DIGITS[low] + _midpoint(a[1:], None)
