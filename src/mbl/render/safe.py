"""Text that is safe to show: what would steer a terminal, or hide, becomes visible instead.

Joiners and variation selectors stay, because emoji and several scripts need them.
"""

import re
from functools import cache

_UNSAFE = (
    "\U0001f3f4[\U000e0020-\U000e007f]+"  # a flag such as Scotland's: invisible letters, but only behind a flag
    "|[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\t": " ", "\x7f": "␡"}


def shown(text: str) -> str:
    r"""One line: ESC as ␛, a newline as ␊, a tab as a space, a bidi control as \u202e, a lone surrogate as �."""
    return text if text.isprintable() else unsafe().sub(_visible, text)


@cache
def unsafe() -> re.Pattern[str]:
    """What must not reach a terminal as it is; compiled only when some text is not printable."""
    return re.compile(_UNSAFE)


def lines(text: str) -> list[str]:
    """The lines of a text, each safe to show, without empty ones at the end."""
    return [shown(line) for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]


def _visible(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > 1:
        return found
    if "\ud800" <= found <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return _PICTURES.get(found) or found.encode("unicode_escape").decode()
