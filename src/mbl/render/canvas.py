"""The surface a report is drawn on: the terminal's size and abilities, and the day.

It refuses to look at the outside world: whoever starts the program measures the terminal and reads `NO_COLOR`.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """`width` and `height` in cells. `whole`: the user asked for all rows, so none is cut to fit the screen."""

    today: date
    width: int = 80
    height: int = 24
    tty: bool = False
    color: bool = False
    whole: bool = False
