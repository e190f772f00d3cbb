"""Somebody who sits at a real terminal and answers a program's questions, one after the other."""

import os
import re
import signal
from collections.abc import Mapping
from pathlib import Path

import pexpect
import pyte

from world import MBL, environment

PROMPT = "\n> "
ENTER, ESCAPE, CTRL_C, CTRL_D = "\r", "\x1b", "\x03", "\x04"
_STEERING = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|.)")


class Sitting:
    """A command line in a pseudo-terminal of this size; every answer waits until it is asked for."""

    def __init__(
        self,
        *arguments: str,
        width: int = 80,
        height: int = 40,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        shell: str = "",
    ) -> None:
        program = ["/bin/sh", "-c", shell] if shell else [*MBL, *arguments]
        self._child = pexpect.spawn(
            program[0], program[1:], dimensions=(height, width), encoding="utf-8", timeout=60, cwd=cwd,
            env=environment({"TERM": "xterm-256color", **(env or {})}), codec_errors="replace",
        )  # fmt: skip
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self._screen)
        self._asked = False
        self.raw = ""

    def types(self, *answers: str | bytes) -> "Sitting":
        """Each of these when the next question is asked."""
        for answer in answers:
            self._await_question()
            os.write(self._child.child_fd, answer.encode() if isinstance(answer, str) else answer)
            self._asked = False
        return self

    @property
    def screen(self) -> str:
        """What stands on the screen when the next question is asked."""
        self._await_question()
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def asks(self) -> bool:
        """Whether there is another question; False when the program has ended instead."""
        if not self._asked and self._child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            self._feed(f"{self._child.before}\r{PROMPT}")
            self._asked = True
        return self._asked

    def leaves(self) -> int:
        """The exit code of a program that asks no more; `raw` is then all that it wrote."""
        if not self._child.flag_eof:
            self._child.expect(pexpect.EOF)
        self._feed(self._child.before or "")
        self._child.close()
        code = self._child.exitstatus
        return code if code is not None else -(self._child.signalstatus or 0)

    def is_killed(self) -> None:
        """The program ends at once."""
        os.kill(self._child.pid, signal.SIGKILL)
        assert self.leaves() == -signal.SIGKILL

    @property
    def text(self) -> str:
        """All that was written so far, without what steers the terminal."""
        return _STEERING.sub("", self.raw).replace("\r", "")

    def _await_question(self) -> None:
        assert self.asks, f"asks no more:\n{self._child.before}"

    def _feed(self, text: str) -> None:
        self.raw += text
        self._stream.feed(text)
