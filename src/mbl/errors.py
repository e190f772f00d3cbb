"""The only errors a user meets: one failed request (`MblError`), or a list of things wrong in the files (`Problem`).

Refuses nothing itself; whoever raises says what is wrong, where, and what to do next.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in one file. `line` and `column` count from 1; 0 means the file as a whole."""

    path: str
    code: str
    message: str
    fix: str = ""
    line: int = 0
    column: int = 0
    level: Literal["error", "warning"] = "error"

    @property
    def where(self) -> str:
        """`items/x.yaml:4`, or the path alone."""
        return f"{self.path}:{self.line}" if self.line else self.path


class MblError(Exception):
    """A request that cannot be carried out: what is wrong, what to do (`hint`), and every problem behind it."""

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        exit_code: int = 1,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
        self.problems = problems
